import type { OutgoingHttpHeaders } from 'node:http';
import type { RequestOptions } from 'node:https';
import type { Socket } from 'node:net';
import { codeOf } from '../certificate-fault.ts';
import { proxyCredentials } from './proxy.ts';
import { ProxyRefusal } from './wire-fault.ts';

/**
 * Asks a proxy for a tunnel (CONNECT, https://www.rfc-editor.org/rfc/rfc9110#section-9.3.6) to a host and
 * returns the socket, on which TLS to that host is still to be spoken. `proxy` is a URL with the proxy's
 * credentials in it, if it wants any. Rejects with a `ProxyRefusal`.
 */
export async function openTunnel(
  proxy: string,
  target: { readonly hostname: string; readonly port: string },
  signal: AbortSignal,
): Promise<Socket> {
  const { promise, resolve, reject } = Promise.withResolvers<Socket>();
  const { protocol, hostname, port } = new URL(proxy);
  const { username, password } = proxyCredentials(proxy);
  const host = `${target.hostname.includes(':') ? `[${target.hostname}]` : target.hostname}:${target.port}`;
  const credentials = Buffer.from(`${username}:${password}`, 'utf8');
  const headers: OutgoingHttpHeaders = { host };
  if (username !== '') headers['proxy-authorization'] = `Basic ${credentials.toString('base64')}`;

  // Loaded only where there is a proxy.
  const { request: send } = await (protocol === 'https:' ? import('node:https') : import('node:http'));
  const request = send({
    method: 'CONNECT',
    hostname: hostname.replace(/^\[|\]$/g, ''),
    port,
    path: host,
    headers,
    agent: false,
    signal,
    rejectUnauthorized: true,
  } as RequestOptions);
  // For a CONNECT, Node takes an answer of any status for this event.
  request.once('connect', (answer, socket) => {
    if (answer.statusCode === 200) return resolve(socket as Socket);
    socket.destroy();
    reject(new ProxyRefusal(`status ${answer.statusCode}`));
  });
  request.once('error', (error) => reject(new ProxyRefusal(codeOf(error), error)));
  request.end();
  return promise;
}
