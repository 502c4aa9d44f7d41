import { describe, expect, test } from 'vitest';
import type { InputName } from '../../src/inputs/table.ts';
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

const DAY = 24 * 3_600_000;
const ACCOUNT = { credential: 'serviceAccount' };
const STORE = { githubToken: 'ghs_0123456789abcdefghij' };
const COMMON = { credential: 'serviceAccount', groupIds: [PROJECT], desc: 'deploy', dryRun: false };
const HANDOVER = { verify: true, accessList: [], exportEnv: false };
const MAKING = { ...COMMON, roles: ['GROUP_READ_ONLY'], handover: HANDOVER };

const ENSURE = { ...MAKING, mode: 'ensure', hours: 2160 };
const EPHEMERAL = { ...MAKING, mode: 'ephemeral', hours: 8, onRevokeFailure: 'warn' };
const ROTATE = { ...MAKING, mode: 'rotate', hours: 2160, rotateAfter: 0, keepPrevious: 1, commit: 'job' };
const stored = (names: object) => ({
  ...STORE,
  apiUrl: 'https://api.github.com',
  places: [{ in: 'repository', kind: 'actions', repository: 'acme/shop' }],
  names,
});

test.each<[Spoilt, object]>(
  // biome-ignore format: a table, one row a line
  [
    [{ mode: 'ensure' }, ENSURE],
    [{ mode: 'ephemeral' }, EPHEMERAL],
    [{ mode: 'rotate' }, ROTATE],
    [{ mode: 'revoke', roles: '' }, { ...COMMON, mode: 'revoke' }],
    [{ desc: "Ünï 1-_.,'", dryRun: 'true' }, { ...ENSURE, desc: "Ünï 1-_.,'", dryRun: true }],
    [{ secretExpiresAfter: '365d' }, { ...ENSURE, hours: 8760 }],
    [{ mode: 'ephemeral', secretExpiresAfter: '480m' }, EPHEMERAL],
    [{ mode: 'ephemeral', secretExpiresAfter: '7d' }, { ...EPHEMERAL, hours: 168 }],
    [{ mode: 'rotate', secretExpiresAfter: '8h' }, { ...ROTATE, hours: 8 }],
    [{ mode: 'rotate', rotateAfter: '30d', keepPrevious: '0', commit: 'step' }, { ...ROTATE, rotateAfter: 30 * DAY, keepPrevious: 0, commit: 'step' }],
    [{ mode: 'rotate', verify: 'false', accessList: '203.0.113.7', exportEnv: 'true' }, { ...ROTATE, handover: { verify: false, accessList: [{ ipAddress: '203.0.113.7' }], exportEnv: true } }],
    [{ knownPrivateKey: CLIENT_SECRET }, { ...ENSURE, knownSecret: CLIENT_SECRET }],
    [{ mode: 'rotate', knownPrivateKey: `${CLIENT_ID}:${CLIENT_SECRET}` }, { ...ROTATE, knownId: CLIENT_ID, knownSecret: CLIENT_SECRET }],
    [{ ...STORE, combinedSecret: 'ATLAS' }, { ...ENSURE, handover: { ...HANDOVER, store: stored({ form: 'combined', secret: 'ATLAS' }) } }],
    [{ ...STORE, mode: 'rotate', secretName: 'ATLAS' }, { ...ROTATE, handover: { ...HANDOVER, store: stored({ form: 'secret', secret: 'ATLAS' }) } }],
  ],
)('the request for a service account: %j', (inputs, request) => {
  const { request: found, warnings, notices } = read({ ...ACCOUNT, ...inputs });
  expect(found).toEqual(request);
  expect([...warnings, ...notices]).toEqual([]);
});

const ofAccount = (rows: Refusal[]) =>
  rows.map(([inputs, problems]): Refusal => [{ ...ACCOUNT, ...inputs }, problems]);

describe('a service account', () => {
  const RANGE = 'but must be from 8h to 365d: Atlas makes no secret that lives shorter or longer.';
  const WEEK =
    'but must be from 8h to 7d: in mode `ephemeral` another run may make a secret of the same service account, and Atlas then ends this one within seven days.';
  const MISSING = '`desc` is missing: it is the name of the service account; give 1 to 64 characters.';
  const NAMES = (given: string) =>
    `A client secret is stored either as \`combinedSecret\` or as \`secretName\`, and this step gives ${given}: give one or the other, and no half.`;
  const PAIR = (name: InputName) =>
    `\`credential: serviceAccount\` does not take \`${name}\`: the client id stays the same; give \`secretName\` for the client secret alone, or \`combinedSecret\` for both.`;

  refuses(
    // biome-ignore format: a table, one row a line
    ofAccount([
      [{ mode: 'sweep', roles: '' }, ['`credential: serviceAccount` does not take mode `sweep`: Atlas ends the secrets of service accounts by itself, so nothing is left over; use mode `revoke` to end them at once.']],
      ...['atlas/v1.0', 'public/v1.0'].map((api): Refusal => [{ api }, [`\`api\` is \`${api}\`, but only \`atlas/v2\` has service accounts: leave \`api\` out, or use \`credential: apiKey\`.`]]),
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

  test('a known secret of another form only warns', () => {
    for (const knownPrivateKey of [PRIVATE_KEY, 'something', `${PUBLIC_KEY}:${PRIVATE_KEY}`]) {
      expect(read({ ...ACCOUNT, knownPrivateKey }).warnings).toEqual([
        '`knownPrivateKey` does not have the form of a client secret (`mdb_sa_sk_…`) and will hardly fit: check which secret it comes from.',
      ]);
    }
  });
});

describe('an API key', () => {
  refuses(
    // biome-ignore format: a table, one row a line
    [
      [{ secretExpiresAfter: '24h' }, ['`credential: apiKey` does not take `secretExpiresAfter`: Atlas never ends an API key by itself; leave that out, or use `credential: serviceAccount`.']],
      [{ ...STORE, secretName: 'ATLAS' }, ['`credential: apiKey` does not take `secretName`: a new key has a new public key, too; give `combinedSecret`, or `publicKeySecret` and `privateKeySecret`.']],
    ],
  );
});
