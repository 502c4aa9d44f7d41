import type { Status } from './expressions.ts';
import { openJob } from './job.ts';
import type { JobOptions } from './job-context.ts';
import type { Step, StepResult } from './step.ts';

export interface JobResult {
  readonly conclusion: Status;
  readonly lost: boolean;
  readonly steps: readonly StepResult[];
  /** In the order they ran: the last registered first. */
  readonly post: readonly StepResult[];
  readonly masks: readonly string[];
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
  return {
    conclusion: job.lost ? 'failure' : job.status,
    lost: job.lost,
    steps: results,
    post,
    masks: job.masks.values,
    log: [...results, ...post].map(({ log }) => log).join(''),
  };
}
