/**
 * The sole reader of inputs and environment. Pure: it sees only the environment it is handed. The entry points mask
 * `readSecrets` first, then read.
 */
import { warnOfUnroutable } from './inputs/access-list.ts';
import { checkExport, readCredentials } from './inputs/credentials.ts';
import { type Environment, Findings, InputError, readInput, readVariable } from './inputs/findings.ts';
import { buildRequest, checkFit, checkSelection } from './inputs/modes.ts';
import { readRunIdentity, readServerUrl } from './inputs/run.ts';
import { readSecretStore } from './inputs/secret-store.ts';
import { readSecrets } from './inputs/secrets.ts';
import { type Draft, INPUT_NAMES, type InputName, ROWS, type Values } from './inputs/table.ts';
import type { Credentials, Request, RunIdentity, Service } from './request.ts';
import { proxyFor } from './wire/proxy.ts';

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

/**
 * Reads and checks everything the main step is told.
 * @throws {InputError} with all problems at once
 */
export function readRequest(environment: Environment): Inputs {
  const findings = new Findings(readSecrets(environment));
  // The runner passes defaults as well, so a value that is the default need not be the user's.
  const given = INPUT_NAMES.filter(
    (name) => !['', ROWS[name].default].includes(readInput(environment, name)),
  );

  const draft = readValues(environment, findings);
  const credentials = readCredentials(environment, findings);
  const proxy = readProxy(draft, environment, findings);
  const store = readSecretStore(draft, given, environment, findings);
  const run = readRunIdentity(environment, findings);
  checkFit(draft, given, findings);
  checkSelection(draft, given, findings);
  checkExport(draft, environment, findings);
  if (findings.problems.length > 0 || credentials === undefined) {
    throw new InputError(findings.withoutSecrets(findings.problems));
  }

  // No problem, so every input has its value.
  const values = draft as Values;
  const service = { baseUrl: values.baseUrl, surface: values.api, ...(proxy !== undefined && { proxy }) };
  warnOfUnroutable(values.accessList, service, findings);
  return {
    request: buildRequest(values, store),
    credentials,
    service,
    timeout: values.timeout,
    run,
    serverUrl: readServerUrl(environment),
    warnings: findings.withoutSecrets(findings.warnings),
    notices: findings.withoutSecrets(findings.notices),
  };
}

/** Reads all inputs, whatever the mode, so that every malformed one is told. */
function readValues(environment: Environment, findings: Findings): Draft {
  const values: { [Name in InputName]?: unknown } = {};
  for (const input of INPUT_NAMES) {
    const { default: usual = '', variable = '', read } = ROWS[input];
    const given = readInput(environment, input) || usual;
    const text = given || readVariable(environment, variable);
    const context = findings.contextOf(text === given ? input : variable, values as Draft);
    values[input] = read(text, context);
  }
  return values as Draft;
}

function readProxy({ baseUrl }: Draft, environment: Environment, findings: Findings): string | undefined {
  try {
    return baseUrl && proxyFor(baseUrl, environment);
  } catch (error) {
    findings.problems.push(
      // The message names the variable and does not repeat the value.
      `${(error as TypeError).message}: write the proxy as \`http://host:port\`, or name ${new URL(`${baseUrl}`).hostname} in \`NO_PROXY\`.`,
    );
    return undefined;
  }
}
