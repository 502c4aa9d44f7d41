/** One place of secrets: what is different from one to another, and how a secret gets there, sealed for it. */
import { blake2b } from '@noble/hashes/blake2.js';
import nacl from 'tweetnacl';
import { isObject } from '../atlas/answer.ts';
import type { SecretPlace } from '../request.ts';
import type { Ask } from './ask.ts';
import type { Call, Target } from './connection.ts';
import { nonsense, Refusal } from './refusal.ts';

export type OpenPlace = Awaited<ReturnType<typeof openPlace>>;

/** Opens a place: fetches the public key that its secrets are sealed for. Throws `Refusal`. */
export async function openPlace(ask: Ask, place: SecretPlace) {
  const target = targetOf(place);
  const opening: Call = { method: 'GET', target, below: '/public-key', deed: 'Opening' };
  const { key, key_id } = (await ask(opening)).data;
  const publicKey = Uint8Array.from(Buffer.from(typeof key === 'string' ? key : '', 'base64'));
  if (typeof key_id !== 'string' || publicKey.length !== nacl.box.publicKeyLength) throw nonsense(opening);
  const visibilityOf = place.in === 'organization' ? await readVisibilities(ask, place, target) : undefined;
  return {
    name: target.name,
    /** Stores one secret, and tells who sees it where that can be chosen: ` (visible to …)`. Throws `Refusal`. */
    async store(secret: string, value: string): Promise<string> {
      const visibility = await visibilityOf?.(secret);
      const body = { encrypted_value: seal(value, publicKey), key_id, ...visibility };
      await ask({ method: 'PUT', target, below: `/${secret}`, body, deed: `Storing ${secret} in` });
      return visibility === undefined ? '' : ` (visible to ${inWords(visibility)})`;
    },
  };
}

/** https://docs.github.com/rest/authentication/permissions-required-for-fine-grained-personal-access-tokens */
const KINDS = {
  actions: { name: 'Actions secrets', permission: 'Secrets', ofOrganization: 'Organization secrets' },
  dependabot: {
    name: 'Dependabot secrets',
    permission: 'Dependabot secrets',
    ofOrganization: 'Organization Dependabot secrets',
  },
} as const;

/** https://docs.github.com/rest/actions/secrets, …/rest/dependabot/secrets */
export function targetOf(place: SecretPlace): Target {
  switch (place.in) {
    case 'repository':
      return {
        name: `the ${KINDS[place.kind].name} of the repository ${place.repository}`,
        path: `/repos/${place.repository}/${place.kind}/secrets`,
        permission: inRepository(`${KINDS[place.kind].permission}: write`),
      };
    case 'environment':
      return {
        name: `the Actions secrets of the environment "${place.environment}" of ${place.repository}`,
        path: `/repos/${place.repository}/environments/${encodeURIComponent(place.environment)}/secrets`,
        permission: inRepository('Environments: write'),
      };
    case 'organization':
      return {
        name: `the ${KINDS[place.kind].name} of the organisation ${place.organization}`,
        path: `/orgs/${place.organization}/${place.kind}/secrets`,
        permission: `the organisation permission "${KINDS[place.kind].ofOrganization}: write" (a classic token: the scope "admin:org")`,
      };
  }
}

function inRepository(permission: string): string {
  return `the repository permission "${permission}" (a classic token: the scope "repo")`;
}

/** The part of a write that says who sees the secret. */
interface Visibility {
  readonly visibility: 'all' | 'private' | 'selected';
  readonly selected_repository_ids?: readonly (string | number)[];
}

function inWords({ visibility, selected_repository_ids: ids = [] }: Visibility): string {
  if (visibility !== 'selected') return `${visibility === 'all' ? 'all' : 'the private'} repositories`;
  return `${ids.length} selected ${ids.length === 1 ? 'repository' : 'repositories'}`;
}

/**
 * Each write of an organisation's secret says anew which repositories see it, and one that is left out loses it. So this
 * finds out which to name: for a new secret those that it is meant for, for an existing one those that see it now, and
 * those to be added. Throws `Refusal`, also where not all that see it can be found out.
 */
async function readVisibilities(
  ask: Ask,
  { kind, visibleTo, added }: Extract<SecretPlace, { in: 'organization' }>,
  target: Target,
): Promise<(secret: string) => Promise<Visibility>> {
  const ids = new Map<string, number>();
  for (const name of visibleTo) ids.set(name, await readId(ask, name));
  const selected = (all: readonly number[]): Visibility => ({
    visibility: 'selected',
    // Actions takes ids as numbers, and Dependabot as texts.
    selected_repository_ids: [...new Set(all)].map((id) => (kind === 'actions' ? id : String(id))),
  });
  return async (secret) => {
    const call: Call = { method: 'GET', target, below: `/${secret}`, deed: `Reading who sees ${secret} in` };
    const { status, data } = await ask({ ...call, expected: [200, 404] });
    if (status === 404) return selected([...ids.values()]);
    const { visibility } = data;
    if (visibility === 'all' || visibility === 'private') return { visibility };
    if (visibility !== 'selected') throw nonsense(call);
    const seen = await readSelected(ask, call);
    return selected([...seen, ...[...ids].flatMap(([name, id]) => (added.includes(name) ? id : []))]);
  };
}

async function readId(ask: Ask, repository: string): Promise<number> {
  const target: Target = {
    name: `the repository ${repository}`,
    path: `/repos/${repository}`,
    permission: inRepository('Metadata: read'),
  };
  const call: Call = { method: 'GET', target, below: '', deed: 'Reading' };
  return idIn((await ask(call)).data, call);
}

/** Of repositories, each as large as 5 kB. */
const PER_PAGE = 50;

/** The ids of all repositories that see a secret. */
async function readSelected(ask: Ask, visibility: Call): Promise<ReadonlySet<number>> {
  const found = new Set<number>();
  for (let page = 1; ; page++) {
    const below = `${visibility.below}/repositories?per_page=${PER_PAGE}&page=${page}`;
    const call: Call = { ...visibility, below };
    const { repositories, total_count: total } = (await ask(call)).data;
    if (!Array.isArray(repositories) || typeof total !== 'number') throw nonsense(call);
    for (const repository of repositories) found.add(idIn(repository, call));
    if (found.size >= total) return found;
    if (repositories.length === 0) {
      const why = `GitHub shows ${found.size} of the ${total} repositories that see it, and a write would take it from the others. Give a token that sees them all.`;
      throw new Refusal(call, why);
    }
  }
}

function idIn(repository: unknown, call: Call): number {
  if (!isObject(repository) || typeof repository.id !== 'number') throw nonsense(call);
  return repository.id;
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
