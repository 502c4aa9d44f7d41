import { describe, expect, test } from 'vitest';
import type { Environment } from '../../src/inputs/findings.ts';
import {
  CLIENT_ID,
  CLIENT_SECRET,
  KEY_ID,
  OTHER_PROJECT,
  PRIVATE_KEY,
  PROJECT,
  PUBLIC_KEY,
  type Refusal,
  read,
  refuses,
  type Spoilt,
} from './workflow.ts';

const MINUTE = 60_000;
const MAKING = ['ensure', 'ephemeral', 'rotate'];
const ACCOUNT = { credential: 'serviceAccount' };
const STORE = { githubToken: 'ghs_0123456789abcdefghij' };

const ofAccount = <Row extends [Spoilt, ...unknown[]]>(rows: Row[]): Row[] =>
  rows.map((row) => row.with(0, { ...ACCOUNT, ...row[0] }) as Row);

describe('the request', () => {
  const HANDOVER = { verify: true, accessList: [], exportEnv: false };
  const MADE = { roles: ['GROUP_READ_ONLY'], handover: HANDOVER };
  const COMMON = { groupIds: [PROJECT], dryRun: false };
  const ENSURE = { ...COMMON, ...MADE, mode: 'ensure' };
  const BY_DESC = { key: { by: 'desc', desc: 'deploy' } };
  const BY_ID = { key: { by: 'apiUserId', apiUserId: KEY_ID } };
  const EPHEMERAL = { ...COMMON, ...MADE, mode: 'ephemeral', desc: 'deploy', onRevokeFailure: 'warn' };
  const SCHEDULE = { rotateAfter: 0, keepPrevious: 1, commit: 'job' };
  const ROTATE = { ...COMMON, ...MADE, mode: 'rotate', desc: 'deploy', ...SCHEDULE };
  const SWEEP = { ...COMMON, mode: 'sweep', ttl: 1440 * MINUTE };

  const OF_ACCOUNT = { ...COMMON, ...ACCOUNT, desc: 'deploy' };
  const ACCOUNT_ENSURE = { ...ENSURE, ...OF_ACCOUNT, hours: 2160 };
  const ACCOUNT_EPHEMERAL = { ...EPHEMERAL, ...OF_ACCOUNT, hours: 8 };
  const ACCOUNT_ROTATE = { ...ROTATE, ...OF_ACCOUNT, hours: 2160 };
  const places = [{ in: 'repository', kind: 'actions', repository: 'acme/shop' }];
  const stored = (names: object) => ({ ...STORE, apiUrl: 'https://api.github.com', places, names });

  test.each<[Spoilt, object]>(
    // biome-ignore format: a table, one row a line
    [
      [{}, { ...ENSURE, ...BY_DESC }],
      [{ desc: '', apiUserId: KEY_ID, verify: 'false', exportEnv: 'True', dryRun: 'TRUE', knownPrivateKey: PRIVATE_KEY }, { ...ENSURE, ...BY_ID, dryRun: true, handover: { verify: false, accessList: [], exportEnv: true }, knownSecret: PRIVATE_KEY }],
      [{ mode: 'ephemeral', ttl: '90m', onRevokeFailure: 'fail' }, { ...EPHEMERAL, ttl: 90 * MINUTE, onRevokeFailure: 'fail' }],
      [{ mode: 'rotate' }, ROTATE],
      [{ mode: 'rotate', rotateAfter: '7d', keepPrevious: '0', commit: 'step', knownPrivateKey: PRIVATE_KEY }, { ...ROTATE, rotateAfter: 7 * 1440 * MINUTE, keepPrevious: 0, commit: 'step', knownSecret: PRIVATE_KEY }],
      [{ mode: 'revoke', roles: '' }, { ...COMMON, mode: 'revoke', ...BY_DESC }],
      [{ mode: 'revoke', roles: '', desc: '', apiUserId: KEY_ID }, { ...COMMON, mode: 'revoke', ...BY_ID }],
      [{ mode: 'sweep', roles: '' }, { ...SWEEP, desc: 'deploy' }],
      [{ mode: 'sweep', roles: '', desc: '' }, SWEEP],
      ...ofAccount<[Spoilt, object]>([
        [{ mode: 'ensure' }, ACCOUNT_ENSURE],
        [{ mode: 'ephemeral' }, ACCOUNT_EPHEMERAL],
        [{ mode: 'rotate' }, ACCOUNT_ROTATE],
        [{ mode: 'revoke', roles: '' }, { ...OF_ACCOUNT, mode: 'revoke' }],
        [{ desc: "Ünï 1-_.,'", dryRun: 'true' }, { ...ACCOUNT_ENSURE, desc: "Ünï 1-_.,'", dryRun: true }],
        [{ secretExpiresAfter: '365d' }, { ...ACCOUNT_ENSURE, hours: 8760 }],
        [{ mode: 'ephemeral', secretExpiresAfter: '480m' }, ACCOUNT_EPHEMERAL],
        [{ mode: 'ephemeral', secretExpiresAfter: '7d' }, { ...ACCOUNT_EPHEMERAL, hours: 168 }],
        [{ mode: 'rotate', secretExpiresAfter: '8h' }, { ...ACCOUNT_ROTATE, hours: 8 }],
        [{ mode: 'rotate', rotateAfter: '30d', keepPrevious: '0', commit: 'step' }, { ...ACCOUNT_ROTATE, rotateAfter: 30 * 1440 * MINUTE, keepPrevious: 0, commit: 'step' }],
        [{ mode: 'rotate', verify: 'false', accessList: '203.0.113.7', exportEnv: 'true' }, { ...ACCOUNT_ROTATE, handover: { verify: false, accessList: [{ ipAddress: '203.0.113.7' }], exportEnv: true } }],
        [{ knownPrivateKey: CLIENT_SECRET }, { ...ACCOUNT_ENSURE, knownSecret: CLIENT_SECRET }],
        [{ mode: 'rotate', knownPrivateKey: `${CLIENT_ID}:${CLIENT_SECRET}` }, { ...ACCOUNT_ROTATE, knownId: CLIENT_ID, knownSecret: CLIENT_SECRET }],
        [{ ...STORE, combinedSecret: 'ATLAS' }, { ...ACCOUNT_ENSURE, handover: { ...HANDOVER, store: stored({ form: 'combined', secret: 'ATLAS' }) } }],
        [{ ...STORE, mode: 'rotate', secretName: 'ATLAS' }, { ...ACCOUNT_ROTATE, handover: { ...HANDOVER, store: stored({ form: 'secret', secret: 'ATLAS' }) } }],
      ]),
    ],
  )('of %j', (inputs, request) => {
    const { request: found, warnings, notices } = read(inputs);
    expect(found).toEqual(request);
    expect([...warnings, ...notices]).toEqual([]);
  });

  test('names the key by its id where both are given', () => {
    expect(read({ apiUserId: KEY_ID }).request).toMatchObject(BY_ID);
  });
});

