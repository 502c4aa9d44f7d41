/**
 * Service accounts of a project, their secrets and access lists:
 * https://www.mongodb.com/docs/api/doc/atlas-admin-api-v2/group/endpoint-service-accounts
 */
import { isObject } from './answer.ts';
import { isId } from './shapes.ts';
import type { AccessListEntry, Deletion } from './types.ts';

/** A secret as Atlas lists it: it was shown once, when it was made. Times in milliseconds since 1970. */
export interface AccountSecret {
  readonly id: string;
  readonly createdAt: number;
  /** Atlas ends it then; making another one may bring this nearer. */
  readonly expiresAt: number;
  /** Its last characters, where the list shows them: `mdb_sa_sk_...` and four more have been seen. */
  readonly tail?: string;
}

export interface NewAccountSecret extends AccountSecret {
  /** The only time it is shown. Already masked. */
  readonly secret: string;
}

export interface Account {
  /** `mdb_sa_id_` and 24 hex digits. */
  readonly clientId: string;
  readonly name: string;
  readonly description: string;
  /** In the project that was asked. */
  readonly roles: readonly string[];
  readonly secrets: readonly AccountSecret[];
}

export interface NewAccount extends Account {
  readonly secret: NewAccountSecret;
}

/** One entry of an account's access list. */
export interface AccountEntry extends AccessListEntry {
  /** When it was last used, or added, in milliseconds since 1970. */
  readonly usedAt: number;
}

/** The calls, as those of `Atlas`: each retried as its meaning allows; all throw `AtlasError`. */
export interface AccountCalls {
  /** `GET /groups/{groupId}/serviceAccounts`. Needs Project Read Only. */
  list(groupId: string): Promise<Account[]>;
  /** `GET /orgs/{orgId}/serviceAccounts/{clientId}/groups`: the projects it is in. Needs Organization Read Only. */
  listProjects(orgId: string, clientId: string): Promise<string[]>;
  /** `GET /orgs/{orgId}/settings`: the hours that a secret may live at most; unlimited when undefined. Needs Organization Member. */
  longestSecret(orgId: string): Promise<number | undefined>;
  /** `POST /groups/{groupId}/serviceAccounts`, with a first secret. Never sent twice. Needs Project Owner. */
  create(
    groupId: string,
    account: { name: string; description: string; roles: readonly string[]; hours: number },
  ): Promise<NewAccount>;
  /** `PATCH /groups/{groupId}/serviceAccounts/{clientId}`. Needs Project Owner. */
  update(
    groupId: string,
    clientId: string,
    change: { description?: string; roles?: readonly string[] },
  ): Promise<Account>;
  /** `DELETE /groups/{groupId}/serviceAccounts/{clientId}`: only takes it out of the project. Needs Project Owner. */
  unassign(groupId: string, clientId: string): Promise<Deletion>;
  /** `DELETE /orgs/{orgId}/serviceAccounts/{clientId}`. Needs Organization Owner. */
  delete(orgId: string, clientId: string): Promise<Deletion>;
  /** `POST …/secrets`. Never sent twice. Needs Project Owner. */
  createSecret(groupId: string, clientId: string, hours: number): Promise<NewAccountSecret>;
  /** `DELETE …/secrets/{secretId}`: ends the secret, and the tokens that it fetched. Needs Project Owner. */
  deleteSecret(groupId: string, clientId: string, secretId: string): Promise<Deletion>;
  /** `GET …/accessList`. Needs Project Read Only. */
  listEntries(groupId: string, clientId: string): Promise<AccountEntry[]>;
  /** `POST …/accessList`. Needs Project Access Manager. */
  addEntries(groupId: string, clientId: string, entries: readonly AccessListEntry[]): Promise<void>;
  /** `DELETE …/accessList/{ipAddress}`. Needs Project Access Manager. */
  removeEntry(groupId: string, clientId: string, entry: AccessListEntry): Promise<Deletion>;
  /** Fetches a token as this account and gives it back, without retrying a refusal. */
  signInAs(account: { clientId: string; clientSecret: string }): Promise<void>;
}

const CLIENT_ID = /^mdb_sa_id_[0-9a-fA-F]{24}$/;
/** What a header and an output can carry. */
const SECRET = /^[A-Za-z0-9._~+/-]{16,512}$/;

export function isClientId(value: unknown): value is string {
  return typeof value === 'string' && CLIENT_ID.test(value);
}

export function readAccount(value: unknown): Account | undefined {
  if (!isObject(value) || !isClientId(value.clientId)) return undefined;
  const { clientId, name = '', description = '', roles = [], secrets = [] } = value;
  if (typeof name !== 'string' || typeof description !== 'string') return undefined;
  if (!Array.isArray(roles) || !roles.every((role) => typeof role === 'string')) return undefined;
  const read = Array.isArray(secrets) ? secrets.map(readSecret) : [undefined];
  const known = read.filter((secret) => secret !== undefined);
  return known.length === read.length ? { clientId, name, description, roles, secrets: known } : undefined;
}

export function readNewAccount(value: unknown): NewAccount | undefined {
  const account = readAccount(value);
  if (account === undefined || !isObject(value) || !Array.isArray(value.secrets)) return undefined;
  const secret = readNewSecret(value.secrets[0]);
  return secret === undefined ? undefined : { ...account, secret };
}

export function readNewSecret(value: unknown): NewAccountSecret | undefined {
  const known = readSecret(value);
  if (known === undefined || !isObject(value)) return undefined;
  const { secret } = value;
  return typeof secret === 'string' && SECRET.test(secret) ? { ...known, secret } : undefined;
}

export function readEntry(value: unknown): AccountEntry | undefined {
  if (!isObject(value)) return undefined;
  const { ipAddress, cidrBlock } = value;
  const usedAt = Math.max(readTime(value.createdAt) ?? 0, readTime(value.lastUsedAt) ?? 0);
  if (typeof ipAddress === 'string') return { ipAddress, usedAt };
  return typeof cidrBlock === 'string' ? { cidrBlock, usedAt } : undefined;
}

/** The id of a project among those that an account is in. */
export function readProjectId(value: unknown): string | undefined {
  if (!isObject(value)) return undefined;
  return [value.groupId, value.id].find(isId);
}

/** The organisation's settings, as far as they concern secrets. */
export function readLongestSecret(value: unknown): { readonly hours: number | undefined } | undefined {
  if (!isObject(value)) return undefined;
  const { maxServiceAccountSecretValidityInHours: hours } = value;
  return { hours: typeof hours === 'number' && hours > 0 ? hours : undefined };
}

function readSecret(value: unknown): AccountSecret | undefined {
  if (!isObject(value) || !isId(value.id)) return undefined;
  const [createdAt, expiresAt] = [readTime(value.createdAt), readTime(value.expiresAt)];
  if (createdAt === undefined || expiresAt === undefined) return undefined;
  const { maskedSecretValue: masked = '' } = value;
  const tail = typeof masked === 'string' ? /\.\.\.([\w-]{4,})$/.exec(masked)?.[1] : undefined;
  return { id: value.id, createdAt, expiresAt, ...(tail !== undefined && { tail }) };
}

function readTime(value: unknown): number | undefined {
  const time = typeof value === 'string' ? Date.parse(value) : Number.NaN;
  return Number.isNaN(time) ? undefined : time;
}
