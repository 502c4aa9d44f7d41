/** Twenty processes of the dist at once against one Atlas. */
import { describe, expect, it } from 'vitest';
import type { Request } from '../../src/request.ts';
import type { SettingsInput } from '../simulator/settings.ts';
import { violations } from './invariants.ts';
import { type ProcessRun, runProcess } from './processes.ts';
import { DESC, requestsFor } from './requests.ts';
import { addBystanders } from './scenarios.ts';
import { leaks } from './secrets.ts';
import { openWorkshop, type Workshop } from './workshop.ts';

const CROWD = 20;
const WEATHERS: Readonly<Record<string, SettingsInput>> = {
  'a quick service': {},
  'a slow service that lists deleted keys for ten seconds': { latencyMs: 60, deletedKeyLingersMs: 10_000 },
};

describe.each(Object.entries(WEATHERS))('%s', (_, settings) => {
  it('ensure: twenty at once leave one key; one made it, the rest found it', {
    timeout: 90_000,
  }, async () => {
    await using shop = await openWorkshop({ speed: 1, settings });
    const runs = await crowd(shop, requestsFor(shop.groupId).ensure());
    const outputs = runs.map(({ result }) => result.steps[0]?.outputs ?? {});
    expect(outputs.map(({ result }) => result).toSorted()).toEqual([
      'created',
      ...Array<string>(CROWD - 1).fill('unchanged'),
    ]);
    expect(new Set(outputs.map(({ apiUserId }) => apiUserId)).size).toBe(1);
    expect(outputs.filter(({ privateKey }) => privateKey !== '')).toHaveLength(1);
    const current = { groupId: shop.groupId, desc: DESC, count: 1 };
    expect(violations(shop.atlas, shop.ledger, { current, swept: true })).toEqual([]);
  });

  it('ephemeral: twenty at once have a key each, and none lives on', { timeout: 90_000 }, async () => {
    await using shop = await openWorkshop({ speed: 1, settings });
    const runs = await crowd(shop, requestsFor(shop.groupId).ephemeral());
    const ids = runs.flatMap(({ record }) => record.delivered.map(({ apiUserId }) => apiUserId));
    expect(new Set(ids).size).toBe(CROWD);
    expect(ids.map((id) => shop.atlas.key(id)?.deletedAt)).not.toContain(undefined);
    expect(violations(shop.atlas, shop.ledger, { swept: true })).toEqual([]);
  });

  it.each([
    { commit: 'job', keepPrevious: 10 },
    { commit: 'step', keepPrevious: 10 },
    { commit: 'job', keepPrevious: 1 },
    { commit: 'step', keepPrevious: 1 },
  ] as const)(
    'rotate: twenty at once leave one current key and the previous ones (commit: $commit, keepPrevious: $keepPrevious)',
    { timeout: 90_000 },
    async ({ commit, keepPrevious }) => {
      await using shop = await openWorkshop({ speed: 1, settings });
      const { ensure, rotate } = requestsFor(shop.groupId);
      await shop.run(ensure());
      shop.atlas.clock.advance(5_000);
      const runs = await crowd(shop, rotate({ commit, keepPrevious }));
      // With more open at once than are kept, a key may go while its job runs: docs/lifecycle.md.
      const failed = runs.filter(({ result }) => result.conclusion !== 'success');
      for (const { result } of failed) expect(result.log).toContain('is no longer in use');
      expect(failed.length).toBeLessThan(CROWD - keepPrevious);

      const alive = shop.atlas.keys().filter(({ desc }) => desc.startsWith(DESC));
      expect(alive.length).toBeGreaterThan(keepPrevious);
      const holders = runs.filter(({ result }) => result.conclusion === 'success');
      const held = holders.flatMap(({ record }) => record.delivered.map(({ apiUserId }) => apiUserId));
      expect(held).toContain(alive.find(({ desc }) => desc === DESC)?.id);
      const current = { groupId: shop.groupId, desc: DESC, count: 1 };
      expect(violations(shop.atlas, shop.ledger, { current, swept: true })).toEqual([]);
    },
  );
});

async function crowd(shop: Workshop, request: Request): Promise<ProcessRun[]> {
  const bystanders = addBystanders(shop);
  const runs = await Promise.all(Array.from({ length: CROWD }, () => runProcess(shop, request)));
  expect(runs.flatMap(({ result }) => leaks(shop.atlas, result))).toEqual([]);
  expect(violations(shop.atlas, shop.ledger, { bystanders })).toEqual([]);
  return runs;
}
