/** What a cancelled step still does, and for how long: the runner sends SIGINT, SIGTERM, and then SIGKILL. */
import { describe, expect, it } from 'vitest';
import { describeMarked } from '../../src/keys/mark.ts';
import type { JobOptions } from '../runner/job.ts';
import { errorsIn } from './evidence.ts';
import { keysBeside, openScene, type Scene } from './scene.ts';

/** Cancels the run when the new key signs in; its deletion is then never answered. */
function cancelledAndStuck(scene: Scene): JobOptions {
  const cancel = new AbortController();
  scene.atlas.faults.add({
    when: ({ caller }) => keysBeside(scene).some(({ id }) => id === caller),
    run: () => cancel.abort(),
    action: { kind: 'hang' },
  });
  scene.atlas.faults.add({ when: { operation: 'deleteOrgApiKey' }, action: { kind: 'hang' } });
  return { signal: cancel.signal };
}

describe('a cancelled step', () => {
  it('that waits for another run stops waiting', async () => {
    await using scene = await openScene();
    const cancel = new AbortController();
    const until = scene.atlas.clock.now() + 60_000;
    const origin = { repository: 'acme/shop', runId: '1', attempt: '1', nonce: '0123456789abcdef' };
    scene.atlas.addKey({
      orgId: scene.orgId,
      desc: describeMarked('deploy', { ...origin, state: 'pending', until: Math.floor(until / 1000) * 1000 }),
      roles: [{ roleName: 'GROUP_READ_ONLY', groupId: scene.groupId }],
    });
    const onLog = (line: string) => {
      if (line.includes('waiting for it')) setTimeout(() => cancel.abort(), 100);
    };
    const { main } = await scene.run({}, { signal: cancel.signal, onLog });
    expect(errorsIn(main)[0]).toBe('The run was cancelled.');
    expect(main.signals).toEqual(['SIGINT']);
  });

  it('gives up undoing before the runner asks again, and post does it', async () => {
    await using scene = await openScene();
    const run = await scene.run({}, cancelledAndStuck(scene));
    expect(run.main.signals).toEqual(['SIGINT']);
    expect(run.main.milliseconds).toBeGreaterThan(4_500);
    expect(run.main.milliseconds).toBeLessThan(7_500);
    expect(run.main.log).toContain('could not be deleted yet; the post step tries again');
    expect(keysBeside(scene)).toEqual([]);
  });

  it('gives up undoing at once when it is asked again', async () => {
    await using scene = await openScene();
    const grace = { afterInterrupt: 500, afterTerminate: 3_000 };
    const run = await scene.run({}, { ...cancelledAndStuck(scene), grace });
    expect(run.main.signals).toEqual(['SIGINT', 'SIGTERM']);
    expect(run.main.log).toContain('could not be deleted yet; the post step tries again');
    expect(keysBeside(scene)).toEqual([]);
  });
});
