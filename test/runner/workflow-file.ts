/** A workflow file as a typed record; what this runner cannot do is refused here. */
import { parse } from 'yaml';
import type { Value } from './expressions.ts';
import { entries, type Fields, fields, optionalText, texts } from './yaml-fields.ts';

export interface Workflow {
  readonly name: string;
  /** Defaults of the inputs of `workflow_dispatch`. */
  readonly inputs: Readonly<Record<string, string>>;
  readonly env: Readonly<Record<string, string>>;
  readonly jobs: readonly WorkflowJob[];
}

export interface WorkflowJob {
  readonly id: string;
  readonly name: string;
  readonly needs: readonly string[];
  readonly if: string;
  readonly env: Readonly<Record<string, string>>;
  readonly outputs: Readonly<Record<string, string>>;
  /** A mapping, or an expression that makes one. */
  readonly matrix: Value;
  readonly failFast: boolean;
  readonly steps: readonly WorkflowStep[];
}

export interface WorkflowStep {
  readonly id?: string;
  readonly name?: string;
  readonly if?: string;
  readonly env: Readonly<Record<string, string>>;
  readonly continueOnError: boolean;
  readonly uses?: string;
  readonly with: Readonly<Record<string, string>>;
  readonly run?: string;
  readonly shell?: string;
  readonly workingDirectory?: string;
}

const WORKFLOW = ['name', 'run-name', 'on', 'permissions', 'env', 'defaults', 'concurrency', 'jobs'];
const JOB = [
  'name',
  'needs',
  'if',
  'runs-on',
  'environment',
  'permissions',
  'concurrency',
  'env',
  'defaults',
  'outputs',
];
const JOB_MORE = ['strategy', 'steps', 'timeout-minutes'];
const STEP = [
  'id',
  'name',
  'if',
  'env',
  'uses',
  'with',
  'run',
  'shell',
  'working-directory',
  'continue-on-error',
];

/** Reads a workflow's text. */
export function parseWorkflow(text: string): Workflow {
  const root = fields(parse(text), 'workflow', WORKFLOW);
  const preset = runDefaults(root.defaults);
  return {
    name: optionalText(root.name, 'name') ?? 'workflow',
    inputs: dispatchInputs(root.on),
    env: texts(root.env, 'env'),
    jobs: entries(root.jobs, 'jobs').map(([id, job]) => readJob(id, job, preset)),
  };
}

function readJob(id: string, value: unknown, preset: Fields): WorkflowJob {
  const place = `jobs.${id}`;
  const job = fields(value, place, [...JOB, ...JOB_MORE]);
  const strategy = fields(job.strategy ?? {}, `${place}.strategy`, ['matrix', 'fail-fast', 'max-parallel']);
  if (!Array.isArray(job.steps)) throw new Error(`${place}.steps: not a list`);
  const defaults = { ...preset, ...runDefaults(job.defaults) };
  return {
    id,
    name: optionalText(job.name, `${place}.name`) ?? id,
    needs: [job.needs ?? []].flat().map(String),
    if: optionalText(job.if, `${place}.if`) ?? 'success()',
    env: texts(job.env, `${place}.env`),
    outputs: texts(job.outputs, `${place}.outputs`),
    matrix: (strategy.matrix ?? null) as Value,
    failFast: strategy['fail-fast'] !== false,
    steps: job.steps.map((step, index) => readStep(step, `${place}.steps[${index}]`, defaults)),
  };
}

function readStep(value: unknown, place: string, defaults: Fields): WorkflowStep {
  const step = fields(value, place, [...STEP, 'timeout-minutes']);
  if ((step.uses === undefined) === (step.run === undefined))
    throw new Error(`${place}: neither uses nor run, or both`);
  const text = (key: string, fallback?: unknown): string | undefined =>
    optionalText(step[key] ?? fallback, `${place}.${key}`);
  return {
    ...optional({ id: text('id'), name: text('name'), if: text('if'), uses: text('uses'), run: text('run') }),
    ...optional({ shell: text('shell', defaults.shell) }),
    ...optional({ workingDirectory: text('working-directory', defaults['working-directory']) }),
    env: texts(step.env, `${place}.env`),
    with: texts(step.with, `${place}.with`),
    continueOnError: step['continue-on-error'] === true,
  };
}

function runDefaults(value: unknown): Fields {
  const { run = {} } = fields(value ?? {}, 'defaults', ['run']);
  return fields(run, 'defaults.run', ['shell', 'working-directory']);
}

function dispatchInputs(on: unknown): Record<string, string> {
  if (typeof on !== 'object' || on === null || Array.isArray(on)) return {};
  const [, dispatch] = entries(on, 'on').find(([event]) => event === 'workflow_dispatch') ?? [];
  const [, inputs] = entries(dispatch, 'on.workflow_dispatch').find(([key]) => key === 'inputs') ?? [];
  const presets = entries(inputs, 'inputs').map(([name, input]): [string, string] => {
    return [name, optionalText(fields(input, name).default, name) ?? ''];
  });
  return Object.fromEntries(presets);
}

/** Leaves out what is not there. */
function optional<T extends Record<string, string | undefined>>(record: T): { [K in keyof T]?: string } {
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: string;
  };
}
