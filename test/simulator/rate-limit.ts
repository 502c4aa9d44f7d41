import { Refusal } from './errors.ts';
import type { Clock, Settings } from './settings.ts';

export type BucketKind = 'project' | 'organization' | 'settings';

const ENDPOINT_SETS: Readonly<Record<BucketKind, string>> = {
  project: 'api/atlas/v2/groups',
  organization: 'api/atlas/v2/orgs',
  settings: 'api/atlas/v2/orgs',
};

interface Bucket {
  remaining: number;
  refilledAt: number;
}

/** Token buckets, one for each project and organisation. */
export class RateLimits {
  readonly #clock: Clock;
  readonly #settings: Settings;
  readonly #buckets = new Map<string, Bucket>();

  constructor(clock: Clock, settings: Settings) {
    this.#clock = clock;
    this.#settings = settings;
  }

  /** Takes one token and gives the headers that say so; refuses with 429 when there is none. */
  take(kind: BucketKind, id: string): Record<string, string> {
    const { capacity, refill, everyMs } = this.#settings.rateLimits[kind];
    const now = this.#clock.now();
    const name = `${kind} ${id}`;
    const bucket = this.#buckets.get(name) ?? { remaining: capacity, refilledAt: now };
    this.#buckets.set(name, bucket);
    // Refilled in steps: the recordings count down for 42 seconds without a token coming back.
    const steps = Math.floor((now - bucket.refilledAt) / everyMs);
    if (steps > 0) {
      bucket.remaining = Math.min(capacity, bucket.remaining + steps * refill);
      bucket.refilledAt += steps * everyMs;
    }
    bucket.remaining = Math.min(bucket.remaining, capacity);
    const headers = { 'ratelimit-limit': `${capacity}`, 'ratelimit-remaining': '0' };
    if (bucket.remaining <= 0) {
      const seconds = Math.max(1, Math.ceil((bucket.refilledAt + everyMs - now) / 1000));
      const retry = this.#settings.rateLimits.retryAfter ? { 'retry-after': `${seconds}` } : {};
      // In the documented order: what is limited, seconds to wait, capacity, refill, seconds between refills.
      throw new Refusal(
        'RATE_LIMITED_TOKEN_BUCKET',
        [ENDPOINT_SETS[kind], seconds, capacity, refill, everyMs / 1000],
        { headers: { ...headers, ...retry } },
      );
    }
    bucket.remaining -= 1;
    return { ...headers, 'ratelimit-remaining': `${bucket.remaining}` };
  }
}
