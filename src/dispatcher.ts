/** How Atlas and GitHub are reached. Loads undici, which takes longer than all of our own code. */
import type { Socket } from 'node:net';
import { Agent, buildConnector, Client, type Dispatcher, ProxyAgent } from 'undici';
import { proxyCredentials } from './atlas/proxy.ts';

/** Milliseconds for a handshake, and for a proxy's answer. */
const CONNECT_LIMIT = 10_000;

export interface DispatcherOptions {
  /** The proxy to go through, with its credentials; undefined is a direct connection. */
  readonly proxy: string | undefined;
  /** Ends all sockets, those still connecting, too. */
  readonly closing: AbortSignal;
  /** In bytes, as they come over the wire. */
  readonly largestBody: number;
  /** The first socket of a direct connection, when it was opened ahead and came about. */
  readonly early?: Promise<Socket | undefined> | undefined;
}

/**
 * Opens a way on which one connection at a time is used: with more, undici opens a second for a request that follows at
 * once on an answer. Certificates, a proxy's too, are checked whatever NODE_TLS_REJECT_UNAUTHORIZED says. The caller's
 * signal is the limit of each request. An idle connection is left after four seconds (undici's default), before a
 * server closes it under a request that must not be repeated.
 */
export function openDispatcher({ proxy, closing, largestBody, early }: DispatcherOptions): Dispatcher {
  const limits = { connections: 1, headersTimeout: 0, bodyTimeout: 0, maxResponseSize: largestBody };
  const tls = { rejectUnauthorized: true, preferH2: true, timeout: CONNECT_LIMIT, signal: closing };
  if (proxy === undefined)
    return new Agent({ ...limits, connect: connectorAfter(early, buildConnector(tls)) });

  const { username, password } = proxyCredentials(proxy);
  const credentials = Buffer.from(`${username}:${password}`, 'utf8').toString('base64');
  const connect = buildConnector({ ...tls, allowH2: false });
  return new ProxyAgent({
    ...limits,
    uri: new URL(proxy).origin,
    ...(username !== '' && { token: `Basic ${credentials}` }),
    requestTls: tls,
    clientFactory: (uri) =>
      new Client(uri, {
        headersTimeout: CONNECT_LIMIT,
        connect: (target, callback) =>
          // Without `servername` the connector takes the proxy's own, and none for an address.
          connect({ ...target, servername: '' }, (error, socket) =>
            error === null
              ? callback(null, socket)
              : callback(new Error('no connection to the proxy', { cause: error }), null),
          ),
      }),
  });
}

function connectorAfter(
  early: Promise<Socket | undefined> | undefined,
  connect: buildConnector.connector,
): buildConnector.connector {
  let first = early;
  return async (target, callback) => {
    const socket = await first;
    first = undefined;
    if (socket === undefined || socket.destroyed) connect(target, callback);
    else callback(null, socket.setTimeout(0));
  };
}
