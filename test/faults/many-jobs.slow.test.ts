/** Many jobs at once behind one address, all with the same service account: Atlas gives it fifty new tokens a minute. */
import { expect, it } from 'vitest';
import { keysBeside, openScene, type Run } from '../action/scene.ts';

const JOBS = 60;
const WAIT =
  /^Could not yet sign in as the service account, since the rate limit is reached; it is tried again in (\d+) seconds \(POST \/api\/oauth\/token\)\.$/gm;

it('sixty ephemeral jobs at once: none fails, none leaves a key, and the log says what was waited for', {
  timeout: 600_000,
}, async () => {
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
  const inputs = { ...account, mode: 'ephemeral', timeout: '120s' };
  const ephemeral = async (): Promise<Run & { seconds: number }> => {
    const started = performance.now();
    const run = await scene.run(inputs);
    return { ...run, seconds: (performance.now() - started) / 1000 };
  };
  const runs = await Promise.all(Array.from({ length: JOBS }, ephemeral));

  expect(runs.map(({ conclusion }) => conclusion)).toEqual(runs.map(() => 'success'));
  expect(new Set(runs.map(({ main }) => main.outputs.apiUserId)).size).toBe(JOBS);
  expect(keysBeside(scene)).toEqual([]);
  expect(scene.atlas.liveTokens(clientId)).toBe(0);
  const waits = runs.map(({ log }) => [...log.matchAll(WAIT)].map(([, told]) => Number(told)));
  expect(waits.flat().length).toBeGreaterThanOrEqual(2 * JOBS - 50);
  // Nobody is silent for long: what a job took is what it waited for, and a little work on a busy machine.
  runs.forEach(({ seconds, log }, job) => {
    const told = waits[job]?.reduce((sum, wait) => sum + wait, 0) ?? 0;
    expect(seconds - told, log).toBeLessThan(60);
  });
  const all = new Set(waits.flat());
  expect(all.size, 'they do not come back at the same moment').toBeGreaterThan(5);
});
