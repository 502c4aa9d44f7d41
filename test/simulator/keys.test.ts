import { describe, expect, test } from 'vitest';
import { Caller, furnished } from './client.ts';
import type { SettingsInput } from './settings.ts';

async function start(settings: SettingsInput = {}) {
  const s = await furnished({ settings });
  const make = async (desc: string, roles = ['GROUP_READ_ONLY']) =>
    (await s.owner.call('POST', s.inProject, { desc, roles })).json;
  return { ...s, make };
}

describe('the life of a key', () => {
  test('its secret is shown once, and works', async () => {
    await using s = await start();
    const made = await s.make('x', ['GROUP_READ_ONLY', 'GROUP_DATA_ACCESS_ADMIN']);
    const names = made.roles.map((role: { roleName: string }) => role.roleName).sort();
    expect(names).toEqual(['GROUP_DATA_ACCESS_ADMIN', 'GROUP_READ_ONLY', 'ORG_MEMBER']);
    const read = (await s.owner.call('GET', `${s.inOrg}/${made.id}`)).json;
    const privateKey = `********-****-****-${made.privateKey.slice(-12)}`;
    expect(read).toEqual({ ...made, privateKey, roles: expect.arrayContaining(made.roles) });
    expect((await new Caller(s.atlas, made).call('GET', s.inProject)).status).toBe(200);
  });

  test('project DELETE only unassigns, organisation DELETE revokes and drops every assignment', async () => {
    await using s = await start();
    const made = await s.make('x');
    const itself = new Caller(s.atlas, made);
    expect((await s.owner.call('DELETE', `${s.inProject}/${made.id}`)).status).toBe(204);
    expect((await s.owner.call('GET', s.inProject)).json.results).toEqual([]);
    const { roles } = (await itself.call('GET', '')).json.apiKey;
    expect(roles).toEqual([{ orgId: s.orgId, roleName: 'ORG_MEMBER' }]);
    expect((await s.owner.call('DELETE', `${s.inOrg}/${made.id}`)).status).toBe(204);
    expect((await itself.call('GET', '')).status).toBe(401);
    const again = () => s.owner.call('DELETE', `${s.inOrg}/${made.id}`);
    expect((await again()).verdict).toBe('400 API_KEY_NOT_FOUND');
    s.atlas.settings.keyNotFoundStatus = 404;
    expect((await again()).verdict).toBe('404 API_KEY_NOT_FOUND');
  });

  test('PATCH replaces the roles of this project alone, assigns, and renames', async () => {
    await using s = await start();
    const other = s.atlas.addProject({ id: s.orgId }).id;
    const made = await s.make('x', ['GROUP_READ_ONLY', 'GROUP_DATA_ACCESS_ADMIN']);
    const patch = (path: string, body: object) => s.owner.call('PATCH', `${path}/${made.id}`, body);
    expect((await patch(`/groups/${other}/apiKeys`, { roles: ['GROUP_OWNER'] })).status).toBe(200);
    const changed = (await patch(s.inProject, { roles: ['GROUP_SEARCH_INDEX_EDITOR'], desc: 'y' })).json;
    expect(changed.desc).toBe('y');
    expect(s.atlas.key(made.id)?.roles).toEqual([
      { orgId: s.orgId, roleName: 'ORG_MEMBER' },
      { groupId: s.groupId, roleName: 'GROUP_SEARCH_INDEX_EDITOR' },
      { groupId: other, roleName: 'GROUP_OWNER' },
    ]);
    expect(changed.roles).toEqual(expect.arrayContaining([...(s.atlas.key(made.id)?.roles ?? [])]));
    expect((await patch(s.inProject, { desc: 'z' })).json.desc).toBe('z');
    expect((await patch(s.inOrg, { roles: ['ORG_READ_ONLY'] })).status).toBe(200);
    expect(s.atlas.key(made.id)?.roles[0]).toEqual({ orgId: s.orgId, roleName: 'ORG_READ_ONLY' });
  });

  test('POST assigns an array, once; the answer of old is there on request', async () => {
    await using s = await start();
    const { id } = s.atlas.addKey({ orgId: s.orgId, desc: 'k', roles: ['ORG_MEMBER'] });
    const body = [{ roles: ['GROUP_READ_ONLY'] }];
    const assign = (sent: unknown) => s.owner.call('POST', `${s.inProject}/${id}`, sent);
    const first = await assign(body);
    expect([first.status, first.text]).toEqual([204, '']);
    expect((await assign(body)).verdict).toBe('409 API_KEY_ALREADY_IN_GROUP');
    expect((await assign(body[0])).verdict).toBe('400 INVALID_JSON');
    s.atlas.setProjectRoles(id, s.groupId, []);
    s.atlas.settings.assignAnswer = 'key';
    expect((await assign(body)).json.id).toBe(id);
  });

  test('the id tells the second of its making on the clock of the service; the date is that of the request', async () => {
    await using s = await start();
    s.atlas.clock.advance(-3_600_000);
    const when = { operation: 'createGroupApiKey' };
    s.atlas.faults.add({ when, run: () => s.atlas.clock.advance(5_000) });
    const { headers, json } = await s.owner.call('POST', s.inProject, { desc: 'x', roles: ['GROUP_OWNER'] });
    const seconds = Number.parseInt(json.id.slice(0, 8), 16);
    expect(Math.abs(seconds - s.atlas.clock.now() / 1000)).toBeLessThan(2);
    expect(Math.abs(seconds - 5 - Date.parse(`${headers.date}`) / 1000)).toBeLessThanOrEqual(1);
  });

  test('a deleted key lingers in lists and reads, and is gone for everything else', async () => {
    await using s = await start({ deletedKeyLingersMs: 120_000 });
    const { id } = await s.make('ghost');
    await s.owner.call('DELETE', `${s.inOrg}/${id}`);
    s.atlas.clock.advance(30_000);
    expect((await s.owner.call('GET', s.inProject)).json.results).toMatchObject([{ desc: 'ghost' }]);
    expect((await s.owner.call('GET', s.inOrg)).json.totalCount).toBe(2);
    expect((await s.owner.call('GET', `${s.inOrg}/${id}`)).status).toBe(200);
    for (const [method, path, body] of [
      ['PATCH', `${s.inProject}/${id}`, { desc: 'x' }],
      ['PATCH', `${s.inOrg}/${id}`, { desc: 'x' }],
      ['POST', `${s.inProject}/${id}`, [{ roles: ['GROUP_OWNER'] }]],
      ['POST', `${s.inOrg}/${id}/accessList`, [{ ipAddress: '192.0.2.1' }]],
      ['DELETE', `${s.inProject}/${id}`, undefined],
      ['DELETE', `${s.inOrg}/${id}`, undefined],
    ] as const) {
      const { verdict } = await s.owner.call(method, path, body);
      expect([method, path, verdict]).toEqual([method, path, '400 API_KEY_NOT_FOUND']);
    }
    s.atlas.clock.advance(91_000);
    expect((await s.owner.call('GET', s.inProject)).json.results).toEqual([]);
    expect((await s.owner.call('GET', `${s.inOrg}/${id}`)).verdict).toBe('400 API_KEY_NOT_FOUND');
  });

  test('an organisation holds so many keys and no more; deleted ones do not count', async () => {
    await using s = await start({ keysPerOrganization: 3, deletedKeyLingersMs: 60_000 });
    const made = await s.make('1');
    await s.make('2');
    expect((await s.make('3')).errorCode).toBe('MAX_PUBLIC_API_KEY_REACHED');
    await s.owner.call('DELETE', `${s.inOrg}/${made.id}`);
    expect((await s.make('3')).id).toMatch(/^[0-9a-f]{24}$/);
  });

  test('the order of roles changes from answer to answer', async () => {
    await using s = await start();
    await s.make('x', ['GROUP_READ_ONLY', 'GROUP_OWNER', 'GROUP_CLUSTER_MANAGER', 'GROUP_DATA_ACCESS_ADMIN']);
    const orders = new Set<string>();
    for (let i = 0; i < 20; i += 1) orders.add((await s.owner.call('GET', s.inProject)).text);
    expect(orders.size).toBeGreaterThan(1);
  });

  test('a new one may be refused for a moment, a deleted one is at once', async () => {
    await using s = await start({ newKeyRefusedMs: 2_000, deletedKeyLingersMs: 120_000 });
    const made = await s.make('n');
    const fresh = new Caller(s.atlas, made);
    expect((await fresh.call('GET', '')).status).toBe(401);
    s.atlas.clock.advance(2_000);
    expect((await fresh.call('GET', '')).json.apiKey.id).toBe(made.id);
    await s.owner.call('DELETE', `${s.inOrg}/${made.id}`);
    expect((await fresh.call('GET', '')).status).toBe(401);
  });
});

