import { describe, expect, it } from 'vitest';
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

  it('brings the roles to the declared set', async () => {
    await using scene = await openScene();
    await scene.run({});
    const run = await scene.run({ roles: 'GROUP_CLUSTER_MANAGER\nGROUP_READ_ONLY' });
    expect(run.main.outputs).toMatchObject({ result: 'updated', roles: '["GROUP_CLUSTER_MANAGER","GROUP_READ_ONLY"]' });
  });

  it('assigns a key that the organisation has already', async () => {
    await using scene = await openScene();
    const key = scene.atlas.addKey({ orgId: scene.orgId, desc: 'deploy', roles: ['ORG_MEMBER'] });
    const run = await scene.run({});
    expect(run.main.outputs).toMatchObject({ result: 'assigned', apiUserId: key.id, privateKey: '' });
  });

  it('names the ids when several keys fit', async () => {
    await using scene = await openScene();
    const roles = [{ roleName: 'GROUP_READ_ONLY', groupId: scene.groupId }];
    const one = scene.atlas.addKey({ orgId: scene.orgId, desc: 'deploy', roles });
    const two = scene.atlas.addKey({ orgId: scene.orgId, desc: 'deploy', roles });
    const run = await scene.run({});
    expect(run.conclusion).toBe('failure');
    expect(run.main.log).toContain(one.id);
    expect(run.main.log).toContain(two.id);
    expect(run.main.log).toContain('apiUserId');
  });
});
