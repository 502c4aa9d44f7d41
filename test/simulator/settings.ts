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

export type DigestAlgorithm = 'MD5' | 'SHA-256';

/** A token bucket: full at first, refilled by `refill` every `everyMs`, as the recordings show it. */
export interface BucketSize {
  capacity: number;
  refill: number;
  everyMs: number;
}

/** How the service behaves. Every field may be changed while it runs. */
export interface Settings {
  digest: {
    /** Offered in this order, one challenge each. */
    algorithms: DigestAlgorithm[];
    opaque: boolean;
    nonceLifetimeMs: number;
    staleQuoted: boolean;
    /** A nonce is good for one request only. */
    oneTimeNonces: boolean;
    /** `rising` refuses a lower nc; `unrepeated` takes requests of one nonce in any order, each nc once. */
    nonceCount: 'rising' | 'unrepeated';
  };
  rateLimits: {
    project: BucketSize;
    organization: BucketSize;
    /** The list of organisations: its capacity is recorded, its refill is not. */
    organizations: BucketSize;
    settings: BucketSize;
    /** Whether a 429 carries `Retry-After`. */
    retryAfter: boolean;
  };
  tokens: {
    lifetimeMs: number;
    /** Of one account from one address. */
    newPerMinute: number;
  };
  serviceAccounts: {
    /** 200 are documented, 500 have been seen. */
    perOrganization: number;
    /** How long a secret made through the API answers 401 before it works. */
    newSecretRefusedMs: number;
  };
  keysPerOrganization: number;
  /**
   * The code of a role that Atlas does not know: `INVALID_ENUM_VALUE` until January 2026. Since then the detail says
   * "Invalid role"; with which code nobody has recorded.
   */
  unknownRole: 'INVALID_ENUM_VALUE' | 'UNEXPECTED_ERROR' | 'INVALID_ATTRIBUTE';
  /** Errors look as on this day (`2025-03-31` or later): by and by they got a body, a code and its header. */
  errorsAsOf: string;
  /** 400 is documented, 404 has been seen. */
  keyNotFoundStatus: 400 | 404;
  /** `empty`: 204. `key`: 200 with the key, as before April 2025. */
  assignAnswer: 'empty' | 'key';
  /** How long a key made through the API answers 401 before it works. */
  newKeyRefusedMs: number;
  /** How long a deleted key is still listed and read. */
  deletedKeyLingersMs: number;
  /** The time the service thinks about a request that is signed in, and about any challenge. */
  latencyMs: number;
  /** The address callers seem to come from; the connection's own when undefined. */
  callerAddress: string | undefined;
  /** Every key is a member of its organisation, and says so in its roles; the specification does not promise it. */
  showOrgRoles: boolean;
}

/** Settings to start with: whatever is left out keeps its default. */
export type SettingsInput = {
  [Group in keyof Settings]?: Settings[Group] extends unknown[] | string | number | boolean | undefined
    ? Settings[Group]
    : Partial<Settings[Group]>;
};

/** The service as it is documented, with what is given put over it. */
export function settingsWith(input: SettingsInput = {}): Settings {
  const minute = 60_000;
  return {
    keysPerOrganization: 500,
    keyNotFoundStatus: 400,
    assignAnswer: 'empty',
    unknownRole: 'UNEXPECTED_ERROR',
    errorsAsOf: '2026-08-11',
    newKeyRefusedMs: 0,
    deletedKeyLingersMs: 0,
    latencyMs: 0,
    callerAddress: undefined,
    showOrgRoles: true,
    ...input,
    digest: {
      algorithms: ['MD5'],
      opaque: false,
      nonceLifetimeMs: minute,
      staleQuoted: false,
      oneTimeNonces: false,
      nonceCount: 'rising',
      ...input.digest,
    },
    rateLimits: {
      project: { capacity: 1200, refill: 500, everyMs: minute },
      organization: { capacity: 500, refill: 250, everyMs: minute },
      organizations: { capacity: 300, refill: 150, everyMs: minute },
      settings: { capacity: 10, refill: 5, everyMs: minute },
      retryAfter: true,
      ...input.rateLimits,
    },
    serviceAccounts: { perOrganization: 200, newSecretRefusedMs: 0, ...input.serviceAccounts },
    tokens: { lifetimeMs: 60 * minute, newPerMinute: 50, ...input.tokens },
  };
}
