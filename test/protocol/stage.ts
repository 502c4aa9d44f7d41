/** What may happen next: each call of each run, with what may befall it, and what the world does by itself. */
import { businessOf } from '../../src/business.ts';
import { readMark } from '../../src/keys/mark.ts';
import type { Outcome } from '../../src/keys/outcome.ts';
import { carryOut } from '../../src/modes.ts';
import type { JobStatus, Request } from '../../src/request.ts';
import { DESC } from '../faults/requests.ts';
import { GROUP_ID, nonceOf } from '../keys/described-keys.ts';
import { breachOfWrite } from './properties.ts';
import { type Entry, isUp, Moment, type Origin } from './run.ts';
import { type Answer, type Call, carryOutCall, describeKey, isWrite, thingsIn, type World } from './world.ts';

export interface Job {
  readonly name: string;
  readonly request: Request;
  /** How the job may end where main has succeeded; with `success` alone when left out. */
  readonly statuses?: readonly JobStatus[];
}

export interface Scene {
  readonly world: World;
  readonly jobs: readonly Job[];
  /** How many processes may be killed, each before or after any of its calls. */
  readonly kills?: number;
  /** Whether the machine of a killed one may be lost with it, so that there is no post. */
  readonly losesMachines?: boolean;
  /** How many calls may fail, whether they were carried out or not. */
  readonly faults?: number;
  /** By how many milliseconds time may jump, each once, in this order. */
  readonly jumps?: readonly number[];
  /** What somebody may write on any key of the project, once. */
  readonly forgeries?: readonly string[];
}

type Ended =
  | 'failed'
  /** `apiUserId`: of the key, or of the account's secret, that it gave to its job. */
  | { readonly result?: Outcome['result'] | undefined; readonly apiUserId?: string | undefined };

export interface Past {
  readonly entry: Entry;
  readonly main?: 'killed' | Ended;
  readonly status?: JobStatus;
  readonly post?: 'done' | 'failed' | 'killed' | 'lost';
  /** The keys that were there at the first call of a revoke. */
  readonly found?: World['keys'];
}

/** How often a run may wait for nothing before its time is up: ensure looks three times at what a commit explains. */
const WAITS = 4;

export type Run =
  | {
      readonly phase: 'main' | 'post';
      readonly past: Past;
      readonly at: Moment;
      /** The keys that were there when it began to wait. */
      readonly waitsSince?: string;
      /** The keys that were there when it last waited for nothing, and how often it did. */
      readonly waitedInVain?: { readonly keys: string; readonly times: number };
    }
  | { readonly phase: 'job' | 'over'; readonly past: Past };

export interface State {
  readonly world: World;
  readonly runs: readonly Run[];
  /** What the scene still has in store. */
  readonly kills: number;
  readonly faults: number;
  readonly jumps: number;
  readonly forgeries: number;
}

export interface Transition {
  readonly tell: () => string;
  readonly next: State;
  readonly breach?: string | undefined;
}

type Active = Extract<Run, { phase: 'main' | 'post' }>;

/** What only its own run sees, or what every world answers alike: it may as well happen before all else. */
const PRIVATE: readonly Call['name'][] = [
  'output',
  'readProject',
  'whoAmI',
  'currentAddress',
  'accounts.listProjects',
];

/** The create of a key, or of a secret: never sent twice. */
const CREATES: readonly Call['name'][] = ['createKey', 'accounts.create', 'accounts.createSecret'];

export const CALLER = 'caller';

function endOf(end: Moment['end']): Ended {
  if (end === undefined || 'error' in end || end.value.problem !== undefined) return 'failed';
  return { result: end.value.result, apiUserId: end.value.facts?.key.id ?? end.value.privateKey };
}

export class Stage {
  readonly #scene: Scene;
  readonly #firstMoments = new Map<string, Promise<Moment>>();

  constructor(scene: Scene) {
    this.#scene = scene;
  }

