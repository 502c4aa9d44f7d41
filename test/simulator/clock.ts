/** The service's clock: real time plus an offset that a test moves, so that a minute passes at once. */
export class Clock {
  #offset: number;

  constructor(startAt: number = Date.now()) {
    this.#offset = startAt - Date.now();
  }

  /** Milliseconds since 1970, as the service sees it. */
  now(): number {
    return Date.now() + this.#offset;
  }

  /** Lets this many milliseconds pass at once; a negative number turns the clock back. */
  advance(ms: number): void {
    this.#offset += ms;
  }
}
