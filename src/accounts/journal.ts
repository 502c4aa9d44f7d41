/** What main tells post about the secret of a service account. It holds ids, names and times, never the secret. */
import type { AccountSecret } from '../atlas/types.ts';
import type { RotatePurpose } from '../keys/journal.ts';

export type AccountPurpose =
  | { readonly mode: 'ensure' }
  | { readonly mode: 'ephemeral'; readonly onRevokeFailure: 'warn' | 'fail' }
  | RotatePurpose;

export interface Lease<Of extends AccountPurpose = AccountPurpose> {
  readonly credential: 'serviceAccount';
  readonly purpose: Of;
  readonly desc: string;
  readonly groupId: string;
  readonly orgId: string;
  readonly clientId: string;
  readonly secretId: string;
  /** Whether the account was made with it. */
  readonly isNewAccount?: boolean;
  /** When Atlas ends the secret, in milliseconds since 1970. */
  readonly expiresAt: number;
  /** The secret that a rotation supersedes, and when Atlas ends that one, since a new one brings it nearer. */
  readonly former?: { readonly id: string; readonly expiresAt: number };
}

/** The lease of a secret that this step has just made. */
export function leaseOf<Of extends AccountPurpose>(
  purpose: Of,
  place: Pick<Lease, 'desc' | 'groupId' | 'orgId' | 'clientId'>,
  { id, expiresAt }: AccountSecret,
): Lease<Of> {
  return { credential: 'serviceAccount', purpose, ...place, secretId: id, expiresAt };
}

/** `made`: nobody has the secret yet. `stored`: a rotation's, which may be held outside. `handedOut`: somebody has it. */
export type LeaseEntry = { readonly phase: 'made' | 'stored' | 'handedOut' } & Lease;
