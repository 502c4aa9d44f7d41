import { accountOperations } from './account.ts';
import { keyAccessListOperations } from './key-access-list.ts';
import type { Operation, Surface } from './operation.ts';
import { organizationKeyOperations } from './organization-keys.ts';
import { projectKeyOperations } from './project-keys.ts';
import { serviceAccountOperations } from './service-account-operations.ts';

/** From a path to an operation. */

const SURFACES: readonly Surface[] = ['atlas/v2', 'atlas/v1.0', 'public/v1.0', 'private'];
const PUBLISHED: readonly Surface[] = ['atlas/v2', 'atlas/v1.0', 'public/v1.0'];

const OPERATIONS: readonly Operation[] = [
  ...accountOperations,
  ...projectKeyOperations,
  ...organizationKeyOperations,
  ...keyAccessListOperations,
  ...serviceAccountOperations,
];

/** Where a request leads. */
export type Route =
  | {
      readonly kind: 'operation';
      readonly surface: Surface;
      readonly operation: Operation;
      readonly params: Record<string, string>;
    }
  | { readonly kind: 'oauth'; readonly operation: 'createToken' | 'revokeToken' }
  | { readonly kind: 'methodNotAllowed'; readonly surface: Surface }
  | { readonly kind: 'unknown'; readonly surface: Surface | undefined };

/** Finds the operation for a method and a path without its query. */
export function route(method: string, path: string): Route {
  if (path === '/api/oauth/token' || path === '/api/oauth/revoke') {
    if (method !== 'POST') return { kind: 'unknown', surface: undefined };
    return { kind: 'oauth', operation: path.endsWith('token') ? 'createToken' : 'revokeToken' };
  }
  const surface = SURFACES.find((one) => path === `/api/${one}` || path.startsWith(`/api/${one}/`));
  if (surface === undefined) return { kind: 'unknown', surface };
  const rest = path.slice(`/api/${surface}`.length).replace(/^\/$/, '');
  let pathKnown = false;
  for (const operation of OPERATIONS) {
    const params = match(operation.path, rest);
    if (params === undefined) continue;
    if (!(operation.surfaces ?? PUBLISHED).includes(surface)) continue;
    pathKnown = true;
    if (operation.method === method) return { kind: 'operation', surface, operation, params };
  }
  return pathKnown ? { kind: 'methodNotAllowed', surface } : { kind: 'unknown', surface };
}

/** The parameters when the path fits the template; decoded only after it has been split. */
function match(template: string, path: string): Record<string, string> | undefined {
  const names = template.split('/');
  const parts = path.split('/');
  if (names.length !== parts.length) return undefined;
  const params: Record<string, string> = {};
  for (const [index, name] of names.entries()) {
    const part = parts[index] ?? '';
    const [, parameter, verb = ''] = /^\{(\w+)\}(:\w+)?$/.exec(name) ?? [];
    const value = decoded(part);
    if (parameter === undefined ? name !== part : !value.endsWith(verb)) return undefined;
    if (parameter !== undefined) params[parameter] = value.slice(0, value.length - verb.length);
  }
  return params;
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part; // a broken escape is no valid id either; the parameter check refuses it
  }
}
