import { type AccessListEntry, covers, entryNamed, readEntries } from './access-list.ts';
import { Refusal } from './errors.ts';
import type { StoredKey } from './keys.ts';
import {
  livingKey,
  type Operation,
  type OrganizationCall,
  ofOrganization,
  type Result,
} from './operation.ts';
import { readableKey } from './organization-keys.ts';
import { paginate, readPaging } from './paging.ts';
import { satisfies } from './roles.ts';
import { accessListHref, entryView } from './views.ts';

/** `/orgs/{orgId}/apiKeys/{apiUserId}/accessList`: from where the Admin API may be called with a key. */

function listOf(key: StoredKey, call: OrganizationCall): Result {
  const entries = key.accessList.map((entry) => entryView(entry, key, call.place));
  return { status: 200, body: paginate(entries, readPaging(call.query), accessListHref(key, call.place)) };
}

/**
 * Reading and writing alike: recorded of a caller with Organization Read Only. Whether the user administrators of one of
 * its projects count, nobody has seen.
 */
function checkKeeper(key: StoredKey, call: OrganizationCall): void {
  const { id, who } = call.caller;
  const keeps =
    id === key.id ||
    satisfies(who, 'orgOwner', key.orgId) ||
    [...key.projectRoles.keys()].some((groupId) => satisfies(who, 'projectAccess', key.orgId, groupId));
  if (!keeps) throw new Refusal('API_KEY_ACCESS_LIST_ACCESS_DENIED', [key.id]);
}

function add(call: OrganizationCall): Result {
  const key = livingKey(call, call.organization.id);
  checkKeeper(key, call);
  const entries = readEntries(call.body, key.accessList, call.clock.now());
  call.organizations.keys.addToAccessList(key, entries, call.cause);
  return listOf(key, call);
}

function entryIn(key: StoredKey, call: OrganizationCall): AccessListEntry {
  const name = call.params.ipAddress ?? '';
  const entry = entryNamed(key.accessList, name);
  if (entry === undefined) throw new Refusal('API_KEY_ACCESS_LIST_NOT_FOUND', [name, key.id]);
  return entry;
}

function readAll(call: OrganizationCall): Result {
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
  call.organizations.keys.removeFromAccessList(key, entry, call.cause);
  return call.surface === 'public/v1.0' ? { status: 200, body: {} } : { status: 204 };
}

const list = '/orgs/{orgId}/apiKeys/{apiUserId}/accessList';
const oneEntry = `${list}/{ipAddress}`;
const java = (method: string): string => `ApiOrganizationApiUsersAccessListResource::${method}`;

export const keyAccessListOperations: readonly Operation[] = ofOrganization(
  ['listOrgApiKeyAccessListEntries', 'GET', list, java('getApiUserAccessList'), 'orgMember', readAll],
  ['createOrgApiKeyAccessListEntry', 'POST', list, java('addApiUserAccessList'), 'orgMember', add],
  ['getOrgApiKeyAccessListEntry', 'GET', oneEntry, java('getUserAccessListEntry'), 'orgMember', read],
  [
    'deleteOrgApiKeyAccessListEntry',
    'DELETE',
    oneEntry,
    java('deleteUserAccessListEntry'),
    'orgMember',
    remove,
  ],
);
