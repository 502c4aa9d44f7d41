import { describe, expect, test } from 'vitest';
import type { Environment } from '../../src/inputs.ts';
import {
  bareStep,
  CLIENT_ID,
  CLIENT_SECRET,
  PRIVATE_KEY,
  PUBLIC_KEY,
  problemsIn,
  read,
  step,
} from './workflow.ts';

const OTHER_PRIVATE_KEY = '0a1b2c3d-4f89-41d3-9a0c-0305e82c3302';
const COMBINED = `${PUBLIC_KEY}:${PRIVATE_KEY}`;
const NO_CREDENTIALS = { atlasPublicKey: '', atlasPrivateKey: '' };
const KEY = { kind: 'apiKey', publicKey: PUBLIC_KEY, privateKey: PRIVATE_KEY };
const ACCOUNT = { kind: 'serviceAccount', clientId: CLIENT_ID, clientSecret: CLIENT_SECRET };
const BOTH =
  'Both a service account (`atlasClientId`) and an API key (`atlasPublicKey`) are given: the service account is used.';

const CLI_KEY = {
  MONGODB_ATLAS_PUBLIC_API_KEY: 'clikeyab',
  MONGODB_ATLAS_PRIVATE_API_KEY: OTHER_PRIVATE_KEY,
};
const TERRAFORM_KEY = { MONGODB_ATLAS_PUBLIC_KEY: 'tfkeyabc', MONGODB_ATLAS_PRIVATE_KEY: OTHER_PRIVATE_KEY };
const ENV_ACCOUNT = { MONGODB_ATLAS_CLIENT_ID: CLIENT_ID, MONGODB_ATLAS_CLIENT_SECRET: CLIENT_SECRET };

describe('the caller', () => {
  test('is the API key of the inputs', () => {
    expect(read().credentials).toEqual(KEY);
  });

  test('is the service account of the inputs', () => {
    const { credentials, notices } = read({
      ...NO_CREDENTIALS,
      atlasClientId: CLIENT_ID,
      atlasClientSecret: CLIENT_SECRET,
    });
    expect(credentials).toEqual(ACCOUNT);
    expect(notices).toEqual([]);
  });

  test('of two complete pairs is the service account, with a notice', () => {
    const { credentials, notices } = read({ atlasClientId: CLIENT_ID, atlasClientSecret: CLIENT_SECRET });
    expect(credentials).toEqual(ACCOUNT);
    expect(notices).toEqual([BOTH]);
  });

  test.each<[string, Environment, string]>([
    ["the CLI's names", CLI_KEY, 'clikeyab'],
    ["the Terraform provider's names", TERRAFORM_KEY, 'tfkeyabc'],
    ["the CLI's names before the provider's", { ...TERRAFORM_KEY, ...CLI_KEY }, 'clikeyab'],
    [
      'a complete pair before half of another',
      { ...TERRAFORM_KEY, MONGODB_ATLAS_PUBLIC_API_KEY: 'clikeyab' },
      'tfkeyabc',
    ],
    [
      'a complete key before half an account',
      { ...TERRAFORM_KEY, MONGODB_ATLAS_CLIENT_ID: CLIENT_ID },
      'tfkeyabc',
    ],
  ])('falls back to the environment: %s', (_, variables, publicKey) => {
    expect(read(NO_CREDENTIALS, variables).credentials).toMatchObject({ kind: 'apiKey', publicKey });
  });

  test('of the environment is the service account when both are complete, with a notice', () => {
    const { credentials, notices } = read(NO_CREDENTIALS, { ...CLI_KEY, ...ENV_ACCOUNT });
    expect(credentials).toEqual(ACCOUNT);
    expect(notices).toEqual([
      'Both a service account (`MONGODB_ATLAS_CLIENT_ID`) and an API key (`MONGODB_ATLAS_PUBLIC_API_KEY`) are given: the service account is used.',
    ]);
  });

  test('of the inputs beats everything in the environment, without a word', () => {
    const { credentials, notices } = read({}, { ...CLI_KEY, ...ENV_ACCOUNT });
    expect(credentials).toEqual(KEY);
    expect(notices).toEqual([]);
  });
});

const MISSING =
  'The credentials for Atlas are missing: give `atlasPublicKey` and `atlasPrivateKey` (an API key), or `atlasClientId` and `atlasClientSecret` (a service account), best from secrets.';
const half = (given: string, missing: string) =>
  `\`${given}\` is given and \`${missing}\` is empty: give both, and check that the secret it comes from exists under this name.`;

