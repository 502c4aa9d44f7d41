/** What stops a mode although Atlas answered as it should. */
export type KeyErrorCode =
  /** Several keys fit where one is meant. */
  | 'ambiguous'
  /** The caller's own key would have been changed. */
  | 'callersOwn'
  /** No such key where one is needed. */
  | 'notFound'
  /** Another run is making this key and has not finished in time. */
  | 'unfinished'
  /** The new key cannot be signed in with. */
  | 'notUsable'
  /** Atlas did not tell this machine's address. */
  | 'addressUnknown'
  /** `knownPrivateKey` is not this key's. */
  | 'secretMismatch'
  /** The API that was chosen cannot do this. */
  | 'notSupported'
  /** The caller could not revoke the key that it is asked to make. */
  | 'notRevocable';

/** One sentence for a person: what failed, why, what to do. */
export class KeyError extends Error {
  override readonly name = 'KeyError';
  readonly code: KeyErrorCode;

  constructor(code: KeyErrorCode, message: string, options?: { cause: unknown }) {
    super(message, options);
    this.code = code;
  }
}
