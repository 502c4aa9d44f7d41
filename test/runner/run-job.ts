import type { Status } from './expressions.ts';
import { openJob } from './job.ts';
import type { JobOptions } from './job-context.ts';
import type { Step, StepResult } from './step.ts';

export interface JobResult {
  readonly conclusion: Status;
  /** The machine was lost: no post step ran. */
  readonly lost: boolean;
  readonly steps: readonly StepResult[];
  /** In the order they ran: the last registered first. */
  readonly post: readonly StepResult[];
  /** As another job gets them. */
  readonly outputs: Readonly<Record<string, string>>;
  /** Warnings of the runner about the job as a whole. */
  readonly warnings: readonly string[];
  /** The values that were masked in the end. */
  readonly masks: readonly string[];
  /** The logs of all steps, as a user sees them. */
  readonly log: string;
}

/** Runs a job from its first step to its last post step. */
export async function runJob({
  steps,
  ...options
}: JobOptions & { readonly steps: readonly Step[] }): Promise<JobResult> {
  await using job = await openJob(options);
  const results: StepResult[] = [];
  for (const step of steps) results.push(await job.runStep(step));
  const post = await job.runPosts();
  const warnings: string[] = [];
  const outputs = job.lost ? {} : job.outputs((warning) => warnings.push(warning));
  return {
    conclusion: job.lost ? 'failure' : job.status,
    lost: job.lost,
    steps: results,
    post,
    outputs,
    warnings,
    masks: job.masks.values,
    log: [...results, ...post].map(({ log }) => log).join(''),
  };
}
