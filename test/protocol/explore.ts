/**
 * Visits every schedule of a scene: depth first, each state once. A state is the world and where every run is, so
 * schedules that neither a run nor the world can tell apart are followed further only once.
 */
import { breachAfterwards, breachAtEnd } from './properties.ts';
import { type Scene, Stage, type State } from './stage.ts';

export interface Exploration {
  readonly states: number;
  /** How many schedules lead through these states to an end. */
  readonly schedules: number;
  readonly exhausted: boolean;
  /** Every breach that was found, each with the first schedule that leads to it. */
  readonly breaches: ReadonlyMap<string, string>;
}

/** Ends early where a time limit in milliseconds is given. */
export async function explore(scene: Scene, timeLimit = Number.POSITIVE_INFINITY): Promise<Exploration> {
  const until = performance.now() + timeLimit;
  const stage = new Stage(scene);
  /** How many schedules lead on from each state that was visited. */
  const visited = new Map<string, number>();
  const path: (() => string)[] = [];
  const breaches = new Map<string, string>();
  let isLate = false;

  const report = (breach: string | undefined): void => {
    if (breach === undefined || breaches.has(breach)) return;
    breaches.set(breach, path.map((tell, index) => `${index + 1}. ${tell()}`).join('\n'));
  };

  const afterwards = new Map<string, Promise<string | undefined>>();
  const breachOfEnd = async (state: State): Promise<string | undefined> => {
    const breach = breachAtEnd(state, scene);
    if (breach !== undefined) return breach;
    // What comes afterwards depends on nothing else.
    const name = JSON.stringify([state.world, state.runs.map(({ past }) => past)]);
    const known = afterwards.get(name) ?? breachAfterwards(state, scene, stage);
    afterwards.set(name, known);
    return known;
  };

  /** A short name for each long text. */
  const names = new Map<string, number>();
  const nameFor = (value: unknown): number => {
    const text = JSON.stringify(value);
    const known = names.get(text) ?? names.size;
    names.set(text, known);
    return known;
  };
  const nameOf = ({ world, runs, kills, faults, jumps, forgeries }: State): string => {
    const places = runs.map((run) => {
      if (!('at' in run)) return nameFor(run);
      const { at, ...rest } = run;
      return `${at.id}.${nameFor(rest)}`;
    });
    return [nameFor(world), ...places, kills, faults, jumps, forgeries].join(' ');
  };

  const visit = async (state: State): Promise<number> => {
    const name = nameOf(state);
    const known = visited.get(name);
    if (known !== undefined) return known;
    isLate ||= performance.now() > until;
    if (isLate) return 0;
    const transitions = await stage.transitionsOf(state);
    if (transitions.length === 0) report(await breachOfEnd(state));
    let schedules = transitions.length === 0 ? 1 : 0;
    for (const { tell, next, breach } of transitions) {
      path.push(tell);
      report(breach);
      schedules += await visit(next);
      path.pop();
    }
    visited.set(name, schedules);
    return schedules;
  };

  const schedules = await visit(await stage.beginning());
  return { states: visited.size, schedules, exhausted: !isLate, breaches };
}
