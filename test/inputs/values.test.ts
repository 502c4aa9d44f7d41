/** What becomes of one input by itself: its value, or what is said of it. */
import { describe, expect, test } from 'vitest';
import { parseList } from '../../src/inputs/readers.ts';
import { KEY_ID, OTHER_PROJECT, PRIVATE_KEY, PROJECT, PUBLIC_KEY, read, refuses } from './workflow.ts';

test.each([
  ['a,b', ['a', 'b']],
  ['a\nb\n', ['a', 'b']],
  ['a\r\n  b , c\rd\r\n', ['a', 'b', 'c', 'd']],
  ['b, a, b, b', ['b', 'a']],
  [' ,\n, ', []],
  [',one item\r', ['one item']],
])('a list: %j', (text, items) => {
  expect(parseList(text)).toEqual(items);
});

describe('a choice, a flag, a number', () => {
  const noNumber = (text: string) => [`\`keepPrevious\` is "${text}": write a whole number from 0 to 10.`];
  refuses(
    // biome-ignore format: a table, one row a line
    [
      [{ mode: 'Ephemeral' }, ['`mode` is "Ephemeral", which does not exist: choose `ensure`, `ephemeral`, `rotate`, `revoke` or `sweep`.']],
      [{ credential: 'serviceaccount' }, ['`credential` is "serviceaccount", which does not exist: choose `apiKey` or `serviceAccount`.']],
      [{ api: 'atlas/v3' }, ['`api` is "atlas/v3", which does not exist: choose `atlas/v2`, `atlas/v1.0` or `public/v1.0`.']],
      [{ mode: 'rotate', commit: 'now' }, ['`commit` is "now", which does not exist: choose `job` or `step`.']],
      [{ mode: 'ephemeral', onRevokeFailure: 'error' }, ['`onRevokeFailure` is "error", which does not exist: choose `warn` or `fail`.']],
      [{ verify: 'yes' }, ['`verify` is "yes": write `true` or `false`.']],
      [{ exportEnv: '1' }, ['`exportEnv` is "1": write `true` or `false`.']],
      [{ dryRun: 'tRUE' }, ['`dryRun` is "tRUE": write `true` or `false`.']],
      [{ mode: 'rotate', keepPrevious: '11' }, noNumber('11')],
      [{ mode: 'rotate', keepPrevious: '-1' }, noNumber('-1')],
      [{ mode: 'rotate', keepPrevious: '1.5' }, noNumber('1.5')],
    ],
  );
});

describe('a duration', () => {
  test.each([
    ['0', 0],
    ['0s', 0],
    ['120s', 120_000],
    ['90m', 5_400_000],
    ['24h', 86_400_000],
    ['007d', 604_800_000],
  ])('%s is %d ms', (rotateAfter, milliseconds) => {
    expect(read({ mode: 'rotate', rotateAfter }).request).toMatchObject({ rotateAfter: milliseconds });
  });

  test.each([
    ['5s', 5000],
    ['10m', 600_000],
    ['', 120_000],
  ])('the timeout of %j is %d ms', (timeout, milliseconds) => {
    expect(read({ timeout }).timeout).toBe(milliseconds);
  });

  const none = (text: string) =>
    `\`timeout\` is "${text}", which is not a duration: write a whole number and its unit, such as \`120s\`, \`90m\`, \`24h\` or \`7d\`.`;
  refuses(
    ['300', '1.5h', '-1h', '1h30m', '24 h', '24H', '1w', 'h', '٣h', '1e3s'].map((timeout) => [
      { timeout },
      [none(timeout)],
    ]),
  );

  const odd = (text: string) =>
    `\`timeout\` is "${text}", but must be from 5s to 10m: Atlas needs some seconds for the calls, and what a dying step leaves behind is swept only after its time is over.`;
  const stale = (text: string) =>
    `\`ttl\` is "${text}", but must be from 1s to 365d: a key that is older counts as left over, so choose more than your longest job takes, and no more than a year.`;
  refuses(
    // biome-ignore format: a table, one row a line
    [
      [{ timeout: '4s' }, [odd('4s')]],
      [{ timeout: '11m' }, [odd('11m')]],
      [{ timeout: `${'9'.repeat(400)}d` }, [odd(`${'9'.repeat(59)}…`)]],
      [{ mode: 'sweep', ttl: '0' }, [stale('0')]],
      [{ mode: 'sweep', ttl: '366d' }, [stale('366d')]],
      [{ mode: 'rotate', rotateAfter: '3651d' }, ['`rotateAfter` is "3651d", but must be from 0 to 3650d: beyond ten years no key would ever be rotated.']],
    ],
  );
});

