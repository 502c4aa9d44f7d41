/**
 * Time, as the Atlas layer knows it: a monotonic clock, a pause, and the moment after which nothing may run.
 * All of it is passed in, so that tests own the time.
 */

export interface Clock {
  /** Milliseconds since some fixed moment, never going back. */
  now(): number;
  /** Milliseconds since 1970 by this machine: only used until Atlas has told its own time. */
  wall(): number;
}

/** Resolves after this many milliseconds, or at once when the signal aborts; never rejects. */
export type Pause = (milliseconds: number, signal: AbortSignal) => Promise<void>;

/** The moment after which a group of calls is over. */
export interface Deadline {
  /** Aborts at that moment with a `TimeoutError`, or earlier, with any other reason, on a cancelled run. */
  readonly signal: AbortSignal;
  /** Milliseconds left, never negative. */
  remaining(): number;
}

/**
 * Starts a deadline of this many milliseconds. `cancelled` ends it early, when the run is cancelled.
 * Its timer does not keep the process alive.
 */
export function startDeadline(milliseconds: number, clock: Clock, cancelled?: AbortSignal): Deadline {
  const end = clock.now() + milliseconds;
  const timeout = AbortSignal.timeout(Math.max(0, Math.ceil(milliseconds)));
  return {
    signal: cancelled === undefined ? timeout : AbortSignal.any([timeout, cancelled]),
    remaining: () => Math.max(0, end - clock.now()),
  };
}

/**
 * Waits for something that others wait for, too, but no longer than this signal allows. The shared work goes
 * on; only this waiting ends. Rejects with the signal's reason.
 */
export function waitFor<T>(shared: Promise<T>, signal: AbortSignal): Promise<T> {
  // Nobody may be left to hear of a failure of the shared work, and Node would end the process for it.
  shared.catch(() => {});
  if (signal.aborted) return Promise.reject(signal.reason);
  const { promise, resolve, reject } = Promise.withResolvers<T>();
  const abort = () => reject(signal.reason);
  signal.addEventListener('abort', abort);
  shared.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  return promise;
}
