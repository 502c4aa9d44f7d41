/** The variables that the Atlas CLI and the Terraform provider read: only in this job, and only when they are good. */
import { describe, expect, it } from 'vitest';
import { keysBeside, openScene } from '../action/scene.ts';
import { lookDuring } from './look-during.ts';

describe('exportEnv', () => {
  it('sets the names for the later steps', async () => {
    await using scene = await openScene();
    const run = await lookDuring(scene, { mode: 'ephemeral', exportEnv: 'true' }, () => keysBeside(scene)[0]);
    expect(run.conclusion).toBe('success');
    expect(run.main.exported).toEqual({
      MONGODB_ATLAS_PUBLIC_API_KEY: run.seen?.publicKey,
      MONGODB_ATLAS_PRIVATE_API_KEY: run.seen?.privateKey,
      MONGODB_ATLAS_PUBLIC_KEY: run.seen?.publicKey,
      MONGODB_ATLAS_PRIVATE_KEY: run.seen?.privateKey,
      MONGODB_ATLAS_PROJECT_ID: scene.groupId,
      MONGODB_ATLAS_ORG_ID: scene.orgId,
    });
    expect(run.post[0]?.conclusion).toBe('success');
  });

  it('exports of a key that is there what was stored of it, masked, and without that nothing, and says so', async () => {
    await using scene = await openScene();
    const roles = [{ roleName: 'GROUP_READ_ONLY', groupId: scene.groupId }];
    const { publicKey, privateKey } = scene.atlas.addKey({ orgId: scene.orgId, desc: 'deploy', roles });
    const unknown = await scene.run({ exportEnv: 'true' });
    expect(unknown.main.exported).toEqual({});
    const message =
      'exportEnv: nothing was exported, because this step does not know the secret, which Atlas shows only once. ' +
      'Give it as knownPrivateKey, or let mode: rotate or ephemeral make a new one.';
    expect(unknown.main.annotations).toContainEqual({ level: 'notice', message });

    const knownPrivateKey = `${publicKey}:${privateKey}`;
    const { main, masks, log } = await scene.run({ knownPrivateKey, exportEnv: 'true' });
    expect(main.outputs).toMatchObject({ result: 'unchanged', publicKey, privateKey, created: 'false' });
    expect(main.exported.MONGODB_ATLAS_PRIVATE_API_KEY).toBe(privateKey);
    expect(main.commands[0]).toMatchObject({ name: 'add-mask' });
    expect(masks).toEqual(expect.arrayContaining([privateKey, knownPrivateKey]));
    expect(masks).not.toContain(publicKey);
    expect(log).not.toContain(privateKey);
    expect(main.annotations).toEqual([]);
  });
});
