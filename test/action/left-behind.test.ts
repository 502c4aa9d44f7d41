import { appendFile } from 'node:fs/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import { describeMarked, readMark } from '../../src/keys/mark.ts';
import { trustTheSimulator } from '../atlas/trust.ts';
import { openJob } from '../runner/job.ts';
import type { FunctionContext } from '../runner/step.ts';
import { errorsIn } from './evidence.ts';
import { openQuickScene, runInProcess } from './in-process.ts';
import { keysBeside, type Scene } from './scene.ts';

const RUN = { repository: 'octo-org/octo-repo', runId: '1', attempt: '1', nonce: '0123456789abcdef' };
const DAY = 86_400_000;
const OF_THE_PROJECT = ['ORG_MEMBER', 'GROUP_OWNER'];

/** A key that an earlier run left behind in the project. */
function leave(scene: Scene, state: 'pending' | 'ephemeral', { nonce = RUN.nonce, age = 3 * DAY } = {}) {
  const createdAt = scene.atlas.clock.now() - age;
  return scene.atlas.addKey({
    orgId: scene.orgId,
    desc: describeMarked('deploy', { ...RUN, nonce, state, until: createdAt + 60_000 }),
    roles: [{ roleName: 'GROUP_READ_ONLY', groupId: scene.groupId }],
    createdAt,
  });
}

describe('a caller who is no Organization Owner', () => {
  it('sweeps by unassigning, says so, and does not fail again and again over what it cannot reach', async () => {
    await using scene = await openQuickScene({ callerRoles: OF_THE_PROJECT });
    const key = leave(scene, 'ephemeral');
    for (const changed of ['true', 'false']) {
      const { main, conclusion } = await scene.run({ mode: 'sweep' });
      expect(conclusion).toBe('success');
      expect(main.outputs).toMatchObject({ result: 'swept', changed, retiredApiUserIds: '[]' });
      expect(main.log).toContain(`still alive in organisation ${scene.orgId}: ${key.id}`);
    }
  });

  it.each(['job', 'step'])(
    'rotates where somebody deleted the key by hand and it is still listed (commit: %s)',
    async (commit) => {
      await using scene = await openQuickScene({
        callerRoles: OF_THE_PROJECT,
        settings: { deletedKeyLingersMs: 120_000 },
      });
      scene.atlas.deleteKey((await scene.run({})).main.outputs.apiUserId ?? '');
      // Ids of one second tell no order.
      scene.atlas.clock.advance(5_000);
      const { main, conclusion } = await scene.run({ mode: 'rotate', commit });
      expect(main.log).not.toContain('Organization Owner');
      expect(conclusion).toBe('success');
      expect(main.outputs.result).toBe('rotated');
      expect(keysBeside(scene)).toMatchObject([{ id: main.outputs.apiUserId, desc: 'deploy' }]);
    },
  );
});

describe('post', () => {
  it('fails the job over a key that it could only unassign, where the user asked for that', async () => {
    await using scene = await openQuickScene();
    // The caller was an owner when the key was made.
    const action = { kind: 'error', code: 'NOT_ORG_OWNER' } as const;
    scene.atlas.faults.add({ when: { operation: 'deleteOrgApiKey' }, action });
    const { post, conclusion, log } = await scene.run({ mode: 'ephemeral', onRevokeFailure: 'fail' });
    expect(conclusion).toBe('failure');
    expect(post.flatMap(errorsIn), log).toEqual([expect.stringContaining('but still alive in organisation')]);
  });

  it('looks for the key of a lost create also when the job failed and a rotation stays open', async () => {
    await using scene = await openQuickScene();
    // The first create is given up on, and the service carries it out after the second.
    scene.atlas.faults.add({ when: { operation: 'createGroupApiKey' }, action: { kind: 'reset' } });
    await using job = await openJob({ start: runInProcess });
    const main = await job.runStep(scene.step({ mode: 'rotate' }));
    expect(main.outcome).toBe('success');
    await job.runStep({ run: 'exit 1' });
    const [made] = keysBeside(scene);
    const nonce = readMark(made?.desc ?? '')?.mark.nonce ?? '';
    const late = leave(scene, 'pending', { nonce, age: 0 });
    await job.runPosts();
    expect(scene.atlas.key(late.id)?.deletedAt).toBeDefined();
    expect(scene.atlas.key(made?.id ?? '')?.deletedAt).toBeUndefined();
  });

  it('fails the job where it cannot read what main left, and says so on the page, too', async () => {
    await using scene = await openQuickScene();
    await using job = await openJob({ start: runInProcess });
    await job.runStep(scene.step({ mode: 'ephemeral' }));
    job.posts[0]?.state.set('journal', '{"version":1,');
    const { length } = scene.atlas.history.requests;
    const [post] = await job.runPosts();
    expect(scene.atlas.history.requests).toHaveLength(length);
    expect(job.status).toBe('failure');
    expect(post && errorsIn(post)).toEqual([
      expect.stringContaining('What the step left for its post step cannot be read'),
    ]);
    expect(post?.summary).toContain('### The step failed');
    expect(post?.summary).toContain('so nothing was cleaned up');
    expect(keysBeside(scene)).toHaveLength(1);
  });

  it('only warns, and needs no credentials, where a rotation stays open because the job failed', async () => {
    await using scene = await openQuickScene();
    await using job = await openJob({ start: runInProcess });
    await job.runStep(scene.step({ mode: 'rotate' }));
    await job.runStep({ run: 'exit 1' });
    const { length } = scene.atlas.history.requests;
    const left = job.posts.pop();
    if (left !== undefined) job.posts.push({ ...left, step: { uses: left.step.uses } });
    const [post] = await job.runPosts();
    expect(scene.atlas.history.requests).toHaveLength(length);
    expect(post?.outcome).toBe('success');
    expect(post?.annotations).toMatchObject([
      {
        level: 'warning',
        message: expect.stringMatching(/^Key .* stays alive, undecided, because the job did not/),
      },
    ]);
    expect(post?.summary).toContain('### The new key is not current');
  });

  it('goes the way of main where the variable of the proxy holds nonsense now', async () => {
    onTestFinished(trustTheSimulator());
    await using scene = await openQuickScene({ tls: true });
    const later = ({ env }: FunctionContext) => appendFile(env.GITHUB_ENV ?? '', 'HTTPS_PROXY=nonsense://\n');
    const { post, conclusion, log } = await scene.job([scene.step({ mode: 'ephemeral' }), { run: later }]);
    expect(conclusion, log).toBe('success');
    expect(post[0]?.log).toContain(
      'HTTPS_PROXY changed since the step itself ran; the post step still uses no proxy.',
    );
    expect(keysBeside(scene)).toEqual([]);
  });
});

it('exportEnv warns when it replaces what another use of the action may sign in with', async () => {
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
