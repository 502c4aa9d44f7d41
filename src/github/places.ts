/**
 * What is different from one place of secrets to another: its address, its name, the permission it takes, and which
 * repositories see the secret. Of an organisation each write says the last anew: what it leaves out loses the secret. So
 * whoever only changes the value reads it first and sends it again.
 */
import type { SecretKind, SecretPlace } from '../request.ts';
import { type Asking, ask, type Errand } from './ask.ts';
import type { Call } from './connection.ts';
import { Refusal, type Target } from './refusal.ts';

const KINDS = { actions: 'Actions', dependabot: 'Dependabot' } as const satisfies Record<SecretKind, string>;

/** A call below the secrets of a place. https://docs.github.com/rest/actions/secrets, …/rest/dependabot/secrets */
export function callOn(
  place: SecretPlace,
  method: Call['method'],
  file: string,
  parameters: Call['parameters'] = {},
): Call {
  switch (place.in) {
    case 'repository':
      return callOnRepository(place.repository, method, `/${place.kind}/secrets/${file}`, parameters);
    case 'environment':
      return callOnRepository(place.repository, method, `/environments/{environment_name}/secrets/${file}`, {
        ...parameters,
        environment_name: place.environment,
      });
    case 'organization':
      return {
        method,
        path: `/orgs/{org}/${place.kind}/secrets/${file}`,
        parameters: { ...parameters, org: place.organization },
      };
  }
}

export function callOnRepository(
  repository: string,
  method: Call['method'],
  path: string,
  parameters: Call['parameters'] = {},
): Call {
  const [owner = '', repo = ''] = repository.split('/');
  return { method, path: `/repos/{owner}/{repo}${path}`, parameters: { ...parameters, owner, repo } };
}

export function nameOfPlace(place: SecretPlace): string {
  switch (place.in) {
    case 'repository':
      return `the ${KINDS[place.kind]} secrets of the repository ${place.repository}`;
    case 'environment':
      return `the Actions secrets of the environment "${place.environment}" of ${place.repository}`;
    case 'organization':
      return `the ${KINDS[place.kind]} secrets of the organisation ${place.organization}`;
  }
}

/** https://docs.github.com/rest/authentication/permissions-required-for-fine-grained-personal-access-tokens */
export function targetOf(place: SecretPlace): Target {
  const name = nameOfPlace(place);
  switch (place.in) {
    case 'repository': {
      const permission = place.kind === 'actions' ? 'Secrets' : 'Dependabot secrets';
      return { name, noun: 'repository', permission: inRepository(`${permission}: write`) };
    }
    case 'environment':
      return {
        name,
        noun: 'environment (Settings, Environments)',
        permission: inRepository('Environments: write'),
      };
    case 'organization': {
      const permission =
        place.kind === 'actions' ? 'Organization secrets' : 'Organization Dependabot secrets';
      return {
        name,
        noun: 'organisation',
        permission: `the organisation permission "${permission}: write" (a classic token: the scope "admin:org")`,
      };
    }
  }
}

/** Of a repository that is only looked up. */
export function targetOfRepository(repository: string): Target {
  return {
    name: `the repository ${repository}`,
    noun: 'repository',
    permission: inRepository('Metadata: read'),
  };
}

function inRepository(permission: string): string {
  return `the repository permission "${permission}" (a classic token: the scope "repo")`;
}

type Organization = Extract<SecretPlace, { in: 'organization' }>;

/** The part of a write that says who sees the secret. */
export interface Visibility {
  readonly visibility: 'all' | 'private' | 'selected';
  readonly selected_repository_ids?: readonly (string | number)[];
}

/** Of repositories, each as large as 5 kB. */
const PER_PAGE = 50;

/** The ids of repositories, by their names. Throws `Refusal`. */
export async function readIds(
  asking: Asking,
  repositories: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  const ids = new Map<string, number>();
  for (const repository of repositories) {
    const errand: Errand = { deed: 'Reading', target: targetOfRepository(repository), expected: [200] };
    const { data } = await ask(asking, callOnRepository(repository, 'GET', ''), errand);
    ids.set(repository, idIn(data) ?? refuse(errand));
  }
  return ids;
}

/**
 * For a new secret: the repositories it is meant for. For one that exists: as it is, and those to be added. Throws
 * `Refusal`, also where not all who see it can be told.
 */
export async function visibilityFor(
  asking: Asking,
  place: Organization,
  secret: string,
  ids: ReadonlyMap<string, number>,
): Promise<Visibility> {
  const deed = `Reading who sees ${secret} in`;
  const errand: Errand = { deed, target: targetOf(place), expected: [200, 404] };
  const { status, data } = await ask(
    asking,
    callOn(place, 'GET', '{secret_name}', { secret_name: secret }),
    errand,
  );
  if (status === 404) return selected(place, [...ids.values()]);
  const added = [...ids].flatMap(([name, id]) => (place.added.includes(name) ? id : []));
  switch (fieldOf(data, 'visibility')) {
    case 'all':
      return { visibility: 'all' };
    case 'private':
      return { visibility: 'private' };
    case 'selected':
      return selected(place, [...(await readSelected(asking, place, secret, errand)), ...added]);
    default:
      return refuse(errand);
  }
}

async function readSelected(
  asking: Asking,
  place: Organization,
  secret: string,
  errand: Errand,
): Promise<ReadonlySet<number>> {
  const found = new Set<number>();
  for (let page = 1; ; page++) {
    const call = callOn(place, 'GET', '{secret_name}/repositories', {
      secret_name: secret,
      per_page: PER_PAGE,
      page,
    });
    const { data } = await ask(asking, call, { ...errand, expected: [200] });
    const repositories = fieldOf(data, 'repositories');
    const total = fieldOf(data, 'total_count');
    if (!Array.isArray(repositories) || typeof total !== 'number') return refuse(errand);
    for (const repository of repositories) found.add(idIn(repository) ?? refuse(errand));
    if (found.size >= total) return found;
    if (repositories.length === 0) {
      return refuse(
        errand,
        `GitHub shows ${found.size} of the ${total} repositories that see it, and a write would take it from the others. Give a token that sees them all.`,
      );
    }
  }
}

/** Actions takes ids as numbers, and Dependabot as texts. */
function selected({ kind }: Organization, ids: readonly number[]): Visibility {
  const all = [...new Set(ids)];
  return { visibility: 'selected', selected_repository_ids: kind === 'actions' ? all : all.map(String) };
}

function idIn(data: unknown): number | undefined {
  const id = fieldOf(data, 'id');
  return typeof id === 'number' ? id : undefined;
}

function fieldOf(data: unknown, name: string): unknown {
  return typeof data === 'object' && data !== null ? Reflect.get(data, name) : undefined;
}

function refuse(
  { deed, target }: Errand,
  why = 'the answer is none of this API. Is GITHUB_API_URL its address?',
): never {
  throw new Refusal(deed, target.name, { why, inDoubt: false });
}
