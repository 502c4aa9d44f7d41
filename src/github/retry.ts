import { retryAfter } from '../atlas/answer.ts';
import { troubleOfFault } from '../atlas/retry.ts';
import { parseHttpDate } from '../atlas/time.ts';
import { WireFault } from '../wire/wire.ts';
import type { Answer, Outcome } from './connection.ts';

/** How often one call is tried. */
export const TRIES = 5;

/**
 * In milliseconds. A longer wait is not worth a job's minutes: it is told instead. So long is also what GitHub's
 * documentation asks for where GitHub says "too many" and not for how long.
 */
const LONGEST_WAIT = 60_000;

const FIRST_BACKOFF = 500;

/**
 * Milliseconds to wait before the next try, or undefined where another try cannot help.
 * Both calls that we make may be repeated: one reads, the other puts.
 */
export function delayBeforeRetry(outcome: Outcome, tried: number, random: () => number): number | undefined {
  const trouble = troubleOf(outcome);
  if (tried >= TRIES || trouble === undefined) return undefined;
  const backoff = FIRST_BACKOFF * 2 ** (tried - 1) * (0.5 + random() / 2);
  if (outcome instanceof WireFault) return backoff;
  const asked = waitAskedFor(outcome);
  // Jitter on top: everybody who was sent away was told the same number.
  const delay = trouble === 'rateLimit' ? (asked ?? LONGEST_WAIT) : (asked ?? 0) + backoff;
  return delay <= LONGEST_WAIT ? delay : undefined;
}

/** What may pass: a limit, a fault, or two writes of one secret at once (409), of which this one did nothing. */
export function troubleOf(outcome: Outcome): 'rateLimit' | 'passing' | undefined {
  if (outcome instanceof WireFault) return troubleOfFault(outcome) && 'passing';
  const { status, headers, message } = outcome;
  if (status >= 500 || status === 408 || status === 409) return 'passing';
  // A 403 may as well be a missing permission, which no waiting cures.
  // https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api#exceeding-the-rate-limit
  const isForSpeed =
    'retry-after' in headers ||
    headers['x-ratelimit-remaining'] === '0' ||
    /rate limit|abuse detection/i.test(message);
  return status === 429 || (status === 403 && isForSpeed) ? 'rateLimit' : undefined;
}

/**
 * The wait that an answer asks for, in milliseconds. A moment is compared with the answer's own `Date`, so that a wrong
 * clock on this machine does not matter.
 */
export function waitAskedFor({ headers }: Answer): number | undefined {
  const asked = retryAfter(headers);
  if (asked !== undefined || headers['x-ratelimit-remaining'] !== '0') return asked;
  const wait = Number(headers['x-ratelimit-reset']) * 1000 - (parseHttpDate(headers.date) ?? Number.NaN);
  return Number.isNaN(wait) ? undefined : Math.max(0, wait);
}

/** So many writes follow each other as fast as they can. */
const FEW = 20;

/**
 * Milliseconds between the others.
 * https://docs.github.com/rest/using-the-rest-api/best-practices-for-using-the-rest-api#pause-between-mutative-requests
 */
const BETWEEN_WRITES = 1000;

/**
 * When the calls that share one token may be sent.
 * @param writes how many are to come
 */
export function startPace(writes: number, pause: (milliseconds: number) => Promise<void>) {
  let last = Promise.resolve();
  let held = Promise.resolve();
  let written = 0;
  return {
    /** Why no call may be sent any more: it would be refused, and GitHub bans those who go on. */
    exhausted: undefined as string | undefined,
    /** Resolves when this call may be sent. */
    turn(method: 'GET' | 'PUT'): Promise<void> {
      if (method === 'PUT' && writes > FEW && written++ > 0) {
        last = last.then(() => pause(BETWEEN_WRITES)).then(() => held);
      }
      // Whether calls are held back is known only when the turn has come.
      return last.then(() => held);
    },
    /** No call may be sent for so many milliseconds: that is how GitHub answers one that came too fast. */
    hold(milliseconds: number): void {
      const over = pause(milliseconds);
      held = held.then(() => over);
    },
  };
}

/** How long so many writes take at the least, in milliseconds. */
export function timeOfWrites(writes: number): number {
  return writes > FEW ? (writes - 1) * BETWEEN_WRITES : 0;
}
