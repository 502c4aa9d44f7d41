import type { Clock, Deadline, Pause } from './deadline.ts';
import type { Atlas, Surface } from './types.ts';

/** How the caller signs in: an API key (Digest), or a service account (OAuth 2.0 client credentials). */
export type Credentials =
  | { readonly kind: 'apiKey'; readonly publicKey: string; readonly privateKey: string }
  | { readonly kind: 'serviceAccount'; readonly clientId: string; readonly clientSecret: string };

export interface AtlasOptions {
  /** An origin: `https://cloud.mongodb.com`. */
  readonly baseUrl: string;
  readonly surface: Surface;
  readonly credentials: Credentials;
  /** The proxy to go through, as `proxyFor` decides it; undefined is a direct connection. */
  readonly proxy?: string | undefined;
  readonly deadline: Deadline;
  /** Registers a secret with the log's masks. Called before anything else happens to the secret. */
  mask(secret: string): void;
  /** One line a call: method, path, status, milliseconds, try. Holds no text from the service. */
  debug(line: string): void;
  readonly clock: Clock;
  /** At least 0, below 1: the jitter of the retries, and the digest's cnonce is not made of it. */
  random(): number;
  readonly pause: Pause;
}

/** A connection to Atlas, and the session on it. */
export interface AtlasSession {
  readonly atlas: Atlas;
  /** The same connection and session under another deadline: the undo has its own budget. */
  within(deadline: Deadline): Atlas;
  /** Revokes the token, if one was fetched, and closes the sockets. Bounded; never throws. */
  close(): Promise<void>;
}

/** Opens a session. Nothing is sent before the first call. */
export function openAtlas(_options: AtlasOptions): AtlasSession {
  throw new Error('not built yet');
}
