/**
 * Random histories for as long as one likes: `npm run soak`, with SOAK_RUNS, SOAK_SECONDS or SEED in the environment.
 */
import { searchHistories } from './histories.ts';

const { SOAK_RUNS, SOAK_SECONDS = '600', SEED } = process.env;
const started = performance.now();
const end = started + Number(SOAK_SECONDS) * 1000;
const most = SOAK_RUNS === undefined ? Number.POSITIVE_INFINITY : Number(SOAK_RUNS);
let seed = SEED === undefined ? Date.now() % 1_000_000_007 : Number(SEED);
let tried = 0;
console.log(`seed ${seed}`);
while (tried < most && performance.now() < end) {
  tried += await searchHistories({
    runs: Math.min(100, most - tried),
    seed,
    timeLimit: Math.max(1, end - performance.now()),
  });
  console.log(
    `${tried} histories hold, ${Math.round((performance.now() - started) / 1000)} s, last seed ${seed}`,
  );
  seed += 1;
}