describe('an id', () => {
  test.each([
    // The first is where the key is made.
    [`${OTHER_PROJECT}, ${PROJECT}`, {}, [OTHER_PROJECT, PROJECT]],
    [`${PROJECT}\n${OTHER_PROJECT}\n${PROJECT}`, {}, [PROJECT, OTHER_PROJECT]],
    ['', { MONGODB_ATLAS_PROJECT_ID: OTHER_PROJECT }, [OTHER_PROJECT]],
    [PROJECT, { MONGODB_ATLAS_PROJECT_ID: OTHER_PROJECT }, [PROJECT]],
  ])('names the projects: %j beside %j', (groupId, variables, ids) => {
    expect(read({ groupId }, variables).request.groupIds).toEqual(ids);
  });

  const MISSING =
    '`groupId` is missing: give the id of the project, 24 hex digits in its address in Atlas (…/v2/<id>), or set `MONGODB_ATLAS_PROJECT_ID`.';
  const noProject = (text: string, name = 'groupId') =>
    `\`${name}\` is ${text}, which is not a project's id: give the 24 hex digits, in lower case, in its address in Atlas (…/v2/<id>).`;
  const noKey = (text: string) =>
    `\`apiUserId\` is "${text}", which is not a key's id (its public key is something else): give the 24 hex digits, in lower case, that this action's output \`apiUserId\` or \`atlas organizations apiKeys list\` shows.`;
  refuses([
    [{ groupId: '' }, [MISSING]],
    [{ groupId: ' ,\n' }, [MISSING]],
    [{ groupId: '' }, [noProject('"x"', 'MONGODB_ATLAS_PROJECT_ID')], { MONGODB_ATLAS_PROJECT_ID: 'x' }],
    [{ groupId: `one, ${PROJECT}, two` }, [noProject('"one"'), noProject('"two"')]],
    [{ groupId: PROJECT.toUpperCase() }, [noProject(`"${PROJECT.toUpperCase()}"`)]],
    [{ groupId: PROJECT.slice(1) }, [noProject(`"${PROJECT.slice(1)}"`)]],
    [{ groupId: `${PROJECT}0` }, [noProject(`"${PROJECT}0"`)]],
    [{ groupId: PRIVATE_KEY }, [noProject('(not shown: it looks like a secret)')]],
    [{ apiUserId: PUBLIC_KEY }, [noKey(PUBLIC_KEY)]],
    [{ apiUserId: `${KEY_ID}0` }, [noKey(`${KEY_ID}0`)]],
    [{ apiUserId: '../orgs' }, [noKey('../orgs')]],
  ]);
});

describe('a description', () => {
  test.each(['d', 'x'.repeat(250), 'größer & <b>"quoted"</b>', '👩‍💻 deploy', '😀'.repeat(125)])(
    'may be %s',
    (desc) => {
      // Trimmed, as the runner trims.
      expect(read({ desc: `  ${desc} \n` }).request).toMatchObject({ key: { by: 'desc', desc } });
    },
  );

  const unprintable =
    '`desc` is "a b" and holds a line break or another control character: write it as one line of plain text.';
  const tooLong = (length: number) =>
    `\`desc\` has ${length} characters (an emoji counts as two), but Atlas takes at most 250 here: shorten it.`;
  refuses(
    // biome-ignore format: a table, one row a line
    [
      [{ desc: 'x'.repeat(251) }, [tooLong(251)]],
      [{ desc: '😀'.repeat(126) }, [tooLong(252)]],
      [{ desc: 'a\nb' }, [unprintable]],
      [{ desc: 'a\u202Eb' }, [unprintable]],
      [{ desc: 'a\uD800b' }, [unprintable]],
      [{ desc: 'x [atlas-key/1 pending acme/shop' }, ['`desc` is "x [atlas-key/1 pending acme/shop" and holds `[atlas-key/`, which this action writes behind the descriptions of keys it has not finished with: choose another text.']],
      [{ desc: `key ${PRIVATE_KEY}` }, ['`desc` holds one of the secrets given to this step, and Atlas shows it to everybody in the organisation: choose another text.']],
    ],
  );
});

describe('the roles', () => {
  const unknown = (role: string, end = '.') =>
    `\`roles\` names "${role}", which is not a role known here: Atlas decides${end}`;
  test.each([
    ['GROUP_OWNER', ['GROUP_OWNER'], []],
    ['GROUP_READ_ONLY\nGROUP_OWNER,GROUP_READ_ONLY\n', ['GROUP_READ_ONLY', 'GROUP_OWNER'], []],
    ['GROUP_MODEL_TRAINER', ['GROUP_MODEL_TRAINER'], [unknown('GROUP_MODEL_TRAINER')]],
    ['GROUP_READONLY', ['GROUP_READONLY'], [unknown('GROUP_READONLY', '; did you mean `GROUP_READ_ONLY`?')]],
  ])('are those of %j', (text, roles, expected) => {
    const { request, warnings, notices } = read({ roles: text });
    expect(request).toMatchObject({ roles });
    expect([...warnings, ...notices]).toEqual(expected);
  });

  const noRole = (role: string, end = '.') =>
    `\`roles\` names "${role}", which is not a project role: each begins with \`GROUP_\` and stands on a line of its own or between commas${end}`;
  refuses(
    // biome-ignore format: a table, one row a line
    [
      [{ roles: 'GROUP_OWNER, READ_ONLY' }, [noRole('READ_ONLY', '; did you mean `GROUP_READ_ONLY`?')]],
      [{ roles: 'group_owner' }, [noRole('group_owner', '; did you mean `GROUP_OWNER`?')]],
      [{ roles: '- GROUP_OWNER' }, [noRole('- GROUP_OWNER', '; did you mean `GROUP_OWNER`?')]],
      [{ roles: 'Project Data Access Read Only' }, [noRole('Project Data Access Read Only', '; did you mean `GROUP_DATA_ACCESS_READ_ONLY`?')]],
      [{ roles: 'admin' }, [noRole('admin')]],
      [{ roles: 'GROUP_READ_ONLY GROUP_OWNER' }, [noRole('GROUP_READ_ONLY GROUP_OWNER')]],
      [{ roles: 'org_owner' }, ['`roles` names "org_owner", an organisation role: Atlas may honour it through a project, and this action never grants rights beyond the project; name project roles (`GROUP_…`) only.']],
    ],
  );
});
