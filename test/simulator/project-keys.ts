import { Refusal } from './errors.ts';
import {
  checkKeyLimit,
  fieldsOf,
  keyNotFound,
  livingKey,
  type Operation,
  ofProject,
  type ProjectCall,
  type Result,
  readDesc,
  readProjectRoles,
} from './operation.ts';
import { paginate, readPaging } from './paging.ts';
import { keyView } from './views.ts';

/** `/groups/{groupId}/apiKeys`: the keys of one project. */

function list(call: ProjectCall): Result {
  const keys = call.organizations.keys
    .visibleIn(call.project.orgId)
    .filter((key) => key.projectRoles.has(call.project.id))
    .map((key) => keyView(key, call.place));
  const href = `${call.place.root}/groups/${call.project.id}/apiKeys`;
  return { status: 200, body: paginate(keys, readPaging(call.query), href) };
}

function create(call: ProjectCall): Result {
  const fields = fieldsOf(call.body);
  const { id: groupId, orgId } = call.project;
  const desc = readDesc(fields.desc);
  const roles = readProjectRoles(fields.roles, call).map((roleName) => ({ roleName, groupId }));
  checkKeyLimit(call, orgId);
  const key = call.organizations.keys.add({ orgId, desc, roles }, call.cause);
  return { status: 200, body: keyView(key, call.place, true) };
}

function update(call: ProjectCall): Result {
  const fields = fieldsOf(call.body);
  const { id: groupId, orgId } = call.project;
  const key = livingKey(call, orgId);
  // Ops Manager's documentation knows roles alone here, and wants them.
  const onlyRoles = call.surface === 'public/v1.0';
  const desc = onlyRoles || fields.desc === undefined ? undefined : readDesc(fields.desc);
  if (fields.roles !== undefined || onlyRoles) {
    const roles = readProjectRoles(fields.roles, call);
    call.organizations.keys.setProjectRoles(key, groupId, roles, call.cause);
  } else if (!key.projectRoles.has(groupId)) throw keyNotFound(call, key.id);
  if (desc !== undefined) call.organizations.keys.rename(key, desc, call.cause);
  return { status: 200, body: keyView(key, call.place) };
}

function assign(call: ProjectCall): Result {
  if (!Array.isArray(call.body)) throw new Refusal('INVALID_JSON');
  const assignments: unknown[] = call.body;
  if (assignments.length === 0) throw new Refusal('MISSING_ATTRIBUTE', ['roles']);
  const { id: groupId, orgId } = call.project;
  const key = livingKey(call, orgId);
  const roles = assignments.flatMap((one) => readProjectRoles(fieldsOf(one).roles, call));
  if (key.projectRoles.has(groupId)) throw new Refusal('API_KEY_ALREADY_IN_GROUP', [key.id, groupId]);
  call.organizations.keys.setProjectRoles(key, groupId, roles, call.cause);
  return call.settings.assignAnswer === 'empty'
    ? { status: 204 }
    : { status: 200, body: keyView(key, call.place) };
}

function unassign(call: ProjectCall): Result {
  const key = livingKey(call, call.project.orgId);
  if (!key.projectRoles.has(call.project.id)) throw keyNotFound(call, key.id);
  call.organizations.keys.unassign(key, call.project.id, call.cause);
  return call.surface === 'public/v1.0' ? { status: 200, body: {} } : { status: 204 };
}

const keys = '/groups/{groupId}/apiKeys';
const oneKey = `${keys}/{apiUserId}`;
const java = (method: string): string => `ApiProjectApiUsersResource::${method}`;

export const projectKeyOperations: readonly Operation[] = ofProject(
  ['listGroupApiKeys', 'GET', keys, java('getApiUsers'), 'projectRead', list],
  ['createGroupApiKey', 'POST', keys, java('createApiUser'), 'projectAccess', create],
  ['updateGroupApiKeyRoles', 'PATCH', oneKey, java('updateApiUserDescAndRoles'), 'projectAccess', update],
  // Cloud Manager and Ops Manager assign by PATCH.
  [
    'addGroupApiKey',
    'POST',
    oneKey,
    java('addApiUserToGroup'),
    'projectOwner',
    assign,
    ['atlas/v2', 'atlas/v1.0'],
  ],
  ['removeGroupApiKey', 'DELETE', oneKey, java('removeApiUserFromGroup'), 'projectAccess', unassign],
);
