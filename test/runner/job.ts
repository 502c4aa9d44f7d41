import { randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import { type Grace, type Interruption, RUNNER_GRACE, runChild } from './child.ts';
import { StepConsole } from './console.ts';
import {
  DEFAULT_FACTS,
  type Folders,
  githubContext,
  machineEnvironment,
  type RunFacts,
  runnerContext,
  runnerVariables,
} from './environment.ts';
import { holds, interpolate, type Scope, type Status, type Value } from './expressions.ts';
import { type Manifest, readManifest } from './manifest.ts';
import { Masks } from './masks.ts';
import { scriptCommand } from './shells.ts';
import type { ActionStep, FunctionStep, Outcome, ScriptStep, Step, StepResult } from './step.ts';
import { type FileCommands, StepFiles } from './step-files.ts';

/** Everything about a job but its steps. All of it has a default. */
export interface JobOptions extends Partial<Omit<RunFacts, 'runId' | 'attempt'>> {
  readonly runId?: string | number;
  readonly attempt?: string | number;
  /** The job's `env:`. A `PATH` here replaces the machine's. */
  readonly env?: Readonly<Record<string, string>>;
  /** Masked from the start, as GitHub does. */
  readonly secrets?: Readonly<Record<string, string>>;
  readonly vars?: Readonly<Record<string, string>>;
  /** More contexts for expressions: `matrix`, `needs`, `strategy`, `inputs`. */
  readonly contexts?: Readonly<Record<string, Value>>;
  /** The job's outputs, as expressions. */
  readonly outputs?: Readonly<Record<string, string>>;
  /** The working directory of the steps; a new empty folder by default. */
  readonly workspace?: string;
  /** Debug logging, with `RUNNER_DEBUG`. */
  readonly debug?: boolean;
  /** The user cancels the run. */
  readonly signal?: AbortSignal | undefined;
  /** The machine is lost: the running process dies at once and nothing follows, no post step either. */
  readonly lost?: AbortSignal | undefined;
  readonly grace?: Partial<Grace>;
  /** Called with each line of the log as it appears. */
  readonly onLog?: (line: string) => void;
}

/** A post step that waits for the end of the job. */
export interface Post {
  readonly step: ActionStep;
  readonly manifest: Manifest;
  /** What main left; a test may change it. */
  readonly state: Map<string, string>;
}

/** Starts a job: a temporary folder, no step run yet. Dispose of it, or its folder stays. */
export async function openJob(options: JobOptions = {}): Promise<Job> {
  const root = await mkdtemp(join(tmpdir(), 'runner-'));
  const folders = {
    workspace: options.workspace ?? join(root, 'workspace'),
    temp: join(root, 'temp'),
    tools: join(root, 'tools'),
  };
  await Promise.all(Object.values(folders).map((folder) => mkdir(folder, { recursive: true })));
  await writeFile(join(folders.temp, 'event.json'), '{}');
  return new Job(options, root, folders);
}

/** One job: its steps run one after the other and share masks, environment and status. */
export class Job implements AsyncDisposable {
  readonly masks = new Masks();
  /** Registered before main starts; they run from the last to the first. */
  readonly posts: Post[] = [];
  readonly #options: JobOptions;
  readonly #root: string;
  readonly #folders: Folders;
  readonly #facts: RunFacts;
  readonly #results: StepResult[] = [];
  readonly #exported: Record<string, string> = {};
  readonly #path: string[] = [];
  #failed = false;

  /** Use `openJob`. */
  constructor(options: JobOptions, root: string, folders: Folders) {
    this.#options = options;
    this.#root = root;
    this.#folders = folders;
    const { runId = DEFAULT_FACTS.runId, attempt = DEFAULT_FACTS.attempt, ...facts } = options;
    this.#facts = { ...DEFAULT_FACTS, ...pickFacts(facts), runId: String(runId), attempt: String(attempt) };
    for (const secret of [...Object.values(options.secrets ?? {}), this.#facts.token]) this.masks.add(secret);
  }

  /** How the job has gone so far. */
  get status(): Status {
    if (this.#options.signal?.aborted) return 'cancelled';
    return this.#failed ? 'failure' : 'success';
  }

  get lost(): boolean {
    return this.#options.lost?.aborted ?? false;
  }

  /** Runs one step; an action's post is registered first. */
  async runStep(step: Step): Promise<StepResult> {
    return this.#attempt(step, step.if ?? 'success()', step.kill, async (turn) => {
      if ('uses' in step) {
        const manifest = await readManifest(step.uses);
        const state = new Map<string, string>();
        if (manifest.runs.post !== undefined) this.posts.push({ step, manifest, state });
        await this.#runAction({ step, manifest, state }, manifest.runs.main, turn);
      } else if (typeof step.run === 'function') await this.#runFunction(step as FunctionStep, turn);
      else await this.#runScript(step as ScriptStep, turn);
    });
  }

  /** Runs one post step: inputs are evaluated anew, identity comes from state. */
  async runPost(post: Post): Promise<StepResult> {
    const { step, manifest } = post;
    const { id: _id, ...anonymous } = step;
    const named = { ...anonymous, name: `Post ${nameOf(step)}` };
    return this.#attempt(named, manifest.runs.postIf, step.postKill, async (turn) => {
      await this.#runAction({ ...post, step: named }, manifest.runs.post ?? '', turn);
    });
  }

  /** Runs all post steps that wait, the last registered first. */
  async runPosts(): Promise<StepResult[]> {
    const results: StepResult[] = [];
    for (let post = this.posts.pop(); post !== undefined && !this.lost; post = this.posts.pop()) {
      results.push(await this.runPost(post));
    }
    return results;
  }

  /** The job's outputs as another job gets them: what is empty or holds masked text is dropped. */
  outputs(warn: (warning: string) => void = () => {}): Record<string, string> {
    const kept: Record<string, string> = {};
    for (const [name, template] of Object.entries(this.#options.outputs ?? {})) {
      const value = interpolate(template, this.#scope({}));
      if (this.masks.covers(value)) warn(`Skip output '${name}' since it may contain secret.`);
      else if (value !== '') kept[name] = value;
    }
    return kept;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await rm(this.#root, { recursive: true, force: true, maxRetries: 3 });
  }

  /** What all kinds of steps have in common: condition, files, cancellation, result. */
  async #attempt(
    step: Step,
    condition: string,
    kill: AbortSignal | undefined,
    run: (turn: Turn) => Promise<void>,
  ): Promise<StepResult> {
    const { signal, lost, debug = false, onLog = () => {} } = this.#options;
    const console = new StepConsole({ masks: this.masks, debug, onLog });
    const over = new AbortController();
    const cancelled = new AbortController();
    const turn: Turn = {
      console,
      files: await StepFiles.create(this.#folders.temp),
      env: {},
      state: new Map(),
      interruption: { cancel: cancelled.signal, kill: anySignal(kill, lost) },
      exitCode: undefined,
      milliseconds: 0,
      signals: [],
    };
    let outcome: Outcome = 'success';
    try {
      turn.env = this.#stepEnvironment(step);
      if (this.lost || !holds(condition, this.#scope(turn.env))) outcome = 'skipped';
      else {
        // A step that would run after a cancellation, too, is not stopped by it.
        const stop = (): void => {
          if (!holds(condition, this.#scope(turn.env))) cancelled.abort();
        };
        signal?.addEventListener('abort', stop, { signal: over.signal });
        await run(turn);
        if (turn.exitCode !== undefined && turn.exitCode !== 0) {
          // An action is expected to have said why itself.
          if (!('uses' in step))
            console.annotate('error', `Process completed with exit code ${turn.exitCode}.`);
          outcome = 'failure';
        }
      }
    } catch (error) {
      console.annotate('error', error instanceof Error ? error.message : String(error));
      outcome = 'failure';
    } finally {
      over.abort();
    }
    const written = await turn.files.read(console, this.masks);
    // However main ended: what it wrote by then is what post gets.
    for (const [name, value] of [...console.state, ...written.state]) turn.state.set(name, value);
    if (cancelled.signal.aborted) {
      console.annotate('error', 'The operation was canceled.');
      outcome = 'cancelled';
    } else if (console.failed && outcome === 'success') outcome = 'failure';
    return this.#conclude(step, outcome, turn, written);
  }

  #conclude(step: Step, outcome: Outcome, turn: Turn, written: FileCommands): StepResult {
    const { console, exitCode, milliseconds, signals } = turn;
    const conclusion = outcome === 'failure' && step.continueOnError === true ? 'success' : outcome;
    const result: StepResult = {
      ...(step.id === undefined ? {} : { id: step.id }),
      name: nameOf(step),
      outcome,
      conclusion,
      outputs: Object.fromEntries([...console.outputs, ...written.outputs]),
      state: Object.fromEntries([...console.state, ...written.state]),
      exported: Object.fromEntries(written.env),
      summary: written.summary,
      rawSummary: written.rawSummary,
      commands: console.commands,
      annotations: console.annotations,
      rawLines: console.raw,
      rawLog: console.raw.map(({ text }) => `${text}\n`).join(''),
      log: console.log.map((line) => `${line}\n`).join(''),
      ...(exitCode === undefined ? {} : { exitCode }),
      signals,
      milliseconds,
    };
    if (conclusion === 'failure') this.#failed = true;
    Object.assign(this.#exported, result.exported);
    this.#path.unshift(...written.path.toReversed());
    this.#results.push(result);
    return result;
  }

  async #runAction({ step, manifest, state }: Post, script: string, turn: Turn): Promise<void> {
    const inputs = this.#inputs(step, manifest, turn);
    const env = {
      ...this.#processEnvironment(turn),
      ...Object.fromEntries([...inputs].map(([name, value]) => [inputVariable(name), value])),
      ...Object.fromEntries([...state].map(([name, value]) => [`STATE_${name}`, value])),
      GITHUB_ACTION_PATH: resolve(step.uses),
    };
    turn.state = state;
    await this.#spawn(
      turn,
      process.execPath,
      [join(resolve(step.uses), script)],
      this.#folders.workspace,
      env,
    );
  }

  /** The inputs by the names they were written with; what is neither given nor preset arrives empty. */
  #inputs(step: ActionStep, manifest: Manifest, turn: Turn): Map<string, string> {
    const scope = this.#scope(turn.env);
    const given = Object.entries(step.with ?? {});
    const known = Object.keys(manifest.inputs).map((name) => name.toLowerCase());
    const unknown = given.map(([name]) => name).filter((name) => !known.includes(name.toLowerCase()));
    if (unknown.length > 0) {
      const valid = Object.keys(manifest.inputs).map((name) => `'${name}'`);
      turn.console.annotate(
        'warning',
        `Unexpected input(s) ${unknown.map((name) => `'${name}'`).join(', ')}, valid inputs are [${valid.join(', ')}]`,
      );
    }
    const inputs = new Map(given.map(([name, value]) => [name.toLowerCase(), interpolate(value, scope)]));
    for (const [name, { default: preset = '' }] of Object.entries(manifest.inputs)) {
      if (!inputs.has(name.toLowerCase())) inputs.set(name.toLowerCase(), interpolate(preset, scope));
    }
    return inputs;
  }

  async #runScript(step: ScriptStep, turn: Turn): Promise<void> {
    const { command, args, extension } = scriptCommand(step.shell);
    const file = join(this.#folders.temp, `${randomUUID()}${extension}`);
    const scope = this.#scope(turn.env);
    await writeFile(file, interpolate(step.run, scope));
    const folder = resolve(this.#folders.workspace, interpolate(step.workingDirectory ?? '.', scope));
    await this.#spawn(
      turn,
      command,
      args.map((arg) => arg.replace('{0}', file)),
      folder,
      this.#processEnvironment(turn),
    );
  }

  async #runFunction(step: FunctionStep, turn: Turn): Promise<void> {
    const started = performance.now();
    const outputs = Object.fromEntries(
      this.#results.flatMap(({ id, outputs }) => (id === undefined ? [] : [[id, outputs]])),
    );
    try {
      await step.run({
        env: this.#processEnvironment(turn),
        outputs,
        print: (line) => turn.console.take(line, 'stdout'),
        setOutput: (name, value) => turn.console.outputs.set(name, value),
      });
    } finally {
      turn.milliseconds = performance.now() - started;
    }
  }

  async #spawn(
    turn: Turn,
    command: string,
    args: readonly string[],
    cwd: string,
    env: Readonly<Record<string, string>>,
  ): Promise<void> {
    const { exitCode, milliseconds, signals } = await runChild({
      command,
      args,
      cwd,
      env,
      interruption: turn.interruption,
      grace: { ...RUNNER_GRACE, ...this.#options.grace },
      onLine: (line, stream) => turn.console.take(line, stream),
    });
    Object.assign(turn, { exitCode, milliseconds, signals });
  }

  /** The job's `env:`, what earlier steps exported, and the step's own, the later winning. */
  #stepEnvironment(step: Step): Record<string, string> {
    const env: Record<string, string> = { ...this.#options.env, ...this.#exported };
    for (const [name, value] of Object.entries(step.env ?? {}))
      env[name] = interpolate(value, this.#scope(env));
    return env;
  }

  #processEnvironment(turn: Turn): Record<string, string> {
    const env = { ...machineEnvironment(process.env), ...turn.env };
    return {
      ...env,
      PATH: [...this.#path, env.PATH ?? ''].join(delimiter),
      ...runnerVariables(this.#facts, this.#folders, this.#options.debug ?? false),
      ...turn.files.variables,
    };
  }

  #scope(env: Readonly<Record<string, string>>): Scope {
    const steps = this.#results.flatMap(({ id, outputs, outcome, conclusion }): [string, Value][] =>
      id === undefined ? [] : [[id, { outputs, outcome, conclusion }]],
    );
    const { secrets = {}, vars = {}, contexts = {} } = this.#options;
    return {
      status: this.status,
      contexts: {
        env,
        github: githubContext(this.#facts, this.#folders),
        inputs: {},
        job: { status: this.status },
        matrix: {},
        needs: {},
        runner: runnerContext(this.#folders),
        secrets: { GITHUB_TOKEN: this.#facts.token, ...secrets },
        steps: Object.fromEntries(steps),
        strategy: {},
        vars,
        ...contexts,
      },
    };
  }
}

/** A step while it runs. */
interface Turn {
  readonly console: StepConsole;
  readonly files: StepFiles;
  readonly interruption: Interruption;
  /** The `env` context. */
  env: Record<string, string>;
  /** What the step keeps for its post. */
  state: Map<string, string>;
  exitCode: number | undefined;
  milliseconds: number;
  signals: readonly NodeJS.Signals[];
}

function pickFacts(facts: Partial<RunFacts>): Partial<RunFacts> {
  const given = Object.entries(facts).filter(([name, value]) => name in DEFAULT_FACTS && value !== undefined);
  return Object.fromEntries(given);
}

function nameOf(step: Step): string {
  if (step.name !== undefined) return step.name;
  if ('uses' in step) return `Run ${step.uses}`;
  return typeof step.run === 'string' ? `Run ${step.run.split('\n')[0] ?? ''}` : 'Run a function';
}

/** `INPUT_<NAME>`: upper case, blanks to underscores, nothing else changed. */
function inputVariable(name: string): string {
  return `INPUT_${name.replaceAll(' ', '_').toUpperCase()}`;
}

function anySignal(...signals: readonly (AbortSignal | undefined)[]): AbortSignal {
  return AbortSignal.any(signals.filter((signal) => signal !== undefined));
}
