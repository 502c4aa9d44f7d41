import { describe, expect, it } from 'vitest';
import { describeMarked, readMark } from '../../src/keys/mark.ts';
import { openJob } from '../runner/job.ts';
import { errorsIn } from './evidence.ts';
import { openQuickScene } from './in-process.ts';
import { keysBeside, type Scene } from './scene.ts';

const RUN = { repository: 'octo-org/octo-repo', runId: '1', attempt: '1', nonce: '0123456789abcdef' };

/** A key that an earlier run left behind, in the project or only in the organisation. */
function leave(scene: Scene, state: 'pending' | 'ephemeral' | 'retired', where: 'project' | 'organisation') {
  const past = scene.atlas.clock.now() - 86_400_000 * 3;
  const mark = state === 'retired' ? { ...RUN, state } : { ...RUN, state, until: past };
  const roles =
    where === 'project' ? [{ roleName: 'GROUP_READ_ONLY', groupId: scene.groupId }] : ['ORG_MEMBER'];
  return scene.atlas.addKey({
    orgId: scene.orgId,
    desc: describeMarked('deploy', mark),
    roles,
    createdAt: past - 60_000,
  });
}

describe('sweep by a caller who is no Organization Owner', () => {
  it('unassigns, says so, and does not fail again and again over what it cannot reach', async () => {
    await using scene = await openQuickScene({ callerRoles: ['ORG_MEMBER', 'GROUP_OWNER'] });
    const key = leave(scene, 'ephemeral', 'project');
    const first = await scene.run({ mode: 'sweep' });
    expect(first.main.outputs).toMatchObject({ result: 'swept', changed: 'true', retiredApiUserIds: '[]' });
    const told = `still alive in organisation ${scene.orgId}: ${key.id}`;
    expect(first.main.log).toContain(told);
    const second = await scene.run({ mode: 'sweep' });
    expect(second.conclusion).toBe('success');
    expect(second.main.outputs).toMatchObject({ changed: 'false', retiredApiUserIds: '[]' });
    expect(second.main.log).toContain(told);
  });
});

describe('what is told of other deletions', () => {
  it('revoke by a caller who may only unassign has changed something', async () => {
    await using scene = await openQuickScene({ callerRoles: ['ORG_MEMBER', 'GROUP_OWNER'] });
    await scene.run({});
    const { main } = await scene.run({ mode: 'revoke', roles: '' });
    expect(main.outcome).toBe('failure');
    expect(main.outputs).toMatchObject({ changed: 'true', retiredApiUserIds: '[]' });
  });

  it('revoke takes the ephemeral keys of its text as well', async () => {
    await using scene = await openQuickScene();
    const { id, publicKey } = leave(scene, 'ephemeral', 'project');
    const { main } = await scene.run({ mode: 'revoke', roles: '' });
    expect(main.log).toContain(`Deleted key ${id} (${publicKey}), which was ephemeral.`);
    expect(keysBeside(scene)).toEqual([]);
  });

  it('ensure lists the dead keys that it deleted, and plans them in a dry run', async () => {
    await using scene = await openQuickScene();
    const dead = leave(scene, 'pending', 'project');
    const plan = await scene.run({ dryRun: 'true' });
    expect(plan.main.summary).toContain(dead.id);
    const { main } = await scene.run({});
    expect(main.outputs).toMatchObject({ result: 'created', retiredApiUserIds: JSON.stringify([dead.id]) });
  });

  it('a dry run of ephemeral plans what it would sweep, and notices a project that is not there', async () => {
    await using scene = await openQuickScene();
    const due = leave(scene, 'ephemeral', 'project');
    const plan = await scene.run({ mode: 'ephemeral', dryRun: 'true' });
    expect(plan.main.summary).toContain(due.id);
    const lost = await scene.run({ mode: 'ephemeral', dryRun: 'true', groupId: '0123456789abcdef01234567' });
    expect(lost.main.outcome).toBe('failure');
  });
});

describe('post', () => {
  it('fails the job over a key that it could only unassign, where the user asked for that', async () => {
    await using scene = await openQuickScene();
    // The caller was an owner when the key was made.
    scene.atlas.faults.add({
      when: { operation: 'deleteOrgApiKey' },
      action: { kind: 'error', code: 'NOT_ORG_OWNER' },
    });
    const { post, conclusion, log } = await scene.run({ mode: 'ephemeral', onRevokeFailure: 'fail' });
    expect(conclusion).toBe('failure');
    expect(post.flatMap(errorsIn), log).toEqual([expect.stringContaining('but still alive in organisation')]);
  });

  it('looks for the key of a lost create also when the job failed and a rotation stays open', async () => {
    await using scene = await openQuickScene();
    // The first create is given up on, and the service carries it out after the second.
    scene.atlas.faults.add({ when: { operation: 'createGroupApiKey' }, action: { kind: 'reset' } });
    await using job = await openJob();
    const main = await job.runStep(scene.step({ mode: 'rotate' }));
    expect(main.outcome).toBe('success');
    await job.runStep({ run: 'exit 1' });
    const made = keysBeside(scene)[0];
    const marked = readMark(made?.desc ?? '');
    const late = scene.atlas.addKey({
      orgId: scene.orgId,
      desc: describeMarked('deploy', {
        ...RUN,
        nonce: marked?.mark.nonce ?? '',
        state: 'pending',
        until: scene.atlas.clock.now() + 60_000,
      }),
      roles: [{ roleName: 'GROUP_READ_ONLY', groupId: scene.groupId }],
    });
    await job.runPosts();
    expect(scene.atlas.key(late.id)?.deletedAt).toBeDefined();
    expect(scene.atlas.key(made?.id ?? '')?.deletedAt).toBeUndefined();
  });
});

describe('an ephemeral key of a service account', () => {
  it('expires by the clock of the service', async () => {
    await using scene = await openQuickScene();
    scene.atlas.clock.advance(7 * 86_400_000);
    const account = scene.atlas.addServiceAccount({ orgId: scene.orgId, roles: ['ORG_OWNER'] });
    const { main } = await scene.run({
      mode: 'ephemeral',
      ttl: '1h',
      atlasPublicKey: '',
      atlasPrivateKey: '',
      atlasClientId: account.clientId,
      atlasClientSecret: account.clientSecret,
    });
    expect(main.outcome).toBe('success');
    const ahead = Date.parse(main.outputs.expiresAt ?? '') - scene.atlas.clock.now();
    expect(ahead).toBeGreaterThan(3_500_000);
    expect(ahead).toBeLessThan(3_700_000);
  });
});

describe('exportEnv', () => {
  it('warns when it replaces what another use of the action may sign in with', async () => {
    await using scene = await openQuickScene();
    const { main } = await scene.run(
      { mode: 'ephemeral', exportEnv: 'true' },
      { env: { MONGODB_ATLAS_PUBLIC_API_KEY: 'abcdefgh', MONGODB_ATLAS_PRIVATE_API_KEY: 'of-another-step' } },
    );
    expect(main.log).toContain(
      'exportEnv replaces MONGODB_ATLAS_PUBLIC_API_KEY, MONGODB_ATLAS_PRIVATE_API_KEY for the rest of this job. Another ' +
        'use of this action that signs in with these variables, its post step included, then finds the wrong ones: give ' +
        'it its credentials as inputs.',
    );
  });
});