describe('what is refused', () => {
  const roles = ['GROUP_OWNER'];
  const cases: [string, unknown, string][] = [
    ['no description', { roles }, 'API_KEY_REQUIRES_DESCRIPTION'],
    ['an empty description', { desc: '', roles }, 'INVALID_API_KEY_DESC'],
    ['a description of 251', { desc: 'x'.repeat(251), roles }, 'VALIDATION_ERROR'],
    ['a description that is none', { desc: 5, roles }, 'INVALID_ATTRIBUTE'],
    ['no roles', { desc: 'x' }, 'MISSING_API_KEY_ROLES'],
    ['an empty list of roles', { desc: 'x', roles: [] }, 'MISSING_API_KEY_ROLES'],
    ['roles that are no list', { desc: 'x', roles: 'GROUP_OWNER' }, 'INVALID_ATTRIBUTE'],
    ['an unknown role', { desc: 'x', roles: ['GROUP_KING'] }, 'UNEXPECTED_ERROR'],
    ['a role of Ops Manager', { desc: 'x', roles: ['GROUP_BACKUP_ADMIN'] }, 'INVALID_ROLE_FOR_GROUP'],
    ['an organisation role', { desc: 'x', roles: ['GROUP_OWNER', 'ORG_OWNER'] }, 'CANNOT_ADD_ORG_ROLE'],
    ['an array', [{ desc: 'x', roles }], 'INVALID_JSON'],
    ['broken JSON', '{"desc":', 'INVALID_JSON'],
  ];
  test.each(cases)('%s', async (_, body, code) => {
    await using s = await start();
    expect((await s.owner.call('POST', s.inProject, body)).verdict).toBe(`400 ${code}`);
    expect(s.atlas.keys().map((key) => key.desc)).toEqual(['owner']);
  });

  test.each([
    ['INVALID_ENUM_VALUE', 'An invalid enumeration value GROUP_KING was specified.'],
    ['INVALID_ATTRIBUTE', 'Invalid role GROUP_KING.'],
    ['UNEXPECTED_ERROR', 'Invalid role GROUP_KING.'],
  ] as const)('an unknown role, answered with %s', async (unknownRole, detail) => {
    await using s = await start({ unknownRole });
    for (const path of [s.inProject, s.inOrg]) {
      const { json } = await s.owner.call('POST', path, { desc: 'x', roles: ['GROUP_KING'] });
      const told = { errorCode: unknownRole, parameters: ['GROUP_KING'], reason: 'Bad Request' };
      expect(json).toEqual({ detail, error: 400, ...told });
    }
  });

  test('project roles in the organisation; 250 characters and unknown fields are fine', async () => {
    await using s = await start();
    const body = { desc: 'é'.repeat(250), roles, color: 'red' };
    expect((await s.owner.call('POST', s.inOrg, body)).verdict).toBe('400 CANNOT_ADD_GROUP_ROLE');
    expect((await s.owner.call('POST', s.inProject, body)).verdict).toBe('200');
  });

  test('malformed ids, unknown places and a key of another organisation', async () => {
    await using s = await start();
    const stranger = s.atlas.addKey({ orgId: s.atlas.addOrganization().id, desc: 'x', roles: ['ORG_OWNER'] });
    const nowhere = '111111111111111111111111';
    for (const [method, path, verdict] of [
      ['GET', '/groups/NOTHEX/apiKeys', '400 PATH_PARAM_PARSE_ERROR'],
      ['GET', `/groups/${s.groupId.toUpperCase()}0/apiKeys`, '400 PATH_PARAM_PARSE_ERROR'],
      ['DELETE', `${s.inOrg}/laxyvqbh`, '400 PATH_PARAM_PARSE_ERROR'],
      ['GET', `/groups/${nowhere}/apiKeys`, '404 GROUP_NOT_FOUND'],
      ['GET', `/orgs/${nowhere}/apiKeys`, '404 ORG_NOT_FOUND'],
      ['DELETE', `${s.inOrg}/${stranger.id}`, '400 API_KEY_NOT_FOUND'],
      ['GET', '/nothing/here', '404 RESOURCE_NOT_FOUND'],
      ['DELETE', s.inOrg, '405 METHOD_NOT_ALLOWED'],
    ] as const)
      expect([path, (await s.owner.call(method, path)).verdict]).toEqual([path, verdict]);
  });

  test('a body of another type, a request without a version', async () => {
    await using s = await start();
    const typed = async (type: string) =>
      (await s.owner.call('POST', s.inProject, { desc: 'x', roles }, { 'content-type': type })).status;
    expect(await typed('text/plain')).toBe(415);
    expect(await typed('application/vnd.atlas.2022-01-01+json')).toBe(415);
    expect(await typed('application/json; charset=utf-8')).toBe(200);
    const asking = (accept: string) => s.owner.call('GET', s.inProject, undefined, { accept });
    const dated = ['2022-12-31', '2023-13-01'].map((date) => `application/vnd.atlas.${date}+json`);
    for (const accept of ['application/json', '*/*', ...dated])
      expect([accept, (await asking(accept)).verdict]).toEqual([accept, '400 INVALID_VERSION_DATE']);
    const later = await asking('application/vnd.atlas.2025-03-12+json');
    expect(later.headers['content-type']).toBe('application/vnd.atlas.2023-01-01+json;charset=utf-8');
  });

  test('a role that is missing, with its own code and no challenge', async () => {
    await using s = await start();
    const { id } = await s.make('x');
    const stranger = s.atlas.addKey({ orgId: s.atlas.addOrganization().id, desc: 's', roles: ['ORG_OWNER'] });
    const [member, reader] = [s.callerWith('ORG_MEMBER'), s.callerWith('GROUP_READ_ONLY')];
    const [manager, outsider] = [s.callerWith('GROUP_ACCESS_MANAGER'), new Caller(s.atlas, stranger)];
    const assignment = [{ roles: ['GROUP_READ_ONLY'] }];
    for (const [caller, method, path, code, body] of [
      [member, 'GET', s.inProject, 'NOT_IN_GROUP'],
      [outsider, 'GET', s.inProject, 'NOT_IN_GROUP'],
      [outsider, 'GET', s.inOrg, 'USER_CANNOT_ACCESS_ORG'],
      [reader, 'DELETE', `${s.inProject}/${id}`, 'NOT_GROUP_USER_ADMIN'],
      [manager, 'POST', `${s.inProject}/${id}`, 'USER_UNAUTHORIZED', assignment],
      [manager, 'DELETE', `${s.inOrg}/${id}`, 'NOT_ORG_OWNER'],
    ] as const) {
      const reply = await caller.call(method, path, body);
      expect([method, path, reply.verdict]).toEqual([method, path, `401 ${code}`]);
      expect(reply.headers['www-authenticate']).toBeUndefined();
    }
    expect((await manager.call('DELETE', `${s.inProject}/${id}`)).status).toBe(204);
    const owner = s.callerWith('GROUP_OWNER');
    expect((await owner.call('POST', `${s.inProject}/${id}`, assignment)).status).toBe(204);
  });
});

