import { delimiter } from 'node:path';
import type { Grace, runChild } from './child.ts';
import {
  DEFAULT_FACTS,
  type Folders,
  githubContext,
  machineEnvironment,
  type RunFacts,
  runnerFacts,
  runnerVariables,
} from './environment.ts';
import { interpolate, type Scope, type Status, type Value } from './expressions.ts';
import { Masks } from './masks.ts';
import type { Step, StepResult } from './step.ts';

/** Everything about a job but its steps. All of it has a default. */
export interface JobOptions extends Partial<Omit<RunFacts, 'runId' | 'attempt'>> {
  readonly runId?: string | number;
  readonly attempt?: string | number;
  /** The job's `env:`. A `PATH` here replaces the machine's. */
  readonly env?: Readonly<Record<string, string>>;
  /** Masked from the start, as GitHub does. */
  readonly secrets?: Readonly<Record<string, string>>;
  readonly vars?: Readonly<Record<string, string>>;
  /** More contexts for expressions: `matrix`, `needs`. */
  readonly contexts?: Readonly<Record<string, Value>>;
  /** The event's payload: `github.event`. */
  readonly payload?: Value;
  /** Debug logging, with `RUNNER_DEBUG`. */
  readonly debug?: boolean;
  /** The user cancels the run. */
  readonly signal?: AbortSignal | undefined;
  /** The machine is lost: the running process dies at once and nothing follows, no post step either. */
  readonly lost?: AbortSignal | undefined;
  readonly grace?: Partial<Grace>;
  /** Runs the script of an action, in a process of its own by default. */
  readonly start?: typeof runChild | undefined;
  /** Called with each line of the log as it appears. */
  readonly onLog?: (line: string) => void;
}

/** What the steps of a job share: masks, environment, results, and how the job has gone so far. */
export class JobContext {
  readonly masks = new Masks();
  readonly options: JobOptions;
  readonly folders: Folders;
  readonly results: StepResult[] = [];
  readonly #facts: RunFacts;
  readonly #exported: Record<string, string> = {};
  readonly #path: string[] = [];
  #failed = false;

  constructor(options: JobOptions, folders: Folders) {
    this.options = options;
    this.folders = folders;
    const { runId = DEFAULT_FACTS.runId, attempt = DEFAULT_FACTS.attempt, ...facts } = options;
    this.#facts = { ...DEFAULT_FACTS, ...pickFacts(facts), runId: String(runId), attempt: String(attempt) };
    for (const secret of [...Object.values(options.secrets ?? {}), this.#facts.token]) this.masks.add(secret);
  }

  get status(): Status {
    if (this.options.signal?.aborted) return 'cancelled';
    return this.#failed ? 'failure' : 'success';
  }

  get lost(): boolean {
    return this.options.lost?.aborted ?? false;
  }

  /** Takes a step's result into account: later steps see what it exported, and whether it failed. */
  record(result: StepResult, path: readonly string[]): void {
    if (result.conclusion === 'failure') this.#failed = true;
    Object.assign(this.#exported, result.exported);
    this.#path.unshift(...path.toReversed());
    this.results.push(result);
  }

  /** The job's `env:`, what earlier steps exported, and the step's own, the later winning. */
  stepEnvironment(step: Step): Record<string, string> {
    const env: Record<string, string> = { ...this.options.env, ...this.#exported };
    for (const [name, value] of Object.entries(step.env ?? {}))
      env[name] = interpolate(value, this.scope(env));
    return env;
  }

  /** The environment of a step's process, but for what an action's step alone gets. */
  processEnvironment(
    stepEnvironment: Readonly<Record<string, string>>,
    files: Readonly<Record<string, string>>,
  ): Record<string, string> {
    const env = { ...machineEnvironment(process.env), ...stepEnvironment };
    return {
      ...env,
      PATH: [...this.#path, env.PATH ?? ''].join(delimiter),
      ...runnerVariables(this.#facts, this.folders, this.options.debug ?? false),
      ...files,
    };
  }

  /** What expressions see, with `env` as it is for one step. */
  scope(env: Readonly<Record<string, string>>): Scope {
    const steps = this.results.flatMap(({ id, outputs, outcome, conclusion }): [string, Value][] =>
      id === undefined ? [] : [[id, { outputs, outcome, conclusion }]],
    );
    const { secrets = {}, vars = {}, contexts = {} } = this.options;
    return {
      status: this.status,
      contexts: {
        env,
        github: githubContext(this.#facts, this.folders, this.options.payload ?? {}),
        job: { status: this.status },
        matrix: {},
        needs: {},
        runner: runnerFacts(this.folders),
        secrets: { GITHUB_TOKEN: this.#facts.token, ...secrets },
        steps: Object.fromEntries(steps),
        vars,
        ...contexts,
      },
    };
  }
}

function pickFacts(facts: Partial<RunFacts>): Partial<RunFacts> {
  const given = Object.entries(facts).filter(([name, value]) => name in DEFAULT_FACTS && value !== undefined);
  return Object.fromEntries(given);
}
