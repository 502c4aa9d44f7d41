import { isIP } from 'node:net';
import { connect } from 'node:tls';
import { type Connection, type ConnectionOptions, waitFor } from './wire.ts';

/** Nobody takes an early socket that is older than this, in milliseconds: a server may soon close it. */
const EARLY_LIMIT = 4_000;

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
    exchange: async (request, signal) => (await waitFor(loading, signal)).exchange(request, signal),
    renew: () => void loading.then((http) => http.renew()),
    async close() {
      closing.abort();
      await loading.then((http) => http.close());
    },
  };
}

function openEarly(origin: string, closing: AbortSignal) {
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
    /** Resolves when the handshake waits for the server, or will never come to that. */
    underWay: happens('connect'),
    /** Ready to be spoken over, or undefined when it did not come to that. */
    socket: happens('secureConnect').then(() => (socket.destroyed ? undefined : socket)),
  };
}
