import { constants, createSecureServer, type ServerHttp2Stream } from 'node:http2';
import type { AddressInfo, Socket } from 'node:net';
import { afterAll, describe, expect, it, onTestFinished } from 'vitest';
import { identityOf } from '../simulator/identity.ts';
import { wanted } from './scene.ts';
import { failureOf, openSession, type TestOptions } from './session.ts';
import { trustTheSimulator } from './trust.ts';

/** HTTP/2 servers that behave badly, below what the embedded Atlas can do. */

afterAll(trustTheSimulator());

const groupId = 'b0123456789abcdef012345b';
const orgId = 'a0123456789abcdef012345a';
const project = JSON.stringify({ id: groupId, orgId, name: 'p' });
const challenge = { ':status': 401, 'www-authenticate': 'Digest realm="r", nonce="n", qop="auth"' };

async function serve(
  answer: (stream: ServerHttp2Stream, ordinal: number) => void,
  options: Partial<TestOptions> = {},
) {
  const server = createSecureServer(identityOf('loopback'));
  const sockets = new Set<Socket>();
  /** Signed requests, by method. */
  const signed: string[] = [];
  let connections = 0;
  server.on('secureConnection', (socket: Socket) => {
    connections++;
    sockets.add(socket);
  });
  server.on('sessionError', () => {});
  server.on('stream', (stream: ServerHttp2Stream, headers) => {
    stream.on('error', () => {});
    if (headers.authorization === undefined) {
      stream.respond(challenge);
      return void stream.end();
    }
    answer(stream, signed.push(`${headers[':method']}`));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const session = openSession({
    baseUrl: `https://127.0.0.1:${(server.address() as AddressInfo).port}`,
    credentials: { kind: 'apiKey', publicKey: 'abcdefgh', privateKey: 'secret' },
    ...options,
  });
  onTestFinished(async () => {
    await session.close();
    server.close();
    for (const socket of sockets) socket.destroy();
  });
  return {
    session,
    signed,
    connections: () => connections,
    read: () => session.atlas.readProject(groupId),
    /** What making a key fails with, which was sent once. */
    async create() {
      expect((await failureOf(session.atlas.createKey(groupId, wanted))).kind).toBe('answerLost');
      expect(signed).toEqual(['POST']);
    },
  };
}

const giveProject = (stream: ServerHttp2Stream) => {
  stream.respond({ ':status': 200, 'content-type': 'application/json' });
  stream.end(project);
};

describe('a stream that is reset', () => {
  const error = (stream: ServerHttp2Stream) => stream.close(constants.NGHTTP2_INTERNAL_ERROR);
  const unread = (stream: ServerHttp2Stream) => stream.close(constants.NGHTTP2_REFUSED_STREAM);
  const away = (stream: ServerHttp2Stream) => stream.session?.goaway(constants.NGHTTP2_NO_ERROR, 1);

  it.each([
    ['with an error', error],
    ['unread, as the server says', unread],
  ])('%s is tried again for a read, and the connection is kept', async (_what, reset) => {
    const { session, signed, connections, read } = await serve((stream, ordinal) => {
      if (ordinal < 3) reset(stream);
      else giveProject(stream);
    });
    expect(await read()).toEqual({ orgId });
    expect([signed.length, session.waits, connections()]).toEqual([3, [400, 800], 1]);
  });

  // A server may say that it read nothing, and have made the key.
  it.each([
    ['with an error', error],
    ['unread, as the server says', unread],
    ['by a server that goes away and says that it read nothing', away],
  ])('%s is not tried again for a create', async (_what, reset) => {
    const { create } = await serve(reset);
    await create();
  });

  it('in the middle of the body is not tried again for a create, and what came is masked', async () => {
    const secret = '754c8808-0ba8-4153-8eea-85daa09d408a';
    const { session, create } = await serve((stream) => {
      stream.respond({ ':status': 200, 'content-type': 'application/json' });
      stream.write(`{"privateKey":"${secret}",`);
      // `close` would end the body politely first.
      setTimeout(() => stream.destroy(new Error('cut')), 30);
    });
    await create();
    expect(session.masked).toEqual([secret]);
  });
});

describe('a connection that goes away', () => {
  it('politely, after an answer: the next call takes a new one', async () => {
    const { connections, read } = await serve((stream, ordinal) => {
      giveProject(stream);
      if (ordinal === 1) stream.session?.goaway(constants.NGHTTP2_NO_ERROR);
    });
    await read();
    await new Promise((resolve) => setTimeout(resolve, 30));
    await read();
    expect(connections()).toBe(2);
  });

  it('while several calls are under way: each is answered in the end, a create is not made twice', async () => {
    const { session, signed, read } = await serve((stream, ordinal) => {
      if (ordinal === 3) stream.session?.destroy();
      else if (ordinal > 3) giveProject(stream);
    });
    const outcomes = await Promise.allSettled([read(), session.atlas.createKey(groupId, wanted), read()]);
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(signed.filter((method) => method === 'POST')).toHaveLength(1);
  });
});

describe('an answer over HTTP/2', () => {
  it('larger than any is cut off', async () => {
    let sent = 0;
    const chunk = Buffer.alloc(1 << 18, 'x');
    const { read } = await serve((stream) => {
      stream.respond({ ':status': 200 });
      const more = () => {
        while (!stream.destroyed) {
          sent += chunk.length;
          if (!stream.write(chunk)) return void stream.once('drain', more);
        }
      };
      more();
    });
    expect((await failureOf(read())).message).toMatch(/larger than any/);
    expect(sent).toBeLessThan(32 << 20);
  });

  it('shorter than it promised is no answer', async () => {
    const { signed, read } = await serve((stream, ordinal) => {
      if (ordinal > 1) return giveProject(stream);
      stream.respond({ ':status': 200, 'content-length': 500 });
      stream.end(project);
    });
    await read();
    expect(signed).toHaveLength(2);
  });
});
