import { covers, entryNamed, readEntries } from './access-list.ts';
import { Refusal } from './errors.ts';
import type { ServiceAccount } from './members.ts';
import {
  type Call,
  fieldsOf,
  hrefOf,
  isHere,
  type Operation,
  operationsOf,
  type Result,
  type Row,
  readRoles,
} from './operation.ts';
import { pageOf, readFlag } from './paging.ts';
import { type Need, satisfies } from './roles.ts';
import { accountEntryView, accountView, newSecretView } from './views.ts';

/**
 * `/groups/{groupId}/serviceAccounts` and `/orgs/{orgId}/serviceAccounts`: built on the specification and on MongoDB's
 * documentation, for no exchange of these could be recorded. Of the refusals' codes three are known:
 * `DATA_CONCURRENCY_ERROR` (documented), `MAX_SERVICE_ACCOUNTS_PER_ORG_EXCEEDED` (in a public log of the Terraform
 * provider's tests, April 2026), and those of roles and addresses, as for keys. The others are the general ones.
 */

const SECRETS_AT_MOST = 2;
const ENTRIES_AT_MOST = 200;
const HOURS_AT_LEAST = 8;
const HOURS_AT_MOST = 8760;

function notFound(what: string): Refusal {
  return new Refusal('RESOURCE_NOT_FOUND', [what]);
}

/** The account the path names, as long as it is in this project or organisation. */
function accountHere(call: Call): ServiceAccount {
  const { clientId = '' } = call.params;
  const account = call.organizations.serviceAccounts.get(clientId);
  if (account === undefined || !isHere(account, call)) throw notFound(`service account ${clientId}`);
  return account;
}

/**
 * Only the organisation's owners may change an account that is in a second project or has an organisation role:
 * documented is "manage its lifecycle, including rotating or revoking its secrets".
 */
function checkOwner(account: ServiceAccount, call: Call): void {
  const isShared = account.projectRoles.size > 1 || account.orgRoles.some((role) => role !== 'ORG_MEMBER');
  if (isShared && !satisfies(call.caller, 'orgOwner', account.orgId)) throw new Refusal('USER_UNAUTHORIZED');
}

