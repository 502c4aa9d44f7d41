import { expect, it } from 'vitest';
import { searchHistories } from './histories.ts';

// The same histories every time: a pull request must not fail over another's luck. `npm run soak` looks for new ones,
// and test/protocol goes through every schedule of two.
const seed = Number(process.env.SEED ?? 20_261_122);

it('holds in random histories', { timeout: 150_000 }, async () => {
  expect(await searchHistories({ runs: 60, seed, timeLimit: 30_000 })).toBeGreaterThan(20);
});

it('holds in a random history of processes', { timeout: 150_000 }, async () => {
  expect(await searchHistories({ runs: 1, seed, by: 'processes' })).toBe(1);
});