describe('a step', () => {
  const oneOfThem = [
    'Mode `revoke` needs one of `desc` and `apiUserId`, and only one, since they may mean different keys: give `apiUserId` to delete that key, or `desc` to delete all keys of that text.',
  ];
  const notStored = ['githubToken', 'combinedSecret'].map(
    (name) =>
      `Mode \`ephemeral\` does not take \`${name}\`: what it makes dies with the job, and the stored secret would be dead; leave that out, or use mode \`rotate\`.`,
  );
  refuses(
    // biome-ignore format: a table, one row a line
    [
      ...MAKING.map((mode): Refusal => [{ mode, roles: ' , ' }, [`\`roles\` is missing: mode \`${mode}\` needs the project roles to give, such as \`GROUP_READ_ONLY\`, one a line or separated by commas.`]]),
      [{ mode: 'ensure', desc: '  ' }, ['`desc` is missing: mode `ensure` finds the key by it, or makes one of that name; give 1 to 250 characters, or `apiUserId` for a key that exists.']],
      ...['ephemeral', 'rotate'].map((mode): Refusal => [{ mode, desc: '  ' }, [`\`desc\` is missing: mode \`${mode}\` finds and names its keys by it; give 1 to 250 characters.`]]),
      [{ mode: 'revoke', roles: '', desc: '' }, oneOfThem],
      [{ mode: 'revoke', roles: '', apiUserId: KEY_ID }, oneOfThem],
      [{ mode: 'ephemeral', apiUserId: KEY_ID }, ['Mode `ephemeral` does not take `apiUserId`: it makes a new key in every run; use mode `ensure` or `revoke` for a certain one.']],
      [{ mode: 'rotate', apiUserId: KEY_ID }, ['Mode `rotate` does not take `apiUserId`: it finds its keys by `desc`, since their ids change; leave `apiUserId` out.']],
      [{ mode: 'sweep', apiUserId: KEY_ID }, ['Mode `sweep` does not take `apiUserId`: it deletes what is left over; use mode `revoke` for a certain key.']],
      [{ mode: 'ephemeral', knownPrivateKey: PRIVATE_KEY }, ['Mode `ephemeral` does not take `knownPrivateKey`: it makes a new secret in every run; leave that out, or use mode `ensure`.']],
      [{ mode: 'ephemeral', githubToken: 'token', combinedSecret: 'ATLAS_KEY' }, notStored],
      [{ knownPrivateKey: '********-****-****-9a0c-0305e82c3301' }, ['`knownPrivateKey` is redacted (it holds `*`): give the private key (a UUID in lower case) as the output `privateKey` had it when it was made.']],
      [{ secretExpiresAfter: '24h' }, ['`credential: apiKey` does not take `secretExpiresAfter`: Atlas never ends an API key by itself; leave that out, or use `credential: serviceAccount`.']],
      [{ ...STORE, secretName: 'ATLAS' }, ['`credential: apiKey` does not take `secretName`: a new key has a new public key, too; give `combinedSecret`, or `publicKeySecret` and `privateKeySecret`.']],
    ],
  );
});

