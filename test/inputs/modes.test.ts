import { describe, expect, test } from 'vitest';
import type { Environment } from '../../src/inputs/findings.ts';
import {
  CLIENT_ID,
  CLIENT_SECRET,
  KEY_ID,
  PRIVATE_KEY,
  PROJECT,
  PUBLIC_KEY,
  problemsIn,
  type Refusal,
  read,
  refuses,
  type Spoilt,
  step,
} from './workflow.ts';

const MINUTE = 60_000;
const MAKING = ['ensure', 'ephemeral', 'rotate'];
const NOBODY = { atlasPublicKey: '', atlasPrivateKey: '' };
const KEY_VARIABLES = {
  MONGODB_ATLAS_PUBLIC_API_KEY: PUBLIC_KEY,
  MONGODB_ATLAS_PRIVATE_API_KEY: PRIVATE_KEY,
};
const ACCOUNT_VARIABLES = { MONGODB_ATLAS_CLIENT_ID: CLIENT_ID, MONGODB_ATLAS_CLIENT_SECRET: CLIENT_SECRET };
const HANDOVER = { verify: true, accessList: [], exportEnv: false };

const COMMON = { groupIds: [PROJECT], dryRun: false };
const MADE = { ...COMMON, desc: 'deploy', roles: ['GROUP_READ_ONLY'], handover: HANDOVER };
const ENSURE = { ...COMMON, mode: 'ensure', roles: MADE.roles, handover: HANDOVER };
const BY_DESC = { key: { by: 'desc', desc: 'deploy' } };
const BY_ID = { key: { by: 'apiUserId', apiUserId: KEY_ID } };
const ROTATE = { ...MADE, mode: 'rotate', rotateAfter: 0, keepPrevious: 1, commit: 'job' };
const SWEEP = { ...COMMON, mode: 'sweep', ttl: 1440 * MINUTE };

test.each<[Spoilt, object]>(
  // biome-ignore format: a table, one row a line
  [
    [{}, { ...ENSURE, ...BY_DESC }],
    [{ desc: '', apiUserId: KEY_ID, verify: 'false', exportEnv: 'True', dryRun: 'TRUE', knownPrivateKey: PRIVATE_KEY }, { ...ENSURE, ...BY_ID, dryRun: true, handover: { verify: false, accessList: [], exportEnv: true }, knownSecret: PRIVATE_KEY }],
    [{ mode: 'ephemeral', ttl: '90m', onRevokeFailure: 'fail' }, { ...MADE, mode: 'ephemeral', ttl: 90 * MINUTE, onRevokeFailure: 'fail' }],
    [{ mode: 'rotate' }, ROTATE],
    [{ mode: 'rotate', rotateAfter: '7d', keepPrevious: '0', commit: 'step', knownPrivateKey: PRIVATE_KEY }, { ...ROTATE, rotateAfter: 7 * 1440 * MINUTE, keepPrevious: 0, commit: 'step', knownSecret: PRIVATE_KEY }],
    [{ mode: 'revoke', roles: '' }, { ...COMMON, mode: 'revoke', ...BY_DESC }],
    [{ mode: 'revoke', roles: '', desc: '', apiUserId: KEY_ID }, { ...COMMON, mode: 'revoke', ...BY_ID }],
    [{ mode: 'sweep', roles: '' }, { ...SWEEP, desc: 'deploy' }],
    [{ mode: 'sweep', roles: '', desc: '' }, SWEEP],
  ],
)('the request of %j', (inputs, request) => {
  const { request: found, warnings, notices } = read(inputs);
  expect(found).toEqual(request);
  expect([...warnings, ...notices]).toEqual([]);
});

describe('a mode', () => {
  const oneOfThem = [
    '`desc` and `apiUserId` may mean different keys: give mode `revoke` one of them, `apiUserId` to delete that key, or `desc` to delete all keys of that text.',
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
    ],
  );
});

