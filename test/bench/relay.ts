import { type AddressInfo, connect as connectTo, createServer, type Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';

/**
 * A TCP relay that holds every piece back for a while, in both directions: distance, made in user space. TCP's own
 * handshake ends at the relay and is not delayed. Returns the port it listens on.
 */
export async function startRelay(target: number, delay: number): Promise<number> {
  const server = createServer({ allowHalfOpen: true, noDelay: true }, (near) => {
    const far = connectTo({ port: target, host: '127.0.0.1', allowHalfOpen: true, noDelay: true });
    forward(near, far, delay);
    forward(far, near, delay);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

/** Timers of one length fire in the order they were set, so the pieces stay in theirs. */
function forward(from: Socket, to: Socket, delay: number): void {
  from.on('data', async (piece) => {
    await wait(delay);
    if (to.writable) to.write(piece);
  });
  from.on('end', async () => {
    await wait(delay);
    to.end();
  });
  from.on('error', () => to.destroy());
}
