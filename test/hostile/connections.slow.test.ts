import { readFileSync } from 'node:fs';
import { createSecureServer, type ServerHttp2Session, type ServerHttp2Stream } from 'node:http2';
import { createServer as createTlsServer } from 'node:https';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { identityOf } from '../simulator/identity.ts';
import { attack, expectDefeat, hostileScene } from './hostile-server.ts';

const AUTHORITY = fileURLToPath(new URL('../simulator/certificates/authority.pem', import.meta.url));
const EXPIRED = fileURLToPath(new URL('certificates/expired.pem', import.meta.url));

it.concurrent('HTTP/2 that resets, refuses, leaves, cuts or breaks off: a few tries, then one clear error', async () => {
  await using scene = await hostileScene({ tls: true });
  const mischief: ((stream: ServerHttp2Stream, session: ServerHttp2Session) => void)[] = [
    (stream) => stream.close(2),
    (stream) => stream.close(7),
    (_stream, session) => session.goaway(11),
    (_stream, session) => session.destroy(),
    (stream) => {
      stream.respond({ ':status': 200 });
      stream.close(8);
    },
  ];
  let asked = 0;
  const server = createSecureServer(identityOf('loopback'));
  server.on('stream', (stream) => {
    stream.on('error', () => {});
    mischief[asked++ % mischief.length]?.(stream, stream.session as ServerHttp2Session);
  });
  server.on('sessionError', () => {});
  const origin = `https://127.0.0.1:${await scene.listen(server)}`;
  const env = { NODE_EXTRA_CA_CERTS: AUTHORITY };
  const result = await attack(scene, origin, { timeout: '10s' }, { env });
  expectDefeat(scene, result, /^Could not list the project's keys: /, 12);
  expect(asked).toBeGreaterThanOrEqual(mischief.length);
  expect(asked).toBeLessThan(12);
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

  it.concurrent('that has expired gets nothing', async () => {
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
