import { describe, expect, test } from 'vitest';
import { type Caller, exchange, furnish } from './client.ts';
import { startSimulator } from './server.ts';
import type { SettingsInput } from './settings.ts';

const ACCOUNTS = 'application/vnd.atlas.2024-08-05+json';
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

async function start(serviceAccounts: SettingsInput['serviceAccounts'] = {}) {
  const atlas = await startSimulator({ settings: { serviceAccounts } });
  const furniture = furnish(atlas);
  const { groupId, orgId } = furniture;
  const as =
    (caller: Caller) =>
    (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) =>
      caller.call(method, path, body, {
        accept: ACCOUNTS,
        ...(body === undefined ? {} : { 'content-type': ACCOUNTS }),
        ...headers,
      });
  const owner = as(furniture.owner);
  const inProject = `/groups/${groupId}/serviceAccounts`;
  const inOrg = `/orgs/${orgId}/serviceAccounts`;
  const request = {
    name: 'ci',
    description: 'of a test',
    roles: ['GROUP_READ_ONLY'],
    secretExpiresAfterHours: 8,
  };
  const make = async (fields: Record<string, unknown> = {}) =>
    (await owner('POST', inProject, { ...request, ...fields })).json;
  const secret = (clientId: string, hours = 8) =>
    owner('POST', `${inProject}/${clientId}/secrets`, { secretExpiresAfterHours: hours });
  const token = (clientId: string, clientSecret: string) =>
    exchange(
      atlas.origin,
      'POST',
      '/api/oauth/token',
      {
        authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}`,
        'content-type': 'application/x-www-form-urlencoded',
      },
      'grant_type=client_credentials',
    );
  const withToken = (bearer: string, method: string, path: string, body?: unknown) => {
    const headers = { authorization: `Bearer ${bearer}`, accept: ACCOUNTS, 'content-type': ACCOUNTS };
    return exchange(
      atlas.origin,
      method,
      `/api/atlas/v2${path}`,
      headers,
      body === undefined ? undefined : JSON.stringify(body),
    );
  };
  return {
    ...furniture,
    atlas,
    as,
    call: owner,
    projectOwner: as(furniture.callerWith('GROUP_OWNER')),
    inProject,
    inOrg,
    request,
    make,
    secret,
    token,
    withToken,
    [Symbol.asyncDispose]: () => atlas.close(),
  };
}

describe('a service account', () => {
  test('is made with its first secret, which is shown this once, and is a member of the organisation', async () => {
    await using s = await start();
    const reply = await s.projectOwner('POST', s.inProject, s.request);
    expect(reply.status).toBe(201);
    expect(reply.headers['content-type']).toBe(`${ACCOUNTS};charset=utf-8`);
    const { clientId, secrets } = reply.json;
    expect(clientId).toMatch(/^mdb_sa_id_[0-9a-f]{24}$/);
    const made = Number.parseInt(clientId.slice('mdb_sa_id_'.length).slice(0, 8), 16) * 1000;
    expect(Math.abs(made - s.atlas.clock.now())).toBeLessThan(5000);
    expect(secrets).toHaveLength(1);
    expect(Object.keys(secrets[0])).toEqual(['createdAt', 'expiresAt', 'id', 'secret']);
    expect(secrets[0].secret).toMatch(/^mdb_sa_sk_[A-Za-z0-9_-]{40}$/);
    expect(Date.parse(secrets[0].expiresAt) - Date.parse(secrets[0].createdAt)).toBe(8 * HOUR);
    const { roles } = s.atlas.serviceAccount(clientId) ?? {};
    expect(roles).toEqual([
      { orgId: s.orgId, roleName: 'ORG_MEMBER' },
      { groupId: s.groupId, roleName: 'GROUP_READ_ONLY' },
    ]);
    for (const path of [s.inProject, `${s.inProject}/${clientId}`, s.inOrg, `${s.inOrg}/${clientId}`]) {
      const { text } = await s.call('GET', path);
      expect(text).toContain(`"maskedSecretValue":"mdb_sa_sk_...${secrets[0].secret.slice(-4)}"`);
      expect(text).not.toContain(secrets[0].secret);
    }
    expect(JSON.stringify(s.atlas.history)).not.toContain(secrets[0].secret);
  });

  test('signs in and calls with its roles, and no others', async () => {
    await using s = await start();
    const { clientId, secrets } = await s.make();
    const { access_token } = (await s.token(clientId, secrets[0].secret)).json;
    expect((await s.withToken(access_token, 'GET', `/groups/${s.groupId}`)).status).toBe(200);
    const refused = await s.withToken(access_token, 'POST', s.inProject, s.request);
    expect([refused.status, refused.json.errorCode]).toEqual([401, 'USER_UNAUTHORIZED']);
    const [shown] = (await s.call('GET', `${s.inProject}/${clientId}`)).json.secrets;
    expect(shown.lastUsedAt).toMatch(/Z$/);
    expect(s.atlas.history.ofAccount(clientId).map(({ kind }) => kind)).toEqual([
      'created',
      'assigned',
      'secretMade',
      'tokenIssued',
    ]);
  });

  test('names are not unique; name, description and roles change one by one', async () => {
    await using s = await start();
    const { clientId } = await s.make();
    expect((await s.make()).clientId).not.toBe(clientId);
    const path = `${s.inProject}/${clientId}`;
    expect((await s.call('PATCH', path, { name: 'other' })).json).toMatchObject({
      name: 'other',
      description: 'of a test',
      roles: ['GROUP_READ_ONLY'],
    });
    expect((await s.call('PATCH', path, { description: 'new', name: null })).json).toMatchObject({
      name: 'other',
      description: 'new',
    });
    expect((await s.call('PATCH', path, { roles: ['GROUP_OWNER'] })).json.roles).toEqual(['GROUP_OWNER']);
  });

  test('deleted in a project only leaves it; deleted in the organisation it is gone with its tokens', async () => {
    await using s = await start();
    const { clientId, secrets } = await s.make();
    const { access_token } = (await s.token(clientId, secrets[0].secret)).json;
    expect((await s.projectOwner('DELETE', `${s.inProject}/${clientId}`)).status).toBe(204);
    const gone = await s.call('GET', `${s.inProject}/${clientId}`);
    expect([gone.status, gone.json.errorCode]).toEqual([404, 'RESOURCE_NOT_FOUND']);
    expect((await s.call('GET', `${s.inOrg}/${clientId}`)).status).toBe(200);
    expect((await s.token(clientId, secrets[0].secret)).status).toBe(200);
    expect((await s.withToken(access_token, 'GET', '/orgs')).status).toBe(200);
    expect((await s.call('DELETE', `${s.inOrg}/${clientId}`)).status).toBe(204);
    expect((await s.token(clientId, secrets[0].secret)).status).toBe(401);
    expect((await s.withToken(access_token, 'GET', '/orgs')).status).toBe(401);
    expect(s.atlas.liveTokens(clientId)).toBe(0);
    expect((await s.call('GET', s.inOrg)).json.results).toEqual([]);
    expect(s.atlas.serviceAccounts()).toEqual([]);
    expect(s.atlas.serviceAccount(clientId)?.deletedAt).toEqual(expect.any(Number));
  });

  test.each(['RESOURCE_NOT_FOUND', 'UNEXPECTED_ERROR'] as const)(
    'that is not there is a 404 with %s',
    async (code) => {
      await using s = await start({ notFound: code });
      const { clientId } = await s.make();
      const stranger = s.atlas.addServiceAccount({ orgId: s.atlas.addOrganization().id, roles: [] });
      for (const [method, path, body] of [
        ['GET', `${s.inProject}/mdb_sa_id_${'0'.repeat(24)}`, undefined],
        ['GET', `${s.inOrg}/${stranger.clientId}`, undefined],
        ['DELETE', `${s.inProject}/${clientId}/secrets/${'0'.repeat(24)}`, undefined],
        ['POST', `${s.inProject}/${stranger.clientId}:invite`, { roles: ['GROUP_OWNER'] }],
      ] as const) {
        const reply = await s.call(method, path, body);
        expect([path, reply.status, reply.json.errorCode]).toEqual([path, 404, code]);
      }
    },
  );

  test('an organisation has two hundred, its callers among them', async () => {
    await using s = await start();
    for (let i = 0; i < 199; i += 1) s.atlas.addServiceAccount({ orgId: s.orgId, roles: [] });
    const last = await s.make();
    const refused = await s.call('POST', s.inProject, s.request);
    expect([refused.status, refused.json]).toEqual([
      400,
      {
        detail: `Maximum number of Service Accounts per org (200) in ${s.orgId} exceeded when trying to add a new Service Account.`,
        error: 400,
        errorCode: 'MAX_SERVICE_ACCOUNTS_PER_ORG_EXCEEDED',
        parameters: ['200', s.orgId],
        reason: 'Bad Request',
      },
    ]);
    await s.call('DELETE', `${s.inProject}/${last.clientId}`);
    expect((await s.call('POST', s.inProject, s.request)).status).toBe(400);
    await s.call('DELETE', `${s.inOrg}/${last.clientId}`);
    expect((await s.call('POST', s.inProject, s.request)).status).toBe(201);
  });

  test('is served under its own media type and under API v2 alone', async () => {
    await using s = await start();
    const old = await s.call('GET', s.inProject, undefined, {
      accept: 'application/vnd.atlas.2023-01-01+json',
    });
    expect([old.status, old.json.errorCode]).toEqual([400, 'INVALID_VERSION_DATE']);
    const later = await s.call('GET', s.inProject, undefined, {
      accept: 'application/vnd.atlas.2025-03-12+json',
    });
    expect(later.headers['content-type']).toBe(`${ACCOUNTS};charset=utf-8`);
    const sent = { 'content-type': 'application/vnd.atlas.2023-01-01+json' };
    expect((await s.call('POST', s.inProject, s.request, sent)).status).toBe(415);
    const v1 = { accept: 'application/json' };
    expect((await s.call('GET', `/api/atlas/v1.0${s.inProject}`, undefined, v1)).status).toBe(404);
  });

  test.each([
    [false, 400],
    [true, 201],
  ])('without a first secret where the service knows that: %s', async (withoutInitialSecret, status) => {
    await using s = await start({ withoutInitialSecret });
    const { secretExpiresAfterHours, ...bare } = { ...s.request, withoutInitialSecret: true };
    const reply = await s.call('POST', s.inProject, bare);
    expect(reply.status).toBe(status);
    expect(reply.json.secrets).toEqual(status === 201 ? [] : undefined);
    const both = await s.call('POST', s.inProject, { ...bare, secretExpiresAfterHours });
    expect(both.status).toBe(withoutInitialSecret ? 400 : 201);
  });
});

describe('what is refused', () => {
  const marks = "must match ^[\\p{L}\\p{N}\\-_.,' ]*$";
  const cases: [string, Record<string, unknown>, string, string?][] = [
    [
      'a mark of keys in the name',
      { name: 'ci [until:1/a]' },
      'VALIDATION_ERROR',
      `name field is invalid: ${marks}`,
    ],
    [
      'a colon in the description',
      { description: 'a:b' },
      'VALIDATION_ERROR',
      `description field is invalid: ${marks}`,
    ],
    ['a name of 65', { name: 'x'.repeat(65) }, 'VALIDATION_ERROR', 'must be of 1 to 64 characters'],
    [
      'a description of 251',
      { description: 'x'.repeat(251) },
      'VALIDATION_ERROR',
      'must be of 1 to 250 characters',
    ],
    ['an empty name', { name: '' }, 'VALIDATION_ERROR'],
    ['no name', { name: undefined }, 'MISSING_ATTRIBUTE', 'attribute name'],
    ['no description', { description: undefined }, 'MISSING_ATTRIBUTE', 'attribute description'],
    ['no roles', { roles: undefined }, 'MISSING_ATTRIBUTE', 'attribute roles'],
    ['an empty list of roles', { roles: [] }, 'VALIDATION_ERROR'],
    ['an unknown role', { roles: ['GROUP_KING'] }, 'UNEXPECTED_ERROR', 'Invalid role GROUP_KING.'],
    ['an organisation role', { roles: ['GROUP_OWNER', 'ORG_OWNER'] }, 'CANNOT_ADD_ORG_ROLE'],
    ['no hours', { secretExpiresAfterHours: undefined }, 'MISSING_ATTRIBUTE'],
    ['seven hours', { secretExpiresAfterHours: 7 }, 'VALIDATION_ERROR', 'must be from 8 to 8760'],
    ['more than a year', { secretExpiresAfterHours: 8761 }, 'VALIDATION_ERROR', 'must be from 8 to 8760'],
    ['half an hour more', { secretExpiresAfterHours: 8.5 }, 'INVALID_ATTRIBUTE'],
  ];
  test.each(cases)('%s', async (_, fields, code, detail = '') => {
    await using s = await start();
    const reply = await s.call('POST', s.inProject, { ...s.request, ...fields });
    expect([reply.status, reply.json.errorCode]).toEqual([400, code]);
    expect(reply.json.detail).toContain(detail);
    expect(s.atlas.serviceAccounts()).toEqual([]);
  });

  test('letters and digits of all the world are fine, and so are 64 and 250 of them', async () => {
    await using s = await start();
    const fields = { name: `Zürich-7_a.b, d'été ${'あ'.repeat(44)}`, description: '٣'.repeat(250) };
    expect(fields.name).toHaveLength(64);
    expect((await s.call('POST', s.inProject, { ...s.request, ...fields })).status).toBe(201);
  });

  test('organisation roles in the organisation, project roles there not', async () => {
    await using s = await start();
    const made = await s.call('POST', s.inOrg, { ...s.request, roles: ['ORG_READ_ONLY'] });
    expect([made.status, made.json.roles]).toEqual([201, ['ORG_READ_ONLY']]);
    const refused = await s.call('POST', s.inOrg, { ...s.request, roles: ['GROUP_OWNER'] });
    expect([refused.status, refused.json.errorCode]).toEqual([400, 'CANNOT_ADD_GROUP_ROLE']);
  });

  test('a secret that outlives what the organisation allows; the settings say how long that is', async () => {
    await using s = await start();
    const settings = `/orgs/${s.orgId}/settings`;
    const hours = (json: Record<string, unknown>) => json.maxServiceAccountSecretValidityInHours;
    expect(hours((await s.call('GET', settings)).json)).toBe(8760);
    const version = { 'content-type': 'application/vnd.atlas.2023-01-01+json' };
    const cap = (value: number) =>
      s.call('PATCH', settings, { maxServiceAccountSecretValidityInHours: value }, version);
    expect((await cap(7)).status).toBe(400);
    expect(hours((await cap(24)).json)).toBe(24);
    const refused = await s.call('POST', s.inProject, { ...s.request, secretExpiresAfterHours: 25 });
    expect(refused.json.detail).toContain('must be from 8 to 24');
    const { clientId } = await s.make({ secretExpiresAfterHours: 24 });
    expect((await s.secret(clientId, 25)).status).toBe(400);
    expect((await s.secret(clientId, 24)).status).toBe(201);
  });
});

