import { Refusal } from './errors.ts';
import type { Cause } from './history.ts';
import type { Member } from './members.ts';
import type { Organizations } from './organization.ts';
import type { BucketKind } from './rate-limit.ts';
import { type Need, ORGANIZATION_ROLES, projectRoleStanding } from './roles.ts';
import type { Clock, Settings } from './settings.ts';

/** The surfaces of the API: the path after `/api/`. `private` holds the one endpoint nobody supports. */
export type Surface = 'atlas/v2' | 'atlas/v1.0' | 'public/v1.0' | 'private';

/** A request that has been let in, as an operation sees it. */
export interface Call {
  readonly surface: Surface;
  /** Links start here: origin, `/api/` and the surface. */
  readonly root: string;
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  /** The parsed JSON, undefined where the operation takes none. */
  readonly body: unknown;
  readonly caller: Member;
  readonly callerAddress: string;
  readonly cause: Cause;
  /** Of the organisation or the project in the path; the caller's where there is none. */
  readonly orgId: string;
  /** Of the project in the path. */
  readonly groupId: string | undefined;
  readonly organizations: Organizations;
  readonly settings: Settings;
  readonly clock: Clock;
}

export interface Result {
  readonly status: number;
  readonly body?: unknown;
}

/** One endpoint. Its path says which resource must exist and which rate limit counts. */
export interface Operation {
  /** The specification's operationId. */
  readonly name: string;
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** Below the surface, with `{parameters}`. */
  readonly path: string;
  /** The service's own name for it, as its header shows. */
  readonly java: string;
  readonly need: Need;
  run(call: Call): Result;
  /** The date of its media type; `2023-01-01` when left out. */
  readonly version?: string;
  /** All of `/api/atlas/*` and `/api/public/*` when left out. */
  readonly surfaces?: readonly Surface[];
}

/** An endpoint as one line of a table, without the resource in the service's own name for it. */
export type Row = readonly [
  name: string,
  method: Operation['method'],
  path: string,
  java: string,
  need: Need,
  run: Operation['run'],
  rest?: Pick<Operation, 'version' | 'surfaces'>,
];

export function operationsOf(resource: string, ...rows: readonly Row[]): Operation[] {
  return rows.map(([name, method, path, java, need, run, rest]) => {
    return { name, method, path, java: `${resource}::${java}`, need, run, ...rest };
  });
}

export function bucketOf({ path }: Operation): BucketKind | undefined {
  if (path.startsWith('/groups')) return 'project';
  if (path.endsWith('/settings')) return 'settings';
  return path.startsWith('/orgs') ? 'organization' : undefined;
}

/** The address of what is below the project or the organisation of the path. */
export function hrefOf({ root, orgId, groupId }: Call, below: string): string {
  return `${root}/${groupId === undefined ? `orgs/${orgId}` : `groups/${groupId}`}/${below}`;
}

/** Whether a key or an account is in the project of the path, or in its organisation. */
export function isHere({ orgId, projectRoles }: Member, call: Call): boolean {
  return call.groupId === undefined ? orgId === call.orgId : projectRoles.has(call.groupId);
}

/** The fields of a JSON object; anything else is malformed. Unknown fields are ignored, as Atlas does. */
export function fieldsOf(body: unknown): Readonly<Record<string, unknown>> {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) throw new Refusal('INVALID_JSON');
  return body as Record<string, unknown>;
}

/** Roles sent to a project's endpoint, none of an organisation, or the other way round; at least one. */
export function readRoles(value: unknown, call: Call): string[] {
  if (value === undefined || value === null) throw new Refusal('MISSING_API_KEY_ROLES');
  if (!Array.isArray(value) || !value.every((role) => typeof role === 'string'))
    throw new Refusal('INVALID_ATTRIBUTE', ['roles']);
  if (value.length === 0) throw new Refusal('MISSING_API_KEY_ROLES');
  if (call.groupId === undefined) checkOrganizationRoles(value, call);
  else checkProjectRoles(value, call.groupId, call);
  return value;
}

function checkProjectRoles(names: readonly string[], groupId: string, call: Call): void {
  for (const role of names.filter((name) => !ORGANIZATION_ROLES.has(name))) {
    const standing = projectRoleStanding(role, call.surface);
    if (standing === 'unknown') throw unknownRole(role, call.settings);
    if (standing === 'elsewhere') throw new Refusal('INVALID_ROLE_FOR_GROUP', [role, groupId]);
  }
  const ofOrganization = names.find((name) => ORGANIZATION_ROLES.has(name));
  if (ofOrganization !== undefined) throw new Refusal('CANNOT_ADD_ORG_ROLE', [ofOrganization]);
}

function checkOrganizationRoles(names: readonly string[], { settings }: Call): void {
  const role = names.find((name) => !ORGANIZATION_ROLES.has(name));
  if (role === undefined) return;
  const ofProject = projectRoleStanding(role, 'public/v1.0') === 'known';
  throw ofProject ? new Refusal('CANNOT_ADD_GROUP_ROLE', [role]) : unknownRole(role, settings);
}

function unknownRole(role: string, { unknownRole: code }: Settings): Refusal {
  if (code === 'INVALID_ENUM_VALUE') return new Refusal(code, [role]);
  return new Refusal(code, [role], { status: 400, wording: 'Invalid role %s.' });
}
