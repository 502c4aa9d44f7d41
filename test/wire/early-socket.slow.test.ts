/** The socket that is opened while the rest is still being loaded. */
import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { expect, it, onTestFinished, vi } from 'vitest';
import { openConnection } from '../../src/wire/connection.ts';
import { openScene } from '../action/scene.ts';
import { trustTheSimulator } from '../atlas/trust.ts';
import { identityOf } from '../simulator/identity.ts';
import { startSimulator } from '../simulator/server.ts';

const request = { method: 'GET', path: '/', headers: {} };

/** A server, the TLS connections that were made to it, and a connection of ours. */
async function serve(
  answer: (request: IncomingMessage, response: ServerResponse) => void,
  host = '127.0.0.1',
) {
  onTestFinished(trustTheSimulator());
  const met: TLSSocket[] = [];
  const server = createServer({ ...identityOf('loopback'), keepAliveTimeout: 60_000 }, answer);
  server.on('secureConnection', (socket: TLSSocket) => met.push(socket.on('error', () => {})));
  server.listen(0, host === '::1' ? host : '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const connection = openConnection({
    origin: `https://${host.includes(':') ? `[${host}]` : host}:${port}`,
    proxy: undefined,
    largest: 100_000,
  });
  onTestFinished(async () => {
    await connection.close();
    server.closeAllConnections();
    server.close();
  });
  return { connection, met, ask: () => connection.exchange(request, AbortSignal.timeout(5_000)) };
}

it.each([
  [true, 'h2'],
  [false, 'http/1.1'],
])('is opened before anything is asked, and the first request goes over it (HTTP/2: %s)', async (http2) => {
  onTestFinished(trustTheSimulator());
  await using atlas = await startSimulator({ tls: true, http2 });
  const connection = openConnection({ origin: atlas.origin, proxy: undefined, largest: 100_000 });
  onTestFinished(connection.close);
  await expect.poll(() => atlas.connections).toHaveLength(1);
  await connection.exchange(request, AbortSignal.timeout(5_000));
  await connection.exchange(request, AbortSignal.timeout(5_000));
  expect(atlas.connections).toHaveLength(1);
  expect(atlas.history.requests.map(({ httpVersion }) => httpVersion)).toEqual(
    http2 ? ['2.0', '2.0'] : ['1.1', '1.1'],
  );
});

it.each([
  ['localhost', 'localhost'],
  ['127.0.0.1', false],
  ['::1', false],
])('to %s names the server as %s: an address is no name', async (host, name) => {
  const { connection, met } = await serve((_request, response) => response.end('{}'), host);
  await connection.exchange(request, AbortSignal.timeout(5_000)).catch(() => {});
  expect((met[0] as TLSSocket & { servername: unknown }).servername).toBe(name);
});

it('is replaced when the server closed it in the meantime', async () => {
  const { ask, met } = await serve((_request, response) => response.end('{}'));
  await expect.poll(() => met).toHaveLength(1);
  met[0]?.destroy();
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect((await ask()).status).toBe(200);
  expect(met).toHaveLength(2);
});

it('is left when nobody takes it, and the next request opens another', { timeout: 10_000 }, async () => {
  const { ask, met } = await serve((_request, response) => response.end('{}'));
  await expect.poll(() => met).toHaveLength(1);
  await expect.poll(() => met[0]?.destroyed, { timeout: 6_000 }).toBe(true);
  expect((await ask()).status).toBe(200);
  expect(met).toHaveLength(2);
});

it('is not left once it is taken, however long the answer takes', { timeout: 10_000 }, async () => {
  const { ask, met } = await serve((_request, response) => setTimeout(() => response.end('{}'), 4_500));
  expect((await ask()).status).toBe(200);
  expect(met).toHaveLength(1);
});

it('whose certificate is not trusted is none: it is the next that tells', async () => {
  vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0');
  onTestFinished(() => void vi.unstubAllEnvs());
  await using atlas = await startSimulator({ tls: true, certificate: 'wrong-name' });
  const connection = openConnection({ origin: atlas.origin, proxy: undefined, largest: 100_000 });
  onTestFinished(connection.close);
  await expect(connection.exchange(request, AbortSignal.timeout(5_000))).rejects.toMatchObject({
    reason: 'untrusted',
    sent: false,
  });
  expect(atlas.history.requests).toEqual([]);
});

it('is closed by the end, and so is one that is still connecting', async () => {
  const { connection, met } = await serve(() => {});
  await expect.poll(() => met).toHaveLength(1);
  await connection.close();
  await expect.poll(() => met[0]?.destroyed).toBe(true);
});

it('is not opened by a step whose inputs are wrong', async () => {
  await using scene = await openScene({ tls: true });
  const run = await scene.run({ mode: 'ephemeral', ttl: 'soon' });
  expect(run.conclusion).toBe('failure');
  expect(scene.atlas.connections).toEqual([]);
});
