/**
 * Many jobs at once behind one address, all with the same service account: Atlas gives it fifty new tokens a minute.
 * many-jobs.exhaustive.test.ts has them within one process, which leaps over the waits; `npm run soak` runs the built action in
 * real time, which takes three to four minutes.
 */
import assert from 'node:assert/strict';
import { openScene } from '../action/scene.ts';
import type { Simulator } from '../simulator/simulator.ts';

export const JOBS = 60;
const WAIT =
  /^Could not yet sign in as the service account, since the rate limit is reached; it is tried again in (\d+) seconds \(POST \/api\/oauth\/token\)\.$/gm;

/** An ephemeral job that is over. */
export interface EndedJob {
  readonly succeeded: boolean;
  readonly apiUserId: string | undefined;
  readonly log: string;
}

/** None failed, none left a key or a token, and the log says what was waited for. Throws an `AssertionError`. */
export function assertAllWell(atlas: Simulator, clientId: string, jobs: readonly EndedJob[]): void {
  for (const { succeeded, log } of jobs) assert.ok(succeeded, log);
  assert.equal(new Set(jobs.map(({ apiUserId }) => apiUserId)).size, JOBS);
  assert.deepEqual(
    atlas.keys().filter(({ id }) => jobs.some(({ apiUserId }) => apiUserId === id)),
    [],
  );
  assert.equal(atlas.liveTokens(clientId), 0);
  const waits = jobs.flatMap(({ log }) => toldWaits(log));
  assert.ok(waits.length >= 2 * JOBS - 50, 'whoever gets no token says so');
  assert.ok(new Set(waits).size > 5, 'they do not come back at the same moment');
}

function toldWaits(log: string): number[] {
  return [...log.matchAll(WAIT)].map(([, told]) => Number(told));
}

/** The jobs as processes of the dist, in real time. Throws an `AssertionError`. */
export async function runManyJobs(): Promise<void> {
  await using scene = await openScene({ settings: { tokens: { newPerMinute: 50 } } });
  const { clientId, clientSecret } = scene.atlas.addServiceAccount({
    orgId: scene.orgId,
    roles: ['ORG_OWNER'],
  });
  const account = {
    atlasPublicKey: '',
    atlasPrivateKey: '',
    atlasClientId: clientId,
    atlasClientSecret: clientSecret,
  };
  const ephemeral = async (): Promise<EndedJob> => {
    const started = performance.now();
    const { main, conclusion, log } = await scene.run({ ...account, mode: 'ephemeral', timeout: '120s' });
    const waited = toldWaits(log).reduce((sum, wait) => sum + wait, 0);
    // What a job took is what it waited for, and a little work on a busy machine.
    assert.ok((performance.now() - started) / 1000 - waited < 60, `silent for long:\n${log}`);
    return { succeeded: conclusion === 'success', apiUserId: main.outputs.apiUserId, log };
  };
  assertAllWell(scene.atlas, clientId, await Promise.all(Array.from({ length: JOBS }, ephemeral)));
}