describe('a service account', () => {
  const RANGE = 'but must be from 8h to 365d: Atlas makes no secret that lives shorter or longer.';
  const WEEK =
    'but must be from 8h to 7d: in mode `ephemeral` another run may make a secret of the same service account, and Atlas then ends this one within seven days.';
  const MISSING = '`desc` is missing: it is the name of the service account; give 1 to 64 characters.';
  const NAMES = (given: string) =>
    `A client secret is stored either as \`combinedSecret\` or as \`secretName\`, but this step gives ${given}: choose one of the two, and give all that it takes.`;
  const PAIR = (name: string) =>
    `\`credential: serviceAccount\` does not take \`${name}\`: the client id stays the same; give \`secretName\` for the client secret alone, or \`combinedSecret\` for both.`;

  refuses(
    // biome-ignore format: a table, one row a line
    ofAccount([
      [{ mode: 'sweep', roles: '' }, ['Mode `sweep` does not take `credential`: Atlas ends the secrets of service accounts by itself, so nothing is left over; use mode `revoke` to end them at once.']],
      ...['atlas/v1.0', 'public/v1.0'].map((api): Refusal => [{ api }, ['`credential: serviceAccount` does not take `api`: only `atlas/v2` has service accounts; leave that out, or use `credential: apiKey`.']]),
      [{ groupId: `${PROJECT}, ${OTHER_PROJECT}` }, ['`groupId` names 2 projects, but a Project Owner may no longer delete the secrets of a service account that is in a second one: give each project a step of its own.']],
      [{ groupId: '' }, ['`groupId` is missing: give the id of the project, 24 hex digits in its address in Atlas (…/v2/<id>), or set `MONGODB_ATLAS_PROJECT_ID`.']],
      ...['ensure', 'ephemeral', 'rotate', 'revoke'].map((mode): Refusal => [{ mode, desc: ' ' }, [MISSING]]),
      [{ desc: 'x'.repeat(65) }, ['`desc` has 65 characters (an emoji counts as two), but Atlas takes at most 64 here: shorten it.']],
      ...['a/b', 'deploy [x]', 'a:b', 'a\tb', 'a@b', '😀'].map((desc): Refusal => [{ desc }, [`\`desc\` is "${desc.replace('\t', ' ')}", but the name of a service account holds letters, digits, blanks and \`-_.,'\` alone: write it with these.`]]),
      [{ desc: `x ${PRIVATE_KEY}` }, ['`desc` holds one of the secrets given to this step, and Atlas shows it to everybody in the organisation: choose another text.']],
      [{ secretExpiresAfter: '7h' }, [`\`secretExpiresAfter\` is "7h", ${RANGE}`]],
      [{ secretExpiresAfter: '366d' }, [`\`secretExpiresAfter\` is "366d", ${RANGE}`]],
      [{ mode: 'ephemeral', secretExpiresAfter: '7h' }, [`\`secretExpiresAfter\` is "7h", ${WEEK}`]],
      [{ mode: 'ephemeral', secretExpiresAfter: '8d' }, [`\`secretExpiresAfter\` is "8d", ${WEEK}`]],
      [{ secretExpiresAfter: '500m' }, ['`secretExpiresAfter` is "500m", but Atlas counts whole hours: write it as hours or days.']],
      [{ secretExpiresAfter: '90' }, ['`secretExpiresAfter` is "90", which is not a duration: write a whole number and its unit, such as `120s`, `90m`, `24h` or `7d`.']],
      [{ apiUserId: KEY_ID }, ['`credential: serviceAccount` does not take `apiUserId`: it is the id of an API key; name the service account by `desc`.']],
      ...['ephemeral', 'ensure'].map((mode): Refusal => [{ mode, ttl: '1h' }, ['`credential: serviceAccount` does not take `ttl`: Atlas ends the secret of a service account by itself; say when with `secretExpiresAfter`.']]),
      [{ ...STORE, publicKeySecret: 'A', privateKeySecret: 'B' }, [PAIR('publicKeySecret'), PAIR('privateKeySecret')]],
      [{ mode: 'rotate', keepPrevious: '2' }, ['`keepPrevious` is "2": write a whole number from 0 to 1, since a service account has two secrets at most.']],
      [{ knownPrivateKey: `${CLIENT_SECRET.slice(0, 12)}******` }, ['`knownPrivateKey` is redacted (it holds `*`): give the client secret (`mdb_sa_sk_…`) as the output `clientSecret` had it when it was made.']],
      [{ mode: 'ephemeral', knownPrivateKey: CLIENT_SECRET }, ['Mode `ephemeral` does not take `knownPrivateKey`: it makes a new secret in every run; leave that out, or use mode `ensure`.']],
      [{ mode: 'ephemeral', ...STORE, secretName: 'ATLAS' }, ['githubToken', 'secretName'].map((name) => `Mode \`ephemeral\` does not take \`${name}\`: what it makes dies with the job, and the stored secret would be dead; leave that out, or use mode \`rotate\`.`)],
      [{ ...STORE, secretKinds: 'dependabot' }, [NAMES('`githubToken` and `secretKinds`')]],
      [STORE, [NAMES('`githubToken`')]],
      [{ ...STORE, combinedSecret: 'A', secretName: 'B' }, [NAMES('`githubToken`, `combinedSecret` and `secretName`')]],
      [{ secretName: 'ATLAS' }, ['`githubToken` is empty, and secrets are to be stored (`secretName`): give a token that may write secrets (`GITHUB_TOKEN` may not).']],
    ]),
  );
});

