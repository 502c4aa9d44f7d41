import { type Environment, readInput } from './environment.ts';
import type { Findings } from './findings.ts';
import { parseList } from './lists.ts';

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

const PROJECT_ROLE = /^GROUP_[A-Z0-9_]+$/;

/** The project roles; empty when none is given. */
export function readRoles(environment: Environment, findings: Findings): readonly string[] {
  const { items } = parseList(readInput(environment, 'roles'));
  for (const role of items) checkRole(role, findings);
  return items;
}

function checkRole(role: string, findings: Findings): void {
  if (KNOWN_ROLES.includes(role)) return;
  const meant = suggestRole(role);
  const suggestion = meant === undefined ? '' : `; did you mean \`${meant}\`?`;
  if (PROJECT_ROLE.test(role)) {
    findings.warning(
      `\`roles\` names ${findings.quote(role)}, which is not a role known here: Atlas decides${suggestion || '.'}`,
    );
  } else if (/^ORG_/i.test(role)) {
    findings.problem(
      `\`roles\` names ${findings.quote(role)}, an organisation role: Atlas may honour it through a project, and this action never grants rights beyond the project; name project roles (\`GROUP_…\`) only.`,
    );
  } else if (/\s/.test(role) && role.split(/\s+/).every((part) => PROJECT_ROLE.test(part))) {
    findings.problem(`\`roles\` is ${findings.quote(role)}: put commas or line breaks between the roles.`);
  } else {
    findings.problem(
      `\`roles\` names ${findings.quote(role)}, which is not a project role: they begin with \`GROUP_\`${suggestion || ', such as `GROUP_READ_ONLY`.'}`,
    );
  }
}

/** The role that differs in case, separators or prefix only, as in "Project Read Only" or `- group_owner`. */
function suggestRole(role: string): string | undefined {
  const wanted = squash(role).replace(/^(GROUP|PROJECT)/, '');
  return KNOWN_ROLES.find((known) => squash(known) === `GROUP${wanted}`);
}

function squash(text: string): string {
  return text.toUpperCase().replace(/[^A-Z]/g, '');
}
