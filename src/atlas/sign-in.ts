import type { WireAnswer } from '../wire/wire.ts';
import type { Deadline } from './deadline.ts';

/** Sends the request once with this `Authorization`; with none, it is sent without its body, too. */
export type Exchange = (authorization: string | undefined) => Promise<WireAnswer>;

/** What is signed, and until when. */
export interface SigningTarget {
  readonly method: string;
  /** With its query, exactly as sent. */
  readonly path: string;
  /** Ends the call, and with it the waiting for a nonce or a token that another call fetches. */
  readonly deadline: Deadline;
}

/**
 * A way to sign in: sends a request through `exchange`, as often as signing in needs, and returns the answer.
 * An answer of 401 means that the service does not take these credentials for this call.
 */
export type SignIn = (target: SigningTarget, exchange: Exchange) => Promise<WireAnswer>;
