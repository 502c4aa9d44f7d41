import { waitFor } from './deadline.ts';
import { openSockets } from './sockets.ts';
import type { Connection } from './wire.ts';

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
