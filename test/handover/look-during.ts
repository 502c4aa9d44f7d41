import type { Scene } from '../action/scene.ts';
import type { JobOptions } from '../runner/job.ts';
import type { JobResult } from '../runner/run-job.ts';
import type { StepResult } from '../runner/step.ts';

/** Runs a job of one use of the action and looks at something when main is over and post is not: while the job runs. */
export async function lookDuring<T>(
  scene: Scene,
  inputs: Readonly<Record<string, string>>,
  look: () => T,
  options?: JobOptions,
): Promise<JobResult & { readonly main: StepResult; readonly seen: T }> {
  const sights: T[] = [];
  const result = await scene.job([scene.step(inputs), { run: () => void sights.push(look()) }], options);
  const [main] = result.steps;
  if (main === undefined || sights.length === 0) throw new Error(`the action failed:\n${result.log}`);
  return { ...result, main, seen: sights[0] as T };
}
