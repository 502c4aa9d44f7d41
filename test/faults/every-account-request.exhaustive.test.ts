/** As every-request.exhaustive.test.ts, of `credential: serviceAccount`. */
import { describe, expect, it } from 'vitest';
import { lasting, readNote } from '../../src/accounts/account.ts';
import type { SimulatedServiceAccount } from '../simulator/simulator.ts';
import { accountViolations } from './account-invariants.ts';
import { ACCOUNT_SCENARIOS, type AccountScenario, addAccountBystanders } from './account-scenarios.ts';
import { each, eachEnd, FAULTS } from './disturbances.ts';
import { DESC } from './requests.ts';
import { openWorkshop, type Run, type RunOptions, type Workshop } from './workshop.ts';

const DAY = 86_400_000;

describe.each(ACCOUNT_SCENARIOS)('$name', { timeout: 120_000 }, (scenario) => {
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

  it('holds when the job fails, and post is killed at every call', async () => {
    const { postCalls } = await learn(scenario, { job: 'failure' });
    await eachEnd(postCalls, (postInterruption) => disturb(scenario, { job: 'failure', postInterruption }));
  });

  it('holds when post is killed at every call, after a step that ended well or was killed', async () => {
    const { calls } = await learn(scenario);
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
  scenario: AccountScenario,
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
async function disturb(scenario: AccountScenario, options: RunOptions): Promise<void> {
  await using shop = await openWorkshop();
  const request = await scenario.prepare(shop);
  const bystanders = addAccountBystanders(shop);
  const first = await shop.run(request, storing(scenario, options));
  const what = JSON.stringify({ ...options, ended: first.record.main, error: `${first.error}` });
  expect(accountViolations(shop.atlas, shop.ledger, bystanders), what).toEqual([]);

  // An account in the making whose machine is lost is waited for until its time is past, and of a rotation's secret nobody
  // knows before the longest job would be over.
  const isOver = first.record.post === 'done';
  const mode = request.mode === 'rotate' ? 5 * DAY + 60_000 : 15 * 60_000;
  shop.atlas.clock.advance(isOver ? 5_000 : mode);
  const again = await runAgain(shop, () => shop.run(request, storing(scenario, { timeout: 600_000 })));
  expect(again.error, what).toBeUndefined();
  expect(again.record, what).toMatchObject({ main: 'success', post: 'done' });
  expect(accountViolations(shop.atlas, shop.ledger, bystanders), what).toEqual([]);
  const here = familyIn(shop);
  expect(here, what).toHaveLength(scenario.lasting);
  for (const { apiUserId, privateKey } of scenario.lasting === 1 ? again.record.delivered : []) {
    expect(here[0]?.secrets, what).toContainEqual(
      expect.objectContaining({ id: apiUserId, secret: privateKey }),
    );
  }
}

/** A secret of which only Atlas knows may be a person's: a rotation names it, and a person deletes it. docs/accounts.md */
async function runAgain(shop: Workshop, run: () => Promise<Run>): Promise<Run> {
  const first = await run();
  const stray = /no place for another secret: ([0-9a-f]{24}) was made/.exec(`${first.error}`)?.[1];
  const [account] = familyIn(shop);
  if (stray === undefined || account === undefined) return first;
  expect(shop.ledger.wasDelivered(stray)).toBe(false);
  shop.atlas.deleteSecret(account.clientId, stray);
  return run();
}

/** The accounts that are to last, those in the making by a lost machine aside. */
function familyIn({ atlas, groupId }: Workshop): SimulatedServiceAccount[] {
  return atlas
    .serviceAccounts()
    .filter(
      (account) =>
        account.name === DESC &&
        account.roles.some((role) => role.groupId === groupId) &&
        lasting([{ ...account, roles: [] }]).length === 1 &&
        readNote(account.description)?.pending === undefined,
    );
}

function storing(scenario: AccountScenario, options: RunOptions): RunOptions {
  return scenario.stores ? { ...options, store: async () => {} } : options;
}
