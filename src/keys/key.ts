/** What can be read off a key: its age, its roles, the organisation of its project. */
import type { ApiKey, RoleAssignment } from '../atlas/types.ts';
import type { Step } from './step.ts';

/** When the key was made, in milliseconds since 1970: the first four bytes of its ObjectId are Unix seconds. */
export function createdAt(apiUserId: string): number {
  return Number.parseInt(apiUserId.slice(0, 8), 16) * 1000;
}

/**
 * How old a key is at this moment of the service's clock, in milliseconds. The clock follows `Date`, which tells when a
 * request began, so a key made by that request can be a second younger than now.
 */
export function ageAt(serviceNow: number, apiUserId: string): number {
  return Math.max(0, serviceNow - createdAt(apiUserId));
}

/** The roles of Atlas, and Ops Manager's own, that change and delete a key of the organisation. */
const OWNERS: readonly string[] = ['ORG_OWNER', 'GLOBAL_OWNER'];

/** Whether these are the roles of an owner of the organisation. */
export function isOwner(caller: { readonly roles: readonly RoleAssignment[] }): boolean {
  return caller.roles.some(({ roleName }) => OWNERS.includes(roleName));
}

/** The key's roles in one project, sorted. Their order changes between answers, so only the set means anything. */
export function rolesIn(groupId: string, key: { readonly roles: readonly RoleAssignment[] }): string[] {
  const here = key.roles.filter((role) => role.groupId === groupId);
  return [...new Set(here.map(({ roleName }) => roleName))].sort();
}

/** Whether two lists hold the same roles. */
export function sameRoles(left: readonly string[], right: readonly string[]): boolean {
  const wanted = new Set(right);
  return new Set(left).size === wanted.size && left.every((role) => wanted.has(role));
}

/** Newest first. Ids begin with their time; the rest only has to be the same order for everybody. */
export function newestFirst(left: Pick<ApiKey, 'id'>, right: Pick<ApiKey, 'id'>): number {
  return left.id < right.id ? 1 : left.id > right.id ? -1 : 0;
}

/** The organisation of a project, as the roles of its keys name it, each of which is a member; else by one more call. */
export async function organizationOf(step: Step, groupId: string, keys: readonly ApiKey[]): Promise<string> {
  const named = keys.flatMap(({ roles }) => roles).find(({ orgId }) => orgId !== undefined);
  return named?.orgId ?? (await step.atlas.readProject(groupId)).orgId;
}
