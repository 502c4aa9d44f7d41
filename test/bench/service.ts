/**
 * One embedded Atlas behind a delaying relay, in a process of its own. Tells over IPC where it is; on every message
 * it forgets what it saw and all keys but the caller's and those that were there at first, and tells how many requests it saw.
 */

import { type AddressInfo, connect as connectTo, createServer, type Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { startSimulator } from '../simulator/server.ts';

const { values } = parseArgs({
  options: {
    http1: { type: 'boolean', default: false },
    delay: { type: 'string', default: '0' },
    latency: { type: 'string', default: '0' },
  },
});

const unlimited = { capacity: 1e9, refill: 1e9, everyMs: 60_000 };
const atlas = await startSimulator({
  tls: true,
  http2: !values.http1,
  settings: {
    latencyMs: Number(values.latency),
    rateLimits: { project: unlimited, organization: unlimited, settings: unlimited },
  },
});
const organization = atlas.addOrganization({ name: 'bench' });
const project = atlas.addProject(organization, { name: 'bench' });
const owner = atlas.addKey({ orgId: organization.id, desc: 'caller', roles: ['ORG_OWNER'] });
atlas.addKey({
  orgId: organization.id,
  desc: 'there',
  roles: [{ roleName: 'GROUP_READ_ONLY', groupId: project.id }],
});
const original = new Set(atlas.keys().map(({ id }) => id));

const port = Number(new URL(atlas.origin).port);
const delay = Number(values.delay);
/** Where the service is, and who may call it. */
export type Place = typeof place;
const place = {
  baseUrl: `https://127.0.0.1:${delay === 0 ? port : await startRelay(port, delay)}`,
  authorityFile: atlas.authorityFile,
  orgId: organization.id,
  groupId: project.id,
  publicKey: owner.publicKey,
  privateKey: owner.privateKey,
};
process.on('message', () => {
  process.send?.(atlas.history.requests.length);
  for (const { id } of atlas.keys()) if (!original.has(id)) atlas.deleteKey(id);
  atlas.history.clear();
});
process.on('disconnect', () => process.exit());
process.send?.(place);

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
