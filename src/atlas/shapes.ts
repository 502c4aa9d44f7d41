import { isIPv4 } from 'node:net';
import { isObject } from './answer.ts';
import type {
  Account,
  AccountEntry,
  AccountSecret,
  ApiKey,
  Caller,
  NewAccount,
  NewAccountSecret,
  NewApiKey,
  Project,
  RoleAssignment,
} from './types.ts';

/**
 * Reads the service's shapes out of parsed JSON. Each function returns undefined when the value is not what
 * the API documents: an id ends up in a path, a public key in an output, so nothing is taken on trust.
 */

const ID = /^[0-9a-f]{24}$/;
/** Both halves of a key: letters, digits and hyphens today, and harmless wherever an output is pasted. */
const HALF_OF_KEY = /^[0-9A-Za-z_-]{1,128}$/;
const ROLE = /^[A-Z][A-Z0-9_]{0,99}$/;

/** Whether this is the id of a key, a project or an organisation: 24 lower-case hex digits. */
export function isId(value: unknown): value is string {
  return typeof value === 'string' && ID.test(value);
}

/** A key, its private key reduced to the tail that stays in clear. */
export function readKey(value: unknown): ApiKey | undefined {
  if (!isObject(value)) return undefined;
  const { id, publicKey, desc } = value;
  const roles = readRoles(value.roles);
  if (!isId(id) || !isHalfOfKey(publicKey) || typeof desc !== 'string' || roles === undefined)
    return undefined;
  return { id, publicKey, desc, roles, privateKeyTail: tailOf(value.privateKey) };
}

/**
 * A key in the answer that made it, with its secret; undefined also when the secret is redacted, or stands once more in
 * a field that is printed.
 */
export function readNewKey(value: unknown): NewApiKey | undefined {
  const key = readKey(value);
  if (key === undefined || !isObject(value)) return undefined;
  const { privateKey } = value;
  if (!isHalfOfKey(privateKey) || privateKey.length < 16 || privateKey.includes('*')) return undefined;
  if (JSON.stringify(key).includes(privateKey)) return undefined;
  return { ...key, privateKey };
}

/** The organisation that a project belongs to. */
export function readProject(value: unknown): Project | undefined {
  return isObject(value) && isId(value.orgId) ? { orgId: value.orgId } : undefined;
}

/** The roles of the signed-in key of `GET /api/{surface}`; `'none'` for a service account, and where the surface tells none. */
export function readCaller(value: unknown): Caller | 'none' | undefined {
  if (!isObject(value)) return undefined;
  const key = value.apiKey;
  if (key === undefined || key === null) return 'none';
  const roles = isObject(key) ? readRoles(key.roles) : undefined;
  return roles === undefined ? undefined : { roles };
}

/** The address of `GET /api/private/ipinfo`. */
export function readAddress(value: unknown): string | undefined {
  const address = isObject(value) ? value.currentIpv4Address : undefined;
  return typeof address === 'string' && isIPv4(address) ? address : undefined;
}

/** One page of a list. */
export interface Page<T> {
  readonly results: readonly T[];
  /** The service's estimate of how many there are in all. */
  readonly totalCount: number | undefined;
}

/** One page of keys. */
export function readKeyPage(value: unknown): Page<ApiKey> | undefined {
  if (!isObject(value) || !Array.isArray(value.results)) return undefined;
  const results = value.results.map(readListedKey).filter((key) => key !== undefined);
  if (results.length !== value.results.length) return undefined;
  const { totalCount } = value;
  return { results, totalCount: Number.isSafeInteger(totalCount) ? Number(totalCount) : undefined };
}

/** The API promises neither description nor roles, and somebody else's key without must not spoil the list. */
function readListedKey(value: unknown): ApiKey | undefined {
  if (!isObject(value)) return undefined;
  return readKey({ ...value, desc: value.desc ?? '', roles: value.roles ?? [] });
}

function readRoles(value: unknown): RoleAssignment[] | undefined {
  if (!Array.isArray(value)) return undefined;
  const roles = value.map(readRole).filter((role) => role !== undefined);
  return roles.length === value.length ? roles : undefined;
}

function readRole(value: unknown): RoleAssignment | undefined {
  if (!isObject(value)) return undefined;
  const { roleName, groupId = null, orgId = null } = value;
  if (!isRoleName(roleName)) return undefined;
  if ((groupId !== null && !isId(groupId)) || (orgId !== null && !isId(orgId))) return undefined;
  return { roleName, ...(groupId === null ? {} : { groupId }), ...(orgId === null ? {} : { orgId }) };
}

export function isRoleName(value: unknown): value is string {
  return typeof value === 'string' && ROLE.test(value);
}

function isHalfOfKey(value: unknown): value is string {
  return typeof value === 'string' && HALF_OF_KEY.test(value);
}

/** `********-****-****-01bdd56c8977` → `01bdd56c8977`. */
function tailOf(privateKey: unknown): string {
  const tail =
    typeof privateKey === 'string' ? /\*[*-]*([0-9A-Za-z]{1,12})$/.exec(privateKey)?.[1] : undefined;
  return tail ?? '';
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
