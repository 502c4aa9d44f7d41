/**
 * The sole reader of inputs and environment. Pure: it sees only the environment it is handed, and the file
 * reader for the event's payload. The entry points mask `readSecrets` first, then read.
 */

import { warnOfUnroutable } from './inputs/access-list.ts';
import { checkExport, readCredentials } from './inputs/credentials.ts';
import { Findings, InputError } from './inputs/findings.ts';
import { buildRequest, checkSelection } from './inputs/modes.ts';
import { type Environment, inputVariable, readVariable } from './inputs/reader.ts';
import { explainMissingSecrets, type ReadFile, readRunIdentity, readServerUrl } from './inputs/run.ts';
import { readSecretStore } from './inputs/secret-store.ts';
import { readSecrets } from './inputs/secrets.ts';
import { checkFit, readValues, type Values } from './inputs/values.ts';
import {
  type Credentials,
  JOB_STATUSES,
  type JobStatus,
  MAKING_MODES,
  type Request,
  type RunIdentity,
  type Service,
} from './request.ts';
import { proxyFor } from './wire/proxy.ts';

export { InputError } from './inputs/findings.ts';
export type { Environment } from './inputs/reader.ts';
export type { ReadFile } from './inputs/run.ts';
export { readSecrets } from './inputs/secrets.ts';

/** What the main step works with. */
export interface Inputs {
  readonly request: Request;
  readonly credentials: Credentials;
  readonly service: Service;
  /** For all calls of the step together, in milliseconds. */
  readonly timeout: number;
  readonly run: RunIdentity;
  /** GitHub's origin in a browser, or empty. */
  readonly serverUrl: string;
  readonly warnings: readonly string[];
  readonly notices: readonly string[];
}

/** What the post step is told; the credentials it looks for by the state, where key, project and address stand. */
export interface PostInputs {
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
  const explanation = explainMissingSecrets(environment, readFile);
  const hint = explanation && ` ${explanation}`;

  const read = readValues(environment, findings);
  const credentials = readCredentials(environment, hint, findings);
  const proxy = readProxy(read.baseUrl, environment, findings);
  const store = readSecretStore(read, environment, hint, findings);
  const run = readRunIdentity(environment, findings);
  checkFit(read, environment, findings);
  checkSelection(read, store, findings);
  if (read.exportEnv && read.credential && MAKING_MODES.some((mode) => mode === read.mode)) {
    checkExport(read.credential, environment, findings);
  }
  if (findings.problems.length > 0 || credentials === undefined) throw new InputError(findings.problems);

  // No problem, so every input has its value.
  const values = read as Values;
  const service = { baseUrl: values.baseUrl, surface: values.api, ...(proxy !== undefined && { proxy }) };
  warnOfUnroutable(values.accessList, service, findings);
  const { warnings, notices } = findings;
  const request = buildRequest(values, store);
  const serverUrl = readServerUrl(environment);
  return { request, credentials, service, timeout: values.timeout, run, serverUrl, warnings, notices };
}

function readProxy(
  baseUrl: string | undefined,
  environment: Environment,
  findings: Findings,
): string | undefined {
  try {
    return baseUrl && proxyFor(baseUrl, environment);
  } catch (error) {
    findings.problem(
      // The message names the variable and does not repeat the value.
      `${(error as TypeError).message}: write the proxy as \`http://host:port\`, or name ${new URL(`${baseUrl}`).hostname} in \`NO_PROXY\`.`,
    );
    return undefined;
  }
}

/** Reads what the post step can still know. Never throws: inside composites its inputs may be another action's. */
export function readPostInputs(environment: Environment): PostInputs {
  const status = readVariable(environment, inputVariable('jobStatus'));
  return {
    jobStatus: JOB_STATUSES.find((candidate) => candidate === status),
    proxyFor: (origin) => proxyFor(origin, environment),
    secrets: readSecrets(environment),
  };
}
