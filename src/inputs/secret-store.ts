import { timeOfWrites } from '../github/retry.ts';
import type { SecretPlace, SecretStore } from '../request.ts';
import { type Environment, type Findings, nameAll, readVariable } from './findings.ts';
import { serviceUrl } from './readers.ts';
import { explainMissingSecrets } from './run.ts';
import { type Draft, type InputName, STORING, type Values } from './table.ts';

const STORING_NAMES = Object.keys(STORING) as (keyof typeof STORING)[];

/** Where a new credential is stored; `undefined` when nobody asks for it, or after a problem. */
export function readSecretStore(
  draft: Draft,
  given: readonly InputName[],
  environment: Environment,
  findings: Findings,
): SecretStore | undefined {
  const asking = STORING_NAMES.filter((name) => given.includes(name));
  if (asking.length === 0) return undefined;
  checkNames(draft, asking, findings);
  if (!asking.includes('githubToken')) {
    findings.problems.push(
      `\`githubToken\` is empty, and secrets are to be stored (${nameAll(asking, 'and')}): give a token that may write secrets (\`GITHUB_TOKEN\` may not).${explainMissingSecrets(environment)}`,
    );
  }
  const address = readVariable(environment, 'GITHUB_API_URL') || 'https://api.github.com';
  const apiUrl = serviceUrl(address, findings.contextOf('GITHUB_API_URL', draft));
  const needed = [...STORING_NAMES, 'timeout'] as const;
  if (apiUrl === undefined || needed.some((name) => draft[name] === undefined)) return undefined;
  const values = draft as Values;
  const places = placesOf(values, readVariable(environment, 'GITHUB_REPOSITORY'));
  const store = { githubToken: values.githubToken, apiUrl, places, names: namesOf(values) };
  checkStore(store, values, findings);
  return store;
}

function namesOf({ combinedSecret, secretName, ...values }: Values): SecretStore['names'] {
  if (combinedSecret !== '') return { form: 'combined', secret: combinedSecret };
  if (secretName !== '') return { form: 'secret', secret: secretName };
  const { publicKeySecret, privateKeySecret } = values;
  return { form: 'pair', publicKeySecret, privateKeySecret };
}

/** Says whether the names for the secrets are those of one way to store it. */
function checkNames(draft: Draft, asking: readonly InputName[], { problems }: Findings): void {
  const { credential, publicKeySecret, privateKeySecret } = draft;
  const pair = ['publicKeySecret', 'privateKeySecret'];
  const [what, names] = credential === 'serviceAccount' ? ['client secret', ['secretName']] : ['key', pair];
  const given = asking.filter((name) => ['combinedSecret', 'secretName', ...pair].includes(name));
  const fitting = given.filter((name) => name === 'combinedSecret' || names.includes(name));
  // Names that belong to the other credential are refused by themselves.
  if (given.length === fitting.length && !['combinedSecret', `${names}`].includes(`${fitting}`)) {
    problems.push(
      `A ${what} is stored either as \`combinedSecret\` or as ${nameAll(names, 'and')}, but this step gives ${nameAll(asking, 'and')}: choose one of the two, and give all that it takes.`,
    );
  } else if (publicKeySecret && publicKeySecret.toUpperCase() === privateKeySecret?.toUpperCase()) {
    problems.push(
      '`publicKeySecret` and `privateKeySecret` name the same secret: one would overwrite the other; give two names.',
    );
  }
}

/** The places that are written to; each is a repository, an environment or an organisation, of one kind. */
function placesOf(values: Values, thisRepository: string): SecretPlace[] {
  const { secretEnvironment: environment, secretOrganization: organization, secretRepositories } = values;
  const repositories = secretRepositories.length === 0 ? [thisRepository] : secretRepositories;
  if (environment !== '') {
    return repositories.map((repository) => ({ in: 'environment', repository, environment }));
  }
  return values.secretKinds.flatMap((kind): SecretPlace[] =>
    organization === ''
      ? repositories.map((repository) => ({ in: 'repository', kind, repository }))
      : [{ in: 'organization', kind, organization, visibleTo: repositories, added: secretRepositories }],
  );
}

/** Kept of the timeout for all but the writes, in milliseconds: a key is made before them, or undone after them. */
const BESIDE_WRITES = 20_000;

/** Says what does not fit: the places to each other, the repositories to the organisation, the writes into the time. */
function checkStore({ places, names }: SecretStore, values: Values, { problems, quote }: Findings): void {
  const { secretEnvironment, secretOrganization, secretRepositories, secretKinds } = values;
  const misfits = [
    ...(secretRepositories.length > 1 ? ['secretRepositories'] : []),
    ...(secretOrganization === '' ? [] : ['secretOrganization']),
    ...(secretKinds.includes('dependabot') ? ['secretKinds'] : []),
  ];
  if (secretEnvironment !== '' && misfits.length > 0) {
    problems.push(
      `\`secretEnvironment\` does not fit ${nameAll(misfits, 'and')}: an environment belongs to one repository, and its secrets are those of Actions alone; leave one side out.`,
    );
  }
  const [place] = places;
  const owner = `${secretOrganization.toLowerCase()}/`;
  const visibleTo = place?.in === 'organization' ? place.visibleTo : [];
  const foreign = visibleTo.filter((repository) => !repository.toLowerCase().startsWith(owner));
  if (foreign.length > 0) {
    problems.push(
      `\`secretOrganization\` is ${quote(secretOrganization)}, which does not own ${foreign.map(quote).join(', ')}: name in \`secretRepositories\` repositories of its own, for no other can see its secrets.`,
    );
  }
  const writes = places.length * (names.form === 'pair' ? 2 : 1);
  const writing = timeOfWrites(writes);
  if (writing > 0 && writing + BESIDE_WRITES > values.timeout) {
    problems.push(
      `\`timeout\` is too short for ${writes} secrets, which are written a second apart, as GitHub asks for: give at least \`${(writing + BESIDE_WRITES) / 1000}s\`.`,
    );
  }
}