describe('exportEnv', () => {
  const NOBODY = { atlasPublicKey: '', atlasPrivateKey: '' };
  const OF_KEY = { MONGODB_ATLAS_PUBLIC_API_KEY: PUBLIC_KEY, MONGODB_ATLAS_PRIVATE_API_KEY: PRIVATE_KEY };
  const OF_ACCOUNT = { MONGODB_ATLAS_CLIENT_ID: CLIENT_ID, MONGODB_ATLAS_CLIENT_SECRET: CLIENT_SECRET };
  const OWN =
    "`exportEnv` would overwrite the variables that hold the caller's own credentials, which the post step still needs: give the caller as inputs.";
  const NO_EFFECT =
    '`exportEnv` would have no effect: the Terraform provider and the Atlas CLI use the service account in `MONGODB_ATLAS_CLIENT_ID` and `MONGODB_ATLAS_CLIENT_SECRET` before any API key, so later steps would run as that account; take it out of the environment, and give the caller as `atlasClientId` and `atlasClientSecret`.';
  const AS_ACCOUNT = { ...NOBODY, atlasClientId: CLIENT_ID, atlasClientSecret: CLIENT_SECRET };
  const BOTH = { ...OF_KEY, ...OF_ACCOUNT };

  const cases: [Spoilt, Environment, string[]][] = [
    [NOBODY, OF_KEY, [OWN]],
    [NOBODY, OF_ACCOUNT, [NO_EFFECT]],
    [NOBODY, BOTH, [NO_EFFECT]],
    // Whoever the caller is.
    [{}, OF_ACCOUNT, [NO_EFFECT]],
    // Another caller's variables may be overwritten.
    [{}, OF_KEY, []],
    [AS_ACCOUNT, {}, []],
    [{ ...ACCOUNT, ...NOBODY }, OF_ACCOUNT, [OWN]],
    // The service account comes first in the Terraform provider and in the Atlas CLI.
    [{ ...ACCOUNT, ...NOBODY }, OF_KEY, []],
    [ACCOUNT, BOTH, []],
    [{ ...ACCOUNT, ...AS_ACCOUNT }, {}, []],
  ];
  for (const [inputs, variables, problems] of cases) {
    refuses([
      ...MAKING.map((mode): Refusal => [{ ...inputs, mode, exportEnv: 'true' }, problems, variables]),
      [inputs, [], variables],
    ]);
  }
  refuses(['sweep', 'revoke'].map((mode) => [{ ...NOBODY, mode, exportEnv: 'true' }, [], BOTH]));
});

