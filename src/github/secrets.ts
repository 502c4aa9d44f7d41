/**
 * Stores a credential as secrets of repositories, an environment or an organisation. Loaded by dynamic import, and only
 * when a step is to store one: octokit takes longer to load than most of this action.
 */

import { blake2b } from '@noble/hashes/blake2.js';
import nacl from 'tweetnacl';
import type { Machine } from '../atlas/time.ts';
import { concurrently } from '../keys/concurrently.ts';
import type { StoredSecrets } from '../keys/outcome.ts';
import { DeliveryError } from '../keys/step.ts';
import type { SecretPlace, SecretStore } from '../request.ts';
import { type Asking, ask, type Errand } from './ask.ts';
import { connect } from './connection.ts';
import { callOn, nameOfPlace, readIds, targetOf, type Visibility, visibilityFor } from './places.ts';
import { listed, Refusal, tellRefusals } from './refusal.ts';
import { startPace } from './retry.ts';

/** The two halves of a key; of a service account its client id and secret. */
export interface KeyPair {
  readonly publicKey: string;
  readonly privateKey: string;
}

/** A store whose places are open for a credential. */
export interface OpenSecretStore {
  /** Resolves when all is stored everywhere; rejects with a `DeliveryError` that tells where it is and where not. */
  write(key: KeyPair): Promise<readonly StoredSecrets[]>;
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

/** So many places at once: GitHub asks for few. */
const PLACES_AT_ONCE = 4;

interface Secret {
  readonly name: string;
  readonly value: string;
}

/** A place with what secrets are sealed for. */
interface Vault {
  readonly place: SecretPlace;
  readonly keyId: string;
  readonly publicKey: Uint8Array;
  /** Of the repositories that a secret of an organisation is meant for. */
  readonly ids: ReadonlyMap<string, number>;
}

/** What became of the secrets of one place. */
interface Written {
  readonly place: SecretPlace;
  /** What is written, in the order of writing. */
  readonly done: readonly { readonly name: string; readonly visibility?: Visibility | undefined }[];
  /** Why the next one is not. */
  readonly refusal?: Refusal;
}

/**
 * Opens the store: fetches the public keys that secrets are sealed for. Done before a key is made, this tells
 * of a token that cannot get there, a missing repository or a wrong address while nothing has to be undone.
 * It takes only the permission to read: a token that may read and not write fails in `write`.
 * Rejects with a `DeliveryError`.
 */
export async function openSecretStore(
  store: SecretStore,
  { signal, proxy, machine }: SecretStoreOptions,
): Promise<OpenSecretStore> {
  const connection = connect({ apiUrl: store.apiUrl, token: store.githubToken, proxy });
  const writes = store.places.length * (store.names.form === 'pair' ? 2 : 1);
  const pace = startPace(writes, (milliseconds) => machine.pause(milliseconds, signal));
  const asking: Asking = { connection, pace, signal, machine };
  try {
    const opened = await concurrently(store.places, PLACES_AT_ONCE, (place) =>
      openVault(asking, place).catch(asRefusal),
    );
    const refusals = opened.filter((one) => one instanceof Refusal);
    if (refusals.length > 0) {
      throw new DeliveryError(tellRefusals(refusals), { nobodyHasIt: true, cause: refusals[0]?.cause });
    }
    const vaults = opened.filter((one): one is Vault => !(one instanceof Refusal));
    return {
      write: (key) => writeAll(asking, vaults, store.names, key),
      close: () => connection.close(),
    };
  } catch (error) {
    await connection.close();
    throw error;
  }
}

async function openVault(asking: Asking, place: SecretPlace): Promise<Vault> {
  const errand: Errand = { deed: 'Opening', target: targetOf(place), expected: [200] };
  const { data } = await ask(asking, callOn(place, 'GET', 'public-key'), errand);
  const recipient = recipientIn(data);
  if (recipient === undefined) {
    const why = 'the answer holds no public key. Is GITHUB_API_URL the address of the REST API?';
    throw new Refusal(errand.deed, errand.target.name, { why, inDoubt: false });
  }
  return {
    place,
    ...recipient,
    ids: await readIds(asking, place.in === 'organization' ? place.visibleTo : []),
  };
}

function recipientIn(data: unknown): { keyId: string; publicKey: Uint8Array } | undefined {
  if (typeof data !== 'object' || data === null || !('key' in data) || !('key_id' in data)) return undefined;
  if (typeof data.key !== 'string' || typeof data.key_id !== 'string') return undefined;
  const publicKey = decodePublicKey(data.key);
  return publicKey && { keyId: data.key_id, publicKey };
}

async function writeAll(
  asking: Asking,
  vaults: readonly Vault[],
  names: SecretStore['names'],
  key: KeyPair,
): Promise<StoredSecrets[]> {
  const secrets = secretsFor(names, key);
  const written = await concurrently(vaults, PLACES_AT_ONCE, (vault) => writeTo(asking, vault, secrets));
  const refusals = written.flatMap(({ refusal }) => refusal ?? []);
  if (refusals.length === 0) return written.map(tellStored);
  throw new DeliveryError(`${tellRefusals(refusals)} ${describeAftermath(names, written)}`, {
    nobodyHasIt: written.every((one) => standOf(one) === 'former'),
    cause: refusals[0]?.cause,
  });
}

async function writeTo(asking: Asking, vault: Vault, secrets: readonly Secret[]): Promise<Written> {
  const { place, keyId, publicKey, ids } = vault;
  const done: { name: string; visibility: Visibility | undefined }[] = [];
  try {
    for (const { name, value } of secrets) {
      const visibility =
        place.in === 'organization' ? await visibilityFor(asking, place, name, ids) : undefined;
      const call = callOn(place, 'PUT', '{secret_name}', {
        secret_name: name,
        encrypted_value: seal(value, publicKey),
        key_id: keyId,
        ...visibility,
      });
      const target = targetOf(place);
      await ask(asking, call, { deed: `Storing ${name} in`, target, expected: [201, 204] });
      done.push({ name, visibility });
    }
    return { place, done };
  } catch (error) {
    return { place, done, refusal: asRefusal(error) };
  }
}

function asRefusal(error: unknown): Refusal {
  // not covered: any other error is a mistake in this code.
  if (!(error instanceof Refusal)) throw error;
  return error;
}

/**
 * The secrets in the order of writing. Of a pair the public half comes first: if the other then fails, a
 * person can put the former public key back, since Atlas shows it; a private key that was written over is
 * gone.
 */
function secretsFor(names: SecretStore['names'], { publicKey, privateKey }: KeyPair): readonly Secret[] {
  switch (names.form) {
    case 'combined':
      return [{ name: names.secret, value: `${publicKey}:${privateKey}` }];
    case 'secret':
      return [{ name: names.secret, value: privateKey }];
    case 'pair':
      return [
        { name: names.publicKeySecret, value: publicKey },
        { name: names.privateKeySecret, value: privateKey },
      ];
  }
}

function standOf({ done, refusal }: Written): 'new' | 'former' | 'half' | 'inDoubt' {
  if (refusal === undefined) return 'new';
  if (refusal.inDoubt) return 'inDoubt';
  return done.length > 0 ? 'half' : 'former';
}

/** The last sentences of an error in `write`: what the secrets hold now. */
function describeAftermath(names: SecretStore['names'], written: readonly Written[]): string {
  const places = (stand: ReturnType<typeof standOf>) =>
    written.filter((one) => standOf(one) === stand).map(({ place }) => nameOfPlace(place));
  if (places('former').length === written.length) return 'No secret was changed.';
  const tell = (all: readonly string[], before: string, after: string) =>
    all.length === 0 ? [] : [`${before} ${listed(all)}${after}`];
  return [
    ...tell(places('new'), 'The new credential is in', '.'),
    ...tell(places('former'), 'The former one is still in', '.'),
    ...tell(places('inDoubt'), 'Which of them is in', ' is not known.'),
    ...tell(places('half'), 'Only the new public half, which may not fit the other secret, is in', '.'),
    'Once this is mended, run the job again: it writes all of them again.',
    ...(names.form === 'pair' && written.some((one) => one.refusal !== undefined && one.done.length > 0)
      ? [
          `Until then, the former public key, which Atlas shows, can be put back into ${names.publicKeySecret}.`,
        ]
      : []),
  ].join(' ');
}

function tellStored({ place, done }: Written): StoredSecrets {
  const seen = done.flatMap(({ visibility }) => visibility ?? []).map(inWords);
  return {
    names: done.map(({ name }) => name),
    where: `${nameOfPlace(place)}${seen.length === 0 ? '' : ` (${listed([...new Set(seen)])})`}`,
  };
}

function inWords({ visibility, selected_repository_ids: ids = [] }: Visibility): string {
  if (visibility === 'all') return 'visible to all its repositories';
  if (visibility === 'private') return 'visible to its private repositories';
  return `visible to ${ids.length} selected ${ids.length === 1 ? 'repository' : 'repositories'}`;
}

/** Decodes the public key of a repository or environment; undefined when it is not one. */
export function decodePublicKey(base64: string): Uint8Array | undefined {
  const bytes = Uint8Array.from(Buffer.from(base64, 'base64'));
  return bytes.length === nacl.box.publicKeyLength ? bytes : undefined;
}

/**
 * Seals a text for the holder of the private key, as libsodium's `crypto_box_seal` does: the public key of
 * a pair made for this box alone, then the box. Base64, the form in which GitHub takes it.
 * https://doc.libsodium.org/public-key_cryptography/sealed_boxes
 */
export function seal(text: string, recipient: Uint8Array): string {
  const once = nacl.box.keyPair();
  const nonce = blake2b(Uint8Array.from([...once.publicKey, ...recipient]), { dkLen: nacl.box.nonceLength });
  // tweetnacl takes no Buffer made from a pool, hence the plain array.
  const box = nacl.box(new TextEncoder().encode(text), nonce, recipient, once.secretKey);
  return Buffer.concat([once.publicKey, box]).toString('base64');
}
