import { describe, expect, test } from 'vitest';
import { Caller, furnish } from './client.ts';
import { startSimulator } from './server.ts';
import type { SettingsInput } from './settings.ts';

async function start(settings: SettingsInput = {}) {
  const atlas = await startSimulator({ settings });
  const furniture = furnish(atlas);
  const { owner, groupId, orgId } = furniture;
  return {
    ...furniture,
    atlas,
    inProject: `/groups/${groupId}/apiKeys`,
    inOrg: `/orgs/${orgId}/apiKeys`,
    make: async (desc: string, roles = ['GROUP_READ_ONLY']) =>
      (await owner.call('POST', `/groups/${groupId}/apiKeys`, { desc, roles })).json,
    [Symbol.asyncDispose]: () => atlas.close(),
  };
}

const descs = (json: { results: { desc: string }[] }): string[] =>
  json.results.map(({ desc }) => desc).sort();

describe('the life of a key', () => {
  test('is made in the organisation and assigned, and its secret shown once', async () => {
    await using s = await start();
    const made = await s.make('x', ['GROUP_READ_ONLY', 'GROUP_DATA_ACCESS_ADMIN']);
    expect(new Set(made.roles.map((r: { roleName: string }) => r.roleName))).toEqual(
      new Set(['ORG_MEMBER', 'GROUP_READ_ONLY', 'GROUP_DATA_ACCESS_ADMIN']),
    );
    const read = (await s.owner.call('GET', `${s.inOrg}/${made.id}`)).json;
    expect(read.privateKey).toBe(`********-****-****-${made.privateKey.slice(-12)}`);
    expect(read).toEqual({ ...made, privateKey: read.privateKey, roles: expect.arrayContaining(made.roles) });
    expect((await new Caller(s.atlas, made).call('GET', s.inProject)).status).toBe(200);
  });

  test('project DELETE only unassigns, organisation DELETE revokes and drops every assignment', async () => {
    await using s = await start();
    const made = await s.make('x');
    const itself = new Caller(s.atlas, made);
    expect((await s.owner.call('DELETE', `${s.inProject}/${made.id}`)).status).toBe(204);
    expect((await s.owner.call('GET', s.inProject)).json.results).toEqual([]);
    expect((await itself.call('GET', '')).json.apiKey.roles).toEqual([
      { orgId: s.orgId, roleName: 'ORG_MEMBER' },
    ]);
    expect((await s.owner.call('DELETE', `${s.inOrg}/${made.id}`)).status).toBe(204);
    expect((await itself.call('GET', '')).status).toBe(401);
    const again = await s.owner.call('DELETE', `${s.inOrg}/${made.id}`);
    expect([again.status, again.json.errorCode]).toEqual([400, 'API_KEY_NOT_FOUND']);
    s.atlas.settings.keyNotFoundStatus = 404;
    expect((await s.owner.call('DELETE', `${s.inOrg}/${made.id}`)).status).toBe(404);
  });

  test('PATCH replaces the roles of this project alone, assigns, and renames', async () => {
    await using s = await start();
    const other = s.atlas.addProject({ id: s.orgId });
    const made = await s.make('x', ['GROUP_READ_ONLY', 'GROUP_DATA_ACCESS_ADMIN']);
    const assigned = await s.owner.call('PATCH', `/groups/${other.id}/apiKeys/${made.id}`, {
      roles: ['GROUP_OWNER'],
    });
    expect(assigned.status).toBe(200);
    const body = { roles: ['GROUP_SEARCH_INDEX_EDITOR'], desc: 'y' };
    const changed = (await s.owner.call('PATCH', `${s.inProject}/${made.id}`, body)).json;
    expect(changed.desc).toBe('y');
    expect(new Set(changed.roles.map((r: object) => JSON.stringify(r)))).toEqual(
      new Set([
        JSON.stringify({ orgId: s.orgId, roleName: 'ORG_MEMBER' }),
        JSON.stringify({ groupId: other.id, roleName: 'GROUP_OWNER' }),
        JSON.stringify({ groupId: s.groupId, roleName: 'GROUP_SEARCH_INDEX_EDITOR' }),
      ]),
    );
    expect((await s.owner.call('PATCH', `${s.inProject}/${made.id}`, { desc: 'z' })).json.desc).toBe('z');
    expect((await s.owner.call('PATCH', `${s.inOrg}/${made.id}`, { roles: ['ORG_READ_ONLY'] })).status).toBe(
      200,
    );
    expect(s.atlas.key(made.id)?.roles[0]).toEqual({ orgId: s.orgId, roleName: 'ORG_READ_ONLY' });
  });

  test('POST assigns an array, once; the answer of old is there on request', async () => {
    await using s = await start();
    const key = s.atlas.addKey({ orgId: s.orgId, desc: 'k', roles: ['ORG_MEMBER'] });
    const body = [{ roles: ['GROUP_READ_ONLY'] }];
    const first = await s.owner.call('POST', `${s.inProject}/${key.id}`, body);
    expect([first.status, first.text]).toEqual([204, '']);
    const second = await s.owner.call('POST', `${s.inProject}/${key.id}`, body);
    expect(second.json.errorCode).toBe('API_KEY_ALREADY_IN_GROUP');
    expect((await s.owner.call('POST', `${s.inProject}/${key.id}`, body[0])).json.errorCode).toBe(
      'INVALID_JSON',
    );
    s.atlas.setProjectRoles(key.id, s.groupId, []);
    s.atlas.settings.assignAnswer = 'key';
    expect((await s.owner.call('POST', `${s.inProject}/${key.id}`, body)).json.id).toBe(key.id);
  });

  test('the id tells the second of its making on the clock of the service', async () => {
    await using s = await start();
    s.atlas.clock.advance(-3_600_000);
    const reply = await s.owner.call('POST', s.inProject, { desc: 'x', roles: ['GROUP_OWNER'] });
    const seconds = Number.parseInt(reply.json.id.slice(0, 8), 16);
    expect(Math.abs(seconds - s.atlas.clock.now() / 1000)).toBeLessThan(2);
    expect(Math.abs(Date.parse(`${reply.headers.date}`) / 1000 - seconds)).toBeLessThanOrEqual(1);
  });

  test('a deleted key lingers in lists and reads, and is gone for everything else', async () => {
    await using s = await start({ deletedKeyLingersMs: 120_000 });
    const made = await s.make('ghost');
    await s.owner.call('DELETE', `${s.inOrg}/${made.id}`);
    s.atlas.clock.advance(30_000);
    expect(descs((await s.owner.call('GET', s.inProject)).json)).toEqual(['ghost']);
    expect((await s.owner.call('GET', s.inOrg)).json.totalCount).toBe(2);
    expect((await s.owner.call('GET', `${s.inOrg}/${made.id}`)).status).toBe(200);
    for (const [method, path, body] of [
      ['PATCH', `${s.inProject}/${made.id}`, { desc: 'x' }],
      ['PATCH', `${s.inOrg}/${made.id}`, { desc: 'x' }],
      ['POST', `${s.inProject}/${made.id}`, [{ roles: ['GROUP_OWNER'] }]],
      ['POST', `${s.inOrg}/${made.id}/accessList`, [{ ipAddress: '192.0.2.1' }]],
      ['DELETE', `${s.inProject}/${made.id}`, undefined],
      ['DELETE', `${s.inOrg}/${made.id}`, undefined],
    ] as const) {
      const reply = await s.owner.call(method, path, body);
      expect([method, path, reply.json.errorCode]).toEqual([method, path, 'API_KEY_NOT_FOUND']);
    }
    s.atlas.clock.advance(91_000);
    expect((await s.owner.call('GET', s.inProject)).json.results).toEqual([]);
    expect((await s.owner.call('GET', `${s.inOrg}/${made.id}`)).json.errorCode).toBe('API_KEY_NOT_FOUND');
  });

  test.each([
    [403, 'MAX_PUBLIC_API_KEY_REACHED'],
    [400, 'MAX_API_KEYS_PER_ORG_EXCEEDED'],
  ] as const)(
    'an organisation holds so many keys and no more: %d %s; deleted ones do not count',
    async (status, code) => {
      await using s = await start({
        keysPerOrganization: 3,
        deletedKeyLingersMs: 60_000,
        fullOrganization: code,
      });
      const made = await s.make('1');
      await s.make('2');
      const full = await s.owner.call('POST', s.inProject, { desc: '3', roles: ['GROUP_OWNER'] });
      expect([full.status, full.json.errorCode]).toEqual([status, code]);
      await s.owner.call('DELETE', `${s.inOrg}/${made.id}`);
      expect((await s.make('3')).id).toMatch(/^[0-9a-f]{24}$/);
    },
  );

  test('the order of roles changes from answer to answer', async () => {
    await using s = await start();
    await s.make('x', ['GROUP_READ_ONLY', 'GROUP_OWNER', 'GROUP_CLUSTER_MANAGER', 'GROUP_DATA_ACCESS_ADMIN']);
    const orders = new Set<string>();
    for (let i = 0; i < 20; i += 1)
      orders.add(JSON.stringify((await s.owner.call('GET', s.inProject)).json.results));
    expect(orders.size).toBeGreaterThan(1);
  });
});

