/**
 * `npm run soak`, for as long as one likes: first sixty jobs at once in real time, for about four minutes; then half of
 * the time every schedule of the large scenes of test/protocol, then random histories, some of them of processes.
 * SOAK_SECONDS, SOAK_RUNS and SEED in the environment choose how many. With SOAK_SCENES, a part of their names, nothing
 * but those scenes is explored.
 */

import { explore } from '../protocol/explore.ts';
import { NOT_COVERED } from '../protocol/properties.ts';
import { LARGE, LARGE_ACCOUNTS, QUICK, QUICK_ACCOUNTS } from '../protocol/scenes.ts';
import { searchHistories } from './histories.ts';
import { runManyJobs } from './many-jobs.ts';

const { SOAK_RUNS, SOAK_SECONDS = '600', SOAK_SCENES, SEED } = process.env;
if (SOAK_SCENES === undefined) {
  await runManyJobs();
  console.log('sixty jobs at once: none failed, none left a key');
}
const started = performance.now();
const timeLimit = Number(SOAK_SECONDS) * 1000;
const holds = await exploreScenes(SOAK_SCENES, SOAK_SCENES === undefined ? timeLimit / 2 : timeLimit);
if (!holds) process.exitCode = 1;
if (SOAK_SCENES !== undefined) process.exit();
const end = started + timeLimit;
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
  tried += await searchHistories({
    runs: 5,
    seed,
    timeLimit: Math.max(1, end - performance.now()),
    by: 'processes',
  });
  console.log(
    `${tried} histories hold, ${Math.round((performance.now() - started) / 1000)} s, last seed ${seed}`,
  );
  seed += 1;
}

/**
 * Explores the scenes whose names contain this text, or all large ones, in milliseconds altogether; what one leaves the
 * others may use. Prints what was explored. Resolves with whether everything holds.
 */
async function exploreScenes(wanted: string | undefined, timeLimit: number): Promise<boolean> {
  // Some scenes of accounts have the name of one of keys.
  const scenes = [LARGE, LARGE_ACCOUNTS, ...(wanted === undefined ? [] : [QUICK, QUICK_ACCOUNTS])].flatMap(
    (named) => Object.entries(named),
  );
  const chosen = scenes.filter(([name]) => wanted === undefined || name.includes(wanted));
  const end = performance.now() + timeLimit;
  let holds = true;
  for (const [index, [name, scene]] of chosen.entries()) {
    const began = performance.now();
    const share = (end - began) / (chosen.length - index);
    const { states, schedules, exhausted, breaches } = await explore(scene, share);
    const seconds = ((performance.now() - began) / 1000).toFixed(1);
    const howMuch = exhausted ? 'all of them' : 'not all of them';
    console.log(`${name}: ${states} states, ${schedules} schedules, ${howMuch}, ${seconds} s`);
    for (const [breach, schedule] of breaches) {
      if (breach === NOT_COVERED) console.log('  With what docs/lifecycle.md does not cover.');
      else console.log(`  ${breach}\n${schedule.replace(/^/gm, '    ')}`);
      holds &&= breach === NOT_COVERED;
    }
  }
  return holds;
}
