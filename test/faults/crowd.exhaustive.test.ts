/** Many processes of the dist at once against one Atlas: twenty where it is about one key, six for the variants. */
import { describe, expect, it } from 'vitest';
import type { Request } from '../../src/request.ts';
import type { SettingsInput } from '../simulator/settings.ts';
import { violations } from './invariants.ts';
import { type ProcessRun, runProcess } from './processes.ts';
import { DESC, requestsFor } from './requests.ts';
import { addBystanders } from './scenarios.ts';
import { leaks } from './secrets.ts';
import { openWorkshop, type Workshop } from './workshop.ts';

interface Weather {
  readonly settings: SettingsInput;
  /** How many at once. */
  readonly crowd: number;
}

const WEATHERS: Readonly<Record<string, Weather>> = {
  'a quick service': { settings: {}, crowd: 20 },
  'a slow service that lists deleted keys for ten seconds': {
    settings: { latencyMs: 60, deletedKeyLingersMs: 10_000 },
    crowd: 6,
  },
};
const FEW = 6;

describe.each(Object.entries(WEATHERS))('%s', { timeout: 90_000 }, (_, weather) => {
  const { settings } = weather;

  it(`ensure: ${weather.crowd} at once leave one key; one made it, the rest found it`, async () => {
    await using shop = await openWorkshop({ speed: 1, settings });
    const runs = await crowd(shop, weather.crowd, requestsFor(shop.groupId).ensure());
    const outputs = runs.map(({ result }) => result.steps[0]?.outputs ?? {});
    expect(outputs.map(({ result }) => result).toSorted()).toEqual([
      'created',
      ...Array<string>(weather.crowd - 1).fill('unchanged'),
    ]);
    expect(new Set(outputs.map(({ apiUserId }) => apiUserId)).size).toBe(1);
    expect(outputs.filter(({ privateKey }) => privateKey !== '')).toHaveLength(1);
    const current = { groupId: shop.groupId, desc: DESC, count: 1 };
    expect(violations(shop.atlas, shop.ledger, { current, swept: true })).toEqual([]);
  });

  it(`ephemeral: ${FEW} at once have a key each, and none lives on`, async () => {
    await using shop = await openWorkshop({ speed: 1, settings });
    const runs = await crowd(shop, FEW, requestsFor(shop.groupId).ephemeral());
    const ids = runs.flatMap(({ record }) => record.delivered.map(({ apiUserId }) => apiUserId));
    expect(new Set(ids).size).toBe(FEW);
    expect(ids.map((id) => shop.atlas.key(id)?.deletedAt)).not.toContain(undefined);
    expect(violations(shop.atlas, shop.ledger, { swept: true })).toEqual([]);
  });

  it.each([
    { commit: 'job', keepPrevious: 3, size: FEW },
    { commit: 'step', keepPrevious: 3, size: FEW },
    { commit: 'job', keepPrevious: 1, size: weather.crowd },
    { commit: 'step', keepPrevious: 1, size: FEW },
  ] as const)(
    'rotate: $size at once leave one current key and the previous ones (commit: $commit, keepPrevious: $keepPrevious)',
    async ({ commit, keepPrevious, size }) => {
      await using shop = await openWorkshop({ speed: 1, settings });
      const { ensure, rotate } = requestsFor(shop.groupId);
      await shop.run(ensure());
      shop.atlas.clock.advance(5_000);
      const runs = await crowd(shop, size, rotate({ commit, keepPrevious }));
      expect(runs.map(({ result }) => result.conclusion)).toEqual(runs.map(() => 'success'));

      const alive = shop.atlas.keys().filter(({ desc }) => desc.startsWith(DESC));
      expect(alive.length).toBeGreaterThan(keepPrevious);
      const held = runs.flatMap(({ record }) => record.delivered.map(({ apiUserId }) => apiUserId));
      expect(held).toContain(alive.find(({ desc }) => desc === DESC)?.id);
      const current = { groupId: shop.groupId, desc: DESC, count: 1 };
      expect(violations(shop.atlas, shop.ledger, { current, swept: true })).toEqual([]);
    },
  );
});

async function crowd(shop: Workshop, size: number, request: Request): Promise<ProcessRun[]> {
  const bystanders = addBystanders(shop);
  const runs = await Promise.all(Array.from({ length: size }, () => runProcess(shop, request)));
  expect(runs.flatMap(({ result }) => leaks(shop.atlas, result))).toEqual([]);
  expect(violations(shop.atlas, shop.ledger, { bystanders })).toEqual([]);
  return runs;
}
