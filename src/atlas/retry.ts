import { parseHttpDate } from './time.ts';

/**
 * `always`: sending it twice does no more than once. `unlessExecuted`: it makes something, so it is sent again
 * only when the service surely did not carry it out.
 */
export type Repeat = 'always' | 'unlessExecuted';

/** What kept a try from succeeding, of the things that may pass. */
export type Trouble =
  /** The request never left. */
  | 'unreachable'
  /** It left, and no whole answer came. */
  | 'broken'
  /** 429. */
  | 'rateLimited'
  /** As many tokens of the service account are alive as may be: 403 of the token endpoint. */
  | 'tokenLimit'
  /** 405 with `WRITES_NOT_ALLOWED_DURING_APP_UPGRADES`. */
  | 'upgrade'
  /** 500, 502, 503, 504. */
  | 'serverFault'
  /** What came is no answer of the service: a page of a proxy, a garbled challenge, JSON of another shape. */
  | 'unintelligible';

/** The longest that one request may take, in milliseconds: the service answers in 50–150. */
export const TRY_LIMIT = 30_000;

/** How often a call is tried at most. A host that is not there, or is not Atlas, is mostly a mistake, and said soon. */
const MOST_TRIES: Record<Trouble, number> = {
  unreachable: 5,
  broken: 8,
  serverFault: 8,
  rateLimited: 20,
  tokenLimit: 20,
  upgrade: 20,
  unintelligible: 5,
};

export interface Setback {
  readonly trouble: Trouble;
  /** How many tries there have been: from 1. */
  readonly tries: number;
  /** The milliseconds that the service asks for. */
  readonly retryAfter?: number | undefined;
  /** Milliseconds until the deadline. */
  readonly remaining: number;
  /** Milliseconds by which waiting for a limit may put that off. */
  readonly patience: number;
  /** At least 0, below 1. */
  readonly random: number;
}

/** Whether it is a limit that many share, and whose end may be waited for beyond the deadline. */
export function isLimit(trouble: Trouble): boolean {
  return trouble === 'rateLimited' || trouble === 'tokenLimit';
}

/**
 * Milliseconds to wait before the next try, or undefined when there should be none: too many tries, or the
 * wait would outlast the deadline, and then it is better to fail now than then.
 */
export function waitBeforeRetry(setback: Setback): number | undefined {
  const { trouble, tries, retryAfter, remaining, random } = setback;
  if (tries >= MOST_TRIES[trouble]) return undefined;
  const patience = isLimit(trouble) ? setback.patience : 0;
  const time = remaining + patience;
  const wait =
    retryAfter === undefined
      ? backoff(trouble, tries, patience) * (1 - random / 2)
      : retryAfter + 250 + spread(retryAfter, patience, time) * random;
  return wait < time ? wait : undefined;
}

/**
 * Doubles with each try. For a limit it starts at ten seconds and stays at forty, as MongoDB advises when `Retry-After` is
 * missing (https://www.mongodb.com/docs/atlas/api/api-rate-limit/). With patience it waits several times as long, and so
 * leaves what the limit allows to those who have none.
 */
function backoff(trouble: Trouble, tries: number, patience: number): number {
  const [first, most] =
    patience > 0 ? [80_000, 120_000] : isLimit(trouble) ? [10_000, 40_000] : [400, 10_000];
  return Math.min(first * 2 ** (tries - 1), most);
}

/**
 * Chosen by chance, because all who were told the same time would come back at the same moment. At most half of that
 * time more, or with patience as much again, as far as the deadline allows.
 */
function spread(retryAfter: number, patience: number, time: number): number {
  const wanted = Math.max(250, patience > 0 ? retryAfter : retryAfter / 2);
  return Math.max(0, Math.min(wanted, (time - retryAfter - 250) / 2));
}

/**
 * `Retry-After` in milliseconds: seconds, or a date, which is compared with the answer's own `Date` since this
 * machine's clock may be wrong (https://www.rfc-editor.org/rfc/rfc9110#section-10.2.3). Undefined when missing
 * or unreadable.
 */
export function retryAfter(headers: Readonly<Record<string, string>>): number | undefined {
  const value = headers['retry-after']?.trim() ?? '';
  if (/^\d{1,9}$/.test(value)) return Number(value) * 1000;
  const until = parseHttpDate(value);
  const now = parseHttpDate(headers.date);
  return until === undefined || now === undefined ? undefined : Math.max(0, until - now);
}
