import { waitFor } from './deadline.ts';
import { openSockets } from './sockets.ts';

/** A request as it goes over the wire. */
export interface WireRequest {
  readonly method: string;
  /** With its query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | undefined;
}

/** An answer as it came over the wire. Header names in lower case; repeated ones joined with a comma. */
export interface WireAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
}

export interface Connection {
  /** Sends one request once. Throws a `WireFault`. Redirects are not followed. */
  exchange(request: WireRequest, signal: AbortSignal): Promise<WireAnswer>;
  /** Later requests go over a new connection; those under way stay on the old one. */
  renew(): void;
  /** Closes all sockets, those still connecting, too. Never throws. */
  close(): Promise<void>;
}

/**
 * Opens a connection to an origin. It is one connection, because a second costs a TLS handshake and breaks the digest's
 * rising count. undici, which speaks over it, takes longer to load than all of our own code, and so it is loaded while
 * the handshake is on its way.
 */
export function openConnection(origin: string, proxy?: string): Connection {
  const sockets = openSockets(origin, proxy);
  const loading = sockets.underWay.then(async () => {
    const { speakHttp } = await import('./http.ts');
    return speakHttp(origin, sockets.take);
  });
  return {
    exchange: async (request, signal) => (await waitFor(loading, signal)).exchange(request, signal),
    renew: () => void loading.then((http) => http.renew()),
    async close() {
      sockets.close();
      await loading.then((http) => http.close()).catch(() => {});
    },
  };
}
