/**
 * Stores a credential as secrets of repositories, an environment or an organisation. Loaded by dynamic import, and only
 * when a step is to store one: octokit takes longer to load than most of this action.
 */
import type { NewApiKey } from '../atlas/types.ts';
import { concurrently } from '../keys/concurrently.ts';
import type { StoredSecrets } from '../keys/outcome.ts';
import { DeliveryError } from '../keys/step.ts';
import type { SecretPlace, SecretStore } from '../request.ts';
import { openGitHub, type SecretStoreOptions } from './ask.ts';
import { type OpenPlace, openPlace } from './places.ts';
import { listed, Refusal, tellRefusals } from './refusal.ts';

/** The two halves of a key; of a service account its client id and secret. */
export type KeyPair = Pick<NewApiKey, 'publicKey' | 'privateKey'>;

/** A store whose places are open for a credential. */
export type OpenSecretStore = Awaited<ReturnType<typeof openSecretStore>>;

/** So many places at once: GitHub asks for few. */
const PLACES_AT_ONCE = 4;

/**
 * Opens the store. Done before a key is made, this tells of a token that cannot get there, a missing repository or a
 * wrong address while nothing has to be undone. It takes only the permission to read: a token that may read and not write
 * fails in `write`. Rejects with a `DeliveryError`.
 */
export async function openSecretStore(store: SecretStore, options: SecretStoreOptions) {
  const { ask, close } = openGitHub(store, options);
  const open = (place: SecretPlace) => openPlace(ask, place).catch(asRefusal);
  const opened = await concurrently(store.places, PLACES_AT_ONCE, open);
  const refusals = opened.filter((one) => one instanceof Refusal);
  if (refusals.length > 0) {
    await close();
    throw new DeliveryError(tellRefusals(refusals), { nobodyHasIt: true, cause: refusals[0]?.cause });
  }
  const places = opened.filter((one): one is OpenPlace => !(one instanceof Refusal));
  return {
    /** Resolves when all is stored everywhere; rejects with a `DeliveryError` that tells where it is and where not. */
    async write(key: KeyPair): Promise<readonly StoredSecrets[]> {
      const secrets = secretsFor(store.names, key);
      const written = await concurrently(places, PLACES_AT_ONCE, (place) => writeTo(place, secrets));
      const refused = written.flatMap(({ refusal }) => refusal ?? []);
      if (refused.length === 0) return written;
      throw new DeliveryError(`${tellRefusals(refused)} ${describeAftermath(store.names, written)}`, {
        nobodyHasIt: written.every((one) => standOf(one) === 'former'),
        cause: refused[0]?.cause,
      });
    },
    /** Drops the connection. Never throws. */
    close,
  };
}

/**
 * The secrets by their names, in the order of writing. Of a pair the public half comes first: if the other then fails, a
 * person can put the former public key back, since Atlas shows it; a private key that was written over is gone.
 */
function secretsFor(names: SecretStore['names'], { publicKey, privateKey }: KeyPair): [string, string][] {
  if (names.form === 'combined') return [[names.secret, `${publicKey}:${privateKey}`]];
  if (names.form === 'secret') return [[names.secret, privateKey]];
  return [
    [names.publicKeySecret, publicKey],
    [names.privateKeySecret, privateKey],
  ];
}

/** What became of the secrets of one place: what is written, in this order, and why the next one is not. */
interface Written extends StoredSecrets {
  readonly refusal?: Refusal;
}

async function writeTo(place: OpenPlace, secrets: readonly [string, string][]): Promise<Written> {
  const names: string[] = [];
  const seen = new Set<string>();
  try {
    for (const [name, value] of secrets) {
      seen.add(await place.store(name, value));
      names.push(name);
    }
    return { names, where: [place.name, ...seen].join('') };
  } catch (error) {
    return { names, where: place.name, refusal: asRefusal(error) };
  }
}

function asRefusal(error: unknown): Refusal {
  // not covered: any other error is a mistake in this code.
  if (!(error instanceof Refusal)) throw error;
  return error;
}

/** What a place holds after a failure, and the sentence that tells it. */
const STANDS = {
  new: ['The new credential is in', '.'],
  former: ['The former one is still in', '.'],
  inDoubt: ['It is not known which of them is in', '.'],
  half: ['Only the new public half, which may not fit the other secret, is in', '.'],
} as const;

function standOf({ names, refusal }: Written): keyof typeof STANDS {
  if (refusal === undefined) return 'new';
  if (refusal.inDoubt) return 'inDoubt';
  return names.length > 0 ? 'half' : 'former';
}

/** The last sentences of an error in `write`: what the secrets hold now. */
function describeAftermath(names: SecretStore['names'], written: readonly Written[]): string {
  const stands = written.map(standOf);
  if (stands.every((stand) => stand === 'former')) return 'No secret was changed.';
  const told = Object.entries(STANDS).flatMap(([stand, [before, after]]) => {
    const places = written.filter((_, index) => stands[index] === stand).map(({ where }) => where);
    return places.length === 0 ? [] : `${before} ${listed(places)}${after}`;
  });
  told.push('Once this is mended, run the job again: it writes all of them again.');
  if (names.form === 'pair' && written.some((one) => one.refusal !== undefined && one.names.length > 0)) {
    told.push(
      `Until then, the former public key, which Atlas shows, can be put back into ${names.publicKeySecret}.`,
    );
  }
  return told.join(' ');
}
