import { type AccessListEntry, checkNew, covers, readEntry } from './access-list.ts';
import { Refusal } from './errors.ts';
import { livingKey, type Operation, type OrganizationCall, type Result } from './operation.ts';
import type { StoredKey } from './organization.ts';
import { readableKey } from './organization-keys.ts';
import { paginate, readPaging } from './paging.ts';
import { satisfies } from './roles.ts';
import { accessListHref, entryView } from './views.ts';

/** `/orgs/{orgId}/apiKeys/{apiUserId}/accessList`: from where the Admin API may be called with a key. */

function listOf(key: StoredKey, call: OrganizationCall): Result {
  const entries = key.accessList.map((entry) => entryView(entry, key, call.place));
  return { status: 200, body: paginate(entries, readPaging(call.query), accessListHref(key, call.place)) };
}

/** Reading and writing alike: recorded of a caller with Organization Read Only. */
function checkKeeper(key: StoredKey, call: OrganizationCall): void {
  const { id, who } = call.caller;
  const groupIds = call.settings.accessListKeepers === 'projectOwners' ? [...key.projectRoles.keys()] : [];
  const keeps =
    id === key.id ||
    satisfies(who, 'orgOwner', key.orgId) ||
    groupIds.some((groupId) => satisfies(who, 'projectAccess', key.orgId, groupId));
  if (!keeps) throw new Refusal('API_KEY_ACCESS_LIST_ACCESS_DENIED', [key.id]);
}

function add(call: OrganizationCall): Result {
  const key = livingKey(call, call.organization.id);
  checkKeeper(key, call);
  if (!Array.isArray(call.body)) throw new Refusal('INVALID_JSON');
  const requested: unknown[] = call.body;
  if (requested.length === 0) throw new Refusal('MISSING_ATTRIBUTE', ['ipAddress']);
  const entries = requested.map((one) => readEntry(one, call.clock.now()));
  checkNew(entries, key.accessList);
  call.organizations.addToAccessList(key, entries, call.cause);
  return listOf(key, call);
}

function entryIn(key: StoredKey, call: OrganizationCall): AccessListEntry {
  const name = call.params.ipAddress ?? '';
  const entry = key.accessList.find(({ ipAddress, cidrBlock }) => ipAddress === name || cidrBlock === name);
  if (entry === undefined) throw new Refusal('API_KEY_ACCESS_LIST_NOT_FOUND', [name, key.id]);
  return entry;
}

function list(call: OrganizationCall): Result {
  const key = readableKey(call);
  checkKeeper(key, call);
  return listOf(key, call);
}

function read(call: OrganizationCall): Result {
  const key = readableKey(call);
  checkKeeper(key, call);
  return { status: 200, body: entryView(entryIn(key, call), key, call.place) };
}

function remove(call: OrganizationCall): Result {
  const key = livingKey(call, call.organization.id);
  checkKeeper(key, call);
  const entry = entryIn(key, call);
  if (call.caller.id === key.id && covers(entry, call.callerAddress)) {
    throw new Refusal('CANNOT_REMOVE_CALLER_FROM_ACCESS_LIST', [call.callerAddress]);
  }
  call.organizations.removeFromAccessList(key, entry, call.cause);
  return call.surface === 'public/v1.0' ? { status: 200, body: {} } : { status: 204 };
}

const entries = '/orgs/{orgId}/apiKeys/{apiUserId}/accessList';
const oneEntry = '/orgs/{orgId}/apiKeys/{apiUserId}/accessList/{ipAddress}';
const java = (method: string): string => `ApiOrganizationApiUsersAccessListResource::${method}`;

export const keyAccessListOperations: readonly Operation[] = [
  {
    operation: 'listOrgApiKeyAccessListEntries',
    method: 'GET',
    path: entries,
    java: java('getApiUserAccessList'),
    need: 'orgMember',
    scope: 'organization',
    run: list,
  },
  {
    operation: 'createOrgApiKeyAccessListEntry',
    method: 'POST',
    path: entries,
    java: java('addApiUserAccessList'),
    need: 'orgMember',
    takesBody: true,
    scope: 'organization',
    run: add,
  },
  {
    operation: 'getOrgApiKeyAccessListEntry',
    method: 'GET',
    path: oneEntry,
    java: java('getUserAccessListEntry'),
    need: 'orgMember',
    scope: 'organization',
    run: read,
  },
  {
    operation: 'deleteOrgApiKeyAccessListEntry',
    method: 'DELETE',
    path: oneEntry,
    java: java('deleteUserAccessListEntry'),
    need: 'orgMember',
    scope: 'organization',
    run: remove,
  },
];
