import { describe, expect, test } from 'vitest';
import { ACCOUNTS, type Caller, furnished, oauth, VERSIONED, withToken } from './client.ts';
import type { SettingsInput } from './settings.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

async function start(serviceAccounts: SettingsInput['serviceAccounts'] = {}) {
  const s = await furnished({ settings: { serviceAccounts } });
  const as =
    (caller: Caller) =>
    (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) => {
      const type: Record<string, string> = body === undefined ? {} : { 'content-type': ACCOUNTS };
      return caller.call(method, path, body, { accept: ACCOUNTS, ...type, ...headers });
    };
  const call = as(s.owner);
  const inProject = `/groups/${s.groupId}/serviceAccounts`;
  const request = {
    name: 'ci',
    description: 'of a test',
    roles: ['GROUP_READ_ONLY'],
    secretExpiresAfterHours: 8,
  };
  return {
    ...s,
    as,
    call,
    projectOwner: as(s.callerWith('GROUP_OWNER')),
    inProject,
    inOrg: `/orgs/${s.orgId}/serviceAccounts`,
    request,
    make: async (fields: Record<string, unknown> = {}) =>
      (await call('POST', inProject, { ...request, ...fields })).json,
    secret: (clientId: string, hours = 8) =>
      call('POST', `${inProject}/${clientId}/secrets`, { secretExpiresAfterHours: hours }),
    token: (clientId: string, clientSecret: string) => oauth(s.atlas, 'token', { clientId, clientSecret }),
    /** The status of a call that everybody may make. */
    lists: async (token: string) => (await withToken(s.atlas, token, 'GET', '')).status,
    kinds: (clientId: string) => s.atlas.history.ofAccount(clientId).map(({ kind }) => kind),
  };
}

