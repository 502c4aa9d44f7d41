import { randomBytes, randomInt, randomUUID } from 'node:crypto';

/** A new ObjectId: the creation time in Unix seconds, then randomness. Not ordered within a second. */
export function newObjectId(now: number): string {
  const seconds = Math.floor(now / 1000) >>> 0;
  return seconds.toString(16).padStart(8, '0') + randomBytes(8).toString('hex');
}

/** Eight lower-case letters. */
export function newPublicKey(): string {
  return Array.from({ length: 8 }, () => String.fromCharCode(97 + randomInt(26))).join('');
}

/** A UUID. */
export function newPrivateKey(): string {
  return randomUUID();
}

/** The private key as every answer but the first shows it: only the last twelve characters in clear. */
export function redactPrivateKey(privateKey: string): string {
  return `********-****-****-${privateKey.slice(-12)}`;
}

/** A service account's id: an ObjectId is in it. */
export function newClientId(now: number): string {
  return `mdb_sa_id_${newObjectId(now)}`;
}

/** A service account's secret. It may hold `_` and `-`, as the real ones do. */
export function newClientSecret(): string {
  return `mdb_sa_sk_${randomBytes(30).toString('base64url')}`;
}

/** The secret as every answer but the first shows it: only its last four characters. */
export function maskSecret(secret: string): string {
  return `mdb_sa_sk_...${secret.slice(-4)}`;
}

/** An access token: opaque to its bearer, though it looks like a JWT. */
export function newAccessToken(): string {
  return [36, 180, 64].map((bytes) => randomBytes(bytes).toString('base64url')).join('.');
}
