import { describe, expect, it } from 'vitest';
import type { SettingsInput } from '../simulator/settings.ts';
import { onlyError, operations, writes } from './evidence.ts';
import { openQuickScene } from './in-process.ts';
import { keysBeside, type Scene } from './scene.ts';

describe('ensure by desc', () => {
  it('makes the key, hands its secret over masked, and finds it the next time', async () => {
    await using scene = await openQuickScene();
    const first = await scene.run({});
    expect(first.main.log).toContain('Created key');
    expect(first.conclusion).toBe('success');
    const [key] = keysBeside(scene);
    expect(key).toMatchObject({ desc: 'deploy' });
    expect(first.main.outputs).toMatchObject({
      result: 'created',
      created: 'true',
      changed: 'true',
      apiUserId: key?.id,
      publicKey: key?.publicKey,
      privateKey: key?.privateKey,
      orgId: scene.orgId,
      groupId: scene.groupId,
      desc: 'deploy',
      roles: '["GROUP_READ_ONLY"]',
    });
    expect(first.masks).toContain(key?.privateKey);

    const second = await scene.run({});
    expect(second.main.outputs).toMatchObject({ result: 'unchanged', changed: 'false', privateKey: '' });
    expect(keysBeside(scene)).toHaveLength(1);
  });

  it('leaves a key alone whose roles are the same set in another order', async () => {
    await using scene = await openQuickScene();
    addKey(scene, { roles: ['GROUP_READ_ONLY', 'GROUP_CLUSTER_MANAGER'] });
    const run = await scene.run({ roles: 'GROUP_CLUSTER_MANAGER, GROUP_READ_ONLY' });
    expect(run.main.outputs).toMatchObject({
      result: 'unchanged',
      created: 'false',
      changed: 'false',
      roles: '["GROUP_CLUSTER_MANAGER","GROUP_READ_ONLY"]',
    });
    expect(operations(scene)).toEqual(['listGroupApiKeys']);
  });

  it('brings the roles to the declared set by one PATCH', async () => {
    await using scene = await openQuickScene();
    const key = addKey(scene, { roles: ['GROUP_OWNER', 'GROUP_READ_ONLY'] });
    const run = await scene.run({ roles: 'GROUP_CLUSTER_MANAGER\nGROUP_READ_ONLY' });
    expect(run.main.outputs).toMatchObject({
      result: 'updated',
      created: 'false',
      changed: 'true',
      apiUserId: key.id,
      roles: '["GROUP_CLUSTER_MANAGER","GROUP_READ_ONLY"]',
      privateKey: '',
    });
    expect(operations(scene)).toEqual(['listGroupApiKeys', 'getOrgApiKey', 'updateGroupApiKeyRoles']);
    expect(scene.atlas.history.of(key.id).at(-1)).toMatchObject({
      kind: 'rolesChanged',
      to: ['GROUP_CLUSTER_MANAGER', 'GROUP_READ_ONLY'],
    });
  });

  it('makes the key although the organisation has one of this desc elsewhere, which stays', async () => {
    await using scene = await openQuickScene({ callerRoles: ['GROUP_ACCESS_MANAGER'] });
    const { id, roles } = addKey(scene, { roles: [] });
    const run = await scene.run({});
    expect(run.main.outputs, run.log).toMatchObject({ result: 'created', created: 'true' });
    expect(run.main.outputs.apiUserId).not.toBe(id);
    expect(scene.atlas.key(id)).toMatchObject({ desc: 'deploy', roles });
    expect(operations(scene)).not.toContain('listOrgApiKeys');
    expect(run.main.annotations.map(({ level }) => level)).toEqual(['notice']);
  });

  it('tells keys apart whose descriptions only begin alike or differ in case', async () => {
    await using scene = await openQuickScene();
    for (const desc of ['deploy ', 'deploy2', 'Deploy', ' deploy']) addKey(scene, { desc });
    const run = await scene.run({});
    expect(run.main.outputs).toMatchObject({ result: 'created' });
  });
});