describe('a key’s access list', () => {
  async function startWithKey() {
    const s = await start();
    const { orgId, groupId } = s;
    const key = s.atlas.addKey({ orgId, desc: 'k', roles: [{ roleName: 'GROUP_OWNER', groupId }] });
    const list = `${s.inOrg}/${key.id}/accessList`;
    const add = (...entries: object[]) => s.owner.call('POST', list, entries);
    return { ...s, key, list, add, itself: new Caller(s.atlas, key) };
  }

  test('takes addresses and blocks; the answer is the whole list', async () => {
    await using s = await startWithKey();
    await s.add({ ipAddress: '192.0.2.7' });
    const { json } = await s.add({ cidrBlock: '198.51.100.0/24' }, { ipAddress: '2001:db8::1' });
    expect(json).toMatchObject({
      totalCount: 3,
      results: [
        { cidrBlock: '192.0.2.7/32', ipAddress: '192.0.2.7' },
        { cidrBlock: '198.51.100.0/24' },
        { cidrBlock: '2001:db8::1/128', ipAddress: '2001:db8::1' },
      ],
    });
    const block = `${s.list}/198.51.100.0%2F24`;
    const { cidrBlock, links } = (await s.owner.call('GET', block)).json;
    expect([cidrBlock, links[0].href]).toEqual(['198.51.100.0/24', `${s.atlas.origin}/api/atlas/v2${block}`]);
    expect((await s.owner.call('DELETE', block)).status).toBe(204);
    expect((await s.owner.call('GET', block)).verdict).toBe('404 API_KEY_ACCESS_LIST_NOT_FOUND');
    expect((await s.owner.call('GET', `${s.list}/2001:db8::1`)).status).toBe(200);
    expect(s.atlas.key(s.key.id)?.accessList).toEqual(['192.0.2.7/32', '2001:db8::1/128']);
  });

  const ipAddress = '192.0.2.1';
  test.each<[string, unknown, string]>([
    ['the whole internet', [{ cidrBlock: '0.0.0.0/0' }], 'CANNOT_ADD_IP_ADDRESS_TO_API_KEY_ACCESS_LIST'],
    ['the whole new internet', [{ cidrBlock: '::/0' }], 'CANNOT_ADD_IP_ADDRESS_TO_API_KEY_ACCESS_LIST'],
    ['no address', [{ ipAddress: 'current' }], 'INVALID_IP_ADDRESS_OR_CIDR_NOTATION'],
    ['a prefix too long', [{ cidrBlock: '192.0.2.0/33' }], 'INVALID_IP_ADDRESS_OR_CIDR_NOTATION'],
    ['a block as an address', [{ ipAddress: '192.0.2.0/24' }], 'INVALID_IP_ADDRESS_OR_CIDR_NOTATION'],
    ['both at once', [{ ipAddress, cidrBlock: '192.0.2.0/24' }], 'INVALID_ATTRIBUTE'],
    ['an object', { ipAddress }, 'INVALID_JSON'],
    ['an empty list', [], 'MISSING_ATTRIBUTE'],
    ['the same twice', [{ ipAddress }, { cidrBlock: '192.0.2.1/32' }], 'DUPLICATE_ADDRESSES_IN_INPUT'],
  ])('does not take %s, and adds nothing', async (_, body, code) => {
    await using s = await startWithKey();
    expect((await s.owner.call('POST', s.list, body)).verdict).toBe(`400 ${code}`);
    expect(s.atlas.key(s.key.id)?.accessList).toEqual([]);
  });

  test('takes two halves of the internet, and a half not twice', async () => {
    await using s = await startWithKey();
    const [one, other] = [{ cidrBlock: '0.0.0.0/1' }, { cidrBlock: '128.0.0.0/1' }];
    expect((await s.add(one, other)).status).toBe(200);
    expect((await s.add(other)).verdict).toBe('409 ADDRESS_ALREADY_IN_ACCESS_LIST');
    expect((await s.itself.call('GET', '')).status).toBe(200);
  });

  test('is kept by the key itself, by owners of the organisation and by those of its project', async () => {
    await using s = await startWithKey();
    s.atlas.setProjectRoles(s.key.id, s.groupId, ['GROUP_READ_ONLY']);
    const reader = s.callerWith('ORG_READ_ONLY', 'GROUP_READ_ONLY');
    for (const [method, path, body] of [
      ['POST', s.list, [{ ipAddress }]],
      ['GET', s.list, undefined],
      ['GET', `${s.list}/192.0.2.1`, undefined],
      ['DELETE', `${s.list}/192.0.2.1`, undefined],
    ] as const) {
      const reply = await reader.call(method, path, body);
      expect(reply.verdict).toBe('401 API_KEY_ACCESS_LIST_ACCESS_DENIED');
      expect(reply.json.detail).toContain('only accessible by the API key or by a user administrator');
    }
    const entries = [{ ipAddress: '127.0.0.1' }, { ipAddress: '192.0.2.2' }];
    expect((await s.itself.call('POST', s.list, entries)).status).toBe(200);
    expect((await s.owner.call('DELETE', `${s.list}/192.0.2.2`)).status).toBe(204);
    expect((await s.callerWith('GROUP_OWNER').call('POST', s.list, [{ ipAddress }])).status).toBe(200);
  });

  test('locks every other address out from its first entry on', async () => {
    await using s = await startWithKey();
    expect((await s.itself.call('GET', '')).status).toBe(200);
    await s.add({ ipAddress: '203.0.113.9' });
    const out = await s.itself.call('GET', '');
    expect([out.verdict, out.json.parameters]).toEqual(['403 IP_ADDRESS_NOT_ON_ACCESS_LIST', ['127.0.0.1']]);
    s.atlas.settings.callerAddress = '203.0.113.9';
    expect((await s.itself.call('GET', '/orgs')).status).toBe(200);
    const lastUsed = expect.stringMatching(/^\d{4}-.*Z$/);
    const [entry] = (await s.owner.call('GET', s.list)).json.results;
    expect(entry).toMatchObject({ count: 1, lastUsedAddress: '203.0.113.9', lastUsed });
  });

  test('does not lose the address its own caller has', async () => {
    await using s = await startWithKey();
    await s.add({ ipAddress: '127.0.0.1' }, { ipAddress });
    const remove = async (caller: Caller, address: string) =>
      (await caller.call('DELETE', `${s.list}/${address}`)).verdict;
    expect(await remove(s.itself, '127.0.0.1')).toBe('400 CANNOT_REMOVE_CALLER_FROM_ACCESS_LIST');
    expect(await remove(s.itself, ipAddress)).toBe('204');
    expect(await remove(s.owner, '127.0.0.1')).toBe('204');
  });

  test('may be required: then a key without one is of no use', async () => {
    await using s = await startWithKey();
    const { orgId } = s;
    const settings = { apiAccessListRequired: true };
    const changed = await s.owner.call('PATCH', `/orgs/${orgId}/settings`, settings);
    expect(changed.json.apiAccessListRequired).toBe(true);
    expect((await s.itself.call('GET', '')).verdict).toBe('403 ORG_REQUIRES_ACCESS_LIST');
    const listed = s.atlas.addKey({ orgId, desc: 'l', roles: ['ORG_OWNER'], accessList: ['127.0.0.0/8'] });
    await new Caller(s.atlas, listed).call('POST', s.list, [{ ipAddress: '127.0.0.1' }]);
    expect((await s.itself.call('GET', '')).json.apiKey.accessList).toEqual([
      { cidrBlock: '127.0.0.1/32', ipAddress: '127.0.0.1' },
    ]);
  });
});
