import { covers, entryNamed, readEntries } from './access-list.ts';
import { Refusal } from './errors.ts';
import {
  fieldsOf,
  type Operation,
  type OrganizationCall,
  ofOrganization,
  ofProject,
  type ProjectCall,
  type Result,
  readOrganizationRoles,
  readProjectRoles,
} from './operation.ts';
import { paginate, readFlag, readPaging } from './paging.ts';
import { satisfies } from './roles.ts';
import type { ServiceAccount } from './service-accounts.ts';
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

type AccountCall = ProjectCall | OrganizationCall;

function organizationId(call: AccountCall): string {
  return 'project' in call ? call.project.orgId : call.organization.id;
}

function isHere(account: ServiceAccount, call: AccountCall): boolean {
  if ('project' in call) return account.projectRoles.has(call.project.id);
  return account.orgId === call.organization.id;
}

function rolesHere(account: ServiceAccount, call: AccountCall): readonly string[] {
  return 'project' in call ? (account.projectRoles.get(call.project.id) ?? []) : account.orgRoles;
}

function hrefHere(call: AccountCall, below = ''): string {
  const of = 'project' in call ? `groups/${call.project.id}` : `orgs/${call.organization.id}`;
  return `${call.place.root}/${of}/serviceAccounts${below}`;
}

function notFound(what: string): Refusal {
  return new Refusal('RESOURCE_NOT_FOUND', [what]);
}

/** The account the path names, as long as it is in this project or organisation. */
function accountHere(call: AccountCall): ServiceAccount {
  const { clientId = '' } = call.params;
  const account = call.organizations.serviceAccounts.get(clientId);
  if (account === undefined || !isHere(account, call)) throw notFound(`service account ${clientId}`);
  return account;
}

/**
 * Only the organisation's owners may change an account that is in a second project or has an organisation role:
 * documented is "manage its lifecycle, including rotating or revoking its secrets".
 */
