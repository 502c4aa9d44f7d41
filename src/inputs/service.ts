import { SURFACES } from '../atlas/types.ts';
import type { Service } from '../request.ts';
import { type Environment, readInput } from './environment.ts';
import type { Findings } from './findings.ts';
import { parseServiceUrl } from './origin.ts';
import { readChoice } from './scalars.ts';

/** Names the proxy for an origin out of the environment. */
export type ProxyFor = (origin: string, environment: Environment) => string | undefined;

/** Where Atlas is, and how to get there. */
export function readService(environment: Environment, proxyFor: ProxyFor, findings: Findings): Service {
  const baseUrl =
    parseServiceUrl('baseUrl', readInput(environment, 'baseUrl'), { path: false }, findings) ?? '';
  const surface = readChoice(environment, 'api', SURFACES, findings) ?? SURFACES[0];
  const proxy = baseUrl === '' ? undefined : proxyFor(baseUrl, environment);
  return { baseUrl, surface, ...(proxy !== undefined && { proxy }) };
}
