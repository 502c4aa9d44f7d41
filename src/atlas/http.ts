import type { Socket } from 'node:net';
import { setFlagsFromString } from 'node:v8';
import Client from 'undici/lib/dispatcher/client.js';
import type { Connection, WireAnswer, WireRequest } from './connection.ts';
import { faultOf, WireFault } from './wire-fault.ts';

/** A page of 500 keys with a role in every project stays below 1 MB; nothing we ask for is larger. */
const LARGEST_ANSWER = 8 * 1024 * 1024;
const LARGEST_HEADERS = 16 * 1024;

/** Over HTTP/1.1: https://www.rfc-editor.org/rfc/rfc9112#section-9.3.2 */
const READS_AT_ONCE = 2;

/**
 * Speaks HTTP to an origin over one socket at a time: HTTP/2 where the server speaks it, else HTTP/1.1, with reads
 * asked for at once and everything else alone. An idle one is left after four seconds (undici's default), before a
 * server closes it under a request that must not be repeated.
 */
export function speakHttp(origin: string, takeSocket: () => Promise<Socket>): Connection {
  // undici parses HTTP/1.1 in WebAssembly. V8 would set out to optimise that after the second answer, and the
  // process could not end before it is done: 60 ms at the end of a step that has nothing left to do.
  setFlagsFromString('--wasm-tiering-budget=2000000000');

  const clients = new Set<Client>();
  const newClient = (): Client => {
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

  let readsAtOnce = READS_AT_ONCE;
  let changes = 0;
  let current = newClient();
  return {
    async exchange(request, signal) {
      const client = current;
      const changing = request.method !== 'GET';
      // A read that is given up takes the socket with it, and undici sends again what was asked for beside it. So
      // nothing is asked for beside a change.
      if (changing) changes++;
      client.pipelining = changes > 0 ? 1 : readsAtOnce;
      try {
        return await exchange(client, request, signal);
      } catch (error) {
        // Perhaps it is a proxy in between that cannot do it. From now on one request waits for the other.
        readsAtOnce = 1;
        throw error;
      } finally {
        if (changing) changes--;
        client.pipelining = changes > 0 ? 1 : readsAtOnce;
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
    {
      method: request.method,
      path: request.path,
      headers: request.headers,
      body: request.body ?? null,
      // Otherwise undici would wait for the head of its answer.
      blocking: request.method !== 'GET',
    },
    {
      // Called right before the request is written, and not at all when no connection came about. Called again for
      // a read that lost the connection to the one beside it.
      onRequestStart(controller) {
        status = 0;
        chunks.length = 0;
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