describe('refused are', () => {
  test('no credentials', () => {
    expect(problemsIn(step(NO_CREDENTIALS))).toEqual([MISSING]);
  });

  test.each([
    [{ ...NO_CREDENTIALS, atlasPublicKey: PUBLIC_KEY }, {}, half('atlasPublicKey', 'atlasPrivateKey')],
    [{ ...NO_CREDENTIALS, atlasPrivateKey: PRIVATE_KEY }, {}, half('atlasPrivateKey', 'atlasPublicKey')],
    [{ ...NO_CREDENTIALS, atlasClientId: CLIENT_ID }, {}, half('atlasClientId', 'atlasClientSecret')],
    [
      NO_CREDENTIALS,
      { MONGODB_ATLAS_PUBLIC_KEY: PUBLIC_KEY },
      half('MONGODB_ATLAS_PUBLIC_KEY', 'MONGODB_ATLAS_PRIVATE_KEY'),
    ],
    // Half of the inputs is not completed, nor replaced, by the environment.
    [{ atlasPrivateKey: '' }, CLI_KEY, half('atlasPublicKey', 'atlasPrivateKey')],
    // Nor does a complete pair excuse half of the other: which one was meant?
    [{ atlasClientSecret: CLIENT_SECRET }, {}, half('atlasClientSecret', 'atlasClientId')],
  ])('half a pair: %j %j', (inputs, variables, problem) => {
    expect(problemsIn(step(inputs, variables))).toEqual([problem]);
  });

  const ACCOUNT_AS_KEY =
    '`atlasPublicKey` or `atlasPrivateKey` holds a value of a service account (`mdb_sa_…`): give it as `atlasClientId` and `atlasClientSecret`.';
  const KEY_AS_ACCOUNT =
    '`atlasClientId` and `atlasClientSecret` hold an API key: give it as `atlasPublicKey` and `atlasPrivateKey`.';
  const odd = (name: string) =>
    `\`${name}\` holds a blank, a line break or another character that cannot be part of it: store the value again without anything around it.`;
  test.each([
    [CLIENT_ID, CLIENT_SECRET, ACCOUNT_AS_KEY],
    [PUBLIC_KEY, CLIENT_SECRET, ACCOUNT_AS_KEY],
    [
      PRIVATE_KEY,
      PUBLIC_KEY,
      '`atlasPublicKey` and `atlasPrivateKey` are swapped: the public key is the one of 8 letters.',
    ],
    [
      PUBLIC_KEY,
      'abcdefgh',
      '`atlasPrivateKey` holds a public key: give the private key, which Atlas showed once when the key was made.',
    ],
    [
      PRIVATE_KEY,
      PRIVATE_KEY,
      '`atlasPublicKey` holds a private key: the public key is the one of 8 letters.',
    ],
    [
      PUBLIC_KEY,
      '********-****-****-9a0c-0305e82c3301',
      '`atlasPrivateKey` is redacted (it holds `*`): Atlas shows a private key once, when the key is made; store that value.',
    ],
    [PUBLIC_KEY, `${PRIVATE_KEY}\n${PRIVATE_KEY}`, odd('atlasPrivateKey')],
    ['abcd:xyz', PRIVATE_KEY, odd('atlasPublicKey')],
    ['a"\r\nb', PRIVATE_KEY, odd('atlasPublicKey')],
  ])('an API key %j with %j', (atlasPublicKey, atlasPrivateKey, problem) => {
    expect(problemsIn(step({ atlasPublicKey, atlasPrivateKey }))).toEqual([problem]);
  });

  test.each([
    [PUBLIC_KEY, CLIENT_SECRET, KEY_AS_ACCOUNT],
    [PUBLIC_KEY, PRIVATE_KEY, KEY_AS_ACCOUNT],
    [
      CLIENT_SECRET,
      CLIENT_ID,
      '`atlasClientId` and `atlasClientSecret` are swapped: the id begins with `mdb_sa_id_`, the secret with `mdb_sa_sk_`.',
    ],
    [CLIENT_ID, `"${CLIENT_SECRET} "`, odd('atlasClientSecret')],
  ])('a service account %j with %j', (atlasClientId, atlasClientSecret, problem) => {
    expect(problemsIn(step({ ...NO_CREDENTIALS, atlasClientId, atlasClientSecret }))).toEqual([problem]);
  });

  test.each([
    [{ atlasPublicKey: PUBLIC_KEY, atlasPrivateKey: COMBINED }, {}, 'atlasPublicKey', 'atlasPrivateKey'],
    [{ atlasPublicKey: '', atlasPrivateKey: COMBINED }, {}, 'atlasPublicKey', 'atlasPrivateKey'],
    [
      NO_CREDENTIALS,
      { MONGODB_ATLAS_PRIVATE_KEY: COMBINED },
      'MONGODB_ATLAS_PUBLIC_KEY',
      'MONGODB_ATLAS_PRIVATE_KEY',
    ],
  ])('a combined secret as the private key: %j %j', (inputs, variables, id, secret) => {
    expect(problemsIn(step(inputs, variables))).toEqual([
      `\`${secret}\` holds both halves of an API key (\`publicKey:privateKey\`, as \`combinedSecret\` stores them): give what stands before the colon as \`${id}\`, and only what stands after it as \`${secret}\`.`,
    ]);
  });

  test('a misplaced value of the environment, under the names of the environment', () => {
    const variables = { MONGODB_ATLAS_PUBLIC_KEY: CLIENT_ID, MONGODB_ATLAS_PRIVATE_KEY: CLIENT_SECRET };
    expect(problemsIn(step(NO_CREDENTIALS, variables))).toEqual([
      '`MONGODB_ATLAS_PUBLIC_KEY` or `MONGODB_ATLAS_PRIVATE_KEY` holds a value of a service account (`mdb_sa_…`): give it as `MONGODB_ATLAS_CLIENT_ID` and `MONGODB_ATLAS_CLIENT_SECRET`.',
    ]);
  });
});