describe('without effect', () => {
  const noSecret = (form: string) => [
    `\`knownPrivateKey\` does not have the form of a ${form} and will hardly fit: check which secret it comes from.`,
  ];
  const TOKEN = [
    '`exportEnv` sets credentials, but the Terraform provider uses the token in `MONGODB_ATLAS_ACCESS_TOKEN` before any others, so later steps that run it act as the owner of that token: take it out of the environment.',
  ];
  type Told = [Spoilt, warnings: string[], notices?: string[]];
  test.each<Told>(
    // biome-ignore format: a table, one row a line
    [
      [{ mode: 'ensure', ttl: '1h' }, ['`ttl` is ignored in mode `ensure`: only `ephemeral` and `sweep` read it, so leave it out.']],
      [{ mode: 'ensure', commit: 'step' }, ['`commit` is ignored in mode `ensure`: only `rotate` reads it, so leave it out.']],
      [{ mode: 'sweep' }, ['`roles` is ignored in mode `sweep`: only `ensure`, `ephemeral` and `rotate` read it, so leave it out.']],
      [{ mode: 'revoke', roles: '', accessList: 'current', knownPrivateKey: PRIVATE_KEY }, ['`accessList` is ignored in mode `revoke`: only `ensure`, `ephemeral` and `rotate` read it, so leave it out.', '`knownPrivateKey` is ignored in mode `revoke`: only `ensure` and `rotate` read it, so leave it out.']],
      // As they arrive when nobody writes them.
      [{ mode: 'ensure', ttl: '24h', keepPrevious: '1', commit: 'job', onRevokeFailure: 'warn' }, []],
      [{ desc: '', apiUserId: KEY_ID, accessList: 'current', githubToken: 't', combinedSecret: 'KEY' }, ['With `apiUserId` no key is made, and only a newly made one gets an access list and is stored: leave out `accessList`, `githubToken` and `combinedSecret`.']],
      [{ apiUserId: KEY_ID }, [], ['`desc` and `apiUserId` are both given: the key is found by `apiUserId`, and its description stays as it is.']],
      ...['something', PRIVATE_KEY.toUpperCase(), CLIENT_SECRET].map((knownPrivateKey): Told => [{ knownPrivateKey }, noSecret('private key (a UUID in lower case)')]),
      ...['something', PRIVATE_KEY, `${PUBLIC_KEY}:${PRIVATE_KEY}`].map((knownPrivateKey): Told => [{ ...ACCOUNT, knownPrivateKey }, noSecret('client secret (`mdb_sa_sk_…`)')]),
    ],
  )('is told of in %j', (inputs, warnings, notices = []) => {
    expect(read(inputs)).toMatchObject({ warnings, notices });
  });

  test.each(MAKING)('is the export beside a token that Terraform would use instead: %s', (mode) => {
    const token = { MONGODB_ATLAS_ACCESS_TOKEN: 'a-token-of-an-hour' };
    for (const credential of ['apiKey', 'serviceAccount']) {
      expect(read({ mode, credential, exportEnv: 'true' }, token).warnings).toEqual(TOKEN);
      expect(read({ mode, credential }, token).warnings).toEqual([]);
    }
  });
});