describe('ensure by apiUserId', () => {
  it.each<[string, SettingsInput, number]>([
    ['is empty', { assignAnswer: 'empty' }, 204],
    ['holds the key', { assignAnswer: 'key' }, 200],
  ])('assigns the key where the answer %s', async (_what, settings, status) => {
    await using scene = await openQuickScene({ settings });
    const key = addKey(scene, { desc: 'by hand', roles: [] });
    const run = await scene.run({ desc: '', apiUserId: key.id });
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
      status,
      requestBody: [{ roles: ['GROUP_READ_ONLY'] }],
    });
  });

  it.each([
    [
      'updates the roles of a key that is in the project',
      'GROUP_OWNER',
      'updated',
      ['updateGroupApiKeyRoles'],
    ],
    ['leaves a key that is as declared', 'GROUP_READ_ONLY', 'unchanged', []],
  ])('%s', async (_what, role, result, changing) => {
    await using scene = await openQuickScene();
    const key = addKey(scene, { desc: 'by hand', roles: [role] });
    const run = await scene.run({ desc: '', apiUserId: key.id });
    expect(run.main.outputs).toMatchObject({ result, changed: String(changing.length > 0), desc: 'by hand' });
    expect(scene.atlas.key(key.id)).toMatchObject({ desc: 'by hand' });
    expect(operations(scene)).toEqual(['getGroup', 'getOrgApiKey', ...changing]);
  });

  it('updates instead when somebody assigned the key in the meantime', async () => {
    await using scene = await openQuickScene();
    const key = addKey(scene, { roles: [] });
    scene.atlas.faults.add({
      when: { operation: 'addGroupApiKey' },
      run: () => scene.atlas.setProjectRoles(key.id, scene.groupId, ['GROUP_OWNER']),
    });
    const run = await scene.run({ desc: '', apiUserId: key.id });
    expect(run.conclusion, run.log).toBe('success');
    expect(scene.atlas.history.find('addGroupApiKey').at(-1)).toMatchObject({
      errorCode: 'API_KEY_ALREADY_IN_GROUP',
    });
    expect(rolesInProject(scene, key.id)).toEqual(['GROUP_READ_ONLY']);
  });

  it('assigns by PATCH for a caller who is no Project Owner', async () => {
    await using scene = await openQuickScene({ callerRoles: ['GROUP_ACCESS_MANAGER'] });
    const key = addKey(scene, { roles: [] });
    const run = await scene.run({ desc: '', apiUserId: key.id });
    expect(run.main.outputs).toMatchObject({ result: 'assigned' });
    expect(scene.atlas.history.find('addGroupApiKey').at(-1)).toMatchObject({
      errorCode: 'USER_UNAUTHORIZED',
    });
    expect(rolesInProject(scene, key.id)).toEqual(['GROUP_READ_ONLY']);
  });

  it.each([400, 404] as const)('fails over a key of another organisation (%i)', async (keyNotFoundStatus) => {
    await using scene = await openQuickScene({ settings: { keyNotFoundStatus } });
    const { id: orgId } = scene.atlas.addOrganization();
    const key = scene.atlas.addKey({ orgId, desc: 'by hand', roles: ['ORG_MEMBER'] });
    const error = onlyError((await scene.run({ desc: '', apiUserId: key.id })).main);
    expect(error).toMatch(/Could not read the key: it is not there/);
    expect(error).toContain(key.id);
    expect(writes(scene)).toEqual([]);
  });
});

function addKey(scene: Scene, { roles = ['GROUP_READ_ONLY'], desc = 'deploy' }) {
  const inProject = roles.map((roleName) => ({ roleName, groupId: scene.groupId }));
  return scene.atlas.addKey({ orgId: scene.orgId, desc, roles: ['ORG_MEMBER', ...inProject] });
}

function rolesInProject(scene: Scene, apiUserId: string) {
  const roles = scene.atlas.key(apiUserId)?.roles ?? [];
  return roles.filter(({ groupId }) => groupId === scene.groupId).map(({ roleName }) => roleName);
}
