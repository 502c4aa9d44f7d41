import { afterEach, describe, expect, it, vi } from 'vitest';
import { openSecretStore } from '../../src/github/secrets.ts';
import { startConnectProxy } from '../atlas/connect-proxy.ts';
import { trustTheSimulator } from '../atlas/trust.ts';
import { identityOf } from '../simulator/identity.ts';
import { failureOf, KEY, observed, storeAt, storeKey } from './opening.ts';
import { startGitHub } from './stand-in.ts';

const tls = identityOf('loopback');
let trustNobody = (): void => {};
afterEach(() => {
  trustNobody();
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

const trustEverybody = (): void => {
  vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0');
};

/** GitHub, and a proxy that only tunnels, and only for who signs in. */
async function start(identity: Parameters<typeof identityOf>[0] = 'loopback') {
  const github = await startGitHub({ tls: identityOf(identity) });
  const authorization = `Basic ${Buffer.from('runner:p@ss').toString('base64')}`;
  const proxy = await startConnectProxy({ authorization });
  return {
    github,
    proxy,
    through: (password = 'p%40ss') => observed({ proxy: proxy.url.replace('//', `//runner:${password}@`) }),
    failure: (options = observed()) => failureOf(openSecretStore(storeAt(github), options)),
    async [Symbol.asyncDispose]() {
      await proxy.close();
      await github[Symbol.asyncDispose]();
    },
  };
}

describe('the connection', () => {
  it('is one, over HTTP/2, and is opened again when it was cut', async () => {
    trustNobody = trustTheSimulator();
    await using s = await start();
    await storeKey(storeAt(s.github), observed());
    expect(s.github.requests.map((request) => request.httpVersion)).toEqual(['2.0', '2.0']);
    expect(s.github.connections).toBe(1);
    s.github.fail('reset', { method: 'PUT' });
    await storeKey(storeAt(s.github), observed());
    expect(s.github.connections).toBe(3);
    expect(s.github.secrets.size).toBe(1);
  });

  it('is another one for the next try where a request was not answered in time', async () => {
    trustNobody = trustTheSimulator();
    await using s = await start();
    const options = observed();
    const vault = await openSecretStore(storeAt(s.github), options);
    const limit = new AbortController();
    vi.spyOn(AbortSignal, 'timeout').mockReturnValueOnce(limit.signal);
    s.github.fail('hang', { method: 'PUT' });
    s.github.during(1, 'before', async () => limit.abort(new DOMException('over', 'TimeoutError')));
    await vault.write(KEY);
    await vault.close();
    expect(s.github.requests.map(({ method }) => method)).toEqual(['GET', 'PUT', 'PUT']);
    expect(s.github.connections).toBe(2);
    expect(options.pauses).toEqual([250]);
  });

  it('that never answers in time is told as such', async () => {
    trustNobody = trustTheSimulator();
    await using s = await start();
    const options = observed();
    const over = AbortSignal.abort(new DOMException('over', 'TimeoutError'));
    vi.spyOn(AbortSignal, 'timeout').mockReturnValue(over);
    const { message } = await s.failure(options);
    expect(message).toContain('GitHub was not reached (no answer in time) in 5 tries. Check the network');
  });

  it('goes through a proxy, signed in there, and the proxy sees nothing of it', async () => {
    trustNobody = trustTheSimulator();
    await using s = await start();
    await storeKey(storeAt(s.github), s.through());
    expect(s.github.secrets.get('ATLAS_KEY')).toBe(`${KEY.publicKey}:${KEY.privateKey}`);
    expect(s.proxy.targets).toEqual([new URL(s.github.apiUrl).host]);
  });

  it('is refused by a proxy, and its password is not told', async () => {
    await using s = await start();
    const options = s.through('wr0ng-word');
    const { message } = await s.failure(options);
    expect(message).toContain('GitHub was not reached (status 407). ');
    expect(message).not.toContain('wr0ng-word');
    expect(options.pauses, 'one try').toEqual([]);
  });

  it('is not made to an unknown authority, also where Node is told to trust anybody, nor through a proxy', async () => {
    await using s = await start();
    const options = observed();
    await s.failure(options);
    expect(options.pauses, 'one try').toEqual([]);
    trustEverybody();
    for (const way of [observed(), s.through()])
      expect((await s.failure(way)).message).toContain('UNABLE_TO_VERIFY_LEAF_SIGNATURE');
    expect(s.proxy.targets).toHaveLength(1);
    expect(s.github.requests).toEqual([]);
  });

  it('is not made to who has a certificate for another name, nor through a proxy', async () => {
    trustNobody = trustTheSimulator();
    await using s = await start('wrong-name');
    for (const way of [observed(), s.through()])
      expect((await s.failure(way)).message).toContain('ERR_TLS_CERT_ALTNAME_INVALID');
    expect(s.github.requests).toEqual([]);
  });

  it('is not made to a proxy of an unknown authority when Node is told to trust anybody', async () => {
    trustEverybody();
    await using s = await start();
    await using proxy = await startGitHub({ tls });
    const options = observed({ proxy: new URL(proxy.apiUrl).origin });
    const { message } = await s.failure(options);
    expect(message).toContain('UNABLE_TO_VERIFY_LEAF_SIGNATURE');
    expect(options.pauses, 'one try').toEqual([]);
  });
});
