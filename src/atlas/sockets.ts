import { once } from 'node:events';
import { connect as connectTcp, isIP, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { openTunnel } from './tunnel.ts';

/** Opens sockets to one origin, ready to be spoken over. */
export interface Sockets {
  /**
   * A socket on which nothing has been said: the one that was opened ahead, then a new one each time. Its
   * `alpnProtocol` is `h2` where the server speaks HTTP/2. Rejects with Node's error, or a `ProxyRefusal`.
   */
  take(): Promise<Socket>;
  /** Resolves when the first one waits for the server's part of the handshake, or will never come to that. */
  readonly underWay: Promise<void>;
  /** Closes all of them, those still connecting, too. */
  close(): void;
}

const DEFAULT_PORTS: Readonly<Record<string, number>> = { 'https:': 443, 'http:': 80 };

const CONNECT_LIMIT = 10_000;

/** A socket that nobody took is left after this time, as undici leaves its own: soon a server may close it. */
const IDLE_LIMIT = 4_000;

/**
 * Starts to open a socket to an origin at once, so that the handshake runs while the rest of the step is still being
 * loaded. Certificates are always checked, whatever NODE_TLS_REJECT_UNAUTHORIZED says.
 */
export function openSockets(origin: string, proxy?: string): Sockets {
  const { protocol, hostname, port: written } = new URL(origin);
  const host = hostname.replace(/^\[|\]$/g, '');
  const port = Number(written || DEFAULT_PORTS[protocol]);
  const closing = new AbortController();
  const sockets = new Set<Socket>();

  const keep = (socket: Socket): Socket => {
    sockets.add(socket);
    // What becomes of it is told where it is awaited or used; in between nobody listens.
    return socket
      .setNoDelay(true)
      .setKeepAlive(true, 60_000)
      .on('error', () => {})
      .once('close', () => sockets.delete(socket));
  };
  const open = async (handshaking = () => {}): Promise<Socket> => {
    const limit = AbortSignal.any([closing.signal, AbortSignal.timeout(CONNECT_LIMIT)]);
    if (protocol === 'http:') return ready(keep(connectTcp({ host, port })), 'connect', limit);
    const tunnel =
      proxy === undefined ? undefined : await openTunnel(proxy, { hostname: host, port: `${port}` }, limit);
    const secured = connectTls({
      host,
      port,
      socket: tunnel,
      servername: isIP(host) === 0 ? host : '',
      ALPNProtocols: ['h2', 'http/1.1'],
      rejectUnauthorized: true,
    });
    if (tunnel === undefined) secured.once('connect', handshaking);
    else handshaking();
    return ready(keep(secured), 'secureConnect', limit);
  };

  const begun = Promise.withResolvers<void>();
  let ahead: Promise<Socket> | undefined = open(begun.resolve);
  ahead
    .then((socket) => socket.unref().setTimeout(IDLE_LIMIT, () => socket.destroy()))
    .catch(() => {})
    .finally(begun.resolve);
  return {
    underWay: begun.promise,
    async take() {
      const first = ahead;
      ahead = undefined;
      const socket = await (first ?? open());
      if (first === undefined) return socket;
      return socket.destroyed ? open() : socket.setTimeout(0).ref();
    },
    close() {
      closing.abort();
      for (const socket of sockets) socket.destroy();
    },
  };
}

async function ready(
  socket: Socket,
  event: 'connect' | 'secureConnect',
  limit: AbortSignal,
): Promise<Socket> {
  try {
    await once(socket, event, { signal: limit });
    return socket;
  } catch (error) {
    socket.destroy();
    throw limit.aborted ? Object.assign(new Error('no connection in time'), { code: 'ETIMEDOUT' }) : error;
  }
}
