/** Time and chance, which are passed in, so that tests own them. */

export interface Clock {
  /** Milliseconds since some fixed moment, never going back. */
  now(): number;
  /** Milliseconds since 1970 by this machine: only used until Atlas has told its own time. */
  wall(): number;
}

/** Resolves after this many milliseconds, or at once when the signal aborts; never rejects. */
export type Pause = (milliseconds: number, signal: AbortSignal) => Promise<void>;

/** What the process lends to whoever calls a server: time, chance, and a voice. */
export interface Machine {
  readonly clock: Clock;
  readonly pause: Pause;
  /** At least 0, below 1: the jitter of the retries. Nothing secret is made of it. */
  random(): number;
  /** Registers a secret with the log's masks. Called before anything else happens to the secret. */
  mask(secret: string): void;
  /** One line before each wait of more than five seconds. Holds no text from a server. */
  info(line: string): void;
  /** One line a call. Holds no secret. */
  debug(line: string): void;
}

/** The moment after which a group of calls is over. */
export interface Deadline {
  /** Aborts at that moment with a `TimeoutError`, or earlier, with any other reason, on a cancelled run. */
  readonly signal: AbortSignal;
  /** Milliseconds left, never negative. */
  remaining(): number;
  /** Milliseconds by which waiting for a rate limit may put off the end. */
  patience(): number;
  /** Puts off the end by this many milliseconds, or by what is left of the patience. */
  postpone(milliseconds: number): void;
}

/**
 * Starts a deadline of this many milliseconds. `cancelled` ends it early, when the run is cancelled. `patience` is
 * what waiting for a rate limit may take beyond it. Its timer does not keep the process alive.
 */
export function startDeadline(
  milliseconds: number,
  clock: Clock,
  cancelled?: AbortSignal,
  patience = 0,
): Deadline {
  let end = clock.now() + milliseconds;
  let left = patience;
  const over = new AbortController();
  const watch = (): void => {
    const wait = Math.ceil(end - clock.now());
    if (wait > 0) setTimeout(watch, wait).unref();
    else over.abort(new DOMException('Timed out', 'TimeoutError'));
  };
  setTimeout(watch, Math.max(0, milliseconds)).unref();
  return {
    signal: cancelled === undefined ? over.signal : AbortSignal.any([over.signal, cancelled]),
    remaining: () => Math.max(0, end - clock.now()),
    patience: () => left,
    postpone(wait) {
      const more = Math.min(wait, left);
      left -= more;
      end += more;
    },
  };
}

/** The service's time, learned from its answers. */
export type ServiceClock = ReturnType<typeof followServiceClock>;

/** A clock that follows the service's: the last `Date` header plus the time since; before it, this machine's time. */
export function followServiceClock(clock: Clock) {
  let told: { service: number; here: number } | undefined;
  return {
    /** Takes note of an answer's `Date` header; anything that is no date is left aside. */
    note(date: string | undefined): void {
      const service = parseHttpDate(date);
      if (service !== undefined) told = { service, here: clock.now() };
    },
    /** Milliseconds since 1970. */
    now: () => (told === undefined ? clock.wall() : told.service + (clock.now() - told.here)),
  };
}

const HTTP_DATE = /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/;

/** Milliseconds since 1970 of a date as senders must write it: https://www.rfc-editor.org/rfc/rfc9110#section-5.6.7 */
export function parseHttpDate(text: string | undefined): number | undefined {
  if (text === undefined || !HTTP_DATE.test(text)) return undefined;
  const milliseconds = Date.parse(text);
  return Number.isNaN(milliseconds) ? undefined : milliseconds;
}
