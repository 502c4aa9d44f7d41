import { describe, expect, test } from 'vitest';
import type { Environment } from '../../src/inputs/findings.ts';
import {
  CLIENT_ID,
  CLIENT_SECRET,
  PRIVATE_KEY,
  PUBLIC_KEY,
  problemsIn,
  read,
  refuses,
  type Spoilt,
  step,
} from './workflow.ts';

const OTHER_SECRET = '0a1b2c3d-4f89-41d3-9a0c-0305e82c3302';
const COMBINED = `${PUBLIC_KEY}:${PRIVATE_KEY}`;
const NOBODY = { atlasPublicKey: '', atlasPrivateKey: '' };
const KEY = { kind: 'apiKey', publicKey: PUBLIC_KEY, privateKey: PRIVATE_KEY };
const ACCOUNT = { kind: 'serviceAccount', clientId: CLIENT_ID, clientSecret: CLIENT_SECRET };
const BOTH =
  'Both a service account (`atlasClientId`) and an API key (`atlasPublicKey`) are given: the service account is used.';

const CLI_KEY = {
  MONGODB_ATLAS_PUBLIC_API_KEY: 'clikeyab',
  MONGODB_ATLAS_PRIVATE_API_KEY: OTHER_SECRET,
};
const TERRAFORM_KEY = { MONGODB_ATLAS_PUBLIC_KEY: 'tfkeyabc', MONGODB_ATLAS_PRIVATE_KEY: OTHER_SECRET };
const ENV_ACCOUNT = { MONGODB_ATLAS_CLIENT_ID: CLIENT_ID, MONGODB_ATLAS_CLIENT_SECRET: CLIENT_SECRET };

