/** A workflow file as a typed record; what this runner cannot do is refused here. */
import { parse } from 'yaml';
import type { Value } from './expressions.ts';
import { entries, fields, optionalText, texts } from './yaml-fields.ts';

export interface Workflow {
  readonly name: string;
  readonly env: Readonly<Record<string, string>>;
  readonly jobs: readonly WorkflowJob[];
}

export interface WorkflowJob {
  readonly id: string;
  readonly needs: readonly string[];
  readonly if: string;
  readonly env: Readonly<Record<string, string>>;
  /** All combinations; one without a value where there is no matrix. */
  readonly matrix: readonly Combination[];
  readonly steps: readonly WorkflowStep[];
}

export type Combination = Readonly<Record<string, Value>>;

export interface WorkflowStep {
  readonly id?: string;
  readonly name?: string;
  readonly if?: string;
  readonly env: Readonly<Record<string, string>>;
  readonly uses?: string;
  readonly with: Readonly<Record<string, string>>;
  readonly run?: string;
  readonly shell?: string;
}

const WORKFLOW = 'name on permissions env concurrency jobs'.split(' ');
const JOB = 'needs if runs-on environment permissions concurrency env strategy steps timeout-minutes'.split(
  ' ',
);
const STEP = 'id name if env uses with run shell'.split(' ');

/** Reads a workflow's text. */
export function parseWorkflow(text: string): Workflow {
  const root = fields(parse(text), 'workflow', WORKFLOW);
  return {
    name: optionalText(root.name, 'name') ?? 'workflow',
    env: texts(root.env, 'env'),
    jobs: entries(root.jobs, 'jobs').map(([id, job]) => readJob(id, job)),
  };
}

function readJob(id: string, value: unknown): WorkflowJob {
  const place = `jobs.${id}`;
  const job = fields(value, place, JOB);
  if (!Array.isArray(job.steps)) throw new Error(`${place}.steps: not a list`);
  return {
    id,
    needs: [job.needs ?? []].flat().map(String),
    if: optionalText(job.if, `${place}.if`) ?? 'success()',
    env: texts(job.env, `${place}.env`),
    matrix: combinations(job.strategy, `${place}.strategy`),
    steps: job.steps.map((step, index) => readStep(step, `${place}.steps[${index}]`)),
  };
}

/** Axes alone, in GitHub's order; and none that the first failure cancels, which is what GitHub does unless told otherwise. */
function combinations(value: unknown, place: string): readonly Combination[] {
  if (value === undefined) return [{}];
  const strategy = fields(value, place, ['matrix', 'fail-fast']);
  if (strategy['fail-fast'] !== false) throw new Error(`${place}: only fail-fast: false is known here`);
  let found: Combination[] = [{}];
  for (const [name, values] of entries(strategy.matrix, `${place}.matrix`)) {
    if (!Array.isArray(values) || name === 'include' || name === 'exclude')
      throw new Error(`${place}.matrix.${name}: only lists of values are known here`);
    found = found.flatMap((combination) => values.map((one: Value) => ({ ...combination, [name]: one })));
  }
  return found;
}

function readStep(value: unknown, place: string): WorkflowStep {
  const step = fields(value, place, STEP);
  if ((step.uses === undefined) === (step.run === undefined))
    throw new Error(`${place}: neither uses nor run, or both`);
  const given = ['id', 'name', 'if', 'uses', 'run', 'shell'].flatMap((key) => {
    const text = optionalText(step[key], `${place}.${key}`);
    return text === undefined ? [] : [[key, text]];
  });
  return {
    ...Object.fromEntries(given),
    env: texts(step.env, `${place}.env`),
    with: texts(step.with, `${place}.with`),
  };
}
