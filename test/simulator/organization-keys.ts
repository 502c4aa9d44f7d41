import {
  checkKeyLimit,
  fieldsOf,
  keyNotFound,
  livingKey,
  type Operation,
  type OrganizationCall,
  type Result,
  readDesc,
  readOrganizationRoles,
} from './operation.ts';
import type { StoredKey } from './organization.ts';
import { paginate, readPaging } from './paging.ts';
import { keyView } from './views.ts';

/** `/orgs/{orgId}/apiKeys`: the keys of one organisation. */

/** The key as a read finds it: a deleted one may still be there for a while. */
export function readableKey(call: OrganizationCall): StoredKey {
  const id = call.params.apiUserId ?? '';
  const key = call.organizations.visibleKey(id);
  if (key === undefined || key.orgId !== call.organization.id) throw keyNotFound(call, id);
  return key;
}

function list(call: OrganizationCall): Result {
  const keys = call.organizations.visibleKeys(call.organization.id).map((key) => keyView(key, call.place));
  const href = `${call.place.root}/orgs/${call.organization.id}/apiKeys`;
  return { status: 200, body: paginate(keys, readPaging(call.query), href) };
}

function create(call: OrganizationCall): Result {
  const fields = fieldsOf(call.body);
  const desc = readDesc(fields.desc);
  const roles = readOrganizationRoles(fields.roles, call.settings);
  checkKeyLimit(call, call.organization.id);
  const key = call.organizations.addKey({ orgId: call.organization.id, desc, roles }, call.cause);
  return { status: 200, body: keyView(key, call.place, true) };
}

function read(call: OrganizationCall): Result {
  return { status: 200, body: keyView(readableKey(call), call.place) };
}

function update(call: OrganizationCall): Result {
  const fields = fieldsOf(call.body);
  const key = livingKey(call, call.organization.id);
  const desc = fields.desc === undefined ? undefined : readDesc(fields.desc);
  const roles = fields.roles === undefined ? undefined : readOrganizationRoles(fields.roles, call.settings);
  if (roles !== undefined) call.organizations.setOrganizationRoles(key, roles, call.cause);
  if (desc !== undefined) call.organizations.rename(key, desc, call.cause);
  return { status: 200, body: keyView(key, call.place) };
}

function revoke(call: OrganizationCall): Result {
  call.organizations.delete(livingKey(call, call.organization.id), call.cause);
  return call.surface === 'public/v1.0' ? { status: 200, body: {} } : { status: 204 };
}

const keys = '/orgs/{orgId}/apiKeys';
const oneKey = '/orgs/{orgId}/apiKeys/{apiUserId}';
const java = (method: string): string => `ApiOrganizationApiUsersResource::${method}`;

export const organizationKeyOperations: readonly Operation[] = [
  {
    operation: 'listOrgApiKeys',
    method: 'GET',
    path: keys,
    java: java('getApiUsers'),
    need: 'orgMember',
    scope: 'organization',
    run: list,
  },
  {
    operation: 'createOrgApiKey',
    method: 'POST',
    path: keys,
    java: java('createApiUser'),
    need: 'orgOwner',
    takesBody: true,
    scope: 'organization',
    run: create,
  },
  {
    operation: 'getOrgApiKey',
    method: 'GET',
    path: oneKey,
    java: java('getApiUser'),
    need: 'orgMember',
    scope: 'organization',
    run: read,
  },
  {
    operation: 'updateOrgApiKey',
    method: 'PATCH',
    path: oneKey,
    java: java('updateApiUserDescAndRoles'),
    need: 'orgOwner',
    takesBody: true,
    scope: 'organization',
    run: update,
  },
  {
    operation: 'deleteOrgApiKey',
    method: 'DELETE',
    path: oneKey,
    java: java('deleteApiUser'),
    need: 'orgOwner',
    scope: 'organization',
    run: revoke,
  },
];
