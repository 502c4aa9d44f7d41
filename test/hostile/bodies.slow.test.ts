/** Answers that are too much, and answers without end: in bounded memory and time. Smaller oddities are in answers.test.ts. */
import type { OutgoingHttpHeaders } from 'node:http';
import { createServer as createTcpServer, type Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import { debugLines } from '../action/evidence.ts';
import { keysBeside } from '../action/scene.ts';
import {
  attack,
  endlessly,
  expectDefeat,
  hostileScene,
  MOST_MEGABYTES,
  tamperWith,
} from './hostile-server.ts';

const MEGABYTE = 1 << 20;
const JSON_TYPE = { 'content-type': 'application/json' };

/** Within the two megabytes that are read, and all the more trouble for who looks for secrets in them. */
const TANGLED = [`{"privateKey":"${'\\"'.repeat(0.9 * MEGABYTE)}`, '"\\'.repeat(0.9 * MEGABYTE)];

/** As small, but a parser would make dozens of megabytes of each, each time that it is asked. */
const SWELLING = [
  `{"x":${'['.repeat(0.9 * MEGABYTE)}${']'.repeat(0.9 * MEGABYTE)}}`,
  `{"errorCode":"X","detail":"x","x":[${'{},'.repeat(0.6 * MEGABYTE)}{}]}`,
];

describe('a body', () => {
  it.concurrent.each([
    ['without end, after others of quotes that are never closed,', TANGLED, {}],
    ['without end, after others of nothing but brackets,', SWELLING, {}],
    ['of a gigabyte', [], { 'content-length': 1024 * MEGABYTE }],
  ])('%s is cut off', (_what, before, headers) => cutOff(before, headers));

  it.concurrent('of a full page that is followed by others without end is given up', async () => {
    await using scene = await hostileScene();
    let pages = 0;
    const origin = await tamperWith(scene, (answer, { target, signed }) => {
      if (!signed || !target.includes('/apiKeys')) return;
      const first = pages++ * 500;
      const results = Array.from({ length: 500 }, (_, index) => ({
        id: (first + index).toString(16).padStart(24, '0'),
        publicKey: 'flezioeg',
        desc: 'another one',
        roles: [{ roleName: 'GROUP_READ_ONLY', groupId: scene.groupId }],
        privateKey: '********-****-****-85daa09d408a',
      }));
      answer.body = JSON.stringify({ results, totalCount: 1e15 });
    });
    expectDefeat(scene, await attack(scene, origin), /the list does not end after 50 pages/, 10);
    expect(pages).toBeLessThan(60);
    expect(keysBeside(scene)).toEqual([]);
  });
});

it.concurrent('what is not HTTP, but SSH, headers without end, or one line without end, is told', async () => {
  await using scene = await hostileScene();
  const endlesslyAfter = (first: string, text: string) => (socket: Socket) => {
    socket.write(first);
    endlessly(socket, Buffer.from(text.repeat(1_000)));
  };
  const says = [
    (socket: Socket) => socket.write('SSH-2.0-OpenSSH_9.2\r\n'),
    endlesslyAfter('HTTP/1.1 200 OK\r\n', 'x-header: y\r\n'),
    endlesslyAfter('HTTP/1.1 200 ', 'a'.repeat(16)),
  ];
  let asked = 0;
  const server = createTcpServer((socket) => socket.once('data', () => says[asked++ % 3]?.(socket)));
  const result = await attack(scene, `http://127.0.0.1:${await scene.listen(server)}`, { timeout: '20s' });
  expectDefeat(scene, result, /is not HTTP|timeout/, 22);
  expect(asked).toBeGreaterThanOrEqual(3);
});

// A timeout of five seconds, and what a busy machine needs to start a process.
describe('an answer that takes its time', () => {
  it.concurrent('a body in drops: over within the timeout', async () => {
    await using scene = await hostileScene();
    const origin = await scene.serve((_request, response) => {
      response.writeHead(200, JSON_TYPE).flushHeaders();
      const drip = setInterval(() => response.write(' '), 20);
      response.once('close', () => clearInterval(drip));
    });
    const result = await attack(scene, origin, { timeout: '5s' });
    expectDefeat(scene, result, /the time for all calls of this step \(timeout\) is used up/, 10);
  });

  it.concurrent('interim answers without end: over within the timeout', async () => {
    await using scene = await hostileScene();
    const origin = await scene.serve((_request, response) => {
      const more = setInterval(() => response.writeProcessing(), 5);
      response.once('close', () => clearInterval(more));
    });
    const result = await attack(scene, origin, { timeout: '5s' });
    expect(result.main.outcome).toBe('failure');
    expect(result.main.milliseconds).toBeLessThan(10_000);
    expect(result.megabytes).toBeLessThan(MOST_MEGABYTES);
  });
});

/** An answer without end comes behind others that are none, and is cut off. */
async function cutOff(before: readonly string[], headers: OutgoingHttpHeaders): Promise<void> {
  await using scene = await hostileScene();
  const sockets = new Set<Socket | null>();
  const left = [...before];
  const origin = await scene.serve((request, response) => {
    sockets.add(response.socket);
    if (request.headers.authorization === undefined) {
      response.setHeader('www-authenticate', 'Digest realm="x", nonce="n", qop="auth"');
      return void response.writeHead(401).end();
    }
    response.writeHead(200, { ...JSON_TYPE, ...headers });
    const body = left.shift();
    if (body === undefined) endlessly(response, Buffer.alloc(MEGABYTE, ' '));
    else response.end(body);
  });
  const result = await attack(scene, origin, {}, { debug: true });
  expectDefeat(scene, result, /larger than any that Atlas gives/);
  expect(debugLines(result.main).filter((line) => line.includes(' 200 in '))).toHaveLength(before.length);
  expect(left).toEqual([]);
  const sent = [...sockets].reduce((sum, socket) => sum + (socket?.bytesWritten ?? 0), 0);
  expect(sent).toBeLessThan(64 * MEGABYTE);
}
