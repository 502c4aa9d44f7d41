/** The service's clock: real time plus an offset that a test moves, so that a minute passes at once. */
export class Clock {
  #offset: number;

  constructor(startAt: number = Date.now()) {
    this.#offset = startAt - Date.now();
  }

  /** Milliseconds since 1970, as the service sees it. */
  now(): number {
    return Date.now() + this.#offset;
  }

  /** Lets this many milliseconds pass at once; a negative number turns the clock back. */
  advance(ms: number): void {
    this.#offset += ms;
  }
}

const MINUTE = 60_000;

export type DigestAlgorithm = 'MD5' | 'SHA-256';

/** A token bucket: full at first, refilled by `refill` every `everyMs`, as the recordings show it. */
export interface BucketSize {
  capacity: number;
  refill: number;
  everyMs: number;
}

/** How the service behaves: as it is documented, where nothing else is given. Every field may be changed while it runs. */
const defaults = () => ({
  digest: {
    /** Offered in this order, one challenge each. */
    algorithms: ['MD5'] as DigestAlgorithm[],
    opaque: false,
    nonceLifetimeMs: MINUTE,
    staleQuoted: false,
    /** A nonce is good for one request only. */
    oneTimeNonces: false,
    /** `rising` refuses a lower nc; `unrepeated` takes requests of one nonce in any order, each nc once. */
    nonceCount: 'rising' as 'rising' | 'unrepeated',
  },
  rateLimits: {
    project: { capacity: 1200, refill: 500, everyMs: MINUTE } as BucketSize,
    organization: { capacity: 500, refill: 250, everyMs: MINUTE } as BucketSize,
    settings: { capacity: 10, refill: 5, everyMs: MINUTE } as BucketSize,
    /** Whether a 429 carries `Retry-After`. */
    retryAfter: true,
  },
  tokens: {
    lifetimeMs: 60 * MINUTE,
    /** Of one account from one address. */
    newPerMinute: 50,
  },
  serviceAccounts: {
    /** 200 are documented, 500 have been seen. */
    perOrganization: 200,
    /** How long a secret made through the API answers 401 before it works. */
    newSecretRefusedMs: 0,
  },
  keysPerOrganization: 500,
  /**
   * The code of a role that Atlas does not know: `INVALID_ENUM_VALUE` until January 2026. Since then the detail says
   * "Invalid role"; with which code nobody has recorded.
   */
  unknownRole: 'UNEXPECTED_ERROR' as 'INVALID_ENUM_VALUE' | 'UNEXPECTED_ERROR' | 'INVALID_ATTRIBUTE',
  /** Errors look as on this day (`2025-03-31` or later): by and by they got a body, a code and its header. */
  errorsAsOf: '2026-08-11',
  /** 400 is documented, 404 has been seen. */
  keyNotFoundStatus: 400 as 400 | 404,
  /** `empty`: 204. `key`: 200 with the key, as before April 2025. */
  assignAnswer: 'empty' as 'empty' | 'key',
  /** How long a key made through the API answers 401 before it works. */
  newKeyRefusedMs: 0,
  /** How long a deleted key is still listed and read. */
  deletedKeyLingersMs: 0,
  /** The time the service thinks about a request that is signed in, and about any challenge. */
  latencyMs: 0,
  /** The address callers seem to come from; the connection's own when undefined. */
  callerAddress: undefined as string | undefined,
  /** Every key is a member of its organisation, and says so in its roles; the specification does not promise it. */
  showOrgRoles: true,
});

export type Settings = ReturnType<typeof defaults>;

export type SettingsInput = { [Group in keyof Settings]?: Partial<Settings[Group]> };

export function settingsWith(input: SettingsInput = {}): Settings {
  const usual = defaults();
  return {
    ...usual,
    ...input,
    digest: { ...usual.digest, ...input.digest },
    rateLimits: { ...usual.rateLimits, ...input.rateLimits },
    tokens: { ...usual.tokens, ...input.tokens },
    serviceAccounts: { ...usual.serviceAccounts, ...input.serviceAccounts },
  };
}
