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
