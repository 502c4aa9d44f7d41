import { describe, expect, it } from 'vitest';
import { onlyError, operations, writes } from './evidence.ts';
import { openQuickScene } from './in-process.ts';
import type { Scene } from './scene.ts';

describe('ensure by apiUserId', () => {
  it.each(['empty', 'key'] as const)('assigns the key; the answer is %s', async (assignAnswer) => {
    await using scene = await openQuickScene({ settings: { assignAnswer } });
    const key = memberKey(scene);
    const run = await byId(scene, key.id);
    expect(run.main.outputs).toMatchObject({
      result: 'assigned',
      changed: 'true',
      created: 'false',
      apiUserId: key.id,
      publicKey: key.publicKey,
      privateKey: '',
      orgId: scene.orgId,
      desc: 'by hand',
      roles: '["GROUP_READ_ONLY"]',
    });
    expect(operations(scene)).toEqual(['getGroup', 'getOrgApiKey', 'addGroupApiKey']);
    expect(scene.atlas.history.find('addGroupApiKey').at(-1)).toMatchObject({
      status: assignAnswer === 'empty' ? 204 : 200,
      requestBody: [{ roles: ['GROUP_READ_ONLY'] }],
    });
  });

  it('updates the roles of a key that is in the project', async () => {
    await using scene = await openQuickScene();
    const key = memberKey(scene, ['GROUP_OWNER']);
    const run = await byId(scene, key.id);
    expect(run.main.outputs).toMatchObject({ result: 'updated', desc: 'by hand' });
    expect(scene.atlas.key(key.id)).toMatchObject({ desc: 'by hand' });
    expect(operations(scene)).toEqual(['getGroup', 'getOrgApiKey', 'updateGroupApiKeyRoles']);
  });

  it('leaves a key that is as declared', async () => {
    await using scene = await openQuickScene();
    const run = await byId(scene, memberKey(scene, ['GROUP_READ_ONLY']).id);
    expect(run.main.outputs).toMatchObject({ result: 'unchanged', changed: 'false' });
    expect(writes(scene)).toEqual([]);
  });

  it('updates instead when somebody assigned the key in the meantime', async () => {
    await using scene = await openQuickScene();
    const key = memberKey(scene);
    scene.atlas.faults.add({
      when: { operation: 'addGroupApiKey' },
      run: () => scene.atlas.setProjectRoles(key.id, scene.groupId, ['GROUP_OWNER']),
    });
    const run = await byId(scene, key.id);
    expect(run.conclusion, run.log).toBe('success');
    expect(scene.atlas.history.find('addGroupApiKey').at(-1)).toMatchObject({
      errorCode: 'API_KEY_ALREADY_IN_GROUP',
    });
    expect(rolesInProject(scene, key.id)).toEqual(['GROUP_READ_ONLY']);
  });

  it('assigns by PATCH for a caller who is no Project Owner', async () => {
    await using scene = await openQuickScene({ callerRoles: ['GROUP_ACCESS_MANAGER'] });
    const key = memberKey(scene);
    const run = await byId(scene, key.id);
    expect(run.main.outputs).toMatchObject({ result: 'assigned' });
    expect(scene.atlas.history.find('addGroupApiKey').at(-1)).toMatchObject({
      errorCode: 'USER_UNAUTHORIZED',
    });
    expect(rolesInProject(scene, key.id)).toEqual(['GROUP_READ_ONLY']);
  });

  it.each([400, 404] as const)('says so when there is no such key (%i)', async (keyNotFoundStatus) => {
    await using scene = await openQuickScene({ settings: { keyNotFoundStatus } });
    const error = onlyError((await byId(scene, '0123456789abcdef01234567')).main);
    expect(error).toMatch(/Could not read the key: it is not there/);
    expect(error).toContain('0123456789abcdef01234567');
    expect(writes(scene)).toEqual([]);
  });

  it('does not take a key of another organisation', async () => {
    await using scene = await openQuickScene();
    const other = scene.atlas.addOrganization();
    const key = scene.atlas.addKey({ orgId: other.id, desc: 'by hand', roles: ['ORG_MEMBER'] });
    expect(onlyError((await byId(scene, key.id)).main)).toMatch(/it is not there/);
  });
});

function byId(scene: Scene, apiUserId: string) {
  return scene.run({ desc: '', apiUserId });
}

function memberKey(scene: Scene, projectRoles: readonly string[] = []) {
  const roles = projectRoles.map((roleName) => ({ roleName, groupId: scene.groupId }));
  return scene.atlas.addKey({ orgId: scene.orgId, desc: 'by hand', roles: ['ORG_MEMBER', ...roles] });
}

function rolesInProject(scene: Scene, apiUserId: string) {
  const roles = scene.atlas.key(apiUserId)?.roles ?? [];
  return roles.filter(({ groupId }) => groupId === scene.groupId).map(({ roleName }) => roleName);
}
