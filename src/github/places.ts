/** What is different from one place of secrets to another: its address, its name, and the permission it takes. */
import type { SecretKind, SecretPlace } from '../request.ts';
import type { Call } from './connection.ts';

/** What a call is about, for the words of its refusal. */
export interface Target {
  readonly name: string;
  /** What there is not when GitHub answers 404. */
  readonly noun: string;
  readonly permission: string;
}

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