  async beginning(): Promise<State> {
    const { world, jobs, kills = 0, faults = 0, jumps = [], forgeries } = this.#scene;
    const entry: Entry = { phase: 'idle' };
    const runs = jobs.map(async ({ request }, index): Promise<Run> => {
      const at = await this.#first(`main ${index}`, {
        ...this.#originOf(index, world),
        entry,
        work: (step) => carryOut(step, request),
      });
      return { phase: 'main', past: { entry }, at };
    });
    return {
      world,
      runs: await Promise.all(runs),
      kills,
      faults,
      jumps: jumps.length,
      forgeries: forgeries === undefined ? 0 : 1,
    };
  }

  async transitionsOf(state: State): Promise<Transition[]> {
    const all: Transition[] = [];
    for (const [index, run] of state.runs.entries()) {
      const transitions = await this.#ofRun(state, run, index);
      if (transitions.length > 0 && this.#isPrivate(run)) return transitions;
      all.push(...transitions);
    }
    if (all.length === 0) all.push(...(await this.#ofWaiting(state)));
    return [...all, ...this.#ofTime(state), ...this.#ofOthers(state)];
  }

  #isPrivate(run: Run): boolean {
    if ('at' in run) return run.at.waiting.some(({ name }) => PRIVATE.includes(name));
    const { jumps, jobs } = this.#scene;
    return jumps === undefined && jobs.every(({ request }) => request.mode !== 'sweep');
  }

  async #ofRun(state: State, run: Run, index: number): Promise<Transition[]> {
    if (!('at' in run)) return run.phase === 'job' ? this.#ofJob(state, run, index) : [];
    const transitions: Transition[] = [];
    for (const call of run.at.waiting) {
      if (call.name !== 'pause') transitions.push(...(await this.#ofCall(state, run, index, call)));
      else if (run.waitsSince !== thingsIn(state.world)) {
        transitions.push(await this.#answer(state, run, index, call, { value: undefined }, 'goes on'));
      }
    }
    return transitions;
  }

  /** The call carried out and answered; or one of the ways in which that goes wrong. */
  async #ofCall(state: State, run: Active, index: number, call: Call): Promise<Transition[]> {
    const what = tellCall(call);
    if (call.name !== 'output' && isUp(call.budget, run.at.origin.startedAt, state.world.now)) {
      const late: Answer = call.name === 'store' ? { nobodyHasIt: true } : { error: 'timeout' };
      return [await this.#answer(state, run, index, call, late, `${what}, too late`)];
    }
    const { request, name } = this.#job(index);
    const { world, answer } = carryOutCall(state.world, call, name, DESC);
    const isFirst = request.mode === 'revoke' && run.past.found === undefined;
    const begun = isFirst ? { ...run, past: { ...run.past, found: state.world.keys } } : run;
    const after = { ...state, world };
    const breach = breachOfWrite(state, index, call, this.#scene);
    const done = await this.#answer(after, begun, index, call, answer, what);
    const transitions: Transition[] = [{ ...done, breach }];
    if (state.kills > 0) {
      const killed = (entry: Entry, when: string): Transition => ({
        tell: () => `${this.#nameOf(index, run)} ${what} and is killed ${when}`,
        next: {
          ...after,
          kills: state.kills - 1,
          runs: after.runs.with(index, this.#ended(run, 'killed', entry)),
        },
        breach,
      });
      if (isWrite(call)) transitions.push(killed(run.at.entry, 'before the answer'));
      const { saved, end } = await run.at.after(call, answer, world.now);
      for (const entry of end === undefined ? saved : saved.slice(0, -1)) {
        transitions.push(killed(entry, `when "${entry.phase}" is saved`));
      }
    }
    if (state.faults > 0 && call.name !== 'output') {
      const error = CREATES.includes(call.name) ? 'answerLost' : 'network';
      const failure: Answer = call.name === 'store' ? { nobodyHasIt: false } : { error };
      const failed = { ...state, faults: state.faults - 1 };
      transitions.push(await this.#answer(failed, begun, index, call, failure, `${what}, in vain`));
      if (isWrite(call) && 'value' in answer) {
        const told = `${what}, and the answer is lost`;
        const lost = await this.#answer({ ...failed, world }, begun, index, call, failure, told);
        transitions.push({ ...lost, breach });
      }
    }
    return transitions;
  }

  async #answer(
    state: State,
    run: Active,
    index: number,
    call: Call,
    answer: Answer,
    what: string,
  ): Promise<Transition> {
    const at = await run.at.after(call, answer, state.world.now);
    const { waitsSince: _, ...awake } = run;
    const waits = at.waiting.some(({ name }) => name === 'pause');
    const next: Run =
      at.end === undefined
        ? { ...awake, at, ...(waits && { waitsSince: thingsIn(state.world) }) }
        : this.#ended(run, at.end, at.entry);
    return {
      tell: () => `${this.#nameOf(index, run)} ${what}`,
      next: { ...state, runs: state.runs.with(index, next) },
    };
  }

  #ended({ phase, past }: Active, end: Moment['end'] | 'killed', entry: Entry): Run {
    const how = end === 'killed' ? end : endOf(end);
    return phase === 'main'
      ? { phase: 'job', past: { ...past, entry, main: how } }
      : { phase: 'over', past: { ...past, post: typeof how === 'object' ? 'done' : how } };
  }

  /** The job goes on and ends, as it may, and post follows. */
  async #ofJob(state: State, { past }: Run, index: number): Promise<Transition[]> {
    const { losesMachines = false, kills = 0 } = this.#scene;
    const { name, statuses = ['success'] } = this.#job(index);
    const possible: readonly JobStatus[] = typeof past.main === 'object' ? statuses : ['failure'];
    const transitions: Transition[] = [];
    for (const status of possible) {
      const next = await this.#postOf(state.world, { ...past, status }, index);
      transitions.push({
        tell: () => `the job of ${name} ends: ${status}`,
        next: { ...state, runs: state.runs.with(index, next) },
      });
    }
    const costs = past.main === 'killed' ? 0 : 1;
    if (losesMachines && kills > 0 && state.kills >= costs) {
      const lost: Run = { phase: 'over', past: { ...past, post: 'lost' } };
      transitions.push({
        tell: () => `the machine of ${name} is lost`,
        next: { ...state, kills: state.kills - costs, runs: state.runs.with(index, lost) },
      });
    }
    return transitions;
  }

  async #postOf(world: World, past: Past, index: number): Promise<Run> {
    const { entry, status } = past;
    const left = businessOf(entry, status);
    if (left === undefined) return { phase: 'over', past: { ...past, post: 'done' } };
    const at = await this.#first(`post ${index} ${status} ${world.now} ${JSON.stringify(entry)}`, {
      ...this.#originOf(index, world),
      entry,
      work: left.settle,
    });
    return at.end === undefined
      ? { phase: 'post', past, at }
      : this.#ended({ phase: 'post', past, at }, at.end, entry);
  }

  /** Nobody else can go on: those who wait do so in vain, at first for a while and then until their time is up. */
  async #ofWaiting(state: State): Promise<Transition[]> {
    const keys = thingsIn(state.world);
    const transitions: Transition[] = [];
    for (const [index, run] of state.runs.entries()) {
      if (!('at' in run)) continue;
      for (const call of run.at.waiting) {
        const times = run.waitedInVain?.keys === keys ? run.waitedInVain.times : 0;
        const isOver = times === WAITS;
        const answer: Answer = isOver ? { error: 'timeout' } : { value: undefined };
        const what = isOver ? 'waits until its time is up' : 'waits in vain';
        const waiting = { ...run, waitedInVain: { keys, times: times + 1 } };
        transitions.push(await this.#answer(state, waiting, index, call, answer, what));
      }
    }
    return transitions;
  }

  #ofTime(state: State): Transition[] {
    const { jumps = [] } = this.#scene;
    const jump = jumps[jumps.length - state.jumps];
    if (jump === undefined) return [];
    return [
      {
        tell: () => `${jump / 1000} seconds pass`,
        next: { ...state, jumps: state.jumps - 1, world: { ...state.world, now: state.world.now + jump } },
      },
    ];
  }

  #ofOthers(state: State): Transition[] {
    const { forgeries = [] } = this.#scene;
    if (state.forgeries === 0) return [];
    const { world } = state;
    const inProject = world.keys.filter(({ roles }) => roles.some(({ groupId }) => groupId === GROUP_ID));
    return inProject.flatMap((key) =>
      forgeries
        .filter((text) => text !== key.desc)
        .map((text) => ({
          tell: () => `somebody writes "${text}" on ${tellKey(key.id)}, which was "${key.desc}"`,
          next: {
            ...state,
            forgeries: state.forgeries - 1,
            world: describeKey(world, key.id, { desc: text, forged: true }, DESC),
          },
        })),
    );
  }

  /** How one more job goes that has the world to itself. */
  async alone(
    world: World,
    request: Request,
  ): Promise<{ readonly world: World; readonly main: Past['main'] }> {
    const name = `alone ${request.mode}`;
    const startedAt = world.now;
    let at = await this.#first(`${name} ${startedAt}`, {
      nonce: nonceOf(this.#scene.jobs.length + 1),
      caller: CALLER,
      startedAt,
      stores: false,
      entry: { phase: 'idle' },
      work: (step) => carryOut(step, request),
    });
    let now = world;
    let waited = 0;
    for (let call = at.waiting[0]; call !== undefined; call = at.waiting[0]) {
      if (call.name === 'pause') waited += 1;
      const done: { world: World; answer: Answer } =
        call.name === 'pause'
          ? { world: now, answer: waited > WAITS ? { error: 'timeout' } : { value: undefined } }
          : carryOutCall(now, call, name, DESC);
      now = done.world;
      at = await at.after(call, done.answer, now.now);
    }
    return { world: now, main: endOf(at.end) };
  }

  #job(index: number): Job {
    const job = this.#scene.jobs[index];
    if (job === undefined) throw new Error(`The scene has no job ${index}.`);
    return job;
  }

  #nameOf(index: number, { phase }: Run): string {
    return phase === 'post' ? `the post of ${this.#job(index).name}` : this.#job(index).name;
  }

  #originOf(index: number, { now }: World): Omit<Origin, 'entry' | 'work'> {
    const { request } = this.#job(index);
    const stores = 'handover' in request && request.handover.store !== undefined;
    return { nonce: nonceOf(index + 1), caller: CALLER, startedAt: now, stores };
  }

  #first(name: string, origin: Origin): Promise<Moment> {
    const known = this.#firstMoments.get(name) ?? Moment.first(origin);
    this.#firstMoments.set(name, known);
    return known;
  }
}

