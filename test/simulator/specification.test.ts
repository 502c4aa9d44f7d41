import { describe, expect, test } from 'vitest';
import { ACCOUNTS, Caller, furnished, type Reply } from './client.ts';
import { factsMissing, specifications } from './shared-facts.ts';

/** Where the recordings show the service breaking its own specification, the recordings are right. */
const DEVIATIONS = [
  /\.parameters\[\d+\]: not of type object$/, // recorded: strings
  /\.count: 0 is out of range$/, // recorded: 0 for an entry never used
  /\.systemManaged: unknown$/, // required by the later specification that pyatlassdk was generated from
];

interface SpecifiedOperation {
  readonly operationId: string;
  readonly 'x-rolesRequirements'?: readonly string[];
  readonly parameters?: readonly { $ref?: string; name?: string; in?: string; schema?: Schema }[];
  readonly requestBody?: { content: Record<string, { schema: Schema }> };
  readonly responses: Record<string, { $ref?: string; content?: Record<string, { schema?: Schema }> }>;
}

interface Specified {
  readonly method: string;
  readonly path: string;
  readonly operation: SpecifiedOperation;
  readonly document: Record<string, unknown>;
}

const all: readonly Specified[] = specifications().flatMap((document) =>
  Object.entries(document.paths as Record<string, Record<string, SpecifiedOperation>>).flatMap(
    ([path, methods]) =>
      Object.entries(methods).map(([name, operation]) => {
        return { method: name.toUpperCase(), path, operation, document };
      }),
  ),
);

/** Of keys and of service accounts: the ones the simulator has to have without exception. */
const wanted = all.filter(({ path }) => /\/(?:apiKeys|serviceAccounts)/.test(path));

function specified(operationId: string): Specified {
  const found = all.find(({ operation }) => operation.operationId === operationId);
  if (found === undefined) throw new Error(`${operationId} is not specified`);
  return found;
}

const wrongIn = (value: unknown, schema: Schema, { document }: Specified): string[] =>
  violations(value, schema, document).filter((one) => !DEVIATIONS.some((known) => known.test(one)));

function checkPath(specification: Specified, path: string): void {
  const { operation, document } = specification;
  const template = specification.path.replace('/api/atlas/v2', '');
  const parts = path.split('/');
  for (const [index, name] of template.split('/').entries()) {
    if (!name.startsWith('{')) {
      expect(parts[index]).toBe(name);
      continue;
    }
    const parameters = (operation.parameters ?? []).map((one) =>
      one.$ref === undefined ? one : (resolve(one.$ref, document) as typeof one),
    );
    const [, parameter, verb = ''] = /^\{(\w+)\}(:\w+)?$/.exec(name) ?? [];
    const schema = parameters.find((one) => one.name === parameter)?.schema ?? {};
    expect(parts[index]?.endsWith(verb)).toBe(true);
    expect(wrongIn(parts[index]?.replace(verb, ''), schema, specification)).toEqual([]);
  }
}

function checkAnswer(specification: Specified, reply: Reply): void {
  const { operation, document } = specification;
  const named = operation.responses[reply.status];
  expect(Object.keys(operation.responses)).toContain(`${reply.status}`);
  const response = named?.$ref === undefined ? named : (resolve(named.$ref, document) as typeof named);
  const [[mediaType, media] = []] = Object.entries(response?.content ?? {});
  expect(reply.headers['content-type']?.split(';')[0]).toBe(mediaType);
  if (media?.schema === undefined) expect(reply.text).toBe('');
  else expect(wrongIn(reply.json, media.schema, specification)).toEqual([]);
}

