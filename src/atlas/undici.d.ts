/**
 * The two files of undici that we use, imported by path: its index also loads fetch, WebSocket, caches and
 * mocks, which costs a cold start more than all of our own code. undici has no `exports`, and its version is
 * pinned. Only `connection.ts` may import them.
 */

declare module 'undici/lib/core/connect.js' {
  import type { Socket } from 'node:net';

  export interface ConnectTarget {
    readonly hostname: string;
    readonly host: string;
    readonly protocol: string;
    readonly port: string;
    readonly servername?: string;
    readonly httpSocket?: Socket;
  }
  export type ConnectCallback = (error: Error | null, socket?: Socket) => void;
  export default function buildConnector(options: {
    readonly allowH2: boolean;
    readonly preferH2: boolean;
    readonly timeout: number;
    readonly rejectUnauthorized: boolean;
  }): (target: ConnectTarget, callback: ConnectCallback) => Socket;
}

declare module 'undici/lib/dispatcher/client.js' {
  import type { ConnectCallback, ConnectTarget } from 'undici/lib/core/connect.js';

  interface Controller {
    abort(reason: Error): void;
  }
  interface Handler {
    onRequestStart(controller: Controller): void;
    onResponseStart(
      controller: Controller,
      status: number,
      headers: Record<string, string | string[] | undefined>,
    ): void;
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
        readonly connect: (target: ConnectTarget, callback: ConnectCallback) => void;
      },
    );
    dispatch(
      request: {
        readonly method: string;
        readonly path: string;
        readonly headers: Readonly<Record<string, string>>;
        readonly body: string | null;
      },
      handler: Handler,
    ): boolean;
    close(): Promise<void>;
    destroy(): Promise<void>;
  }
}
