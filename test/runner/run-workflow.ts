import { holds, interpolate, type Scope, type Status } from './expressions.ts';
import { JobContext, type JobOptions } from './job-context.ts';
import { type JobResult, runJob } from './run-job.ts';
import type { Step } from './step.ts';
import {
  type Combination,
  parseWorkflow,
  type Workflow,
  type WorkflowJob,
  type WorkflowStep,
} from './workflow-file.ts';

export interface WorkflowOptions extends Omit<JobOptions, 'contexts' | 'job' | 'workflow' | 'onLog'> {
  /** Where `uses: ./` and `uses: <owner>/atlas-project-api-key@<ref>` are found. Other actions are left out. */
  readonly actionFolder: string;
  /** Given to each use of our action on top of its `with`, to point it at a simulator. */
  readonly extraInputs?: Readonly<Record<string, string>>;
  readonly onLog?: (line: string, job: string) => void;
}

export interface WorkflowJobResult {
  readonly id: string;
  readonly matrix: Combination;
  readonly conclusion: Status | 'skipped';
  readonly run?: JobResult;
}

export interface WorkflowResult {
  readonly conclusion: Status;
  /** In the order of the file; a matrix gives one a combination. */
  readonly jobs: readonly WorkflowJobResult[];
}

/** A job of the file when all its combinations are done. */
interface Finished {
  readonly result: Status | 'skipped';
  readonly jobs: readonly WorkflowJobResult[];
}

const OURS = /^(?:\.\/?|[\w.-]+\/atlas-project-api-key@.+)$/;

/** Runs all jobs of a workflow, side by side where `needs` lets them. */
export async function runWorkflow(text: string, options: WorkflowOptions): Promise<WorkflowResult> {
  const workflow = parseWorkflow(text);
  const started = new Map<string, Promise<Finished>>();
  const start = (id: string): Promise<Finished> => {
    const job = workflow.jobs.find((candidate) => candidate.id === id);
    if (job === undefined) throw new Error(`needs: there is no job '${id}'`);
    const running = started.get(id) ?? finish(workflow, job, options, start);
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
  const needs = Object.fromEntries(needed.map(([id, { result }]) => [id, { result }]));
  const { onLog, env, extraInputs = {}, actionFolder, ...rest } = options;
  const folders = { workspace: '', temp: '', tools: '' };
  const scopeWith = (contexts: NonNullable<JobOptions['contexts']>): Scope => ({
    ...new JobContext({ ...rest, contexts: { needs, ...contexts } }, folders).scope({}),
    status: options.signal?.aborted ? 'cancelled' : needStatus(results),
  });
  if (!holds(job.if, scopeWith({})))
    return { result: 'skipped', jobs: [{ id: job.id, matrix: {}, conclusion: 'skipped' }] };
  const jobs = await Promise.all(
    job.matrix.map(async (matrix) => {
      const scope = scopeWith({ matrix });
      const own: Record<string, string> = {};
      for (const [name, value] of [workflow.env, job.env].flatMap((layer) => Object.entries(layer)))
        own[name] = interpolate(value, { ...scope, contexts: { ...scope.contexts, env: own } });
      const run = await runJob({
        ...rest,
        job: job.id,
        workflow: workflow.name,
        env: { ...own, ...env },
        contexts: { needs, matrix },
        steps: job.steps.map((step) => toStep(step, actionFolder, extraInputs)),
        onLog: (line) => onLog?.(line, job.id),
      });
      return { id: job.id, matrix, conclusion: run.conclusion, run };
    }),
  );
  return { result: combined(jobs.map(({ conclusion }) => conclusion)), jobs };
}

function toStep(
  step: WorkflowStep,
  actionFolder: string,
  extraInputs: Readonly<Record<string, string>>,
): Step {
  const { uses, run = '', with: inputs, ...common } = step;
  if (uses === undefined) return { ...common, run };
  const { shell: _, ...named } = { ...common, name: common.name ?? `Run ${uses}` };
  if (OURS.test(uses)) return { ...named, uses: actionFolder, with: { ...inputs, ...extraInputs } };
  return { ...named, run: ({ print }) => print(`${uses} is not run here`) };
}

function needStatus(results: readonly (Status | 'skipped')[]): Scope['status'] {
  if (results.every((result) => result === 'success')) return 'success';
  return results.includes('failure') ? 'failure' : 'skipped';
}

function combined(results: readonly (Status | 'skipped')[]): Status {
  if (results.includes('failure')) return 'failure';
  return results.includes('cancelled') ? 'cancelled' : 'success';
}
