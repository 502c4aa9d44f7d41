/** The socket that is opened while the rest is still being loaded. */
import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { afterAll, expect, it, onTestFinished, vi } from 'vitest';
import { openConnection } from '../../src/wire/connection.ts';
import { openScene } from '../action/scene.ts';
import { trustTheSimulator } from '../atlas/trust.ts';
import { identityOf } from '../simulator/identity.ts';
import { startSimulator } from '../simulator/server.ts';

const request = { method: 'GET', path: '/', headers: {} };
afterAll(trustTheSimulator());

/** A connection of ours to this origin. */
function connectionTo(origin: string) {
  const connection = openConnection({ origin, proxy: undefined, largest: 100_000 });
  onTestFinished(() => connection.close());
  return { connection, ask: () => connection.exchange(request, AbortSignal.timeout(5_000)) };
}

/** A server, the TLS connections that were made to it, and a connection of ours. */
async function serve(
  answer: (request: IncomingMessage, response: ServerResponse) => void,
  host = '127.0.0.1',
) {
  const met: TLSSocket[] = [];
  const server = createServer({ ...identityOf('loopback'), keepAliveTimeout: 60_000 }, answer);
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  server.on('secureConnection', (socket: TLSSocket) => met.push(socket.on('error', () => {})));
  server.listen(0, host === '::1' ? host : '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return { met, ...connectionTo(`https://${host.includes(':') ? `[${host}]` : host}:${port}`) };
}

it.each([
  [true, '2.0'],
  [false, '1.1'],
])(
  'is opened before anything is asked, and the first request goes over it (HTTP/2: %s)',
  async (http2, version) => {
    await using atlas = await startSimulator({ tls: true, http2 });
    const { ask } = connectionTo(atlas.origin);
    await expect.poll(() => atlas.connections).toHaveLength(1);
    await ask();
    await ask();
    expect(atlas.connections).toHaveLength(1);
    expect(atlas.history.requests.map(({ httpVersion }) => httpVersion)).toEqual([version, version]);
  },
);

it.each([
  ['localhost', 'localhost'],
  ['127.0.0.1', false],
  ['::1', false],
])('to %s names the server as %s: an address is no name', async (host, name) => {
  const { ask, met } = await serve((_request, response) => response.end('{}'), host);
  await ask().catch(() => {});
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

it('is left when nobody takes it, and not once it is taken, however long the answer takes', {
  timeout: 10_000,
}, async () => {
  const left = await serve((_request, response) => response.end('{}'));
  const taken = await serve((_request, response) => setTimeout(() => response.end('{}'), 4_500));
  const answered = taken.ask();
  await expect.poll(() => left.met).toHaveLength(1);
  await expect.poll(() => left.met[0]?.destroyed, { timeout: 6_000 }).toBe(true);
  expect((await left.ask()).status, 'the next request opens another').toBe(200);
  expect(left.met).toHaveLength(2);
  expect((await answered).status).toBe(200);
  expect(taken.met).toHaveLength(1);
});

it('whose certificate is not trusted is none: it is the next that tells', async () => {
  vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0');
  onTestFinished(() => void vi.unstubAllEnvs());
  await using atlas = await startSimulator({ tls: true, certificate: 'wrong-name' });
  await expect(connectionTo(atlas.origin).ask()).rejects.toMatchObject({ reason: 'untrusted', sent: false });
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
