/** What main tells post about its surroundings, and what of a later step's changes post puts up with. */
import { execFileSync } from 'node:child_process';
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
const EVIL = 'http://evil.example:1/';
const HELD = { MONGODB_ATLAS_PRIVATE_KEY: ` ${SECRET}\n` };
const folder = mkdtempSync(join(tmpdir(), 'trust-'));
const file = join(folder, 'authority.pem');

afterAll(() => rmSync(folder, { recursive: true }));

type Variables = Readonly<Record<string, string>>;

const left = (variables: Variables = {}, proxy?: string) =>
  trustOf({ ...HELD, ...variables }, OWNER, proxy, NONCE);

/** What post regains where main had the first surroundings and proxy and post has the second. */
function regained(main: Variables, post: Variables, proxies: readonly (string | undefined)[] = []) {
  const proxyNow = proxies.length > 1 ? proxies[1] : (proxies[0] ?? '');
  return regain(left(main, proxies[0]), { ...HELD, ...post }, NONCE, proxyNow);
}

describe('what main leaves', () => {
  it('names the caller and the variables of its secret, and holds neither secret nor password', () => {
    const trust = left({ HTTPS_PROXY: WITH_PASSWORD }, WITH_PASSWORD);
    expect(trust).toMatchObject({ kind: 'apiKey', caller: 'abcdefgh', proxy: '' });
    expect(trust.heldIn).toEqual(['MONGODB_ATLAS_PRIVATE_KEY']);
    expect(JSON.stringify(trust)).not.toMatch(/3f2504e0|pass/);
  });

  it('has other fingerprints in every step, and for every secret, so that nobody can try out the password of a proxy', () => {
    const held = { ...HELD, HTTPS_PROXY: WITH_PASSWORD };
    const fingerprints = [
      trustOf(held, OWNER, WITH_PASSWORD, NONCE),
      trustOf(held, OWNER, WITH_PASSWORD, 'fedcba9876543210'),
      trustOf(held, { ...OWNER, privateKey: 'another' }, WITH_PASSWORD, NONCE),
    ].flatMap(({ secret, route, variables }) => [secret, route, variables.HTTPS_PROXY]);
    expect(new Set(fingerprints).size).toBe(9);
    for (const fingerprint of fingerprints) expect(fingerprint).toMatch(/^[0-9a-f]{64}$/);
  });

  it('keeps the address of a proxy that has no more than host and port', () => {
    expect([left({}, PROXY).proxy, left().proxy]).toEqual([PROXY, '']);
  });
});