test('a key can be younger than the date of the answer that shows it: that is the start of the request', async () => {
  await using s = await start();
  s.atlas.faults.add({
    when: { operation: 'createGroupApiKey' },
    phase: 'before',
    run: () => s.atlas.clock.advance(1000),
  });
  const reply = await s.owner.call('POST', s.inProject, { desc: 'x', roles: ['GROUP_OWNER'] });
  const made = Number.parseInt(reply.json.id.slice(0, 8), 16) * 1000;
  expect(made - Date.parse(reply.headers.date ?? '')).toBeGreaterThanOrEqual(1000);
});

describe('what is refused', () => {
  const cases: [string, unknown, string][] = [
    ['no description', { roles: ['GROUP_OWNER'] }, 'API_KEY_REQUIRES_DESCRIPTION'],
    ['an empty description', { desc: '', roles: ['GROUP_OWNER'] }, 'INVALID_API_KEY_DESC'],
    ['a description of 251', { desc: 'x'.repeat(251), roles: ['GROUP_OWNER'] }, 'VALIDATION_ERROR'],
    ['a description that is none', { desc: 5, roles: ['GROUP_OWNER'] }, 'INVALID_ATTRIBUTE'],
    ['no roles', { desc: 'x' }, 'MISSING_API_KEY_ROLES'],
    ['an empty list of roles', { desc: 'x', roles: [] }, 'MISSING_API_KEY_ROLES'],
    ['roles that are no list', { desc: 'x', roles: 'GROUP_OWNER' }, 'INVALID_ATTRIBUTE'],
    ['an unknown role', { desc: 'x', roles: ['GROUP_KING'] }, 'UNEXPECTED_ERROR'],
    ['a role of Ops Manager', { desc: 'x', roles: ['GROUP_BACKUP_ADMIN'] }, 'INVALID_ROLE_FOR_GROUP'],
    ['an organisation role', { desc: 'x', roles: ['GROUP_OWNER', 'ORG_OWNER'] }, 'CANNOT_ADD_ORG_ROLE'],
    ['an array', [{ desc: 'x', roles: ['GROUP_OWNER'] }], 'INVALID_JSON'],
    ['broken JSON', '{"desc":', 'INVALID_JSON'],
  ];
  test.each(cases)('%s', async (_, body, code) => {
    await using s = await start();
    const reply = await s.owner.call('POST', s.inProject, body);
    expect([reply.status, reply.json.errorCode]).toEqual([400, code]);
    expect(reply.headers['x-error-code']).toBe(code);
    expect(s.atlas.keys().map((key) => key.desc)).toEqual(['owner']);
  });

  test.each([
    ['INVALID_ENUM_VALUE', 'An invalid enumeration value GROUP_KING was specified.'],
    ['INVALID_ATTRIBUTE', 'Invalid role GROUP_KING.'],
    ['UNEXPECTED_ERROR', 'Invalid role GROUP_KING.'],
  ] as const)('an unknown role, answered with %s', async (unknownRole, detail) => {
    await using s = await start({ unknownRole });
    for (const [path, roles] of [
      [s.inProject, ['GROUP_KING']],
      [s.inOrg, ['ORG_MEMBER', 'GROUP_KING']],
    ] as const) {
      const reply = await s.owner.call('POST', path, { desc: 'x', roles });
      expect([reply.status, reply.json]).toEqual([
        400,
        { detail, error: 400, errorCode: unknownRole, parameters: ['GROUP_KING'], reason: 'Bad Request' },
      ]);
    }
  });

  test('250 characters, unknown fields and a description used twice are fine', async () => {
    await using s = await start();
    const body = { desc: 'é'.repeat(250), roles: ['GROUP_OWNER'], color: 'red' };
    expect((await s.owner.call('POST', s.inProject, body)).status).toBe(200);
    expect((await s.owner.call('POST', s.inProject, body)).status).toBe(200);
  });

  test('organisation roles through a project only where the settings honour them', async () => {
    await using s = await start({ orgRolesThroughProject: 'honoured' });
    const made = await s.make('x', ['GROUP_OWNER', 'ORG_OWNER']);
    expect(s.atlas.key(made.id)?.roles).toContainEqual({ orgId: s.orgId, roleName: 'ORG_OWNER' });
  });

  test('project roles in the organisation', async () => {
    await using s = await start();
    const reply = await s.owner.call('POST', s.inOrg, { desc: 'x', roles: ['GROUP_OWNER'] });
    expect([reply.status, reply.json.errorCode]).toEqual([400, 'CANNOT_ADD_GROUP_ROLE']);
  });

  test('malformed ids, unknown places and a key of another organisation', async () => {
    await using s = await start();
    const stranger = s.atlas.addKey({ orgId: s.atlas.addOrganization().id, desc: 'x', roles: ['ORG_OWNER'] });
    const code = async (method: string, path: string) => {
      const reply = await s.owner.call(method, path);
      return `${reply.status} ${reply.json.errorCode}`;
    };
    const nowhere = '111111111111111111111111';
    expect(await code('GET', '/groups/NOTHEX/apiKeys')).toBe('400 PATH_PARAM_PARSE_ERROR');
    expect(await code('GET', `/groups/${s.groupId.toUpperCase()}0/apiKeys`)).toBe(
      '400 PATH_PARAM_PARSE_ERROR',
    );
    expect(await code('DELETE', `${s.inOrg}/laxyvqbh`)).toBe('400 PATH_PARAM_PARSE_ERROR');
    expect(await code('GET', `/groups/${nowhere}/apiKeys`)).toBe('404 GROUP_NOT_FOUND');
    expect(await code('GET', `/orgs/${nowhere}/apiKeys`)).toBe('404 ORG_NOT_FOUND');
    expect(await code('DELETE', `${s.inOrg}/${stranger.id}`)).toBe('400 API_KEY_NOT_FOUND');
    expect(await code('GET', '/nothing/here')).toBe('404 RESOURCE_NOT_FOUND');
    expect(await code('DELETE', s.inOrg)).toBe('405 METHOD_NOT_ALLOWED');
  });

  test('a body of another type, a request without a version', async () => {
    await using s = await start();
    const body = { desc: 'x', roles: ['GROUP_OWNER'] };
    const typed = (type: string) => s.owner.call('POST', s.inProject, body, { 'content-type': type });
    expect((await typed('text/plain')).status).toBe(415);
    expect((await typed('application/vnd.atlas.2022-01-01+json')).status).toBe(415);
    expect((await typed('application/json; charset=utf-8')).status).toBe(200);
    const asking = (accept: string) => s.owner.call('GET', s.inProject, undefined, { accept });
    for (const accept of [
      'application/json',
      '*/*',
      'application/vnd.atlas.2022-12-31+json',
      'application/vnd.atlas.2023-13-01+json',
    ]) {
      const reply = await asking(accept);
      expect([accept, reply.status, reply.json.errorCode]).toEqual([accept, 400, 'INVALID_VERSION_DATE']);
    }
    const later = await asking('application/vnd.atlas.2025-03-12+json');
    expect(later.headers['content-type']).toBe('application/vnd.atlas.2023-01-01+json;charset=utf-8');
  });
});