describe('a service account', () => {
  test('is made with its first secret, which is shown this once, and is a member of the organisation', async () => {
    await using s = await start();
    const reply = await s.projectOwner('POST', s.inProject, s.request);
    expect(reply.status).toBe(201);
    const { clientId, secrets } = reply.json;
    expect(clientId).toMatch(/^mdb_sa_id_[0-9a-f]{24}$/);
    const made = Number.parseInt(clientId.slice(10, 18), 16) * 1000;
    expect(Math.abs(made - s.atlas.clock.now())).toBeLessThan(5000);
    expect(Object.keys(secrets[0])).toEqual(['createdAt', 'expiresAt', 'id', 'secret']);
    expect(secrets[0].secret).toMatch(/^mdb_sa_sk_[A-Za-z0-9_-]{40}$/);
    expect(Date.parse(secrets[0].expiresAt) - Date.parse(secrets[0].createdAt)).toBe(8 * HOUR);
    expect(s.atlas.serviceAccount(clientId)?.roles).toEqual([
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
    expect((await withToken(s.atlas, access_token, 'GET', `/groups/${s.groupId}`)).status).toBe(200);
    const refused = await withToken(s.atlas, access_token, 'POST', s.inProject, s.request);
    expect(refused.verdict).toBe('401 USER_UNAUTHORIZED');
    const [shown] = (await s.call('GET', `${s.inProject}/${clientId}`)).json.secrets;
    expect(shown.lastUsedAt).toMatch(/Z$/);
    expect(s.kinds(clientId)).toEqual(['created', 'assigned', 'secretMade', 'tokenIssued']);
  });

  test('names are not unique; name, description and roles change one by one', async () => {
    await using s = await start();
    const { clientId } = await s.make();
    expect((await s.make()).clientId).not.toBe(clientId);
    const patch = async (body: object) => (await s.call('PATCH', `${s.inProject}/${clientId}`, body)).json;
    const renamed = { name: 'other', description: 'of a test', roles: ['GROUP_READ_ONLY'] };
    expect(await patch({ name: 'other' })).toMatchObject(renamed);
    const described = { ...renamed, description: 'new' };
    expect(await patch({ description: 'new', name: null })).toMatchObject(described);
    expect(await patch({ roles: ['GROUP_OWNER'] })).toMatchObject({ ...described, roles: ['GROUP_OWNER'] });
  });

  test('deleted in a project only leaves it; deleted in the organisation it is gone with its tokens', async () => {
    await using s = await start();
    const { clientId, secrets } = await s.make();
    const { access_token } = (await s.token(clientId, secrets[0].secret)).json;
    expect((await s.projectOwner('DELETE', `${s.inProject}/${clientId}`)).status).toBe(204);
    expect((await s.call('GET', `${s.inProject}/${clientId}`)).verdict).toBe('404 RESOURCE_NOT_FOUND');
    expect((await s.call('GET', `${s.inOrg}/${clientId}`)).status).toBe(200);
    expect((await s.token(clientId, secrets[0].secret)).status).toBe(200);
    expect(await s.lists(access_token)).toBe(200);
    expect((await s.call('DELETE', `${s.inOrg}/${clientId}`)).status).toBe(204);
    expect((await s.token(clientId, secrets[0].secret)).status).toBe(401);
    expect([await s.lists(access_token), s.atlas.liveTokens(clientId)]).toEqual([401, 0]);
    expect((await s.call('GET', s.inOrg)).json.results).toEqual([]);
    expect(s.atlas.serviceAccounts()).toEqual([]);
    expect(s.atlas.serviceAccount(clientId)?.deletedAt).toEqual(expect.any(Number));
  });

  test('that is not there is a 404, and so is a secret', async () => {
    await using s = await start();
    const { clientId } = await s.make();
    const stranger = s.atlas.addServiceAccount({ orgId: s.atlas.addOrganization().id, roles: [] });
    const roles = ['GROUP_OWNER'];
    for (const [method, path, body] of [
      ['GET', `${s.inProject}/mdb_sa_id_${'0'.repeat(24)}`, undefined],
      ['GET', `${s.inOrg}/${stranger.clientId}`, undefined],
      ['DELETE', `${s.inProject}/${clientId}/secrets/${'0'.repeat(24)}`, undefined],
      ['POST', `${s.inProject}/${stranger.clientId}:invite`, { roles }],
    ] as const) {
      const { verdict } = await s.call(method, path, body);
      expect([path, verdict]).toEqual([path, '404 RESOURCE_NOT_FOUND']);
    }
  });

  test('an organisation has two hundred, its callers among them', async () => {
    await using s = await start();
    for (let i = 0; i < 199; i += 1) s.atlas.addServiceAccount({ orgId: s.orgId, roles: [] });
    const last = await s.make();
    const refused = await s.call('POST', s.inProject, s.request);
    expect(refused.verdict).toBe('400 MAX_SERVICE_ACCOUNTS_PER_ORG_EXCEEDED');
    expect(refused.json.detail).toBe(
      `Maximum number of Service Accounts per org (200) in ${s.orgId} exceeded when trying to add a new Service Account.`,
    );
    await s.call('DELETE', `${s.inProject}/${last.clientId}`);
    expect((await s.call('POST', s.inProject, s.request)).status).toBe(400);
    await s.call('DELETE', `${s.inOrg}/${last.clientId}`);
    expect((await s.call('POST', s.inProject, s.request)).status).toBe(201);
  });

  test('is served under its own media type and under API v2 alone', async () => {
    await using s = await start();
    const asking = (accept: string, path = s.inProject) => s.call('GET', path, undefined, { accept });
    expect((await asking(VERSIONED)).verdict).toBe('400 INVALID_VERSION_DATE');
    const later = await asking('application/vnd.atlas.2025-03-12+json');
    expect(later.headers['content-type']).toBe(`${ACCOUNTS};charset=utf-8`);
    const sent = await s.call('POST', s.inProject, s.request, { 'content-type': VERSIONED });
    expect(sent.status).toBe(415);
    expect((await asking('application/json', `/api/atlas/v1.0${s.inProject}`)).status).toBe(404);
  });
});

describe('what is refused', () => {
  const marks = "must match ^[\\p{L}\\p{N}\\-_.,' ]*$";
  const lifetime = 'must be from 8 to 8760';
  const hours = (secretExpiresAfterHours: number | undefined) => ({ secretExpiresAfterHours });
  const cases: [string, Record<string, unknown>, string, string?][] = [
    [
      'a mark of keys in the name',
      { name: 'ci [until:1/a]' },
      'VALIDATION_ERROR',
      `name field is invalid: ${marks}`,
    ],
    ['a colon in the description', { description: 'a:b' }, 'VALIDATION_ERROR', `field is invalid: ${marks}`],
    ['a name of 65', { name: 'x'.repeat(65) }, 'VALIDATION_ERROR', 'must be of 1 to 64 characters'],
    ['a description of 251', { description: 'x'.repeat(251) }, 'VALIDATION_ERROR', 'of 1 to 250 characters'],
    ['an empty name', { name: '' }, 'VALIDATION_ERROR'],
    ['no name', { name: undefined }, 'MISSING_ATTRIBUTE', 'attribute name'],
    ['no description', { description: undefined }, 'MISSING_ATTRIBUTE', 'attribute description'],
    ['no roles', { roles: undefined }, 'MISSING_ATTRIBUTE', 'attribute roles'],
    ['an empty list of roles', { roles: [] }, 'VALIDATION_ERROR'],
    ['an unknown role', { roles: ['GROUP_KING'] }, 'UNEXPECTED_ERROR', 'Invalid role GROUP_KING.'],
    ['an organisation role', { roles: ['GROUP_OWNER', 'ORG_OWNER'] }, 'CANNOT_ADD_ORG_ROLE'],
    ['no hours', hours(undefined), 'MISSING_ATTRIBUTE'],
    ['seven hours', hours(7), 'VALIDATION_ERROR', lifetime],
    ['more than a year', hours(8761), 'VALIDATION_ERROR', lifetime],
    ['half an hour more', hours(8.5), 'INVALID_ATTRIBUTE'],
  ];
  test.each(cases)('%s', async (_, fields, code, detail = '') => {
    await using s = await start();
    const reply = await s.call('POST', s.inProject, { ...s.request, ...fields });
    expect(reply.verdict).toBe(`400 ${code}`);
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
    expect(refused.verdict).toBe('400 CANNOT_ADD_GROUP_ROLE');
  });

  test('a secret that outlives what the organisation allows; the settings say how long that is', async () => {
    await using s = await start();
    s.organization.maxSecretHours = 24;
    const { json } = await s.call('GET', `/orgs/${s.orgId}/settings`);
    expect(json.maxServiceAccountSecretValidityInHours).toBe(24);
    const refused = await s.call('POST', s.inProject, { ...s.request, secretExpiresAfterHours: 25 });
    expect(refused.json.detail).toContain('must be from 8 to 24');
    const { clientId } = await s.make({ secretExpiresAfterHours: 24 });
    expect((await s.secret(clientId, 25)).status).toBe(400);
    expect((await s.secret(clientId, 24)).status).toBe(201);
  });
});

describe('secrets', () => {
  test('are two an account, and an expired one counts until it is deleted', async () => {
    await using s = await start();
    const { clientId, secrets } = await s.make();
    expect((await s.secret(clientId)).status).toBe(201);
    s.atlas.clock.advance(9 * HOUR);
    expect((await s.secret(clientId)).verdict).toBe('400 UNEXPECTED_ERROR');
    expect((await s.call('GET', `${s.inProject}/${clientId}`)).json.secrets).toHaveLength(2);
    const first = `${s.inProject}/${clientId}/secrets/${secrets[0].id}`;
    expect((await s.call('DELETE', first)).status).toBe(204);
    expect((await s.call('DELETE', first)).status).toBe(404);
    expect((await s.secret(clientId)).status).toBe(201);
  });

  test('a new one cuts the others to at most seven days, and never makes one longer', async () => {
    await using s = await start();
    const expiry = (clientId: string, id: string) =>
      s.atlas.serviceAccount(clientId)?.secrets.find((one) => one.id === id)?.expiresAt ?? 0;
    const long = await s.make({ secretExpiresAfterHours: 8760 });
    const next = (await s.secret(long.clientId, 2160)).json;
    const cut = expiry(long.clientId, long.secrets[0].id);
    expect(Math.abs(cut - (s.atlas.clock.now() + 7 * DAY))).toBeLessThan(5000);
    expect(Math.abs(expiry(long.clientId, next.id) - Date.parse(next.expiresAt))).toBeLessThan(1000);
    const short = await s.make({ secretExpiresAfterHours: 9 });
    const before = expiry(short.clientId, short.secrets[0].id);
    await s.secret(short.clientId, 8760);
    expect(expiry(short.clientId, short.secrets[0].id)).toBe(before);
    const shortened = s.atlas.history
      .ofAccount(long.clientId)
      .filter(({ kind }) => kind === 'secretShortened');
    expect(shortened).toMatchObject([{ secretId: long.secrets[0].id }]);
  });

  test('of two asked for at once one is refused', async () => {
    await using s = await start();
    const { clientId, secrets } = await s.make();
    await s.call('DELETE', `${s.inProject}/${clientId}/secrets/${secrets[0].id}`);
    s.atlas.settings.latencyMs = 100;
    const path = `${s.inProject}/${clientId}/secrets`;
    // Both have signed in before, so that both requests are under way together.
    await s.projectOwner('GET', s.inProject);
    const replies = await Promise.all([
      s.secret(clientId),
      s.projectOwner('POST', path, { secretExpiresAfterHours: 8 }),
    ]);
    const verdicts = replies.map(({ verdict }) => verdict).sort();
    expect(verdicts).toEqual(['201', '409 DATA_CONCURRENCY_ERROR']);
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
    expect([await s.lists(first), await s.lists(other)]).toEqual([401, 200]);
    expect((await s.token(clientId, secrets[0].secret)).json.error).toBe('invalid_client');
    expect(s.atlas.liveTokens(clientId)).toBe(1);
  });

  test('an expired one gives no token; those it gave end with their own hour', async () => {
    await using s = await start();
    const { clientId, secrets } = await s.make();
    s.atlas.clock.advance(8 * HOUR - 60_000);
    const { access_token } = (await s.token(clientId, secrets[0].secret)).json;
    s.atlas.clock.advance(120_000);
    expect((await s.token(clientId, secrets[0].secret)).status).toBe(401);
    expect(await s.lists(access_token)).toBe(200);
    s.atlas.clock.advance(HOUR);
    expect(await s.lists(access_token)).toBe(401);
  });

  test('a new one may be refused for a moment', async () => {
    await using s = await start({ newSecretRefusedMs: 10_000 });
    const { clientId, secrets } = await s.make();
    expect((await s.token(clientId, secrets[0].secret)).status).toBe(401);
    s.atlas.clock.advance(10_000);
    expect((await s.token(clientId, secrets[0].secret)).status).toBe(200);
  });
});

describe('an account that is not this project’s alone', () => {
  async function startShared(kind: 'in a second project' | 'with an organisation role') {
    const s = await start();
    const { clientId, secrets } = await s.make();
    const second = `/groups/${s.atlas.addProject({ id: s.orgId }).id}`;
    if (kind === 'in a second project') {
      const path = `${second}/serviceAccounts/${clientId}:invite`;
      const invited = await s.call('POST', path, { roles: ['GROUP_READ_ONLY'] });
      expect([invited.status, invited.json.roles]).toEqual([200, ['GROUP_READ_ONLY']]);
    } else {
      const roles = ['ORG_READ_ONLY', 'ORG_MEMBER'];
      expect((await s.call('PATCH', `${s.inOrg}/${clientId}`, { roles })).status).toBe(200);
    }
    return { ...s, clientId, path: `${s.inProject}/${clientId}`, secretId: secrets[0].id, second };
  }

  test.each(['in a second project', 'with an organisation role'] as const)(
    '(%s) is not managed by the owner of one project',
    async (kind) => {
      await using s = await startShared(kind);
      for (const [method, path, body] of [
        ['POST', `${s.path}/secrets`, { secretExpiresAfterHours: 8 }],
        ['DELETE', `${s.path}/secrets/${s.secretId}`, undefined],
        ['PATCH', s.path, { name: 'other' }],
      ] as const)
        expect((await s.projectOwner(method, path, body)).verdict).toBe('401 USER_UNAUTHORIZED');
      expect((await s.projectOwner('GET', s.path)).status).toBe(200);
      expect((await s.secret(s.clientId)).status).toBe(201);
      expect((await s.projectOwner('DELETE', s.path)).status).toBe(204);
    },
  );

  test('shows its projects to the organisation, and each project its own roles', async () => {
    await using s = await startShared('in a second project');
    const { results } = (await s.call('GET', `${s.inOrg}/${s.clientId}/groups`)).json;
    expect(results.map(({ groupId }: { groupId: string }) => `/groups/${groupId}`)).toEqual([
      `/groups/${s.groupId}`,
      s.second,
    ]);
    await s.call('PATCH', s.path, { roles: ['GROUP_OWNER'] });
    const rolesAt = async (place: string) =>
      (await s.call('GET', `${place}/serviceAccounts/${s.clientId}`)).json.roles;
    expect(await rolesAt(s.second)).toEqual(['GROUP_READ_ONLY']);
    expect(await rolesAt(`/orgs/${s.orgId}`)).toEqual(['ORG_MEMBER']);
  });
});

describe('its access list', () => {
  async function startWithList(roles = ['GROUP_READ_ONLY']) {
    const s = await start();
    const { clientId, secrets } = await s.make({ roles });
    const { access_token: token } = (await s.token(clientId, secrets[0].secret)).json;
    return { ...s, token, list: `${s.inProject}/${clientId}/accessList` };
  }

  test('says from where its tokens may be used; they may be fetched from anywhere', async () => {
    await using s = await startWithList();
    const keeper = s.as(s.callerWith('GROUP_ACCESS_MANAGER'));
    const entries = [{ ipAddress: '192.0.2.1' }, { cidrBlock: '198.51.100.0/24' }];
    expect((await keeper('POST', s.list, entries)).json.totalCount).toBe(2);
    const refused = await withToken(s.atlas, s.token, 'GET', '');
    expect(refused.verdict).toBe('403 IP_ADDRESS_NOT_ON_ACCESS_LIST');
    s.atlas.settings.callerAddress = '198.51.100.7';
    expect(await s.lists(s.token)).toBe(200);
    const [, used] = (await s.call('GET', s.list)).json.results;
    const time = expect.stringMatching(/Z$/);
    const use = { lastUsedAddress: '198.51.100.7', lastUsedAt: time, requestCount: 1 };
    expect(used).toEqual({ cidrBlock: '198.51.100.0/24', createdAt: time, ...use });
    expect((await keeper('DELETE', `${s.list}/192.0.2.1`)).status).toBe(204);
    expect((await keeper('DELETE', `${s.list}/192.0.2.1`)).status).toBe(404);
  });

  test('has two hundred entries, none twice, and does not lose the address its own caller has', async () => {
    await using s = await startWithList(['GROUP_OWNER']);
    const entries = Array.from({ length: 199 }, (_, index) => ({ ipAddress: `192.0.2.${index}` }));
    expect((await s.call('POST', s.list, [...entries, { ipAddress: '127.0.0.1' }])).status).toBe(200);
    const again = await s.call('POST', s.list, entries.slice(0, 1));
    expect(again.verdict).toBe('409 ADDRESS_ALREADY_IN_ACCESS_LIST');
    const more = await s.call('POST', s.list, [{ ipAddress: '198.51.100.1' }]);
    expect(more.verdict).toBe('400 VALIDATION_ERROR');
    const own = await withToken(s.atlas, s.token, 'DELETE', `${s.list}/127.0.0.1`);
    expect(own.verdict).toBe('400 CANNOT_REMOVE_CALLER_FROM_ACCESS_LIST');
  });
});

test('what another user does meanwhile', async () => {
  await using s = await start();
  const { groupId, orgId } = s;
  const roles = [{ roleName: 'GROUP_OWNER', groupId }];
  const createdAt = s.atlas.clock.now() - 30 * DAY;
  const made = s.atlas.addServiceAccount({ orgId, name: 'old', createdAt, roles, secretHours: [] });
  expect(made.clientSecret).toBe('');
  const secret = s.atlas.addSecret(made.clientId, 24);
  expect((await s.token(made.clientId, secret.secret)).status).toBe(200);
  s.atlas.deleteSecret(made.clientId, secret.id);
  expect((await s.token(made.clientId, secret.secret)).status).toBe(401);
  s.atlas.setAccountRoles(made.clientId, groupId, []);
  expect((await s.call('GET', s.inProject)).json.results).toEqual([]);
  const before = ['created', 'assigned', 'secretMade', 'tokenIssued'];
  expect(s.kinds(made.clientId)).toEqual([...before, 'secretDeleted', 'unassigned']);
});
