/** What main tells post about its surroundings, and what of a later step's changes post puts up with. */
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { Credentials } from '../src/request.ts';
import { regain, TrustError, trustOf } from '../src/trust.ts';

const NONCE = '0123456789abcdef';
const SECRET = '3f2504e0-4f89-41d3-9a0c-0305e82c3301';
const OWNER: Credentials = { kind: 'apiKey', publicKey: 'abcdefgh', privateKey: SECRET };
const PROXY = 'http://proxy.example:3128/';
const WITH_PASSWORD = 'http://me:pass@proxy.example:3128/';
const HELD = { MONGODB_ATLAS_PRIVATE_KEY: ` ${SECRET}\n` };
const folder = mkdtempSync(join(tmpdir(), 'trust-'));
const file = join(folder, 'authority.pem');

afterAll(() => rmSync(folder, { recursive: true }));

type Variables = Readonly<Record<string, string>>;

/** What post regains where main had the first surroundings and proxy and post has the second. */
function regained(main: Variables, post: Variables, proxies: readonly (string | undefined)[] = []) {
  const left = trustOf({ ...HELD, ...main }, OWNER, proxies[0], NONCE);
  return regain(left, { ...HELD, ...post }, NONCE, proxies.length > 1 ? proxies[1] : (proxies[0] ?? ''));
}

describe('what main leaves', () => {
  it('names the caller and the variables of its secret, and holds neither secret nor password', () => {
    const left = trustOf({ ...HELD, HTTPS_PROXY: WITH_PASSWORD }, OWNER, WITH_PASSWORD, NONCE);
    expect(left).toMatchObject({ kind: 'apiKey', caller: 'abcdefgh', proxy: '' });
    expect(left.heldIn).toEqual(['MONGODB_ATLAS_PRIVATE_KEY']);
    expect(JSON.stringify(left)).not.toMatch(/3f2504e0|pass/);
  });

  it('has other fingerprints in every step, and for every secret, so that nobody can try out the password of a proxy', () => {
    const held = { ...HELD, HTTPS_PROXY: WITH_PASSWORD };
    const one = trustOf(held, OWNER, WITH_PASSWORD, NONCE);
    const other = trustOf(held, OWNER, WITH_PASSWORD, 'fedcba9876543210');
    const stranger = trustOf(held, { ...OWNER, privateKey: 'another' }, WITH_PASSWORD, NONCE);
    const fingerprints = [one, other, stranger].flatMap(({ secret, route, variables }) => [
      secret,
      route,
      variables.HTTPS_PROXY,
    ]);
    expect(new Set(fingerprints).size).toBe(9);
    for (const fingerprint of fingerprints) expect(fingerprint).toMatch(/^[0-9a-f]{64}$/);
  });

  it('keeps the address of a proxy that has no more than host and port', () => {
    expect(trustOf(HELD, OWNER, PROXY, NONCE).proxy).toBe(PROXY);
    expect(trustOf(HELD, OWNER, undefined, NONCE).proxy).toBe('');
  });
});

