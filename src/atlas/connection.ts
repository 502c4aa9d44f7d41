import type { Socket } from 'node:net';
import { setFlagsFromString } from 'node:v8';
import buildConnector from 'undici/lib/core/connect.js';
import Client from 'undici/lib/dispatcher/client.js';
import { openTunnel } from './tunnel.ts';
import { faultOf, WireFault } from './wire-fault.ts';

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

/** A page of 500 keys with a role in every project stays below 1 MB; nothing we ask for is larger. */
const LARGEST_ANSWER = 8 * 1024 * 1024;
const LARGEST_HEADERS = 16 * 1024;
const CONNECT_LIMIT = 10_000;

/**
 * Opens a connection to an origin, lazily: HTTP/2 where the server speaks it, else HTTP/1.1 with one request
 * at a time. It is one connection, because a second costs a TLS handshake and breaks the digest's rising
 * count. An idle one is left after four seconds (undici's default), before a server closes it under a request
 * that must not be repeated. Certificates are always checked, whatever NODE_TLS_REJECT_UNAUTHORIZED says.
 */
export function openConnection(origin: string, proxy?: string): Connection {
  // undici parses HTTP/1.1 in WebAssembly. V8 would set out to optimise that after the second answer, and the
  // process could not end before it is done: 60 ms at the end of a step that has nothing left to do.
  setFlagsFromString('--wasm-tiering-budget=2000000000');

  const closing = new AbortController();
  const sockets = new Set<Socket>();
  const clients = new Set<Client>();
  const connector = buildConnector({
    allowH2: true,
    preferH2: true,
    timeout: CONNECT_LIMIT,
    rejectUnauthorized: true,
  });

  // Kept, so that close() also reaches a socket that is still connecting: undici would wait ten seconds for it.
  const keep = (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  };
  const newClient = () => {
    const client = new Client(origin, {
      // The limit of each try is a signal; undici's own timers would only hold a second opinion.
      headersTimeout: 0,
      bodyTimeout: 0,
      maxHeaderSize: LARGEST_HEADERS,
      maxResponseSize: LARGEST_ANSWER,
      connect: (target, callback) => {
        if (proxy === undefined) return keep(connector(target, callback));
        openTunnel(proxy, target, AbortSignal.any([closing.signal, AbortSignal.timeout(CONNECT_LIMIT)])).then(
          (httpSocket) => keep(connector({ ...target, httpSocket }, callback)),
          (error) => callback(error),
        );
      },
    });
    clients.add(client);
    return client;
  };

  let current = newClient();
  return {
    exchange: (request, signal) => exchange(current, request, signal),
    renew() {
      const old = current;
      current = newClient();
      old.close().then(
        () => clients.delete(old),
        () => clients.delete(old),
      );
    },
    async close() {
      closing.abort();
      await Promise.allSettled([...clients].map((client) => client.destroy()));
      for (const socket of sockets) socket.destroy();
    },
  };
}

function exchange(client: Client, request: WireRequest, signal: AbortSignal): Promise<WireAnswer> {
  const { promise, resolve, reject } = Promise.withResolvers<WireAnswer>();
  let sent = false;
  let status = 0;
  let headers: Record<string, string> = {};
  const chunks: Buffer[] = [];
  const text = () => Buffer.concat(chunks).toString('utf8');
  let stop: ((reason: Error) => void) | undefined;

  const abort = () => {
    const fault = new WireFault('aborted', { sent, received: text(), cause: signal.reason });
    reject(fault);
    stop?.(fault);
  };
  if (signal.aborted) {
    abort();
    return promise;
  }
  signal.addEventListener('abort', abort, { once: true });
  client.dispatch(
    { method: request.method, path: request.path, headers: request.headers, body: request.body ?? null },
    {
      // Called right before the request is written, and not at all when no connection came about.
      onRequestStart(controller) {
        stop = (reason) => controller.abort(reason);
        if (signal.aborted) stop(new Error('given up while it was queued'));
        else sent = true;
      },
      onResponseStart(_controller, statusCode, fields) {
        status = statusCode;
        headers = joined(fields);
      },
      onResponseData: (_controller, chunk) => {
        chunks.push(chunk);
      },
      onResponseEnd: () => resolve({ status, headers, text: text() }),
      onResponseError: (_controller, error) =>
        reject(faultOf(error, { sent, received: text(), begun: status !== 0 })),
    },
  );
  const forget = () => signal.removeEventListener('abort', abort);
  promise.then(forget, forget);
  return promise;
}

function joined(fields: Record<string, string | string[] | undefined>): Record<string, string> {
  const entries = Object.entries(fields).map(([name, value]) => [
    name.toLowerCase(),
    [value ?? ''].flat().join(', '),
  ]);
  return Object.fromEntries(entries);
}
