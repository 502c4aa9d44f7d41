import { execFile, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { furnish, VERSIONED } from './client.ts';
import { type StartOptions, startSimulator } from './server.ts';
import type { DigestAlgorithm } from './settings.ts';

/** An independent client: what curl takes for Digest, the simulator must take, and the other way round. */

const version = spawnSync('curl', ['--version'], { encoding: 'utf8' }).stdout ?? '';
const noCurl = version === '';
if (noCurl) console.warn('skipped: there is no curl');
const run = promisify(execFile);

const variants: [string, StartOptions, DigestAlgorithm[], string[]][] = [];
for (const algorithms of [['MD5'], ['SHA-256'], ['SHA-256', 'MD5']] as DigestAlgorithm[][]) {
  variants.push(['plain HTTP/1.1', {}, algorithms, ['--http1.1']]);
  variants.push(['TLS and HTTP/1.1', { tls: true }, algorithms, ['--http1.1']]);
  if (version.includes('HTTP2')) variants.push(['TLS and HTTP/2', { tls: true }, algorithms, ['--http2']]);
}

describe.skipIf(noCurl)('curl --digest', () => {
  test.each(variants)('over %s %o with %o', async (_, options, algorithms, flags) => {
    await using atlas = await startSimulator({
      ...options,
      settings: { digest: { algorithms, opaque: true } },
    });
    const { ownerKey, groupId } = furnish(atlas);
    const url = `${atlas.origin}/api/atlas/v2/groups/${groupId}/apiKeys?pretty=false`;
    const common = [
      '--silent',
      '--show-error',
      '--noproxy',
      '*',
      '--digest',
      '--cacert',
      atlas.authorityFile,
      ...flags,
    ];
    const user = [
      '--user',
      `${ownerKey.publicKey}:${ownerKey.privateKey}`,
      '--header',
      `Accept: ${VERSIONED}`,
    ];
    const body = ['--header', `Content-Type: ${VERSIONED}`, '--data', '{"desc":"x","roles":["GROUP_OWNER"]}'];
    // Two transfers in one process: curl wants a challenge for each.
    const { stdout } = await run('curl', [...common, ...user, ...body, url, url]);
    const made = stdout.split(/(?<=\})(?=\{"desc")/).map((text) => JSON.parse(text).id);
    expect(made).toEqual(
      atlas
        .keys()
        .slice(1)
        .map(({ id }) => id),
    );
    expect(made).toHaveLength(2);
    expect(atlas.history.requests.map(({ signIn }) => signIn)).toEqual([
      'challenged',
      'signedIn',
      'challenged',
      'signedIn',
    ]);
    expect(new Set(atlas.history.requests.map(({ httpVersion }) => httpVersion))).toEqual(
      new Set([flags.includes('--http2') ? '2.0' : '1.1']),
    );
  });

  test('with the wrong secret gets the body of the challenge', async () => {
    await using atlas = await startSimulator();
    const { ownerKey } = furnish(atlas);
    const { stdout } = await run('curl', [
      '-s',
      '--noproxy',
      '*',
      '--digest',
      '-u',
      `${ownerKey.publicKey}:wrong`,
      `${atlas.origin}/api/atlas/v2`,
    ]);
    expect(JSON.parse(stdout)).toMatchObject({ error: 401, errorCode: 'UNEXPECTED_ERROR' });
  });
});

test('serve.ts prints what is needed to sign in and ends at SIGTERM', async () => {
  const script = fileURLToPath(new URL('serve.ts', import.meta.url));
  const child = spawn(process.execPath, [script, '--until-stdin-ends'], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  try {
    const [line] = await once(child.stdout, 'data');
    const printed = JSON.parse(`${line}`);
    const basic = Buffer.from(`${printed.clientId}:${printed.clientSecret}`).toString('base64');
    const reply = await fetch(`${printed.origin}/api/oauth/token`, {
      method: 'POST',
      headers: { authorization: `Basic ${basic}` },
      body: new URLSearchParams({ grant_type: 'client_credentials' }),
    });
    const { access_token } = (await reply.json()) as { access_token: string };
    const list = await fetch(`${printed.origin}/api/atlas/v2/orgs/${printed.orgId}/apiKeys`, {
      headers: { authorization: `Bearer ${access_token}`, accept: VERSIONED },
    });
    expect(await list.json()).toMatchObject({ results: [{ publicKey: printed.publicKey }] });
  } finally {
    const ended = once(child, 'exit');
    child.kill('SIGTERM');
    expect(await ended).toEqual([0, null]);
  }
});

test('serve.ts ends with whoever started it, where that was asked for', async () => {
  const script = fileURLToPath(new URL('serve.ts', import.meta.url));
  const child = spawn(process.execPath, [script, '--until-stdin-ends'], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  await once(child.stdout, 'data');
  const ended = once(child, 'exit');
  child.stdin.end();
  expect(await ended).toEqual([0, null]);
});
