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
  return new Search(scene, performance.now() + timeLimit).run();
}

class Search {
  readonly #scene: Scene;
  readonly #stage: Stage;
  readonly #until: number;
  /** How many schedules lead on from each state that was visited. */
  readonly #visited = new Map<string, number>();
  readonly #names = new Map<string, number>();
  readonly #path: (() => string)[] = [];
  readonly #afterwards = new Map<string, Promise<string | undefined>>();
  readonly #breaches = new Map<string, string>();
  #isLate = false;

  constructor(scene: Scene, until: number) {
    this.#scene = scene;
    this.#stage = new Stage(scene);
    this.#until = until;
  }

  async run(): Promise<Exploration> {
    const schedules = await this.#visit(await this.#stage.beginning());
    return {
      states: this.#visited.size,
      schedules,
      exhausted: !this.#isLate,
      breaches: this.#breaches,
    };
  }

  async #visit(state: State): Promise<number> {
    const name = this.#nameOf(state);
    const known = this.#visited.get(name);
    if (known !== undefined) return known;
    this.#isLate ||= performance.now() > this.#until;
    if (this.#isLate) return 0;
    const transitions = await this.#stage.transitionsOf(state);
    if (transitions.length === 0) this.#report(await this.#breachAtEnd(state));
    let schedules = transitions.length === 0 ? 1 : 0;
    for (const { tell, next, breach } of transitions) {
      this.#path.push(tell);
      this.#report(breach);
      schedules += await this.#visit(next);
      this.#path.pop();
    }
    this.#visited.set(name, schedules);
    return schedules;
  }

  async #breachAtEnd(state: State): Promise<string | undefined> {
    const breach = breachAtEnd(state, this.#scene);
    if (breach !== undefined) return breach;
    // What comes afterwards depends on nothing else.
    const name = JSON.stringify([state.world, state.runs.map(({ past }) => past)]);
    const known = this.#afterwards.get(name) ?? breachAfterwards(state, this.#scene, this.#stage);
    this.#afterwards.set(name, known);
    return known;
  }

  #report(breach: string | undefined): void {
    if (breach === undefined || this.#breaches.has(breach)) return;
    this.#breaches.set(breach, this.#path.map((tell, index) => `${index + 1}. ${tell()}`).join('\n'));
  }

  #nameOf({ world, runs, kills, faults, jumps, forgeries }: State): string {
    const places = runs.map((run) => {
      if (!('at' in run)) return this.#nameFor(JSON.stringify(run));
      const { at, ...rest } = run;
      return `${at.id}.${this.#nameFor(JSON.stringify(rest))}`;
    });
    return [this.#nameFor(JSON.stringify(world)), ...places, kills, faults, jumps, forgeries].join(' ');
  }

  #nameFor(text: string): number {
    const known = this.#names.get(text) ?? this.#names.size;
    this.#names.set(text, known);
    return known;
  }
}
