import type { Socket } from 'node:net';
import { setFlagsFromString } from 'node:v8';
import Client from 'undici/lib/dispatcher/client.js';
import { waitFor } from './deadline.ts';
import type { Connection, WireAnswer, WireRequest } from './wire.ts';
import { faultOf, WireFault } from './wire-fault.ts';

/** A page of 500 keys with a role in every project stays below 1 MB; nothing we ask for is larger. */
const LARGEST_ANSWER = 8 * 1024 * 1024;
const LARGEST_HEADERS = 16 * 1024;

/** Over HTTP/1.1: https://www.rfc-editor.org/rfc/rfc9112#section-9.3.2 */
const READS_AT_ONCE = 2;

/**
 * Speaks HTTP to an origin over one socket at a time: HTTP/2 where the server speaks it, else HTTP/1.1, with two reads
 * asked for at once and every change alone. An idle one is left after four seconds (undici's default), before a server
 * closes it under a request that must not be repeated.
 */
export function speakHttp(origin: string, takeSocket: () => Promise<Socket>): Connection {
  // undici parses HTTP/1.1 in WebAssembly. V8 would set out to optimise that after the second answer, and the
  // process could not end before it is done: 60 ms at the end of a step that has nothing left to do.
  setFlagsFromString('--wasm-tiering-budget=2000000000');

  let multiplexed = false;
  const clients = new Set<Client>();
  const newClient = () => {
    const client = new Client(origin, {
      // The limit of each try is a signal; undici's own timers would only hold a second opinion.
      headersTimeout: 0,
      bodyTimeout: 0,
      pipelining: READS_AT_ONCE,
      maxHeaderSize: LARGEST_HEADERS,
      maxResponseSize: LARGEST_ANSWER,
      connect: (_target, callback) => {
        takeSocket().then((socket) => {
          multiplexed = 'alpnProtocol' in socket && socket.alpnProtocol === 'h2';
          callback(null, socket);
        }, callback);
      },
    });
    clients.add(client);
    return client;
  };

  let current = newClient();
  let readsAlone = false;
  const changes = new Set<Promise<unknown>>();
  return {
    async exchange(request, signal) {
      const reads = request.method === 'GET';
      // A read that is given up takes the socket with it, and undici would send a change before it once more.
      while (reads && !multiplexed && changes.size > 0) await waitFor(Promise.allSettled(changes), signal);
      const exchanged = exchange(current, request, signal, readsAlone || !reads);
      if (!reads) changes.add(exchanged);
      try {
        return await exchanged;
      } catch (error) {
        // Perhaps a proxy in between cannot be asked ahead.
        readsAlone = true;
        throw error;
      } finally {
        changes.delete(exchanged);
      }
    },
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

/** `alone`: over HTTP/1.1, nothing is asked for before this one is being answered. */
function exchange(
  client: Client,
  { method, path, headers: asked, body }: WireRequest,
  signal: AbortSignal,
  alone: boolean,
): Promise<WireAnswer> {
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
    { method, path, headers: asked, body: body ?? null, blocking: alone },
    {
      // Called right before the request is written, and not at all when no connection came about. Called again for a
      // read that lost the connection to the one before it.
      onRequestStart(controller) {
        status = 0;
        chunks.length = 0;
        // Thrown, since an abort would take the socket along, with what is under way on it.
        if (signal.aborted) throw new Error('given up while it was queued');
        stop = (reason) => controller.abort(reason);
        sent = true;
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