describe('secrets', () => {
  test.each([400, 403, 409] as const)(
    'two an account, an expired one counts until it is deleted; a third is answered with %d',
    async (thirdSecret) => {
      await using s = await start({ thirdSecret });
      const { clientId, secrets } = await s.make();
      expect((await s.secret(clientId)).status).toBe(201);
      s.atlas.clock.advance(9 * HOUR);
      const third = await s.secret(clientId);
      expect([third.status, third.json.errorCode]).toEqual([thirdSecret, 'UNEXPECTED_ERROR']);
      expect((await s.call('GET', `${s.inProject}/${clientId}`)).json.secrets).toHaveLength(2);
      const path = `${s.inProject}/${clientId}/secrets`;
      expect((await s.call('DELETE', `${path}/${secrets[0].id}`)).status).toBe(204);
      expect((await s.call('DELETE', `${path}/${secrets[0].id}`)).status).toBe(404);
      expect((await s.secret(clientId)).status).toBe(201);
    },
  );

  test('a new one cuts the others to at most seven days, and never makes one longer', async () => {
    await using s = await start();
    const expiry = async (clientId: string, id: string) => {
      const { secrets } = (await s.call('GET', `${s.inProject}/${clientId}`)).json;
      return Date.parse(secrets.find((one: { id: string }) => one.id === id).expiresAt);
    };
    const long = await s.make({ secretExpiresAfterHours: 8760 });
    const next = (await s.secret(long.clientId, 2160)).json;
    const cut = await expiry(long.clientId, long.secrets[0].id);
    expect(Math.abs(cut - (s.atlas.clock.now() + 7 * DAY))).toBeLessThan(5000);
    expect(await expiry(long.clientId, next.id)).toBe(Date.parse(next.expiresAt));
    const short = await s.make({ secretExpiresAfterHours: 9 });
    await s.secret(short.clientId, 8760);
    expect(await expiry(short.clientId, short.secrets[0].id)).toBe(Date.parse(short.secrets[0].expiresAt));
    expect(s.atlas.history.ofAccount(long.clientId).filter(({ kind }) => kind === 'secretShortened')).toEqual(
      [expect.objectContaining({ secretId: long.secrets[0].id })],
    );
  });

  test.each([true, false])('of two asked for at once one is refused: %s', async (oneSecretAtOnce) => {
    await using s = await start({ oneSecretAtOnce });
    const { clientId, secrets } = await s.make();
    await s.call('DELETE', `${s.inProject}/${clientId}/secrets/${secrets[0].id}`);
    s.atlas.settings.latencyMs = 100;
    const other = s.as(s.callerWith('GROUP_OWNER'));
    const path = `${s.inProject}/${clientId}/secrets`;
    // Both have signed in before, so that both requests are under way together.
    await other('GET', s.inProject);
    const replies = await Promise.all([
      s.secret(clientId),
      other('POST', path, { secretExpiresAfterHours: 8 }),
    ]);
    const statuses = replies.map(({ status }) => status).sort();
    expect(statuses).toEqual(oneSecretAtOnce ? [201, 409] : [201, 201]);
    if (!oneSecretAtOnce) return;
    const refused = replies.find(({ status }) => status === 409);
    expect(refused?.json.errorCode).toBe('DATA_CONCURRENCY_ERROR');
    expect((await s.secret(clientId)).status).toBe(201);
  });

  test('a token dies with its secret, the tokens of another secret live on', async () => {
    await using s = await start();
    const { clientId, secrets } = await s.make();
    const second = (await s.secret(clientId)).json;
    const token = async (value: string) => (await s.token(clientId, value)).json.access_token;
    const [first, other] = [await token(secrets[0].secret), await token(second.secret)];
    expect(s.atlas.liveTokens(clientId)).toBe(2);
    await s.call('DELETE', `${s.inProject}/${clientId}/secrets/${secrets[0].id}`);
    expect((await s.withToken(first, 'GET', '/orgs')).status).toBe(401);
    expect((await s.withToken(other, 'GET', '/orgs')).status).toBe(200);
    expect((await s.token(clientId, secrets[0].secret)).json.error).toBe('invalid_client');
    expect(s.atlas.liveTokens(clientId)).toBe(1);
  });

  test.each([
    [false, 200],
    [true, 401],
  ])(
    'an expired one gives no token; whether its tokens end with it is a setting: %s',
    async (endWithSecret, status) => {
      await using s = await start();
      s.atlas.settings.tokens.endWithSecret = endWithSecret;
      const { clientId, secrets } = await s.make();
      s.atlas.clock.advance(8 * HOUR - 60_000);
      const { access_token } = (await s.token(clientId, secrets[0].secret)).json;
      s.atlas.clock.advance(120_000);
      expect((await s.token(clientId, secrets[0].secret)).status).toBe(401);
      expect((await s.withToken(access_token, 'GET', '/orgs')).status).toBe(status);
      s.atlas.clock.advance(HOUR);
      expect((await s.withToken(access_token, 'GET', '/orgs')).status).toBe(401);
    },
  );

  test('a new one may be refused for a moment', async () => {
    await using s = await start({ newSecretRefusedMs: 10_000 });
    const { clientId, secrets } = await s.make();
    expect((await s.token(clientId, secrets[0].secret)).status).toBe(401);
    s.atlas.clock.advance(10_000);
    expect((await s.token(clientId, secrets[0].secret)).status).toBe(200);
  });
});

