/**
 * What main tells post through the runner's state file, written ahead of what it is about to do. It holds ids,
 * names and times, never a secret: the runner prints state in its debug log.
 */
import type { GroupIds } from '../request.ts';

/** What a key is being made for; decides what post does about it. */
export type Purpose =
  | { readonly mode: 'ensure' }
  | { readonly mode: 'ephemeral'; readonly onRevokeFailure: 'warn' | 'fail' }
  | { readonly mode: 'rotate'; readonly commit: 'job' | 'step'; readonly keepPrevious: number };

/** The intent, known before anything is sent. */
export interface Intent {
  readonly purpose: Purpose;
  readonly desc: string;
  readonly groupIds: GroupIds;
  readonly nonce: string;
  /** Until when a pending key may be renamed by its maker, in milliseconds by the service's clock. */
  readonly until: number;
  /** A create went unanswered: a key with this nonce may turn up although it was looked for. */
  readonly answerLost: boolean;
}

export type JournalEntry =
  /** Nothing to do for post. Always saved first, so that no later step can invent an entry. */
  | { readonly phase: 'idle' }
  /** The create is about to be sent, or was sent and not answered. */
  | ({ readonly phase: 'making' } & Intent)
  /**
   * `made`: nobody has the key yet. `delivering`: a rotation is storing it, so somebody may. `handedOut`: it is
   * with those who asked for it. `open`: a rotation's key is marked undecided, and the job decides. `committing`: its
   * renames have begun. `settled`: it is what it was to become.
   */
  | ({
      readonly phase: 'made' | 'delivering' | 'handedOut' | 'open' | 'committing' | 'settled';
    } & MadeIntent);

export interface MadeIntent extends Intent {
  readonly apiUserId: string;
  readonly orgId: string;
}
