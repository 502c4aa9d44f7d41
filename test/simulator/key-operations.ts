import { type AccessListEntry, covers, entryNamed, readEntries } from './access-list.ts';
import { Refusal } from './errors.ts';
import type { StoredKey } from './members.ts';
import {
  type Call,
  fieldsOf,
  hrefOf,
  isHere,
  type Operation,
  operationsOf,
  type Result,
  readRoles,
} from './operation.ts';
import { pageOf } from './paging.ts';
import { satisfies } from './roles.ts';
import { accessListHref, entryView, keyView } from './views.ts';

/**
 * `/groups/{groupId}/apiKeys` and `/orgs/{orgId}/apiKeys`, the keys of a project or of an organisation; and
 * `/orgs/{orgId}/apiKeys/{apiUserId}/accessList`, from where the Admin API may be called with a key.
 */

function readDesc(value: unknown): string {
  if (value === undefined || value === null) throw new Refusal('API_KEY_REQUIRES_DESCRIPTION');
  if (value === '') throw new Refusal('INVALID_API_KEY_DESC');
  if (typeof value !== 'string') throw new Refusal('INVALID_ATTRIBUTE', ['desc']);
  if (value.length > 250) throw new Refusal('VALIDATION_ERROR', ['desc', 'must be at most 250 characters']);
  return value;
}

/** That no such key exists, with the status the settings choose. */
function notFound({ params, settings }: Call): Refusal {
  return new Refusal('API_KEY_NOT_FOUND', [params.apiUserId ?? ''], { status: settings.keyNotFoundStatus });
}

function livingKey(call: Call): StoredKey {
  const key = call.organizations.keys.get(call.params.apiUserId ?? '');
  if (key?.orgId !== call.orgId) throw notFound(call);
  return key;
}

/** The key as a read finds it: a deleted one may still be there for a while. */
function readableKey(call: Call): StoredKey {
  const key = call.organizations.keys.visibleIn(call.orgId).find(({ id }) => id === call.params.apiUserId);
  if (key === undefined) throw notFound(call);
  return key;
}

function done({ surface }: Call): Result {
  return surface === 'public/v1.0' ? { status: 200, body: {} } : { status: 204 };
}

function list(call: Call): Result {
  const keys = call.organizations.keys.visibleIn(call.orgId).filter((key) => isHere(key, call));
  return pageOf(
    keys.map((key) => keyView(key, call)),
    call,
    hrefOf(call, 'apiKeys'),
  );
}

function create(call: Call): Result {
  const { groupId, orgId, organizations, settings } = call;
  const fields = fieldsOf(call.body);
  const desc = readDesc(fields.desc);
  const roles = readRoles(fields.roles, call).map((roleName) => ({ roleName, groupId }));
  const limit = settings.keysPerOrganization;
  if (organizations.keys.living(orgId).length >= limit)
    throw new Refusal('MAX_PUBLIC_API_KEY_REACHED', [`${limit}`, orgId]);
  const key = organizations.keys.add({ orgId, desc, roles }, call.cause);
  return { status: 200, body: keyView(key, call, true) };
}

function read(call: Call): Result {
  return { status: 200, body: keyView(readableKey(call), call) };
}

function update(call: Call): Result {
  const { groupId, cause } = call;
  const { keys } = call.organizations;
  const fields = fieldsOf(call.body);
  const key = livingKey(call);
  // Ops Manager's documentation knows roles alone in a project, and wants them.
  const onlyRoles = groupId !== undefined && call.surface === 'public/v1.0';
  const desc = onlyRoles || fields.desc === undefined ? undefined : readDesc(fields.desc);
  if (fields.roles !== undefined || onlyRoles)
    keys.setRoles(key, groupId, readRoles(fields.roles, call), cause);
  else if (!isHere(key, call)) throw notFound(call);
  if (desc !== undefined) keys.rename(key, desc, cause);
  return { status: 200, body: keyView(key, call) };
}

function assign(call: Call): Result {
  if (!Array.isArray(call.body)) throw new Refusal('INVALID_JSON');
  const assignments: unknown[] = call.body;
  if (assignments.length === 0) throw new Refusal('MISSING_ATTRIBUTE', ['roles']);
  const key = livingKey(call);
  const roles = assignments.flatMap((one) => readRoles(fieldsOf(one).roles, call));
  if (isHere(key, call)) throw new Refusal('API_KEY_ALREADY_IN_GROUP', [key.id, call.groupId ?? '']);
  call.organizations.keys.setRoles(key, call.groupId, roles, call.cause);
  return call.settings.assignAnswer === 'empty' ? { status: 204 } : { status: 200, body: keyView(key, call) };
}

/** A project only lets it go. */
function remove(call: Call): Result {
  const { keys } = call.organizations;
  const key = livingKey(call);
  if (!isHere(key, call)) throw notFound(call);
  if (call.groupId === undefined) keys.delete(key, call.cause);
  else keys.unassign(key, call.groupId, call.cause);
  return done(call);
}

