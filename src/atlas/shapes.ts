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
  RoleAssignment,
} from './types.ts';

/**
 * Reads the service's shapes out of parsed JSON. Each function returns undefined when the value is not what
 * the API documents: an id ends up in a path, a public key in an output, so nothing is taken on trust.
 */

/** Whether this is the id of a key, a project or an organisation. */
export const isId = textLike(/^[0-9a-f]{24}$/);
/** Whether this is the client id of a service account. */
export const isClientId = textLike(/^mdb_sa_id_[0-9a-fA-F]{24}$/);
const isRoleName = textLike(/^[A-Z][A-Z0-9_]{0,99}$/);
/** Letters, digits and hyphens today, and harmless wherever an output is pasted. */
const isPublicKey = textLike(/^[0-9A-Za-z_-]{1,128}$/);
const isPrivateKey = textLike(/^[0-9A-Za-z_-]{16,128}$/);
/** What a header and an output can carry. */
const isClientSecret = textLike(/^[A-Za-z0-9._~+/-]{16,512}$/);

/** A key, its private key reduced to the tail that stays in clear: `********-****-****-01bdd56c8977`. */
export function readKey(value: unknown): ApiKey | undefined {
  const { id, publicKey, desc, roles: all, privateKey } = fieldsOf(value);
  const roles = readEach(all, readRole);
  if (!isId(id) || !isPublicKey(publicKey) || typeof desc !== 'string' || roles === undefined)
    return undefined;
  const privateKeyTail = endOf(privateKey, /\*[*-]*([0-9A-Za-z]{1,12})$/) ?? '';
  return { id, publicKey, desc, roles, privateKeyTail };
}

/**
 * A key in the answer that made it, with its secret; undefined also when the secret is redacted, or stands once more in
 * a field that is printed.
 */
export function readNewKey(value: unknown): NewApiKey | undefined {
  const key = readKey(value);
  const { privateKey } = fieldsOf(value);
  if (key === undefined || !isPrivateKey(privateKey) || JSON.stringify(key).includes(privateKey))
    return undefined;
  return { ...key, privateKey };
}

/** The organisation that a project belongs to. */
export function readProject(value: unknown): { orgId: string } | undefined {
  const { orgId } = fieldsOf(value);
  return isId(orgId) ? { orgId } : undefined;
}

/** The signed-in key of `GET /api/{surface}`; null for a service account, and where the surface tells none. */
export function readCaller(value: unknown): Caller | null | undefined {
  if (!isObject(value)) return undefined;
  const { apiKey } = value;
  if (apiKey === undefined || apiKey === null) return null;
  const roles = readEach(fieldsOf(apiKey).roles, readRole);
  return roles && { roles };
}

/** The address of `GET /api/private/ipinfo`. */
export function readAddress(value: unknown): string | undefined {
  const { currentIpv4Address: address } = fieldsOf(value);
  return typeof address === 'string' && isIPv4(address) ? address : undefined;
}

/** One page of keys, and the service's estimate of how many there are in all. */
export function readKeyPage(value: unknown) {
  const { results: listed, totalCount } = fieldsOf(value);
  // The API promises neither description nor roles, and somebody else's key without must not spoil the list.
  const results = readEach(listed, (key) => {
    const fields = fieldsOf(key);
    return readKey({ ...fields, desc: fields.desc ?? '', roles: fields.roles ?? [] });
  });
  return results && { results, totalCount: typeof totalCount === 'number' ? totalCount : 0 };
}

function readRole(value: unknown): RoleAssignment | undefined {
  const { roleName, groupId = null, orgId = null } = fieldsOf(value);
  if (!isRoleName(roleName)) return undefined;
  if ((groupId !== null && !isId(groupId)) || (orgId !== null && !isId(orgId))) return undefined;
  return { roleName, ...(groupId !== null && { groupId }), ...(orgId !== null && { orgId }) };
}

/** A service account. */
export function readAccount(value: unknown): Account | undefined {
  const { clientId, name = '', description = '', roles = [], secrets = [] } = fieldsOf(value);
  if (!isClientId(clientId) || typeof name !== 'string' || typeof description !== 'string') return undefined;
  const roleNames = readEach(roles, (role) => (isRoleName(role) ? role : undefined));
  const known = readEach(secrets, readSecret);
  return roleNames && known && { clientId, name, description, roles: roleNames, secrets: known };
}

/** A service account in the answer that made it, with its secret. */
export function readNewAccount(value: unknown): NewAccount | undefined {
  const account = readAccount(value);
  const { secrets } = fieldsOf(value);
  const secret = Array.isArray(secrets) ? readNewSecret(secrets[0]) : undefined;
  return account && secret && { ...account, secret };
}

/** A secret of a service account in the answer that made it. */
export function readNewSecret(value: unknown): NewAccountSecret | undefined {
  const known = readSecret(value);
  const { secret } = fieldsOf(value);
  return known && isClientSecret(secret) ? { ...known, secret } : undefined;
}

/** An entry of a service account's access list. */
export function readEntry(value: unknown): AccountEntry | undefined {
  const { ipAddress, cidrBlock, createdAt, lastUsedAt } = fieldsOf(value);
  const usedAt = Math.max(readTime(createdAt) ?? 0, readTime(lastUsedAt) ?? 0);
  if (typeof ipAddress === 'string') return { ipAddress, usedAt };
  return typeof cidrBlock === 'string' ? { cidrBlock, usedAt } : undefined;
}

/** The id of a project among those that an account is in. */
export function readProjectId(value: unknown): string | undefined {
  const { groupId, id } = fieldsOf(value);
  return [groupId, id].find(isId);
}

/** The hours that a secret may live at most, of the organisation's settings; infinite where there is no limit. */
export function readLongestSecret(value: unknown): number | undefined {
  if (!isObject(value)) return undefined;
  const { maxServiceAccountSecretValidityInHours: hours } = value;
  return typeof hours === 'number' && hours > 0 ? hours : Number.POSITIVE_INFINITY;
}

function readSecret(value: unknown): AccountSecret | undefined {
  const { id, createdAt: made, expiresAt: end, maskedSecretValue } = fieldsOf(value);
  const [createdAt, expiresAt] = [readTime(made), readTime(end)];
  if (!isId(id) || createdAt === undefined || expiresAt === undefined) return undefined;
  const tail = endOf(maskedSecretValue, /\.\.\.([\w-]{4,})$/);
  return { id, createdAt, expiresAt, ...(tail !== undefined && { tail }) };
}

function readTime(value: unknown): number | undefined {
  const time = typeof value === 'string' ? Date.parse(value) : Number.NaN;
  return Number.isNaN(time) ? undefined : time;
}

/** Each of the `results` of a list. */
export function readResults<T>(read: (item: unknown) => T | undefined): (value: unknown) => T[] | undefined {
  return (value) => readEach(fieldsOf(value).results, read);
}

/** Each of a list, or undefined when it is none, or one of them is not read. */
function readEach<T>(value: unknown, read: (item: unknown) => T | undefined): T[] | undefined {
  if (!Array.isArray(value)) return undefined;
  const items = value.map(read).filter((item) => item !== undefined);
  return items.length === value.length ? items : undefined;
}

/** What stands in clear at the end of a redacted secret. */
function endOf(redacted: unknown, form: RegExp): string | undefined {
  return typeof redacted === 'string' ? form.exec(redacted)?.[1] : undefined;
}

function textLike(form: RegExp): (value: unknown) => value is string {
  return (value): value is string => typeof value === 'string' && form.test(value);
}

/** The fields of a JSON object; none for anything else. */
function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return isObject(value) ? value : {};
}
