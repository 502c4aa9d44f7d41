/** Stores for secrets, as far as the examples use them. */

import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { json } from 'node:stream/consumers';
import type { GitHub } from '../github/stand-in.ts';

export interface Store extends AsyncDisposable {
  /** The variables of a job that finds it. */
  readonly env: Readonly<Record<string, string>>;
  readonly vars: Readonly<Record<string, string>>;
  value(): string | undefined;
  /** How often a value was written. */
  writes(): number;
}

export interface StoreElsewhere extends Store {
  refuseWrites(refuse: boolean): void;
  refuseReads(): void;
}

/** Where the action itself stores the key. */
export function openGitHub(slot: string): (github: GitHub) => Promise<Store> {
  const path = `/secrets/${slot.split('/').at(-1)}`;
  return async ({ secrets, requests }) => ({
    env: {},
    vars: {},
    value: () => secrets.get(slot),
    writes: () =>
      requests.filter((request) => request.method === 'PUT' && request.path.endsWith(path)).length,
    [Symbol.asyncDispose]: async () => {},
  });
}

/** The AWS CLI with one secret behind it, which has no value yet. It takes no secret as an argument. */
const AWS = `#!/usr/bin/env bash
cd "$(dirname "$0")"
refuse() { echo "An error occurred ($1) when calling the operation: $2" >&2; exit 254; }
[[ "$1" == secretsmanager && "$*" == *"--secret-id atlas/deploy-key"* ]] || exit 252
case "$2" in
  get-secret-value)
    [[ -e refuse-reads ]] && refuse AccessDeniedException 'not authorized'
    [[ -e value ]] || refuse ResourceNotFoundException "can't find the specified secret value for staging label: AWSCURRENT"
    cat value; echo ;;
  put-secret-value)
    [[ -e refuse-writes ]] && refuse AccessDeniedException 'not authorized'
    [[ "$*" == *"--secret-string file:///dev/stdin"* ]] || exit 252
    cat > value; echo >> writes; echo version ;;
esac
`;

export async function openSecretsManager(): Promise<StoreElsewhere> {
  const folder = await mkdtemp(join(tmpdir(), 'aws-'));
  const file = (name: string) => join(folder, name);
  const read = (name: string) => (existsSync(file(name)) ? readFileSync(file(name), 'utf8') : undefined);
  await writeFile(file('aws'), AWS);
  await chmod(file('aws'), 0o755);
  return {
    env: { PATH: `${folder}${delimiter}${process.env.PATH}` },
    vars: { AWS_ROLE_ARN: 'arn:aws:iam::123456789012:role/rotate', AWS_REGION: 'eu-central-1' },
    value: () => read('value'),
    writes: () => read('writes')?.length ?? 0,
    refuseWrites(refuse) {
      if (refuse) writeFileSync(file('refuse-writes'), '');
      else rmSync(file('refuse-writes'));
    },
    refuseReads: () => writeFileSync(file('refuse-reads'), ''),
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true }),
  };
}

/**
 * Vault's JWT method and one path of a KV store of version 2, with GitHub's tokens for OIDC beside them.
 * https://developer.hashicorp.com/vault/api-docs/secret/kv/kv-v2
 */
export async function openVault(): Promise<StoreElsewhere> {
  let value: string | undefined;
  let writes = 0;
  const refused = { reads: false, writes: false };
  const answer = async (path: string, header: (name: string) => unknown, body: unknown) => {
    if (path === `/id-token?api-version=2.0&audience=${address}`) {
      return header('authorization') === 'bearer of-the-job' ? { value: 'ey.of.github' } : 401;
    }
    if (path === '/v1/auth/jwt/login') {
      const { role, jwt } = body as { role: string; jwt: string };
      const known = role === 'rotate-deploy-key' && jwt === 'ey.of.github';
      return known ? { auth: { client_token: 'hvs.of-vault' } } : 400;
    }
    if (path !== '/v1/secret/data/atlas/deploy-key') return 404;
    if (header('x-vault-token') !== 'hvs.of-vault') return 403;
    if (body === undefined) {
      if (refused.reads) return 403;
      return value === undefined ? 404 : { data: { data: { key: value }, metadata: { version: writes } } };
    }
    if (refused.writes) return 403;
    value = (body as { data: { key: string } }).data.key;
    writes += 1;
    return { data: { version: writes } };
  };
  const server = createServer(async (request, response) => {
    const { method, url = '', headers } = request;
    const reply = await answer(
      url,
      (name) => headers[name],
      method === 'POST' ? await json(request) : undefined,
    );
    response.statusCode = typeof reply === 'number' ? reply : 200;
    response.end(JSON.stringify(typeof reply === 'number' ? { errors: [] } : reply));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    env: {
      ACTIONS_ID_TOKEN_REQUEST_URL: `${address}/id-token?api-version=2.0`,
      ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'of-the-job',
    },
    vars: { VAULT_ADDR: address },
    value: () => value,
    writes: () => writes,
    refuseWrites: (refuse) => {
      refused.writes = refuse;
    },
    refuseReads: () => {
      refused.reads = true;
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
    },
  };
}