function checkOwner(account: ServiceAccount, call: AccountCall): void {
  const isShared = account.projectRoles.size > 1 || account.orgRoles.some((role) => role !== 'ORG_MEMBER');
  if (isShared && !satisfies(call.caller.who, 'orgOwner', account.orgId))
    throw new Refusal('USER_UNAUTHORIZED');
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

function readRoles(value: unknown, call: AccountCall): string[] {
  if (value === undefined || value === null) throw new Refusal('MISSING_ATTRIBUTE', ['roles']);
  if (Array.isArray(value) && value.length === 0)
    throw new Refusal('VALIDATION_ERROR', ['roles', 'must name at least one role']);
  if (!('project' in call)) return readOrganizationRoles(value, call.settings);
  return readProjectRoles(value, call);
}

/** From eight hours to a year, and no longer than the organisation lets a secret live. */
function readHours(value: unknown, call: AccountCall): number {
  const field = 'secretExpiresAfterHours';
  if (value === undefined || value === null) throw new Refusal('MISSING_ATTRIBUTE', [field]);
  if (typeof value !== 'number' || !Number.isInteger(value)) throw new Refusal('INVALID_ATTRIBUTE', [field]);
  const cap = call.organizations.organizations.get(organizationId(call))?.maxSecretHours ?? HOURS_AT_MOST;
  if (value < HOURS_AT_LEAST || value > cap)
    throw new Refusal('VALIDATION_ERROR', [field, `must be from ${HOURS_AT_LEAST} to ${cap}`]);
  return value;
}

function makeSecret(account: ServiceAccount, hours: number, call: AccountCall) {
  const usableAt = call.clock.now() + call.settings.serviceAccounts.newSecretRefusedMs;
  return newSecretView(call.organizations.serviceAccounts.addSecret(account, hours, usableAt, call.cause));
}

function list(call: AccountCall): Result {
  readFlag(call.query, 'includeSystemManaged', false);
  const accounts = call.organizations.serviceAccounts
    .living(organizationId(call))
    .filter((account) => isHere(account, call))
    .map((account) => accountView(account, rolesHere(account, call)));
  return { status: 200, body: paginate(accounts, readPaging(call.query), hrefHere(call)) };
}

function create(call: AccountCall): Result {
  const { serviceAccounts } = call.organizations;
  const fields = fieldsOf(call.body);
  const name = readText('name', fields.name);
  const description = readText('description', fields.description);
  const roles = readRoles(fields.roles, call);
  const hours = readHours(fields.secretExpiresAfterHours, call);
  const orgId = organizationId(call);
  const limit = call.settings.serviceAccounts.perOrganization;
  if (serviceAccounts.living(orgId).length >= limit)
    throw new Refusal('MAX_SERVICE_ACCOUNTS_PER_ORG_EXCEEDED', [`${limit}`, orgId]);
  const groupId = 'project' in call ? call.project.id : undefined;
  const inputs = roles.map((roleName) => (groupId === undefined ? roleName : { roleName, groupId }));
  const account = serviceAccounts.add(
    { orgId, name, description, roles: inputs, secretHours: [] },
    call.cause,
  );
  const secrets = [makeSecret(account, hours, call)];
  return { status: 201, body: accountView(account, rolesHere(account, call), secrets) };
}

function read(call: AccountCall): Result {
  const account = accountHere(call);
  return { status: 200, body: accountView(account, rolesHere(account, call)) };
}

function update(call: AccountCall): Result {
  const { serviceAccounts } = call.organizations;
  const account = accountHere(call);
  checkOwner(account, call);
  const fields = fieldsOf(call.body);
  const text = (field: 'name' | 'description') =>
    (fields[field] ?? undefined) === undefined ? account[field] : readText(field, fields[field]);
  const [name, description] = [text('name'), text('description')];
  const roles = fields.roles === undefined ? undefined : readRoles(fields.roles, call);
  serviceAccounts.rename(account, name, call.cause);
  serviceAccounts.describe(account, description, call.cause);
  if (roles !== undefined) {
    if ('project' in call) serviceAccounts.setProjectRoles(account, call.project.id, roles, call.cause);
    else serviceAccounts.setOrganizationRoles(account, roles, call.cause);
  }
  return read(call);
}

/** A project only lets it go: its secrets work on. */
function remove(call: AccountCall): Result {
  const account = accountHere(call);
  if ('project' in call) call.organizations.serviceAccounts.unassign(account, call.project.id, call.cause);
  else call.organizations.serviceAccounts.delete(account, call.cause);
  return { status: 204 };
}

function createSecret(call: AccountCall): Result {
  const account = accountHere(call);
  checkOwner(account, call);
  const hours = readHours(fieldsOf(call.body).secretExpiresAfterHours, call);
  // Another secret was made after this request had arrived.
  if ((call.cause.ordinal ?? 0) <= account.secretMadeBefore) throw new Refusal('DATA_CONCURRENCY_ERROR');
  if (account.secrets.length >= SECRETS_AT_MOST)
    // Neither its status nor its code is known: the general ones.
    throw new Refusal('UNEXPECTED_ERROR', [account.clientId], {
      status: 400,
      wording: `Service account %s has ${SECRETS_AT_MOST} secrets already.`,
    });
  return { status: 201, body: makeSecret(account, hours, call) };
}

function deleteSecret(call: AccountCall): Result {
  const account = accountHere(call);
  checkOwner(account, call);
  const { secretId = '' } = call.params;
  const secret = account.secrets.find(({ id }) => id === secretId);
  if (secret === undefined) throw notFound(`secret ${secretId}`);
  call.organizations.serviceAccounts.deleteSecret(account, secret, call.cause);
  return { status: 204 };
}

function invite(call: ProjectCall): Result {
  const { clientId = '' } = call.params;
  const account = call.organizations.serviceAccounts.get(clientId);
  if (account?.orgId !== call.project.orgId) throw notFound(`service account ${clientId}`);
  const roles = readRoles(fieldsOf(call.body).roles, call);
  // Whether one that is in the project already is refused is not documented.
  call.organizations.serviceAccounts.setProjectRoles(account, call.project.id, roles, call.cause);
  return read(call);
}

function listProjects(call: OrganizationCall): Result {
  const account = accountHere(call);
  const projects = [...account.projectRoles].map(([groupId, roles]) => ({ groupId, roles }));
  const href = hrefHere(call, `/${account.clientId}/groups`);
  return { status: 200, body: paginate(projects, readPaging(call.query), href) };
}

function listEntries(call: AccountCall): Result {
  const { clientId, accessList } = accountHere(call);
  const href = hrefHere(call, `/${clientId}/accessList`);
  return { status: 200, body: paginate(accessList.map(accountEntryView), readPaging(call.query), href) };
}

function addEntries(call: AccountCall): Result {
  const account = accountHere(call);
  const entries = readEntries(call.body, account.accessList, call.clock.now());
  if (account.accessList.length + entries.length > ENTRIES_AT_MOST)
    throw new Refusal('VALIDATION_ERROR', ['accessList', `must have at most ${ENTRIES_AT_MOST} entries`]);
  call.organizations.serviceAccounts.addToAccessList(account, entries, call.cause);
  return listEntries(call);
}

function removeEntry(call: AccountCall): Result {
  const account = accountHere(call);
  const { ipAddress: name = '' } = call.params;
  const entry = entryNamed(account.accessList, name);
  if (entry === undefined) throw notFound(`access list entry ${name}`);
  if (call.caller.id === account.clientId && covers(entry, call.callerAddress))
    throw new Refusal('CANNOT_REMOVE_CALLER_FROM_ACCESS_LIST', [call.callerAddress]);
  call.organizations.serviceAccounts.removeFromAccessList(account, entry, call.cause);
  return { status: 204 };
}

type Row = readonly [string, Operation['method'], string, Operation['need'], (call: AccountCall) => Result];

/** What a project and an organisation have alike, each with the roles it asks for. */
function rowsOf(name: 'Group' | 'Org', all: string): Row[] {
  const inProject = name === 'Group';
  const [one, secrets] = [`${all}/{clientId}`, `${all}/{clientId}/secrets`];
  const entries = `${one}/accessList`;
  const oneEntry = `${entries}/{ipAddress}`;
  const reader = inProject ? 'projectRead' : 'orgRead';
  const owner = inProject ? 'projectOwner' : 'orgOwner';
  const keeper = inProject ? 'projectAccess' : 'orgOwner';
  return [
    [`list${name}ServiceAccounts`, 'GET', all, reader, list],
    [`create${name}ServiceAccount`, 'POST', all, owner, create],
    [`get${name}ServiceAccount`, 'GET', one, reader, read],
    [`update${name}ServiceAccount`, 'PATCH', one, owner, update],
    [`delete${name}ServiceAccount`, 'DELETE', one, owner, remove],
    [`create${name}ServiceAccountSecret`, 'POST', secrets, owner, createSecret],
    [`delete${name}ServiceAccountSecret`, 'DELETE', `${secrets}/{secretId}`, owner, deleteSecret],
    [`list${name}ServiceAccountAccessList`, 'GET', entries, reader, listEntries],
    [`create${name}ServiceAccountAccessList`, 'POST', entries, keeper, addEntries],
    [`delete${name}ServiceAccountAccessListEntry`, 'DELETE', oneEntry, keeper, removeEntry],
  ];
}

const [inProject, inOrg] = ['/groups/{groupId}/serviceAccounts', '/orgs/{orgId}/serviceAccounts'];
const [invitation, groups] = [`${inProject}/{clientId}:invite`, `${inOrg}/{clientId}/groups`];
const java = (operation: string): string => `ApiServiceAccountsResource::${operation}`;
const named = ([operation, method, path, need, run]: Row) =>
  [operation, method, path, java(operation), need, run] as const;

export const serviceAccountOperations: readonly Operation[] = [
  ...ofProject(...rowsOf('Group', inProject).map(named)),
  ...ofProject(['inviteGroupServiceAccount', 'POST', invitation, java('invite'), 'orgOwner', invite]),
  ...ofOrganization(...rowsOf('Org', inOrg).map(named)),
  ...ofOrganization([
    'getOrgServiceAccountGroups',
    'GET',
    groups,
    java('getGroups'),
    'orgRead',
    listProjects,
  ]),
].map((operation) => ({ ...operation, version: '2024-08-05', surfaces: ['atlas/v2'] }));
