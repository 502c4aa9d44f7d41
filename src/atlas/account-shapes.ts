/** Reads service accounts and their secrets out of parsed JSON, as shapes.ts does keys. */
import { isObject } from './answer.ts';
import { isId, isRoleName } from './shapes.ts';
import type { Account, AccountEntry, AccountSecret, NewAccount, NewAccountSecret } from './types.ts';

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
  if (!Array.isArray(roles) || !roles.every(isRoleName)) return undefined;
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
