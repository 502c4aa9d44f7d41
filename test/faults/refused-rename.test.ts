import { expect, it } from 'vitest';
import { violations } from './invariants.ts';
import { requestsFor } from './requests.ts';
import { openWorkshop } from './workshop.ts';

it.each([
  { of: 'renameKey', call: 1, moment: 'after' },
  { of: 'deleteKey', call: 1, moment: 'before' },
  { of: 'deleteKey', call: 1, moment: 'after' },
] as const)(
  'a key whose last rename was refused is deleted although ensure is killed $moment $of $call',
  async (interruption) => {
    await using shop = await openWorkshop();
    const run = await shop.run(requestsFor(shop.groupId).ensure(), {
      interruption,
      fault: {
        when: ({ method }) => method === 'PATCH',
        // The project's PATCH; the organisation's is not tried after a missing role.
        action: { kind: 'error', code: 'NOT_GROUP_USER_ADMIN' },
      },
    });
    expect(run.record.main).toBe('killed');
    expect(violations(shop.atlas, shop.ledger)).toEqual([]);
  },
);
