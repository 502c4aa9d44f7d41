import { expect, it } from 'vitest';
import { searchHistories } from './histories.ts';

it('holds in random histories', { timeout: 120_000 }, async () => {
  const seed = Number(process.env.SEED ?? Date.now() % 1_000_000_007);
  expect(await searchHistories({ runs: 200, seed, timeLimit: 60_000 })).toBeGreaterThan(20);
});
