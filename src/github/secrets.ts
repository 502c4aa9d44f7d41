/**
 * Stores a key as Actions secrets of a repository or environment. Loaded by dynamic import, and only when
 * a step is to store one: octokit takes longer to load than most of this action.
 */
import type { Machine } from '../atlas/deadline.ts';
import type { SecretStore } from '../request.ts';
import { type Asking, ask } from './ask.ts';
import { type Call, connect } from './connection.ts';
import { SecretStoreError } from './errors.ts';
import { nameOfPlace, type Refusal } from './refusal.ts';
import { decodePublicKey, seal } from './sealed-box.ts';

/** The two halves of a key; of a service account its client id and secret. */
export interface KeyPair {
  readonly publicKey: string;
  readonly privateKey: string;
}

/** A place that is open for a key. */
export interface SecretVault {
  /** Resolves when all of the key is stored; rejects with a `SecretStoreError` that tells what is. */
  write(key: KeyPair): Promise<void>;
}

/** A vault with a connection behind it. */
export interface OpenSecretStore extends SecretVault {
  /** Drops the connection. Never throws. */
  close(): Promise<void>;
}

export interface SecretStoreOptions {
  /** Ends everything: by a `TimeoutError` when the time is used up, by any other reason when cancelled. */
  readonly signal: AbortSignal;
  /** The proxy on the way to `store.apiUrl`; undefined is a direct connection. */
  readonly proxy?: string | undefined;
  readonly machine: Pick<Machine, 'pause' | 'random' | 'debug'>;
}

/** What secrets are sealed for. */
interface Recipient {
  readonly keyId: string;
  readonly publicKey: Uint8Array;
}

interface Secret {
  readonly name: string;
  readonly value: string;
}

/**
 * Opens the store: fetches the public key that secrets are sealed for. Done before a key is made, this tells
 * of a token that cannot get there, a missing environment or a wrong address while nothing has to be undone.
 * It takes only the permission to read: a token that may read and not write fails in `write`.
 */
export async function openSecretStore(
  store: SecretStore,
  { signal, proxy, machine }: SecretStoreOptions,
): Promise<OpenSecretStore> {
  const connection = connect({ apiUrl: store.apiUrl, token: store.githubToken, proxy });
  const asking: Asking = { connection, place: store, signal, machine };
  try {
    const recipient = await readRecipient(asking, store);
    return {
      write: (key) => writeAll(asking, store, recipient, key),
      close: () => connection.close(),
    };
  } catch (error) {
    await connection.close();
    throw error;
  }
}

async function readRecipient(asking: Asking, store: SecretStore): Promise<Recipient> {
  const goal = `Opening the Actions secrets of ${nameOfPlace(store)}`;
  const reply = await ask(asking, callOn(store, 'GET', 'public-key', {}), [200]);
  if (!reply.ok) throw failure(goal, reply.refusal);
  const recipient = recipientIn(reply.answer.data);
  if (recipient !== undefined) return recipient;
  const why = 'the answer holds no public key. Is GITHUB_API_URL the address of the REST API?';
  throw failure(goal, { kind: 'unintelligible', status: reply.answer.status, why });
}

function recipientIn(data: unknown): Recipient | undefined {
  if (typeof data !== 'object' || data === null || !('key' in data) || !('key_id' in data)) return undefined;
  if (typeof data.key !== 'string' || typeof data.key_id !== 'string') return undefined;
  const publicKey = decodePublicKey(data.key);
  return publicKey && { keyId: data.key_id, publicKey };
}

async function writeAll(
  asking: Asking,
  store: SecretStore,
  recipient: Recipient,
  key: KeyPair,
): Promise<void> {
  const written: string[] = [];
  for (const { name, value } of secretsFor(store, key)) {
    const call = callOn(store, 'PUT', '{secret_name}', {
      secret_name: name,
      encrypted_value: seal(value, recipient.publicKey),
      key_id: recipient.keyId,
    });
    const reply = await ask(asking, call, [201, 204]);
    if (!reply.ok) {
      const goal = `Storing the secret ${name} of ${nameOfPlace(store)}`;
      const perhapsWritten = reply.inDoubt ? name : undefined;
      const aftermath = describeAftermath(store, written, perhapsWritten);
      throw failure(goal, reply.refusal, { written, perhapsWritten, aftermath });
    }
    written.push(name);
  }
}

/**
 * The secrets in the order of writing. Of a pair the public half comes first: if the other then fails, a
 * person can put the former public key back, since Atlas shows it; a private key that was written over is
 * gone.
 */
function secretsFor({ names }: SecretStore, { publicKey, privateKey }: KeyPair): readonly Secret[] {
  if (names.form === 'combined') return [{ name: names.secret, value: `${publicKey}:${privateKey}` }];
  if (names.form === 'secret') return [{ name: names.secret, value: privateKey }];
  return [
    { name: names.publicKeySecret, value: publicKey },
    { name: names.privateKeySecret, value: privateKey },
  ];
}

/** The last sentences of an error in `write`: what the secrets hold now. */
function describeAftermath(
  { names }: SecretStore,
  written: readonly string[],
  perhapsWritten: string | undefined,
): string {
  const [half] = written;
  if (half === undefined && perhapsWritten === undefined) return 'No secret was changed.';
  const doubt = perhapsWritten && `Whether ${perhapsWritten} was changed is not known.`;
  const torn = half && `${half} holds the new key's public half already, and may not fit the other secret.`;
  const advice = 'Once this is mended, run the job again: it writes what belongs there.';
  const byHand =
    names.form === 'pair' &&
    `Until then, the former public key, which Atlas shows, can be put back into ${names.publicKeySecret}.`;
  return [torn, doubt, advice, byHand].filter(Boolean).join(' ');
}

function callOn(
  { repository, environment }: SecretStore,
  method: Call['method'],
  file: string,
  parameters: Readonly<Record<string, string>>,
): Call {
  const [owner = '', repo = ''] = repository.split('/');
  const base = { ...parameters, owner, repo };
  return environment === undefined
    ? { method, path: `/repos/{owner}/{repo}/actions/secrets/${file}`, parameters: base }
    : {
        method,
        path: `/repos/{owner}/{repo}/environments/{environment_name}/secrets/${file}`,
        parameters: { ...base, environment_name: environment },
      };
}

function failure(
  goal: string,
  { kind, status, why, cause }: Refusal,
  outcome: { written?: readonly string[]; perhapsWritten?: string | undefined; aftermath?: string } = {},
): SecretStoreError {
  const { aftermath, ...details } = outcome;
  const message = `${goal} failed: ${why}${aftermath === undefined ? '' : ` ${aftermath}`}`;
  return new SecretStoreError(message, { kind, status, cause, ...details });
}
