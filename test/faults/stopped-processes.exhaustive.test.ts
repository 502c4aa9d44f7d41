/**
 * The dist under the runner, of every mode that makes or ends something: killed at its first request and at every change,
 * interrupted and its machine lost at the first change; then its post, then the same step again. What a process adds is its
 * signals and its state: every-request.exhaustive.test.ts stops and cancels the same steps at every call and request, and robs
 * them of every answer, within one process.
 */
import { describe, expect, it } from 'vitest';
import { concurrently } from '../../src/keys/concurrently.ts';
import type { RequestRecord } from '../simulator/history.ts';
import { violations } from './invariants.ts';
import { type Disturbance, leaks, type ProcessRun, runProcess } from './processes.ts';
import { requestsFor } from './requests.ts';
import { addBystanders, SCENARIOS, type Scenario } from './scenarios.ts';
import { openWorkshop } from './workshop.ts';

const MONTH = 30 * 86_400_000;
/** More than processors, since a process waits now and then. */
const AT_ONCE = 4;

const NAMES = [
  'ensure makes a key',
  'ephemeral, with a left-over to sweep',
  'rotate with commit: job',
  'rotate with commit: step',
  'revoke of a family',
  'sweep of project and organisation',
];

describe.each(SCENARIOS.filter(({ name }) => NAMES.includes(name)))('$name, as a process', (scenario) => {
  it('holds when it is stopped at its first request and at every change', { timeout: 120_000 }, async () => {
    const { requests, postRequests } = await disturb(scenario);
    const disturbances = [
      { how: 'kill', request: 1, phase: 'arrival' } as const,
      ...changesOf(requests).flatMap((change, index) => ofMain(change, index === 0)),
      ...changesOf(postRequests).map(
        (change): Disturbance => ({ how: 'killPost', request: requests.length + change, phase: 'after' }),
      ),
    ];
    await concurrently(disturbances, AT_ONCE, (disturbance) => disturb(scenario, disturbance));
  });
});

/** The numbers of the requests that change something, from 1. */
function changesOf(requests: readonly RequestRecord[]): number[] {
  return requests.flatMap(({ signIn, method }, index) =>
    signIn === 'signedIn' && method !== 'GET' ? [index + 1] : [],
  );
}

/** SIGINT and a lost machine once: the state that they leave is what a kill leaves there. */
function ofMain(request: number, isFirst: boolean): Disturbance[] {
  return [
    { how: 'kill', request, phase: 'after' },
    ...(isFirst
      ? ([
          { how: 'cancel', request, phase: 'before' },
          { how: 'lost', request, phase: 'after' },
        ] as const)
      : []),
  ];
}

async function disturb(scenario: Scenario, disturbance?: Disturbance): Promise<ProcessRun> {
  await using shop = await openWorkshop({ speed: 1 });
  const { atlas, ledger, groupId } = shop;
  const request = await scenario.prepare(shop);
  const bystanders = addBystanders(shop);
  const run = await runProcess(shop, request, disturbance && { disturbance });
  const what = `${JSON.stringify(disturbance)}, main ${run.record.main}, post ${run.record.post}\n${run.result.log}`;
  if (disturbance?.how === 'kill') expect(run.record.main, what).toBe('killed');
  expect(leaks(atlas, run.result), what).toEqual([]);
  expect(violations(atlas, ledger, { bystanders }), what).toEqual([]);

  atlas.clock.advance(run.record.post === 'done' ? 5_000 : 600_000);
  const again = await shop.run(request);
  expect(again.error, what).toBeUndefined();
  const current = { groupId, desc: 'deploy', count: scenario.lasting };
  expect(violations(atlas, ledger, { bystanders, current }), what).toEqual([]);
  atlas.clock.advance(MONTH);
  await shop.run(requestsFor(groupId).sweep());
  expect(violations(atlas, ledger, { bystanders, current, swept: true }), what).toEqual([]);
  return run;
}
