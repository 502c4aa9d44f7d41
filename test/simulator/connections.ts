import type { IncomingMessage } from 'node:http';
import type { Http2ServerRequest } from 'node:http2';
import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';

export type Request = IncomingMessage | Http2ServerRequest;

export interface ConnectionRecord {
  readonly id: number;
  tls: boolean;
  /** What ALPN chose, once a TLS handshake is through. */
  protocol: 'http/1.1' | 'h2' | undefined;
  requests: number;
  open: boolean;
}

/** Counts the connections and what came over each, and can cut them all. */
export class Connections {
  readonly records: ConnectionRecord[] = [];
  readonly #sockets = new Set<Socket>();
  readonly #byPort = new Map<number, ConnectionRecord>();
  #closing = false;

  /** A TCP connection has been accepted. */
  opened(socket: Socket): void {
    const record: ConnectionRecord = {
      id: this.records.length + 1,
      tls: false,
      protocol: 'http/1.1',
      requests: 0,
      open: true,
    };
    this.records.push(record);
    this.#sockets.add(socket);
    // The TLS and HTTP/2 layers show other socket objects; the client's port is the same on all of them.
    if (socket.remotePort !== undefined) this.#byPort.set(socket.remotePort, record);
    socket.once('close', () => {
      this.#sockets.delete(socket);
      record.open = false;
    });
    socket.on('error', () => {}); // a client that hangs up is no error of the server
    if (this.#closing) socket.destroy();
  }

  /** A TLS handshake is through. */
  secured(socket: TLSSocket): void {
    const record = this.#byPort.get(socket.remotePort ?? -1);
    if (record === undefined) return;
    record.tls = true;
    record.protocol = socket.alpnProtocol === 'h2' ? 'h2' : 'http/1.1';
    socket.on('error', () => {});
  }

  /** Counts a request on its connection. */
  used(request: Request): number {
    const record = this.#byPort.get(request.socket.remotePort ?? -1);
    if (record === undefined) return 0;
    record.requests += 1;
    return record.id;
  }

  /** Cuts every connection, those too that are only just being accepted. */
  destroyAll(): void {
    this.#closing = true;
    for (const socket of this.#sockets) socket.destroy();
  }
}

/** The address of the other end, an IPv4 one in its own form. */
export function peerAddress(request: Request): string {
  return (request.socket.remoteAddress ?? '').replace(/^::ffff:/, '');
}

/** Tears down the connection a request came on: a TCP reset where the layer allows one. */
export function tearDown(request: Request): void {
  if ('stream' in request) {
    request.stream.session?.destroy();
    return;
  }
  const { socket } = request;
  if (socket instanceof TLSSocket) socket.destroy();
  else socket.resetAndDestroy();
}
