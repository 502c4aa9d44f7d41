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
  type Spoilt,
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
  const GIVEN = { atlasClientId: CLIENT_ID, atlasClientSecret: CLIENT_SECRET };
  const tf = { kind: 'apiKey', publicKey: 'tfkeyabc', privateKey: OTHER_PRIVATE_KEY };
  const cli = { ...tf, publicKey: 'clikeyab' };
  test.each<[string, Spoilt, Environment, object, string[]]>(
    // biome-ignore format: a table, one row a line
    [
      ['the API key of the inputs', {}, {}, KEY, []],
      ['the service account of the inputs', { ...NO_CREDENTIALS, ...GIVEN }, {}, ACCOUNT, []],
      ['the service account of two complete pairs, with a notice', GIVEN, {}, ACCOUNT, [BOTH]],
      ["the environment's, under the CLI's names", NO_CREDENTIALS, CLI_KEY, cli, []],
      ["the environment's, under the Terraform provider's names", NO_CREDENTIALS, TERRAFORM_KEY, tf, []],
      ["the CLI's before the provider's", NO_CREDENTIALS, { ...TERRAFORM_KEY, ...CLI_KEY }, cli, []],
      ['a complete pair before half of another', NO_CREDENTIALS, { ...TERRAFORM_KEY, MONGODB_ATLAS_PUBLIC_API_KEY: 'clikeyab' }, tf, []],
      ['a complete key before half an account', NO_CREDENTIALS, { ...TERRAFORM_KEY, MONGODB_ATLAS_CLIENT_ID: CLIENT_ID }, tf, []],
      ["the environment's service account when both are complete, with a notice", NO_CREDENTIALS, { ...CLI_KEY, ...ENV_ACCOUNT }, ACCOUNT, ['Both a service account (`MONGODB_ATLAS_CLIENT_ID`) and an API key (`MONGODB_ATLAS_PUBLIC_API_KEY`) are given: the service account is used.']],
      ["the inputs' before everything in the environment, without a word", {}, { ...CLI_KEY, ...ENV_ACCOUNT }, KEY, []],
    ],
  )('is %s', (_, inputs, variables, expected, told) => {
    const { credentials, notices } = read(inputs, variables);
    expect(credentials).toEqual(expected);
    expect(notices).toEqual(told);
  });
});

const MISSING =
  'The credentials for Atlas are missing: give `atlasPublicKey` and `atlasPrivateKey` (an API key), or `atlasClientId` and `atlasClientSecret` (a service account), best from secrets.';
const half = (given: string, missing: string) =>
  `\`${given}\` is given and \`${missing}\` is empty: give both, and check that the secret it comes from exists under this name.`;

