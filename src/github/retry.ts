import type { FaultReason } from '../wire/wire.ts';
import type { Answer, Outcome } from './connection.ts';

/** How often one call is tried. */
export const TRIES = 5;

/** Trying again does not change them. */
const FINAL_FAULTS: ReadonlySet<FaultReason> = new Set(['untrusted', 'tooLarge']);

/** A longer wait than this is not worth a job's minutes: it is told instead. */
const LONGEST_WAIT = 60_000;

/** Where GitHub says "too many" without saying for how long, its documentation asks for a minute. */
const RATE_LIMIT_WAIT = 60_000;

const FIRST_BACKOFF = 500;

/**
 * Milliseconds to wait before the next try, or undefined where another try cannot help.
 * Both calls that we make may be repeated: one reads, the other puts.
 */
export function delayBeforeRetry(outcome: Outcome, tried: number, random: () => number): number | undefined {
  if (tried >= TRIES) return undefined;
  const backoff = FIRST_BACKOFF * 2 ** (tried - 1) * (0.5 + random() / 2);
  if (outcome.kind === 'fault') return FINAL_FAULTS.has(outcome.fault.reason) ? undefined : backoff;

  const { answer } = outcome;
  const asked = waitAskedFor(answer);
  if (isRateLimit(answer)) return upToLongest(asked ?? RATE_LIMIT_WAIT);
  // Jitter on top: everybody who was sent away was told the same number.
  if (isServerFault(answer) || isConflict(answer))
    return upToLongest(asked === undefined ? backoff : asked + backoff);
  return undefined;
}

/**
 * Whether GitHub refused for going too fast. It does so with 429 or 403, and a 403 may as well be a
 * missing permission, which no waiting cures.
 * https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api#exceeding-the-rate-limit
 */
export function isRateLimit({ status, headers, data }: Answer): boolean {
  if (status === 429) return true;
  if (status !== 403) return false;
  return (
    headers['retry-after'] !== undefined ||
    String(headers['x-ratelimit-remaining']) === '0' ||
    /rate limit|abuse detection/i.test(messageOf(data))
  );
}

/** Two writes of one secret at once; nothing of this one was done. */
export function isConflict({ status }: Answer): boolean {
  return status === 409;
}

export function isServerFault({ status }: Answer): boolean {
  return status >= 500 || status === 408;
}

/** What GitHub says in the `message` of an answer; empty when it says nothing. */
export function messageOf(data: unknown): string {
  if (typeof data !== 'object' || data === null || !('message' in data)) return '';
  return typeof data.message === 'string' ? data.message : '';
}

/**
 * The wait that an answer asks for, in milliseconds. Dates are compared with the answer's own `Date`, so
 * that a wrong clock on this machine does not matter.
 */
export function waitAskedFor({ headers }: Answer): number | undefined {
  const retryAfter = headers['retry-after'];
  if (retryAfter !== undefined) {
    const text = String(retryAfter);
    if (/^\d+$/.test(text)) return Number(text) * 1000;
    return since(headers, Date.parse(text));
  }
  const reset = headers['x-ratelimit-reset'];
  const usedUp = String(headers['x-ratelimit-remaining']) === '0';
  return usedUp && reset !== undefined ? since(headers, Number(reset) * 1000) : undefined;
}

function since(headers: Answer['headers'], moment: number): number | undefined {
  const wait = moment - Date.parse(String(headers.date));
  return Number.isNaN(wait) ? undefined : Math.max(0, wait);
}

function upToLongest(wait: number): number | undefined {
  return wait <= LONGEST_WAIT ? wait : undefined;
}

/** So many writes follow each other as fast as they can. */
const FEW = 20;

/**
 * Milliseconds between the others.
 * https://docs.github.com/rest/using-the-rest-api/best-practices-for-using-the-rest-api#pause-between-mutative-requests
 */
const BETWEEN_WRITES = 1000;

/** When the calls that share one token may be sent. */
export interface Pace {
  /** Resolves when this call may be sent. */
  turn(method: 'GET' | 'PUT'): Promise<void>;
  /** No call may be sent for so many milliseconds: that is how GitHub answers one that came too fast. */
  hold(milliseconds: number): void;
  /** Why no call may be sent any more: it would be refused, and GitHub bans who goes on. */
  exhausted: string | undefined;
}

/** @param writes how many are to come */
export function startPace(writes: number, pause: (milliseconds: number) => Promise<void>): Pace {
  let last = Promise.resolve();
  let held = Promise.resolve();
  let written = 0;
  return {
    exhausted: undefined,
    turn(method) {
      if (method === 'PUT' && writes > FEW && written++ > 0) {
        last = last.then(() => pause(BETWEEN_WRITES)).then(() => held);
      }
      // Who is held is known only when the turn has come.
      return last.then(() => held);
    },
    hold(milliseconds) {
      const over = pause(milliseconds);
      held = held.then(() => over);
    },
  };
}

/** How long so many writes take at the least, in milliseconds. */
export function timeOfWrites(writes: number): number {
  return writes > FEW ? (writes - 1) * BETWEEN_WRITES : 0;
}
