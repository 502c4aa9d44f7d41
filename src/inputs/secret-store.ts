import { timeOfWrites } from '../github/retry.ts';
import type { SecretPlace, SecretStore } from '../request.ts';
import type { Findings } from './findings.ts';
import { serviceUrl } from './origin.ts';
import { type Environment, inputVariable, nameAll, readVariable } from './reader.ts';
import { GROUPS, type Row } from './table.ts';
import type { Values } from './values.ts';

const STORE_INPUTS: readonly (readonly [string, Row])[] = Object.entries(GROUPS.storing);

/**
 * Where a new credential is stored; `undefined` when nobody asks for it, or after a problem.
 * @param hint why secrets may be missing in this run, to go behind another sentence; or empty
 */
export function readSecretStore(
  values: Partial<Values>,
  environment: Environment,
  hint: string,
  findings: Findings,
): SecretStore | undefined {
  // A default always arrives, so it asks for nothing.
  const given = STORE_INPUTS.flatMap(([name, { default: usual }]) =>
    ['', usual].includes(readVariable(environment, inputVariable(name))) ? [] : [name],
  );
  if (given.length === 0) return undefined;
  if (values.credential === 'serviceAccount') checkNamesOfAccount(values, given, findings);
  else checkNames(values, given, findings);
  if (values.githubToken === '') {
    const ask = `${nameAll(given, 'and')} ${given.length === 1 ? 'asks' : 'ask'}`;
    findings.problem(
      `${ask} for secrets to be stored and \`githubToken\` is empty: give a token that may write secrets (\`GITHUB_TOKEN\` may not).${hint}`,
    );
  }
  const address = readVariable(environment, 'GITHUB_API_URL') || 'https://api.github.com';
  const apiUrl = findings.accept('GITHUB_API_URL', serviceUrl({ path: true })(address, findings));
  const { githubToken, combinedSecret, secretName: secret = '' } = values;
  const { publicKeySecret = '', privateKeySecret = '', timeout } = values;
  const { secretEnvironment, secretRepositories, secretOrganization, secretKinds } = values;
  if (
    secretEnvironment === undefined ||
    secretRepositories === undefined ||
    secretOrganization === undefined ||
    secretKinds === undefined
  ) {
    return undefined;
  }
  const where = { secretEnvironment, secretRepositories, secretOrganization, secretKinds };
  checkPlaces(where, findings);
  if (apiUrl === undefined || githubToken === undefined || combinedSecret === undefined) return undefined;
  const store: SecretStore = {
    githubToken,
    apiUrl,
    places: placesOf(where, readVariable(environment, 'GITHUB_REPOSITORY')),
    names:
      combinedSecret !== ''
        ? { form: 'combined', secret: combinedSecret }
        : secret !== ''
          ? { form: 'secret', secret }
          : { form: 'pair', publicKeySecret, privateKeySecret },
  };
  if (timeout !== undefined) checkStore(store, timeout, findings);
  return store;
}

function checkNames(
  { combinedSecret, publicKeySecret, privateKeySecret, secretName }: Partial<Values>,
  given: readonly string[],
  findings: Findings,
): void {
  const combined = combinedSecret !== '';
  const pair = publicKeySecret !== '' || privateKeySecret !== '';
  if (!combined && !pair) {
    // Which is refused itself.
    if (secretName !== '') return;
    findings.problem(
      `${nameAll(given, 'and')} ${given.length === 1 ? 'is' : 'are'} given without a name to store the key under: give \`combinedSecret\`, or \`publicKeySecret\` and \`privateKeySecret\`.`,
    );
  } else if (combined && pair) {
    findings.problem(
      '`combinedSecret` is given together with `publicKeySecret` or `privateKeySecret`: store the key in one way, best `combinedSecret`, which is never half written.',
    );
  } else if (pair && (publicKeySecret === '' || privateKeySecret === '')) {
    const missing = publicKeySecret === '' ? 'publicKeySecret' : 'privateKeySecret';
    findings.problem(
      `\`${missing}\` is empty, and half a key is of no use: name both secrets, or use \`combinedSecret\`.`,
    );
  } else if (publicKeySecret && publicKeySecret.toUpperCase() === privateKeySecret?.toUpperCase()) {
    findings.problem(
      '`publicKeySecret` and `privateKeySecret` name the same secret: one would overwrite the other; give two names.',
    );
  }
}

function checkNamesOfAccount(
  { combinedSecret, secretName, publicKeySecret, privateKeySecret }: Partial<Values>,
  given: readonly string[],
  findings: Findings,
): void {
  if (combinedSecret === '' && secretName === '') {
    // These are refused themselves.
    if (publicKeySecret !== '' || privateKeySecret !== '') return;
    findings.problem(
      `${nameAll(given, 'and')} ${given.length === 1 ? 'is' : 'are'} given without a name to store the client secret under: give \`secretName\`, or \`combinedSecret\` for \`clientId:clientSecret\`.`,
    );
  } else if (combinedSecret && secretName) {
    findings.problem(
      '`combinedSecret` and `secretName` are both given: store the client secret in one way, so that nobody reads a former one.',
    );
  }
}

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
