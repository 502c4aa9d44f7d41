import type { StoredKey } from './keys.ts';
import {
  checkKeyLimit,
  fieldsOf,
  keyNotFound,
  livingKey,
  type Operation,
  type OrganizationCall,
  ofOrganization,
  type Result,
  readDesc,
  readOrganizationRoles,
} from './operation.ts';
import { paginate, readPaging } from './paging.ts';
import { keyView } from './views.ts';

/** `/orgs/{orgId}/apiKeys`: the keys of one organisation. */

/** The key as a read finds it: a deleted one may still be there for a while. */
export function readableKey(call: OrganizationCall): StoredKey {
  const id = call.params.apiUserId ?? '';
  const key = call.organizations.keys.visible(id);
  if (key === undefined || key.orgId !== call.organization.id) throw keyNotFound(call, id);
  return key;
}

function list(call: OrganizationCall): Result {
  const keys = call.organizations.keys.visibleIn(call.organization.id).map((key) => keyView(key, call.place));
  const href = `${call.place.root}/orgs/${call.organization.id}/apiKeys`;
  return { status: 200, body: paginate(keys, readPaging(call.query), href) };
}

function create(call: OrganizationCall): Result {
  const fields = fieldsOf(call.body);
  const desc = readDesc(fields.desc);
  const roles = readOrganizationRoles(fields.roles, call.settings);
  checkKeyLimit(call, call.organization.id);
  const key = call.organizations.keys.add({ orgId: call.organization.id, desc, roles }, call.cause);
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
  if (roles !== undefined) call.organizations.keys.setOrganizationRoles(key, roles, call.cause);
  if (desc !== undefined) call.organizations.keys.rename(key, desc, call.cause);
  return { status: 200, body: keyView(key, call.place) };
}

function revoke(call: OrganizationCall): Result {
  call.organizations.keys.delete(livingKey(call, call.organization.id), call.cause);
  return call.surface === 'public/v1.0' ? { status: 200, body: {} } : { status: 204 };
}

const keys = '/orgs/{orgId}/apiKeys';
const oneKey = `${keys}/{apiUserId}`;
const java = (method: string): string => `ApiOrganizationApiUsersResource::${method}`;

export const organizationKeyOperations: readonly Operation[] = ofOrganization(
  ['listOrgApiKeys', 'GET', keys, java('getApiUsers'), 'orgMember', list],
  ['createOrgApiKey', 'POST', keys, java('createApiUser'), 'orgOwner', create],
  ['getOrgApiKey', 'GET', oneKey, java('getApiUser'), 'orgMember', read],
  ['updateOrgApiKey', 'PATCH', oneKey, java('updateApiUserDescAndRoles'), 'orgOwner', update],
  ['deleteOrgApiKey', 'DELETE', oneKey, java('deleteApiUser'), 'orgOwner', revoke],
);