describe('exportEnv', () => {
  const OWN =
    "`exportEnv` would overwrite the variables that hold the caller's own credentials, which the post step still needs: give the caller as inputs.";
  const NO_EFFECT =
    '`exportEnv` would have no effect: the Terraform provider and the Atlas CLI use the service account in `MONGODB_ATLAS_CLIENT_ID` and `MONGODB_ATLAS_CLIENT_SECRET` before any API key, so later steps would run as that account; take it out of the environment, and give the caller as `atlasClientId` and `atlasClientSecret`.';
  const AS_ACCOUNT = { ...NOBODY, atlasClientId: CLIENT_ID, atlasClientSecret: CLIENT_SECRET };
  const account = { credential: 'serviceAccount' };
  const BOTH = { ...KEY_VARIABLES, ...ACCOUNT_VARIABLES };

  describe.each(MAKING)('in mode %s', (mode) => {
    test.each<[Spoilt, Environment, string[]]>([
      [NOBODY, KEY_VARIABLES, [OWN]],
      [NOBODY, ACCOUNT_VARIABLES, [NO_EFFECT]],
      [NOBODY, BOTH, [NO_EFFECT]],
      // Whoever the caller is.
      [{}, ACCOUNT_VARIABLES, [NO_EFFECT]],
      // Another caller's variables may be overwritten.
      [{}, KEY_VARIABLES, []],
      [AS_ACCOUNT, {}, []],
      [{ ...account, ...NOBODY }, ACCOUNT_VARIABLES, [OWN]],
      // The service account comes first in the Terraform provider and in the Atlas CLI.
      [{ ...account, ...NOBODY }, KEY_VARIABLES, []],
      [account, BOTH, []],
      [{ ...account, ...AS_ACCOUNT }, {}, []],
    ])('of %j beside %j', (inputs, variables, problems) => {
      expect(problemsIn(step({ ...inputs, mode, exportEnv: 'true' }, variables))).toEqual(problems);
      expect(problemsIn(step({ ...inputs, mode, exportEnv: 'false' }, variables))).toEqual([]);
    });

    test.each(['apiKey', 'serviceAccount'])(
      'warns of a token that Terraform would use instead: %s',
      (credential) => {
        const token = { MONGODB_ATLAS_ACCESS_TOKEN: 'a-token-of-an-hour' };
        expect(read({ mode, credential, exportEnv: 'true' }, token).warnings).toEqual([
          '`exportEnv` sets credentials, but the Terraform provider uses the token in `MONGODB_ATLAS_ACCESS_TOKEN` before any others, so later steps that run it act as the owner of that token: take it out of the environment.',
        ]);
        expect(read({ mode, credential }, token).warnings).toEqual([]);
      },
    );
  });

  test.each(['sweep', 'revoke'])('is no matter where nothing is made: %s', (mode) => {
    expect(problemsIn(step({ ...NOBODY, mode, exportEnv: 'true' }, BOTH))).toEqual([]);
  });
});

test.each<[Spoilt, string[], string[]]>(
  // biome-ignore format: a table, one row a line
  [
    [{ mode: 'ensure', ttl: '1h' }, ['`ttl` is ignored in mode `ensure`: it is for mode `ephemeral` and `sweep`.'], []],
    [{ mode: 'ensure', commit: 'step' }, ['`commit` is ignored in mode `ensure`: it is for mode `rotate`.'], []],
    [{ mode: 'sweep' }, ['`roles` is ignored in mode `sweep`: it is for mode `ensure`, `ephemeral` and `rotate`.'], []],
    [{ mode: 'revoke', roles: '', accessList: 'current', knownPrivateKey: PRIVATE_KEY }, ['`accessList` is ignored in mode `revoke`: it is for mode `ensure`, `ephemeral` and `rotate`.', '`knownPrivateKey` is ignored in mode `revoke`: it is for mode `ensure` and `rotate`.'], []],
    // As they arrive when nobody writes them.
    [{ mode: 'ensure', ttl: '24h', keepPrevious: '1', commit: 'job', onRevokeFailure: 'warn' }, [], []],
    [{ desc: '', apiUserId: KEY_ID, accessList: 'current', githubToken: 't', combinedSecret: 'KEY' }, ['With `apiUserId` no key is made, and only a newly made one gets an access list and is stored: leave out `accessList`, `githubToken` and `combinedSecret`.'], []],
    [{ apiUserId: KEY_ID }, [], ['`desc` and `apiUserId` are both given: the key is found by `apiUserId`, and its description stays as it is.']],
    ...['something', PRIVATE_KEY.toUpperCase(), CLIENT_SECRET].map((knownPrivateKey): [Spoilt, string[], string[]] => [{ knownPrivateKey }, ['`knownPrivateKey` does not have the form of a private key (a UUID in lower case) and will hardly fit: check which secret it comes from.'], []]),
  ],
)('it is told what has no effect in %j', (inputs, warnings, notices) => {
  expect(read(inputs)).toMatchObject({ warnings, notices });
});
