import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock, Pause } from '../../src/atlas/time.ts';

/** The machine's own time. */
export const clock: Clock = { now: () => performance.now(), wall: () => Date.now() };

/** Waits for real. */
export const pause: Pause = (milliseconds, signal) =>
  sleep(milliseconds, undefined, { signal }).then(undefined, () => undefined);

/** Waits for a moment, and tells how long it would have been. */
export function shortPause(waits: number[] = []): Pause {
  return (milliseconds, signal) => {
    waits.push(milliseconds);
    return pause(0, signal);
  };
}