describe.skipIf(factsMissing)('the specification', () => {
  test('every operation in it that the simulator has: path, request and answer fit', async () => {
    await using s = await furnished();
    const { atlas, owner, orgId, groupId, inOrg, inProject } = s;
    const spare = atlas.addKey({ orgId, desc: 'spare', roles: [], accessList: ['192.0.2.0/24'] });
    const done = new Set<string>();

    const check = async (operationId: string, path: string, body?: unknown): Promise<Reply> => {
      const specification = specified(operationId);
      const { method, operation } = specification;
      checkPath(specification, path);
      const [[mediaType, media] = []] = Object.entries(operation.requestBody?.content ?? {});
      if (media !== undefined) expect(wrongIn(body, media.schema, specification)).toEqual([]);
      const headers: Record<string, string> = { accept: ACCOUNTS };
      if (mediaType !== undefined) headers['content-type'] = mediaType;
      const reply = await owner.call(method, path, body, headers);
      expect([operationId, reply.status < 300]).toEqual([operationId, true]);
      checkAnswer(specification, reply);
      expect(atlas.history.requests.at(-1)?.operation).toBe(operationId);
      done.add(operationId);
      return reply;
    };

    await check('getSystemStatus', '');
    await check('getGroup', `/groups/${groupId}`);
    await check('getOrgSettings', `/orgs/${orgId}/settings`);
    const made = await check('createGroupApiKey', inProject, { desc: 'x', roles: ['GROUP_READ_ONLY'] });
    await check('listGroupApiKeys', inProject);
    const change = { desc: 'y', roles: ['GROUP_OWNER'] };
    await check('updateGroupApiKeyRoles', `${inProject}/${made.json.id}`, change);
    await check('addGroupApiKey', `${inProject}/${spare.id}`, [{ roles: ['GROUP_READ_ONLY'] }]);
    await check('removeGroupApiKey', `${inProject}/${spare.id}`);
    const member = await check('createOrgApiKey', inOrg, { desc: 'm', roles: ['ORG_MEMBER'] });
    await check('listOrgApiKeys', inOrg);
    await check('getOrgApiKey', `${inOrg}/${made.json.id}`);
    await check('updateOrgApiKey', `${inOrg}/${made.json.id}`, { desc: 'z', roles: ['ORG_READ_ONLY'] });
    const list = `${inOrg}/${member.json.id}/accessList`;
    const addresses = [{ ipAddress: '192.0.2.1' }, { cidrBlock: '10.0.0.0/8' }];
    await check('createOrgApiKeyAccessListEntry', list, addresses);
    await check('listOrgApiKeyAccessListEntries', list);
    await check('getOrgApiKeyAccessListEntry', `${list}/192.0.2.1`);
    await check('deleteOrgApiKeyAccessListEntry', `${list}/10.0.0.0%2F8`);
    await check('deleteOrgApiKey', `${inOrg}/${member.json.id}`);

    const account = { name: 'a', description: 'an account', secretExpiresAfterHours: 8 };
    for (const [place, name, roles] of [
      [`/groups/${groupId}/serviceAccounts`, 'Group', ['GROUP_READ_ONLY']],
      [`/orgs/${orgId}/serviceAccounts`, 'Org', ['ORG_READ_ONLY', 'ORG_MEMBER']],
    ] as const) {
      const { clientId } = (await check(`create${name}ServiceAccount`, place, { ...account, roles })).json;
      const one = `${place}/${clientId}`;
      await check(`list${name}ServiceAccounts`, place);
      await check(`get${name}ServiceAccount`, one);
      await check(`update${name}ServiceAccount`, one, { name: 'b', description: null, roles });
      const secret = { secretExpiresAfterHours: 8760 };
      const { id } = (await check(`create${name}ServiceAccountSecret`, `${one}/secrets`, secret)).json;
      await check(`delete${name}ServiceAccountSecret`, `${one}/secrets/${id}`);
      const entries = [{ ipAddress: '192.0.2.1' }, { cidrBlock: '10.0.0.0/8', ipAddress: null }];
      await check(`create${name}ServiceAccountAccessList`, `${one}/accessList`, entries);
      await check(`list${name}ServiceAccountAccessList`, `${one}/accessList`);
      await check(`delete${name}ServiceAccountAccessListEntry`, `${one}/accessList/10.0.0.0%2F8`);
      if (name === 'Org') {
        const invited = `/groups/${groupId}/serviceAccounts/${clientId}:invite`;
        await check('inviteGroupServiceAccount', invited, { roles: ['GROUP_OWNER'] });
        await check('getOrgServiceAccountGroups', `${one}/groups`);
      }
      await check(`delete${name}ServiceAccount`, one);
    }

    const missing = wanted.filter(({ operation }) => !done.has(operation.operationId));
    expect(missing.map(({ operation }) => operation.operationId)).toEqual([]);
  });

  test('an error fits ApiError and stands among the operation’s answers', async () => {
    await using s = await furnished();
    const { atlas, owner, orgId, groupId, callerWith } = s;
    const operation = specified('updateOrgApiKey');
    const nobody = `/orgs/${orgId}/apiKeys/111111111111111111111111`;
    checkAnswer(operation, await owner.call('PATCH', nobody, { desc: 'x' }));
    checkAnswer(operation, await owner.call('PATCH', nobody.replace(orgId, groupId), { desc: 'x' }));
    checkAnswer(operation, await callerWith('ORG_MEMBER').call('PATCH', nobody, { desc: 'x' }));
    atlas.settings.rateLimits.organization.capacity = 0;
    checkAnswer(operation, await owner.call('PATCH', nobody, { desc: 'x' }));
    const tooLong = { desc: 'x'.repeat(251), roles: ['GROUP_OWNER'] };
    const { json } = await owner.call('POST', `/groups/${groupId}/apiKeys`, tooLong);
    expect(json.badRequestDetail.fields).toEqual([{ field: 'desc', description: expect.any(String) }]);
    expect(wrongIn(json, { $ref: '#/components/schemas/ApiError' }, operation)).toEqual([]);
  });

  test('the roles it asks for are the ones the simulator asks for', async () => {
    await using s = await furnished();
    const { atlas, orgId, groupId, callerWith } = s;
    const key = atlas.addKey({ orgId, desc: 'k', roles: [{ roleName: 'GROUP_OWNER', groupId }] });
    const stranger = atlas.addKey({ orgId: atlas.addOrganization().id, desc: 's', roles: ['ORG_OWNER'] });
    /** A caller who has just the role, and one who has just not. */
    const callers = {
      'Organization Member': [callerWith('GROUP_OWNER'), new Caller(atlas, stranger)],
      'Project Read Only': [callerWith('GROUP_READ_ONLY'), callerWith('ORG_MEMBER')],
      'Project Access Manager': [callerWith('GROUP_ACCESS_MANAGER'), callerWith('GROUP_DATA_ACCESS_ADMIN')],
      'Project Owner': [callerWith('GROUP_OWNER'), callerWith('GROUP_ACCESS_MANAGER')],
      'Organization Read Only': [callerWith('ORG_READ_ONLY'), callerWith('ORG_MEMBER', 'GROUP_OWNER')],
      'Organization Owner': [callerWith('ORG_OWNER'), callerWith('ORG_READ_ONLY', 'GROUP_OWNER')],
    } as const;
    const account = atlas.addServiceAccount({ orgId, roles: [{ roleName: 'GROUP_OWNER', groupId }] });
    const ids: Record<string, string> = {
      groupId,
      orgId,
      apiUserId: key.id,
      clientId: account.clientId,
      secretId: account.secrets[0]?.id ?? '',
      ipAddress: '192.0.2.1',
    };
    let compared = 0;
    for (const { path: template, method, operation } of wanted) {
      const [role = ''] = operation['x-rolesRequirements'] ?? [];
      const [suffices, insufficient] = callers[role as keyof typeof callers] ?? [];
      if (suffices === undefined || insufficient === undefined) continue;
      const path = template.replaceAll(/\{(\w+)\}/g, (_, name) => ids[name] ?? '');
      const accept = { accept: ACCOUNTS };
      // No body: whoever is let in learns that it is missing, unless the call takes none.
      const refused = await insufficient.call(method, path, undefined, accept);
      expect([operation.operationId, refused.status]).toEqual([operation.operationId, 401]);
      expect(refused.headers['www-authenticate']).toBeUndefined();
      const reply = method === 'DELETE' ? undefined : await suffices.call(method, path, undefined, accept);
      expect([operation.operationId, reply?.status]).not.toEqual([operation.operationId, 401]);
      compared += 1;
    }
    expect(compared).toBeGreaterThanOrEqual(33);
  });
});

