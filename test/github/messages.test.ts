/** What a user reads when the new key cannot be stored: each situation and its whole message. */
import { expect, it } from 'vitest';
import type { SecretStoreOptions } from '../../src/github/ask.ts';
import type { SecretPlace, SecretStore } from '../../src/request.ts';
import { identityOf } from '../simulator/identity.ts';
import { actionsOf, environmentOf, failureOf, observed, PAIR, storeAt, storeKey } from './opening.ts';
import { type Fault, type GitHubOptions, startGitHub, TOKENS } from './stand-in.ts';

interface Situation {
  readonly service?: GitHubOptions;
  readonly store?: Partial<SecretStore>;
  readonly options?: Partial<SecretStoreOptions>;
  /** What goes wrong with every GET, or every PUT. */
  readonly get?: Fault;
  readonly put?: Fault;
  readonly message: string;
  /** How many requests it takes, where it is not one. */
  readonly requests?: number;
}

const PLACE = 'the Actions secrets of the repository octo-org/app';
const OPENING = `Opening ${PLACE} failed: `;
const STORING = `Storing ATLAS_KEY in ${PLACE} failed: `;
const UNCHANGED = 'No secret was changed.';
const AGAIN = 'Once this is mended, run the job again: it writes all of them again.';
const NOT_KNOWN = `It is not known which of them is in ${PLACE}. ${AGAIN}`;
const NONE =
  'Either it does not exist, or the token does not see it, since GitHub answers 404 to both: the token needs';
const NAMES =
  "Check the secret's name: it has letters, digits and underscores, no digit first, and does not begin with GITHUB_.";
const inRepository = (permission: string) =>
  `the repository permission "${permission}: write" (a classic token: the scope "repo")`;
const inOrganization = (permission: string) =>
  `the organisation permission "${permission}: write" (a classic token: the scope "admin:org")`;
const ofJob = (permission: string) =>
  'GITHUB_TOKEN can never write secrets, whatever its permissions: give as githubToken a fine-grained personal access ' +
  `token, or the token of a GitHub App, with ${permission}. An App needs it granted to itself, accepted where it is ` +
  'installed, and asked for with the token.';
const mayNot = (permission: string) =>
  `The githubToken may not do this: give the fine-grained token ${permission}.`;

function organization(kind: 'actions' | 'dependabot', organization = 'octo-org'): SecretPlace {
  return { in: 'organization', kind, organization, visibleTo: [], added: [] };
}

/** Where the token is refused, and the permission that it needs there. */
// biome-ignore format: a table, one row a line
const REFUSED = [
  ['Actions secrets of the repository octo-org/app', actionsOf('octo-org/app'), inRepository('Secrets')],
  ['Dependabot secrets of the repository octo-org/app', { in: 'repository', kind: 'dependabot', repository: 'octo-org/app' }, inRepository('Dependabot secrets')],
  ['Actions secrets of the environment "production" of octo-org/app', environmentOf('production'), inRepository('Environments')],
  ['Actions secrets of the organisation octo-org', organization('actions'), inOrganization('Organization secrets')],
  ['Dependabot secrets of the organisation octo-org', organization('dependabot'), inOrganization('Organization Dependabot secrets')],
] as const;

