import type { Socket } from 'node:net';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { type StartOptions, startSimulator } from '../simulator/server.ts';
import { rawServer } from '../wire/raw-server.ts';
import { startConnectProxy } from './connect-proxy.ts';
import { scene } from './scene.ts';
import { failureOf, openSession, type TestOptions, type TestSession } from './session.ts';
import { trustTheSimulator } from './trust.ts';

const groupId = 'b0123456789abcdef012345b';
const nobody = { kind: 'apiKey', publicKey: 'abcdefgh', privateKey: 'nothing' } as const;

function sessionAt(baseUrl: string, options: Partial<TestOptions> = {}): TestSession {
  const session = openSession({ baseUrl, credentials: nobody, ...options });
  onTestFinished(() => session.close());
  return session;
}

/** What reading a project there fails with, and what making a key does. */
const readAt = (baseUrl: string, options?: Partial<TestOptions>) =>
  failureOf(sessionAt(baseUrl, options).atlas.readProject(groupId));
const create = ({ atlas }: TestSession) => failureOf(atlas.createKey(groupId, { desc: 'x', roles: [] }));

async function simulate(start: StartOptions) {
  const simulator = await startSimulator(start);
  onTestFinished(() => simulator.close());
  return simulator;
}

/** A server that does this once it is asked. */
const server = (say: (socket: Socket) => void) =>
  rawServer((socket) => socket.once('data', () => say(socket)));
const silent = () => server(() => {});

describe('a certificate', () => {
  it('of an unknown authority is refused, and the way out is named', async () => {
    vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0');
    onTestFinished(() => void vi.unstubAllEnvs());
    const simulator = await simulate({ tls: true });
    const error = await readAt(simulator.origin);
    expect([error.kind, error.message]).toEqual(['network', expect.stringContaining('NODE_EXTRA_CA_CERTS')]);
    expect(simulator.history.requests).toHaveLength(0);
  });

  it('for another name is refused, without another try', async () => {
    onTestFinished(trustTheSimulator());
    const session = sessionAt((await simulate({ tls: true, certificate: 'wrong-name' })).origin);
    const error = await create(session);
    expect([error.kind, error.message]).toEqual(['network', expect.stringContaining('is for another name')]);
    expect(session.waits).toEqual([]);
  });
});

describe('no connection', () => {
  it('to a closed port: a few tries, then an error that names the host', async () => {
    const { origin, close } = await silent();
    close();
    const session = sessionAt(origin);
    const error = await create(session);
    expect(error).toMatchObject({ kind: 'network', cause: { code: 'ECONNREFUSED' } });
    expect(error.message).toContain(new URL(origin).host);
    expect(error.message).toContain('ECONNREFUSED');
    expect(session.waits).toEqual([400, 800, 1600, 3200]);
  });

  it('to a name that is none, and when TLS meets plain HTTP', async () => {
    const unknown = await readAt('https://no-such-host.invalid');
    expect(unknown.message).toMatch(/the name no-such-host\.invalid cannot be resolved/);
    const { origin } = await server((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));
    const plain = await readAt(origin.replace('http:', 'https:'));
    expect([unknown.kind, plain.kind]).toEqual(['network', 'network']);
  });

  it('never outlasts the deadline, and is closed at once', async () => {
    // A port that accepts and then says nothing to the TLS handshake.
    const { origin } = await silent();
    const session = sessionAt(origin.replace('http:', 'https:'), { timeout: 100 });
    const started = performance.now();
    expect((await create(session)).kind, 'nothing was sent, so nothing can be lost').toBe('timeout');
    await session.close();
    expect(performance.now() - started).toBeLessThan(1_000);
  });
});

describe('an answer', () => {
  it.each([
    ['that is no HTTP', 'SSH-2.0-OpenSSH_9.2\r\n', /is not HTTP/],
    [
      'with headers without end',
      `HTTP/1.1 200 OK\r\n${`x: ${'y'.repeat(100)}\r\n`.repeat(400)}`,
      /is not HTTP/,
    ],
    ['of deep JSON', `HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n${'['.repeat(100_000)}`, /no JSON/],
  ])('%s is one clear error', async (_what, bytes, message) => {
    const { origin } = await server((socket) => void socket.write(bytes));
    const session = sessionAt(origin);
    const error = await failureOf(session.atlas.readProject(groupId));
    expect(error.message).toMatch(message);
    expect(error.message).toMatch(/^Could not read the project: .* \(GET \/api\/atlas\/v2\/groups\/\w+\)$/);
    expect(error.kind).toBe('unintelligible');
    expect(session.waits).toEqual([400, 800, 1600, 3200]);
    expect(session.lines).toHaveLength(5);
  });

  it('larger than any is cut off, in bounded memory', async () => {
    const chunk = Buffer.alloc(1 << 20, 'x');
    let sent = 0;
    const { origin } = await server((socket) => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      const more = () => {
        while (!socket.destroyed) {
          sent += chunk.length;
          if (!socket.write(chunk)) return void socket.once('drain', more);
        }
      };
      more();
    });
    expect((await readAt(origin)).message).toMatch(/larger than any/);
    expect(sent).toBeLessThan(32 << 20);
  });

  it('that drips ends with the deadline', async () => {
    const { origin } = await server((socket) => {
      socket.write('HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n');
      const drip = setInterval(() => socket.write('x'), 10);
      socket.once('close', () => clearInterval(drip));
    });
    expect((await readAt(origin, { timeout: 150 })).kind).toBe('timeout');
  });

  it('to a create that asks nobody to sign in is not believed', async () => {
    const { origin } = await server((socket) => void socket.write('HTTP/1.1 204 No Content\r\n\r\n'));
    const error = await create(sessionAt(origin));
    expect(error).toMatchObject({ kind: 'unintelligible' });
    expect(error.message).toMatch(
      /the server did something without asking who we are, so it is not Atlas\. Check baseUrl\./,
    );
  });
});

