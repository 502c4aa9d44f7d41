/**
 * One error class for everything that can go wrong between us and Atlas. Callers branch on `kind`, which is
 * decided by the service's `errorCode` and not by the status: Atlas answers 401 for "not allowed", too.
 */

export type AtlasErrorKind =
  /** Wrong credentials, or none that the service accepts. */
  | 'credentials'
  /** Known caller, missing role. */
  | 'notAllowed'
  /** The caller's address is not on the access list that the organisation or the key requires. */
  | 'addressRefused'
  /** The key, project or organisation is not there. */
  | 'gone'
  /** The key is already assigned, the entry already on the list. */
  | 'alreadyThere'
  /** The organisation holds as many keys as it may. */
  | 'full'
  /** The project or the organisation is served under another `api`. */
  | 'wrongSurface'
  /** The organisation has not paid. */
  | 'suspended'
  /** The request itself was refused: role, description, shape. */
  | 'badRequest'
  /** A limit of requests or of tokens that outlasted the retries. */
  | 'rateLimited'
  /** Upgrade or server fault that outlasted the retries. */
  | 'unavailable'
  /** A create was sent, and its answer did not arrive or cannot be read: the key may exist. */
  | 'answerLost'
  /** An answer that is not what the API documents: HTML, cut JSON, missing fields, a redirect. */
  | 'unintelligible'
  /** No connection: name, TLS, proxy, reset. */
  | 'network'
  /** The step's `timeout` is used up. */
  | 'timeout'
  /** The run was cancelled. */
  | 'cancelled';

export class AtlasError extends Error {
  override readonly name = 'AtlasError';
  readonly kind: AtlasErrorKind;
  readonly errorCode: string | undefined;

  constructor(
    message: string,
    details: {
      readonly kind: AtlasErrorKind;
      readonly errorCode?: string | undefined;
      readonly cause?: unknown;
    },
  ) {
    const { kind, errorCode, cause } = details;
    super(message, cause === undefined ? undefined : { cause });
    this.kind = kind;
    this.errorCode = errorCode;
  }
}

/** A server asks to be signed in to in a way that cannot be read, or that we do not know. */
export class ChallengeError extends Error {
  override readonly name = 'ChallengeError';
}

/** The sentence of whatever was thrown. */
export function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}

/** Whether this is an Atlas error of one of these kinds. */
export function isAtlasError(error: unknown, ...kinds: AtlasErrorKind[]): error is AtlasError {
  return error instanceof AtlasError && (kinds.length === 0 || kinds.includes(error.kind));
}
