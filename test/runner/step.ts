/** What a step is, and what is left of it when it has run. */
import type { Annotation, RawLine, WorkflowCommand } from './console.ts';

interface StepCommon {
  readonly id?: string;
  readonly name?: string;
  /** As in a workflow; the default is `success()`. */
  readonly if?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Ends this step's process by SIGKILL. */
  readonly kill?: AbortSignal;
}

export interface ActionStep extends StepCommon {
  /** The folder with `action.yml`. */
  readonly uses: string;
  /** Texts may hold expressions; they are evaluated for main and again for post. */
  readonly with?: Readonly<Record<string, string>>;
  /** Ends the post step's process by SIGKILL. */
  readonly postKill?: AbortSignal;
}

export interface ScriptStep extends StepCommon {
  readonly run: string;
  /** The default is `bash -e {0}`. */
  readonly shell?: string;
}

/** A piece of the test itself, run where a shell step would be. */
export interface FunctionStep extends StepCommon {
  readonly run: (context: FunctionContext) => void | Promise<void>;
}

export interface FunctionContext {
  readonly env: Readonly<Record<string, string>>;
  /** The outputs of earlier steps by their ids. */
  readonly outputs: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Writes a line to the step's output: a workflow command is obeyed. */
  readonly print: (line: string) => void;
}

export type Step = ActionStep | ScriptStep | FunctionStep;

export type Outcome = 'success' | 'failure' | 'cancelled' | 'skipped';

export interface StepResult {
  readonly id?: string;
  readonly name: string;
  /** Nothing continues on an error here, so `conclusion` is always the same. */
  readonly outcome: Outcome;
  readonly conclusion: Outcome;
  readonly outputs: Readonly<Record<string, string>>;
  readonly state: Readonly<Record<string, string>>;
  /** What the step added to the environment of the later ones. */
  readonly exported: Readonly<Record<string, string>>;
  /** The summary as it is shown, masked; `rawSummary` is what the step wrote. */
  readonly summary: string;
  readonly rawSummary: string;
  /** The workflow commands that the runner obeyed, in order, unmasked. */
  readonly commands: readonly WorkflowCommand[];
  readonly annotations: readonly Annotation[];
  /** What the process wrote, unmasked: each line with its stream, and the same as one text. */
  readonly rawLines: readonly RawLine[];
  readonly rawLog: string;
  readonly log: string;
  readonly exitCode?: number;
  readonly signals: readonly NodeJS.Signals[];
  /** The process's time from start to exit. */
  readonly milliseconds: number;
}

/** What the log calls a step. */
export function nameOf(step: Step): string {
  if (step.name !== undefined) return step.name;
  if ('uses' in step) return `Run ${step.uses}`;
  return typeof step.run === 'string' ? `Run ${step.run.split('\n')[0] ?? ''}` : 'Run a function';
}
