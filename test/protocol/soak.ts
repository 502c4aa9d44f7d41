/** The large scenes, for as long as there is time. */
import { explore } from './explore.ts';
import { NOT_COVERED } from './properties.ts';
import { LARGE, LARGE_ACCOUNTS, QUICK, QUICK_ACCOUNTS } from './scenes.ts';

/**
 * Explores the scenes whose names contain this text, or all large ones, in milliseconds altogether; what one leaves the
 * others may use. Prints what was explored. Resolves with whether everything holds.
 */
export async function exploreScenes(wanted: string | undefined, timeLimit: number): Promise<boolean> {
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
