import { describe, expect, it } from 'vitest';
import type { FaultAction } from '../simulator/faults.ts';
import { onlyError, storyOf } from './evidence.ts';
import { keysBeside, openScene } from './scene.ts';

const PASSING: readonly (readonly [string, FaultAction])[] = [
  ['a connection that is reset', { kind: 'reset' }],
  ['an answer that is cut', { kind: 'truncate' }],
  ['429 with Retry-After', { kind: 'error', code: 'RATE_LIMITED', headers: { 'retry-after': '1' } }],
  ['405 during an upgrade', { kind: 'error', code: 'WRITES_NOT_ALLOWED_DURING_APP_UPGRADES' }],
  ['500', { kind: 'error', code: 'UNEXPECTED_ERROR', status: 500 }],
  ['502 of HTML', { kind: 'answer', status: 502, body: '<html>' }],
  ['503 without a body', { kind: 'answer', status: 503 }],
  ['504 of JSON that is cut', { kind: 'answer', status: 504, body: '{"errorCode":' }],
];

/** A rate limit and an upgrade refuse before anything is done; the rest may come after it. */
function refusesFirst(action: FaultAction): boolean {
  return action.kind === 'error' && action.code !== 'UNEXPECTED_ERROR';
}

describe('what passes is waited out', () => {
  it.concurrent.each(PASSING)('in a list: %s', async (_what, action) => {
    await using scene = await openScene();
    scene.atlas.faults.add({ when: { operation: 'listGroupApiKeys' }, times: 2, action });
    const run = await scene.run({});
    expect(run.main.outputs, run.log).toMatchObject({ result: 'created' });
    expect(run.main.annotations.filter(({ level }) => level !== 'notice')).toEqual([]);
    expect(keysBeside(scene)).toHaveLength(1);
  });

  it.concurrent.each(PASSING)('in a create, of which one key is left: %s', async (_what, action) => {
    await using scene = await openScene();
    scene.atlas.faults.add({
      when: { operation: 'createGroupApiKey' },
      phase: refusesFirst(action) ? 'before' : 'after',
      action,
    });
    const run = await scene.run({});
    expect(run.main.outputs, run.log).toMatchObject({ result: 'created' });
    const [key, ...more] = keysBeside(scene);
    expect(more.filter(({ desc }) => desc === 'deploy')).toEqual([]);
    expect(key?.desc).toBe(key && 'deploy');
  });
});

describe('a create', () => {
  it('whose answer is lost is not sent again before its key was looked for and deleted', async () => {
    await using scene = await openScene();
    scene.atlas.faults.add({
      when: { operation: 'createGroupApiKey' },
      phase: 'after',
      action: { kind: 'reset' },
    });
    const run = await scene.run({});
    expect(run.main.outputs, run.log).toMatchObject({ result: 'created' });
    expect(storyOf(run.main).slice(0, 2)).toEqual([
      expect.stringMatching(/^Deleted key .*, which a create without an answer had made\.$/),
      expect.stringMatching(/^A create was not answered; the key that came of it .* was deleted\.$/),
    ]);
    const order = scene.atlas.history
      .find(({ signIn, method }) => signIn === 'signedIn' && method !== 'PATCH')
      .map(({ operation }) => operation);
    const creates = order.flatMap((operation, index) => (operation === 'createGroupApiKey' ? [index] : []));
    expect(creates).toHaveLength(2);
    expect(order.slice(creates[0], creates[1])).toEqual(
      expect.arrayContaining(['listGroupApiKeys', 'deleteOrgApiKey']),
    );
  });
});

describe('the timeout', () => {
  const NEVER: readonly (readonly [string, string, FaultAction])[] = [
    ['a list', 'listGroupApiKeys', { kind: 'hang' }],
    ['a create', 'createGroupApiKey', { kind: 'hang' }],
    ['a rename', 'updateGroupApiKeyRoles', { kind: 'hang' }],
    ['a list in drops', 'listGroupApiKeys', { kind: 'drip', everyMs: 200 }],
    [
      'a rate limit without end',
      'listGroupApiKeys',
      { kind: 'error', code: 'RATE_LIMITED', headers: { 'retry-after': '1' } },
    ],
    [
      'an upgrade without end',
      'createGroupApiKey',
      { kind: 'error', code: 'WRITES_NOT_ALLOWED_DURING_APP_UPGRADES' },
    ],
  ];
  // Five seconds, and what a busy machine needs to start a process.
  it.concurrent.each(NEVER)('holds when %s is never answered', async (_what, operation, action) => {
    await using scene = await openScene();
    scene.atlas.faults.add({ when: { operation }, times: 999, action });
    const { main } = await scene.run({ timeout: '5s' });
    expect(onlyError(main)).toMatch(/timeout|rate limit|does not serve this right now/);
    expect(main.milliseconds).toBeLessThan(7_000);
  });

  it('ends a rate limit whose Retry-After lies beyond it at once', async () => {
    await using scene = await openScene();
    const action: FaultAction = { kind: 'error', code: 'RATE_LIMITED', headers: { 'retry-after': '60' } };
    scene.atlas.faults.add({ when: { operation: 'listGroupApiKeys' }, action });
    const { main } = await scene.run({});
    expect(onlyError(main)).toMatch(/the rate limit is reached\. Try again in a few minutes/);
    expect(main.milliseconds).toBeLessThan(3_000);
  });

  it('leaves no room for the ten seconds of a rate limit without Retry-After', async () => {
    await using scene = await openScene({ settings: { rateLimits: { retryAfter: false } } });
    scene.atlas.faults.add({
      when: { operation: 'listGroupApiKeys' },
      action: { kind: 'error', code: 'RATE_LIMITED' },
    });
    const { main } = await scene.run({ timeout: '5s' });
    expect(onlyError(main)).toMatch(/the rate limit is reached/);
  });
});
