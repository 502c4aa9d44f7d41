import { type AccessListEntry, checkNew, covers, readEntry } from './access-list.ts';
import { Refusal } from './errors.ts';
import {
  fieldsOf,
  type Operation,
  type OrganizationCall,
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

function notFound(call: AccountCall, what: string): Refusal {
  return new Refusal(call.settings.serviceAccounts.notFound, [what], {
    status: 404,
    wording: 'Cannot find resource %s.',
  });
}

/** The account the path names, as long as it is in this project or organisation. */
function accountHere(call: AccountCall): ServiceAccount {
  const { clientId = '' } = call.params;
  const account = call.organizations.serviceAccounts.get(clientId);
  if (account === undefined || !isHere(account, call)) throw notFound(call, `service account ${clientId}`);
  return account;
}

/** Refuses a project's owner where only the organisation's owners manage the account. */
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
  const { projectRoles, orgRoles } = readProjectRoles(value, call);
  const [first] = orgRoles;
  if (first !== undefined) throw new Refusal('CANNOT_ADD_ORG_ROLE', [first]);
  return projectRoles;
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

/** The hours of an account's first secret; none where the request wants none and the service knows that. */
function readFirstHours(fields: Readonly<Record<string, unknown>>, call: AccountCall): number[] {
  const { secretExpiresAfterHours: hours, withoutInitialSecret: without } = fields;
  if (!call.settings.serviceAccounts.withoutInitialSecret || without !== true)
    return [readHours(hours, call)];
  if (hours !== undefined) throw new Refusal('INVALID_ATTRIBUTE', ['secretExpiresAfterHours']);
  return [];
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
    .map((account) => accountView(account, rolesHere(account, call), call.place));
  return { status: 200, body: paginate(accounts, readPaging(call.query), hrefHere(call)) };
}

function create(call: AccountCall): Result {
  const { serviceAccounts } = call.organizations;
  const fields = fieldsOf(call.body);
  const [name, description] = [
    readText('name', fields.name),
    readText('description', fields.description),
  ] as const;
  const roles = readRoles(fields.roles, call);
  const hours = readFirstHours(fields, call);
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
  const secrets = hours.map((one) => makeSecret(account, one, call));
  return { status: 201, body: accountView(account, rolesHere(account, call), call.place, secrets) };
}

function read(call: AccountCall): Result {
  const account = accountHere(call);
  return { status: 200, body: accountView(account, rolesHere(account, call), call.place) };
}

function update(call: AccountCall): Result {
  const { serviceAccounts } = call.organizations;
  const account = accountHere(call);
  if (call.settings.serviceAccounts.ownersAlone === 'secretsAndChanges') checkOwner(account, call);
  const fields = fieldsOf(call.body);
  const name = (fields.name ?? undefined) === undefined ? account.name : readText('name', fields.name);
  const description =
    (fields.description ?? undefined) === undefined
      ? account.description
      : readText('description', fields.description);
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
  const { oneSecretAtOnce, thirdSecret } = call.settings.serviceAccounts;
  // Another secret was made after this request had arrived.
  if (oneSecretAtOnce && (call.cause.ordinal ?? 0) <= account.secretMadeBefore)
    throw new Refusal('DATA_CONCURRENCY_ERROR');
  if (account.secrets.length >= SECRETS_AT_MOST)
    throw new Refusal('UNEXPECTED_ERROR', [account.clientId], {
      status: thirdSecret,
      wording: `Service account %s has ${SECRETS_AT_MOST} secrets already.`,
    });
  return { status: 201, body: makeSecret(account, hours, call) };
}

function deleteSecret(call: AccountCall): Result {
  const account = accountHere(call);
  checkOwner(account, call);
  const { secretId = '' } = call.params;
  const secret = account.secrets.find(({ id }) => id === secretId);
  if (secret === undefined) throw notFound(call, `secret ${secretId}`);
  call.organizations.serviceAccounts.deleteSecret(account, secret, call.cause);
  return { status: 204 };
}

function invite(call: ProjectCall): Result {
  const { clientId = '' } = call.params;
  const account = call.organizations.serviceAccounts.get(clientId);
  if (account?.orgId !== call.project.orgId) throw notFound(call, `service account ${clientId}`);
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
  if (!Array.isArray(call.body)) throw new Refusal('INVALID_JSON');
  const requested: unknown[] = call.body;
  if (requested.length === 0) throw new Refusal('MISSING_ATTRIBUTE', ['ipAddress']);
  const entries = requested.map((one) => readEntry(one, call.clock.now()));
  checkNew(entries, account.accessList);
  if (account.accessList.length + entries.length > ENTRIES_AT_MOST)
    throw new Refusal('VALIDATION_ERROR', ['accessList', `must have at most ${ENTRIES_AT_MOST} entries`]);
  call.organizations.serviceAccounts.addToAccessList(account, entries, call.cause);
  return listEntries(call);
}

function entryHere(account: ServiceAccount, call: AccountCall): AccessListEntry {
  const { ipAddress: name = '' } = call.params;
  const entry = account.accessList.find(
    ({ ipAddress, cidrBlock }) => ipAddress === name || cidrBlock === name,
  );
  if (entry === undefined) throw notFound(call, `access list entry ${name}`);
  return entry;
}

function removeEntry(call: AccountCall): Result {
  const account = accountHere(call);
  const entry = entryHere(account, call);
  if (call.caller.id === account.clientId && covers(entry, call.callerAddress))
    throw new Refusal('CANNOT_REMOVE_CALLER_FROM_ACCESS_LIST', [call.callerAddress]);
  call.organizations.serviceAccounts.removeFromAccessList(account, entry, call.cause);
  return { status: 204 };
}

const accounts = (of: string): string => `/${of}/serviceAccounts`;
const common = (method: string) =>
  ({
    version: '2024-08-05',
    surfaces: ['atlas/v2'],
    java: `ApiServiceAccountsResource::${method}`,
  }) as const;

/** What a project and an organisation have alike, each with the roles it asks for. */
function operationsOf(
  place:
    | { readonly scope: 'project'; readonly of: string }
    | { readonly scope: 'organization'; readonly of: string },
): Operation[] {
  const inProject = place.scope === 'project';
  const name = inProject ? 'Group' : 'Org';
  const all = accounts(place.of);
  const one = `${all}/{clientId}`;
  const reader = inProject ? 'projectRead' : 'orgRead';
  const owner = inProject ? 'projectOwner' : 'orgOwner';
  const listKeeper = inProject ? 'projectAccess' : 'orgOwner';
  const { scope } = place;
  const of = (
    operation: string,
    method: Operation['method'],
    path: string,
    need: Operation['need'],
    run: (call: AccountCall) => Result,
  ): Operation => ({
    ...common(operation),
    operation,
    method,
    path,
    need,
    takesBody: method === 'POST' || method === 'PATCH',
    scope,
    run,
  });
  return [
    of(`list${name}ServiceAccounts`, 'GET', all, reader, list),
    of(`create${name}ServiceAccount`, 'POST', all, owner, create),
    of(`get${name}ServiceAccount`, 'GET', one, reader, read),
    of(`update${name}ServiceAccount`, 'PATCH', one, owner, update),
    of(`delete${name}ServiceAccount`, 'DELETE', one, owner, remove),
    of(`create${name}ServiceAccountSecret`, 'POST', `${one}/secrets`, owner, createSecret),
    of(`delete${name}ServiceAccountSecret`, 'DELETE', `${one}/secrets/{secretId}`, owner, deleteSecret),
    of(`list${name}ServiceAccountAccessList`, 'GET', `${one}/accessList`, reader, listEntries),
    of(`create${name}ServiceAccountAccessList`, 'POST', `${one}/accessList`, listKeeper, addEntries),
    of(
      `delete${name}ServiceAccountAccessListEntry`,
      'DELETE',
      `${one}/accessList/{ipAddress}`,
      listKeeper,
      removeEntry,
    ),
  ];
}

export const serviceAccountOperations: readonly Operation[] = [
  ...operationsOf({ scope: 'project', of: 'groups/{groupId}' }),
  ...operationsOf({ scope: 'organization', of: 'orgs/{orgId}' }),
  {
    ...common('inviteGroupServiceAccount'),
    operation: 'inviteGroupServiceAccount',
    method: 'POST',
    path: `${accounts('groups/{groupId}')}/{clientId}:invite`,
    need: 'orgOwner',
    takesBody: true,
    scope: 'project',
    run: invite,
  },
  {
    ...common('getOrgServiceAccountGroups'),
    operation: 'getOrgServiceAccountGroups',
    method: 'GET',
    path: `${accounts('orgs/{orgId}')}/{clientId}/groups`,
    need: 'orgRead',
    scope: 'organization',
    run: listProjects,
  },
];
