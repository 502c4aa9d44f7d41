/** Time that runs fast for a service and for all who talk to it, so that waiting costs a test next to nothing. */
import { setTimeout as wait } from 'node:timers/promises';
import type { Clock, Deadline, Pause } from '../../src/atlas/deadline.ts';
import type { Simulator } from '../simulator/simulator.ts';

export interface FastTime {
  /** Milliseconds of the test for this many of the tale. */
  real(milliseconds: number): number;
  readonly clock: Clock;
  readonly pause: Pause;
  startDeadline(milliseconds: number, cancelled?: AbortSignal): Deadline;
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
    startDeadline: (milliseconds, cancelled) => {
      const end = now() + milliseconds;
      const timeout = AbortSignal.timeout(Math.ceil(real(milliseconds)));
      return {
        signal: cancelled === undefined ? timeout : AbortSignal.any([timeout, cancelled]),
        remaining: () => Math.max(0, end - now()),
        patience: () => 0,
        postpone: () => {},
      };
    },
  };
}