test('the validator finds what is wrong', () => {
  const id = { type: 'string', pattern: '^[a-f0-9]{24}$' };
  const properties = { id, n: { type: 'integer', minimum: 1 }, at: { type: 'string', format: 'date-time' } };
  const schema: Schema = { type: 'object', required: ['id'], properties };
  const known = { id: 'b0123456789abcdef012345b' };
  const wrong = (value: unknown, by = schema) => violations(value, by, {});
  expect(wrong({ ...known, n: 1, at: '2026-08-10T03:04:05Z' })).toEqual([]);
  expect(wrong({ id: 'x' })).toEqual(['$.id: x does not fit ^[a-f0-9]{24}$']);
  expect(wrong({ n: 0 })).toEqual(['$.id: missing', '$.n: 0 is out of range']);
  expect(wrong({ ...known, more: 1, at: 'now' })).toEqual(['$.more: unknown', '$.at: now is no time']);
  expect(wrong([1], { type: 'array', items: { type: 'string' } })).toEqual(['$[0]: not of type string']);
  expect(wrong('abc', { type: 'string', maxLength: 2 })).toEqual(['$: 3 is out of range']);
  expect(wrong({}, { type: 'boolean' })).toEqual(['$: not of type boolean']);
  expect(wrong(null)).toEqual(['$: null']);
});

