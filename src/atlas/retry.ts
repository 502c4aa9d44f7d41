import { isCertificateCode, type WireFault } from '../wire/wire.ts';
import type { Refusal } from './answer.ts';
import type { Deadline } from './time.ts';

/**
 * What kept a try from succeeding, of the things that may pass: how often a call is tried at most, and what the log
 * says of a long wait. A host that is not there, or is not Atlas, is mostly a mistake, and said soon.
 */
export const TROUBLES = {
  /** The request never left. */
  unreachable: { tries: 5, told: 'no complete answer came' },
  /** It left, and no whole answer came. */
  broken: { tries: 8, told: 'no complete answer came' },
  /** 500, 502, 503, 504. */
  serverFault: { tries: 8, told: 'the service does not serve this right now' },
  /** 429. */
  rateLimited: { tries: 20, told: 'the rate limit is reached' },
  /** 403 of the token endpoint. */
  tokenLimit: { tries: 20, told: 'as many tokens of this service account are alive as Atlas allows' },
  /** 405 with `WRITES_NOT_ALLOWED_DURING_APP_UPGRADES`. */
  upgrade: { tries: 20, told: 'Atlas is being upgraded and takes no changes' },
  /** What came is no answer of the service: a page of a proxy, a garbled challenge, JSON of another shape. */
  unintelligible: { tries: 5, told: "the answer was not the service's own" },
};
export type Trouble = keyof typeof TROUBLES;

/** The trouble of a refusal; undefined when another try would not do better. */
export function troubleOf({ status, errorCode, kind, isTokenLimit }: Refusal): Trouble | undefined {
  if (errorCode === 'WRITES_NOT_ALLOWED_DURING_APP_UPGRADES') return 'upgrade';
  // Two secrets of one service account were asked for at once: https://www.mongodb.com/docs/atlas/api/service-accounts/
  if (errorCode === 'DATA_CONCURRENCY_ERROR') return 'serverFault';
  if (isTokenLimit) return 'tokenLimit';
  if (kind === 'rateLimited' || kind === 'unintelligible') return kind;
  return kind === 'unavailable' && [500, 502, 503, 504].includes(status) ? 'serverFault' : undefined;
}

/** The trouble of a request without a whole answer; undefined when another try would not do better. */
export function troubleOfFault({ reason, sent, code }: WireFault): Trouble | undefined {
  if (reason === 'unreachable' || reason === 'broken') return reason;
  if (reason === 'aborted') return sent ? 'broken' : 'unreachable';
  if (reason === 'notHttp') return 'unintelligible';
  // A proxy that refuses (4xx), or has a wrong certificate, will again; one that has no way (5xx) may have one soon.
  const isFinal = code.startsWith('status 4') || isCertificateCode(code);
  return reason === 'proxy' && !isFinal ? 'unreachable' : undefined;
}

/** Whether it is a limit that many share, and whose end may be waited for beyond the deadline. */
export function isLimit(trouble: Trouble): boolean {
  return trouble === 'rateLimited' || trouble === 'tokenLimit';
}

/**
 * Milliseconds to wait before the next try, or undefined when there should be none: too many tries, or the
 * wait would outlast the deadline, and then it is better to fail now than then. `retryAfter` is what the service asks
 * for, `random` at least 0 and below 1.
 */
export function waitBeforeRetry(
  trouble: Trouble,
  tries: number,
  retryAfter: number | undefined,
  deadline: Pick<Deadline, 'remaining' | 'patience'>,
  random: number,
): number | undefined {
  if (tries >= TROUBLES[trouble].tries) return undefined;
  const patience = isLimit(trouble) ? deadline.patience() : 0;
  const time = deadline.remaining() + patience;
  const wait =
    retryAfter === undefined
      ? backoff(trouble, tries, patience) * (1 - random / 2)
      : retryAfter + 250 + spread(retryAfter, patience, time) * random;
  return wait < time ? wait : undefined;
}

/**
 * Doubles with each try. For a limit it starts at ten seconds and stays at forty, as MongoDB advises without
 * `Retry-After` (https://www.mongodb.com/docs/atlas/api/api-rate-limit/). With patience it waits several times as
 * long, and so leaves what the limit allows to those who have none.
 */
function backoff(trouble: Trouble, tries: number, patience: number): number {
  const [usual, longest] = isLimit(trouble) ? [10_000, 40_000] : [400, 10_000];
  const [first, most] = patience > 0 ? [80_000, 120_000] : [usual, longest];
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
