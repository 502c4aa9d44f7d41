/** What stops a mode although Atlas answered as it should. One sentence for a person: what failed, why, what to do. */
export class KeyError extends Error {
  override readonly name = 'KeyError';
}

/** A new key could not be given to those who were to hold it. */
export class DeliveryError extends Error {
  override readonly name = 'DeliveryError';
  /** Whether it is certain that nobody got any of it. */
  readonly nobodyHasIt: boolean;

  constructor(message: string, details: { nobodyHasIt: boolean; cause: unknown }) {
    super(message, { cause: details.cause });
    this.nobodyHasIt = details.nobodyHasIt;
  }
}
