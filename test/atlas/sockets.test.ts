import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { createServer as createTlsServer, type TLSSocket } from 'node:tls';
import { expect, it, onTestFinished } from 'vitest';
import { openSockets, type Sockets } from '../../src/atlas/sockets.ts';
import { openScene } from '../action/scene.ts';
import { identityOf } from '../simulator/identity.ts';
import { startSimulator } from '../simulator/server.ts';
import { startConnectProxy } from './connect-proxy.ts';
import { trustTheSimulator } from './trust.ts';

/** A server, and the connections that were made to it. */
async function listen(host = '127.0.0.1', meet: (socket: Socket) => void = () => {}) {
  const met: Socket[] = [];
  const server = createServer((socket) => {
    met.push(socket.on('error', () => {}).resume());
    meet(socket);
  });
  server.listen(0, host);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  onTestFinished(() => {
    server.close();
    for (const socket of met) socket.destroy();
  });
  const authority = host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
  return { origin: `http://${authority}`, met, server };
}

function socketsTo(origin: string): Sockets {
  const sockets = openSockets(origin);
  onTestFinished(sockets.close);
  return sockets;
}

it.each(['127.0.0.1', '::1'])(
  'one socket to %s is opened ahead, and it is the first to be taken',
  async (host) => {
    const { origin, met } = await listen(host);
    const sockets = socketsTo(origin);
    await sockets.underWay;
    await expect.poll(() => met).toHaveLength(1);
    const first = await sockets.take();
    expect(first.localPort).toBe(met[0]?.remotePort);
    expect((await sockets.take()).localPort).not.toBe(first.localPort);
  },
);

it('it is a secure one, and says which HTTP the server speaks', async () => {
  onTestFinished(trustTheSimulator());
  for (const [http2, protocol] of [
    [true, 'h2'],
    [false, 'http/1.1'],
  ] as const) {
    await using atlas = await startSimulator({ tls: true, http2 });
    const socket = await socketsTo(atlas.origin).take();
    expect(socket).toMatchObject({ authorized: true, alpnProtocol: protocol });
    expect(atlas.connections).toHaveLength(1);
  }
});

it.each([
  ['localhost', 'localhost'],
  ['127.0.0.1', false],
])('a secure one to %s names the server as %s: an address is no name', async (host, name) => {
  onTestFinished(trustTheSimulator());
  const server = createTlsServer(identityOf('loopback'));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const secured = once(server, 'secureConnection');
  socketsTo(`https://${host}:${(server.address() as AddressInfo).port}`);
  const [socket] = (await secured) as [TLSSocket & { servername: string | false }];
  expect(socket.servername).toBe(name);
  socket.destroy();
});

it('one is under way when it is connected, and no sooner', async () => {
  const { origin } = await listen();
  const { underWay } = socketsTo(origin.replace('http:', 'https:'));
  const sooner = await Promise.race([
    underWay.then(() => true),
    new Promise((resolve) => process.nextTick(resolve)),
  ]);
  expect(sooner).toBeUndefined();
  await underWay;
});

it('one through a proxy is under way when the tunnel is there, before the server answers', async () => {
  const { origin, met } = await listen();
  const proxy = await startConnectProxy();
  onTestFinished(proxy.close);
  const sockets = openSockets(origin.replace('http:', 'https:'), proxy.url);
  onTestFinished(sockets.close);
  await sockets.underWay;
  expect(met).toHaveLength(1);
});

it('what the server closed in the meantime is replaced', async () => {
  let first = true;
  const { origin, met } = await listen('127.0.0.1', (socket) => {
    if (first) setTimeout(() => socket.resetAndDestroy(), 20);
    first = false;
  });
  const sockets = socketsTo(origin);
  await sockets.underWay;
  await wait(100);
  const socket = await sockets.take();
  expect([socket.destroyed, met.length]).toEqual([false, 2]);
});

it('a failure is told to whoever takes it, and the next is a new try', async () => {
  const { origin, server } = await listen();
  server.close();
  const sockets = socketsTo(origin);
  await sockets.underWay;
  await expect(sockets.take()).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  server.listen(Number(new URL(origin).port), '127.0.0.1');
  expect((await sockets.take()).destroyed).toBe(false);
});

it('so is that of a proxy, as one, with what lies behind it', async () => {
  const { origin, server } = await listen();
  server.close();
  const sockets = openSockets('https://atlas.example', origin);
  onTestFinished(sockets.close);
  const code = 'ECONNREFUSED';
  await expect(sockets.take()).rejects.toMatchObject({ name: 'ProxyRefusal', code, cause: { code } });
});

it('an end reaches those connected and those connecting, and later ones never come about', async () => {
  const { origin, met } = await listen();
  const connected = socketsTo(origin);
  await connected.underWay;
  await expect.poll(() => met).toHaveLength(1);
  connected.close();
  await expect.poll(() => met[0]?.destroyed).toBe(true);

  const connecting = socketsTo(origin.replace('http:', 'https:'));
  await connecting.underWay;
  connecting.close();
  await expect(connecting.take()).rejects.toMatchObject({ code: 'ETIMEDOUT' });
  await expect(connecting.take()).rejects.toMatchObject({ code: 'ETIMEDOUT' });
  await expect.poll(() => met.every(({ destroyed }) => destroyed)).toBe(true);
});

it('one that nobody took keeps no process', async () => {
  const { origin, met } = await listen();
  const file = new URL('../../src/atlas/sockets.ts', import.meta.url);
  const script = `import { openSockets } from '${file}'; openSockets('${origin}');`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], { timeout: 3_000 });
  expect(await once(child, 'exit')).toEqual([0, null]);
  expect(met).toHaveLength(1);
});

it('a step whose inputs are wrong opens none', async () => {
  await using scene = await openScene({ tls: true });
  const run = await scene.run({ mode: 'ephemeral', ttl: 'soon' });
  expect(run.conclusion).toBe('failure');
  expect(scene.atlas.connections).toEqual([]);
});

it.each([
  ['http', 80],
  ['https', 443],
] as const)('one to an origin of %s without a port goes to %i', async (protocol, port) => {
  const taken = socketsTo(`${protocol}://127.0.0.1`).take();
  // Mostly nobody listens there, and on some machines somebody does.
  const reached = await taken.then(
    ({ remotePort }) => remotePort,
    (error: { port?: number }) => error.port,
  );
  expect(reached).toBe(port);
});
