import { DEFAULT_FACTS } from './environment.ts';
import { holds, interpolate, interpolateValue, type Scope, type Status, type Value } from './expressions.ts';
import type { JobOptions } from './job-context.ts';
import { type Combination, combinations } from './matrix.ts';
import { type JobResult, runJob } from './run-job.ts';
import type { Step } from './step.ts';
import { parseWorkflow, type Workflow, type WorkflowJob, type WorkflowStep } from './workflow-file.ts';

export interface WorkflowOptions
  extends Omit<JobOptions, 'contexts' | 'outputs' | 'job' | 'workflow' | 'onLog'> {
  /** Where `uses: ./` and `uses: <owner>/atlas-project-api-key@<ref>` are found. Other actions are left out. */
  readonly actionFolder: string;
  /** Given to each use of our action on top of its `with`, to point it at a simulator. */
  readonly extraInputs?: Readonly<Record<string, string>>;
  /** The inputs of `workflow_dispatch`. */
  readonly inputs?: Readonly<Record<string, string>>;
  readonly onLog?: (line: string, job: string) => void;
}

export interface WorkflowJobResult {
  readonly id: string;
  readonly matrix: Combination;
  readonly conclusion: Status | 'skipped';
  /** Absent for a job that was skipped. */
  readonly run?: JobResult;
}

export interface WorkflowResult {
  readonly conclusion: Status;
  /** In the order of the file; a matrix gives one a combination. */
  readonly jobs: readonly WorkflowJobResult[];
}

/** A job of the file when all its combinations are done, as `needs` shows it. */
interface Finished {
  readonly result: Status | 'skipped';
  readonly outputs: Readonly<Record<string, string>>;
  readonly jobs: readonly WorkflowJobResult[];
}

const OURS = /^(?:\.\/?|[\w.-]+\/atlas-project-api-key@.+)$/;

/** Runs all jobs of a workflow, side by side where `needs` lets them. */
export async function runWorkflow(text: string, options: WorkflowOptions): Promise<WorkflowResult> {
  const workflow = parseWorkflow(text);
  const started = new Map<string, Promise<Finished>>();
  const start = (id: string): Promise<Finished> => {
    const running = started.get(id) ?? finish(workflow, jobOf(workflow, id), options, start);
    started.set(id, running);
    return running;
  };
  const finished = await Promise.all(workflow.jobs.map(({ id }) => start(id)));
  return {
    conclusion: combined(finished.map(({ result }) => result)),
    jobs: finished.flatMap(({ jobs }) => jobs),
  };
}

async function finish(
  workflow: Workflow,
  job: WorkflowJob,
  options: WorkflowOptions,
  start: (id: string) => Promise<Finished>,
): Promise<Finished> {
  const needed = await Promise.all(job.needs.map(async (id) => [id, await start(id)] as const));
  const results = needed.map(([, { result }]) => result);
  const needs = Object.fromEntries(needed.map(([id, { result, outputs }]) => [id, { result, outputs }]));
  const scope = jobScope(
    workflow,
    options,
    { needs },
    options.signal?.aborted ? 'cancelled' : needStatus(results),
  );
  if (!holds(job.if, scope)) {
    return { result: 'skipped', outputs: {}, jobs: [{ id: job.id, matrix: {}, conclusion: 'skipped' }] };
  }
  const jobs = await runCombinations(workflow, job, options, scope);
  return {
    result: combined(jobs.map(({ conclusion }) => conclusion)),
    outputs: Object.assign({}, ...jobs.map(({ run }) => run?.outputs)),
    jobs,
  };
}

