import { describe, expect, test } from 'vitest';
import { Caller, challengeOf, exchange, furnish, sign, VERSIONED } from './client.ts';
import { startSimulator } from './server.ts';
import type { SettingsInput } from './settings.ts';

const target = '/api/atlas/v2';

async function start(digest: SettingsInput['digest'] = {}) {
  const atlas = await startSimulator({ settings: { digest } });
  const { ownerKey, ...rest } = furnish(atlas);
  const challenge = async () => challengeOf(await exchange(atlas.origin, 'GET', target));
  const answer = (authorization: string, path = target) =>
    exchange(atlas.origin, 'GET', path, { accept: VERSIONED, authorization });
  return { ...rest, atlas, ownerKey, challenge, answer, [Symbol.asyncDispose]: () => atlas.close() };
}

const get = (nc = 1) => ({ method: 'GET', target, nc });

describe('sign-in by Digest', () => {
  test('a rising nc uses one nonce again', async () => {
    await using s = await start();
    const challenge = await s.challenge();
    for (const nc of [1, 2, 7]) {
      expect((await s.answer(sign(challenge, s.ownerKey, get(nc)))).status).toBe(200);
    }
  });

  test('a copied request is refused, and not as stale', async () => {
    await using s = await start();
    const authorization = sign(await s.challenge(), s.ownerKey, get());
    expect((await s.answer(authorization)).status).toBe(200);
    const copy = await s.answer(authorization);
    expect(copy.status).toBe(401);
    expect(challengeOf(copy).stale).toBe('false');
    expect(s.atlas.history.requests.at(-1)?.signIn).toBe('replayed');
  });

  test('a lower nc is stale; in any order only where the settings say so', async () => {
    await using s = await start();
    const challenge = await s.challenge();
    await s.answer(sign(challenge, s.ownerKey, get(2)));
    const late = await s.answer(sign(challenge, s.ownerKey, get(1)));
    expect([late.status, challengeOf(late).stale]).toEqual([401, 'true']);
    s.atlas.settings.digest.nonceCount = 'unrepeated';
    expect((await s.answer(sign(challenge, s.ownerKey, get(1)))).status).toBe(200);
    expect((await s.answer(sign(challenge, s.ownerKey, get(1)))).status).toBe(401);
  });

  test.each([false, true])(
    'a nonce lives a minute, then stale=true (quoted: %s) with a fresh one',
    async (staleQuoted) => {
      await using s = await start({ staleQuoted });
      const challenge = await s.challenge();
      s.atlas.clock.advance(59_000);
      expect((await s.answer(sign(challenge, s.ownerKey, get(1)))).status).toBe(200);
      s.atlas.clock.advance(1_500);
      const late = await s.answer(sign(challenge, s.ownerKey, get(2)));
      expect(late.status).toBe(401);
      expect(late.headers['www-authenticate']).toContain(staleQuoted ? 'stale="true"' : 'stale=true');
      expect((await s.answer(sign(challengeOf(late), s.ownerKey, get(1)))).status).toBe(200);
    },
  );

  test('an expired nonce with wrong credentials is not called stale', async () => {
    await using s = await start();
    const challenge = await s.challenge();
    s.atlas.clock.advance(61_000);
    const reply = await s.answer(sign(challenge, { ...s.ownerKey, privateKey: 'wrong' }, get()));
    expect([reply.status, challengeOf(reply).stale]).toEqual([401, 'false']);
  });

  test('one-time nonces want a new one each time', async () => {
    await using s = await start({ oneTimeNonces: true });
    const challenge = await s.challenge();
    expect((await s.answer(sign(challenge, s.ownerKey, get(1)))).status).toBe(200);
    const again = await s.answer(sign(challenge, s.ownerKey, get(2)));
    expect([again.status, challengeOf(again).stale]).toEqual([401, 'true']);
  });

  test('SHA-256, alone or beside MD5, and an opaque to be echoed', async () => {
    await using s = await start({ algorithms: ['SHA-256'], opaque: true });
    const challenge = await s.challenge();
    expect(challenge.algorithm).toBe('SHA-256');
    expect((await s.answer(sign(challenge, s.ownerKey, get(1)))).status).toBe(200);
    expect((await s.answer(sign(challenge, s.ownerKey, get(2), { opaque: undefined }))).status).toBe(401);
    expect((await s.answer(sign({ ...challenge, algorithm: 'MD5' }, s.ownerKey, get(3)))).status).toBe(401);
    s.atlas.settings.digest.algorithms = ['SHA-256', 'MD5'];
    const both = await exchange(s.atlas.origin, 'GET', target);
    expect(both.headers['www-authenticate']).toMatch(/algorithm=SHA-256.*, Digest .*algorithm=MD5/);
    const { nonce, opaque } = challengeOf(both);
    for (const [index, algorithm] of ['MD5', 'SHA-256'].entries()) {
      const one = { nonce, opaque, algorithm, stale: 'false' };
      expect((await s.answer(sign(one, s.ownerKey, get(index + 1)))).status).toBe(200);
    }
  });

  const wrong: [string, Record<string, string | undefined>][] = [
    ['another realm', { realm: 'elsewhere' }],
    ['another uri than the target', { uri: '/api/atlas/v2?pretty=true' }],
    ['qop=auth-int', { qop: 'auth-int' }],
    ['no qop', { qop: undefined }],
    ['no cnonce', { cnonce: undefined }],
    ['an empty cnonce', { cnonce: '' }],
    ['a short nc', { nc: '1' }],
    ['an nc of zero', { nc: '00000000' }],
    ['a nonce nobody issued', { nonce: 'SlgYP7Tv3FS/BuCj/x4WQRIV1bNKdpJg' }],
    ['an unknown user', { username: 'aaaaaaaa' }],
    ['a wrong response', { response: '0'.repeat(32) }],
    ['an algorithm nobody offered', { algorithm: 'MD5-sess' }],
  ];
  test.each(wrong)('refuses %s', async (_, override) => {
    await using s = await start();
    const reply = await s.answer(sign(await s.challenge(), s.ownerKey, get(), override));
    expect(reply.status).toBe(401);
    expect(reply.json.errorCode).toBe('UNEXPECTED_ERROR');
    expect(reply.headers['www-authenticate']).toMatch(/^Digest /);
    expect(s.atlas.history.find((r) => r.signIn === 'signedIn')).toEqual([]);
  });

  test('the uri is the whole target, query included', async () => {
    await using s = await start();
    const path = `${target}/orgs/${s.orgId}/apiKeys?pageNum=1&itemsPerPage=5`;
    const signed = sign(await s.challenge(), s.ownerKey, { method: 'GET', target: path });
    expect((await s.answer(signed, path)).status).toBe(200);
    const cut = sign(await s.challenge(), s.ownerKey, { method: 'GET', target: path.split('?')[0] ?? '' });
    expect((await s.answer(cut, path)).status).toBe(401);
  });

  test('a signature for GET is none for DELETE', async () => {
    await using s = await start();
    const authorization = sign(await s.challenge(), s.ownerKey, get());
    const reply = await exchange(s.atlas.origin, 'DELETE', target, { accept: VERSIONED, authorization });
    expect(reply.status).toBe(401);
  });

  test('a parameter twice, or a quoted nc, is malformed', async () => {
    await using s = await start();
    const authorization = sign(await s.challenge(), s.ownerKey, get());
    expect((await s.answer(`${authorization}, nc=00000001`)).status).toBe(401);
    expect((await s.answer(authorization.replace('nc=00000001', 'nc="00000001"'))).status).toBe(401);
    expect((await s.answer(authorization)).status).toBe(200);
  });

  test('a new key may be refused for a moment, a deleted one at once', async () => {
    await using s = await start();
    s.atlas.settings.newKeyRefusedMs = 2_000;
    s.atlas.settings.deletedKeyLingersMs = 120_000;
    const made = await s.owner.call('POST', `/groups/${s.groupId}/apiKeys`, {
      desc: 'n',
      roles: ['GROUP_OWNER'],
    });
    const fresh = new Caller(s.atlas, made.json);
    expect((await fresh.call('GET', '')).status).toBe(401);
    s.atlas.clock.advance(2_000);
    expect((await fresh.call('GET', '')).json.apiKey.id).toBe(made.json.id);
    await s.owner.call('DELETE', `/orgs/${s.orgId}/apiKeys/${made.json.id}`);
    expect((await fresh.call('GET', '')).status).toBe(401);
  });
});
