import { describe, expect, test } from 'vitest';
import { Caller, furnish } from './client.ts';
import { startSimulator } from './server.ts';

async function start() {
  const atlas = await startSimulator();
  return { ...furnish(atlas), atlas, [Symbol.asyncDispose]: () => atlas.close() };
}

const JSON_ONLY = { accept: 'application/json', 'content-type': 'application/json' };

describe('the older surfaces', () => {
  test.each(['atlas/v1.0', 'public/v1.0'])('%s speaks plain JSON and links to itself', async (surface) => {
    await using s = await start();
    const root = `/api/${surface}`;
    const reply = await s.owner.call('GET', `${root}/orgs/${s.orgId}/apiKeys`, undefined, {
      accept: 'application/json',
    });
    expect(reply.headers['content-type']).toBe('application/json;charset=utf-8');
    expect(reply.json.links[0].href).toMatch(`${s.atlas.origin}${root}/orgs/`);
    expect((await s.owner.call('GET', root, undefined, JSON_ONLY)).json.apiKey.id).toBe(s.ownerKey.id);
    const body = { desc: 'x', roles: ['GROUP_OWNER'] };
    const versioned = await s.owner.call('POST', `${root}/groups/${s.groupId}/apiKeys`, body, {
      accept: '*/*',
    });
    expect(versioned.status).toBe(415);
    expect((await s.owner.call('POST', `${root}/groups/${s.groupId}/apiKeys`, body, JSON_ONLY)).status).toBe(
      200,
    );
  });

  test('public/v1.0 assigns by PATCH alone, renames in the organisation alone, answers DELETE with 200', async () => {
    await using s = await start();
    const root = '/api/public/v1.0';
    const call = (method: string, path: string, body?: unknown) =>
      s.owner.call(method, root + path, body, JSON_ONLY);
    const key = s.atlas.addKey({ orgId: s.orgId, desc: 'k', roles: [] });
    const inProject = `/groups/${s.groupId}/apiKeys/${key.id}`;
    const inOrg = `/orgs/${s.orgId}/apiKeys/${key.id}`;
    expect((await call('POST', inProject, [{ roles: ['GROUP_OWNER'] }])).status).toBe(405);
    expect((await call('PATCH', inProject, { desc: 'new' })).json.errorCode).toBe('MISSING_API_KEY_ROLES');
    const patched = await call('PATCH', inProject, { desc: 'new', roles: ['GROUP_BACKUP_ADMIN'] });
    expect([patched.status, patched.json.desc]).toEqual([200, 'k']);
    expect((await call('PATCH', inOrg, { desc: 'new' })).json.desc).toBe('new');
    const unassigned = await call('DELETE', inProject);
    expect([unassigned.status, unassigned.json]).toEqual([200, {}]);
    const deleted = await call('DELETE', inOrg);
    expect([deleted.status, deleted.json]).toEqual([200, {}]);
    expect(s.atlas.key(key.id)?.deletedAt).toEqual(expect.any(Number));
  });
});

describe('an organisation that is not served here', () => {
  async function startWith(product: 'Atlas' | 'Cloud Manager') {
    const atlas = await startSimulator();
    const organization = atlas.addOrganization({ product });
    const { id: groupId } = atlas.addProject(organization);
    const key = atlas.addKey({ orgId: organization.id, desc: 'owner', roles: ['ORG_OWNER'] });
    const owner = new Caller(atlas, key);
    const code = async (surface: string, path: string) => {
      const headers = surface === 'atlas/v2' ? {} : JSON_ONLY;
      const { status, json } = await owner.call('GET', `/api/${surface}${path}/apiKeys`, undefined, headers);
      return [status, json.errorCode];
    };
    const inProject = (surface: string) => code(surface, `/groups/${groupId}`);
    const inOrganization = (surface: string) => code(surface, `/orgs/${organization.id}`);
    return { organization, inProject, inOrganization, [Symbol.asyncDispose]: () => atlas.close() };
  }

  test('of Cloud Manager, by both APIs of Atlas', async () => {
    await using s = await startWith('Cloud Manager');
    for (const surface of ['atlas/v2', 'atlas/v1.0']) {
      expect(await s.inProject(surface)).toEqual([404, 'NOT_ATLAS_GROUP']);
      expect(await s.inOrganization(surface)).toEqual([404, 'NOT_ATLAS_ORG']);
    }
    expect(await s.inProject('public/v1.0')).toEqual([200, undefined]);
    expect(await s.inOrganization('public/v1.0')).toEqual([200, undefined]);
  });

  test('of Atlas, by the API of Cloud Manager', async () => {
    await using s = await startWith('Atlas');
    expect(await s.inProject('public/v1.0')).toEqual([404, 'ATLAS_GROUP']);
    expect(await s.inProject('atlas/v2')).toEqual([200, undefined]);
    expect(await s.inOrganization('public/v1.0')).toEqual([200, undefined]);
  });

  test('for a bill that is unpaid', async () => {
    await using s = await startWith('Atlas');
    s.organization.suspended = true;
    expect(await s.inProject('atlas/v2')).toEqual([402, 'ACCOUNT_SUSPENDED']);
    expect(await s.inOrganization('atlas/v2')).toEqual([402, 'ACCOUNT_SUSPENDED']);
  });
});

