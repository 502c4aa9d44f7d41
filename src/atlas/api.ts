import { openConnection } from '../wire/connection.ts';
import { proxyCredentials } from '../wire/proxy.ts';
import { atlasCalls } from './calls.ts';
import type { CallContext } from './client.ts';
import { type DigestSession, digestSignIn } from './digest.ts';
import { tokenSession, tokensOf } from './oauth.ts';
import { type Deadline, followServiceClock, type Machine } from './time.ts';
import type { Atlas, Credentials, KeyPair, Surface } from './types.ts';

export interface AtlasOptions {
  /** An origin: `https://cloud.mongodb.com`. */
  readonly baseUrl: string;
  readonly surface: Surface;
  readonly credentials: Credentials;
  /** The proxy to go through, as `proxyFor` decides it; undefined is a direct connection. */
  readonly proxy?: string | undefined;
  readonly deadline: Deadline;
  readonly machine: Machine;
  /** Milliseconds that one request may take; 30 seconds when left out: the service answers in 50–150. */
  readonly tryLimit?: number | undefined;
}

/** A connection to Atlas, and the session on it. */
export interface AtlasSession {
  readonly atlas: Atlas;
  /** The same connection and session under another deadline: the undo has its own budget. */
  within(deadline: Deadline): Atlas;
  /** Revokes the token, if one was fetched, and closes the sockets. Bounded; never throws. */
  close(): Promise<void>;
}

/** In bytes. A page of 500 keys with a role in every project stays below 1 MB; nothing we ask for is larger. */
const LARGEST_ANSWER = 2 * 1024 * 1024;

/** Opens a session. It begins to connect at once, and asks nothing before the first call. */
export function openAtlas(options: AtlasOptions): AtlasSession {
  const { baseUrl, surface, credentials, proxy, tryLimit = 30_000 } = options;
  const masked = new Set<string>();
  const mask = (secret: string): void => {
    if (secret !== '' && !masked.has(secret)) options.machine.mask(secret);
    masked.add(secret);
  };
  // A proxy's password, as it stands in the URL and as it is meant.
  if (proxy !== undefined) [new URL(proxy).password, proxyCredentials(proxy).password].forEach(mask);

  const { origin, host } = new URL(baseUrl);
  const connection = openConnection({ origin, proxy, largest: LARGEST_ANSWER });
  const machine = { ...options.machine, mask };
  const serviceClock = followServiceClock(machine.clock);
  const context: CallContext = { connection, host, serviceClock, machine, tryLimit };

  const { caller, as, end } = signInFor(credentials, context);
  const within = (deadline: Deadline) => atlasCalls(surface, caller, as, deadline, context);
  return {
    atlas: within(options.deadline),
    within,
    async close() {
      await end().catch(() => undefined);
      await connection.close();
    },
  };
}

function signInFor(credentials: Credentials, context: CallContext) {
  if (credentials.kind === 'apiKey') {
    const session: DigestSession = {};
    // Another key goes on with the caller's nonce, which saves a challenge.
    const as = (key: KeyPair) => digestSignIn(key, session);
    return { caller: as(credentials), as, end: async () => {} };
  }
  const { signIn, end } = tokenSession(tokensOf(credentials, context));
  return { caller: signIn, as: (key: KeyPair) => digestSignIn(key, {}), end };
}