const SITUATIONS: Readonly<Record<string, Situation>> = {
  ...Object.fromEntries(
    REFUSED.flatMap(([name, place, permission]): [string, Situation][] => [
      [
        `the token is that of the job: ${name}`,
        {
          store: { githubToken: TOKENS.integration, places: [place] },
          message: `Opening the ${name} failed: GitHub answered 403 (Resource not accessible by integration). ${ofJob(permission)}`,
        },
      ],
      [
        `the token may only read: ${name}`,
        {
          store: { githubToken: TOKENS.read, places: [place] },
          message: `Storing ATLAS_KEY in the ${name} failed: GitHub answered 403 (Resource not accessible by personal access token). ${mayNot(permission)} ${UNCHANGED}`,
          requests: place.in === 'organization' ? 3 : 2,
        },
      ],
    ]),
  ),
  'the token is unknown': {
    store: { githubToken: 'ghp_gone' },
    message: `${OPENING}GitHub answered 401 (Bad credentials). The githubToken is expired, revoked or mistyped: give a new one.`,
  },
  'there is no such repository': {
    store: { places: [actionsOf('octo-org/other')] },
    message: `Opening the Actions secrets of the repository octo-org/other failed: GitHub answered 404 (Not Found). ${NONE} ${inRepository('Secrets')}.`,
  },
  'there is no such environment': {
    store: { places: [environmentOf('staging')] },
    message: `Opening the Actions secrets of the environment "staging" of octo-org/app failed: GitHub answered 404 (Not Found). ${NONE} ${inRepository('Environments')}.`,
  },
  'there is no such organisation': {
    store: { places: [organization('actions', 'hidden-org')] },
    message: `Opening the Actions secrets of the organisation hidden-org failed: GitHub answered 404 (Not Found). ${NONE} ${inOrganization('Organization secrets')}.`,
  },
  'the repository was renamed': {
    service: { repository: 'octo-org/new-name', renamed: ['octo-org/app'] },
    store: { places: [actionsOf('octo-org/app')] },
    message: `${OPENING}GitHub answered 301 (Moved Permanently). This action follows no redirect with a token: give the repository by its present name if it was renamed, or else check GITHUB_API_URL.`,
  },
  'the repository was archived': {
    service: { archived: ['octo-org/app'] },
    message: `${STORING}GitHub answered 403 (Repository was archived so is read-only). Nothing can be written to an archived repository: leave it out, or unarchive it. ${UNCHANGED}`,
    requests: 2,
  },
  ...Object.fromEntries(
    Object.entries({
      'a page': '<!doctype html><title>Sign in</title>',
      'JSON without a key': { key_id: '1' },
      'a key of the wrong length': { key_id: '1', key: 'AAAA' },
      'a key that is no text': { key_id: '1', key: 5 },
      'a key without an id': { key: Buffer.alloc(32).toString('base64') },
      nothing: undefined,
    }).map(([what, body]): [string, Situation] => [
      `in place of a key comes ${what}`,
      {
        get: { status: 200, body },
        message: `${OPENING}this is no answer of GitHub's API. Is GITHUB_API_URL its address?`,
      },
    ]),
  ),
  'a write is answered as GitHub never does': {
    put: { status: 200, body: {} },
    message: `${STORING}GitHub answered 200. The API never answers like this: is GITHUB_API_URL wrong? ${NOT_KNOWN}`,
    requests: 2,
  },
  'GitHub has trouble': {
    get: { status: 503, body: { message: 'Unavailable.' } },
    message: `${OPENING}GitHub answered 503 (Unavailable) in 5 tries. GitHub has trouble of its own: run the job again later.`,
    requests: 5,
  },
  'somebody else writes the same secret all the time': {
    put: { status: 409, body: { message: 'Conflict' } },
    message: `${STORING}GitHub answered 409 (Conflict) in 5 tries. Somebody else is writing the same secret right now: run the job again. ${UNCHANGED}`,
    requests: 6,
  },
  'an answer is larger than any of GitHub': {
    get: { status: 200, body: 'x'.repeat(2 << 20) },
    message: `${OPENING}GitHub's answer was cut off at 1 MB. No answer of its API is so large: is GITHUB_API_URL wrong?`,
  },
  "the token's rate limit is used up for long": {
    get: { status: 429, headers: { 'retry-after': '1800' } },
    message: `${OPENING}GitHub answered 429. The token's rate limit is used up: run the job again in 1800 s or later.`,
  },
  "the token's rate limit is used up, nobody knows for how long": {
    get: { status: 429 },
    message: `${OPENING}GitHub answered 429 in 5 tries. The token's rate limit is used up: run the job again later.`,
    requests: 5,
  },
  'GitHub cannot be reached': {
    get: 'reset',
    message: `${OPENING}GitHub was not reached (FAULT) in 5 tries. Check the network, the proxy (HTTPS_PROXY, NO_PROXY) and GITHUB_API_URL.`,
    requests: 5,
  },
  'what answers is not HTTP': {
    get: { status: 600 },
    message: `${OPENING}GitHub was not reached (the answer is not HTTP) in 5 tries. Check the network, the proxy (HTTPS_PROXY, NO_PROXY) and GITHUB_API_URL.`,
    requests: 5,
  },
  'nobody listens there': {
    store: { apiUrl: 'http://127.0.0.1:1' },
    message: `${OPENING}GitHub was not reached (ECONNREFUSED) in 5 tries. Check the network, the proxy (HTTPS_PROXY, NO_PROXY) and GITHUB_API_URL.`,
    requests: 0,
  },
  'the answer to a write does not arrive': {
    put: 'resetAfterEffect',
    message: `${STORING}GitHub was not reached (FAULT) in 5 tries. Check the network, the proxy (HTTPS_PROXY, NO_PROXY) and GITHUB_API_URL. ${NOT_KNOWN}`,
    requests: 6,
  },
  'the certificate is of an unknown authority': {
    service: { tls: identityOf('loopback') },
    message: `${OPENING}GitHub was not reached (UNABLE_TO_VERIFY_LEAF_SIGNATURE). Its certificate is not trusted here: set NODE_EXTRA_CA_CERTS to the file of the private authority that signed it.`,
    requests: 0,
  },
  'GitHub takes none of the names': {
    store: { names: { form: 'combined', secret: 'GITHUB_KEY' } },
    message: `Storing GITHUB_KEY in ${PLACE} failed: GitHub answered 422 (Secret names can only contain alphanumeric characters). ${NAMES} ${UNCHANGED}`,
    requests: 2,
  },
  'GitHub takes only the first name of a pair': {
    store: { names: { ...PAIR, privateKeySecret: '1ATLAS_PRIVATE' } },
    message: `Storing 1ATLAS_PRIVATE in ${PLACE} failed: GitHub answered 422 (Secret names can only contain alphanumeric characters). ${NAMES} Only the new public half, which may not fit the other secret, is in ${PLACE}. ${AGAIN} Until then, the former public key, which Atlas shows, can be put back into ATLAS_PUBLIC.`,
    requests: 3,
  },
  'GitHub says no without words': {
    put: { status: 422, body: { message: ['no'] } },
    message: `${STORING}GitHub answered 422. ${NAMES} ${UNCHANGED}`,
    requests: 2,
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
  const { service, store, options, get, put, message, requests = 1 } = situation;
  await using github = await startGitHub(service);
  if (get !== undefined) github.fail(get, { method: 'GET', times: 9 });
  if (put !== undefined) github.fail(put, { method: 'PUT', times: 9 });
  const failure = await failureOf(storeKey(storeAt(github, store), observed(options)));
  const isNamed = message.includes('(FAULT)');
  // What Node calls a broken connection differs from version to version.
  const told = isNamed ? failure.message.replace(/(not reached) \([\w ]+\)/, '$1 (FAULT)') : failure.message;
  expect(told).toBe(message);
  expect(failure.nobodyHasIt).toBe(message.startsWith('Opening') || message.endsWith(UNCHANGED));
  expect(github.requests).toHaveLength(requests);
});
