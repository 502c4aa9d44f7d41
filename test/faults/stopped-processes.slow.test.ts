/**
 * The dist under the runner, stopped by SIGINT, SIGKILL and the loss of its machine at every request, and robbed of
 * every answer; then its post, then the same step again.
 */
import { describe, expect, it } from 'vitest';
import { concurrently } from '../../src/keys/concurrently.ts';
import type { RequestRecord } from '../simulator/history.ts';
import { violations } from './invariants.ts';
import { type Disturbance, type ProcessRun, runProcess } from './processes.ts';
import { requestsFor } from './requests.ts';
import { addBystanders, SCENARIOS, type Scenario } from './scenarios.ts';
import { leaks } from './secrets.ts';
import { openWorkshop } from './workshop.ts';

const MONTH = 30 * 86_400_000;
/** More than processors, since a process waits now and then. */
const AT_ONCE = 4;

const NAMES = [
  'ensure makes a key',
  'ensure updates roles',
  "ensure assigns an organisation's key",
  'ephemeral, with a left-over to sweep',
  'rotate with commit: job',
  'rotate with commit: step',
  'revoke of a family',
  'sweep of project and organisation',
];

describe.each(SCENARIOS.filter(({ name }) => NAMES.includes(name)))('$name, as a process', (scenario) => {
  it('holds when it is stopped, or an answer is lost, at every request', { timeout: 120_000 }, async () => {
    const undisturbed = await disturb(scenario);
    const disturbances = [
      ...undisturbed.requests.flatMap((asked, index) => ofMain(index + 1, asked)),
      ...undisturbed.postRequests.flatMap((asked, index) =>
        ofPost(undisturbed.requests.length + index + 1, asked),
      ),
    ];
    const results = await concurrently(disturbances, AT_ONCE, (disturbance) =>
      disturb(scenario, disturbance),
    );
    for (const result of results) if (result.status === 'rejected') throw result.reason;
  });
});

function ofMain(request: number, { signIn, method }: RequestRecord): Disturbance[] {
  if (signIn !== 'signedIn') return [{ how: 'kill', request, phase: 'arrival' }];
  const changes = method !== 'GET';
  return [
    { how: 'kill', request, phase: 'after' },
    { how: 'cancel', request, phase: changes ? 'before' : 'after' },
    { how: { kind: 'reset' }, request, phase: changes ? 'after' : 'before' },
    ...(changes ? [{ how: 'lost', request, phase: 'after' } as const] : []),
  ];
}

function ofPost(request: number, { signIn, method }: RequestRecord): Disturbance[] {
  if (signIn !== 'signedIn' || method === 'GET') return [];
  return [
    { how: 'killPost', request, phase: 'after' },
    { how: { kind: 'reset' }, request, phase: 'after' },
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
  const current = { groupId, desc: 'deploy', count: scenario.current };
  expect(violations(atlas, ledger, { bystanders, current }), what).toEqual([]);
  atlas.clock.advance(MONTH);
  await shop.run(requestsFor(groupId).sweep());
  expect(violations(atlas, ledger, { bystanders, current, swept: true }), what).toEqual([]);
  return run;
}
