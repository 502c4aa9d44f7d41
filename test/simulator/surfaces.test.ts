import { describe, expect, test } from 'vitest';
import { furnished } from './client.ts';

const JSON_ONLY = { accept: 'application/json', 'content-type': 'application/json' };

describe('the older surfaces', () => {
  test.each(['atlas/v1.0', 'public/v1.0'])('%s speaks plain JSON and links to itself', async (surface) => {
    await using s = await furnished();
    const root = `/api/${surface}`;
    const { headers, json } = await s.owner.call('GET', root + s.inOrg, undefined, {
      accept: 'application/json',
    });
    expect(headers['content-type']).toBe('application/json;charset=utf-8');
    expect(json.links[0].href).toMatch(`${s.atlas.origin}${root}/orgs/`);
    expect((await s.owner.call('GET', root, undefined, JSON_ONLY)).json.apiKey.id).toBe(s.ownerKey.id);
    const make = (more: Record<string, string>) =>
      s.owner.call('POST', root + s.inProject, { desc: 'x', roles: ['GROUP_OWNER'] }, more);
    expect((await make({ accept: '*/*' })).status).toBe(415);
    expect((await make(JSON_ONLY)).status).toBe(200);
  });

  test('public/v1.0 assigns by PATCH alone, renames in the organisation alone, answers DELETE with 200', async () => {
    await using s = await furnished();
    const call = (method: string, path: string, body?: unknown) =>
      s.owner.call(method, `/api/public/v1.0${path}`, body, JSON_ONLY);
    const { id } = s.atlas.addKey({ orgId: s.orgId, desc: 'k', roles: [] });
    const [inProject, inOrg] = [`${s.inProject}/${id}`, `${s.inOrg}/${id}`];
    expect((await call('POST', inProject, [{ roles: ['GROUP_OWNER'] }])).status).toBe(405);
    expect((await call('PATCH', inProject, { desc: 'new' })).verdict).toBe('400 MISSING_API_KEY_ROLES');
    const patched = await call('PATCH', inProject, { desc: 'new', roles: ['GROUP_BACKUP_ADMIN'] });
    expect([patched.status, patched.json.desc]).toEqual([200, 'k']);
    expect((await call('PATCH', inOrg, { desc: 'new' })).json.desc).toBe('new');
    for (const path of [inProject, inOrg]) {
      const { status, json } = await call('DELETE', path);
      expect([status, json]).toEqual([200, {}]);
    }
    expect(s.atlas.key(id)?.deletedAt).toEqual(expect.any(Number));
  });
});

describe('lists', () => {
  test('are sorted by public key and cut into pages that shift with what comes and goes', async () => {
    await using s = await furnished();
    const { orgId, groupId } = s;
    const roles = [{ roleName: 'GROUP_OWNER', groupId }];
    for (const desc of ['zzzzzzzz', 'bbbbbbbb', 'aaaaaaaa', 'mmmmmmmm', 'cccccccc'])
      s.atlas.addKey({ orgId, desc, publicKey: desc, roles });
    const page = async (query: string) => (await s.owner.call('GET', `${s.inProject}?${query}`)).json;
    const shown = (json: { results: { publicKey: string }[] }) =>
      json.results.map((key) => key.publicKey[0]).join('');
    const first = await page('itemsPerPage=2&pageNum=1');
    expect([shown(first), first.totalCount]).toEqual(['ab', 5]);
    const list = `${s.atlas.origin}/api/atlas/v2${s.inProject}?includeCount=true`;
    expect(first.links.slice(1)).toEqual([{ rel: 'next', href: `${list}&itemsPerPage=2&pageNum=2` }]);
    expect(shown(await page('itemsPerPage=2&pageNum=3&includeCount=false'))).toBe('z');
    expect(await page('itemsPerPage=2&pageNum=4&includeCount=false')).not.toHaveProperty('totalCount');
    expect(shown(await page('pageNum=4&itemsPerPage=2'))).toBe('');
    s.atlas.deleteKey(s.atlas.keys().find(({ desc }) => desc === 'aaaaaaaa')?.id ?? '');
    expect(shown(await page('itemsPerPage=2&pageNum=2'))).toBe('mz');
  });

  test('refuse a query that is none; pretty ones have lines', async () => {
    await using s = await furnished();
    for (const query of [
      ...['itemsPerPage=501', 'itemsPerPage=0', 'pageNum=0', 'pageNum=x', 'includeCount=yes', 'pretty=1'],
    ]) {
      const { verdict } = await s.owner.call('GET', `${s.inOrg}?${query}`);
      expect([query, verdict]).toEqual([query, '400 INVALID_QUERY_PARAMETER']);
    }
    expect((await s.owner.call('GET', `${s.inOrg}?pretty=true`)).text).toContain('\n  ');
  });
});

describe('rate limits', () => {
  test('count down, refuse with 429, and come back after a minute', async () => {
    await using s = await furnished();
    s.atlas.settings.rateLimits.project = { capacity: 3, refill: 1, everyMs: 60_000 };
    const list = () => s.owner.call('GET', s.inProject);
    const remaining = [];
    for (let i = 0; i < 3; i += 1) remaining.push((await list()).headers['ratelimit-remaining']);
    expect(remaining).toEqual(['2', '1', '0']);
    s.atlas.clock.advance(20_000);
    const refused = await list();
    expect(refused.verdict).toBe('429 RATE_LIMITED_TOKEN_BUCKET');
    const seconds = Number(refused.headers['retry-after']);
    expect(refused.json.parameters).toEqual(['api/atlas/v2/groups', seconds, 3, 1, 60]);
    expect(refused.headers['ratelimit-limit']).toBe('3');
    expect(seconds).toBeGreaterThan(30);
    expect(seconds).toBeLessThanOrEqual(40);
    s.atlas.settings.rateLimits.retryAfter = false;
    expect((await list()).headers['retry-after']).toBeUndefined();
    expect((await s.owner.call('GET', s.inOrg)).status).toBe(200);
    s.atlas.clock.advance(41_000);
    expect((await list()).headers['ratelimit-remaining']).toBe('0');
    s.atlas.clock.advance(120_000);
    expect((await list()).headers['ratelimit-remaining']).toBe('1');
  });

  test('are one for each project and organisation, and a small one for settings', async () => {
    await using s = await furnished();
    for (const [path, limit] of [
      [s.inProject, 1200],
      [s.inOrg, 500],
      [`/orgs/${s.orgId}/settings`, 10],
    ] as const) {
      const { headers } = await s.owner.call('GET', path);
      expect([path, headers['ratelimit-limit']]).toEqual([path, `${limit}`]);
      expect(headers['ratelimit-remaining']).toBe(`${limit - 1}`);
    }
  });
});
