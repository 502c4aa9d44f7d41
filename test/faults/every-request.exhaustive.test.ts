/**
 * Every mode, disturbed at every one of its calls in every way, then post, then the same step again. The process is
 * one that is killed by never going on (workshop.ts); stopped-processes.exhaustive.test.ts does the same with real ones.
 */
import { describe, expect } from 'vitest';
import { holdsAtEveryRequest } from './every-request.ts';
import { violations } from './invariants.ts';
import { DESC, requestsFor } from './requests.ts';
import { addBystanders, SCENARIOS } from './scenarios.ts';

const MONTH = 30 * 86_400_000;

describe.each(SCENARIOS)('$name', { timeout: 120_000 }, (scenario) => {
  holdsAtEveryRequest(scenario, (shop) => {
    const { atlas, ledger, groupId } = shop;
    const bystanders = addBystanders(shop);
    const current = { groupId, desc: DESC, count: scenario.lasting };
    return {
      breaches: () => violations(atlas, ledger, { bystanders }),
      // A key in the making whose machine is lost is waited for until its time is past.
      pause: (isOver) => (isOver ? 5_000 : 600_000),
      again: (run) => run(),
      end: async (_, what) => {
        expect(violations(atlas, ledger, { bystanders, current }), what).toEqual([]);
        atlas.clock.advance(MONTH);
        await shop.run(requestsFor(groupId).sweep());
        expect(violations(atlas, ledger, { bystanders, current, swept: true }), what).toEqual([]);
      },
    };
  });
});
