/** What a user reads when the new key cannot be stored: each situation and its whole message. */
import { expect, it } from 'vitest';
import { openSecretStore, type SecretStoreOptions } from '../../src/github/secrets.ts';
import type { SecretPlace, SecretStore } from '../../src/request.ts';
import { identityOf } from '../simulator/identity.ts';
import { actionsOf, failureOf, observed, PAIR, storeAt, storeKey } from './opening.ts';
import { type GitHub, type GitHubOptions, startGitHub, TOKENS } from './stand-in.ts';

interface Situation {
  readonly service?: GitHubOptions;
  readonly store?: Partial<SecretStore>;
  readonly options?: Partial<SecretStoreOptions>;
  readonly prepare?: (github: GitHub) => void;
  readonly message: string;
  /** How many requests it takes, where it is not one. */
  readonly requests?: number;
}

const PLACE = 'the Actions secrets of the repository octo-org/app';
const OPENING = `Opening ${PLACE} failed: `;
const STORING = `Storing ATLAS_KEY in ${PLACE} failed: `;
const UNCHANGED = 'No secret was changed.';
const NO_PERMISSION =
  'GITHUB_TOKEN can never write secrets, whatever its permissions: give as githubToken a fine-grained personal access ' +
  'token, or the token of a GitHub App, with the repository permission "Secrets: write" (a classic token: the scope ' +
  '"repo"). An App needs it granted to itself, accepted where it is installed, and asked for with the token.';

function environment(name: string): SecretPlace {
  return { in: 'environment', repository: 'octo-org/app', environment: name };
}

const READS_ONLY =
  'The githubToken may not do this: give the fine-grained token the repository permission "Secrets: write" (a classic ' +
  'token: the scope "repo").';

