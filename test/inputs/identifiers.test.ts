import { describe, expect, test } from 'vitest';
import {
  bareStep,
  KEY_ID,
  OTHER_PROJECT,
  PRIVATE_KEY,
  PROJECT,
  PUBLIC_KEY,
  problemsIn,
  read,
  step,
} from './workflow.ts';

describe('groupId', () => {
  test.each([
    // The first is where the key is made.
    [`${OTHER_PROJECT}, ${PROJECT}`, [OTHER_PROJECT, PROJECT]],
    [`${PROJECT}\n${OTHER_PROJECT}\n`, [PROJECT, OTHER_PROJECT]],
    [`${PROJECT},${OTHER_PROJECT},${PROJECT}`, [PROJECT, OTHER_PROJECT]],
  ])('may name several projects: %j', (groupId, ids) => {
    expect(read({ groupId }).request.groupIds).toEqual(ids);
  });

  test('falls back to MONGODB_ATLAS_PROJECT_ID, which it beats', () => {
    const variables = { MONGODB_ATLAS_PROJECT_ID: OTHER_PROJECT };
    expect(read({ groupId: '' }, variables).request.groupIds).toEqual([OTHER_PROJECT]);
    expect(read({ groupId: PROJECT }, variables).request.groupIds).toEqual([PROJECT]);
    expect(problemsIn(step({ groupId: '' }, { MONGODB_ATLAS_PROJECT_ID: 'x' }))[0]).toMatch(
      /^`MONGODB_ATLAS_PROJECT_ID` is "x"/,
    );
  });

  const MISSING =
    '`groupId` is missing: give the id of the project, 24 hex digits in its address in Atlas (…/v2/<id>), or set `MONGODB_ATLAS_PROJECT_ID`.';
  const NO_ID = (text: string) =>
    `\`groupId\` is ${text}, which is not a project's id: give the 24 hex digits, in lower case, in its address in Atlas (…/v2/<id>).`;
  test.each([
    ['', [MISSING]],
    [' ,\n', [MISSING]],
    [`one, ${PROJECT}, two`, [NO_ID('"one"'), NO_ID('"two"')]],
    [PROJECT.toUpperCase(), [NO_ID(`"${PROJECT.toUpperCase()}"`)]],
    [PROJECT.slice(1), [NO_ID(`"${PROJECT.slice(1)}"`)]],
    [`${PROJECT}0`, [NO_ID(`"${PROJECT}0"`)]],
    [PRIVATE_KEY, [NO_ID('(not shown: it looks like a secret)')]],
  ])('refuses %j', (groupId, problems) => {
    expect(problemsIn(step({ groupId }))).toEqual(problems);
  });
});

test.each([PUBLIC_KEY, KEY_ID.toUpperCase(), `${KEY_ID}0`, '../orgs'])(
  'apiUserId: refuses %s',
  (apiUserId) => {
    expect(problemsIn(step({ apiUserId }))).toEqual([
      `\`apiUserId\` is "${apiUserId}", which is not a key's id (nor is its public key): give the 24 hex digits, in lower case, that this action's output \`apiUserId\` or \`atlas organizations apiKeys list\` shows.`,
    ]);
  },
);

describe('the run', () => {
  test('is told by the runner', () => {
    expect(read().run).toEqual({ repository: 'acme/shop', runId: '17482910', attempt: '1' });
  });

  test.each([
    ['https://github.com', 'https://github.com'],
    ['https://github.acme.example:8443', 'https://github.acme.example:8443'],
    ['', ''],
    ['javascript:alert(1)', ''],
    ['https://github.com/"><img src=x>', ''],
  ])(
    'is linked to on the server that the runner names, and only there: %j',
    (GITHUB_SERVER_URL, expected) => {
      expect(read({}, { GITHUB_SERVER_URL }).serverUrl).toBe(expected);
    },
  );

  test.each([
    [{ GITHUB_RUN_ID: '' }, ['GITHUB_RUN_ID']],
    [{ GITHUB_RUN_ID: '1 2' }, ['GITHUB_RUN_ID']],
    [{ GITHUB_RUN_ATTEMPT: 'x', GITHUB_REPOSITORY: 'acme' }, ['GITHUB_REPOSITORY', 'GITHUB_RUN_ATTEMPT']],
    [{ GITHUB_REPOSITORY: 'acme/shop pending]' }, ['GITHUB_REPOSITORY']],
    [{ GITHUB_REPOSITORY: `${'a'.repeat(40)}/shop` }, ['GITHUB_REPOSITORY']],
  ])('must be one: %j', (variables, names) => {
    expect(problemsIn({ ...step(), ...variables })).toEqual(
      names.map(
        (name) =>
          `\`${name}\` is not set as GitHub Actions sets it, and a key is marked with the run it belongs to: run this as a workflow step, on a runner or under act.`,
      ),
    );
  });
});

test('everything that is wrong is told at once, in the order of the table', () => {
  const problems = problemsIn(
    bareStep({ mode: 'rotate', baseUrl: 'http://atlas', ttl: 'x', verify: 'yes' }, { GITHUB_RUN_ID: '' }),
  );
  expect(problems.map((problem) => /`(\w+)`/.exec(problem)?.[1])).toEqual([
    'groupId',
    'desc',
    'roles',
    'ttl',
    'verify',
    'baseUrl',
    'atlasPublicKey',
    'GITHUB_RUN_ID',
  ]);
});
