import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { expect, it } from 'vitest';
import { openSockets } from '../../src/atlas/sockets.ts';

it('a socket that nobody takes is left after four seconds, and one that was taken is not', async () => {
  const server = createServer((socket) => socket.resume());
  server.listen(0, '127.0.0.1');
  const connection = once(server, 'connection') as Promise<[Socket]>;
  await once(server, 'listening');
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const forgotten = openSockets(origin);
  const [seen] = await connection;
  const taken = openSockets(origin);
  const socket = await taken.take();
  const before = performance.now();
  await once(seen, 'close');
  expect(performance.now() - before).toBeGreaterThan(3_500);
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(socket.destroyed).toBe(false);
  expect((await forgotten.take()).destroyed).toBe(false);
  for (const sockets of [forgotten, taken]) sockets.close();
  server.close();
});
