/** A deleted key is listed and read for two more minutes. */
import { describe, expect, it } from 'vitest';
import type { Request } from '../../src/request.ts';
import { violations } from './invariants.ts';
import { DESC, requestsFor } from './requests.ts';
import { openWorkshop, type Run, type Workshop } from './workshop.ts';

const settings = { deletedKeyLingersMs: 120_000 };

/** Runs the requests one after the other, a few seconds apart, each of which has to end well and without a warning. */
async function runAll(shop: Workshop, ...requests: readonly Request[]): Promise<Run[]> {
  const runs: Run[] = [];
  for (const request of requests) {
    const run = await shop.run(request);
    expect(run.error).toBeUndefined();
    expect(run.postError).toBeUndefined();
    expect(run.outcome?.problem).toBeUndefined();
    expect(run.warnings).toEqual([]);
    runs.push(run);
    shop.atlas.clock.advance(3_000);
  }
  expect(violations(shop.atlas, shop.ledger, { swept: true })).toEqual([]);
  return runs;
}

function results(runs: readonly Run[]): (string | undefined)[] {
  return runs.map(({ outcome }) => outcome?.result);
}

describe('while deleted keys are still listed', () => {
  it('ensure makes a new key after a revoke, and does not take the ghost for it', async () => {
    await using shop = await openWorkshop({ settings });
    const { ensure, revoke } = requestsFor(shop.groupId);
    const runs = await runAll(shop, ensure(), revoke(), ensure(), ensure());
    expect(results(runs)).toEqual(['created', 'revoked', 'created', 'unchanged']);
    expect(runs[2]?.outcome?.facts?.key.id).not.toBe(runs[0]?.outcome?.facts?.key.id);
  });

  it('a second revoke finds nothing to change', async () => {
    await using shop = await openWorkshop({ settings });
    const { ensure, revoke } = requestsFor(shop.groupId);
    const runs = await runAll(shop, ensure(), revoke(), revoke());
    expect(runs.map(({ outcome }) => outcome?.changed)).toEqual([true, true, false]);
    const id = runs[0]?.outcome?.facts?.key.id ?? '';
    await runAll(shop, revoke({ key: { by: 'apiUserId', apiUserId: id } }));
  });

  it.each(['job', 'step'] as const)(
    'rotations one after the other report each retired key once (commit: %s)',
    async (commit) => {
      await using shop = await openWorkshop({ settings });
      const { rotate } = requestsFor(shop.groupId);
      const runs = await runAll(shop, ...Array.from({ length: 5 }, () => rotate({ commit })));
      const retired = runs.flatMap(({ outcome, settlement }) => [
        ...(outcome?.retired ?? []),
        ...(settlement?.commit?.retired ?? []),
      ]);
      expect(new Set(retired).size).toBe(3);
      expect(retired).toHaveLength(3);
      expect(shop.atlas.keys().filter(({ desc }) => desc.startsWith(DESC))).toHaveLength(2);
    },
  );

  it('ephemeral keys that are revoked stand in nobody’s way', async () => {
    await using shop = await openWorkshop({ settings });
    const { ephemeral, ensure, sweep } = requestsFor(shop.groupId);
    await runAll(shop, ephemeral({ ttl: 1_000 }), ephemeral({ ttl: 1_000 }), ensure(), sweep({ ttl: 1_000 }));
  });

  it('a sweep finds what an earlier one deleted, and calls it gone', async () => {
    await using shop = await openWorkshop({ settings });
    const { ephemeral, sweep } = requestsFor(shop.groupId);
    await shop.run(ephemeral({ ttl: 60_000 }), { lost: true });
    shop.atlas.clock.advance(3_600_000);
    const runs = await runAll(shop, sweep({ ttl: 60_000 }), sweep({ ttl: 60_000 }));
    expect(runs.map(({ outcome }) => outcome?.retired.length)).toEqual([1, 0]);
  });
});