// How a schedule is told to a person.

/** The end of the id tells the keys of a scene apart. */
function tellKey(apiUserId: unknown): string {
  return `key ${String(apiUserId).slice(4, 8)}-${String(apiUserId).slice(-2)}`;
}

function tellAccount(clientId: unknown): string {
  return `account ${String(clientId).slice(14, 18)}`;
}

function tellDescription(desc: string): string {
  const mark = readMark(desc)?.mark;
  return mark === undefined ? `"${desc}"` : `${mark.state} (${mark.nonce.replace(/^0+/, '')})`;
}

function tellCall({ name, args }: Call): string {
  switch (name) {
    case 'renameKey': {
      const [{ apiUserId }, desc] = args as [{ apiUserId: string }, string];
      return `renames ${tellKey(apiUserId)} to ${tellDescription(desc)}`;
    }
    case 'createKey':
      return `makes a key, ${tellDescription((args[1] as { desc: string }).desc)}`;
    case 'deleteKey':
    case 'assignKey':
    case 'updateRoles':
    case 'unassignKey':
    case 'readOrganizationKey':
      return `${name} ${tellKey(args[1])}`;
    case 'store':
      return `stores ${tellKey(args[0])} as the secret`;
    case 'output':
      return `sets its outputs to ${tellKey(args[0])}`;
    case 'accounts.update':
      return `writes ${JSON.stringify(args[2])} on ${tellAccount(args[1])}`;
    case 'accounts.createSecret':
    case 'accounts.delete':
    case 'accounts.unassign':
      return `${name} of ${tellAccount(args[1])}`;
    case 'accounts.deleteSecret':
      return `${name} ${tellKey(args[2])} of ${tellAccount(args[1])}`;
    default:
      return name;
  }
}
