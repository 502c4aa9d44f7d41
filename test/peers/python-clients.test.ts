/** The embedded Atlas, tried by Python clients of others: one generated from MongoDB's specification, two for Digest. */
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { outputOf, startAtlas } from './atlas.ts';
import { isMissing, PYTHON_CLIENTS, pythonPath } from './tools.ts';

const REDACTED = /^\*{8}-\*{4}-\*{4}-[0-9a-f]{12}$/;

async function python(script: string, told: Readonly<Record<string, string>>) {
  const env = {
    PATH: process.env.PATH,
    PYTHONPATH: pythonPath(),
    PYTHONDONTWRITEBYTECODE: '1',
    NO_PROXY: '*',
  };
  const args = [join(import.meta.dirname, script)];
  return JSON.parse(await outputOf('python3', args, { env, input: JSON.stringify(told) }));
}

describe.skipIf(isMissing(PYTHON_CLIENTS))('Python clients', () => {
  test.each([
    ['an API key', 'Digest'],
    ['a service account', 'Bearer'],
  ] as const)('pyatlassdk with %s', async (kind, scheme) => {
    await using scene = await startAtlas();
    const { atlas, orgId, groupId, otherGroupId } = scene;
    const before = atlas.keys();
    const accountsBefore = atlas.serviceAccounts().map(({ clientId }) => clientId);
    const seen = await python('atlas-client.py', {
      origin: atlas.origin,
      orgId,
      groupId,
      otherGroupId,
      ...scene.callers[kind],
    });
    const [made, member] = atlas.keys({ includeDeleted: true }).slice(before.length);
    expect(seen.created).toMatchObject({
      id: made?.id,
      publicKey: made?.publicKey,
      privateKey: made?.privateKey,
    });
    // Before and after its deletion.
    expect(seen.project).toEqual([made?.id]);
    expect(seen.total).toBe(1);
    expect(seen.updated).toMatchObject({ desc: 'renamed', privateKey: expect.stringMatching(REDACTED) });
    expect(rolesIn(seen.updated, groupId)).toEqual(['GROUP_OWNER']);
    expect(seen.assignedTwice[1]).toBe('API_KEY_ALREADY_IN_GROUP');
    expect(rolesIn(seen.assigned, otherGroupId)).toEqual(['GROUP_READ_ONLY']);
    expect(rolesIn(seen.assigned, groupId)).toEqual(['GROUP_OWNER']);
    expect(rolesIn(seen.unassigned, otherGroupId)).toEqual([]);
    expect(seen.organization).toMatchObject({ [made?.id ?? '']: 'renamed', [member?.id ?? '']: 'a reader' });
    expect(seen.member.roles).toEqual([{ orgId, roleName: 'ORG_READ_ONLY' }]);
    expect(seen.added.map((entry: { cidrBlock: string }) => entry.cidrBlock)).toEqual([
      '192.0.2.7/32',
      '198.51.100.0/24',
    ]);
    expect(seen.block.cidrBlock).toBe('198.51.100.0/24');
    expect(seen.left).toEqual(['198.51.100.0/24']);
    expect(seen.gone[1]).toBe('API_KEY_NOT_FOUND');
    expect(seen.groupOf).toBe(orgId);
    checkServiceAccounts(seen.accounts, scene);
    expect(seen.organizationAccounts).toMatchObject({
      updated: { description: 'changed', name: 'in no project', roles: ['ORG_MEMBER'] },
      listed: expect.arrayContaining([seen.organizationAccounts.updated.clientId]),
      entries: [],
      secrets: 1,
      gone: [404, 'RESOURCE_NOT_FOUND'],
    });
    const called = new Set(atlas.history.requests.map(({ operation }) => operation ?? ''));
    // Ten of a project, ten of an organisation, the invitation, and an account's projects.
    expect([...called].filter((operation) => operation.includes('ServiceAccount'))).toHaveLength(22);
    expect(atlas.serviceAccounts().map(({ clientId }) => clientId)).toEqual(accountsBefore);
    expect(atlas.keys()).toEqual(before);
    expect(scene.schemes(seen.accounts.made.clientId)).toEqual(new Set([scheme]));
  });

  test('requests and urllib sign in by Digest, again and again', async () => {
    await using scene = await startAtlas();
    const { atlas, groupId, callers } = scene;
    const seen = await python('digest-client.py', {
      origin: atlas.origin,
      groupId,
      ...callers['an API key'],
    });
    expect(seen).toEqual({ requests: [200, 200], urllib: [200, 200] });
    const verdicts = atlas.history.requests.map(({ signIn }) => signIn);
    expect(verdicts.filter((verdict) => verdict === 'signedIn')).toHaveLength(4);
    expect(verdicts).not.toContain('refused');
    expect(verdicts).not.toContain('replayed');
  });
});

interface SeenSecret {
  readonly id: string;
  readonly secret?: string;
  readonly maskedSecretValue?: string;
  readonly createdAt: string;
  readonly expiresAt: string;
}

/** What the client saw of one account, from its making to its end. */
function checkServiceAccounts(
  seen: {
    readonly made: { readonly clientId: string; readonly secrets: SeenSecret[] };
    readonly second: SeenSecret;
    readonly cut: SeenSecret[];
  },
  { groupId, otherGroupId }: Awaited<ReturnType<typeof startAtlas>>,
): void {
  const { made, second, cut } = seen;
  const days = ({ createdAt, expiresAt }: SeenSecret) =>
    (Date.parse(expiresAt) - Date.parse(createdAt)) / 86_400_000;
  expect(made.clientId).toMatch(/^mdb_sa_id_/);
  for (const secret of [...made.secrets, second]) expect(secret.secret).toMatch(/^mdb_sa_sk_/);
  expect([made.secrets, [second]].flat().map(days)).toEqual([90, 365]);
  expect(cut.map(({ id }) => id)).toEqual([made.secrets[0]?.id, second.id]);
  expect(cut.map(({ secret, maskedSecretValue }) => [secret, maskedSecretValue?.length])).toEqual([
    [undefined, 17],
    [undefined, 17],
  ]);
  expect(cut.map((secret) => Math.round(days(secret)))).toEqual([7, 365]);
  expect(seen).toMatchObject({
    listed: [{ clientId: made.clientId, name: 'in a project', roles: ['GROUP_OWNER'] }],
    updated: { name: 'renamed', description: 'of a test', roles: ['GROUP_READ_ONLY'] },
    third: [400, 'UNEXPECTED_ERROR'],
    asItself: groupId,
    tooMuch: [401, 'USER_UNAUTHORIZED'],
    // Its token died with its secret; the one it got for the other secret may not read the organisation.
    afterwards: [401, 'USER_UNAUTHORIZED'],
    entries: ['192.0.2.7/32'],
    invited: ['GROUP_READ_ONLY'],
    projects: [
      { groupId, roles: ['GROUP_READ_ONLY'] },
      { groupId: otherGroupId, roles: ['GROUP_READ_ONLY'] },
    ],
    gone: [404, 'RESOURCE_NOT_FOUND'],
    inOrganization: { clientId: made.clientId, roles: ['ORG_MEMBER'] },
  });
}

function rolesIn(key: { roles: { groupId?: string; roleName: string }[] }, groupId: string): string[] {
  return key.roles.filter((role) => role.groupId === groupId).map(({ roleName }) => roleName);
}
