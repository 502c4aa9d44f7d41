import { describe, expect, test } from 'vitest';
import { challengeOf, exchange, furnished, oauth, sign, VERSIONED, withToken } from './client.ts';
import type { SettingsInput } from './settings.ts';

const target = '/api/atlas/v2';

describe('sign-in by Digest', () => {
  async function start(digest: SettingsInput['digest'] = {}) {
    const s = await furnished({ settings: { digest } });
    const { origin } = s.atlas;
    const challenge = async () => challengeOf(await exchange(origin, 'GET', target));
    const answer = (authorization: string, path = target, method = 'GET') =>
      exchange(origin, method, path, { accept: VERSIONED, authorization });
    return { ...s, challenge, answer };
  }

  const get = (nc = 1) => ({ method: 'GET', target, nc });

  /** Requests of one nonce, each as its nc and what comes of it; and seconds that pass. */
  test.each<[string, SettingsInput['digest'], string[]]>([
    ['a rising nc uses one nonce again', {}, ['1 signedIn', '2 signedIn', '7 signedIn']],
    ['a copied request is refused, and not as stale', {}, ['1 signedIn', '1 replayed']],
    ['a lower nc is stale', {}, ['2 signedIn', '1 stale']],
    ['or is not', { nonceCount: 'unrepeated' }, ['2 signedIn', '1 signedIn', '1 replayed']],
    ['a nonce lives a minute', {}, ['59 seconds', '1 signedIn', '1.5 seconds', '2 stale']],
    ['one-time nonces want a new one each time', { oneTimeNonces: true }, ['1 signedIn', '2 stale']],
  ])('%s', async (_, digest, steps) => {
    await using s = await start(digest);
    const challenge = await s.challenge();
    const shown: Record<string, unknown> = {
      signedIn: [200, ''],
      stale: [401, 'true'],
      replayed: [401, 'false'],
    };
    for (const [number, what = ''] of steps.map((step) => step.split(' '))) {
      if (what === 'seconds') {
        s.atlas.clock.advance(Number(number) * 1000);
        continue;
      }
      const reply = await s.answer(sign(challenge, s.ownerKey, get(Number(number))));
      expect([reply.status, challengeOf(reply).stale]).toEqual(shown[what]);
      expect(s.atlas.history.requests.at(-1)?.signIn).toBe(what);
    }
  });

  test.each([false, true])('stale=true (quoted: %s) comes with a fresh nonce', async (staleQuoted) => {
    await using s = await start({ staleQuoted });
    const challenge = await s.challenge();
    s.atlas.clock.advance(60_000);
    const late = await s.answer(sign(challenge, s.ownerKey, get(1)));
    expect(late.headers['www-authenticate']).toContain(staleQuoted ? 'stale="true"' : 'stale=true');
    expect((await s.answer(sign(challengeOf(late), s.ownerKey, get(1)))).status).toBe(200);
    const wrong = await s.answer(sign(challenge, { ...s.ownerKey, privateKey: 'wrong' }, get(3)));
    expect([wrong.status, challengeOf(wrong).stale]).toEqual([401, 'false']);
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
    for (const [index, algorithm] of ['MD5', 'SHA-256'].entries()) {
      const one = { ...challengeOf(both), algorithm };
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
    expect(reply.verdict).toBe('401 UNEXPECTED_ERROR');
    expect(reply.headers['www-authenticate']).toMatch(/^Digest /);
    expect(s.atlas.history.find((r) => r.signIn === 'signedIn')).toEqual([]);
  });

  test('signs the method, and the whole target, query included', async () => {
    await using s = await start();
    const authorization = sign(await s.challenge(), s.ownerKey, get());
    expect((await s.answer(authorization, target, 'DELETE')).status).toBe(401);
    const path = `${target}/orgs/${s.orgId}/apiKeys?pageNum=1&itemsPerPage=5`;
    for (const [signed, status] of [
      [path, 200],
      [path.split('?')[0] ?? '', 401],
    ] as const) {
      const header = sign(await s.challenge(), s.ownerKey, { method: 'GET', target: signed });
      expect((await s.answer(header, path)).status).toBe(status);
    }
  });

  test('a parameter twice, or a quoted nc, is malformed', async () => {
    await using s = await start();
    const authorization = sign(await s.challenge(), s.ownerKey, get());
    expect((await s.answer(`${authorization}, nc=00000001`)).status).toBe(401);
    expect((await s.answer(authorization.replace('nc=00000001', 'nc="00000001"'))).status).toBe(401);
    expect((await s.answer(authorization)).status).toBe(200);
  });
});

describe('sign-in as a service account', () => {
  async function start() {
    const s = await furnished();
    const account = s.atlas.addServiceAccount({ orgId: s.orgId, roles: ['ORG_OWNER'] });
    return {
      ...s,
      account,
      ask: (form?: string, as: { clientId: string; clientSecret: string } = account) =>
        oauth(s.atlas, 'token', as, form),
      revoke: (token: string) => oauth(s.atlas, 'revoke', account, `token=${token}`),
      whoAmI: (token: string) => withToken(s.atlas, token, 'GET', ''),
      alive: () => s.atlas.liveTokens(account.clientId),
    };
  }

  test('a token signs in until it expires or is revoked', async () => {
    await using s = await start();
    const { json } = await s.ask();
    expect(json).toEqual({ access_token: expect.any(String), expires_in: 3600, token_type: 'Bearer' });
    expect((await s.whoAmI(json.access_token)).json.apiKey).toBeNull();
    s.atlas.clock.advance(3_600_000);
    expect((await s.whoAmI(json.access_token)).status).toBe(401);
    const second = (await s.ask()).json.access_token;
    expect(s.alive()).toBe(1);
    const revoked = await s.revoke(`${second}&token_type_hint=access_token`);
    expect([revoked.status, revoked.text]).toEqual([200, '']);
    expect([(await s.whoAmI(second)).status, s.alive()]).toEqual([401, 0]);
    expect((await s.revoke('unknown')).status).toBe(200);
  });

  test('wrong credentials, escaped ones, another grant, no form', async () => {
    await using s = await start();
    const { clientId } = s.account;
    const wrong = await s.ask(undefined, { clientId, clientSecret: 'mdb_sa_sk_wrong' });
    expect([wrong.status, wrong.json.error]).toEqual([401, 'invalid_client']);
    const escaped = { ...s.account, clientId: clientId.replaceAll('_', '%5F') };
    expect((await s.ask(undefined, escaped)).status).toBe(401);
    expect((await s.ask('grant_type=password')).json.error).toBe('unsupported_grant_type');
    expect((await s.ask('')).json.error).toBe('invalid_request');
    const basic = Buffer.from(`${clientId}:${s.account.clientSecret}`).toString('base64');
    const headers = { authorization: `Basic ${basic}`, 'content-type': 'application/json' };
    expect((await exchange(s.atlas.origin, 'POST', '/api/oauth/token', headers, '{}')).status).toBe(400);
    expect((await exchange(s.atlas.origin, 'POST', '/api/oauth/token', {}, '')).status).toBe(401);
  });

  test('fifty new tokens a minute, for each address and account; a hundred alive', async () => {
    await using s = await start();
    const tokens: string[] = [];
    for (let i = 0; i < 50; i += 1) tokens.push((await s.ask()).json.access_token);
    const refused = await s.ask();
    expect(refused.json).toEqual({
      detail: 'Resource /api/oauth/token is limited to 50 requests every 1 minutes.',
      error: 429,
      errorCode: 'RATE_LIMITED',
      parameters: ['/api/oauth/token', 50, 1],
      reason: 'Too Many Requests',
    });
    expect([refused.status, refused.headers['retry-after']]).toEqual([429, undefined]);
    const other = s.atlas.addServiceAccount({ orgId: s.orgId, roles: [] });
    expect((await s.ask(undefined, other)).status).toBe(200);
    s.atlas.settings.callerAddress = '192.0.2.1';
    expect((await s.ask()).status).toBe(200);
    s.atlas.settings.callerAddress = undefined;
    expect((await s.ask()).status).toBe(429);
    s.atlas.clock.advance(60_000);
    for (let i = 0; i < 49; i += 1) expect((await s.ask()).status).toBe(200);
    expect(s.alive()).toBe(100);
    const full = await s.ask();
    expect([full.status, full.json]).toEqual([
      403,
      {
        error: 'access_denied',
        error_description:
          'Access Token limit reached. Please use the existing Access Tokens or create a new Service Account.',
      },
    ]);
    await s.revoke(tokens[0] ?? '');
    expect([(await s.ask()).status, (await s.ask()).status]).toEqual([200, 429]);
    s.atlas.clock.advance(60_000);
    expect((await s.ask()).status).toBe(403);
    s.atlas.clock.advance(3_600_000);
    expect((await s.ask()).status).toBe(200);
  });
});