describe('an account that is not this project’s alone', () => {
  async function startShared(
    kind: 'secondProject' | 'organisationRole',
    ownersAlone: 'secrets' | 'secretsAndChanges',
  ) {
    const s = await start({ ownersAlone });
    const { clientId, secrets } = await s.make();
    const second = s.atlas.addProject({ id: s.orgId });
    if (kind === 'secondProject') {
      const invited = await s.call('POST', `/groups/${second.id}/serviceAccounts/${clientId}:invite`, {
        roles: ['GROUP_READ_ONLY'],
      });
      expect([invited.status, invited.json.roles]).toEqual([200, ['GROUP_READ_ONLY']]);
    } else {
      const roles = ['ORG_READ_ONLY', 'ORG_MEMBER'];
      expect((await s.call('PATCH', `${s.inOrg}/${clientId}`, { roles })).status).toBe(200);
    }
    return { ...s, clientId, secretId: secrets[0].id, second };
  }

  test.each([
    ['secondProject', 'secretsAndChanges'],
    ['organisationRole', 'secretsAndChanges'],
    ['secondProject', 'secrets'],
    ['organisationRole', 'secrets'],
  ] as const)('(%s) is not managed by the owner of one project: %s', async (kind, ownersAlone) => {
    await using s = await startShared(kind, ownersAlone);
    const path = `${s.inProject}/${s.clientId}`;
    const refusals = [
      await s.projectOwner('POST', `${path}/secrets`, { secretExpiresAfterHours: 8 }),
      await s.projectOwner('DELETE', `${path}/secrets/${s.secretId}`),
    ];
    for (const reply of refusals)
      expect([reply.status, reply.json.errorCode]).toEqual([401, 'USER_UNAUTHORIZED']);
    const renamed = await s.projectOwner('PATCH', path, { name: 'other' });
    expect(renamed.status).toBe(ownersAlone === 'secrets' ? 200 : 401);
    expect((await s.projectOwner('GET', path)).status).toBe(200);
    expect((await s.secret(s.clientId)).status).toBe(201);
    expect((await s.projectOwner('DELETE', path)).status).toBe(204);
  });

  test('shows its projects to the organisation, and each project its own roles', async () => {
    await using s = await startShared('secondProject', 'secrets');
    const groups = (await s.call('GET', `${s.inOrg}/${s.clientId}/groups`)).json.results;
    expect(groups.map(({ groupId }: { groupId: string }) => groupId)).toEqual([s.groupId, s.second.id]);
    await s.call('PATCH', `${s.inProject}/${s.clientId}`, { roles: ['GROUP_OWNER'] });
    const there = await s.call('GET', `/groups/${s.second.id}/serviceAccounts/${s.clientId}`);
    expect(there.json.roles).toEqual(['GROUP_READ_ONLY']);
    expect((await s.call('GET', `${s.inOrg}/${s.clientId}`)).json.roles).toEqual(['ORG_MEMBER']);
  });

  test('is invited by an owner of the organisation alone', async () => {
    await using s = await start();
    const { clientId } = await s.make();
    const reply = await s.projectOwner('POST', `${s.inProject}/${clientId}:invite`, {
      roles: ['GROUP_OWNER'],
    });
    expect(reply.status).toBe(401);
  });
});

