/** Many runs at once against one Atlas: twenty of one process, for whom waiting costs nothing, and a few processes of the dist. */
import { describe, expect, it } from 'vitest';
import type { Request } from '../../src/request.ts';
import { violations } from './invariants.ts';
import { leaks, runProcess } from './processes.ts';
import { DESC, requestsFor } from './requests.ts';
import { addBystanders } from './scenarios.ts';
import { openWorkshop, type Workshop, type WorkshopOptions } from './workshop.ts';

interface Ended {
  readonly succeeded: boolean;
  readonly result: string | undefined;
  readonly apiUserId: string | undefined;
  readonly isHeld: boolean;
}

type Crowd = (shop: Workshop, request: Request) => Promise<Ended>;

const inProcess: Crowd = async (shop, request) => {
  const { record, outcome, error, postError } = await shop.run(request, { timeout: 600_000 });
  return {
    succeeded: error === undefined && postError === undefined,
    result: outcome?.result,
    apiUserId: record.delivered[0]?.apiUserId ?? outcome?.facts?.key.id,
    isHeld: record.delivered.length > 0,
  };
};

const asProcess: Crowd = async (shop, request) => {
  const { record, result } = await runProcess(shop, request);
  expect(leaks(shop.atlas, result)).toEqual([]);
  const { outputs } = result.steps[0] ?? {};
  return {
    succeeded: result.conclusion === 'success',
    result: outputs?.result,
    apiUserId: outputs?.apiUserId,
    isHeld: record.delivered.length > 0,
  };
};

const SLOW = { latencyMs: 60, deletedKeyLingersMs: 10_000 };
const ROTATIONS = ([1, 3] as const).flatMap((keepPrevious) =>
  (['job', 'step'] as const).map((commit) => ({ keepPrevious, commit })),
);

describe.each<[string, number, Crowd, typeof ROTATIONS, WorkshopOptions]>(
  // biome-ignore format: a table, one row a line
  [
    ['twenty runs at a quick service', 20, inProcess, ROTATIONS, { speed: 'leaps' }],
    ['twenty runs at a slow service that lists deleted keys for ten seconds', 20, inProcess, ROTATIONS, { speed: 'leaps', settings: SLOW }],
    ['six processes at such a slow service', 6, asProcess, ROTATIONS.slice(0, 1), { speed: 1, settings: SLOW }],
  ],
)('%s', { timeout: 90_000 }, (_, size, runOne, rotations, options) => {
  async function crowd(shop: Workshop, request: Request): Promise<Ended[]> {
    const bystanders = addBystanders(shop);
    const runs = await Promise.all(Array.from({ length: size }, () => runOne(shop, request)));
    expect(violations(shop.atlas, shop.ledger, { bystanders })).toEqual([]);
    return runs;
  }

  it('ensure: all at once leave one key; one made it, the rest found it', async () => {
    await using shop = await openWorkshop(options);
    const runs = await crowd(shop, requestsFor(shop.groupId).ensure());
    expect(runs.map(({ result }) => result).toSorted()).toEqual([
      'created',
      ...Array<string>(size - 1).fill('unchanged'),
    ]);
    expect(new Set(runs.map(({ apiUserId }) => apiUserId)).size).toBe(1);
    expect(runs.filter(({ isHeld }) => isHeld)).toHaveLength(1);
    const current = { groupId: shop.groupId, desc: DESC, count: 1 };
    expect(violations(shop.atlas, shop.ledger, { current, swept: true })).toEqual([]);
  });

  it('ephemeral: all at once have a key each, and none lives on', async () => {
    await using shop = await openWorkshop(options);
    const runs = await crowd(shop, requestsFor(shop.groupId).ephemeral());
    const ids = runs.map(({ apiUserId = '' }) => apiUserId);
    expect(new Set(ids).size).toBe(size);
    expect(ids.map((id) => shop.atlas.key(id)?.deletedAt)).not.toContain(undefined);
    expect(violations(shop.atlas, shop.ledger, { swept: true })).toEqual([]);
  });

  it.each(rotations)(
    'rotate: all at once leave one current key and the previous ones: %j',
    async ({ commit, keepPrevious }) => {
      await using shop = await openWorkshop(options);
      const { ensure, rotate } = requestsFor(shop.groupId);
      await shop.run(ensure());
      shop.atlas.clock.advance(5_000);
      const runs = await crowd(shop, rotate({ commit, keepPrevious }));
      expect(runs.map(({ succeeded }) => succeeded)).toEqual(runs.map(() => true));

      const alive = shop.atlas.keys().filter(({ desc }) => desc.startsWith(DESC));
      expect(alive.length).toBeGreaterThan(keepPrevious);
      const held = runs.map(({ apiUserId }) => apiUserId);
      expect(held).toContain(alive.find(({ desc }) => desc === DESC)?.id);
      const current = { groupId: shop.groupId, desc: DESC, count: 1 };
      expect(violations(shop.atlas, shop.ledger, { current, swept: true })).toEqual([]);
    },
  );
});
