import { describe, expect, it } from 'vitest';
import { onlyError, operations, writes } from './evidence.ts';
import { keysBeside, openScene } from './scene.ts';

describe('ensure by desc', () => {
  it('makes the key, hands its secret over masked, and finds it the next time', async () => {
    await using scene = await openScene();
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
    await using scene = await openScene();
    const roles = ['GROUP_READ_ONLY', 'GROUP_CLUSTER_MANAGER'];
    addToProject(scene, { roles });
    const run = await scene.run({ roles: roles.toReversed().join(', ') });
    expect(run.main.outputs).toMatchObject({
      result: 'unchanged',
      created: 'false',
      changed: 'false',
      roles: '["GROUP_CLUSTER_MANAGER","GROUP_READ_ONLY"]',
    });
    expect(operations(scene)).toEqual(['listGroupApiKeys']);
  });

  it('brings the roles to the declared set by one PATCH', async () => {
    await using scene = await openScene();
    const key = addToProject(scene, { roles: ['GROUP_OWNER', 'GROUP_READ_ONLY'] });
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

  it('finds the key on the last of several pages', async () => {
    await using scene = await openScene();
    for (let other = 0; other < 620; other++) addToProject(scene, { desc: `other ${other}` });
    const key = addToProject(scene, { publicKey: 'zzzzzzzz' });
    const run = await scene.run({});
    expect(run.main.outputs).toMatchObject({ result: 'unchanged', apiUserId: key.id });
    const targets = scene.atlas.history.find('listGroupApiKeys').map(({ target }) => target.split('?')[1]);
    expect(new Set(targets)).toEqual(new Set(['itemsPerPage=500&pageNum=1', 'itemsPerPage=500&pageNum=2']));
  });

  it('looks through all pages before it makes one', async () => {
    await using scene = await openScene({ settings: { keysPerOrganization: 1000 } });
    for (let other = 0; other < 520; other++) addToProject(scene, { desc: `deploy ${other}` });
    const run = await scene.run({});
    expect(run.main.outputs).toMatchObject({ result: 'created' });
    expect(keysBeside(scene).filter(({ desc }) => desc === 'deploy')).toHaveLength(1);
  });

  it('makes the key although the organisation has one of this desc elsewhere, which stays', async () => {
    await using scene = await openScene({ callerRoles: ['GROUP_ACCESS_MANAGER'] });
    const { id, roles } = scene.atlas.addKey({ orgId: scene.orgId, desc: 'deploy', roles: ['ORG_MEMBER'] });
    const run = await scene.run({});
    expect(run.main.outputs, run.log).toMatchObject({ result: 'created', created: 'true' });
    expect(run.main.outputs.apiUserId).not.toBe(id);
    expect(scene.atlas.key(id)).toMatchObject({ desc: 'deploy', roles });
    expect(operations(scene)).not.toContain('listOrgApiKeys');
    expect(run.main.annotations.map(({ level }) => level)).toEqual(['notice']);
  });

  it('names the ids when several keys fit', async () => {
    await using scene = await openScene();
    const keys = [addToProject(scene), addToProject(scene)];
    const error = onlyError((await scene.run({})).main);
    for (const { id } of keys) expect(error).toContain(id);
    expect(error).toContain('apiUserId');
    expect(writes(scene)).toEqual([]);
  });

  it('tells keys apart whose descriptions only begin alike or differ in case', async () => {
    await using scene = await openScene();
    for (const desc of ['deploy ', 'deploy2', 'Deploy', ' deploy']) addToProject(scene, { desc });
    const run = await scene.run({});
    expect(run.main.outputs).toMatchObject({ result: 'created' });
  });
});

function addToProject(
  scene: Awaited<ReturnType<typeof openScene>>,
  { roles = ['GROUP_READ_ONLY'], desc = 'deploy', publicKey = undefined as string | undefined } = {},
) {
  return scene.atlas.addKey({
    orgId: scene.orgId,
    desc,
    roles: roles.map((roleName) => ({ roleName, groupId: scene.groupId })),
    ...(publicKey !== undefined && { publicKey }),
  });
}