describe('secrets that are empty', () => {
  const FORK =
    'This pull request comes from a fork, and GitHub gives no secrets to those: skip this step for them (`if: github.event.pull_request.head.repo.full_name == github.repository`).';
  const PERHAPS =
    'If this pull request comes from a fork: GitHub gives no secrets to those, so skip this step for them.';
  const DEPENDABOT =
    'Dependabot started this run, and its runs get Dependabot secrets instead of Actions secrets: store them under Settings, Secrets and variables, Dependabot, too, or skip this step for it.';
  const pull = { GITHUB_EVENT_NAME: 'pull_request', GITHUB_EVENT_PATH: '/event.json' };
  const from = (repo: unknown) => JSON.stringify({ pull_request: { head: { repo } } });

  test.each<[string, Environment, string, string]>([
    ['a fork', pull, from({ full_name: 'else/shop' }), ` ${FORK}`],
    ['a deleted fork', pull, from(null), ` ${FORK}`],
    ['a review of a fork', { ...pull, GITHUB_EVENT_NAME: 'pull_request_review' }, from(null), ` ${FORK}`],
    ['a branch of this repository', pull, from({ full_name: 'acme/shop' }), ''],
    ['an odd event', pull, '[]', ` ${PERHAPS}`],
    ['an empty event', pull, 'null', ` ${PERHAPS}`],
    ['a cut event', pull, '{"pull', ` ${PERHAPS}`],
    ['no event file', { GITHUB_EVENT_NAME: 'pull_request' }, '', ` ${PERHAPS}`],
    ['a trusted trigger', { ...pull, GITHUB_EVENT_NAME: 'pull_request_target' }, from(null), ''],
    ['a push', { ...pull, GITHUB_EVENT_NAME: 'push' }, from(null), ''],
    ['Dependabot', { GITHUB_ACTOR: 'dependabot[bot]', GITHUB_EVENT_NAME: 'push' }, '', ` ${DEPENDABOT}`],
    ['Dependabot again', { GITHUB_TRIGGERING_ACTOR: 'dependabot[bot]' }, '', ` ${DEPENDABOT}`],
  ])('are explained for %s', (_, variables, event, hint) => {
    expect(problemsIn(step(NO_CREDENTIALS, variables), () => event)).toEqual([`${MISSING}${hint}`]);
  });

  test('are explained for half a pair and for a token, too', () => {
    const inputs = { atlasPrivateKey: '', combinedSecret: 'ATLAS_KEY' };
    const problems = problemsIn(step(inputs, { GITHUB_ACTOR: 'dependabot[bot]' }));
    expect(problems).toHaveLength(2);
    for (const problem of problems) expect(problem).toContain(DEPENDABOT);
  });

  test('are explained vaguely when the event cannot be read', () => {
    expect(problemsIn(step(NO_CREDENTIALS, pull))).toEqual([`${MISSING} ${PERHAPS}`]);
    const unreadable = () => {
      throw new Error('EACCES');
    };
    expect(problemsIn(step(NO_CREDENTIALS, pull), unreadable)).toEqual([`${MISSING} ${PERHAPS}`]);
  });

  test('are not explained when there is nothing to explain', () => {
    expect(problemsIn(bareStep({ ...NO_CREDENTIALS }, {})).join()).not.toMatch(/fork|Dependabot/);
  });
});
