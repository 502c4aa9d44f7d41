import type { Clock } from './deadline.ts';

/** The service's time, learned from its answers. */
export interface ServiceClock {
  /** Takes note of an answer's `Date` header; anything that is no date is left aside. */
  note(date: string | undefined): void;
  /** Milliseconds since 1970. Before the first answer: this machine's own time. */
  now(): number;
}

/** A clock that follows the service's: the last `Date` header plus the time since. */
export function followServiceClock(clock: Clock): ServiceClock {
  let told: { service: number; here: number } | undefined;
  return {
    note(date) {
      const service = parseHttpDate(date);
      if (service !== undefined) told = { service, here: clock.now() };
    },
    now: () => (told === undefined ? clock.wall() : told.service + (clock.now() - told.here)),
  };
}

const HTTP_DATE = /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/;

/**
 * Milliseconds since 1970 of an HTTP date in the form that senders must use
 * (https://www.rfc-editor.org/rfc/rfc9110#section-5.6.7), or undefined.
 */
export function parseHttpDate(text: string | undefined): number | undefined {
  if (text === undefined || !HTTP_DATE.test(text)) return undefined;
  const milliseconds = Date.parse(text);
  return Number.isNaN(milliseconds) ? undefined : milliseconds;
}
