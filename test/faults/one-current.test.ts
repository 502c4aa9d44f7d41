import { describe, expect, it } from 'vitest';
import type { FaultRequest } from '../simulator/faults.ts';
import { DESC, requestsFor } from './requests.ts';
import { openWorkshop, type Workshop } from './workshop.ts';

function plainKeys(shop: Workshop): number {
  return shop.atlas.keys().filter((key) => key.desc === DESC).length;
}

const isRename = (request: FaultRequest): boolean => request.method === 'PATCH';

describe('exactly one current key', () => {
  it('when a rotation is committed while ensure tries its new key', async () => {
    await using shop = await openWorkshop();
    const { ensure, rotate } = requestsFor(shop.groupId);
    const run = await shop.run(ensure(), {
      // The request that ends its making; by now it has seen that nobody else makes a key.
      fault: {
        when: isRename,
        run: async () => {
          await shop.run(rotate({ commit: 'step' }));
        },
      },
    });
    expect(run.outcome?.result).toBe('created');
    expect(plainKeys(shop)).toBe(1);
  });

  it('when post ends the making long after its time, and another ensure makes one just then', async () => {
    await using shop = await openWorkshop();
    const { ensure } = requestsFor(shop.groupId);
    const killed = await shop.runMain(ensure(), {
      interruption: { of: 'renameKey', call: 1, moment: 'before' },
    });
    expect(killed.record.delivered).toHaveLength(1);
    shop.atlas.clock.advance(3_600_000);

    const otherRenames = Promise.withResolvers<void>();
    const postIsDone = Promise.withResolvers<void>();
    let other: Promise<unknown> | undefined;
    shop.atlas.faults.add({
      when: (request) => isRename(request) && request.caller === killed.record.callerId,
      run: async () => {
        other = shop.run(ensure(), {
          fault: {
            when: isRename,
            run: async () => {
              otherRenames.resolve();
              await Promise.race([postIsDone.promise, new Promise((resolve) => setTimeout(resolve, 200))]);
            },
          },
        });
        await otherRenames.promise;
      },
    });
    await killed.finish();
    postIsDone.resolve();
    await other;
    expect(plainKeys(shop)).toBe(1);
    expect((await shop.run(ensure())).outcome?.result).toBe('unchanged');
  });

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
});
