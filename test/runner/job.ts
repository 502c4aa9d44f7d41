import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { attempt, runAction, runFunction, runScript, type Turn } from './attempt.ts';
import { JobContext, type JobOptions } from './job-context.ts';
import { type Manifest, readManifest } from './manifest.ts';
import {
  type ActionStep,
  type FunctionStep,
  nameOf,
  type ScriptStep,
  type Step,
  type StepResult,
} from './step.ts';

export type { JobOptions };

/** A post step that waits for the end of the job. */
export interface Post {
  readonly step: ActionStep;
  readonly manifest: Manifest;
  /** What main left; a test may change it. */
  readonly state: Map<string, string>;
}

/** Starts a job: a temporary folder, no step run yet. Dispose of it, or its folder stays. */
export async function openJob(options: JobOptions = {}): Promise<Job> {
  const root = await mkdtemp(join(tmpdir(), 'runner-'));
  const [workspace, temp, tools] = [join(root, 'workspace'), join(root, 'temp'), join(root, 'tools')];
  for (const folder of [workspace, temp, tools]) await mkdir(folder);
  await writeFile(join(temp, 'event.json'), JSON.stringify(options.payload ?? {}));
  return new Job(options, { workspace, temp, tools });
}

/** One job, step by step; `runJob` does it all at once. */
export class Job extends JobContext implements AsyncDisposable {
  /** Registered before main starts; they run from the last to the first. */
  readonly posts: Post[] = [];

  /** Runs one step. Of an action that is main, and its post is registered before. */
  async runStep(step: Step): Promise<StepResult> {
    return attempt(this, {
      step,
      condition: step.if ?? 'success()',
      kill: step.kill,
      act: (turn) => this.#act(step, turn),
    });
  }

  /** Runs one post step: inputs are evaluated anew, everything else comes from state. */
  async runPost({ step, manifest, state }: Post): Promise<StepResult> {
    const { id: _id, ...nameless } = step;
    const post = { ...nameless, name: `Post ${nameOf(step)}` };
    return attempt(this, {
      step: post,
      condition: manifest.runs.postIf,
      kill: step.postKill,
      act: async (turn) => {
        turn.state = state;
        await runAction(this, turn, { step: post, manifest }, manifest.runs.post ?? '');
      },
    });
  }

  /** Runs all post steps that wait, the last registered first. */
  async runPosts(): Promise<StepResult[]> {
    const results: StepResult[] = [];
    for (let post = this.posts.pop(); post !== undefined && !this.lost; post = this.posts.pop()) {
      results.push(await this.runPost(post));
    }
    return results;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await rm(join(this.folders.temp, '..'), { recursive: true, force: true, maxRetries: 3 });
  }

  async #act(step: Step, turn: Turn): Promise<void> {
    if (!('uses' in step)) {
      // TypeScript does not tell the two apart by the type of `run`.
      if (typeof step.run === 'string') await runScript(this, turn, step as ScriptStep);
      else await runFunction(this, turn, step as FunctionStep);
      return;
    }
    const manifest = await readManifest(step.uses);
    if (manifest.runs.post !== undefined) this.posts.push({ step, manifest, state: turn.state });
    await runAction(this, turn, { step, manifest }, manifest.runs.main);
  }
}
