/**
 * One organisation with a project and an owner's key in an embedded Atlas, and this action, run from the
 * committed dist as the runner would run it.
 */
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { JobOptions } from '../runner/job.ts';
import { type JobResult, runJob } from '../runner/run-job.ts';
import type { ActionStep, Step, StepResult } from '../runner/step.ts';
import { type StartOptions, startSimulator } from '../simulator/server.ts';
import type { SimulatedKey, Simulator } from '../simulator/simulator.ts';

/** The folder with `action.yml`. */
export const ACTION = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

export interface Scene extends AsyncDisposable {
  readonly atlas: Simulator;
  readonly orgId: string;
  readonly groupId: string;
  /** The caller: an organisation owner's key unless `callerRoles` says otherwise. */
  readonly owner: SimulatedKey;
  /** The caller's inputs and the project's. */
  readonly inputs: Readonly<Record<string, string>>;
  /** A step that uses the action with these inputs over the scene's. */
  step(inputs: Readonly<Record<string, string>>, rest?: Partial<ActionStep>): ActionStep;
  /** Runs a job of one use of the action. */
  run(inputs: Readonly<Record<string, string>>, options?: JobOptions): Promise<Run>;
  /** Runs a job of several steps. */
  job(steps: readonly Step[], options?: JobOptions): Promise<JobResult>;
}

/** A job of one use of the action. */
export interface Run extends JobResult {
  readonly main: StepResult;
}

export interface SceneOptions extends StartOptions {
  /** Roles of the caller's key; a role of a project is given as `GROUP_…` and means the scene's project. */
  readonly callerRoles?: readonly string[];
  /** How its steps run: as processes by default. */
  readonly start?: JobOptions['start'];
}

export async function openScene({
  callerRoles = ['ORG_OWNER'],
  start,
  ...options
}: SceneOptions = {}): Promise<Scene> {
  const atlas = await startSimulator(options);
  const organization = atlas.addOrganization({ name: 'acme' });
  const project = atlas.addProject(organization, { name: 'shop' });
  const owner = atlas.addKey({
    orgId: organization.id,
    desc: 'the caller',
    roles: callerRoles.map((roleName) =>
      roleName.startsWith('ORG_') ? roleName : { roleName, groupId: project.id },
    ),
  });
  const inputs = {
    groupId: project.id,
    desc: 'deploy',
    roles: 'GROUP_READ_ONLY',
    atlasPublicKey: owner.publicKey,
    atlasPrivateKey: owner.privateKey,
    baseUrl: atlas.origin,
    timeout: '30s',
  };
  const authority = options.tls ? { NODE_EXTRA_CA_CERTS: atlas.authorityFile } : {};
  const job: Scene['job'] = async (steps, rest = {}) => {
    const result = await runJob({ ...rest, start, env: { ...authority, ...rest.env }, steps });
    // Real jobs are further apart: within one second a rotation would wait for its end.
    atlas.clock.advance(1_000);
    return result;
  };
  const step: Scene['step'] = (more, rest = {}) => ({ ...rest, uses: ACTION, with: { ...inputs, ...more } });
  return {
    atlas,
    orgId: organization.id,
    groupId: project.id,
    owner,
    inputs,
    step,
    job,
    run: async (more, rest) => {
      const result = await job([step(more)], rest);
      const [main] = result.steps;
      if (main === undefined) throw new Error('the job ran no step');
      return { ...result, main };
    },
    [Symbol.asyncDispose]: () => atlas.close(),
  };
}

/** The living keys but for the caller's: `desc` by id, in order of their making. */
export function keysBeside(scene: Scene): SimulatedKey[] {
  return scene.atlas.keys().filter((key) => key.id !== scene.owner.id);
}
