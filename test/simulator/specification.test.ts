import { describe, expect, test } from 'vitest';
import { furnish, type Reply } from './client.ts';
import { resolve, type Schema, violations } from './schema.ts';
import { startSimulator } from './server.ts';
import { factsMissing, specification } from './shared-facts.ts';

/** Where the recordings show the service breaking its own specification, the recordings are right. */
const DEVIATIONS = [
  /\.parameters\[\d+\]: not an object$/, // recorded: strings
  /\.count: 0 is out of range$/, // recorded: 0 for an entry never used
];

interface SpecifiedOperation {
  readonly operationId: string;
  readonly 'x-rolesRequirements'?: readonly string[];
  readonly parameters?: readonly { $ref?: string; name?: string; in?: string; schema?: Schema }[];
  readonly requestBody?: { content: Record<string, { schema: Schema }> };
  readonly responses: Record<string, { $ref?: string; content?: Record<string, { schema?: Schema }> }>;
}

const document = specification();
const paths = (document.paths ?? {}) as Record<string, Record<string, SpecifiedOperation>>;

function specified(operationId: string): { method: string; path: string; operation: SpecifiedOperation } {
  for (const [path, methods] of Object.entries(paths)) {
    for (const [method, operation] of Object.entries(methods)) {
      if (operation.operationId === operationId) return { method: method.toUpperCase(), path, operation };
    }
  }
  throw new Error(`${operationId} is not specified`);
}

const wrongIn = (value: unknown, schema: Schema): string[] =>
  violations(value, schema, document).filter((one) => !DEVIATIONS.some((known) => known.test(one)));

function checkPath(template: string, operation: SpecifiedOperation, path: string): void {
  const parts = path.split('/');
  for (const [index, name] of template.split('/').entries()) {
    if (!name.startsWith('{')) {
      expect(parts[index]).toBe(name);
      continue;
    }
    const all = (operation.parameters ?? []).map((one) =>
      one.$ref === undefined ? one : (resolve(one.$ref, document) as typeof one),
    );
    const schema = all.find((one) => one.name === name.slice(1, -1))?.schema ?? {};
    expect(wrongIn(parts[index], schema)).toEqual([]);
  }
}

function checkAnswer(operation: SpecifiedOperation, reply: Reply): void {
  const named = operation.responses[reply.status];
  expect(Object.keys(operation.responses)).toContain(`${reply.status}`);
  const response = named?.$ref === undefined ? named : (resolve(named.$ref, document) as typeof named);
  const [[mediaType, media] = []] = Object.entries(response?.content ?? {});
  expect(reply.headers['content-type']?.split(';')[0]).toBe(mediaType);
  if (media?.schema === undefined) expect(reply.text).toBe('');
  else expect(wrongIn(reply.json, media.schema)).toEqual([]);
}

