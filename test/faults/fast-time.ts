/** Time that runs fast for a service and for all who talk to it, so that waiting costs a test next to nothing. */
import { setTimeout as wait } from 'node:timers/promises';
import type { Clock, Deadline, Pause } from '../../src/atlas/deadline.ts';
import type { Simulator } from '../simulator/simulator.ts';

/** Seconds of the tale in one second of the test. */
export const SPEED = 40;

export interface FastTime {
  readonly clock: Clock;
  readonly pause: Pause;
  startDeadline(milliseconds: number, cancelled?: AbortSignal): Deadline;
}

/** Makes the simulator's clock run fast, and gives its clients the same time. */
export function speedUp(atlas: Simulator): FastTime {
  const start = atlas.clock.now();
  const origin = performance.now();
  let skipped = 0;
  const now = (): number => (performance.now() - origin) * SPEED + skipped;
  Object.assign(atlas.clock, {
    now: () => start + now(),
    advance: (milliseconds: number) => {
      skipped += milliseconds;
    },
  });
  return {
    clock: { now, wall: () => start + now() },
    pause: async (milliseconds, signal) => {
      await wait(milliseconds / SPEED, undefined, { signal }).catch(() => undefined);
    },
    startDeadline: (milliseconds, cancelled) => {
      const end = now() + milliseconds;
      const timeout = AbortSignal.timeout(Math.ceil(milliseconds / SPEED));
      return {
        signal: cancelled === undefined ? timeout : AbortSignal.any([timeout, cancelled]),
        remaining: () => Math.max(0, end - now()),
      };
    },
  };
}
