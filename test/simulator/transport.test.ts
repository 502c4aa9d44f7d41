import { readFileSync } from 'node:fs';
import { connect } from 'node:http2';
import { Agent, get } from 'node:https';
import { connect as tlsConnect } from 'node:tls';
import { expect, test } from 'vitest';
import { furnish, VERSIONED } from './client.ts';
import { startSimulator } from './server.ts';
import type { Simulator } from './simulator.ts';

const authority = (atlas: Simulator): string => readFileSync(atlas.authorityFile, 'utf8');

function overHttps(atlas: Simulator, agent: Agent): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  get(
    `${atlas.origin}/api/atlas/v2`,
    { agent, ca: authority(atlas), headers: { accept: VERSIONED } },
    (response) => {
      response.resume();
      response.on('end', () => resolve(response.statusCode ?? 0));
    },
  ).on('error', reject);
  return promise;
}

function overHttp2(atlas: Simulator, times: number): Promise<(number | undefined)[]> {
  const session = connect(atlas.origin, { ca: authority(atlas) });
  session.on('error', () => {}); // its streams report it
  const one = (): Promise<number | undefined> => {
    const { promise, resolve, reject } = Promise.withResolvers<number | undefined>();
    const stream = session.request({ ':path': '/api/atlas/v2', accept: VERSIONED });
    stream.on('response', (headers) => resolve(headers[':status']));
    stream.on('error', reject);
    stream.resume();
    return promise;
  };
  return Promise.all(Array.from({ length: times }, one)).finally(() => session.close());
}

test('TLS speaks HTTP/2 and HTTP/1.1, and counts connections and what they carried', async () => {
  await using atlas = await startSimulator({ tls: true });
  expect(atlas.origin).toMatch(/^https:\/\/127\.0\.0\.1:\d+$/);
  expect(await overHttp2(atlas, 3)).toEqual([401, 401, 401]);
  using agent = Object.assign(new Agent({ keepAlive: true, maxSockets: 1 }), {
    [Symbol.dispose]: () => agent.destroy(),
  });
  expect([await overHttps(atlas, agent), await overHttps(atlas, agent)]).toEqual([401, 401]);
  expect(atlas.connections.map(({ tls, protocol, requests }) => ({ tls, protocol, requests }))).toEqual([
    { tls: true, protocol: 'h2', requests: 3 },
    { tls: true, protocol: 'http/1.1', requests: 2 },
  ]);
  expect(atlas.history.requests.map((request) => [request.httpVersion, request.connection])).toEqual([
    ['2.0', 1],
    ['2.0', 1],
    ['2.0', 1],
    ['1.1', 2],
    ['1.1', 2],
  ]);
});

test('HTTP/2 can be left out', async () => {
  await using atlas = await startSimulator({ tls: true, http2: false });
  const socket = tlsConnect({
    port: Number(new URL(atlas.origin).port),
    host: '127.0.0.1',
    ca: authority(atlas),
    ALPNProtocols: ['h2', 'http/1.1'],
  });
  const { promise, resolve, reject } = Promise.withResolvers<unknown>();
  socket.once('secureConnect', () => resolve(socket.alpnProtocol));
  socket.once('error', reject);
  expect(await promise).toBe('http/1.1');
  socket.destroy();
});

test('a certificate of the wrong name, or of an unknown authority, is refused by a client that looks', async () => {
  await using wrong = await startSimulator({ tls: true, certificate: 'wrong-name' });
  await expect(overHttp2(wrong, 1)).rejects.toThrow(/altnames|does not match/);
  await using right = await startSimulator({ tls: true });
  await expect(fetch(`${right.origin}/api/atlas/v2`)).rejects.toThrow();
});

test.each(['reset', 'truncate'] as const)('a fault on HTTP/2: %s', async (kind) => {
  await using atlas = await startSimulator({ tls: true });
  atlas.faults.add({ phase: 'arrival', action: { kind } });
  const session = connect(atlas.origin, { ca: authority(atlas) });
  session.on('error', () => {});
  const { promise, resolve } = Promise.withResolvers<string>();
  const stream = session.request({ ':path': '/api/atlas/v2' });
  stream.resume();
  stream.on('error', () => resolve('broken'));
  stream.on('aborted', () => resolve('broken'));
  stream.on('close', () => resolve('closed'));
  expect(['broken', 'closed']).toContain(await promise);
  await expect.poll(() => session.destroyed).toBe(true);
  expect(await overHttp2(atlas, 1)).toEqual([401]);
  expect(atlas.history.requests[0]?.outcome).toBe(kind === 'reset' ? 'reset' : 'truncated');
});

test('closing cuts what hangs, and twice is fine', async () => {
  const atlas = await startSimulator();
  atlas.faults.add({ phase: 'arrival', action: { kind: 'hang' } });
  const lost = fetch(atlas.origin);
  lost.catch(() => {});
  await expect.poll(() => atlas.history.requests.length).toBe(1);
  await Promise.all([atlas.close(), atlas.close()]);
  await expect(lost).rejects.toThrow();
});

test('two simulators know nothing of each other', async () => {
  await using one = await startSimulator();
  await using other = await startSimulator();
  furnish(one);
  expect(other.keys()).toEqual([]);
  expect(one.origin).not.toBe(other.origin);
});

test('a body beyond reason is refused', async () => {
  await using atlas = await startSimulator();
  const { owner, groupId } = furnish(atlas);
  const body = { desc: 'x'.repeat(2_000_000), roles: ['GROUP_OWNER'] };
  expect((await owner.call('POST', `/groups/${groupId}/apiKeys`, body)).status).toBe(413);
});