describe('the caller', () => {
  const GIVEN = { atlasClientId: CLIENT_ID, atlasClientSecret: CLIENT_SECRET };
  const tf = { kind: 'apiKey', publicKey: 'tfkeyabc', privateKey: OTHER_SECRET };
  const cli = { ...tf, publicKey: 'clikeyab' };
  test.each<[string, Spoilt, Environment, object, string[]]>(
    // biome-ignore format: a table, one row a line
    [
      ['the API key of the inputs', {}, {}, KEY, []],
      ['the service account of the inputs', { ...NOBODY, ...GIVEN }, {}, ACCOUNT, []],
      ['the service account of two complete pairs, with a notice', GIVEN, {}, ACCOUNT, [BOTH]],
      ["the environment's, under the CLI's names", NOBODY, CLI_KEY, cli, []],
      ["the environment's, under the Terraform provider's names", NOBODY, TERRAFORM_KEY, tf, []],
      ["the CLI's before the provider's", NOBODY, { ...TERRAFORM_KEY, ...CLI_KEY }, cli, []],
      ['a complete pair before half of another', NOBODY, { ...TERRAFORM_KEY, MONGODB_ATLAS_PUBLIC_API_KEY: 'clikeyab' }, tf, []],
      ['a complete key before half an account', NOBODY, { ...TERRAFORM_KEY, MONGODB_ATLAS_CLIENT_ID: CLIENT_ID }, tf, []],
      ["the environment's service account when both are complete, with a notice", NOBODY, { ...CLI_KEY, ...ENV_ACCOUNT }, ACCOUNT, ['Both a service account (`MONGODB_ATLAS_CLIENT_ID`) and an API key (`MONGODB_ATLAS_PUBLIC_API_KEY`) are given: the service account is used.']],
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
    `\`${secret}\` holds both halves, as \`combinedSecret\` stores them: give what stands before the colon as \`${id}\`, and only what stands after it as \`${secret}\`.`;
  const odd = (name: string) =>
    `\`${name}\` holds a blank, a line break, a \`*\` or another character that cannot be part of it: store the value again, as Atlas showed it once, and without anything around it.`;
  const [PUBLIC, PRIVATE] = ['a public key (8 letters)', 'a private key (a UUID)'];
  const [ID, SECRET] = ['a client id (`mdb_sa_id_…`)', 'a client secret (`mdb_sa_sk_…`)'];
  const misplaced = (name: string, takes: string, holds: string, belongs: string) =>
    `\`${name}\` takes ${takes}, but holds ${holds}: give that as \`${belongs}\`.`;
  const key = (atlasPublicKey: string, atlasPrivateKey: string) => ({ atlasPublicKey, atlasPrivateKey });
  const account = (atlasClientId: string, atlasClientSecret: string) => ({
    ...NOBODY,
    atlasClientId,
    atlasClientSecret,
  });
  refuses(
    // biome-ignore format: a table, one row a line
    [
      [NOBODY, [MISSING]],
      [key(PUBLIC_KEY, ''), [half('atlasPublicKey', 'atlasPrivateKey')]],
      [key('', PRIVATE_KEY), [half('atlasPrivateKey', 'atlasPublicKey')]],
      [account(CLIENT_ID, ''), [half('atlasClientId', 'atlasClientSecret')]],
      [NOBODY, [half('MONGODB_ATLAS_PUBLIC_KEY', 'MONGODB_ATLAS_PRIVATE_KEY')], { MONGODB_ATLAS_PUBLIC_KEY: PUBLIC_KEY }],
      // Half of the inputs is not completed, nor replaced, by the environment.
      [{ atlasPrivateKey: '' }, [half('atlasPublicKey', 'atlasPrivateKey')], CLI_KEY],
      // Nor does a complete pair excuse half of the other: which one was meant?
      [{ atlasClientSecret: CLIENT_SECRET }, [half('atlasClientSecret', 'atlasClientId')]],
      [key(CLIENT_ID, CLIENT_SECRET), [misplaced('atlasPublicKey', PUBLIC, ID, 'atlasClientId'), misplaced('atlasPrivateKey', PRIVATE, SECRET, 'atlasClientSecret')]],
      [key(PUBLIC_KEY, CLIENT_SECRET), [misplaced('atlasPrivateKey', PRIVATE, SECRET, 'atlasClientSecret')]],
      [key(PRIVATE_KEY, PUBLIC_KEY), [misplaced('atlasPublicKey', PUBLIC, PRIVATE, 'atlasPrivateKey'), misplaced('atlasPrivateKey', PRIVATE, PUBLIC, 'atlasPublicKey')]],
      [key(PUBLIC_KEY, 'abcdefgh'), [misplaced('atlasPrivateKey', PRIVATE, PUBLIC, 'atlasPublicKey')]],
      [key(PRIVATE_KEY.toUpperCase(), PRIVATE_KEY), [misplaced('atlasPublicKey', PUBLIC, PRIVATE, 'atlasPrivateKey')]],
      [account(PUBLIC_KEY, CLIENT_SECRET), [misplaced('atlasClientId', ID, PUBLIC, 'atlasPublicKey')]],
      [account(CLIENT_ID, PRIVATE_KEY), [misplaced('atlasClientSecret', SECRET, PRIVATE, 'atlasPrivateKey')]],
      [account(CLIENT_SECRET, CLIENT_ID), [misplaced('atlasClientId', ID, SECRET, 'atlasClientSecret'), misplaced('atlasClientSecret', SECRET, ID, 'atlasClientId')]],
      [NOBODY, [misplaced('MONGODB_ATLAS_PUBLIC_KEY', PUBLIC, ID, 'atlasClientId')], { MONGODB_ATLAS_PUBLIC_KEY: CLIENT_ID, MONGODB_ATLAS_PRIVATE_KEY: PRIVATE_KEY }],
      [key(PUBLIC_KEY, '********-****-****-9a0c-0305e82c3301'), [odd('atlasPrivateKey')]],
      [key(PUBLIC_KEY, `${PRIVATE_KEY}\n${PRIVATE_KEY}`), [odd('atlasPrivateKey')]],
      [key('abcd:xyz', PRIVATE_KEY), [odd('atlasPublicKey')]],
      [key('a"\r\nb', PRIVATE_KEY), [odd('atlasPublicKey')]],
      [account(CLIENT_ID, `"${CLIENT_SECRET} "`), [odd('atlasClientSecret')]],
      [key(PUBLIC_KEY, COMBINED), [both('atlasPublicKey', 'atlasPrivateKey')]],
      [key('', COMBINED), [both('atlasPublicKey', 'atlasPrivateKey')]],
      [account(CLIENT_ID, `${CLIENT_ID}:${CLIENT_SECRET}`), [both('atlasClientId', 'atlasClientSecret')]],
      [NOBODY, [both('MONGODB_ATLAS_PUBLIC_KEY', 'MONGODB_ATLAS_PRIVATE_KEY')], { MONGODB_ATLAS_PRIVATE_KEY: COMBINED }],
    ],
  );
});

describe('secrets that are empty', () => {
  const FORK =
    ' If this pull request comes from a fork: GitHub gives no secrets to those, so skip this step for them (`if: github.event.pull_request.head.repo.full_name == github.repository`).';
  const DEPENDABOT =
    ' Dependabot started this run, and its runs get Dependabot secrets instead of Actions secrets: store them under Settings, Secrets and variables, Dependabot, too, or skip this step for it.';
  const STORE =
    '`githubToken` is empty, and secrets are to be stored (`combinedSecret`): give a token that may write secrets (`GITHUB_TOKEN` may not).';

  test.each<[Environment, string]>([
    [{}, ''],
    [{ GITHUB_EVENT_NAME: 'push' }, ''],
    [{ GITHUB_EVENT_NAME: 'pull_request' }, FORK],
    [{ GITHUB_EVENT_NAME: 'pull_request_review' }, FORK],
    // It runs in the base repository, whose secrets it gets.
    [{ GITHUB_EVENT_NAME: 'pull_request_target' }, ''],
    [{ GITHUB_EVENT_NAME: 'push', GITHUB_ACTOR: 'dependabot[bot]' }, DEPENDABOT],
    [{ GITHUB_TRIGGERING_ACTOR: 'dependabot[bot]' }, DEPENDABOT],
  ])('are explained where that is known: %j', (variables, hint) => {
    expect(problemsIn(step(NOBODY, variables))).toEqual([`${MISSING}${hint}`]);
    const some = step({ atlasPrivateKey: '', combinedSecret: 'ATLAS_KEY' }, variables);
    expect(problemsIn(some)).toEqual([
      `${half('atlasPublicKey', 'atlasPrivateKey')}${hint}`,
      `${STORE}${hint}`,
    ]);
  });
});
