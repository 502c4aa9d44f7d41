/** What main tells post about the secret of a service account. It holds ids and times, never the secret. */
import type { Purpose } from '../keys/journal.ts';

export interface Lease {
  readonly credential: 'serviceAccount';
  readonly purpose: Purpose;
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

/** `made`: nobody has the secret yet. `stored`: it may be held outside. `handedOut`: somebody has it. */
export type LeaseEntry = { readonly phase: 'made' | 'stored' | 'handedOut' } & Lease;
