import { accountOperations } from './account.ts';
import { keyOperations } from './key-operations.ts';
import type { Operation, Surface } from './operation.ts';
import { serviceAccountOperations } from './service-account-operations.ts';

const SURFACES: readonly Surface[] = ['atlas/v2', 'atlas/v1.0', 'public/v1.0', 'private'];
const PUBLISHED = SURFACES.slice(0, 3);

const OPERATIONS = [...accountOperations, ...keyOperations, ...serviceAccountOperations];

/** Where a request leads; `name` is the specification's operationId. */
export type Route =
  | {
      readonly kind: 'operation';
      readonly name: string;
      readonly surface: Surface;
      readonly operation: Operation;
      readonly params: Record<string, string>;
    }
  | { readonly kind: 'oauth'; readonly name: 'createToken' | 'revokeToken' }
  | { readonly kind: 'methodNotAllowed'; readonly name?: undefined; readonly surface: Surface }
  | { readonly kind: 'unknown'; readonly name?: undefined };

/** Finds the operation for a method and a path without its query. */
export function route(method: string, path: string): Route {
  if (path === '/api/oauth/token' || path === '/api/oauth/revoke') {
    if (method !== 'POST') return { kind: 'unknown' };
    return { kind: 'oauth', name: path.endsWith('token') ? 'createToken' : 'revokeToken' };
  }
  const surface = SURFACES.find((one) => path === `/api/${one}` || path.startsWith(`/api/${one}/`));
  if (surface === undefined) return { kind: 'unknown' };
  const rest = path.slice(`/api/${surface}`.length).replace(/^\/$/, '');
  let pathKnown = false;
  for (const operation of OPERATIONS) {
    const params = match(operation.path, rest);
    if (params === undefined || !(operation.surfaces ?? PUBLISHED).includes(surface)) continue;
    pathKnown = true;
    const { name } = operation;
    if (operation.method === method) return { kind: 'operation', name, surface, operation, params };
  }
  return pathKnown ? { kind: 'methodNotAllowed', surface } : { kind: 'unknown' };
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
