/** Time that runs fast for a service and for all who talk to it, so that waiting costs a test next to nothing. */
import { setTimeout as wait } from 'node:timers/promises';
import type { Clock, Deadline, Pause } from '../../src/atlas/time.ts';
import type { Simulator } from '../simulator/simulator.ts';

export interface FastTime {
  /** Milliseconds of the test for this many of the tale. */
  real(milliseconds: number): number;
  readonly clock: Clock;
  readonly pause: Pause;
  startDeadline(milliseconds: number, cancelled?: AbortSignal, patience?: number): Deadline;
}

/** Makes the simulator's clock run so many times as fast, and gives its clients the same time. */
export function speedUp(atlas: Simulator, speed: number): FastTime {
  const real = (milliseconds: number): number => milliseconds / speed;
  const start = atlas.clock.now();
  const origin = performance.now();
  let skipped = 0;
  const now = (): number => (performance.now() - origin) * speed + skipped;
  Object.assign(atlas.clock, {
    now: () => start + now(),
    advance: (milliseconds: number) => {
      skipped += milliseconds;
    },
  });
  return {
    real,
    clock: { now, wall: () => start + now() },
    pause: async (milliseconds, signal) => {
      await wait(real(milliseconds), undefined, { signal }).catch(() => undefined);
    },
    startDeadline: (milliseconds, cancelled, patience = 0) => {
      let end = now() + milliseconds;
      let left = patience;
      const over = new AbortController();
      const watch = (): void => {
        if (now() < end) setTimeout(watch, Math.ceil(real(end - now()))).unref();
        else over.abort(new DOMException('Timed out', 'TimeoutError'));
      };
      watch();
      return {
        signal: cancelled === undefined ? over.signal : AbortSignal.any([over.signal, cancelled]),
        remaining: () => Math.max(0, end - now()),
        patience: () => left,
        postpone: (wait) => {
          const more = Math.min(wait, left);
          left -= more;
          end += more;
        },
      };
    },
  };
}

/** So many milliseconds apart it is looked whether anything has happened at the service. */
const LOOK = 4;

/** After so many looks that saw nothing everybody waits; by time alone a busy process would seem to. */
const QUIET = 4;

/** The same where a request is under way, which may wait for others that wait. */
const VERY_QUIET = 60;

/** Lets time jump to the next end of a pause whenever all who share this process wait: work takes what it takes. */
export function leapOverPauses(atlas: Simulator): FastTime {
  const time = speedUp(atlas, 1);
  const pauses = new Set<{ readonly end: number; readonly resolve: () => void }>();
  let asked = 0;
  let answered = 0;
  let quiet = 0;
  let isLooking = false;
  const lookSoon = (): void => {
    // Whatever has arrived by then is seen first.
    if (!isLooking) setTimeout(() => setImmediate(look), LOOK);
    isLooking = true;
  };
  const isQuiet = (): boolean => {
    const { requests } = atlas.history;
    const before = [asked, answered];
    asked = requests.length;
    answered = Math.min(answered, asked);
    while (answered < asked && requests[answered]?.outcome !== 'pending') answered += 1;
    quiet = before[0] === asked && before[1] === answered ? quiet + 1 : 0;
    return quiet >= (answered === asked ? QUIET : VERY_QUIET);
  };
  const look = (): void => {
    isLooking = false;
    const ends = [...pauses].map(({ end }) => end);
    if (ends.length === 0) return;
    if (isQuiet()) {
      atlas.clock.advance(Math.max(0, Math.min(...ends) - time.clock.now()));
      quiet = 0;
    }
    for (const pause of pauses) {
      if (pause.end > time.clock.now()) continue;
      pauses.delete(pause);
      pause.resolve();
    }
    lookSoon();
  };
  return {
    ...time,
    pause: (milliseconds, signal) => {
      const { promise, resolve } = Promise.withResolvers<void>();
      const pause = { end: time.clock.now() + milliseconds, resolve };
      signal.addEventListener('abort', () => {
        pauses.delete(pause);
        resolve();
      });
      if (signal.aborted) return Promise.resolve();
      pauses.add(pause);
      lookSoon();
      return promise;
    },
  };
}