/** The combinations of a matrix run side by side; with `fail-fast` the first failure cancels the others. */
async function runCombinations(
  workflow: Workflow,
  job: WorkflowJob,
  options: WorkflowOptions,
  scope: Scope,
): Promise<WorkflowJobResult[]> {
  const all =
    job.matrix === null ? [{}] : combinations(evaluated(job.matrix, scope) as Record<string, Value>);
  const failed = new AbortController();
  const signal = AbortSignal.any([failed.signal, ...(options.signal === undefined ? [] : [options.signal])]);
  return Promise.all(
    all.map(async (matrix, index) => {
      const strategy = { 'job-index': index, 'job-total': all.length, 'fail-fast': job.failFast };
      const contexts = { ...scope.contexts, matrix, strategy };
      const run = await runJob({ ...jobOptions(workflow, job, options, { ...scope, contexts }), signal });
      if (run.conclusion === 'failure' && job.failFast) failed.abort();
      return { id: job.id, matrix, conclusion: run.conclusion, run };
    }),
  );
}

function jobOptions(
  workflow: Workflow,
  job: WorkflowJob,
  options: WorkflowOptions,
  scope: Scope,
): JobOptions & { steps: Step[] } {
  const { inputs, matrix, needs, strategy } = scope.contexts;
  const { onLog, env, extraInputs, actionFolder, ...rest } = options;
  return {
    ...rest,
    job: job.id,
    workflow: workflow.name,
    env: { ...environment([workflow.env, job.env], scope), ...env },
    contexts: { inputs: inputs ?? {}, matrix: matrix ?? {}, needs: needs ?? {}, strategy: strategy ?? {} },
    outputs: job.outputs,
    steps: job.steps.map((step) => toStep(step, actionFolder, extraInputs)),
    ...(onLog === undefined ? {} : { onLog: (line: string) => onLog(line, job.id) }),
  };
}

function toStep(
  step: WorkflowStep,
  actionFolder: string,
  extraInputs: Readonly<Record<string, string>> = {},
): Step {
  const { uses, run, with: inputs, shell, workingDirectory, ...common } = step;
  if (uses === undefined) {
    return {
      ...common,
      run: run ?? '',
      ...(shell === undefined ? {} : { shell }),
      ...(workingDirectory === undefined ? {} : { workingDirectory }),
    };
  }
  const name = common.name ?? `Run ${uses}`;
  if (OURS.test(uses)) return { ...common, name, uses: actionFolder, with: { ...inputs, ...extraInputs } };
  return { ...common, name, run: ({ print }) => print(`${uses} is not run here`) };
}

/** The contexts that the file's own expressions see outside of steps. */
function jobScope(
  { inputs: presets }: Workflow,
  { secrets = {}, vars = {}, inputs = {}, payload = {}, ...facts }: WorkflowOptions,
  contexts: Readonly<Record<string, Value>>,
  status: Scope['status'],
): Scope {
  const { repository, ref, event, sha } = { ...DEFAULT_FACTS, ...facts };
  const github = { repository, ref, event: payload, event_name: event, sha };
  const all = { github, secrets, vars, inputs: { ...presets, ...inputs }, env: {}, matrix: {}, strategy: {} };
  return { status, contexts: { ...all, ...contexts } };
}

function environment(
  layers: readonly Readonly<Record<string, string>>[],
  scope: Scope,
): Record<string, string> {
  const env: Record<string, string> = {};
  for (const layer of layers) {
    for (const [name, value] of Object.entries(layer)) {
      env[name] = interpolate(value, { ...scope, contexts: { ...scope.contexts, env } });
    }
  }
  return env;
}

/** A matrix with its expressions replaced, wherever they stand. */
function evaluated(value: Value, scope: Scope): Value {
  if (typeof value === 'string') return interpolateValue(value, scope);
  if (Array.isArray(value)) return value.map((entry: Value) => evaluated(entry, scope));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, evaluated(entry, scope)]));
}

function needStatus(results: readonly (Status | 'skipped')[]): Scope['status'] {
  if (results.every((result) => result === 'success')) return 'success';
  return results.includes('failure') ? 'failure' : 'skipped';
}

function combined(results: readonly (Status | 'skipped')[]): Status {
  if (results.includes('failure')) return 'failure';
  return results.includes('cancelled') ? 'cancelled' : 'success';
}

function jobOf({ jobs }: Workflow, id: string): WorkflowJob {
  const job = jobs.find((candidate) => candidate.id === id);
  if (job === undefined) throw new Error(`needs: there is no job '${id}'`);
  return job;
}
