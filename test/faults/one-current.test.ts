/** Meetings of more than two runs, and of a run and a person: test/protocol goes through all orders of two. */
import { describe, expect, it } from 'vitest';
import type { FaultRequest } from '../simulator/faults.ts';
import { violations } from './invariants.ts';
import { DESC, requestsFor } from './requests.ts';
import { openWorkshop, type Workshop } from './workshop.ts';

function plainKeys(shop: Workshop): number {
  return shop.atlas.keys().filter((key) => key.desc === DESC).length;
}

describe('exactly one current key', () => {
  it('is found by ensure although two rotations commit at that moment, and take their time', async () => {
    await using shop = await openWorkshop();
    const { ensure, rotate } = requestsFor(shop.groupId);
    const first = await shop.runMain(rotate());
    shop.atlas.clock.advance(5_000);
    const second = await shop.runMain(rotate());
    const lookedTwice = Promise.withResolvers<void>();
    const committed = Promise.withResolvers<void>();
    const isFirst = (request: FaultRequest) => request.caller === first.record.callerId;
    const lookOfEnsure = (request: FaultRequest) => request.method === 'GET' && !isFirst(request);
    let seen: unknown;
    shop.atlas.faults.add({
      // The first rotation's look whether others did the same.
      when: (request) => request.method === 'GET' && isFirst(request),
      skip: 1,
      run: async () => {
        shop.atlas.renameKey(second.record.delivered[0]?.apiUserId ?? '', DESC);
        shop.atlas.faults.add({
          when: lookOfEnsure,
          skip: 1,
          phase: 'after',
          run: () => lookedTwice.resolve(),
        });
        shop.atlas.faults.add({ when: lookOfEnsure, skip: 2, run: () => committed.promise });
        seen = shop.run(ensure());
        await lookedTwice.promise;
      },
    });
    await first.finish();
    committed.resolve();
    expect(await seen).toMatchObject({ outcome: { result: 'unchanged' } });
  });

  it('when an undecided key is committed just as another rotation thins it out', async () => {
    await using shop = await openWorkshop();
    const { ensure, rotate } = requestsFor(shop.groupId);
    await shop.run(ensure());
    shop.atlas.clock.advance(5_000);
    const first = await shop.runMain(rotate());
    shop.atlas.clock.advance(5_000);
    await shop.run(rotate(), { job: 'failure' });
    shop.atlas.clock.advance(5_000);
    const third = await shop.runMain(rotate(), {
      fault: {
        when: (request) => request.method === 'DELETE' && request.path.includes('/orgs/'),
        run: async () => {
          await first.finish();
        },
      },
    });
    expect(plainKeys(shop)).toBe(1);
    await third.finish();
    expect(plainKeys(shop)).toBe(1);
  });

  it('when a key of the family that somebody deleted by hand is still listed', async () => {
    await using shop = await openWorkshop({ settings: { deletedKeyLingersMs: 120_000 } });
    const { ensure, rotate } = requestsFor(shop.groupId);
    const { outcome } = await shop.run(ensure());
    shop.atlas.clock.advance(5_000);
    shop.atlas.deleteKey(outcome?.facts?.key.id ?? '');
    const run = await shop.run(rotate());
    expect(run.postError).toBeUndefined();
    const family = shop.atlas.keys().filter(({ desc }) => desc.startsWith(DESC));
    expect(family.map(({ id, desc }) => [id, desc])).toEqual([[run.record.delivered[0]?.apiUserId, DESC]]);
  });
});

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
