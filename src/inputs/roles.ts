import { MAKING_MODES } from '../request.ts';
import { type Context, Faults, listOf, parseList, type Reader } from './reader.ts';

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

const readRoles = listOf((role, { quote }) => {
  if (PROJECT_ROLE.test(role)) return role;
  if (/^ORG_/i.test(role)) {
    return new Faults(
      `names ${quote(role)}, an organisation role: Atlas may honour it through a project, and this action never grants rights beyond the project; name project roles (\`GROUP_…\`) only.`,
    );
  }
  if (/\s/.test(role) && role.split(/\s+/).every((part) => PROJECT_ROLE.test(part))) {
    return new Faults(`is ${quote(role)}: put commas or line breaks between the roles.`);
  }
  return new Faults(
    `names ${quote(role)}, which is not a project role: they begin with \`GROUP_\`${suggestRole(role) ?? ', such as `GROUP_READ_ONLY`.'}`,
  );
});

/** The project roles; empty when none is given and the mode makes no key. */
export const projectRoles: Reader<readonly string[]> = (text, context) => {
  const roles = readRoles(text, context);
  const mode = MAKING_MODES.find((candidate) => candidate === context.mode);
  if (mode === undefined || roles instanceof Faults || roles.length > 0) return roles;
  return new Faults(
    `is missing: mode \`${mode}\` needs the project roles to give, such as \`GROUP_READ_ONLY\`, one a line or separated by commas.`,
  );
};

export function unknownRoles(text: string, { quote }: Context): string[] {
  return parseList(text)
    .items.filter((role) => !KNOWN_ROLES.includes(role))
    .map(
      (role) =>
        `names ${quote(role)}, which is not a role known here: Atlas decides${suggestRole(role) ?? '.'}`,
    );
}

/** The question after the role that differs in case, separators or prefix only, as in "Project Read Only" or `- group_owner`. */
function suggestRole(role: string): string | undefined {
  const wanted = squash(role).replace(/^(GROUP|PROJECT)/, '');
  const meant = KNOWN_ROLES.find((known) => squash(known) === `GROUP${wanted}`);
  return meant && `; did you mean \`${meant}\`?`;
}

function squash(text: string): string {
  return text.toUpperCase().replace(/[^A-Z]/g, '');
}