/** As much of OpenAPI 3.0's schemas as the specification of Atlas uses. */

interface Schema {
  readonly $ref?: string;
  readonly type?: string;
  readonly nullable?: boolean;
  readonly enum?: readonly unknown[];
  readonly pattern?: string;
  readonly format?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly items?: Schema;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
}

/** All the ways a value breaks its schema. A field the schema does not know is one of them. */
function violations(value: unknown, schema: Schema, root: unknown, at = '$'): string[] {
  if (schema.$ref !== undefined) {
    const target = resolve(schema.$ref, root);
    return violations(value, { ...target, nullable: schema.nullable ?? target.nullable ?? false }, root, at);
  }
  if (value === null) return schema.nullable ? [] : [`${at}: null`];
  if (schema.enum !== undefined && !schema.enum.includes(value)) return [`${at}: ${value} is not allowed`];
  const type = Array.isArray(value) ? 'array' : Number.isInteger(value) ? 'integer' : typeof value;
  if (type !== schema.type) return [`${at}: not of type ${schema.type}`];
  const wrong: string[] = [];
  const size = typeof value === 'number' ? value : ((value as { length?: number }).length ?? 0);
  const least = schema.minLength ?? schema.minItems ?? schema.minimum ?? Number.NEGATIVE_INFINITY;
  const most = schema.maxLength ?? schema.maxItems ?? schema.maximum ?? Number.POSITIVE_INFINITY;
  if (type !== 'object' && (size < least || size > most)) wrong.push(`${at}: ${size} is out of range`);
  if (typeof value === 'string') {
    const { pattern = '', format } = schema;
    // Some patterns escape what the u flag forbids to escape; those with \p need it.
    if (!new RegExp(pattern, pattern.includes('\\p{') ? 'u' : '').test(value))
      wrong.push(`${at}: ${value} does not fit ${pattern}`);
    if (format === 'date-time' && !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(value))
      wrong.push(`${at}: ${value} is no time`);
  }
  const { items = {}, required = [], properties = {} } = schema;
  if (Array.isArray(value) && schema.items !== undefined)
    wrong.push(...value.flatMap((one, index) => violations(one, items, root, `${at}[${index}]`)));
  if (type === 'object') {
    const fields = Object.entries(value as object);
    const missing = required.filter((name) => !fields.some(([field]) => field === name));
    wrong.push(...missing.map((name) => `${at}.${name}: missing`));
    for (const [name, field] of fields) {
      const inner = properties[name];
      if (inner === undefined) wrong.push(`${at}.${name}: unknown`);
      else wrong.push(...violations(field, inner, root, `${at}.${name}`));
    }
  }
  return wrong;
}

/** Follows `#/components/…`. */
function resolve(ref: string, root: unknown): Schema {
  const steps = ref.replace('#/', '').split('/');
  return steps.reduce<unknown>((place, step) => (place as Record<string, unknown>)[step], root) as Schema;
}
