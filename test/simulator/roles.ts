/** Who may do what: the specification's `x-rolesRequirements` and the roles that imply others. */

/** What a call needs of its caller. `any` is everyone who has signed in. */
export type Need =
  | 'any'
  | 'projectRead'
  | 'projectAccess'
  | 'projectOwner'
  | 'orgMember'
  | 'orgRead'
  | 'orgOwner';

/** Somebody with roles: a key or a service account. Both belong to one organisation. */
export interface Principal {
  readonly orgId: string;
  orgRoles: string[];
  readonly projectRoles: Map<string, string[]>;
}

/** A role as set-up takes it: an `ORG_*` name, or a role in a project. */
export type RoleInput = string | { readonly roleName: string; readonly groupId?: string | undefined };

export const ORGANIZATION_ROLES: ReadonlySet<string> = new Set([
  'ORG_OWNER',
  'ORG_MEMBER',
  'ORG_GROUP_CREATOR',
  'ORG_BILLING_ADMIN',
  'ORG_BILLING_READ_ONLY',
  'ORG_STREAM_PROCESSING_ADMIN',
  'ORG_READ_ONLY',
]);

const group = (names: string): string[] => names.split(' ').map((name) => `GROUP_${name}`);

const ATLAS_PROJECT_ROLES: ReadonlySet<string> = new Set([
  ...group('OWNER READ_ONLY ACCESS_MANAGER CLUSTER_MANAGER CLUSTER_CREATOR CLUSTER_LOG_VIEWER'),
  ...group('CLUSTER_RESILIENCE_TESTER REPLICA_SET_MANAGER STREAM_PROCESSING_OWNER DATA_ACCESS_ADMIN'),
  ...group('DATA_ACCESS_READ_WRITE DATA_ACCESS_READ_ONLY DATABASE_ACCESS_ADMIN BACKUP_MANAGER'),
  ...group('BACKUP_CREATOR BACKUP_RECOVERY_OPERATOR BACKUP_EXPORT_OPERATOR NETWORK_ACCESS_MANAGER'),
  ...group('OBSERVABILITY_VIEWER TRIGGER_MANAGER INDEX_MANAGER SEARCH_INDEX_EDITOR'),
  ...group('REAL_TIME_PERFORMANCE_OPERATOR SUPPORT_ACCESS_MANAGER ALERTS_MANAGER MODEL_OWNER'),
]);

const OPS_MANAGER_PROJECT_ROLES: ReadonlySet<string> = new Set(
  group('AUTOMATION_ADMIN BACKUP_ADMIN MONITORING_ADMIN USER_ADMIN'),
);

/** Whether a project role is known at all, and known to this surface. */
export function projectRoleStanding(role: string, surface: string): 'known' | 'elsewhere' | 'unknown' {
  if (ATLAS_PROJECT_ROLES.has(role)) return 'known';
  if (!OPS_MANAGER_PROJECT_ROLES.has(role)) return 'unknown';
  return surface === 'public/v1.0' ? 'known' : 'elsewhere';
}

/** Whether these roles suffice for a call that touches this organisation or project. */
export function satisfies(who: Principal, need: Need, orgId: string, groupId?: string): boolean {
  if (need === 'any') return true;
  if (who.orgId !== orgId) return false;
  // Of every project in it, too.
  if (who.orgRoles.includes('ORG_OWNER')) return true;
  const inProject = groupId === undefined ? [] : (who.projectRoles.get(groupId) ?? []);
  switch (need) {
    case 'orgMember':
      return true; // every organisation role includes membership, and every key has one
    case 'orgRead':
      return who.orgRoles.includes('ORG_READ_ONLY');
    case 'orgOwner':
      return false;
    case 'projectRead':
      return inProject.length > 0 || who.orgRoles.includes('ORG_READ_ONLY');
    case 'projectAccess':
      return ['GROUP_OWNER', 'GROUP_ACCESS_MANAGER', 'GROUP_USER_ADMIN'].some((r) => inProject.includes(r));
    case 'projectOwner':
      return inProject.includes('GROUP_OWNER');
  }
}

/** Roles by place. A key or account without a role in its organisation gets `ORG_MEMBER`, as Atlas gives it. */
export function splitRoles(inputs: readonly RoleInput[]): Pick<Principal, 'orgRoles' | 'projectRoles'> {
  const orgRoles: string[] = [];
  const projectRoles = new Map<string, string[]>();
  for (const input of inputs) {
    const { roleName, groupId } = typeof input === 'string' ? { roleName: input, groupId: undefined } : input;
    if (groupId === undefined) orgRoles.push(roleName);
    else projectRoles.set(groupId, [...(projectRoles.get(groupId) ?? []), roleName]);
  }
  if (orgRoles.length === 0) orgRoles.push('ORG_MEMBER');
  return { orgRoles, projectRoles };
}