describe('post', () => {
  it('signs in as main did, as a key or as a service account', () => {
    expect(regained({}, {})).toEqual({ credentials: OWNER, proxy: '', ignored: [] });
    const account: Credentials = { kind: 'serviceAccount', clientId: 'mdb_sa_id_1', clientSecret: SECRET };
    expect(regain(trustOf(HELD, account, undefined, NONCE), HELD, NONCE, '')?.credentials).toEqual(account);
  });

  it('finds the secret in whatever variable it is now', () => {
    const left = trustOf({ INPUT_ATLASPRIVATEKEY: SECRET }, OWNER, undefined, NONCE);
    const now = { UNSET: undefined, ELSEWHERE: SECRET };
    expect(regain(left, now, NONCE, '')?.credentials).toEqual(OWNER);
  });

  it('says whether the runner lost an input that alone held the secret, or gave another', () => {
    const left = trustOf({ INPUT_ATLASPRIVATEKEY: SECRET }, OWNER, undefined, NONCE);
    const composites =
      "inside composite actions the runner may lose inputs or mix them up. Set the credentials as variables of the job's " +
      'environment there.';
    expect(() => regain(left, {}, NONCE, '')).toThrow(
      new Error(`The credentials did not reach the post step: ${composites}`),
    );
    expect(() => regain(left, { INPUT_ATLASPRIVATEKEY: 'another' }, NONCE, '')).toThrow(
      new TrustError(
        `The post step was given other credentials than the step itself, so it did not use them: ${composites}`,
      ),
    );
  });

  it('refuses where the variable of the secret was overwritten', () => {
    const left = trustOf({ ...HELD, INPUT_ATLASPRIVATEKEY: SECRET }, OWNER, undefined, NONCE);
    expect(() => regain(left, { MONGODB_ATLAS_PRIVATE_KEY: 'another' }, NONCE, '')).toThrow(
      new TrustError(
        'MONGODB_ATLAS_PRIVATE_KEY changed since the step itself, so the post step no longer has the secret that the ' +
          'step signed in with. Set such variables for the whole job.',
      ),
    );
  });

  it.each([
    'NODE_OPTIONS',
    'NODE_USE_SYSTEM_CA',
    'SSLKEYLOGFILE',
    'NODE_EXTRA_CA_CERTS',
    'OPENSSL_CONF',
    'OPENSSL_CONF_INCLUDE',
    'OPENSSL_ENGINES',
    'OPENSSL_MODULES',
  ])('refuses where %s is new, gone or another', (name) => {
    const error =
      `${name} changed since the step itself, or a file named there did, so the credentials were not sent: a later ` +
      'step could have made this one believe another server. Set such variables for the whole job.';
    expect(() => regained({}, { [name]: 'a' })).toThrow(error);
    expect(() => regained({ [name]: 'a' }, {})).toThrow(error);
    expect(() => regained({ [name]: 'a' }, { [name]: 'b' })).toThrow(error);
    expect(regained({ [name]: 'a' }, { [name]: 'a' })).toBeDefined();
    expect(regained({ [name]: '' }, {})).toBeDefined();
  });

  it.each(['NODE_EXTRA_CA_CERTS', 'OPENSSL_CONF'])('refuses where the file of %s was changed', (name) => {
    for (const value of [file, folder, `${folder}${delimiter}/nowhere`]) {
      writeFileSync(file, 'one');
      const left = trustOf({ ...HELD, [name]: value }, OWNER, undefined, NONCE);
      expect(regain(left, { ...HELD, [name]: value }, NONCE, '')).toBeDefined();
      writeFileSync(file, 'other');
      expect(() => regain(left, { ...HELD, [name]: value }, NONCE, '')).toThrow(`${name} changed since`);
    }
  });

  it('refuses where a file was changed that stands beside a folder and a link that leads nowhere', () => {
    const beside = mkdtempSync(join(folder, 'beside-'));
    const certificate = join(beside, 'authority.pem');
    mkdirSync(join(beside, 'folder'));
    symlinkSync(join(beside, 'nowhere'), join(beside, 'link'), 'junction');
    const system = { NODE_USE_SYSTEM_CA: '1', SSL_CERT_DIR: beside };
    writeFileSync(certificate, 'one');
    const left = trustOf({ ...HELD, ...system }, OWNER, undefined, NONCE);
    expect(regain(left, { ...HELD, ...system }, NONCE, '')).toBeDefined();
    writeFileSync(certificate, 'other');
    expect(() => regain(left, { ...HELD, ...system }, NONCE, '')).toThrow('SSL_CERT_DIR changed since');
  });

  it.each([
    { NODE_USE_SYSTEM_CA: '1' },
    { NODE_OPTIONS: '--use-system-ca' },
    { NODE_OPTIONS: '--use-openssl-ca' },
  ])("minds the system's authorities only where they count: %j", (system) => {
    const mine = { SSL_CERT_FILE: '/mine.pem', SSL_CERT_DIR: '/mine' };
    expect(regained({}, mine)).toBeDefined();
    expect(() => regained(system, { ...system, ...mine })).toThrow(
      'SSL_CERT_FILE, SSL_CERT_DIR changed since',
    );
  });

  it("goes through main's own proxy, whatever the variables say now, and tells which it ignores", () => {
    const now = { HTTPS_PROXY: 'http://evil.example:1/' };
    expect(regained({ HTTPS_PROXY: PROXY }, now, [PROXY, now.HTTPS_PROXY])).toEqual({
      credentials: OWNER,
      proxy: PROXY,
      ignored: ['HTTPS_PROXY'],
    });
    expect(regained({}, now, [undefined, now.HTTPS_PROXY])).toMatchObject({
      proxy: '',
      ignored: ['HTTPS_PROXY'],
    });
    expect(regained({}, now, [undefined, undefined])).toMatchObject({ proxy: '', ignored: ['HTTPS_PROXY'] });
  });

  it.each(['https_proxy', 'HTTPS_PROXY', 'all_proxy', 'ALL_PROXY', 'no_proxy', 'NO_PROXY'])(
    'tells that it ignores %s, where that leads another way',
    (name) => {
      expect(regained({}, { [name]: 'a' }, [PROXY, undefined])?.ignored).toEqual([name]);
      expect(regained({}, { [name]: 'a' }, [PROXY, PROXY])?.ignored).toEqual([]);
    },
  );

  it('goes through a proxy with a password where its variable is as it was, and nowhere else', () => {
    const variables = { HTTPS_PROXY: WITH_PASSWORD };
    expect(regained(variables, variables, [WITH_PASSWORD])).toMatchObject({
      proxy: WITH_PASSWORD,
      ignored: [],
    });
    expect(() => regained(variables, { HTTPS_PROXY: PROXY }, [WITH_PASSWORD, PROXY])).toThrow(
      "HTTPS_PROXY changed since the step itself, so nothing was sent: the post step goes through the step's own proxy " +
        'only, and its address is not kept. Set such variables for the whole job.',
    );
  });
});
