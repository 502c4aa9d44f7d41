/**
 * What main tells post through the runner's state file, written ahead of what it is about to do. It holds ids,
 * names and times, never a secret: the runner prints state in its debug log.
 */
import type { GroupIds } from '../request.ts';

/** What a key is being made for; decides what post does about it. */
export type Purpose =
  | { readonly mode: 'ensure' }
  | { readonly mode: 'ephemeral'; readonly onRevokeFailure: 'warn' | 'fail' }
  | RotatePurpose;

export interface RotatePurpose {
  readonly mode: 'rotate';
  readonly commit: 'job' | 'step';
  readonly keepPrevious: number;
  /** The id of the key that is current meanwhile; a family's first key has none. */
  readonly former?: string;
}

/** The intent, known before anything is sent. */
export interface Intent {
  readonly purpose: Purpose;
  readonly desc: string;
  readonly groupIds: GroupIds;
  readonly nonce: string;
  /** The time in the key's mark, in milliseconds by the service's clock: its maker is at work until then at most. */
  readonly until: number;
  /** A create went unanswered: a key with this nonce may turn up although it was looked for. */
  readonly answerLost: boolean;
}

export interface MadeIntent extends Intent {
  readonly apiUserId: string;
  readonly orgId: string;
}

export type JournalEntry =
  /** Nothing to do for post. Always saved first, so that no later step can invent an entry. */
  | { readonly phase: 'idle' }
  /** The create is about to be sent, or was sent and not answered. */
  | ({ readonly phase: 'making' } & Intent)
  /**
   * `made`: nobody has the key yet. `delivering`: it is being stored, so somebody may. `handedOut`: somebody has it.
   * `open`: a rotation's key is marked undecided, and the job decides.
   */
  | ({ readonly phase: 'made' | 'delivering' | 'handedOut' | 'open' } & MadeIntent);

/** Nothing is left to do, unless a lost create of the same step may still turn up. */
export function nothingLeft(intent: Intent): JournalEntry {
  return intent.answerLost ? { phase: 'making', ...intent } : { phase: 'idle' };
}

/** The same for the secret of a service account. */
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