describe('its access list', () => {
  test('says from where its tokens may be used; they may be fetched from anywhere', async () => {
    await using s = await start();
    const { clientId, secrets } = await s.make();
    const list = `${s.inProject}/${clientId}/accessList`;
    const keeper = s.as(s.callerWith('GROUP_ACCESS_MANAGER'));
    const added = await keeper('POST', list, [{ ipAddress: '192.0.2.1' }, { cidrBlock: '198.51.100.0/24' }]);
    expect([added.status, added.json.totalCount]).toEqual([200, 2]);
    const { access_token } = (await s.token(clientId, secrets[0].secret)).json;
    const refused = await s.withToken(access_token, 'GET', '/orgs');
    expect([refused.status, refused.json.errorCode]).toEqual([403, 'IP_ADDRESS_NOT_ON_ACCESS_LIST']);
    s.atlas.settings.callerAddress = '198.51.100.7';
    expect((await s.withToken(access_token, 'GET', '/orgs')).status).toBe(200);
    const [, used] = (await s.call('GET', list)).json.results;
    expect(used).toEqual({
      cidrBlock: '198.51.100.0/24',
      createdAt: expect.stringMatching(/Z$/),
      lastUsedAddress: '198.51.100.7',
      lastUsedAt: expect.stringMatching(/Z$/),
      requestCount: 1,
    });
    expect((await keeper('DELETE', `${list}/192.0.2.1`)).status).toBe(204);
    expect((await keeper('DELETE', `${list}/192.0.2.1`)).status).toBe(404);
  });

  test('has two hundred entries, none twice', async () => {
    await using s = await start();
    const { clientId } = await s.make();
    const list = `${s.inProject}/${clientId}/accessList`;
    const entries = Array.from({ length: 200 }, (_, index) => ({ ipAddress: `192.0.2.${index}` }));
    expect((await s.call('POST', list, entries)).status).toBe(200);
    const again = await s.call('POST', list, entries.slice(0, 1));
    expect([again.status, again.json.errorCode]).toEqual([409, 'ADDRESS_ALREADY_IN_ACCESS_LIST']);
    expect((await s.call('POST', list, [{ ipAddress: '198.51.100.1' }])).json.errorCode).toBe(
      'VALIDATION_ERROR',
    );
  });

  test('does not lose the address its own caller has', async () => {
    await using s = await start();
    const { clientId, secrets } = await s.make({ roles: ['GROUP_OWNER'] });
    const list = `${s.inProject}/${clientId}/accessList`;
    await s.call('POST', list, [{ ipAddress: '127.0.0.1' }]);
    const { access_token } = (await s.token(clientId, secrets[0].secret)).json;
    const reply = await s.withToken(access_token, 'DELETE', `${list}/127.0.0.1`);
    expect([reply.status, reply.json.errorCode]).toEqual([400, 'CANNOT_REMOVE_CALLER_FROM_ACCESS_LIST']);
  });
});

test('what another user does meanwhile', async () => {
  await using s = await start();
  const { groupId, orgId } = s;
  const made = s.atlas.addServiceAccount({
    orgId,
    name: 'old',
    createdAt: s.atlas.clock.now() - 30 * DAY,
    roles: [{ roleName: 'GROUP_OWNER', groupId }],
    secretHours: [],
  });
  expect(made.clientSecret).toBe('');
  const secret = s.atlas.addSecret(made.clientId, 24);
  expect((await s.token(made.clientId, secret.secret)).status).toBe(200);
  s.atlas.deleteSecret(made.clientId, secret.id);
  expect((await s.token(made.clientId, secret.secret)).status).toBe(401);
  s.atlas.setAccountRoles(made.clientId, groupId, []);
  expect((await s.call('GET', s.inProject)).json.results).toEqual([]);
  s.atlas.deleteServiceAccount(made.clientId);
  expect((await s.call('GET', s.inOrg)).json.results).toEqual([]);
  expect(s.atlas.history.ofAccount(made.clientId).map(({ kind }) => kind)).toEqual([
    'created',
    'assigned',
    'secretMade',
    'tokenIssued',
    'secretDeleted',
    'unassigned',
    'deleted',
  ]);
});
