import { expect, it } from 'vitest';
import { openJob } from '../runner/job.ts';
import type { FaultAction } from '../simulator/faults.ts';
import { onlyError } from './evidence.ts';
import { openQuickScene, runInProcess } from './in-process.ts';
import { keysBeside, type Scene } from './scene.ts';

/** A rate limit and an upgrade refuse before anything is done; the rest may come after it. */
const PASSING: readonly (readonly [string, 'before' | 'after', FaultAction])[] =
  // biome-ignore format: a table, one row a line
  [
    ['a connection that is reset', 'after', { kind: 'reset' }],
    ['an answer that is cut', 'after', { kind: 'truncate' }],
    ['429 with Retry-After', 'before', { kind: 'error', code: 'RATE_LIMITED', headers: { 'retry-after': '1' } }],
    ['405 during an upgrade', 'before', { kind: 'error', code: 'WRITES_NOT_ALLOWED_DURING_APP_UPGRADES' }],
    ['500', 'after', { kind: 'error', code: 'UNEXPECTED_ERROR', status: 500 }],
    ['502 of HTML', 'after', { kind: 'answer', status: 502, body: '<html>' }],
    ['503 without a body', 'after', { kind: 'answer', status: 503 }],
    ['504 of JSON that is cut', 'after', { kind: 'answer', status: 504, body: '{"errorCode":' }],
  ];

it.each(PASSING)(
  'what passes is waited out in two lists and in a create, of which one key is left: %s',
  async (_, phase, action) => {
    await using scene = await openQuickScene();
    scene.atlas.faults.add({ when: { operation: 'listGroupApiKeys' }, times: 2, action });
    scene.atlas.faults.add({ when: { operation: 'createGroupApiKey' }, phase, action });
    const main = await runMain(scene);
    expect(main.outputs, main.log).toMatchObject({ result: 'created' });
    expect(main.annotations.filter(({ level }) => level !== 'notice')).toEqual([]);
    expect(keysBeside(scene).map(({ desc }) => desc)).toEqual(['deploy']);
  },
);

it.each([
  ['whose Retry-After lies beyond the timeout', true, { 'retry-after': '60' }, '30s'],
  ['without Retry-After, when there are no ten seconds left', false, {}, '5s'],
])('a rate limit %s ends the step at once', async (_what, retryAfter, headers, timeout) => {
  await using scene = await openQuickScene({ settings: { rateLimits: { retryAfter } } });
  const action: FaultAction = { kind: 'error', code: 'RATE_LIMITED', headers };
  scene.atlas.faults.add({ when: { operation: 'listGroupApiKeys' }, action });
  expect(onlyError((await scene.run({ timeout })).main)).toMatch(
    /the rate limit is reached\. Try again in a few minutes/,
  );
  expect(scene.atlas.history.find('listGroupApiKeys').filter(({ status }) => status === 429)).toHaveLength(1);
});

/** Without post, which would look for what main left. */
async function runMain(scene: Scene) {
  await using job = await openJob({ start: runInProcess });
  return await job.runStep(scene.step({}));
}
