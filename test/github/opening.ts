import type { SecretStoreOptions } from '../../src/github/ask.ts';
import { openSecretStore } from '../../src/github/secrets.ts';
import type { StoredSecrets } from '../../src/keys/outcome.ts';
import { DeliveryError } from '../../src/keys/step.ts';
import type { SecretPlace, SecretStore } from '../../src/request.ts';
import { type GitHub, TOKENS } from './stand-in.ts';

/** A key as Atlas makes it. */
export const KEY = { publicKey: 'abcdefgh', privateKey: '0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0' };

export const COMBINED = { form: 'combined', secret: 'ATLAS_KEY' } as const;
export const PAIR = {
  form: 'pair',
  publicKeySecret: 'ATLAS_PUBLIC',
  privateKeySecret: 'ATLAS_PRIVATE',
} as const;

export function storeAt(github: GitHub, changes: Partial<SecretStore> = {}): SecretStore {
  const { apiUrl, repository } = github;
  const places = [actionsOf(repository)];
  return { githubToken: TOKENS.write, apiUrl, places, names: COMBINED, ...changes };
}

export function actionsOf(repository: string): SecretPlace {
  return { in: 'repository', kind: 'actions', repository };
}

export function environmentOf(environment: string): SecretPlace {
  return { in: 'environment', repository: 'octo-org/app', environment };
}

/** Options whose time costs nothing, and what was done with them. */
export function observed({
  pause,
  debug,
  random = () => 0,
  ...changes
}: Partial<SecretStoreOptions & SecretStoreOptions['machine']> = {}): SecretStoreOptions & {
  readonly pauses: number[];
  readonly lines: string[];
} {
  const pauses: number[] = [];
  const lines: string[] = [];
  return {
    signal: AbortSignal.timeout(20_000),
    machine: {
      random,
      pause: pause ?? (async (milliseconds) => void pauses.push(milliseconds)),
      debug: debug ?? ((line) => void lines.push(line)),
    },
    ...changes,
    pauses,
    lines,
  };
}

/** Opens the store, writes the key, and closes. */
export async function storeKey(
  store: SecretStore,
  options: SecretStoreOptions,
): Promise<readonly StoredSecrets[]> {
  const vault = await openSecretStore(store, options);
  try {
    return await vault.write(KEY);
  } finally {
    await vault.close();
  }
}

/** The `DeliveryError` that this ends with. */
export async function failureOf(work: Promise<unknown>): Promise<DeliveryError> {
  try {
    await work;
  } catch (error) {
    if (error instanceof DeliveryError) return error;
    throw error;
  }
  throw new Error('expected a DeliveryError, and nothing failed');
}
