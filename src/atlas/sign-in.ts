import type { WireAnswer } from '../wire/wire.ts';
import type { Deadline } from './deadline.ts';

/** Sends the request once with this `Authorization`; with none, it is sent without its body, too. */
export type Exchange = (authorization: string | undefined) => Promise<WireAnswer>;

/** What is signed, and how long signing may wait for others that do the same. */
export interface SigningTarget {
  readonly method: string;
  /** With its query, exactly as sent. */
  readonly path: string;
  /** Ends this try. */
  readonly signal: AbortSignal;
  /** Ends the call. */
  readonly deadline: Deadline;
}

/**
 * A way to sign in: sends a request through `exchange`, as often as signing in needs, and returns the answer.
 * An answer of 401 means that the service does not take these credentials for this call.
 */
export type SignIn = (target: SigningTarget, exchange: Exchange) => Promise<WireAnswer>;
