import { createServer } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { openSecretStore } from '../../src/github/secrets.ts';
import { makeCertificate } from './certificate.ts';
import { failureOf, KEY, observed, storeAt, storeKey } from './opening.ts';
import { startGitHub } from './stand-in.ts';

const tls = makeCertificate();
const trusted = getCACertificates('default');
afterEach(() => {
  setDefaultCACertificates(trusted);
  vi.unstubAllEnvs();
});

describe('the connection', () => {
  it('is one, over HTTP/2', async () => {
    setDefaultCACertificates([...trusted, tls.cert]);
    await using github = await startGitHub({ tls });
    await storeKey(storeAt(github), observed());
    expect(github.requests.map((request) => request.httpVersion)).toEqual(['2.0', '2.0']);
    expect(github.connections).toBe(1);
    expect(github.secrets.size).toBe(1);
  });

  it('is opened again when it was cut', async () => {
    setDefaultCACertificates([...trusted, tls.cert]);
    await using github = await startGitHub({ tls });
    github.fail('reset', { method: 'PUT' });
    await storeKey(storeAt(github), observed());
    expect(github.secrets.size).toBe(1);
  });

  it('goes through a proxy, signed in there, and the proxy sees nothing of it', async () => {
    setDefaultCACertificates([...trusted, tls.cert]);
    await using github = await startGitHub({ tls });
    await using proxy = await startProxy('runner:p@ss');
    await storeKey(storeAt(github), observed({ proxy: proxy.url }));
    expect(github.secrets.get('ATLAS_KEY')).toBe(`${KEY.publicKey}:${KEY.privateKey}`);
    expect(proxy.tunnels).toEqual([new URL(github.apiUrl).host]);
  });

  it('is refused by a proxy, and its password is not told', async () => {
    await using github = await startGitHub({ tls });
    await using proxy = await startProxy('runner:p@ss');
    const url = proxy.url.replace('p%40ss', 'wr0ng-word');
    const failure = await failureOf(openSecretStore(storeAt(github), observed({ proxy: url })));
    expect(failure.message).toContain('Proxy response (407)');
    expect(failure.message).not.toContain('wr0ng-word');
  });

  it('is not made to an unknown authority, and what to do is said, after one try', async () => {
    await using github = await startGitHub({ tls });
    const options = observed();
    const failure = await failureOf(openSecretStore(storeAt(github), options));
    expect(failure.message).toContain('DEPTH_ZERO_SELF_SIGNED_CERT');
    expect(failure.message).toContain('NODE_EXTRA_CA_CERTS');
    expect(options.pauses).toEqual([]);
  });

  it('is not made to an unknown authority when Node is told to trust anybody, nor through a proxy', async () => {
    vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0');
    await using github = await startGitHub({ tls });
    await using proxy = await startProxy('runner:p@ss');
    for (const options of [observed(), observed({ proxy: proxy.url })]) {
      const failure = await failureOf(openSecretStore(storeAt(github), options));
      expect(failure.message).toContain('DEPTH_ZERO_SELF_SIGNED_CERT');
    }
    expect(proxy.tunnels).toHaveLength(1);
    expect(github.requests).toEqual([]);
  });

  it('is not made to who has a certificate for another name, nor through a proxy', async () => {
    setDefaultCACertificates([...trusted, tls.cert]);
    await using github = await startGitHub({ tls });
    await using proxy = await startProxy('runner:p@ss');
    const target = { ...storeAt(github), apiUrl: github.apiUrl.replace('localhost', '127.0.0.1') };
    for (const options of [observed(), observed({ proxy: proxy.url })]) {
      const failure = await failureOf(openSecretStore(target, options));
      expect(failure.message).toContain('ERR_TLS_CERT_ALTNAME_INVALID');
    }
    expect(github.requests).toEqual([]);
  });

  it('is not made to a proxy of an unknown authority when Node is told to trust anybody', async () => {
    vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0');
    await using github = await startGitHub({ tls });
    await using proxy = await startGitHub({ tls });
    const options = observed({ proxy: new URL(proxy.apiUrl).origin });
    const failure = await failureOf(openSecretStore(storeAt(github), options));
    expect(failure.message).toContain('DEPTH_ZERO_SELF_SIGNED_CERT');
  });
});

interface Proxy extends AsyncDisposable {
  readonly url: string;
  readonly tunnels: readonly string[];
}

/** A proxy that only tunnels, and only for who signs in. */
async function startProxy(login: string): Promise<Proxy> {
  const tunnels: string[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((_, response) => response.writeHead(405).end());
  server.on('connect', (request, client: Socket) => {
    client.on('error', () => client.destroy());
    if (request.headers['proxy-authorization'] !== `Basic ${Buffer.from(login).toString('base64')}`) {
      client.end(
        'HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm="proxy"\r\n\r\n',
      );
      return;
    }
    const { hostname, port } = new URL(`http://${request.url}`);
    tunnels.push(`${hostname}:${port}`);
    const upstream = connect(Number(port), hostname, () => {
      client.write('HTTP/1.1 200 Connection Established\r\n\r\n');
      upstream.pipe(client).pipe(upstream);
    });
    upstream.on('error', () => client.destroy());
  });
  server.on('connection', (socket: Socket) => sockets.add(socket));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const [user = '', password = ''] = login.split(':').map(encodeURIComponent);
  return {
    url: `http://${user}:${password}@127.0.0.1:${(server.address() as AddressInfo).port}`,
    tunnels,
    async [Symbol.asyncDispose]() {
      const closed = new Promise((resolve) => server.close(resolve));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}