describe('post', () => {
  const lost = trustOf({ INPUT_ATLASPRIVATEKEY: SECRET }, OWNER, undefined, NONCE);
  const COMPOSITES =
    "inside composite actions the runner may lose inputs or mix them up. Set the credentials as variables of the job's " +
    'environment there.';

  it('signs in as main did, as a key or as a service account, wherever the secret is now', () => {
    expect(regained({}, {})).toEqual({ credentials: OWNER, proxy: '', ignored: [] });
    const account: Credentials = { kind: 'serviceAccount', clientId: 'mdb_sa_id_1', clientSecret: SECRET };
    expect(regain(trustOf(HELD, account, undefined, NONCE), HELD, NONCE, '').credentials).toEqual(account);
    expect(regain(lost, { UNSET: undefined, ELSEWHERE: SECRET }, NONCE, '').credentials).toEqual(OWNER);
  });

  it.each([
    ['the runner lost it', lost, {}, new Error(`The credentials did not reach the post step: ${COMPOSITES}`)],
    [
      'it is another input',
      lost,
      { INPUT_ATLASPRIVATEKEY: 'another' },
      new TrustError(
        `The post step was given other credentials than the step itself, so it did not use them: ${COMPOSITES}`,
      ),
    ],
    [
      'its variable was overwritten',
      left({ INPUT_ATLASPRIVATEKEY: SECRET }),
      { MONGODB_ATLAS_PRIVATE_KEY: 'another' },
      new TrustError(
        'MONGODB_ATLAS_PRIVATE_KEY changed since the step itself ran, so the post step no longer has the secret that the ' +
          'step signed in with. Set such variables for the whole job.',
      ),
    ],
  ])('says what became of the secret: %s', (_, trust, now, error) => {
    expect(() => regain(trust, now, NONCE, '')).toThrow(error);
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
      `${name} changed since the step itself ran, or a file that it names did, so the credentials were not sent: a later ` +
      'step could have made this one believe another server. Set such variables for the whole job.';
    expect(() => regained({}, { [name]: 'a' })).toThrow(new TrustError(error));
    expect(() => regained({ [name]: 'a' }, {})).toThrow(error);
    expect(() => regained({ [name]: 'a' }, { [name]: 'b' })).toThrow(error);
    expect(regained({ [name]: 'a' }, { [name]: 'a' })).toBeDefined();
    expect(regained({ [name]: '' }, {})).toBeDefined();
  });

  it.each<[string, string, Variables]>([
    ['the file of NODE_EXTRA_CA_CERTS', file, { NODE_EXTRA_CA_CERTS: file }],
    ['a file in the folder of OPENSSL_CONF', file, { OPENSSL_CONF: folder }],
    ['a file in one of several folders', file, { OPENSSL_MODULES: `${folder}${delimiter}/nowhere` }],
    [
      'a file beside a folder and a link that leads nowhere',
      join(folder, 'beside', 'authority.pem'),
      { SSL_CERT_DIR: join(folder, 'beside'), NODE_USE_SYSTEM_CA: '1' },
    ],
  ])('refuses where the content changed of %s', (_, path, variables) => {
    mkdirSync(join(folder, 'beside', 'folder'), { recursive: true });
    symlinkSync(join(folder, 'nowhere'), join(folder, 'beside', 'link'), 'junction');
    writeFileSync(path, 'one');
    const trust = left(variables);
    expect(regain(trust, { ...HELD, ...variables }, NONCE, '')).toBeDefined();
    writeFileSync(path, 'other');
    expect(() => regain(trust, { ...HELD, ...variables }, NONCE, '')).toThrow(/^\w+ changed since/);
    rmSync(join(folder, 'beside'), { recursive: true });
  });

  it.skipIf(process.platform === 'win32')('waits for nobody who may write to a pipe', () => {
    const pipe = join(folder, 'pipe');
    execFileSync('mkfifo', [pipe]);
    expect(left({ NODE_EXTRA_CA_CERTS: pipe })).toBeDefined();
    rmSync(pipe);
  });

  it.each([
    { NODE_USE_SYSTEM_CA: '1' },
    { NODE_OPTIONS: '--use-system-ca' },
    { NODE_OPTIONS: '--use_openssl_ca' },
  ])("minds the system's authorities only where they count: %j", (system) => {
    const mine = { SSL_CERT_FILE: '/mine.pem', SSL_CERT_DIR: '/mine' };
    expect(regained({}, mine)).toBeDefined();
    expect(() => regained(system, { ...system, ...mine })).toThrow(
      'SSL_CERT_FILE, SSL_CERT_DIR changed since',
    );
  });

  it.each<[string | undefined, string | undefined]>([
    [PROXY, EVIL],
    [undefined, EVIL],
    [undefined, undefined],
  ])("goes through main's own proxy (%s), not through %s, and tells which it ignores", (mine, theirs) => {
    const main = mine === undefined ? {} : { HTTPS_PROXY: mine };
    expect(regained(main, { HTTPS_PROXY: EVIL }, [mine, theirs])).toEqual({
      credentials: OWNER,
      proxy: mine ?? '',
      ignored: ['HTTPS_PROXY'],
    });
  });

  it.each(['https_proxy', 'HTTPS_PROXY', 'all_proxy', 'ALL_PROXY', 'no_proxy', 'NO_PROXY'])(
    'tells that it ignores %s, where that leads another way',
    (name) => {
      expect(regained({}, { [name]: 'a' }, [PROXY, undefined]).ignored).toEqual([name]);
      expect(regained({}, { [name]: 'a' }, [PROXY, PROXY]).ignored).toEqual([]);
    },
  );

  it('goes through a proxy with a password where the environment still has it, and nowhere else', () => {
    const variables = { HTTPS_PROXY: WITH_PASSWORD };
    expect(regained(variables, { https_proxy: WITH_PASSWORD }, [WITH_PASSWORD])).toMatchObject({
      proxy: WITH_PASSWORD,
      ignored: [],
    });
    expect(() => regained(variables, { HTTPS_PROXY: PROXY }, [WITH_PASSWORD, PROXY])).toThrow(
      new TrustError(
        "HTTPS_PROXY changed since the step itself ran, so nothing was sent: the post step goes through the step's own proxy " +
          'only, and its address is not kept. Set such variables for the whole job.',
      ),
    );
  });
});