describe('who may do what', () => {
  /** For each call: the roles that suffice; everyone else is refused with 401 and no challenge. */
  const calls = (s: Awaited<ReturnType<typeof start>>, id: string) =>
    [
      ['GET', s.inProject, undefined, ['reader', 'manager', 'projectOwner', 'orgReader', 'orgOwner']],
      [
        'GET',
        `/groups/${s.groupId}`,
        undefined,
        ['reader', 'manager', 'projectOwner', 'orgReader', 'orgOwner'],
      ],
      ['POST', s.inProject, { desc: 'n', roles: ['GROUP_OWNER'] }, ['manager', 'projectOwner', 'orgOwner']],
      ['PATCH', `${s.inProject}/${id}`, { desc: 'n' }, ['manager', 'projectOwner', 'orgOwner']],
      ['GET', s.inOrg, undefined, ['member', 'reader', 'manager', 'projectOwner', 'orgReader', 'orgOwner']],
      [
        'GET',
        `${s.inOrg}/${id}`,
        undefined,
        ['member', 'reader', 'manager', 'projectOwner', 'orgReader', 'orgOwner'],
      ],
      ['PATCH', `${s.inOrg}/${id}`, { desc: 'n' }, ['orgOwner']],
      ['POST', s.inOrg, { desc: 'n', roles: ['ORG_MEMBER'] }, ['orgOwner']],
    ] as const;

  test('each role opens what the specification says, and nothing more', async () => {
    await using s = await start();
    const { id } = await s.make('x');
    const stranger = s.atlas.addKey({ orgId: s.atlas.addOrganization().id, desc: 's', roles: ['ORG_OWNER'] });
    const callers = {
      member: s.callerWith('ORG_MEMBER'),
      reader: s.callerWith('GROUP_READ_ONLY'),
      manager: s.callerWith('GROUP_ACCESS_MANAGER'),
      projectOwner: s.callerWith('GROUP_OWNER'),
      orgReader: s.callerWith('ORG_READ_ONLY'),
      orgOwner: s.owner,
      stranger: new Caller(s.atlas, stranger),
    };
    for (const [method, path, body, allowed] of calls(s, id)) {
      for (const [name, caller] of Object.entries(callers)) {
        const reply = await caller.call(method, path, body);
        const expected = (allowed as readonly string[]).includes(name) ? 200 : 401;
        expect([method, path, name, reply.status]).toEqual([method, path, name, expected]);
        if (expected === 401) {
          expect(reply.headers['www-authenticate']).toBeUndefined();
          expect(reply.json.errorCode).toMatch(
            /^(NOT_IN_GROUP|NOT_GROUP_USER_ADMIN|NOT_ORG_OWNER|USER_CANNOT_ACCESS_ORG)$/,
          );
        }
      }
    }
  });

  test('assigning by POST needs the project owner; unassigning and revoking differ', async () => {
    await using s = await start();
    const { id } = await s.make('x');
    const key = s.atlas.addKey({ orgId: s.orgId, desc: 'k', roles: [] });
    const manager = s.callerWith('GROUP_ACCESS_MANAGER');
    const body = [{ roles: ['GROUP_READ_ONLY'] }];
    expect((await manager.call('POST', `${s.inProject}/${key.id}`, body)).json.errorCode).toBe(
      'USER_UNAUTHORIZED',
    );
    expect((await s.callerWith('GROUP_OWNER').call('POST', `${s.inProject}/${key.id}`, body)).status).toBe(
      204,
    );
    expect((await manager.call('DELETE', `${s.inOrg}/${id}`)).json.errorCode).toBe('NOT_ORG_OWNER');
    expect((await manager.call('DELETE', `${s.inProject}/${id}`)).status).toBe(204);
    expect(
      (await s.callerWith('GROUP_READ_ONLY').call('DELETE', `${s.inProject}/${key.id}`)).json.errorCode,
    ).toBe('NOT_GROUP_USER_ADMIN');
  });
});
