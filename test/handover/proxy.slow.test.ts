/** Through a real CONNECT proxy to a service with a certificate of a private authority. */

import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Server } from 'proxy-chain';
import { describe, expect, it } from 'vitest';
import { keysBeside, openScene } from '../action/scene.ts';
import { makeCertificate } from '../github/certificate.ts';
import { startGitHub, TOKENS } from '../github/stand-in.ts';

// Characters that a URL has to escape.
const PASSWORD = 'p@ss:w/rd%21';
const USER = 'runner';

interface ProxyOptions {
  readonly guarded?: boolean;
  readonly tls?: { readonly key: string; readonly cert: string };
}

async function startProxy(options: ProxyOptions = {}) {
  const targets: string[] = [];
  let asked = 0;
  const server = new Server({
    host: '127.0.0.1',
    port: 0,
    ...(options.tls ? { serverType: 'https', httpsOptions: options.tls } : { serverType: 'http' }),
    prepareRequestFunction: ({ username, password, hostname, port, isHttp }) => {
      asked += 1;
      const known = username === USER && password === PASSWORD;
      if (!options.guarded || known) targets.push(`${isHttp ? 'plain ' : ''}${hostname}:${port}`);
      return { requestAuthentication: options.guarded === true && !known };
    },
  });
  await server.listen();
  const at = `127.0.0.1:${server.port}`;
  const scheme = options.tls ? 'https' : 'http';
  return {
    url: `${scheme}://${at}`,
    urlWithCredentials: `${scheme}://${USER}:${encodeURIComponent(PASSWORD)}@${at}`,
    /** How many requests it got, credentials or not. */
    asked: () => asked,
    /** `host:port` of each tunnel that was granted. */
    targets,
    [Symbol.asyncDispose]: () => server.close(true),
  };
}

