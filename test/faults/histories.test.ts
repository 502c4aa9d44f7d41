import { expect, it } from 'vitest';
import { searchHistories } from './histories.ts';

const seed = Number(process.env.SEED ?? Date.now() % 1_000_000_007);

it('holds in random histories', { timeout: 150_000 }, async () => {
  expect(await searchHistories({ runs: 250, seed, timeLimit: 45_000 })).toBeGreaterThan(20);
});

it('holds in a few random histories of processes', { timeout: 150_000 }, async () => {
  expect(await searchHistories({ runs: 8, seed, timeLimit: 25_000, by: 'processes' })).toBeGreaterThan(0);
});
