/** The machine's clock and timers, for the two entry points. */
import { setTimeout as wait } from 'node:timers/promises';
import type { Clock, Pause } from './atlas/deadline.ts';

export const clock: Clock = { now: () => performance.now(), wall: () => Date.now() };

/** Resolves early when the signal aborts; its timer does not keep the process alive beyond that. */
export const pause: Pause = async (milliseconds, signal) => {
  await wait(milliseconds, undefined, { signal }).catch(() => undefined);
};