describe('a proxy', () => {
  it.each(['HTTPS_PROXY', 'https_proxy'])('is used when %s names it, main and post', async (name) => {
    await using scene = await openScene({ tls: true });
    await using proxy = await startProxy();
    const run = await scene.run({ mode: 'ephemeral' }, { env: { [name]: proxy.url } });
    expect(run.conclusion).toBe('success');
    expect(keysBeside(scene)).toEqual([]);
    expect(proxy.targets).toEqual([new URL(scene.atlas.origin).host, new URL(scene.atlas.origin).host]);
  });

  it.each([
    ['https_proxy', 'HTTPS_PROXY'],
    ['HTTPS_PROXY', 'https_proxy'],
  ])('is used although %s is empty beside %s', async (empty, named) => {
    await using scene = await openScene({ tls: true });
    await using proxy = await startProxy();
    const run = await scene.run({}, { env: { [empty]: '', [named]: proxy.url } });
    expect(run.conclusion).toBe('success');
    expect(proxy.targets).toHaveLength(1);
  });

  it.each([
    ['NO_PROXY', 'no_proxy'],
    ['no_proxy', 'NO_PROXY'],
  ])('is left out when %s names the host beside an empty %s', async (name, empty) => {
    await using scene = await openScene({ tls: true });
    await using proxy = await startProxy();
    const { hostname } = new URL(scene.atlas.origin);
    const run = await scene.run(
      {},
      { env: { HTTPS_PROXY: proxy.url, [name]: `example.com, ${hostname}`, [empty]: '' } },
    );
    expect(run.conclusion).toBe('success');
    expect(proxy.targets).toEqual([]);
  });

  it('gets its credentials, which are masked in every form and never in a log', async () => {
    await using scene = await openScene({ tls: true });
    await using proxy = await startProxy({ guarded: true });
    const run = await scene.run({}, { debug: true, env: { HTTPS_PROXY: proxy.urlWithCredentials } });
    expect(run.conclusion).toBe('success');
    expect(proxy.targets).toHaveLength(1);
    expect(run.masks).toEqual(expect.arrayContaining([PASSWORD, encodeURIComponent(PASSWORD)]));
    for (const step of [...run.steps, ...run.post]) {
      // Not even unmasked, but for the masks themselves.
      const lines = step.rawLines.filter(({ text }) => !text.startsWith('::add-mask::'));
      const text = lines.map((line) => line.text).join('\n');
      expect(text).not.toContain(PASSWORD);
      expect(text).not.toContain(encodeURIComponent(PASSWORD));
    }
  });

  it('that wants credentials and gets none is told as such', async () => {
    await using scene = await openScene({ tls: true });
    await using proxy = await startProxy({ guarded: true });
    const run = await scene.run({}, { env: { HTTPS_PROXY: proxy.url } });
    expect(run.conclusion).toBe('failure');
    expect(run.main.log).toContain('Put its user name and password into HTTPS_PROXY');
    expect(run.main.milliseconds).toBeLessThan(5000);
  });

  describe('over TLS', () => {
    /** A guarded proxy at 127.0.0.1, in front of a service at `localhost` whose certificate is believed in any case. */
    async function runThrough(name: string, believed: boolean) {
      const certificate = makeCertificate(name);
      await using scene = await openScene({ tls: true });
      await using proxy = await startProxy({ guarded: true, tls: certificate });
      const baseUrl = scene.atlas.origin.replace('127.0.0.1', 'localhost');
      const folder = await mkdtemp(join(tmpdir(), 'authorities-'));
      try {
        const authorities = join(folder, 'authorities.pem');
        const service = await readFile(scene.atlas.authorityFile, 'utf8');
        await writeFile(authorities, believed ? service + certificate.cert : service);
        const env = {
          HTTPS_PROXY: proxy.urlWithCredentials,
          NODE_EXTRA_CA_CERTS: authorities,
          NODE_TLS_REJECT_UNAUTHORIZED: '0',
        };
        const run = await scene.run({ baseUrl }, { env });
        return { run, targets: proxy.targets, asked: proxy.asked(), service: new URL(baseUrl).host };
      } finally {
        await rm(folder, { recursive: true });
      }
    }

    it('is believed with a certificate for its own name', async () => {
      const { run, targets, service } = await runThrough('IP:127.0.0.1', true);
      expect(run.conclusion).toBe('success');
      expect(targets).toEqual([service]);
      expect(run.main.rawLog, 'an address is no name for TLS: Node would warn').not.toContain('RFC 6066');
    });

    it.each([
      ['for the name of the service', 'DNS:localhost', true, 'ERR_TLS_CERT_ALTNAME_INVALID'],
      ['of an unknown authority', 'IP:127.0.0.1', false, 'DEPTH_ZERO_SELF_SIGNED_CERT'],
    ])('is refused with a certificate %s, and gets no credentials', async (_what, name, believed, code) => {
      const { run, asked, service } = await runThrough(name, believed);
      expect(run.conclusion).toBe('failure');
      expect(run.main.log).toContain(
        `the proxy made no way to ${service} [${code}]. Check HTTPS_PROXY and NO_PROXY.`,
      );
      expect(asked).toBe(0);
    });
  });

  it('is used on the way to GitHub, too', async () => {
    const certificate = makeCertificate();
    await using scene = await openScene({ tls: true });
    await using github = await startGitHub({ tls: certificate });
    await using proxy = await startProxy();
    const folder = await mkdtemp(join(tmpdir(), 'authorities-'));
    try {
      const authorities = join(folder, 'authorities.pem');
      await writeFile(authorities, (await readFile(scene.atlas.authorityFile, 'utf8')) + certificate.cert);
      const { apiUrl, repository } = github;
      const run = await scene.run(
        { githubToken: TOKENS.write, combinedSecret: 'ATLAS_KEY' },
        { apiUrl, repository, env: { HTTPS_PROXY: proxy.url, NODE_EXTRA_CA_CERTS: authorities } },
      );
      expect(run.conclusion).toBe('success');
      expect(github.secrets.get('ATLAS_KEY')).toContain(run.main.outputs.publicKey);
      expect(new Set(proxy.targets)).toEqual(
        new Set([new URL(apiUrl).host, new URL(scene.atlas.origin).host]),
      );
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});

describe('certificates', () => {
  it.each([false, true])(
    'of an unknown authority are refused, and the error says what to set (proxy: %s)',
    async (through) => {
      await using scene = await openScene({ tls: true });
      await using proxy = await startProxy();
      const run = await scene.run(
        {},
        {
          env: {
            NODE_EXTRA_CA_CERTS: '',
            NODE_TLS_REJECT_UNAUTHORIZED: '0',
            ...(through && { HTTPS_PROXY: proxy.url }),
          },
        },
      );
      expect(run.conclusion).toBe('failure');
      expect(run.main.log).toContain('is signed by an authority that this machine does not know');
      expect(run.main.log).toContain('NODE_EXTRA_CA_CERTS');
      expect(scene.atlas.history.requests).toEqual([]);
      expect(run.main.milliseconds).toBeLessThan(5000);
    },
  );

  it.each(['1', '0'])('of GitHub are checked as well (NODE_TLS_REJECT_UNAUTHORIZED=%s)', async (reject) => {
    await using scene = await openScene();
    await using github = await startGitHub({ tls: makeCertificate() });
    const { apiUrl, repository } = github;
    const run = await scene.run(
      { githubToken: TOKENS.write, combinedSecret: 'ATLAS_KEY' },
      { apiUrl, repository, env: { NODE_TLS_REJECT_UNAUTHORIZED: reject } },
    );
    expect(run.conclusion).toBe('failure');
    expect(run.main.log).toContain('NODE_EXTRA_CA_CERTS');
    expect(github.requests).toEqual([]);
    expect(scene.atlas.history.find('createGroupApiKey')).toEqual([]);
  });
});
