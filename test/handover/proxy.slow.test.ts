/** Through a real CONNECT proxy to a service with a certificate of a private authority. */

import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Server } from 'proxy-chain';
import { describe, expect, it } from 'vitest';
import { openScene, type Scene } from '../action/scene.ts';
import { makeCertificate } from '../github/certificate.ts';
import { startGitHub, TOKENS } from '../github/stand-in.ts';

// Characters that a URL has to escape.
const PASSWORD = 'p@ss:w/rd%21';
const USER = 'runner';

/** A proxy that lets nobody through without a password; over TLS with this certificate. */
async function startProxy(tls?: { readonly key: string; readonly cert: string }) {
  const targets: string[] = [];
  let asked = 0;
  const server = new Server({
    host: '127.0.0.1',
    port: 0,
    ...(tls ? { serverType: 'https', httpsOptions: tls } : { serverType: 'http' }),
    prepareRequestFunction: ({ username, password, hostname, port, isHttp }) => {
      asked += 1;
      const known = username === USER && password === PASSWORD;
      if (known) targets.push(`${isHttp ? 'plain ' : ''}${hostname}:${port}`);
      return { requestAuthentication: !known };
    },
  });
  await server.listen();
  const scheme = tls ? 'https' : 'http';
  return {
    url: `${scheme}://${USER}:${encodeURIComponent(PASSWORD)}@127.0.0.1:${server.port}`,
    /** How many requests it got, credentials or not. */
    asked: () => asked,
    /** `host:port` of each tunnel that was granted. */
    targets,
    [Symbol.asyncDispose]: () => server.close(true),
  };
}

/** Puts these certificates into a file of their own for as long as the work takes. */
async function withAuthorities<T>(
  certificates: readonly string[],
  work: (file: string) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'authorities-'));
  try {
    const file = join(folder, 'authorities.pem');
    await writeFile(file, certificates.join(''));
    return await work(file);
  } finally {
    await rm(folder, { recursive: true });
  }
}

const certificateOf = ({ atlas }: Scene) => readFile(atlas.authorityFile, 'utf8');

describe('a proxy', () => {
  it('is used by main, by post and on the way to GitHub, with credentials that are masked in every form', async () => {
    const certificate = makeCertificate();
    await using scene = await openScene({ tls: true });
    await using github = await startGitHub({ tls: certificate });
    await using proxy = await startProxy();
    const { apiUrl, repository } = github;
    const inputs = { mode: 'rotate', githubToken: TOKENS.write, combinedSecret: 'ATLAS_KEY' };
    const run = await withAuthorities([await certificateOf(scene), certificate.cert], (file) => {
      const env = { https_proxy: '', HTTPS_PROXY: proxy.url, NODE_EXTRA_CA_CERTS: file };
      return scene.run(inputs, { apiUrl, repository, debug: true, env });
    });
    expect(run.conclusion).toBe('success');
    expect(github.secrets.get('ATLAS_KEY')).toContain(run.main.outputs.publicKey);
    const atlas = new URL(scene.atlas.origin).host;
    expect([...proxy.targets].sort()).toEqual([atlas, atlas, new URL(apiUrl).host].sort());
    expect(run.masks).toEqual(expect.arrayContaining([PASSWORD, encodeURIComponent(PASSWORD)]));
    for (const step of [...run.steps, ...run.post]) {
      // Not even unmasked, but for the masks themselves.
      const lines = step.rawLines.filter(({ text }) => !text.startsWith('::add-mask::'));
      const text = [...lines.map((line) => line.text), JSON.stringify(step.state)].join('\n');
      expect(text).not.toContain(PASSWORD);
      expect(text).not.toContain(encodeURIComponent(PASSWORD));
    }
  });

  // In front of a service at `localhost`.
  it.each([
    ['is believed with a certificate for its own name', 'IP:127.0.0.1', undefined],
    ['is refused with one for the name of the service', 'DNS:localhost', 'ERR_TLS_CERT_ALTNAME_INVALID'],
  ])('over TLS %s, and gets credentials only then', async (_what, name, code) => {
    const certificate = makeCertificate(name);
    await using scene = await openScene({ tls: true });
    await using proxy = await startProxy(certificate);
    const baseUrl = scene.atlas.origin.replace('127.0.0.1', 'localhost');
    const { host } = new URL(baseUrl);
    const run = await withAuthorities([await certificateOf(scene), certificate.cert], (file) => {
      const believing = { NODE_EXTRA_CA_CERTS: file, NODE_TLS_REJECT_UNAUTHORIZED: '0' };
      const env = { HTTPS_PROXY: proxy.url, ...believing };
      return scene.run({ baseUrl }, { env, debug: true });
    });
    expect(run.conclusion).toBe(code === undefined ? 'success' : 'failure');
    expect(run.main.rawLog, 'an address is no name for TLS: Node would warn').not.toContain('RFC 6066');
    if (code === undefined) return expect(proxy.targets).toEqual([host]);
    expect(run.main.log).toContain(
      `there is no way through the proxy to ${host} [${code}]. Check HTTPS_PROXY and NO_PROXY.`,
    );
    expect(proxy.asked()).toBe(0);
    expect(run.main.rawLog, 'a certificate does not change').not.toContain(', try 2');
  });
});
