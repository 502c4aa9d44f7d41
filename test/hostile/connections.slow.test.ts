import { readFileSync } from 'node:fs';
import { createSecureServer, type ServerHttp2Session, type ServerHttp2Stream } from 'node:http2';
import { createServer as createTlsServer } from 'node:https';
import { createServer as createTcpServer, type Socket } from 'node:net';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { keysBeside } from '../action/scene.ts';
import { identityOf } from '../simulator/identity.ts';
import { attack, expectDefeat, hostileScene } from './hostile-server.ts';

const AUTHORITY = fileURLToPath(new URL('../simulator/certificates/authority.pem', import.meta.url));
const EXPIRED = fileURLToPath(new URL('certificates/expired.pem', import.meta.url));

describe('HTTP/2', () => {
  it.concurrent.each<[string, (stream: ServerHttp2Stream, session: ServerHttp2Session) => void]>([
    ['resets of every stream', (stream) => stream.close(2)],
    ['refused streams', (stream) => stream.close(7)],
    ['a goodbye to every request', (_stream, session) => session.goaway(11)],
    ['a connection cut at every request', (_stream, session) => session.destroy()],
    [
      'a reset behind the head',
      (stream) => {
        stream.respond({ ':status': 200 });
        stream.close(8);
      },
    ],
  ])('%s: a few tries, then one clear error', async (_what, misbehave) => {
    await using scene = await hostileScene({ tls: true });
    let asked = 0;
    const server = createSecureServer(identityOf('loopback'));
    server.on('stream', (stream) => {
      asked += 1;
      stream.on('error', () => {});
      if (stream.session) misbehave(stream, stream.session as ServerHttp2Session);
    });
    server.on('sessionError', () => {});
    const origin = `https://127.0.0.1:${await scene.listen(server)}`;
    const result = await attack(
      scene,
      origin,
      { timeout: '5s' },
      { env: { NODE_EXTRA_CA_CERTS: AUTHORITY } },
    );
    expectDefeat(scene, result, /^Could not list the project's keys: /, 7);
    expect(asked).toBeLessThan(12);
  });

  it.concurrent('a create whose stream is reset behind it leaves no key', async () => {
    await using scene = await hostileScene({ tls: true });
    scene.atlas.faults.add({
      when: { operation: 'createGroupApiKey' },
      phase: 'after',
      times: 9,
      action: { kind: 'reset' },
    });
    const result = await attack(scene, scene.atlas.origin);
    expectDefeat(scene, result, /Atlas may have carried it out nevertheless/, 7);
    expect(keysBeside(scene)).toEqual([]);
  });
});

describe('a certificate', () => {
  it.concurrent.each([
    ['for another name', 'wrong-name', { NODE_EXTRA_CA_CERTS: AUTHORITY }, /is for another name/],
    [
      'of an authority that nobody knows',
      'loopback',
      {},
      /signed by an authority that this machine does not know/,
    ],
  ] as const)(
    '%s gets nothing, whatever NODE_TLS_REJECT_UNAUTHORIZED says',
    async (_what, name, env, message) => {
      await using scene = await hostileScene({ tls: true, certificate: name });
      const variables = { NODE_EXTRA_CA_CERTS: '', ...env, NODE_TLS_REJECT_UNAUTHORIZED: '0' };
      expectDefeat(scene, await attack(scene, scene.atlas.origin, {}, { env: variables }), message);
      expect(scene.atlas.history.requests).toEqual([]);
    },
  );

  it('that has expired gets nothing', async () => {
    await using scene = await hostileScene({ tls: true });
    let asked = 0;
    const key = readFileSync(new URL('certificates/expired.key.pem', import.meta.url));
    const identity = { cert: readFileSync(EXPIRED), key };
    const port = await scene.listen(createTlsServer(identity, () => (asked += 1)));
    const env = { NODE_EXTRA_CA_CERTS: EXPIRED, NODE_TLS_REJECT_UNAUTHORIZED: '0' };
    const result = await attack(scene, `https://127.0.0.1:${port}`, {}, { env });
    expectDefeat(scene, result, /the certificate of 127\.0\.0\.1:\d+ has expired/);
    expect(asked).toBe(0);
  });
});

describe('a server that speaks no HTTP', () => {
  it.concurrent.each<[string, (socket: Socket) => void]>([
    ['but SSH', (socket) => socket.write('SSH-2.0-OpenSSH_9.2\r\n')],
    ['but headers without end', (socket) => endlessly(socket, 'x-header: y\r\n', 'HTTP/1.1 200 OK\r\n')],
    ['but one line without end', (socket) => endlessly(socket, 'a', 'HTTP/1.1 200 ')],
  ])('%s', async (_what, say) => {
    await using scene = await hostileScene();
    const port = await scene.listen(createTcpServer((socket) => socket.once('data', () => say(socket))));
    const result = await attack(scene, `http://127.0.0.1:${port}`, { timeout: '5s' });
    expectDefeat(scene, result, /is not HTTP|timeout/, 7);
  });
});

function endlessly(socket: Socket, text: string, first: string): void {
  const chunk = text.repeat(Math.ceil(16_384 / text.length));
  socket.write(first);
  const more = () => {
    while (!socket.destroyed) if (!socket.write(chunk)) return void socket.once('drain', more);
  };
  more();
}