/**
 * Reading and writing alike: recorded of a caller with Organization Read Only. Whether the user administrators of one of
 * its projects count, nobody has seen.
 */
function checkKeeper(key: StoredKey, { caller }: Call): StoredKey {
  const keeps =
    caller.id === key.id ||
    satisfies(caller, 'orgOwner', key.orgId) ||
    [...key.projectRoles.keys()].some((groupId) => satisfies(caller, 'projectAccess', key.orgId, groupId));
  if (!keeps) throw new Refusal('API_KEY_ACCESS_LIST_ACCESS_DENIED', [key.id]);
  return key;
}

function listOf(key: StoredKey, call: Call): Result {
  const entries = key.accessList.map((entry) => entryView(entry, key, call));
  return pageOf(entries, call, accessListHref(key, call));
}

function entryIn(key: StoredKey, { params }: Call): AccessListEntry {
  const { ipAddress = '' } = params;
  const entry = entryNamed(key.accessList, ipAddress);
  if (entry === undefined) throw new Refusal('API_KEY_ACCESS_LIST_NOT_FOUND', [ipAddress, key.id]);
  return entry;
}

function listEntries(call: Call): Result {
  return listOf(checkKeeper(readableKey(call), call), call);
}

function addEntries(call: Call): Result {
  const key = checkKeeper(livingKey(call), call);
  const entries = readEntries(call.body, key.accessList, call.clock.now());
  call.organizations.keys.addToAccessList(key, entries, call.cause);
  return listOf(key, call);
}

function readEntry(call: Call): Result {
  const key = checkKeeper(readableKey(call), call);
  return { status: 200, body: entryView(entryIn(key, call), key, call) };
}

function removeEntry(call: Call): Result {
  const key = checkKeeper(livingKey(call), call);
  const entry = entryIn(key, call);
  if (call.caller.id === key.id && covers(entry, call.callerAddress))
    throw new Refusal('CANNOT_REMOVE_CALLER_FROM_ACCESS_LIST', [call.callerAddress]);
  call.organizations.keys.removeFromAccessList(key, entry, call.cause);
  return done(call);
}

const [inProject, inOrg] = ['/groups/{groupId}/apiKeys', '/orgs/{orgId}/apiKeys'];
const [oneInProject, oneInOrg] = [`${inProject}/{apiUserId}`, `${inOrg}/{apiUserId}`];
const entries = `${oneInOrg}/accessList`;
const entry = `${entries}/{ipAddress}`;
// Cloud Manager and Ops Manager assign by PATCH.
const ofAtlas = { surfaces: ['atlas/v2', 'atlas/v1.0'] } as const;

export const keyOperations: readonly Operation[] = [
  ...operationsOf(
    'ApiProjectApiUsersResource',
    ['listGroupApiKeys', 'GET', inProject, 'getApiUsers', 'projectRead', list],
    ['createGroupApiKey', 'POST', inProject, 'createApiUser', 'projectAccess', create],
    ['updateGroupApiKeyRoles', 'PATCH', oneInProject, 'updateApiUserDescAndRoles', 'projectAccess', update],
    ['addGroupApiKey', 'POST', oneInProject, 'addApiUserToGroup', 'projectOwner', assign, ofAtlas],
    ['removeGroupApiKey', 'DELETE', oneInProject, 'removeApiUserFromGroup', 'projectAccess', remove],
  ),
  ...operationsOf(
    'ApiOrganizationApiUsersResource',
    ['listOrgApiKeys', 'GET', inOrg, 'getApiUsers', 'orgMember', list],
    ['createOrgApiKey', 'POST', inOrg, 'createApiUser', 'orgOwner', create],
    ['getOrgApiKey', 'GET', oneInOrg, 'getApiUser', 'orgMember', read],
    ['updateOrgApiKey', 'PATCH', oneInOrg, 'updateApiUserDescAndRoles', 'orgOwner', update],
    ['deleteOrgApiKey', 'DELETE', oneInOrg, 'deleteApiUser', 'orgOwner', remove],
  ),
  ...operationsOf(
    'ApiOrganizationApiUsersAccessListResource',
    ['listOrgApiKeyAccessListEntries', 'GET', entries, 'getApiUserAccessList', 'orgMember', listEntries],
    ['createOrgApiKeyAccessListEntry', 'POST', entries, 'addApiUserAccessList', 'orgMember', addEntries],
    ['getOrgApiKeyAccessListEntry', 'GET', entry, 'getUserAccessListEntry', 'orgMember', readEntry],
    [
      'deleteOrgApiKeyAccessListEntry',
      'DELETE',
      entry,
      'deleteUserAccessListEntry',
      'orgMember',
      removeEntry,
    ],
  ),
];
