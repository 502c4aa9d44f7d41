import { Refusal } from './errors.ts';
import {
  checkKeyLimit,
  fieldsOf,
  keyNotFound,
  livingKey,
  type Operation,
  type ProjectCall,
  type Result,
  readDesc,
  readProjectRoles,
} from './operation.ts';
import { paginate, readPaging } from './paging.ts';
import { keyView } from './views.ts';

/** `/groups/{groupId}/apiKeys`: the keys of one project. */

function list(call: ProjectCall): Result {
  const keys = call.organizations
    .visibleKeys(call.project.orgId)
    .filter((key) => key.projectRoles.has(call.project.id))
    .map((key) => keyView(key, call.place));
  const href = `${call.place.root}/groups/${call.project.id}/apiKeys`;
  return { status: 200, body: paginate(keys, readPaging(call.query), href) };
}

function create(call: ProjectCall): Result {
  const { desc, roles } = fieldsOf(call.body);
  const input = { desc: readDesc(desc), ...readProjectRoles(roles, call) };
  const { id: groupId, orgId } = call.project;
  checkKeyLimit(call, orgId);
  const key = call.organizations.addKey(
    {
      orgId,
      desc: input.desc,
      roles: [...input.orgRoles, ...input.projectRoles.map((roleName) => ({ roleName, groupId }))],
    },
    call.cause,
  );
  return { status: 200, body: keyView(key, call.place, true) };
}

function update(call: ProjectCall): Result {
  const fields = fieldsOf(call.body);
  const { id: groupId, orgId } = call.project;
  const key = livingKey(call, orgId);
  const assigned = key.projectRoles.has(groupId);
  // Ops Manager's documentation knows roles alone here, and wants them.
  const onlyRoles = call.surface === 'public/v1.0';
  const desc = onlyRoles || fields.desc === undefined ? undefined : readDesc(fields.desc);
  if (fields.roles === undefined && !onlyRoles) {
    if (!assigned) throw keyNotFound(call, key.id);
  } else {
    const { projectRoles, orgRoles } = readProjectRoles(fields.roles, call);
    call.organizations.setProjectRoles(key, groupId, projectRoles, call.cause);
    if (orgRoles.length > 0) call.organizations.setOrganizationRoles(key, orgRoles, call.cause);
  }
  if (desc !== undefined) call.organizations.rename(key, desc, call.cause);
  return { status: 200, body: keyView(key, call.place) };
}

function assign(call: ProjectCall): Result {
  if (!Array.isArray(call.body)) throw new Refusal('INVALID_JSON');
  const assignments: unknown[] = call.body;
  if (assignments.length === 0) throw new Refusal('MISSING_ATTRIBUTE', ['roles']);
  const { id: groupId, orgId } = call.project;
  const key = livingKey(call, orgId);
  const roles = assignments.flatMap((one) => readProjectRoles(fieldsOf(one).roles, call).projectRoles);
  if (key.projectRoles.has(groupId)) throw new Refusal('API_KEY_ALREADY_IN_GROUP', [key.id, groupId]);
  call.organizations.setProjectRoles(key, groupId, roles, call.cause);
  return call.settings.assignAnswer === 'empty'
    ? { status: 204 }
    : { status: 200, body: keyView(key, call.place) };
}

function unassign(call: ProjectCall): Result {
  const key = livingKey(call, call.project.orgId);
  if (!key.projectRoles.has(call.project.id)) throw keyNotFound(call, key.id);
  call.organizations.unassign(key, call.project.id, call.cause);
  return call.surface === 'public/v1.0' ? { status: 200, body: {} } : { status: 204 };
}

const keys = '/groups/{groupId}/apiKeys';
const oneKey = '/groups/{groupId}/apiKeys/{apiUserId}';
const java = (method: string): string => `ApiProjectApiUsersResource::${method}`;

export const projectKeyOperations: readonly Operation[] = [
  {
    operation: 'listGroupApiKeys',
    method: 'GET',
    path: keys,
    java: java('getApiUsers'),
    need: 'projectRead',
    scope: 'project',
    run: list,
  },
  {
    operation: 'createGroupApiKey',
    method: 'POST',
    path: keys,
    java: java('createApiUser'),
    need: 'projectAccess',
    takesBody: true,
    scope: 'project',
    run: create,
  },
  {
    operation: 'updateGroupApiKeyRoles',
    method: 'PATCH',
    path: oneKey,
    java: java('updateApiUserDescAndRoles'),
    need: 'projectAccess',
    takesBody: true,
    scope: 'project',
    run: update,
  },
  {
    operation: 'addGroupApiKey',
    method: 'POST',
    path: oneKey,
    java: java('addApiUserToGroup'),
    need: 'projectOwner',
    takesBody: true,
    // Cloud Manager and Ops Manager assign by PATCH.
    surfaces: ['atlas/v2', 'atlas/v1.0'],
    scope: 'project',
    run: assign,
  },
  {
    operation: 'removeGroupApiKey',
    method: 'DELETE',
    path: oneKey,
    java: java('removeApiUserFromGroup'),
    need: 'projectAccess',
    scope: 'project',
    run: unassign,
  },
];