const SITUATIONS: Readonly<Record<string, Situation>> = {
  'the token is that of the job': {
    store: { githubToken: TOKENS.integration },
    message: `${OPENING}GitHub answered 403 (Resource not accessible by integration). ${NO_PERMISSION}`,
  },
  'the token may only read': {
    store: { githubToken: TOKENS.read },
    message: `${STORING}GitHub answered 403 (Resource not accessible by personal access token). ${READS_ONLY} ${UNCHANGED}`,
    requests: 2,
  },
  'the token is unknown': {
    store: { githubToken: 'ghp_gone' },
    message: `${OPENING}GitHub answered 401 (Bad credentials). The githubToken is expired, revoked or mistyped: give a new one.`,
  },
  'there is no such repository': {
    store: { places: [actionsOf('octo-org/other')] },
    message:
      'Opening the Actions secrets of the repository octo-org/other failed: GitHub answered 404 (Not Found). Either there ' +
      'is no such repository, or the token does not see it, for GitHub then answers 404 as well: it needs the repository ' +
      'permission "Secrets: write" (a classic token: the scope "repo").',
  },
  'the token is that of the job, on an environment': {
    store: { githubToken: TOKENS.integration, places: [environment('production')] },
    message: `Opening the Actions secrets of the environment "production" of octo-org/app failed: GitHub answered 403 (Resource not accessible by integration). ${NO_PERMISSION.replace('"Secrets: write"', '"Environments: write"')}`,
  },
  'there is no such environment': {
    store: { places: [environment('staging')] },
    message:
      'Opening the Actions secrets of the environment "staging" of octo-org/app failed: GitHub answered 404 (Not Found). ' +
      'Either there is no such environment (Settings, Environments), or the token does not see it, for GitHub then answers ' +
      '404 as well: it needs the repository permission "Environments: write" (a classic token: the scope "repo").',
  },
  'the repository was renamed': {
    service: { repository: 'octo-org/new-name', renamed: ['octo-org/app'] },
    store: { places: [actionsOf('octo-org/app')] },
    message: `${OPENING}GitHub answered 301 (Moved Permanently). A redirect is not followed with a token: was the repository renamed, which its present name mends, or is GITHUB_API_URL wrong?`,
  },
  'the repository was archived': {
    service: { archived: ['octo-org/app'] },
    message: `${STORING}GitHub answered 403 (Repository was archived so is read-only). Nothing can be written to an archived repository: leave it out, or unarchive it. ${UNCHANGED}`,
    requests: 2,
  },
  'a page answers instead of GitHub': {
    prepare: (github) => github.fail({ status: 200, body: '<html>' }, { method: 'GET' }),
    message: `${OPENING}the answer holds no public key. Is GITHUB_API_URL the address of the REST API?`,
  },
  'a write is answered as GitHub never does': {
    prepare: (github) => github.fail({ status: 200, body: {} }, { method: 'PUT' }),
    message: `${STORING}GitHub answered 200. The API does not answer so: is GITHUB_API_URL wrong? Which of them is in ${PLACE} is not known. Once this is mended, run the job again: it writes all of them again.`,
    requests: 2,
  },
  'GitHub has trouble': {
    prepare: (github) => github.fail({ status: 503 }, { method: 'GET', times: 9 }),
    message: `${OPENING}GitHub answered 503 in 5 tries. GitHub has trouble of its own: run the job again later.`,
    requests: 5,
  },
  'somebody else writes the same secret all the time': {
    prepare: (github) =>
      github.fail({ status: 409, body: { message: 'Conflict' } }, { method: 'PUT', times: 9 }),
    message: `${STORING}GitHub answered 409 (Conflict) in 5 tries. Somebody else writes the same secret just now: run the job again. ${UNCHANGED}`,
    requests: 6,
  },
  'an answer is larger than any of GitHub': {
    prepare: (github) => github.fail({ status: 200, body: 'x'.repeat(2 << 20) }, { method: 'GET' }),
    message: `${OPENING}GitHub's answer was cut off at 1 MB, which no answer of its API reaches. Is GITHUB_API_URL wrong?`,
  },
  "the token's rate limit is used up": {
    prepare: (github) => github.fail({ status: 429, headers: { 'retry-after': '1800' } }, { method: 'GET' }),
    message: `${OPENING}GitHub answered 429. The token's rate limit is used up: run the job again in 1800 s or later.`,
  },
  'GitHub cannot be reached': {
    prepare: (github) => github.fail('reset', { method: 'GET', times: 9 }),
    message: `${OPENING}GitHub was not reached in 5 tries (FAULT). Check the network, the proxy (HTTPS_PROXY, NO_PROXY) and GITHUB_API_URL.`,
    requests: 5,
  },
  'the certificate is of an unknown authority': {
    service: { tls: identityOf('loopback') },
    message: `${OPENING}GitHub was not reached (FAULT). Its certificate is not trusted here: set NODE_EXTRA_CA_CERTS to the file of the private authority that signed it.`,
    requests: 0,
  },
  'GitHub takes none of the names': {
    store: { names: { form: 'combined', secret: 'GITHUB_KEY' } },
    message: `Storing GITHUB_KEY in ${PLACE} failed: GitHub answered 422 (Secret names can only contain alphanumeric characters). A secret's name has letters, digits and underscores, no digit first, and does not start with GITHUB_. ${UNCHANGED}`,
    requests: 2,
  },
  'GitHub takes only the first name of a pair': {
    store: { names: { ...PAIR, privateKeySecret: '1ATLAS_PRIVATE' } },
    message: `Storing 1ATLAS_PRIVATE in ${PLACE} failed: GitHub answered 422 (Secret names can only contain alphanumeric characters). A secret's name has letters, digits and underscores, no digit first, and does not start with GITHUB_. Only the new public half, which may not fit the other secret, is in ${PLACE}. Once this is mended, run the job again: it writes all of them again. Until then, the former public key, which Atlas shows, can be put back into ATLAS_PUBLIC.`,
    requests: 3,
  },
  'time is up while GitHub does not answer': {
    options: { signal: AbortSignal.abort(new DOMException('over', 'TimeoutError')) },
    message: `${OPENING}the time for this step is used up. Raise \`timeout\`, or run the job again.`,
    requests: 0,
  },
  'the run is cancelled': {
    options: { signal: AbortSignal.abort(new Error('SIGINT')) },
    message: `${OPENING}the run was cancelled.`,
    requests: 0,
  },
};

it.each(Object.entries(SITUATIONS))('%s', async (_what, situation) => {
  const { service, store, options, prepare, message, requests = 1 } = situation;
  await using github = await startGitHub(service);
  prepare?.(github);
  const failure = await failureOf(storeKey(storeAt(github, store), observed(options)));
  expect(wordless(failure)).toBe(message);
  expect(failure.nobodyHasIt).toBe(message.startsWith(OPENING.slice(0, 7)) || message.endsWith(UNCHANGED));
  expect(github.requests).toHaveLength(requests);
});

it('time is up while a fault of the network is waited out', async () => {
  await using github = await startGitHub();
  github.fail('reset', { method: 'GET', times: 9 });
  const over = new AbortController();
  const pause = async (): Promise<void> => over.abort(new DOMException('over', 'TimeoutError'));
  const failure = await failureOf(openSecretStore(storeAt(github), observed({ signal: over.signal, pause })));
  expect(wordless(failure)).toBe(
    `${OPENING}the time for this step is used up. Before that, GitHub was not reached (FAULT). Raise \`timeout\`, or run the job again.`,
  );
});

/** The message without what Node calls the fault, which differs from version to version. */
function wordless({ message }: Error): string {
  return message.replace(/(not reached(?: in \d tries)?) \([^)]*\)/, '$1 (FAULT)');
}
