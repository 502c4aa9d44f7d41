import { describe, expect, it } from 'vitest';
import type { SettingsInput } from '../simulator/settings.ts';
import { operations } from './evidence.ts';
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

  it('tells keys apart whose descriptions only begin alike or differ in case', async () => {
    await using scene = await openQuickScene();
    for (const desc of ['deploy ', 'deploy2', 'Deploy', ' deploy']) addKey(scene, { desc });
    const run = await scene.run({});
    expect(run.main.outputs).toMatchObject({ result: 'created' });
  });
});

describe('ensure by apiUserId', () => {
  it.each<[string, string[], string, SettingsInput, string[]]>([
    ['assigns a key; the answer is empty', [], 'assigned', { assignAnswer: 'empty' }, ['addGroupApiKey']],
    ['assigns a key; the answer holds it', [], 'assigned', { assignAnswer: 'key' }, ['addGroupApiKey']],
    ['updates one of the project', ['GROUP_OWNER'], 'updated', {}, ['updateGroupApiKeyRoles']],
    ['leaves one that is as declared', ['GROUP_READ_ONLY'], 'unchanged', {}, []],
  ])('%s', async (_what, roles, result, settings, changing) => {
    await using scene = await openQuickScene({ settings });
    const { id, publicKey } = addKey(scene, { desc: 'by hand', roles });
    const run = await scene.run({ desc: '', apiUserId: id });
    expect(run.main.outputs).toMatchObject({
      result,
      changed: String(changing.length > 0),
      created: 'false',
      apiUserId: id,
      publicKey,
      privateKey: '',
      orgId: scene.orgId,
      desc: 'by hand',
      roles: '["GROUP_READ_ONLY"]',
    });
    expect(scene.atlas.key(id)).toMatchObject({
      desc: 'by hand',
      roles: expect.arrayContaining([{ groupId: scene.groupId, roleName: 'GROUP_READ_ONLY' }]),
    });
    expect(operations(scene)).toEqual(['getGroup', 'getOrgApiKey', ...changing]);
  });
});

function addKey(scene: Scene, { roles = ['GROUP_READ_ONLY'], desc = 'deploy' }) {
  const inProject = roles.map((roleName) => ({ roleName, groupId: scene.groupId }));
  return scene.atlas.addKey({ orgId: scene.orgId, desc, roles: ['ORG_MEMBER', ...inProject] });
}
