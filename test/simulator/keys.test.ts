import { describe, expect, test } from 'vitest';
import { Caller, expectVerdicts, furnished } from './client.ts';
import type { SettingsInput } from './settings.ts';

async function start(settings: SettingsInput = {}) {
  const s = await furnished({ settings });
  const make = async (desc: string, roles = ['GROUP_READ_ONLY']) =>
    (await s.owner.call('POST', s.inProject, { desc, roles })).json;
  const list = async () => (await s.owner.call('GET', s.inProject)).json.results;
  return { ...s, make, list };
}

describe('the life of a key', () => {
  test('project DELETE only unassigns, organisation DELETE revokes and drops every assignment', async () => {
    await using s = await start();
    const made = await s.make('x');
    const itself = new Caller(s.atlas, made);
    await expectVerdicts(s.owner, ['DELETE', `${s.inProject}/${made.id}`, '204']);
    expect(await s.list()).toEqual([]);
    const { roles } = (await itself.call('GET', '')).json.apiKey;
    expect(roles).toEqual([{ orgId: s.orgId, roleName: 'ORG_MEMBER' }]);
    const one = `${s.inOrg}/${made.id}`;
    await expectVerdicts(s.owner, ['DELETE', one, '204'], ['DELETE', one, '400 API_KEY_NOT_FOUND']);
    expect((await itself.call('GET', '')).status).toBe(401);
    s.atlas.settings.keyNotFoundStatus = 404;
    await expectVerdicts(s.owner, ['DELETE', one, '404 API_KEY_NOT_FOUND']);
  });

  test('PATCH replaces the roles of this project alone, assigns, and renames', async () => {
    await using s = await start();
    const other = s.atlas.addProject({ id: s.orgId }).id;
    const made = await s.make('x', ['GROUP_READ_ONLY', 'GROUP_DATA_ACCESS_ADMIN']);
    const patch = async (path: string, body: object) =>
      (await s.owner.call('PATCH', `${path}/${made.id}`, body)).json;
    await patch(`/groups/${other}/apiKeys`, { roles: ['GROUP_OWNER'] });
    const changed = await patch(s.inProject, { roles: ['GROUP_SEARCH_INDEX_EDITOR'], desc: 'y' });
    const roles = [
      { orgId: s.orgId, roleName: 'ORG_MEMBER' },
      { groupId: s.groupId, roleName: 'GROUP_SEARCH_INDEX_EDITOR' },
      { groupId: other, roleName: 'GROUP_OWNER' },
    ];
    expect(changed).toMatchObject({ desc: 'y', roles: expect.arrayContaining(roles) });
    expect(s.atlas.key(made.id)?.roles).toEqual(roles);
    expect((await patch(s.inProject, { desc: 'z' })).desc).toBe('z');
    await patch(s.inOrg, { roles: ['ORG_READ_ONLY'] });
    expect(s.atlas.key(made.id)?.roles[0]).toEqual({ orgId: s.orgId, roleName: 'ORG_READ_ONLY' });
  });

  test('POST assigns an array, once; the answer of old is there on request', async () => {
    await using s = await start();
    const { id } = s.atlas.addKey({ orgId: s.orgId, desc: 'k', roles: ['ORG_MEMBER'] });
    const [one, body] = [`${s.inProject}/${id}`, [{ roles: ['GROUP_READ_ONLY'] }]];
    expect((await s.owner.call('POST', one, body)).text).toBe('');
    await expectVerdicts(
      s.owner,
      ['POST', one, '409 API_KEY_ALREADY_IN_GROUP', body],
      ['POST', one, '400 INVALID_JSON', body[0]],
      ['DELETE', one, '204'],
      ['POST', one, '204', body],
      ['DELETE', one, '204'],
    );
    s.atlas.settings.assignAnswer = 'key';
    expect((await s.owner.call('POST', one, body)).json.id).toBe(id);
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

  test('a deleted key lingers in lists and reads, and is gone for everything else, the limit too', async () => {
    await using s = await start({ keysPerOrganization: 3, deletedKeyLingersMs: 120_000 });
    const { id } = await s.make('ghost');
    await s.make('2');
    expect((await s.make('3')).errorCode).toBe('MAX_PUBLIC_API_KEY_REACHED');
    await s.owner.call('DELETE', `${s.inOrg}/${id}`);
    expect((await s.make('3')).id).toMatch(/^[0-9a-f]{24}$/);
    s.atlas.clock.advance(30_000);
    expect(await s.list()).toContainEqual(expect.objectContaining({ desc: 'ghost' }));
    expect((await s.owner.call('GET', s.inOrg)).json.totalCount).toBe(4);
    const [inProject, inOrg, gone] = [`${s.inProject}/${id}`, `${s.inOrg}/${id}`, '400 API_KEY_NOT_FOUND'];
    await expectVerdicts(
      s.owner,
      ['GET', inOrg, '200'],
      ['PATCH', inProject, gone, { desc: 'x' }],
      ['PATCH', inOrg, gone, { desc: 'x' }],
      ['POST', inProject, gone, [{ roles: ['GROUP_OWNER'] }]],
      ['POST', `${inOrg}/accessList`, gone, [{ ipAddress: '192.0.2.1' }]],
      ['DELETE', inProject, gone],
      ['DELETE', inOrg, gone],
    );
    s.atlas.clock.advance(91_000);
    expect(await s.list()).toHaveLength(2);
    await expectVerdicts(s.owner, ['GET', inOrg, gone]);
  });

  test('the order of roles changes from answer to answer', async () => {
    await using s = await start();
    await s.make('x', ['GROUP_READ_ONLY', 'GROUP_OWNER', 'GROUP_CLUSTER_MANAGER', 'GROUP_DATA_ACCESS_ADMIN']);
    const orders = new Set<string>();
    for (let i = 0; i < 20; i += 1) orders.add((await s.owner.call('GET', s.inProject)).text);
    expect(orders.size).toBeGreaterThan(1);
  });

  test('a new one shows its secret once and may be refused for a moment, a deleted one is at once', async () => {
    await using s = await start({ newKeyRefusedMs: 2_000, deletedKeyLingersMs: 120_000 });
    const made = await s.make('n');
    const { privateKey } = (await s.owner.call('GET', `${s.inOrg}/${made.id}`)).json;
    expect(privateKey).toBe(`********-****-****-${made.privateKey.slice(-12)}`);
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
  test.each<[string, unknown, string]>([
    ['no description', { roles }, 'API_KEY_REQUIRES_DESCRIPTION'],
    ['an empty description', { desc: '', roles }, 'INVALID_API_KEY_DESC'],
    ['a description of 251', { desc: 'x'.repeat(251), roles }, 'VALIDATION_ERROR'],
    ['a description that is none', { desc: 5, roles }, 'INVALID_ATTRIBUTE'],
    ['no roles', { desc: 'x' }, 'MISSING_API_KEY_ROLES'],
    ['an empty list of roles', { desc: 'x', roles: [] }, 'MISSING_API_KEY_ROLES'],
    ['roles that are no list', { desc: 'x', roles: 'GROUP_OWNER' }, 'INVALID_ATTRIBUTE'],
    ['a role of Ops Manager', { desc: 'x', roles: ['GROUP_BACKUP_ADMIN'] }, 'INVALID_ROLE_FOR_GROUP'],
    ['an organisation role', { desc: 'x', roles: ['GROUP_OWNER', 'ORG_OWNER'] }, 'CANNOT_ADD_ORG_ROLE'],
    ['an array', [{ desc: 'x', roles }], 'INVALID_JSON'],
    ['broken JSON', '{"desc":', 'INVALID_JSON'],
  ])('%s', async (_, body, code) => {
    await using s = await start();
    await expectVerdicts(s.owner, ['POST', s.inProject, `400 ${code}`, body]);
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

  test('project roles in the organisation, malformed ids, unknown places, a key of another organisation', async () => {
    await using s = await start();
    const stranger = s.atlas.addKey({ orgId: s.atlas.addOrganization().id, desc: 'x', roles: ['ORG_OWNER'] });
    const nowhere = '111111111111111111111111';
    // 250 characters and unknown fields are fine.
    const body = { desc: 'é'.repeat(250), roles, color: 'red' };
    await expectVerdicts(
      s.owner,
      ['POST', s.inOrg, '400 CANNOT_ADD_GROUP_ROLE', body],
      ['POST', s.inProject, '200', body],
      ['GET', '/groups/NOTHEX/apiKeys', '400 PATH_PARAM_PARSE_ERROR'],
      ['GET', `/groups/${s.groupId.toUpperCase()}0/apiKeys`, '400 PATH_PARAM_PARSE_ERROR'],
      ['DELETE', `${s.inOrg}/laxyvqbh`, '400 PATH_PARAM_PARSE_ERROR'],
      ['GET', `/groups/${nowhere}/apiKeys`, '404 GROUP_NOT_FOUND'],
      ['GET', `/orgs/${nowhere}/apiKeys`, '404 ORG_NOT_FOUND'],
      ['DELETE', `${s.inOrg}/${stranger.id}`, '400 API_KEY_NOT_FOUND'],
      ['POST', `${s.inProject}/${stranger.id}`, '400 API_KEY_NOT_FOUND', [{ roles }]],
      ['PATCH', `${s.inProject}/${s.ownerKey.id}`, '400 API_KEY_NOT_FOUND', { desc: 'x' }],
      ['GET', '/nothing/here', '404 RESOURCE_NOT_FOUND'],
      ['DELETE', s.inOrg, '405 METHOD_NOT_ALLOWED'],
    );
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

  test('a role that is missing, with its own code', async () => {
    await using s = await start();
    const { id } = await s.make('x');
    const stranger = s.atlas.addKey({ orgId: s.atlas.addOrganization().id, desc: 's', roles: ['ORG_OWNER'] });
    const manager = s.callerWith('GROUP_ACCESS_MANAGER');
    const [inProject, inOrg] = [`${s.inProject}/${id}`, `${s.inOrg}/${id}`];
    const assignment = [{ roles: ['GROUP_READ_ONLY'] }];
    await expectVerdicts(s.callerWith('ORG_MEMBER'), ['GET', s.inProject, '401 NOT_IN_GROUP']);
    await expectVerdicts(
      new Caller(s.atlas, stranger),
      ['GET', s.inProject, '401 NOT_IN_GROUP'],
      ['GET', s.inOrg, '401 USER_CANNOT_ACCESS_ORG'],
    );
    await expectVerdicts(s.callerWith('GROUP_READ_ONLY'), ['DELETE', inProject, '401 NOT_GROUP_USER_ADMIN']);
    await expectVerdicts(
      manager,
      ['POST', inProject, '401 USER_UNAUTHORIZED', assignment],
      ['DELETE', inOrg, '401 NOT_ORG_OWNER'],
      ['DELETE', inProject, '204'],
    );
    await expectVerdicts(s.callerWith('GROUP_OWNER'), ['POST', inProject, '204', assignment]);
  });
});

describe('a key’s access list', () => {
  async function startWithKey(roleName = 'GROUP_OWNER') {
    const s = await start();
    const { orgId, groupId } = s;
    const key = s.atlas.addKey({ orgId, desc: 'k', roles: [{ roleName, groupId }] });
    const list = `${s.inOrg}/${key.id}/accessList`;
    const add = (...entries: object[]) => s.owner.call('POST', list, entries);
    const held = () => s.atlas.key(key.id)?.accessList;
    return { ...s, list, add, held, itself: new Caller(s.atlas, key) };
  }

  test('takes addresses and blocks; the answer is the whole list', async () => {
    await using s = await startWithKey();
    await s.add({ ipAddress: '192.0.2.7' });
    const { json } = await s.add({ cidrBlock: '198.51.100.0/24' }, { ipAddress: '2001:db8::1' });
    expect(json.results).toMatchObject([
      { cidrBlock: '192.0.2.7/32', ipAddress: '192.0.2.7' },
      { cidrBlock: '198.51.100.0/24' },
      { cidrBlock: '2001:db8::1/128', ipAddress: '2001:db8::1' },
    ]);
    const block = `${s.list}/198.51.100.0%2F24`;
    expect(json.results[1].links[0].href).toBe(`${s.atlas.origin}/api/atlas/v2${block}`);
    await expectVerdicts(
      s.owner,
      ['GET', block, '200'],
      ['DELETE', block, '204'],
      ['GET', block, '404 API_KEY_ACCESS_LIST_NOT_FOUND'],
      ['GET', `${s.list}/2001:db8::1`, '200'],
    );
    expect(s.held()).toEqual(['192.0.2.7/32', '2001:db8::1/128']);
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
    await expectVerdicts(s.owner, ['POST', s.list, `400 ${code}`, body]);
    expect(s.held()).toEqual([]);
  });

  test('takes two halves of the internet, and a half not twice', async () => {
    await using s = await startWithKey();
    const [one, other] = [{ cidrBlock: '0.0.0.0/1' }, { cidrBlock: '128.0.0.0/1' }];
    expect((await s.add(one, other)).status).toBe(200);
    expect((await s.add(other)).verdict).toBe('409 ADDRESS_ALREADY_IN_ACCESS_LIST');
    expect((await s.itself.call('GET', '')).status).toBe(200);
  });

  test('is kept by the key itself, by owners of the organisation and of its project; none loses its own address', async () => {
    await using s = await startWithKey('GROUP_READ_ONLY');
    const [denied, entry] = ['401 API_KEY_ACCESS_LIST_ACCESS_DENIED', `${s.list}/${ipAddress}`];
    await expectVerdicts(
      s.callerWith('ORG_READ_ONLY', 'GROUP_READ_ONLY'),
      ['POST', s.list, denied, [{ ipAddress }]],
      ['GET', s.list, denied],
      ['GET', entry, denied],
      ['DELETE', entry, denied],
    );
    await expectVerdicts(
      s.itself,
      ['POST', s.list, '200', [{ ipAddress: '127.0.0.1' }, { ipAddress }]],
      ['DELETE', `${s.list}/127.0.0.1`, '400 CANNOT_REMOVE_CALLER_FROM_ACCESS_LIST'],
      ['DELETE', entry, '204'],
    );
    await expectVerdicts(s.callerWith('GROUP_OWNER'), ['POST', s.list, '200', [{ ipAddress }]]);
    await expectVerdicts(s.owner, ['DELETE', `${s.list}/127.0.0.1`, '204']);
  });

  test('locks every other address out from its first entry on', async () => {
    await using s = await startWithKey();
    expect((await s.itself.call('GET', '')).status).toBe(200);
    await s.add({ ipAddress: '203.0.113.9' });
    const out = await s.itself.call('GET', '');
    expect([out.verdict, out.json.parameters]).toEqual(['403 IP_ADDRESS_NOT_ON_ACCESS_LIST', ['127.0.0.1']]);
    s.atlas.settings.callerAddress = '203.0.113.9';
    expect((await s.itself.call('GET', '')).status).toBe(200);
    const lastUsed = expect.stringMatching(/^\d{4}-.*Z$/);
    const [entry] = (await s.owner.call('GET', s.list)).json.results;
    expect(entry).toMatchObject({ count: 1, lastUsedAddress: '203.0.113.9', lastUsed });
  });

  test('may be required: then a key without one is of no use', async () => {
    await using s = await startWithKey();
    const { orgId } = s;
    s.organization.requireAccessList = true;
    expect((await s.itself.call('GET', '')).verdict).toBe('403 ORG_REQUIRES_ACCESS_LIST');
    const listed = s.atlas.addKey({ orgId, desc: 'l', roles: ['ORG_OWNER'], accessList: ['127.0.0.0/8'] });
    await new Caller(s.atlas, listed).call('POST', s.list, [{ ipAddress: '127.0.0.1' }]);
    expect((await s.itself.call('GET', '')).json.apiKey.accessList).toEqual([
      { cidrBlock: '127.0.0.1/32', ipAddress: '127.0.0.1' },
    ]);
  });
});
