import { join } from 'node:path';
import type { Grace, runChild } from './child.ts';
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
  readonly payload?: Value;
  /** Debug logging, with `RUNNER_DEBUG`. */
  readonly debug?: boolean;
  readonly signal?: AbortSignal | undefined;
  /** The machine is lost: the running process dies at once and nothing follows, no post step either. */
  readonly lost?: AbortSignal | undefined;
  readonly grace?: Partial<Grace>;
  /** Runs the script of an action, in a process of its own by default. */
  readonly start?: typeof runChild | undefined;
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
  #failed = false;

  constructor(options: JobOptions, folders: Folders) {
    this.options = options;
    this.folders = folders;
    const { runId = DEFAULT_FACTS.runId, attempt = DEFAULT_FACTS.attempt, ...facts } = options;
    this.#facts = { ...DEFAULT_FACTS, ...pickFacts(facts), runId: String(runId), attempt: String(attempt) };
    for (const secret of [...Object.values(options.secrets ?? {}), this.#facts.token]) this.masks.add(secret);
  }

  /** How the job has gone so far. */
  get status(): Status {
    if (this.options.signal?.aborted) return 'cancelled';
    return this.#failed ? 'failure' : 'success';
  }

  /** Whether the machine was lost. */
  get lost(): boolean {
    return this.options.lost?.aborted ?? false;
  }

  /** Takes a step's result into account: later steps see what it exported, and whether it failed. */
  record(result: StepResult): void {
    if (result.outcome === 'failure') this.#failed = true;
    Object.assign(this.#exported, result.exported);
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
    return {
      ...machineEnvironment(process.env),
      ...stepEnvironment,
      ...runnerVariables(this.#facts, this.folders, this.options.debug ?? false),
      ...files,
    };
  }

  /** What expressions see, with `env` as it is for one step. */
  scope(env: Readonly<Record<string, string>>): Scope {
    const steps = this.results.flatMap(({ id, outputs, outcome, conclusion }): [string, Value][] =>
      id === undefined ? [] : [[id, { outputs, outcome, conclusion }]],
    );
    const { secrets = {}, vars = {}, contexts = {}, payload = {} } = this.options;
    return {
      status: this.status,
      contexts: {
        env,
        github: { ...githubFacts(this.#facts, this.folders), token: this.#facts.token, event: payload },
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

/** The run a job belongs to: one like any other. */
const DEFAULT_FACTS = {
  repository: 'octo-org/octo-repo',
  runId: '1658821493',
  attempt: '1',
  job: 'test',
  workflow: 'CI',
  event: 'push',
  actor: 'octocat',
  ref: 'refs/heads/main',
  sha: 'ffac537e6cbbf934b08745a378932722df287a53',
  apiUrl: 'https://api.github.com',
  serverUrl: 'https://github.com',
  /** `github.token`; a step gets it only when it asks. */
  token: '',
};

type RunFacts = Readonly<typeof DEFAULT_FACTS>;

export interface Folders {
  readonly workspace: string;
  readonly temp: string;
  readonly tools: string;
}

/** Of the machine's own environment only what programs need to run at all: tests must not depend on who runs them. */
const INHERITED = [
  ...['HOME', 'LANG', 'NODE_COMPILE_CACHE', 'NODE_V8_COVERAGE', 'PATH', 'TEMP', 'TMP', 'TMPDIR'],
  // Windows.
  ...['APPDATA', 'COMSPEC', 'LOCALAPPDATA', 'PATHEXT', 'PROGRAMDATA', 'PROGRAMFILES', 'SYSTEMDRIVE'],
  ...['SYSTEMROOT', 'USERPROFILE', 'WINDIR'],
];

function machineEnvironment(machine: NodeJS.ProcessEnv): Record<string, string> {
  const kept = Object.entries(machine).filter(([name]) => INHERITED.includes(name.toUpperCase()));
  return Object.fromEntries(kept.map(([name, value]) => [name.toUpperCase(), value ?? '']));
}

/** `GITHUB_*` and `RUNNER_*`, which no `env:` can change. */
function runnerVariables(facts: RunFacts, folders: Folders, debug: boolean): Record<string, string> {
  const prefixed = (prefix: string, record: Record<string, string>) =>
    Object.entries(record).map(([name, value]) => [`${prefix}_${name.toUpperCase()}`, value]);
  return {
    ...Object.fromEntries(prefixed('GITHUB', githubFacts(facts, folders))),
    ...Object.fromEntries(prefixed('RUNNER', runnerFacts(folders))),
    CI: 'true',
    GITHUB_ACTIONS: 'true',
    ...(debug ? { RUNNER_DEBUG: '1' } : {}),
  };
}

/** The `github` context, but for the token and the event. */
function githubFacts(facts: RunFacts, folders: Folders): Record<string, string> {
  const [owner = ''] = facts.repository.split('/');
  return {
    actor: facts.actor,
    api_url: facts.apiUrl,
    base_ref: '',
    event_name: facts.event,
    event_path: join(folders.temp, 'event.json'),
    graphql_url: `${facts.apiUrl}/graphql`,
    head_ref: '',
    job: facts.job,
    ref: facts.ref,
    ref_name: facts.ref.replace(/^refs\/(?:heads|tags)\//, ''),
    repository: facts.repository,
    repository_owner: owner,
    run_attempt: facts.attempt,
    run_id: facts.runId,
    run_number: '1',
    server_url: facts.serverUrl,
    sha: facts.sha,
    triggering_actor: facts.actor,
    workflow: facts.workflow,
    workspace: folders.workspace,
  };
}

function runnerFacts(folders: Folders): Record<string, string> {
  const systems: Readonly<Partial<Record<NodeJS.Platform, string>>> = {
    darwin: 'macOS',
    linux: 'Linux',
    win32: 'Windows',
  };
  return {
    arch: process.arch.toUpperCase(),
    environment: 'github-hosted',
    name: 'test runner',
    os: systems[process.platform] ?? process.platform,
    temp: folders.temp,
    tool_cache: folders.tools,
  };
}
