import { expect, it } from 'vitest';
import type { FaultAction } from '../simulator/faults.ts';
import { onlyError } from './evidence.ts';
import { openScene } from './scene.ts';

const limit: FaultAction = { kind: 'error', code: 'RATE_LIMITED', headers: { 'retry-after': '1' } };
const upgrade: FaultAction = { kind: 'error', code: 'WRITES_NOT_ALLOWED_DURING_APP_UPGRADES' };

// Five seconds, and what a busy machine needs to start a process.
it.concurrent.each<[string, string, FaultAction]>([
  ['a list is never answered', 'listGroupApiKeys', { kind: 'hang' }],
  ['a create is never answered', 'createGroupApiKey', { kind: 'hang' }],
  ['a rename is never answered', 'updateGroupApiKeyRoles', { kind: 'hang' }],
  ['a list comes in drops', 'listGroupApiKeys', { kind: 'drip', everyMs: 200 }],
  ['a rate limit has no end', 'listGroupApiKeys', limit],
  ['an upgrade has no end', 'createGroupApiKey', upgrade],
])('the timeout holds when %s', async (_what, operation, action) => {
  await using scene = await openScene();
  scene.atlas.faults.add({ when: { operation }, times: 999, action });
  const { main } = await scene.run({ timeout: '5s' });
  expect(onlyError(main)).toMatch(/timeout|rate limit|does not serve this right now/);
  expect(main.milliseconds).toBeLessThan(10_000);
});