describe('refused are', () => {
  const both = (id: string, secret: string) =>
    `\`${secret}\` holds both halves of an API key (\`publicKey:privateKey\`, as \`combinedSecret\` stores them): give what stands before the colon as \`${id}\`, and only what stands after it as \`${secret}\`.`;
  const odd = (name: string) =>
    `\`${name}\` holds a blank, a line break or another character that cannot be part of it: store the value again without anything around it.`;
  const ACCOUNT_AS_KEY =
    '`atlasPublicKey` or `atlasPrivateKey` holds a value of a service account (`mdb_sa_…`): give it as `atlasClientId` and `atlasClientSecret`.';
  const KEY_AS_ACCOUNT =
    '`atlasClientId` and `atlasClientSecret` hold an API key: give it as `atlasPublicKey` and `atlasPrivateKey`.';
  const key = (atlasPublicKey: string, atlasPrivateKey: string) => ({ atlasPublicKey, atlasPrivateKey });
  const account = (atlasClientId: string, atlasClientSecret: string) => ({
    ...NO_CREDENTIALS,
    atlasClientId,
    atlasClientSecret,
  });
  test.each<[Spoilt, Environment, string]>(
    // biome-ignore format: a table, one row a line
    [
      [NO_CREDENTIALS, {}, MISSING],
      [key(PUBLIC_KEY, ''), {}, half('atlasPublicKey', 'atlasPrivateKey')],
      [key('', PRIVATE_KEY), {}, half('atlasPrivateKey', 'atlasPublicKey')],
      [account(CLIENT_ID, ''), {}, half('atlasClientId', 'atlasClientSecret')],
      [NO_CREDENTIALS, { MONGODB_ATLAS_PUBLIC_KEY: PUBLIC_KEY }, half('MONGODB_ATLAS_PUBLIC_KEY', 'MONGODB_ATLAS_PRIVATE_KEY')],
      // Half of the inputs is not completed, nor replaced, by the environment.
      [{ atlasPrivateKey: '' }, CLI_KEY, half('atlasPublicKey', 'atlasPrivateKey')],
      // Nor does a complete pair excuse half of the other: which one was meant?
      [{ atlasClientSecret: CLIENT_SECRET }, {}, half('atlasClientSecret', 'atlasClientId')],
      [key(CLIENT_ID, CLIENT_SECRET), {}, ACCOUNT_AS_KEY],
      [key(PUBLIC_KEY, CLIENT_SECRET), {}, ACCOUNT_AS_KEY],
      [key(PRIVATE_KEY, PUBLIC_KEY), {}, '`atlasPublicKey` and `atlasPrivateKey` are swapped: the public key is the one of 8 letters.'],
      [key(PUBLIC_KEY, 'abcdefgh'), {}, '`atlasPrivateKey` holds a public key: give the private key, which Atlas showed once when the key was made.'],
      [key(PRIVATE_KEY, PRIVATE_KEY), {}, '`atlasPublicKey` holds a private key: the public key is the one of 8 letters.'],
      [key(PUBLIC_KEY, '********-****-****-9a0c-0305e82c3301'), {}, '`atlasPrivateKey` is redacted (it holds `*`): Atlas shows a private key once, when the key is made; store that value.'],
      [key(PUBLIC_KEY, `${PRIVATE_KEY}\n${PRIVATE_KEY}`), {}, odd('atlasPrivateKey')],
      [key('abcd:xyz', PRIVATE_KEY), {}, odd('atlasPublicKey')],
      [key('a"\r\nb', PRIVATE_KEY), {}, odd('atlasPublicKey')],
      [account(PUBLIC_KEY, CLIENT_SECRET), {}, KEY_AS_ACCOUNT],
      [account(PUBLIC_KEY, PRIVATE_KEY), {}, KEY_AS_ACCOUNT],
      [account(CLIENT_SECRET, CLIENT_ID), {}, '`atlasClientId` and `atlasClientSecret` are swapped: the id begins with `mdb_sa_id_`, the secret with `mdb_sa_sk_`.'],
      [account(CLIENT_ID, `"${CLIENT_SECRET} "`), {}, odd('atlasClientSecret')],
      [key(PUBLIC_KEY, COMBINED), {}, both('atlasPublicKey', 'atlasPrivateKey')],
      [key('', COMBINED), {}, both('atlasPublicKey', 'atlasPrivateKey')],
      [NO_CREDENTIALS, { MONGODB_ATLAS_PRIVATE_KEY: COMBINED }, both('MONGODB_ATLAS_PUBLIC_KEY', 'MONGODB_ATLAS_PRIVATE_KEY')],
      [NO_CREDENTIALS, { MONGODB_ATLAS_PUBLIC_KEY: CLIENT_ID, MONGODB_ATLAS_PRIVATE_KEY: CLIENT_SECRET }, '`MONGODB_ATLAS_PUBLIC_KEY` or `MONGODB_ATLAS_PRIVATE_KEY` holds a value of a service account (`mdb_sa_…`): give it as `MONGODB_ATLAS_CLIENT_ID` and `MONGODB_ATLAS_CLIENT_SECRET`.'],
    ],
  )('%j %j', (inputs, variables, problem) => {
    expect(problemsIn(step(inputs, variables))).toEqual([problem]);
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
