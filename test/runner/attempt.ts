import { randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { type ChildOptions, type ChildResult, type Interruption, RUNNER_GRACE, runChild } from './child.ts';
import { StepConsole } from './console.ts';
import { holds, interpolate } from './expressions.ts';
import type { JobContext } from './job-context.ts';
import type { Manifest } from './manifest.ts';
import {
  type ActionStep,
  type FunctionStep,
  nameOf,
  type Outcome,
  type ScriptStep,
  type Step,
  type StepResult,
} from './step.ts';
import { type FileCommands, StepFiles } from './step-files.ts';

export interface Plan {
  readonly step: Step;
  /** Its `if:`, or its action's `post-if:`. */
  readonly condition: string;
  readonly kill: AbortSignal | undefined;
  readonly act: (turn: Turn) => Promise<void>;
}

export interface Turn {
  readonly console: StepConsole;
  readonly files: StepFiles;
  readonly interruption: Interruption;
  env: Readonly<Record<string, string>>;
  /** What the step keeps for its post. */
  state: Map<string, string>;
  ended?: ChildResult;
}

/** What all kinds of steps have in common: condition, files, cancellation, result. Never throws. */
export async function attempt(context: JobContext, plan: Plan): Promise<StepResult> {
  const { debug = false, onLog = () => {}, lost } = context.options;
  const cancel = new AbortController();
  const kill = AbortSignal.any([plan.kill, lost].filter((signal) => signal !== undefined));
  const turn: Turn = {
    console: new StepConsole({ masks: context.masks, debug, onLog }),
    files: await StepFiles.create(context.folders.temp),
    interruption: { cancel: cancel.signal, kill },
    env: {},
    state: new Map(),
  };
  const outcome = await carryOut(context, plan, turn, cancel);
  const written = await turn.files.read(turn.console, context.masks);
  // However the process ended: what it wrote by then is what post gets.
  for (const [name, value] of [...turn.console.state, ...written.state]) turn.state.set(name, value);
  const result = resultOf(plan.step, outcome, turn, written);
  context.record(result);
  return result;
}

async function carryOut(
  context: JobContext,
  plan: Plan,
  turn: Turn,
  cancel: AbortController,
): Promise<Outcome> {
  const over = new AbortController();
  try {
    turn.env = context.stepEnvironment(plan.step);
    const due = (): boolean => !context.lost && holds(plan.condition, context.scope(turn.env));
    if (!due()) return 'skipped';
    // A cancellation asks the condition again: a step that runs in any case is not stopped.
    const stop = (): void => {
      if (!due()) cancel.abort();
    };
    context.options.signal?.addEventListener('abort', stop, { signal: over.signal });
    await plan.act(turn);
  } catch (error) {
    turn.console.annotate('error', error instanceof Error ? error.message : String(error));
    return 'failure';
  } finally {
    over.abort();
  }
  if (cancel.signal.aborted) {
    turn.console.annotate('error', 'The operation was canceled.');
    return 'cancelled';
  }
  const { exitCode = 0 } = turn.ended ?? {};
  // An action is expected to have said why itself.
  if (exitCode !== 0 && !('uses' in plan.step)) {
    turn.console.annotate('error', `Process completed with exit code ${exitCode}.`);
  }
  return exitCode === 0 ? 'success' : 'failure';
}

function resultOf(step: Step, outcome: Outcome, turn: Turn, written: FileCommands): StepResult {
  const { console, ended } = turn;
  const settled = console.failed && outcome === 'success' ? 'failure' : outcome;
  return {
    ...(step.id === undefined ? {} : { id: step.id }),
    name: nameOf(step),
    outcome: settled,
    conclusion: settled,
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
    ...(ended === undefined ? {} : { exitCode: ended.exitCode }),
    signals: ended?.signals ?? [],
    milliseconds: ended?.milliseconds ?? 0,
  };
}

// The kinds of steps: an action's script, a shell's script, a function of the test.

/** Runs an action's main or post script, with the inputs as they are now and the state that it kept. */
export async function runAction(
  context: JobContext,
  turn: Turn,
  { step, manifest }: { readonly step: ActionStep; readonly manifest: Manifest },
  script: string,
): Promise<void> {
  const env = {
    ...context.processEnvironment(turn.env, turn.files.variables),
    ...inputVariables(context, turn, step, manifest),
    ...Object.fromEntries([...turn.state].map(([name, value]) => [`STATE_${name}`, value])),
    GITHUB_ACTION_PATH: resolve(step.uses),
  };
  const args = [join(resolve(step.uses), script)];
  await run(
    context,
    turn,
    { command: process.execPath, args, env, orphansEnd: false },
    context.options.start,
  );
}

/** Runs a shell step's script from a file, as the runner does. */
export async function runScript(context: JobContext, turn: Turn, step: ScriptStep): Promise<void> {
  const file = join(context.folders.temp, randomUUID());
  await writeFile(file, interpolate(step.run, context.scope(turn.env)));
  if (step.shell !== undefined && step.shell !== 'node {0}')
    throw new Error(`shell: '${step.shell}' is not known here`);
  const [command, args] = step.shell === 'node {0}' ? [process.execPath, [file]] : ['bash', ['-e', file]];
  const env = context.processEnvironment(turn.env, turn.files.variables);
  await run(context, turn, { command, args, env, orphansEnd: true });
}

/** Runs a piece of the test itself. */
export async function runFunction(context: JobContext, turn: Turn, step: FunctionStep): Promise<void> {
  const outputs = context.results.flatMap(({ id, outputs }) =>
    id === undefined ? [] : [[id, outputs] as const],
  );
  await step.run({
    env: context.processEnvironment(turn.env, turn.files.variables),
    outputs: Object.fromEntries(outputs),
    print: (line) => turn.console.take(line, 'stdout'),
  });
}

type Program = Pick<ChildOptions, 'command' | 'args' | 'env' | 'orphansEnd'>;

async function run(context: JobContext, turn: Turn, program: Program, start = runChild): Promise<void> {
  turn.ended = await start({
    ...program,
    cwd: context.folders.workspace,
    interruption: turn.interruption,
    grace: { ...RUNNER_GRACE, ...context.options.grace },
    onLine: (line, stream) => turn.console.take(line, stream),
  });
}

/**
 * `INPUT_<NAME>`: upper case, blanks to underscores, nothing else changed. What is neither given nor preset arrives empty.
 */
function inputVariables(
  context: JobContext,
  turn: Turn,
  step: ActionStep,
  manifest: Manifest,
): Record<string, string> {
  const scope = context.scope(turn.env);
  const presets = Object.entries(manifest.inputs);
  const given = Object.entries(step.with ?? {});
  const known = presets.map(([name]) => name.toLowerCase());
  const unknown = given.filter(([name]) => !known.includes(name.toLowerCase()));
  if (unknown.length > 0) {
    const [unexpected, valid] = [unknown, presets].map((list) =>
      list.map(([name]) => `'${name}'`).join(', '),
    );
    turn.console.annotate('warning', `Unexpected input(s) ${unexpected}, valid inputs are [${valid}]`);
  }
  const merged = new Map([...presets, ...given].map(([name, value]) => [name.toLowerCase(), value]));
  return Object.fromEntries(
    [...merged].map(([name, value]) => [
      `INPUT_${name.replaceAll(' ', '_').toUpperCase()}`,
      interpolate(value, scope),
    ]),
  );
}
