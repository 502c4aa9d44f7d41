import type { ChildResult, Interruption } from './child.ts';
import { StepConsole } from './console.ts';
import { holds } from './expressions.ts';
import type { JobContext } from './job-context.ts';
import { nameOf, type Outcome, type Step, type StepResult } from './step.ts';
import { type FileCommands, StepFiles } from './step-files.ts';

/** How a step comes to run. */
export interface Plan {
  readonly step: Step;
  /** Its `if:`, or its action's `post-if:`. */
  readonly condition: string;
  readonly kill: AbortSignal | undefined;
  readonly act: (turn: Turn) => Promise<void>;
}

/** A step while it runs. */
export interface Turn {
  readonly console: StepConsole;
  readonly files: StepFiles;
  readonly interruption: Interruption;
  /** The `env` context. */
  env: Readonly<Record<string, string>>;
  /** What the step keeps for its post. */
  state: Map<string, string>;
  /** How its process ended, if it had one. */
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
  context.record(result, written.path);
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
    conclusion: settled === 'failure' && step.continueOnError === true ? 'success' : settled,
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
