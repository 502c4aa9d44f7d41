import { isIP, type Socket } from 'node:net';
import { connect } from 'node:tls';
import { waitFor } from '../atlas/time.ts';
import { type Connection, WireFault } from './wire.ts';

/** Nobody takes an early socket that is older than this, in milliseconds: a server may soon close it. */
const EARLY_LIMIT = 4_000;

export interface ConnectionOptions {
  readonly origin: string;
  /** The proxy to go through, as `proxyFor` decides it; undefined is a direct connection. */
  readonly proxy: string | undefined;
  /** The largest body of an answer, in bytes: a larger one is cut off. */
  readonly largest: number;
}

/**
 * Opens a connection to an origin. It is one connection, because a second costs a TLS handshake and breaks the digest's
 * rising count. undici, which speaks over it, takes longer to load than all of our own code. So where no proxy is in
 * between, the TLS handshake is begun without it, and it is loaded in the meantime.
 */
export function openConnection(options: ConnectionOptions): Connection {
  const { origin, proxy } = options;
  const closing = new AbortController();
  const early =
    proxy === undefined && origin.startsWith('https:') ? openEarly(origin, closing.signal) : undefined;
  const loading = (early?.underWay ?? Promise.resolve()).then(async () => {
    const { speakHttp } = await import('./http.ts');
    return speakHttp({ ...options, early: early?.socket, closing: closing.signal });
  });
  return {
    async exchange(request, signal) {
      const http = await waitFor(loading, signal).catch(() => {
        throw new WireFault('aborted', { sent: false, received: '', cause: signal.reason });
      });
      return http.exchange(request, signal);
    },
    renew: () => void loading.then((http) => http.renew()),
    async close() {
      closing.abort();
      await loading.then((http) => http.close());
    },
  };
}

interface Early {
  /** Resolves when the handshake waits for the server, or will never come to that. */
  readonly underWay: Promise<void>;
  /** The socket, ready to be spoken over, or undefined when none came about. */
  readonly socket: Promise<Socket | undefined>;
}

function openEarly(origin: string, closing: AbortSignal): Early {
  const { hostname, port } = new URL(origin);
  const host = hostname.replace(/^\[|\]$/g, '');
  const socket = connect({
    host,
    port: Number(port || 443),
    servername: isIP(host) === 0 ? host : '',
    ALPNProtocols: ['h2', 'http/1.1'],
    rejectUnauthorized: true,
  });
  socket.setNoDelay(true).setTimeout(EARLY_LIMIT, () => socket.destroy());
  closing.addEventListener('abort', () => socket.destroy());
  // When it fails, undici opens another connection, and the error of that one is told.
  socket.on('error', () => {});
  const happens = (event: string) =>
    new Promise<void>((resolve) => socket.once(event, () => resolve()).once('close', () => resolve()));
  return {
    underWay: happens('connect'),
    socket: happens('secureConnect').then(() => (socket.destroyed ? undefined : socket)),
  };
}
