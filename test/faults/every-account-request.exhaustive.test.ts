/** As every-request.exhaustive.test.ts, of `credential: serviceAccount`. */
import { describe, expect } from 'vitest';
import { lasting, readNote } from '../../src/accounts/account.ts';
import type { SimulatedServiceAccount } from '../simulator/simulator.ts';
import { accountViolations } from './account-invariants.ts';
import { holdsAtEveryRequest } from './every-request.ts';
import { DESC } from './requests.ts';
import { ACCOUNT_SCENARIOS, addAccountBystanders } from './scenarios.ts';
import type { Workshop } from './workshop.ts';

const DAY = 86_400_000;

describe.each(ACCOUNT_SCENARIOS)('$name', { timeout: 120_000 }, (scenario) => {
  holdsAtEveryRequest(scenario, (shop, { mode }) => {
    const bystanders = addAccountBystanders(shop);
    const breaches = () => accountViolations(shop.atlas, shop.ledger, bystanders);
    return {
      breaches,
      // An account in the making whose machine is lost is waited for until its time is past, and of a rotation's secret
      // nobody knows before the longest job would be over.
      pause: (isOver) => (isOver ? 5_000 : mode === 'rotate' ? 5 * DAY + 60_000 : 15 * 60_000),
      // A secret of which only Atlas knows may be a person's: a rotation names it, and a person deletes it. docs/accounts.md
      again: async (run) => {
        const first = await run();
        const stray = /no place for another secret: ([0-9a-f]{24}) was made/.exec(`${first.error}`)?.[1];
        const [account] = familyIn(shop);
        if (stray === undefined || account === undefined) return first;
        expect(shop.ledger.wasDelivered(stray)).toBe(false);
        shop.atlas.deleteSecret(account.clientId, stray);
        return run();
      },
      end: ({ record }, what) => {
        expect(breaches(), what).toEqual([]);
        const here = familyIn(shop);
        expect(here, what).toHaveLength(scenario.lasting);
        for (const { apiUserId, privateKey } of scenario.lasting === 1 ? record.delivered : []) {
          const held = expect.objectContaining({ id: apiUserId, secret: privateKey });
          expect(here[0]?.secrets, what).toContainEqual(held);
        }
      },
    };
  });
});

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
