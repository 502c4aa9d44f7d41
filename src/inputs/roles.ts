import { MAKING_MODES } from '../request.ts';
import type { Reader } from './findings.ts';
import { listOf } from './readers.ts';

// What Atlas, Cloud Manager and Ops Manager know today. The list moves, so a role beyond it only warns.
const KNOWN_ROLES = [
  ...['OWNER', 'READ_ONLY', 'ACCESS_MANAGER', 'CLUSTER_MANAGER', 'CLUSTER_CREATOR', 'CLUSTER_LOG_VIEWER'],
  ...['CLUSTER_RESILIENCE_TESTER', 'REPLICA_SET_MANAGER', 'STREAM_PROCESSING_OWNER', 'DATA_ACCESS_ADMIN'],
  ...['DATA_ACCESS_READ_WRITE', 'DATA_ACCESS_READ_ONLY', 'DATABASE_ACCESS_ADMIN', 'BACKUP_MANAGER'],
  ...['BACKUP_CREATOR', 'BACKUP_RECOVERY_OPERATOR', 'BACKUP_EXPORT_OPERATOR', 'NETWORK_ACCESS_MANAGER'],
  ...['OBSERVABILITY_VIEWER', 'TRIGGER_MANAGER', 'INDEX_MANAGER', 'SEARCH_INDEX_EDITOR'],
  ...['REAL_TIME_PERFORMANCE_OPERATOR', 'SUPPORT_ACCESS_MANAGER', 'ALERTS_MANAGER', 'MODEL_OWNER'],
  ...['AUTOMATION_ADMIN', 'BACKUP_ADMIN', 'MONITORING_ADMIN', 'USER_ADMIN'],
].map((name) => `GROUP_${name}`);

const readRoles = listOf<string>((role, { quote, fault, warning }) => {
  if (KNOWN_ROLES.includes(role)) return role;
  if (/^ORG_/i.test(role)) {
    return fault(
      `names ${quote(role)}, an organisation role: Atlas may honour it through a project, and this action never grants rights beyond the project; name project roles (\`GROUP_…\`) only.`,
    );
  }
  const suggestion = suggestRole(role);
  if (!/^GROUP_[A-Z0-9_]+$/.test(role)) {
    return fault(
      `names ${quote(role)}, which is not a project role: each begins with \`GROUP_\` and stands on a line of its own or between commas${suggestion}`,
    );
  }
  warning(`names ${quote(role)}, which is not a role known here: Atlas decides${suggestion}`);
  return role;
});

/** The project roles; empty when none is given and the mode makes no key. */
export const projectRoles: Reader<readonly string[]> = (text, context) => {
  const roles = readRoles(text, context);
  const { mode, fault } = context;
  if (roles?.length !== 0 || mode === undefined || !MAKING_MODES.includes(mode)) return roles;
  return fault(
    `is missing: mode \`${mode}\` needs the project roles to give, such as \`GROUP_READ_ONLY\`, one a line or separated by commas.`,
  );
};

/** The question after the role that differs in case, separators or prefix only, as in "Project Read Only" or `- group_owner`. */
function suggestRole(role: string): string {
  const wanted = squash(role).replace(/^(GROUP|PROJECT)/, '');
  const meant = KNOWN_ROLES.find((known) => squash(known) === `GROUP${wanted}`);
  return meant === undefined ? '.' : `; did you mean \`${meant}\`?`;
}

function squash(text: string): string {
  return text.toUpperCase().replace(/[^A-Z]/g, '');
}