describe('lists', () => {
  test('are sorted by public key and cut into pages that shift with what comes and goes', async () => {
    await using s = await start();
    const publicKeys = ['zzzzzzzz', 'bbbbbbbb', 'aaaaaaaa', 'mmmmmmmm', 'cccccccc'];
    for (const publicKey of publicKeys) {
      s.atlas.addKey({
        orgId: s.orgId,
        desc: publicKey,
        publicKey,
        roles: [{ roleName: 'GROUP_OWNER', groupId: s.groupId }],
      });
    }
    const path = `/groups/${s.groupId}/apiKeys`;
    const page = async (query: string) => (await s.owner.call('GET', `${path}?${query}`)).json;
    const shown = (json: { results: { publicKey: string }[] }) =>
      json.results.map((key) => key.publicKey[0]).join('');
    const first = await page('itemsPerPage=2&pageNum=1');
    expect([shown(first), first.totalCount]).toEqual(['ab', 5]);
    expect(first.links.map((link: { rel: string }) => link.rel)).toEqual(['self', 'next']);
    expect(first.links[1].href).toBe(
      `${s.atlas.origin}/api/atlas/v2${path}?includeCount=true&itemsPerPage=2&pageNum=2`,
    );
    expect(shown(await page('itemsPerPage=2&pageNum=3&includeCount=false'))).toBe('z');
    expect(await page('itemsPerPage=2&pageNum=4&includeCount=false')).not.toHaveProperty('totalCount');
    expect(shown(await page('pageNum=4&itemsPerPage=2'))).toBe('');
    s.atlas.deleteKey(s.atlas.keys().find((key) => key.publicKey === 'aaaaaaaa')?.id ?? '');
    expect(shown(await page('itemsPerPage=2&pageNum=2'))).toBe('mz');
  });

  test.each(['itemsPerPage=501', 'itemsPerPage=0', 'pageNum=0', 'pageNum=x', 'includeCount=yes', 'pretty=1'])(
    'refuse %s',
    async (query) => {
      await using s = await start();
      const reply = await s.owner.call('GET', `/orgs/${s.orgId}/apiKeys?${query}`);
      expect([reply.status, reply.json.errorCode]).toEqual([400, 'INVALID_QUERY_PARAMETER']);
    },
  );

  test('pretty and envelope', async () => {
    await using s = await start();
    const pretty = await s.owner.call('GET', '/orgs?pretty=true');
    expect(pretty.text).toContain('\n  ');
    const { json } = await s.owner.call('GET', `/orgs/${s.orgId}?envelope=true`);
    expect(json).toMatchObject({ status: 200, content: { id: s.orgId } });
  });

  test('show only what the caller may see', async () => {
    await using s = await start();
    const other = s.atlas.addProject({ id: s.orgId });
    s.atlas.addProject(s.atlas.addOrganization());
    const ids = async (caller: typeof s.owner, path: string) =>
      (await caller.call('GET', path)).json.results.map(({ id }: { id: string }) => id).sort();
    expect(await ids(s.owner, '/groups')).toEqual([s.groupId, other.id].sort());
    expect(await ids(s.callerWith('GROUP_READ_ONLY'), `/orgs/${s.orgId}/groups`)).toEqual([s.groupId]);
    expect(await ids(s.callerWith('ORG_MEMBER'), '/groups')).toEqual([]);
    expect(await ids(s.callerWith('ORG_MEMBER'), '/orgs')).toEqual([s.orgId]);
  });
});

describe('rate limits', () => {
  test('count down, refuse with 429, and come back after a minute', async () => {
    await using s = await start();
    s.atlas.settings.rateLimits.project = { capacity: 3, refill: 2, everyMs: 60_000 };
    const list = () => s.owner.call('GET', `/groups/${s.groupId}/apiKeys`);
    const remaining = [];
    for (let i = 0; i < 3; i += 1) remaining.push((await list()).headers['ratelimit-remaining']);
    expect(remaining).toEqual(['2', '1', '0']);
    s.atlas.clock.advance(20_000);
    const refused = await list();
    expect([refused.status, refused.json.errorCode]).toEqual([429, 'RATE_LIMITED_TOKEN_BUCKET']);
    expect(refused.json.parameters).toEqual([
      'api/atlas/v2/groups',
      Number(refused.headers['retry-after']),
      3,
      2,
      60,
    ]);
    expect(refused.headers['ratelimit-limit']).toBe('3');
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(30);
    expect(Number(refused.headers['retry-after'])).toBeLessThanOrEqual(40);
    s.atlas.settings.rateLimits.retryAfter = false;
    expect((await list()).headers['retry-after']).toBeUndefined();
    expect((await s.owner.call('GET', `/orgs/${s.orgId}/apiKeys`)).status).toBe(200);
    s.atlas.clock.advance(41_000);
    expect((await list()).headers['ratelimit-remaining']).toBe('1');
  });

  test.each([
    ['/orgs', '300'],
    ['/groups', '1200'],
  ])('%s has a limit of its own: %s', async (path, limit) => {
    await using s = await start();
    const { headers } = await s.owner.call('GET', path);
    expect([headers['ratelimit-limit'], headers['ratelimit-remaining']]).toEqual([
      limit,
      `${Number(limit) - 1}`,
    ]);
  });

  test('settings of an organisation have their own small bucket', async () => {
    await using s = await start();
    const reply = await s.owner.call('GET', `/orgs/${s.orgId}/settings`);
    expect([reply.headers['ratelimit-limit'], reply.headers['ratelimit-remaining']]).toEqual(['10', '9']);
  });
});
