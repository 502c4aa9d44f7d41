import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const MODULES = '/usr/lib/apache2/modules';

/** Whether Apache with mod_auth_digest is installed: `apt-get install apache2` on Debian. */
export function hasApache(): boolean {
  return spawnSync('apache2', ['-v']).status === 0;
}

/**
 * Starts an Apache of our own on a free loopback port: every GET below `/api/` is answered with `body`, once
 * signed in with Digest (MD5). `nonceLifetime` is AuthDigestNonceLifetime in seconds; 0 gives one-time nonces.
 */
export async function startApache(
  key: { publicKey: string; privateKey: string },
  body: unknown,
  nonceLifetime: number,
): Promise<{ origin: string; close(): Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), 'apache-'));
  const realm = 'MMS Public API';
  const port = await freePort();
  const secret = createHash('md5').update(`${key.publicKey}:${realm}:${key.privateKey}`).digest('hex');
  writeFileSync(join(folder, 'users'), `${key.publicKey}:${realm}:${secret}\n`);
  writeFileSync(join(folder, 'answer.json'), JSON.stringify(body));
  const modules = 'mpm_event authn_core authn_file authz_core authz_user auth_digest alias'.split(' ');
  writeFileSync(
    join(folder, 'httpd.conf'),
    `${modules.map((name) => `LoadModule ${name}_module ${MODULES}/mod_${name}.so`).join('\n')}
${process.getuid?.() === 0 ? 'User www-data\nGroup www-data' : ''}
ServerRoot ${folder}
ServerName localhost
Listen 127.0.0.1:${port}
PidFile ${folder}/pid
ErrorLog ${folder}/error.log
AliasMatch ^/api/ ${folder}/answer.json
<Location />
  AuthType Digest
  AuthName "${realm}"
  AuthUserFile ${folder}/users
  AuthDigestNonceLifetime ${nonceLifetime}
  Require valid-user
</Location>
`,
  );
  // The workers run as another user, who must be able to read this.
  chmodSync(folder, 0o755);

  const server = spawn('apache2', ['-d', folder, '-f', join(folder, 'httpd.conf'), '-X'], {
    stdio: 'ignore',
  });
  const origin = `http://127.0.0.1:${port}`;
  await untilListening(origin, server);
  return {
    origin,
    async close() {
      server.kill('SIGKILL');
      await once(server, 'exit');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function untilListening(origin: string, server: ChildProcess): Promise<void> {
  for (let tries = 0; tries < 200 && server.exitCode === null; tries++) {
    const answer = await fetch(origin).catch(() => undefined);
    if (answer?.status === 401) return;
    await sleep(25);
  }
  server.kill('SIGKILL');
  throw new Error('Apache did not start');
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  return port;
}