describe('through a proxy', () => {
  async function behind(
    options: Parameters<typeof startConnectProxy>[0],
    { start = { tls: true }, login = '' }: { start?: StartOptions; login?: string } = {},
  ) {
    onTestFinished(trustTheSimulator());
    const proxy = await startConnectProxy(options);
    onTestFinished(() => proxy.close());
    const atIt = await scene(start, { proxy: proxy.url.replace('//', `//${login}`) });
    return { ...atIt, proxy, read: () => failureOf(atIt.atlas.readProject(atIt.groupId)) };
  }

  it.each([
    ['HTTP/2', { tls: true }, '2.0'],
    ['HTTP/1.1', { tls: true, http2: false }, '1.1'],
  ] as const)('%s goes through one tunnel', async (_what, start, version) => {
    const { simulator, proxy, atlas, session, groupId } = await behind({}, { start });
    await Promise.all([atlas.readProject(groupId), atlas.listProjectKeys(groupId)]);
    const { host } = new URL(simulator.origin);
    expect(proxy.targets).toEqual([host]);
    expect(proxy.heads).toMatchObject([{ host }]);
    expect(proxy.heads[0], 'nobody signs in without a name').not.toHaveProperty('proxy-authorization');
    expect(session.masked).toEqual([]);
    expect(simulator.history.requests.every(({ httpVersion }) => httpVersion === version)).toBe(true);
  });

  it('that wants credentials, which are masked', async () => {
    const authorization = `Basic ${Buffer.from('user:p@ss').toString('base64')}`;
    const { session, atlas, groupId } = await behind({ authorization }, { login: 'user:p%40ss@' });
    await atlas.readProject(groupId);
    expect(session.masked).toEqual(['p%40ss', 'p@ss']);
  });

  it('that refuses: one error, at once, without the credentials', async () => {
    const { simulator, session, read } = await behind(
      { authorization: 'Basic other' },
      { login: 'user:p%40ss@' },
    );
    const error = await read();
    expect(error.kind).toBe('network');
    expect(error.message).toMatch(/no way through the proxy to .* \[status 407\]/);
    expect(JSON.stringify([error.message, session.lines])).not.toMatch(/p%40ss|p@ss/);
    expect(session.waits).toEqual([]);
    expect(simulator.history.requests).toHaveLength(0);
  });

  it('that has no way right now, or is not there any more: a few tries', async () => {
    const { proxy, session, read } = await behind({ refuseWith: 503 });
    expect((await read()).message).toMatch(/\[status 503\]/);
    await proxy.close();
    expect((await read()).message).toMatch(/\[ECONNREFUSED\]/);
    expect(session.waits).toHaveLength(8);
  });
});

describe('a tunnel', () => {
  const through = (proxy: string) => readAt('https://atlas.example', { proxy });

  it('is asked for from a proxy over TLS, whose certificate is checked', async () => {
    onTestFinished(trustTheSimulator());
    const proxy = await simulate({ tls: true, http2: false, certificate: 'wrong-name' });
    const session = sessionAt('https://atlas.example', { proxy: proxy.origin });
    const { message } = await create(session);
    expect(message).toMatch(/no way through the proxy to .* \[ERR_TLS_CERT_ALTNAME_INVALID\]/);
    expect(session.waits, 'it will be as wrong again').toEqual([]);
  });

  it('leads to an address of IPv6, in brackets', async () => {
    const proxy = await startConnectProxy({ refuseWith: 403 });
    onTestFinished(() => proxy.close());
    expect((await readAt('https://[::1]:8443', { proxy: proxy.url })).message).toMatch(/\[status 403\]/);
    expect(proxy.targets).toEqual(['[::1]:8443']);
  });

  it('that a proxy does not give in the time of a try is asked for again, as nothing was sent yet', async () => {
    const proxy = (await silent()).origin;
    const session = sessionAt('https://atlas.example', { proxy, tryLimit: 30 });
    expect(await create(session)).toMatchObject({ kind: 'network', cause: { name: 'TimeoutError' } });
    expect(session.waits).toEqual([400, 800, 1600, 3200]);
  });

  it('that a proxy refuses leaves no socket behind', async () => {
    let left = 0;
    const { origin, sockets } = await server((socket) => {
      socket.once('close', () => left++);
      socket.write('HTTP/1.1 403 No\r\nContent-Length: 0\r\n\r\n');
    });
    await through(origin);
    await expect.poll(() => [sockets.length, left]).toEqual([1, 1]);
  });

  it('that a proxy without HTTP cannot give is told', async () => {
    const { origin } = await server((socket) => socket.end('SSH-2.0-OpenSSH_9.2\r\n'));
    expect((await through(origin)).message).toMatch(/no way through the proxy to .* \[HTTPParserError\]/);
  });
});
