import { timeOfWrites } from '../github/pace.ts';
import type { SecretPlace, SecretStore } from '../request.ts';
import type { Findings } from './findings.ts';
import { nameAll } from './quote.ts';
import type { Values } from './values.ts';

/** Kept of the timeout for all but the writes, in milliseconds: a key is made before them, or undone after them. */
const BESIDE_WRITES = 20_000;

type Where = Pick<Values, 'secretEnvironment' | 'secretRepositories' | 'secretOrganization' | 'secretKinds'>;

/** The places that are written to; each is a repository, an environment or an organisation, of one kind. */
export function placesOf(where: Where, thisRepository: string): SecretPlace[] {
  const { secretEnvironment: environment, secretOrganization: organization, secretRepositories } = where;
  const repositories = secretRepositories.length === 0 ? [thisRepository] : secretRepositories;
  if (environment !== '') {
    return repositories.map((repository) => ({ in: 'environment', repository, environment }));
  }
  return where.secretKinds.flatMap((kind): SecretPlace[] =>
    organization === ''
      ? repositories.map((repository) => ({ in: 'repository', kind, repository }))
      : [{ in: 'organization', kind, organization, visibleTo: repositories, added: secretRepositories }],
  );
}

/** Says which of the inputs do not fit together. */
export function checkPlaces(where: Where, findings: Findings): void {
  const { secretEnvironment, secretOrganization, secretRepositories, secretKinds } = where;
  const misfits = [
    ...(secretRepositories.length > 1 ? ['secretRepositories'] : []),
    ...(secretOrganization === '' ? [] : ['secretOrganization']),
    ...(secretKinds.includes('dependabot') ? ['secretKinds'] : []),
  ];
  if (secretEnvironment !== '' && misfits.length > 0) {
    findings.problem(
      `\`secretEnvironment\` does not fit ${nameAll(misfits, 'and')}: an environment belongs to one repository, and its secrets are those of Actions alone; leave one side out.`,
    );
  }
}

/** Says whether the repositories that shall see an organisation's secret belong to others, and whether time is too short. */
export function checkStore({ places, names }: SecretStore, timeout: number, findings: Findings): void {
  const [place] = places;
  if (place?.in === 'organization') {
    const owner = `${place.organization.toLowerCase()}/`;
    const foreign = place.visibleTo.filter((repository) => !repository.toLowerCase().startsWith(owner));
    if (foreign.length > 0) {
      findings.problem(
        `\`secretOrganization\` is ${findings.quote(place.organization)}, and ${foreign.map(findings.quote).join(', ')} ${foreign.length === 1 ? 'does' : 'do'} not belong to it: name in \`secretRepositories\` repositories of its own, for no other can see its secrets.`,
      );
    }
  }
  const writes = places.length * (names.form === 'pair' ? 2 : 1);
  const writing = timeOfWrites(writes);
  if (writing > 0 && writing + BESIDE_WRITES > timeout) {
    findings.problem(
      `\`timeout\` is too short for ${writes} secrets, which are written a second apart, as GitHub asks for: give at least \`${(writing + BESIDE_WRITES) / 1000}s\`.`,
    );
  }
}