describe.skipIf(factsMissing)('the specification', () => {
  test('every operation in it that the simulator has: path, request and answer fit', async () => {
    await using atlas = await startSimulator();
    const { owner, orgId, groupId } = furnish(atlas);
    const inOrg = `/orgs/${orgId}/apiKeys`;
    const inProject = `/groups/${groupId}/apiKeys`;
    const spare = atlas.addKey({ orgId, desc: 'spare', roles: [], accessList: ['192.0.2.0/24'] });
    const done = new Set<string>();

    const check = async (operationId: string, path: string, body?: unknown): Promise<Reply> => {
      const { method, path: template, operation } = specified(operationId);
      checkPath(template.replace('/api/atlas/v2', ''), operation, path);
      const [media] = Object.values(operation.requestBody?.content ?? {});
      if (media !== undefined) expect(wrongIn(body, media.schema)).toEqual([]);
      const reply = await owner.call(method, path, body);
      expect([operationId, reply.status < 300]).toEqual([operationId, true]);
      checkAnswer(operation, reply);
      expect(atlas.history.requests.at(-1)?.operation).toBe(operationId);
      done.add(operationId);
      return reply;
    };

    await check('getSystemStatus', '');
    await check('getGroup', `/groups/${groupId}`);
    await check('listOrgs', '/orgs');
    await check('getOrgSettings', `/orgs/${orgId}/settings`);
    await check('updateOrgSettings', `/orgs/${orgId}/settings`, { apiAccessListRequired: false });
    const made = await check('createGroupApiKey', inProject, { desc: 'x', roles: ['GROUP_READ_ONLY'] });
    await check('listGroupApiKeys', inProject);
    await check('updateGroupApiKeyRoles', `${inProject}/${made.json.id}`, {
      desc: 'y',
      roles: ['GROUP_OWNER'],
    });
    await check('addGroupApiKey', `${inProject}/${spare.id}`, [{ roles: ['GROUP_READ_ONLY'] }]);
    await check('removeGroupApiKey', `${inProject}/${spare.id}`);
    const member = await check('createOrgApiKey', inOrg, { desc: 'm', roles: ['ORG_MEMBER'] });
    await check('listOrgApiKeys', inOrg);
    await check('getOrgApiKey', `${inOrg}/${made.json.id}`);
    await check('updateOrgApiKey', `${inOrg}/${made.json.id}`, { desc: 'z', roles: ['ORG_READ_ONLY'] });
    const list = `${inOrg}/${member.json.id}/accessList`;
    await check('createOrgApiKeyAccessListEntry', list, [
      { ipAddress: '192.0.2.1' },
      { cidrBlock: '10.0.0.0/8' },
    ]);
    await check('listOrgApiKeyAccessListEntries', list);
    await check('getOrgApiKeyAccessListEntry', `${list}/192.0.2.1`);
    await check('deleteOrgApiKeyAccessListEntry', `${list}/10.0.0.0%2F8`);
    await check('deleteOrgApiKey', `${inOrg}/${member.json.id}`);

    const ofKeys = Object.entries(paths).filter(([path]) => path.includes('/apiKeys'));
    const wanted = ofKeys.flatMap(([, methods]) => Object.values(methods).map((one) => one.operationId));
    expect(wanted.filter((operationId) => operationId !== undefined && !done.has(operationId))).toEqual([]);
  });

  test('an error fits ApiError and stands among the operation’s answers', async () => {
    await using atlas = await startSimulator();
    const { owner, orgId, groupId, callerWith } = furnish(atlas);
    const { operation } = specified('updateOrgApiKey');
    const nobody = `/orgs/${orgId}/apiKeys/111111111111111111111111`;
    checkAnswer(operation, await owner.call('PATCH', nobody, { desc: 'x' }));
    checkAnswer(operation, await owner.call('PATCH', nobody.replace(orgId, groupId), { desc: 'x' }));
    checkAnswer(operation, await callerWith('ORG_MEMBER').call('PATCH', nobody, { desc: 'x' }));
    atlas.settings.rateLimits.organization.capacity = 0;
    checkAnswer(operation, await owner.call('PATCH', nobody, { desc: 'x' }));
    const tooLong = { desc: 'x'.repeat(251), roles: ['GROUP_OWNER'] };
    const { json } = await owner.call('POST', `/groups/${groupId}/apiKeys`, tooLong);
    expect(json.badRequestDetail.fields).toEqual([{ field: 'desc', description: expect.any(String) }]);
    expect(wrongIn(json, { $ref: '#/components/schemas/ApiError' })).toEqual([]);
  });

  test('the roles it asks for are the ones the simulator asks for', async () => {
    await using atlas = await startSimulator();
    const { orgId, groupId, callerWith } = furnish(atlas);
    const key = atlas.addKey({ orgId, desc: 'k', roles: [{ roleName: 'GROUP_OWNER', groupId }] });
    /** A caller who has just the role, and one who has just not. */
    const callers = {
      'Project Read Only': [callerWith('GROUP_READ_ONLY'), callerWith('ORG_MEMBER')],
      'Project Access Manager': [callerWith('GROUP_ACCESS_MANAGER'), callerWith('GROUP_DATA_ACCESS_ADMIN')],
      'Project Owner': [callerWith('GROUP_OWNER'), callerWith('GROUP_ACCESS_MANAGER')],
      'Organization Owner': [callerWith('ORG_OWNER'), callerWith('ORG_READ_ONLY', 'GROUP_OWNER')],
    } as const;
    let compared = 0;
    for (const [template, methods] of Object.entries(paths)) {
      if (!template.includes('/apiKeys')) continue;
      for (const [method, operation] of Object.entries(methods)) {
        const [role = ''] = operation['x-rolesRequirements'] ?? [];
        const [suffices, insufficient] = callers[role as keyof typeof callers] ?? [];
        if (suffices === undefined || insufficient === undefined) continue;
        const path = template
          .replace('{groupId}', groupId)
          .replace('{orgId}', orgId)
          .replace('{apiUserId}', key.id);
        // No body: whoever is let in learns that it is missing, unless the call takes none.
        const refused = await insufficient.call(method.toUpperCase(), path);
        expect([operation.operationId, refused.status]).toEqual([operation.operationId, 401]);
        const reply = method === 'delete' ? undefined : await suffices.call(method.toUpperCase(), path);
        expect([operation.operationId, reply?.status]).not.toEqual([operation.operationId, 401]);
        compared += 1;
      }
    }
    expect(compared).toBeGreaterThanOrEqual(8);
  });
});

test('the validator finds what is wrong', () => {
  const schema: Schema = {
    type: 'object',
    required: ['id'],
    properties: { id: { type: 'string', pattern: '^[a-f0-9]{24}$' }, n: { type: 'integer', minimum: 1 } },
  };
  expect(violations({ id: 'b0123456789abcdef012345b', n: 1 }, schema, {})).toEqual([]);
  expect(violations({ id: 'x' }, schema, {})).toHaveLength(1);
  expect(violations({ n: 0 }, schema, {})).toHaveLength(2);
  expect(violations({ id: 'b0123456789abcdef012345b', more: 1 }, schema, {})).toEqual(['$.more: unknown']);
  expect(violations([1], { type: 'array', items: { type: 'string' } }, {})).toEqual(['$[0]: not a string']);
  expect(violations(null, schema, {})).toEqual(['$: null']);
});
