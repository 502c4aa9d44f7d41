import type { Socket } from 'node:net';
import { setFlagsFromString } from 'node:v8';
import Client from 'undici/lib/dispatcher/client.js';
import type { Connection, WireAnswer, WireRequest } from './wire.ts';
import { faultOf, WireFault } from './wire-fault.ts';

/** A page of 500 keys with a role in every project stays below 1 MB; nothing we ask for is larger. */
const LARGEST_ANSWER = 8 * 1024 * 1024;
const LARGEST_HEADERS = 16 * 1024;

/**
 * Speaks HTTP to an origin over one socket at a time: HTTP/2 where the server speaks it, else HTTP/1.1 with one request
 * at a time. An idle one is left after four seconds (undici's default), before a server closes it under a request that
 * must not be repeated.
 */
export function speakHttp(origin: string, takeSocket: () => Promise<Socket>): Connection {
  // undici parses HTTP/1.1 in WebAssembly. V8 would set out to optimise that after the second answer, and the
  // process could not end before it is done: 60 ms at the end of a step that has nothing left to do.
  setFlagsFromString('--wasm-tiering-budget=2000000000');

  const clients = new Set<Client>();
  const newClient = () => {
    const client = new Client(origin, {
      // The limit of each try is a signal; undici's own timers would only hold a second opinion.
      headersTimeout: 0,
      bodyTimeout: 0,
      maxHeaderSize: LARGEST_HEADERS,
      maxResponseSize: LARGEST_ANSWER,
      connect: (_target, callback) => {
        takeSocket().then((socket) => callback(null, socket), callback);
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
      void Promise.allSettled([old.close()]).then(() => clients.delete(old));
    },
    async close() {
      await Promise.allSettled([...clients].map((client) => client.destroy()));
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

function joined(fields: Record<string, string | string[]>): Record<string, string> {
  const entries = Object.entries(fields).map(([name, value]) => [
    name.toLowerCase(),
    [value].flat().join(', '),
  ]);
  return Object.fromEntries(entries);
}
