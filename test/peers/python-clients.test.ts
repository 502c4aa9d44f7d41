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
    expect(atlas.keys()).toEqual(before);
    expect(scene.schemes()).toEqual(new Set([scheme]));
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

function rolesIn(key: { roles: { groupId?: string; roleName: string }[] }, groupId: string): string[] {
  return key.roles.filter((role) => role.groupId === groupId).map(({ roleName }) => roleName);
}
