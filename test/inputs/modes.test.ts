import { describe, expect, test } from 'vitest';
import {
  CLIENT_ID,
  CLIENT_SECRET,
  KEY_ID,
  PRIVATE_KEY,
  PROJECT,
  PUBLIC_KEY,
  problemsIn,
  read,
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

describe('the request', () => {
  test('of ensure, with the defaults', () => {
    expect(read().request).toEqual({
      mode: 'ensure',
      groupIds: [PROJECT],
      dryRun: false,
      key: { by: 'desc', desc: 'deploy' },
      roles: ['GROUP_READ_ONLY'],
      handover: HANDOVER,
    });
  });

  test('of ensure by id, with everything', () => {
    const inputs = read({
      desc: '',
      apiUserId: KEY_ID,
      verify: 'false',
      exportEnv: 'True',
      dryRun: 'TRUE',
      knownPrivateKey: PRIVATE_KEY,
    });
    expect(inputs.request).toEqual({
      mode: 'ensure',
      groupIds: [PROJECT],
      dryRun: true,
      key: { by: 'apiUserId', apiUserId: KEY_ID },
      roles: ['GROUP_READ_ONLY'],
      handover: { verify: false, accessList: [], exportEnv: true },
      knownPrivateKey: PRIVATE_KEY,
    });
    expect([...inputs.warnings, ...inputs.notices]).toEqual([]);
  });

  test('of ephemeral', () => {
    expect(read({ mode: 'ephemeral', ttl: '90m', onRevokeFailure: 'fail' }).request).toEqual({
      mode: 'ephemeral',
      groupIds: [PROJECT],
      dryRun: false,
      desc: 'deploy',
      roles: ['GROUP_READ_ONLY'],
      handover: HANDOVER,
      ttl: 90 * MINUTE,
      onRevokeFailure: 'fail',
    });
  });

  test('of rotate', () => {
    const inputs: Spoilt = {
      mode: 'rotate',
      rotateAfter: '7d',
      keepPrevious: '0',
      commit: 'step',
      knownPrivateKey: PRIVATE_KEY,
    };
    expect(read(inputs).request).toEqual({
      mode: 'rotate',
      groupIds: [PROJECT],
      dryRun: false,
      desc: 'deploy',
      roles: ['GROUP_READ_ONLY'],
      handover: HANDOVER,
      knownPrivateKey: PRIVATE_KEY,
      rotateAfter: 7 * 1440 * MINUTE,
      keepPrevious: 0,
      commit: 'step',
    });
  });

  test('of rotate, with the defaults', () => {
    expect(read({ mode: 'rotate' }).request).toMatchObject({
      rotateAfter: 0,
      keepPrevious: 1,
      commit: 'job',
    });
  });

  test('of revoke, by description or by id', () => {
    const request = { mode: 'revoke', groupIds: [PROJECT], dryRun: false };
    expect(read({ mode: 'revoke', roles: '' }).request).toEqual({
      ...request,
      key: { by: 'desc', desc: 'deploy' },
    });
    expect(read({ mode: 'revoke', roles: '', desc: '', apiUserId: KEY_ID }).request).toEqual({
      ...request,
      key: { by: 'apiUserId', apiUserId: KEY_ID },
    });
  });

  test('of sweep, with and without a description', () => {
    const request = { mode: 'sweep', groupIds: [PROJECT], dryRun: false, ttl: 1440 * MINUTE };
    expect(read({ mode: 'sweep', roles: '' }).request).toEqual({ ...request, desc: 'deploy' });
    expect(read({ mode: 'sweep', roles: '', desc: '' }).request).toEqual(request);
  });
});

describe('a mode needs', () => {
  test('to exist', () => {
    expect(problemsIn(step({ mode: 'Ephemeral' }))).toEqual([
      '`mode` is "Ephemeral", which does not exist: choose `ensure`, `ephemeral`, `rotate`, `revoke` or `sweep`.',
    ]);
  });

  test.each(MAKING)('roles: %s', (mode) => {
    expect(problemsIn(step({ mode, roles: ' , ' }))).toEqual([
      `\`roles\` is missing: mode \`${mode}\` needs the project roles to give, such as \`GROUP_READ_ONLY\`, one a line or separated by commas.`,
    ]);
  });

  test.each([
    [
      'ensure',
      '`desc` is missing: mode `ensure` finds the key by it, or makes one of that name; give 1 to 250 characters, or `apiUserId` for a key that exists.',
    ],
    [
      'ephemeral',
      '`desc` is missing: mode `ephemeral` finds and names its keys by it; give 1 to 250 characters.',
    ],
    ['rotate', '`desc` is missing: mode `rotate` finds and names its keys by it; give 1 to 250 characters.'],
  ])('a description: %s', (mode, problem) => {
    expect(problemsIn(step({ mode, desc: '  ' }))).toEqual([problem]);
  });

  test('to know which key to revoke', () => {
    expect(problemsIn(step({ mode: 'revoke', roles: '', desc: '' }))).toEqual([
      '`desc` and `apiUserId` are missing: mode `revoke` deletes the key with this `apiUserId`, or all keys of this `desc`; give one of them.',
    ]);
    expect(problemsIn(step({ mode: 'revoke', roles: '', apiUserId: KEY_ID }))).toEqual([
      '`desc` and `apiUserId` are both given, and they may mean different keys: give `apiUserId` to revoke one key, or `desc` to revoke all of that name.',
    ]);
  });
});

describe('a mode refuses', () => {
  test.each([
    [
      'ephemeral',
      'Mode `ephemeral` does not take `apiUserId`: it makes a new one in every run; leave that out, or use mode `ensure` or `revoke`.',
    ],
    [
      'rotate',
      'Mode `rotate` does not take `apiUserId`: it finds its keys by `desc`, since their ids change; leave that out, or use mode `ensure` or `revoke`.',
    ],
    [
      'sweep',
      'Mode `sweep` does not take `apiUserId`: it deletes what is left over, not a certain key; leave that out, or use mode `ensure` or `revoke`.',
    ],
  ])('an id: %s', (mode, problem) => {
    expect(problemsIn(step({ mode, apiUserId: KEY_ID }))).toEqual([problem]);
  });

  test('a known secret, where every key is new', () => {
    expect(problemsIn(step({ mode: 'ephemeral', knownPrivateKey: PRIVATE_KEY }))).toEqual([
      'Mode `ephemeral` does not take `knownPrivateKey`: it makes a new one in every run; leave that out, or use mode `ensure`.',
    ]);
  });

  test('to store a key that dies with the job', () => {
    expect(
      problemsIn(step({ mode: 'ephemeral', githubToken: 'token', combinedSecret: 'ATLAS_KEY' })),
    ).toEqual([
      'Mode `ephemeral` does not take `githubToken` and `combinedSecret`: what it makes dies with the job, and the stored secret would be dead; leave that out, or use mode `rotate`.',
    ]);
  });

  test('to overwrite the variables that its caller comes from', () => {
    for (const mode of MAKING) {
      expect(problemsIn(step({ ...NOBODY, mode, exportEnv: 'true' }, KEY_VARIABLES))).toEqual([
        "`exportEnv` would overwrite the variables that hold the caller's own key, which the post step still needs: give the caller's key as `atlasPublicKey` and `atlasPrivateKey`.",
      ]);
    }
    // Another caller's variables may be overwritten; and none is where no key is made.
    expect(problemsIn(step({ exportEnv: 'true' }, KEY_VARIABLES))).toEqual([]);
    expect(problemsIn(step({ ...NOBODY, mode: 'sweep', exportEnv: 'true' }, KEY_VARIABLES))).toEqual([]);
  });

  test('to export a key beside a service account that later steps would use instead', () => {
    const refusal =
      '`exportEnv` would have no effect: the Terraform provider and the Atlas CLI use the service account in `MONGODB_ATLAS_CLIENT_ID` and `MONGODB_ATLAS_CLIENT_SECRET` before any API key, so later steps would run as that account; take it out of the environment, and give the caller as `atlasClientId` and `atlasClientSecret`.';
    for (const mode of MAKING) {
      expect(problemsIn(step({ ...NOBODY, mode, exportEnv: 'true' }, ACCOUNT_VARIABLES))).toEqual([refusal]);
      // Whoever the caller is.
      expect(problemsIn(step({ mode, exportEnv: 'true' }, ACCOUNT_VARIABLES))).toEqual([refusal]);
    }
    const both = { ...KEY_VARIABLES, ...ACCOUNT_VARIABLES };
    expect(problemsIn(step({ ...NOBODY, exportEnv: 'true' }, both))).toEqual([refusal]);
    expect(problemsIn(step({ ...NOBODY, exportEnv: 'false' }, ACCOUNT_VARIABLES))).toEqual([]);
    expect(problemsIn(step({ ...NOBODY, mode: 'sweep', exportEnv: 'true' }, ACCOUNT_VARIABLES))).toEqual([]);
  });

  test('no key for export beside a service account that is given as inputs', () => {
    const inputs = { ...NOBODY, atlasClientId: CLIENT_ID, atlasClientSecret: CLIENT_SECRET };
    expect(problemsIn(step({ ...inputs, exportEnv: 'true' }))).toEqual([]);
  });
});

test('exportEnv warns of a token that Terraform would use instead of the key', () => {
  const token = { MONGODB_ATLAS_ACCESS_TOKEN: 'a-token-of-an-hour' };
  for (const mode of MAKING) {
    expect(read({ mode, exportEnv: 'true' }, token).warnings).toEqual([
      '`exportEnv` sets credentials, but the Terraform provider uses the token in `MONGODB_ATLAS_ACCESS_TOKEN` before any others, so later steps that run it act as the owner of that token: take it out of the environment.',
    ]);
  }
  expect(read({}, token).warnings).toEqual([]);
});

describe('a mode says what it ignores', () => {
  test.each<[Spoilt, string[]]>([
    [
      { mode: 'ensure', ttl: '1h' },
      ['`ttl` is ignored in mode `ensure`: it is for mode `ephemeral` and `sweep`.'],
    ],
    [{ mode: 'ensure', commit: 'step' }, ['`commit` is ignored in mode `ensure`: it is for mode `rotate`.']],
    [
      { mode: 'sweep' },
      ['`roles` is ignored in mode `sweep`: it is for mode `ensure`, `ephemeral` and `rotate`.'],
    ],
    [
      { mode: 'revoke', roles: '', accessList: 'current', knownPrivateKey: PRIVATE_KEY },
      [
        '`accessList` is ignored in mode `revoke`: it is for mode `ensure`, `ephemeral` and `rotate`.',
        '`knownPrivateKey` is ignored in mode `revoke`: it is for mode `ensure` and `rotate`.',
      ],
    ],
    // As they arrive when nobody writes them.
    [{ mode: 'ensure', ttl: '24h', keepPrevious: '1', commit: 'job', onRevokeFailure: 'warn' }, []],
  ])('%j', (inputs, warnings) => {
    expect(read(inputs).warnings).toEqual(warnings);
  });

  test('ensure by id ignores what is for new keys', () => {
    const { warnings } = read({
      desc: '',
      apiUserId: KEY_ID,
      accessList: 'current',
      githubToken: 't',
      combinedSecret: 'KEY',
    });
    expect(warnings).toEqual([
      '`accessList` and `githubToken` have no effect: with `apiUserId` no key is made, and only a newly made one gets an access list and is stored.',
    ]);
  });

  test('ensure by id and description takes the id, with a notice', () => {
    const { request, notices } = read({ apiUserId: KEY_ID });
    expect(request).toMatchObject({ key: { by: 'apiUserId', apiUserId: KEY_ID } });
    expect(notices).toEqual([
      '`desc` and `apiUserId` are both given: the key is found by `apiUserId`, and its description stays as it is.',
    ]);
  });
});

describe('a word or number that is not one', () => {
  test.each<[Spoilt, string]>([
    [{ verify: 'yes' }, '`verify` is "yes": write `true` or `false`.'],
    [{ exportEnv: '1' }, '`exportEnv` is "1": write `true` or `false`.'],
    [{ dryRun: 'tRUE' }, '`dryRun` is "tRUE": write `true` or `false`.'],
    [{ mode: 'rotate', commit: 'now' }, '`commit` is "now", which does not exist: choose `job` or `step`.'],
    [
      { mode: 'ephemeral', onRevokeFailure: 'error' },
      '`onRevokeFailure` is "error", which does not exist: choose `warn` or `fail`.',
    ],
    [{ mode: 'rotate', keepPrevious: '11' }, '`keepPrevious` is "11": write a whole number from 0 to 10.'],
    [{ mode: 'rotate', keepPrevious: '-1' }, '`keepPrevious` is "-1": write a whole number from 0 to 10.'],
    [{ mode: 'rotate', keepPrevious: '1.5' }, '`keepPrevious` is "1.5": write a whole number from 0 to 10.'],
    [
      { knownPrivateKey: '********-****-****-9a0c-0305e82c3301' },
      '`knownPrivateKey` is redacted (it holds `*`): give the private key as the output `privateKey` had it when the key was made.',
    ],
  ])('%j', (inputs, problem) => {
    expect(problemsIn(step(inputs))).toEqual([problem]);
  });

  test('a known secret of another form only warns', () => {
    expect(read({ knownPrivateKey: 'something' }).warnings).toEqual([
      '`knownPrivateKey` does not have the form of a private key (a UUID in lower case) and will hardly fit: check which secret it comes from.',
    ]);
  });
});
