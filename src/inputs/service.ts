import { SURFACES } from '../atlas/types.ts';
import type { Service } from '../request.ts';
import { proxyFor } from '../wire/proxy.ts';
import { type Environment, readInput } from './environment.ts';
import type { Findings } from './findings.ts';
import { parseServiceUrl } from './origin.ts';
import { readChoice } from './scalars.ts';

/** Where Atlas is, and how to get there. */
export function readService(environment: Environment, findings: Findings): Service {
  const baseUrl = parseServiceUrl('baseUrl', readInput(environment, 'baseUrl'), { path: false }, findings);
  const surface = readChoice(environment, 'api', SURFACES, findings) ?? SURFACES[0];
  const proxy = baseUrl === undefined ? undefined : readProxy(baseUrl, environment, findings);
  return { baseUrl: baseUrl ?? '', surface, ...(proxy !== undefined && { proxy }) };
}

function readProxy(baseUrl: string, environment: Environment, findings: Findings): string | undefined {
  try {
    return proxyFor(baseUrl, environment);
  } catch (error) {
    findings.problem(
      // The message names the variable and does not repeat the value.
      `${(error as TypeError).message}: write the proxy as \`http://host:port\`, or name ${new URL(baseUrl).hostname} in \`NO_PROXY\`.`,
    );
    return undefined;
  }
}
