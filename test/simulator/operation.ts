import type { Clock } from './clock.ts';
import { Refusal } from './errors.ts';
import type { Cause } from './history.ts';
import type { StoredKey } from './keys.ts';
import type { Organization, Organizations, Project } from './organization.ts';
import type { BucketKind } from './rate-limit.ts';
import { type Need, ORGANIZATION_ROLES, projectRoleStanding } from './roles.ts';
import type { ServiceAccount } from './service-accounts.ts';
import type { Settings } from './settings.ts';
import type { Place } from './views.ts';

/** The surfaces of the API: the path after `/api/`. `private` holds the one endpoint nobody supports. */
export type Surface = 'atlas/v2' | 'atlas/v1.0' | 'public/v1.0' | 'private';

/** Who has signed in. */
export type Caller =
  | { readonly kind: 'key'; readonly id: string; readonly who: StoredKey }
  | { readonly kind: 'serviceAccount'; readonly id: string; readonly who: ServiceAccount };

/** A request that has been let in, as an operation sees it. */
export interface Call {
  readonly surface: Surface;
  readonly place: Place;
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  /** The parsed JSON, undefined where the operation takes none. */
  readonly body: unknown;
  readonly caller: Caller;
  readonly callerAddress: string;
  readonly cause: Cause;
  readonly organizations: Organizations;
  readonly settings: Settings;
  readonly clock: Clock;
}

export type ProjectCall = Call & { readonly project: Project };
export type OrganizationCall = Call & { readonly organization: Organization };

/** What an operation gives back. */
export interface Result {
  readonly status: number;
  readonly body?: unknown;
}

interface OperationBase {
  /** The specification's operationId. */
  readonly operation: string;
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** Below the surface, with `{parameters}`. */
  readonly path: string;
  /** The service's own name for it, as its header shows. */
  readonly java: string;
  readonly need: Need;
  /** The date of its media type; `2023-01-01` when left out. */
  readonly version?: string;
  /** All of `/api/atlas/*` and `/api/public/*` when left out. */
  readonly surfaces?: readonly Surface[];
}

/** One endpoint. Its scope says which resource must exist and which rate limit counts. */
export type Operation = OperationBase &
  (
    | { readonly scope: 'none'; run(call: Call): Result }
    /** A list of what the caller can see, with a limit of the caller's organisation. */
    | { readonly scope: 'caller'; readonly limit: BucketKind; run(call: Call): Result }
    | { readonly scope: 'project'; run(call: ProjectCall): Result }
    | { readonly scope: 'organization' | 'settings'; run(call: OrganizationCall): Result }
  );

/** An endpoint as one line of a table. */
export type Endpoint<C extends Call> = readonly [
  operation: string,
  method: Operation['method'],
  path: string,
  java: string,
  need: Need,
  run: (call: C) => Result,
  surfaces?: readonly Surface[],
];

export function endpoint<C extends Call>([operation, method, path, java, need, run, surfaces]: Endpoint<C>) {
  return { operation, method, path, java, need, run, ...(surfaces === undefined ? {} : { surfaces }) };
}

/** Endpoints below a project. */
export function ofProject(...endpoints: Endpoint<ProjectCall>[]): Operation[] {
  return endpoints.map((one) => ({ ...endpoint(one), scope: 'project' }));
}

/** Endpoints below an organisation; its settings have a limit of their own. */
export function ofOrganization(...endpoints: Endpoint<OrganizationCall>[]): Operation[] {
  return endpoints.map((one) => ({
    ...endpoint(one),
    scope: one[2].endsWith('/settings') ? 'settings' : 'organization',
  }));
}

/** The fields of a JSON object; anything else is malformed. Unknown fields are ignored, as Atlas does. */
export function fieldsOf(body: unknown): Readonly<Record<string, unknown>> {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) throw new Refusal('INVALID_JSON');
  return body as Record<string, unknown>;
}

/** A description: 1 to 250 characters. */
export function readDesc(value: unknown): string {
  if (value === undefined || value === null) throw new Refusal('API_KEY_REQUIRES_DESCRIPTION');
  if (value === '') throw new Refusal('INVALID_API_KEY_DESC');
  if (typeof value !== 'string') throw new Refusal('INVALID_ATTRIBUTE', ['desc']);
  if (value.length > 250) throw new Refusal('VALIDATION_ERROR', ['desc', 'must be at most 250 characters']);
  return value;
}

function readRoleNames(value: unknown): string[] {
  if (value === undefined || value === null) throw new Refusal('MISSING_API_KEY_ROLES');
  if (!Array.isArray(value) || !value.every((role) => typeof role === 'string')) {
    throw new Refusal('INVALID_ATTRIBUTE', ['roles']);
  }
  if (value.length === 0) throw new Refusal('MISSING_API_KEY_ROLES');
  return value;
}

/** Roles sent to a project's endpoint: at least one, and none of an organisation. */
export function readProjectRoles(value: unknown, call: ProjectCall): string[] {
  const names = readRoleNames(value);
  for (const role of names.filter((name) => !ORGANIZATION_ROLES.has(name))) {
    const standing = projectRoleStanding(role, call.surface);
    if (standing === 'unknown') throw unknownRole(role, call.settings);
    if (standing === 'elsewhere') throw new Refusal('INVALID_ROLE_FOR_GROUP', [role, call.project.id]);
  }
  const ofOrganization = names.find((name) => ORGANIZATION_ROLES.has(name));
  if (ofOrganization !== undefined) throw new Refusal('CANNOT_ADD_ORG_ROLE', [ofOrganization]);
  return names;
}

/** The refusal of a role Atlas does not know. */
function unknownRole(role: string, { unknownRole: code }: Settings): Refusal {
  if (code === 'INVALID_ENUM_VALUE') return new Refusal(code, [role]);
  return new Refusal(code, [role], { status: 400, wording: 'Invalid role %s.' });
}

/** Roles sent to an organisation's endpoint. */
export function readOrganizationRoles(value: unknown, settings: Settings): string[] {
  const names = readRoleNames(value);
  const unknown = names.find((role) => !ORGANIZATION_ROLES.has(role));
  if (unknown !== undefined) {
    const ofProject = projectRoleStanding(unknown, 'public/v1.0') === 'known';
    throw ofProject ? new Refusal('CANNOT_ADD_GROUP_ROLE', [unknown]) : unknownRole(unknown, settings);
  }
  return names;
}

/** The organisation's living key the path names, or the refusal that it is not found. */
export function livingKey(call: Call, orgId: string): StoredKey {
  const id = call.params.apiUserId ?? '';
  const key = call.organizations.keys.get(id);
  if (key === undefined || key.orgId !== orgId) throw keyNotFound(call, id);
  return key;
}

/** That no such key exists, with the status the settings choose. */
export function keyNotFound(call: Call, id: string): Refusal {
  return new Refusal('API_KEY_NOT_FOUND', [id], { status: call.settings.keyNotFoundStatus });
}

/** Refuses one key more than the organisation may have. */
export function checkKeyLimit(call: Call, orgId: string): void {
  const { keysPerOrganization: limit } = call.settings;
  if (call.organizations.keys.livingIn(orgId) >= limit)
    throw new Refusal('MAX_PUBLIC_API_KEY_REACHED', [`${limit}`, orgId]);
}
