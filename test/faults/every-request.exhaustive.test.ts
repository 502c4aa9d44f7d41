/**
 * Every mode, disturbed at every one of its calls in every way, then post, then the same step again. The process is
 * one that is killed by never going on (workshop.ts); stopped-processes.exhaustive.test.ts does the same with real ones.
 */
import { describe, expect, it } from 'vitest';
import { each, eachEnd, FAULTS } from './disturbances.ts';
import { violations } from './invariants.ts';
import { requestsFor } from './requests.ts';
import { addBystanders, SCENARIOS, type Scenario } from './scenarios.ts';
import { openWorkshop, type RunOptions, type Workshop } from './workshop.ts';

const MONTH = 30 * 86_400_000;

describe.each(SCENARIOS)('$name', { timeout: 120_000 }, (scenario) => {
  it('leaves what it should when nothing goes wrong', async () => {
    await disturb(scenario, {});
  });

  it.each(Object.entries(FAULTS))('holds when %s, at every request', async (_, fault) => {
    const { requests } = await learn(scenario);
    await each(requests, (skip) => disturb(scenario, { fault: { ...fault(skip), skip } }));
  });

  it('holds when it is killed at every call', async () => {
    const { calls } = await learn(scenario);
    await eachEnd(calls, (interruption) => disturb(scenario, { interruption }));
  });

  it('holds when the machine is lost at every call', async () => {
    const { calls } = await learn(scenario);
    await eachEnd(calls, (interruption) => disturb(scenario, { interruption, lost: true }));
  });

  it('holds when post is killed at every call, after a step that ended well or was killed', async () => {
    const { calls } = await learn(scenario);
    // Many ends of main leave post the same to do: once is enough.
    const seen = new Set<string>();
    await eachEnd(calls, async (interruption) => {
      const { postCalls, business } = await learn(scenario, { interruption });
      if (seen.has(business)) return;
      seen.add(business);
      await eachEnd(postCalls, (postInterruption) => disturb(scenario, { interruption, postInterruption }));
    });
  });
});

/** How many signed requests and calls the step makes when nobody disturbs it further. */
async function learn(
  scenario: Scenario,
  options: RunOptions = {},
): Promise<{ requests: number; calls: number; postCalls: number; business: string }> {
  await using shop = await openWorkshop();
  const request = await scenario.prepare(shop);
  const before = shop.atlas.history.requests.length;
  const half = await shop.runMain(request, storing(scenario, options));
  const requests = shop.atlas.history.requests.slice(before);
  const { calls, postCalls, entry } = await half.finish();
  return {
    requests: requests.filter(({ signIn }) => signIn === 'signedIn').length,
    calls: calls.length,
    postCalls: postCalls.length,
    business: [entry.phase, ...postCalls].join(),
  };
}

/** The step with something going wrong, its post, the same step again undisturbed, then whatever must hold. */
async function disturb(scenario: Scenario, options: RunOptions): Promise<void> {
  await using shop = await openWorkshop();
  const request = await scenario.prepare(shop);
  const bystanders = addBystanders(shop);
  const first = await shop.run(request, storing(scenario, options));
  const what = JSON.stringify({ ...options, ended: first.record.main, error: `${first.error}` });
  const afterwards = { bystanders };
  expect(violations(shop.atlas, shop.ledger, afterwards), what).toEqual([]);

  // A key in the making whose machine is lost is waited for until its time is past.
  shop.atlas.clock.advance(first.record.post === 'done' ? 5_000 : 600_000);
  // Time runs fast here: two minutes would be three seconds, which a busy machine may need for all at once.
  const again = await shop.run(request, storing(scenario, { timeout: 600_000 }));
  expect(again.error, what).toBeUndefined();
  expect(again.record, what).toMatchObject({ main: 'success', post: 'done' });
  const current = { groupId: shop.groupId, desc: 'deploy', count: scenario.current };
  expect(violations(shop.atlas, shop.ledger, { ...afterwards, current }), what).toEqual([]);

  await sweepEverything(shop);
  expect(violations(shop.atlas, shop.ledger, { ...afterwards, current, swept: true }), what).toEqual([]);
}

async function sweepEverything(shop: Workshop): Promise<void> {
  shop.atlas.clock.advance(MONTH);
  await shop.run(requestsFor(shop.groupId).sweep());
}

function storing(scenario: Scenario, options: RunOptions): RunOptions {
  return scenario.stores ? { ...options, store: async () => {} } : options;
}
