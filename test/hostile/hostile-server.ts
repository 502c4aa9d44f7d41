/** Servers that mean harm, and what they did to the action. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, type IncomingMessage, type RequestListener, request } from 'node:http';
import type { AddressInfo, Server as TcpServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import { errorsIn } from '../action/evidence.ts';
import { openScene, type Run, type Scene, type SceneOptions } from '../action/scene.ts';
import type { JobOptions } from '../runner/job.ts';

/** The scene of a well-behaved Atlas, and the servers that the test puts in front of it. */
export interface HostileScene extends Scene {
  /** Starts a server that listens until the scene is over, and is then cut off from everybody; returns its port. */
  listen(server: TcpServer): Promise<number>;
  /** Starts a plain HTTP server with this listener; returns its origin. */
  serve(listener: RequestListener): Promise<string>;
}

export async function hostileScene(options?: SceneOptions): Promise<HostileScene> {
  const scene = await openScene(options);
  const closings: (() => Promise<void>)[] = [];
  const listen: HostileScene['listen'] = async (server) => {
    const sockets = new Set<{ destroy(): void }>();
    server.on('connection', (socket) => {
      sockets.add(socket);
      socket.on('error', () => {});
      socket.once('close', () => sockets.delete(socket));
    });
    server.on('tlsClientError', () => {});
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    closings.push(
      () =>
        new Promise((resolve) => {
          server.close(() => resolve());
          for (const socket of sockets) socket.destroy();
        }),
    );
    return (server.address() as AddressInfo).port;
  };
  return {
    ...scene,
    listen,
    async serve(listener) {
      const server = createServer({ requestTimeout: 0, keepAliveTimeout: 60_000 }, listener);
      return `http://127.0.0.1:${await listen(server)}`;
    },
    async [Symbol.asyncDispose]() {
      await Promise.all(closings.map((close) => close()));
      await scene[Symbol.asyncDispose]();
    },
  };
}

export interface Answer {
  status: number;
  headers: Record<string, string | string[] | number | undefined>;
  body: string;
}

/** Stands between the action and the embedded Atlas, and changes what it answers. */
export async function tamperWith(
  scene: HostileScene,
  tamper: (answer: Answer, asked: { method: string; target: string; signed: boolean }) => void,
): Promise<string> {
  const { hostname, port } = new URL(scene.atlas.origin);
  return scene.serve(async (incoming, outgoing) => {
    const body = await textOf(incoming);
    const { method = '', url: target = '', headers } = incoming;
    const onward = request({ hostname, port, method, path: target, headers, agent: false }, async (reply) => {
      const answer: Answer = {
        status: reply.statusCode ?? 0,
        headers: { ...reply.headers },
        body: await textOf(reply),
      };
      const {
        'content-length': _length,
        'transfer-encoding': _chunks,
        connection: _how,
        ...kept
      } = answer.headers;
      answer.headers = kept;
      tamper(answer, { method, target, signed: headers.authorization !== undefined });
      for (const [name, value] of Object.entries(answer.headers))
        if (value !== undefined) outgoing.setHeader(name, value);
      outgoing.sendDate = false;
      outgoing.writeHead(answer.status);
      outgoing.end(answer.status === 204 ? undefined : answer.body);
    });
    onward.on('error', () => outgoing.destroy());
    onward.end(body);
  });
}

async function textOf(message: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

/** Writes the same again and again, as fast as the other side reads, for as long as it does. */
export function endlessly(
  stream: NodeJS.WritableStream & { readonly destroyed: boolean },
  chunk: Buffer,
): void {
  const more = () => {
    while (!stream.destroyed) if (!stream.write(chunk)) return void stream.once('drain', more);
  };
  more();
}

export interface Attack extends Run {
  /** The most memory that main or post held, in megabytes. */
  readonly megabytes: number;
}

/** Runs the action against a server, and measures it. */
export async function attack(
  scene: Scene,
  baseUrl: string,
  inputs: Readonly<Record<string, string>> = {},
  options: JobOptions = {},
): Promise<Attack> {
  const folder = await mkdtemp(join(tmpdir(), 'memory-'));
  const report = join(folder, 'megabytes');
  const reporter = new URL('memory-report.mjs', import.meta.url).href;
  const env = { NODE_OPTIONS: `--import ${reporter}`, MEMORY_REPORT: report, ...options.env };
  try {
    const result = await scene.job(
      [{ ...scene.step({ baseUrl, ...inputs }), env: { MEMORY_REPORT: report } }],
      { ...options, env },
    );
    const [main] = result.steps;
    if (main === undefined) throw new Error('the job ran no step');
    const peaks = (await readFile(report, 'utf8')).trim().split('\n').map(Number);
    return { ...result, main, megabytes: Math.max(...peaks) };
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** What must be left of any attack: one clear error, bounded time and memory, no secret shown. */
export function expectDefeat(scene: Scene, result: Attack, message: RegExp, seconds = 30): void {
  const { main, megabytes } = result;
  expect(errorsIn(main), main.rawLog).toHaveLength(1);
  expect(errorsIn(main)[0]).toMatch(message);
  expect(main.outcome).toBe('failure');
  expect(main.milliseconds).toBeLessThan(seconds * 1000);
  expect(megabytes).toBeLessThan(MOST_MEGABYTES);
  expect(main.outputs).not.toHaveProperty('privateKey', expect.stringMatching(/./));
  const shown = [...main.rawLines.map(({ text }) => text), main.rawSummary, JSON.stringify(main.state)];
  const masked = `::add-mask::${scene.owner.privateKey}`;
  expect(shown.filter((text) => text !== masked).join('\n')).not.toContain(scene.owner.privateKey);
}

/** An idle action holds about 75. An answer that is read, and what a parser makes of it, comes on top, once a try. */
export const MOST_MEGABYTES = 250;
