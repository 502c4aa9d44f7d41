/**
 * The file of undici that we use, imported by path: its index also loads fetch, WebSocket, caches and
 * mocks, which costs a cold start more than all of our own code. undici has no `exports`, and its version is
 * pinned. Only `http.ts` may import it.
 */

declare module 'undici/lib/dispatcher/client.js' {
  import type { Socket } from 'node:net';

  interface Controller {
    abort(reason: Error): void;
  }
  interface Handler {
    onRequestStart(controller: Controller): void;
    onResponseStart(controller: Controller, status: number, headers: Record<string, string | string[]>): void;
    onResponseData(controller: Controller, chunk: Buffer): void;
    onResponseEnd(controller: Controller): void;
    onResponseError(controller: Controller, error: Error): void;
  }
  export default class Client {
    constructor(
      origin: string,
      options: {
        readonly headersTimeout: number;
        readonly bodyTimeout: number;
        readonly maxHeaderSize: number;
        readonly maxResponseSize: number;
        /** Over HTTP/1.1: how many requests are sent before the first of them is answered. Only reads go behind others. */
        readonly pipelining: number;
        readonly connect: (target: unknown, callback: (error: Error | null, socket?: Socket) => void) => void;
      },
    );
    dispatch(
      request: {
        readonly method: string;
        readonly path: string;
        readonly headers: Readonly<Record<string, string>>;
        readonly body: string | null;
        /** Over HTTP/1.1: the next request waits for the head of this one's answer. */
        readonly blocking: boolean;
      },
      handler: Handler,
    ): boolean;
    close(): Promise<void>;
    destroy(): Promise<void>;
  }
}
