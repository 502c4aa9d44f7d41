import type { Dispatcher } from 'undici';
import { type DispatcherOptions, openDispatcher } from '../dispatcher.ts';
import type { Connection, WireAnswer, WireRequest } from './wire.ts';
import { faultOf, refusalOfProxy, WireFault } from './wire-fault.ts';

/** A page of 500 keys with a role in every project stays below 1 MB; nothing we ask for is larger. */
const LARGEST_BODY = 8 * 1024 * 1024;

/** Speaks HTTP to an origin: HTTP/2 where the server speaks it, else HTTP/1.1, where one request follows on another. */
export function speakHttp(
  origin: string,
  options: Pick<DispatcherOptions, 'proxy' | 'closing' | 'early'>,
): Connection {
  let dispatcher = openDispatcher({ ...options, largestBody: LARGEST_BODY });
  return {
    exchange: (request, signal) => exchange(dispatcher, origin, request, signal, options.proxy !== undefined),
    renew() {
      void dispatcher.close();
      dispatcher = openDispatcher({ ...options, early: undefined, largestBody: LARGEST_BODY });
    },
    close: () => dispatcher.destroy(),
  };
}

function exchange(
  dispatcher: Dispatcher,
  origin: string,
  { method, path, headers: asked, body }: WireRequest,
  signal: AbortSignal,
  proxied: boolean,
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
  dispatcher.dispatch(
    { origin, method, path, headers: asked, body: body ?? null },
    {
      // Called right before the request is written, and not at all when no connection came about.
      onRequestStart(controller) {
        // Thrown, since an abort would take the socket along.
        if (signal.aborted) throw new Error('given up while it was queued');
        // Over HTTP/2, where the server says that it did not do it. We repeat it ourselves, if it may be.
        if (sent) throw new Error('to be sent a second time');
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
      onResponseError(_controller, error) {
        const cause = proxied && !sent ? refusalOfProxy(error) : error;
        reject(faultOf(cause, { sent, received: text(), begun: status !== 0 }));
      },
    },
  );
  const forget = () => signal.removeEventListener('abort', abort);
  promise.then(forget, forget);
  return promise;
}

function joined(fields: Dispatcher.ResponseData['headers']): Record<string, string> {
  const entries = Object.entries(fields).map(([name, value]) => [
    name.toLowerCase(),
    [value].flat().join(', '),
  ]);
  return Object.fromEntries(entries);
}
