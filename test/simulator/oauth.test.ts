import { expect, test } from 'vitest';
import { exchange, furnish, VERSIONED } from './client.ts';
import { startSimulator } from './server.ts';

async function start() {
  const atlas = await startSimulator();
  const furniture = furnish(atlas);
  const account = atlas.addServiceAccount({ orgId: furniture.orgId, roles: ['ORG_OWNER'] });
  const basic = (id: string, secret: string) => `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`;
  const post = (path: string, form: string, authorization = basic(account.clientId, account.clientSecret)) =>
    exchange(
      atlas.origin,
      'POST',
      `/api/oauth/${path}`,
      { authorization, 'content-type': 'application/x-www-form-urlencoded' },
      form,
    );
  const token = async () =>
    (await post('token', 'grant_type=client_credentials')).json.access_token as string;
  const whoAmI = (bearer: string) =>
    exchange(atlas.origin, 'GET', '/api/atlas/v2', { authorization: `Bearer ${bearer}`, accept: VERSIONED });
  return {
    ...furniture,
    atlas,
    account,
    basic,
    post,
    token,
    whoAmI,
    [Symbol.asyncDispose]: () => atlas.close(),
  };
}

test('a token signs in until it expires or is revoked', async () => {
  await using s = await start();
  const reply = await s.post('token', 'grant_type=client_credentials');
  expect(reply.json).toEqual({ access_token: expect.any(String), expires_in: 3600, token_type: 'Bearer' });
  const token = reply.json.access_token;
  expect((await s.whoAmI(token)).json.apiKey).toBeNull();
  s.atlas.clock.advance(3_600_000);
  expect((await s.whoAmI(token)).status).toBe(401);
  const second = await s.token();
  expect(s.atlas.liveTokens(s.account.clientId)).toBe(1);
  const revoked = await s.post('revoke', `token=${second}&token_type_hint=access_token`);
  expect([revoked.status, revoked.text]).toEqual([200, '']);
  expect((await s.whoAmI(second)).status).toBe(401);
  expect(s.atlas.liveTokens(s.account.clientId)).toBe(0);
  expect((await s.post('revoke', 'token=unknown')).status).toBe(200);
});

test('wrong credentials, escaped ones, another grant, no form', async () => {
  await using s = await start();
  const { clientId, clientSecret } = s.account;
  const grant = 'grant_type=client_credentials';
  const wrong = await s.post('token', grant, s.basic(clientId, 'mdb_sa_sk_wrong'));
  expect([wrong.status, wrong.json.error]).toEqual([401, 'invalid_client']);
  const escaped = s.basic(clientId.replaceAll('_', '%5F'), clientSecret);
  expect((await s.post('token', grant, escaped)).status).toBe(401);
  expect((await s.post('token', 'grant_type=password')).json.error).toBe('unsupported_grant_type');
  expect((await s.post('token', '')).json.error).toBe('invalid_request');
  const headers = { authorization: s.basic(clientId, clientSecret), 'content-type': 'application/json' };
  expect((await exchange(s.atlas.origin, 'POST', '/api/oauth/token', headers, '{}')).status).toBe(400);
  expect((await exchange(s.atlas.origin, 'POST', '/api/oauth/token', {}, grant)).status).toBe(401);
});

test('fifty new tokens a minute, for each address and account', async () => {
  await using s = await start();
  const grant = 'grant_type=client_credentials';
  for (let i = 0; i < 50; i += 1) expect(await s.token()).toEqual(expect.any(String));
  const refused = await s.post('token', grant);
  expect(refused.status).toBe(429);
  expect(refused.json).toEqual({
    detail: 'Resource /api/oauth/token is limited to 50 requests every 1 minutes.',
    error: 429,
    errorCode: 'RATE_LIMITED',
    parameters: ['/api/oauth/token', 50, 1],
    reason: 'Too Many Requests',
  });
  expect(refused.headers['retry-after']).toBeUndefined();
  s.atlas.settings.tokens.retryAfter = true;
  expect(Number((await s.post('token', grant)).headers['retry-after'])).toBeGreaterThan(50);
  const other = s.atlas.addServiceAccount({ orgId: s.orgId, roles: [] });
  expect((await s.post('token', grant, s.basic(other.clientId, other.clientSecret))).status).toBe(200);
  s.atlas.settings.callerAddress = '192.0.2.1';
  expect(await s.token()).toEqual(expect.any(String));
  s.atlas.settings.callerAddress = undefined;
  expect((await s.post('token', grant)).status).toBe(429);
  s.atlas.clock.advance(60_000);
  expect(await s.token()).toEqual(expect.any(String));
});

test('a hundred tokens alive', async () => {
  await using s = await start();
  const grant = 'grant_type=client_credentials';
  const tokens: string[] = [];
  for (let i = 0; i < 100; i += 1) {
    if (i === 50) s.atlas.clock.advance(60_000);
    tokens.push(await s.token());
  }
  s.atlas.clock.advance(60_000);
  const refused = await s.post('token', grant);
  expect([refused.status, refused.json]).toEqual([
    403,
    {
      error: 'access_denied',
      error_description:
        'Access Token limit reached. Please use the existing Access Tokens or create a new Service Account.',
    },
  ]);
  expect(s.atlas.liveTokens(s.account.clientId)).toBe(100);
  await s.post('revoke', `token=${tokens[0]}`);
  expect(await s.token()).toEqual(expect.any(String));
  expect((await s.post('token', grant)).status).toBe(403);
  s.atlas.clock.advance(3_600_000);
  expect(await s.token()).toEqual(expect.any(String));
});

test('a service account may what its roles allow, from where its list allows', async () => {
  await using s = await start();
  const reader = s.atlas.addServiceAccount({
    orgId: s.orgId,
    roles: [{ roleName: 'GROUP_READ_ONLY', groupId: s.groupId }],
    accessList: ['127.0.0.1'],
  });
  const authorization = s.basic(reader.clientId, reader.clientSecret);
  const { access_token } = (await s.post('token', 'grant_type=client_credentials', authorization)).json;
  const headers = { authorization: `Bearer ${access_token}`, accept: VERSIONED, 'content-type': VERSIONED };
  const path = `/api/atlas/v2/groups/${s.groupId}/apiKeys`;
  expect((await exchange(s.atlas.origin, 'GET', path, headers)).status).toBe(200);
  const made = await exchange(s.atlas.origin, 'POST', path, headers, '{"desc":"x","roles":["GROUP_OWNER"]}');
  expect(made.json.errorCode).toBe('NOT_GROUP_USER_ADMIN');
  s.atlas.settings.callerAddress = '192.0.2.1';
  expect((await exchange(s.atlas.origin, 'GET', path, headers)).json.errorCode).toBe(
    'IP_ADDRESS_NOT_ON_ACCESS_LIST',
  );
});
