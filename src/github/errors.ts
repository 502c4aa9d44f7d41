/** What can go wrong between us and the place where GitHub keeps secrets. Callers branch on `kind`. */

export type SecretStoreErrorKind =
  /** GitHub does not know the token: expired, revoked, mistyped. */
  | 'badToken'
  /** Known token, missing permission; `GITHUB_TOKEN` always. */
  | 'notAllowed'
  /** No such repository or environment, or the token may not see it. */
  | 'notFound'
  /** The request itself was refused: most often the secret's name. */
  | 'refused'
  /** Rate limit or server fault that outlasted the retries. */
  | 'unavailable'
  /** An answer that is not what the API documents: a redirect, a web page, no key. */
  | 'unintelligible'
  /** No connection: name, TLS, proxy, reset. */
  | 'network'
  /** The time for the step is used up. */
  | 'timeout'
  /** The run was cancelled. */
  | 'cancelled';

export interface SecretStoreErrorDetails {
  readonly kind: SecretStoreErrorKind;
  readonly status?: number | undefined;
  /** Names of the secrets that hold the new key already. */
  readonly written?: readonly string[];
  /** The secret whose last write was sent and not clearly answered: it may hold the new key. */
  readonly perhapsWritten?: string | undefined;
  readonly cause?: unknown;
}

/** Its message is one or more whole sentences: what failed, why, what to do, and what was written. */
export class SecretStoreError extends Error {
  override readonly name = 'SecretStoreError';
  readonly kind: SecretStoreErrorKind;
  readonly status: number | undefined;
  readonly written: readonly string[];
  readonly perhapsWritten: string | undefined;

  constructor(message: string, details: SecretStoreErrorDetails) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.kind = details.kind;
    this.status = details.status;
    this.written = details.written ?? [];
    this.perhapsWritten = details.perhapsWritten;
  }
}
