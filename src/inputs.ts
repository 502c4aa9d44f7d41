/**
 * The sole reader of inputs and environment. Pure: it sees only the environment it is handed, and the file
 * reader for the event's payload. The entry points mask `readSecrets` first, then read.
 */

import { warnOfUnroutable } from './inputs/access-list.ts';
import { findCredentials, readCredentials } from './inputs/credentials.ts';
import { type Environment, readInput } from './inputs/environment.ts';
import { readFields, readTimeout } from './inputs/fields.ts';
import { Findings } from './inputs/findings.ts';
import { InputError } from './inputs/input-error.ts';
import { explainMissingSecrets, type ReadFile } from './inputs/missing-secrets.ts';
import { makesKeys } from './inputs/mode-fit.ts';
import { buildRequest } from './inputs/modes.ts';
import { readRunIdentity } from './inputs/run-identity.ts';
import { readChoice } from './inputs/scalars.ts';
import { readSecrets } from './inputs/secrets.ts';
import { readService } from './inputs/service.ts';
import {
  type Credentials,
  JOB_STATUSES,
  type JobStatus,
  MODES,
  type Request,
  type RunIdentity,
  type Service,
} from './request.ts';
import { proxyFor } from './wire/proxy.ts';

export type { Environment } from './inputs/environment.ts';
export { InputError } from './inputs/input-error.ts';
export type { ReadFile } from './inputs/missing-secrets.ts';
export { readSecrets } from './inputs/secrets.ts';

/** What the main step works with. */
export interface Inputs {
  readonly request: Request;
  readonly credentials: Credentials;
  readonly service: Service;
  /** For all calls of the step together, in milliseconds. */
  readonly timeout: number;
  readonly run: RunIdentity;
  readonly warnings: readonly string[];
  readonly notices: readonly string[];
}

/** What the post step works with; which key, project and address it is about stands in the state. */
export interface PostInputs {
  readonly credentials: Credentials | undefined;
  /** Why there are no credentials, as a sentence; empty when there are. */
  readonly missing: string;
  /** How the job has gone so far. */
  readonly jobStatus: JobStatus | undefined;
  /** The proxy for an origin, as the environment names it; a `TypeError` when that is no address. */
  readonly proxyFor: (origin: string) => string | undefined;
  /** As `readSecrets` finds them. */
  readonly secrets: readonly string[];
}

/**
 * Reads and checks everything the main step is told.
 * @param readFile for the event's payload, which tells a fork's pull request; without it the hint is vaguer
 * @throws {InputError} with all problems at once
 */
export function readRequest(environment: Environment, readFile?: ReadFile): Inputs {
  const findings = new Findings(readSecrets(environment));
  const hint = explainMissingSecrets(environment, readFile);

  const mode = readChoice(environment, 'mode', MODES, findings);
  const { credentials, overwrittenByExport } = readCredentials(environment, hint, findings);
  const service = readService(environment, findings);
  const fields = readFields(environment, hint, findings);
  const timeout = readTimeout(environment, findings);
  const run = readRunIdentity(environment, findings);
  const request = mode && buildRequest(mode, fields, environment, findings);

  if (request !== undefined && makesKeys(request.mode) && fields.exportEnv && overwrittenByExport) {
    findings.problem(EXPORT_OVERWRITES_CALLER);
  }
  warnOfUnroutable(fields.accessList, service, findings);
  if (request === undefined || findings.problems.length > 0) throw new InputError(findings.problems);
  const { warnings, notices } = findings;
  return { request, credentials, service, timeout, run, warnings, notices };
}

/** Reads what the post step can still know. Never throws: inside composites its inputs may be another action's. */
export function readPostInputs(environment: Environment): PostInputs {
  const credentials = findCredentials(environment);
  const status = readInput(environment, 'jobStatus');
  return {
    credentials,
    missing: credentials === undefined ? NO_POST_CREDENTIALS : '',
    jobStatus: JOB_STATUSES.find((candidate) => candidate === status),
    proxyFor: (origin) => proxyFor(origin, environment),
    secrets: readSecrets(environment),
  };
}

const EXPORT_OVERWRITES_CALLER =
  "`exportEnv` would overwrite the variables that hold the caller's own key, and the post step would sign in as the new one: give the caller's key as `atlasPublicKey` and `atlasPrivateKey`.";

const NO_POST_CREDENTIALS =
  "The credentials for Atlas did not reach the post step: neither its inputs nor the environment hold a complete pair (inside composite actions the runner may lose inputs; set the job's `MONGODB_ATLAS_PUBLIC_API_KEY` and `MONGODB_ATLAS_PRIVATE_API_KEY` there).";