/** A name of at most 64, a description of at most 250 letters, digits, and a few marks. */
function readText(field: 'name' | 'description', value: unknown): string {
  const longest = field === 'name' ? 64 : 250;
  if (value === undefined || value === null) throw new Refusal('MISSING_ATTRIBUTE', [field]);
  if (typeof value !== 'string') throw new Refusal('INVALID_ATTRIBUTE', [field]);
  if (value.length < 1 || value.length > longest)
    throw new Refusal('VALIDATION_ERROR', [field, `must be of 1 to ${longest} characters`]);
  if (!/^[\p{L}\p{N}\-_.,' ]*$/u.test(value))
    throw new Refusal('VALIDATION_ERROR', [field, "must match ^[\\p{L}\\p{N}\\-_.,' ]*$"]);
  return value;
}

/** Of roles that are missing Atlas says something else than where keys are made. */
function readSomeRoles(value: unknown, call: Call): string[] {
  if (value === undefined || value === null) throw new Refusal('MISSING_ATTRIBUTE', ['roles']);
  if (Array.isArray(value) && value.length === 0)
    throw new Refusal('VALIDATION_ERROR', ['roles', 'must name at least one role']);
  return readRoles(value, call);
}

/** From eight hours to a year, and no longer than the organisation lets a secret live. */
function readHours(value: unknown, call: Call): number {
  const field = 'secretExpiresAfterHours';
  if (value === undefined || value === null) throw new Refusal('MISSING_ATTRIBUTE', [field]);
  if (typeof value !== 'number' || !Number.isInteger(value)) throw new Refusal('INVALID_ATTRIBUTE', [field]);
  const cap = call.organizations.organizations.get(call.orgId)?.maxSecretHours ?? HOURS_AT_MOST;
  if (value < HOURS_AT_LEAST || value > cap)
    throw new Refusal('VALIDATION_ERROR', [field, `must be from ${HOURS_AT_LEAST} to ${cap}`]);
  return value;
}

function list(call: Call): Result {
  readFlag(call.query, 'includeSystemManaged', false);
  const accounts = call.organizations.serviceAccounts.living(call.orgId).filter((one) => isHere(one, call));
  return pageOf(
    accounts.map((account) => accountView(account, call.groupId)),
    call,
    hrefOf(call, 'serviceAccounts'),
  );
}

function create(call: Call): Result {
  const { orgId, groupId, cause } = call;
  const { serviceAccounts } = call.organizations;
  const fields = fieldsOf(call.body);
  const name = readText('name', fields.name);
  const description = readText('description', fields.description);
  const roles = readSomeRoles(fields.roles, call).map((roleName) => ({ roleName, groupId }));
  const hours = readHours(fields.secretExpiresAfterHours, call);
  const limit = call.settings.serviceAccounts.perOrganization;
  if (serviceAccounts.living(orgId).length >= limit)
    throw new Refusal('MAX_SERVICE_ACCOUNTS_PER_ORG_EXCEEDED', [`${limit}`, orgId]);
  const account = serviceAccounts.add({ orgId, name, description, roles, secretHours: [hours] }, cause);
  return { status: 201, body: accountView(account, groupId, account.secrets.map(newSecretView)) };
}

function read(call: Call): Result {
  return { status: 200, body: accountView(accountHere(call), call.groupId) };
}

function update(call: Call): Result {
  const { serviceAccounts } = call.organizations;
  const account = accountHere(call);
  checkOwner(account, call);
  const fields = fieldsOf(call.body);
  const text = (field: 'name' | 'description') =>
    (fields[field] ?? undefined) === undefined ? account[field] : readText(field, fields[field]);
  const [name, description] = [text('name'), text('description')];
  const roles = fields.roles === undefined ? undefined : readSomeRoles(fields.roles, call);
  serviceAccounts.rename(account, name, call.cause);
  serviceAccounts.describe(account, description, call.cause);
  if (roles !== undefined) serviceAccounts.setRoles(account, call.groupId, roles, call.cause);
  return read(call);
}

/** A project only lets it go: its secrets work on. */
function remove(call: Call): Result {
  const account = accountHere(call);
  if (call.groupId === undefined) call.organizations.serviceAccounts.delete(account, call.cause);
  else call.organizations.serviceAccounts.unassign(account, call.groupId, call.cause);
  return { status: 204 };
}

function createSecret(call: Call): Result {
  const account = accountHere(call);
  checkOwner(account, call);
  const hours = readHours(fieldsOf(call.body).secretExpiresAfterHours, call);
  // Another secret was made after this request had arrived.
  if ((call.cause.ordinal ?? 0) <= account.secretMadeBefore) throw new Refusal('DATA_CONCURRENCY_ERROR');
  if (account.secrets.length >= SECRETS_AT_MOST)
    // Neither its status nor its code is known: the general ones.
    throw new Refusal('UNEXPECTED_ERROR', [account.id], {
      status: 400,
      wording: `Service account %s has ${SECRETS_AT_MOST} secrets already.`,
    });
  const secret = call.organizations.serviceAccounts.addSecret(account, hours, call.cause);
  return { status: 201, body: newSecretView(secret) };
}

function deleteSecret(call: Call): Result {
  const account = accountHere(call);
  checkOwner(account, call);
  const { secretId = '' } = call.params;
  const secret = account.secrets.find(({ id }) => id === secretId);
  if (secret === undefined) throw notFound(`secret ${secretId}`);
  call.organizations.serviceAccounts.deleteSecret(account, secret, call.cause);
  return { status: 204 };
}

function invite(call: Call): Result {
  const { clientId = '' } = call.params;
  const account = call.organizations.serviceAccounts.get(clientId);
  if (account?.orgId !== call.orgId) throw notFound(`service account ${clientId}`);
  const roles = readSomeRoles(fieldsOf(call.body).roles, call);
  // Whether one that is in the project already is refused is not documented.
  call.organizations.serviceAccounts.setRoles(account, call.groupId, roles, call.cause);
  return read(call);
}

function listProjects(call: Call): Result {
  const { id, projectRoles } = accountHere(call);
  const projects = [...projectRoles].map(([groupId, roles]) => ({ groupId, roles }));
  return pageOf(projects, call, hrefOf(call, `serviceAccounts/${id}/groups`));
}

function listEntries(call: Call): Result {
  const { id, accessList } = accountHere(call);
  return pageOf(accessList.map(accountEntryView), call, hrefOf(call, `serviceAccounts/${id}/accessList`));
}

function addEntries(call: Call): Result {
  const account = accountHere(call);
  const entries = readEntries(call.body, account.accessList, call.clock.now());
  if (account.accessList.length + entries.length > ENTRIES_AT_MOST)
    throw new Refusal('VALIDATION_ERROR', ['accessList', `must have at most ${ENTRIES_AT_MOST} entries`]);
  call.organizations.serviceAccounts.addToAccessList(account, entries, call.cause);
  return listEntries(call);
}

function removeEntry(call: Call): Result {
  const account = accountHere(call);
  const { ipAddress: name = '' } = call.params;
  const entry = entryNamed(account.accessList, name);
  if (entry === undefined) throw notFound(`access list entry ${name}`);
  if (call.caller.id === account.id && covers(entry, call.callerAddress))
    throw new Refusal('CANNOT_REMOVE_CALLER_FROM_ACCESS_LIST', [call.callerAddress]);
  call.organizations.serviceAccounts.removeFromAccessList(account, entry, call.cause);
  return { status: 204 };
}

const version = { version: '2024-08-05', surfaces: ['atlas/v2'] } as const;

function row(
  name: string,
  method: Operation['method'],
  path: string,
  need: Need,
  run: Operation['run'],
): Row {
  return [name, method, path, name, need, run, version];
}

/** What a project and an organisation have alike, each with the roles it asks for. */
function rowsOf(name: 'Group' | 'Org', all: string, reader: Need, owner: Need, keeper: Need): Row[] {
  const [one, secrets] = [`${all}/{clientId}`, `${all}/{clientId}/secrets`];
  const entries = `${one}/accessList`;
  const oneEntry = `${entries}/{ipAddress}`;
  return [
    row(`list${name}ServiceAccounts`, 'GET', all, reader, list),
    row(`create${name}ServiceAccount`, 'POST', all, owner, create),
    row(`get${name}ServiceAccount`, 'GET', one, reader, read),
    row(`update${name}ServiceAccount`, 'PATCH', one, owner, update),
    row(`delete${name}ServiceAccount`, 'DELETE', one, owner, remove),
    row(`create${name}ServiceAccountSecret`, 'POST', secrets, owner, createSecret),
    row(`delete${name}ServiceAccountSecret`, 'DELETE', `${secrets}/{secretId}`, owner, deleteSecret),
    row(`list${name}ServiceAccountAccessList`, 'GET', entries, reader, listEntries),
    row(`create${name}ServiceAccountAccessList`, 'POST', entries, keeper, addEntries),
    row(`delete${name}ServiceAccountAccessListEntry`, 'DELETE', oneEntry, keeper, removeEntry),
  ];
}

const [inProject, inOrg] = ['/groups/{groupId}/serviceAccounts', '/orgs/{orgId}/serviceAccounts'];

export const serviceAccountOperations: readonly Operation[] = operationsOf(
  'ApiServiceAccountsResource',
  ...rowsOf('Group', inProject, 'projectRead', 'projectOwner', 'projectAccess'),
  row('inviteGroupServiceAccount', 'POST', `${inProject}/{clientId}:invite`, 'orgOwner', invite),
  ...rowsOf('Org', inOrg, 'orgRead', 'orgOwner', 'orgOwner'),
  row('getOrgServiceAccountGroups', 'GET', `${inOrg}/{clientId}/groups`, 'orgRead', listProjects),
);
