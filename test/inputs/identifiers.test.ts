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
  test('may name several projects; the first is where the key is made', () => {
    expect(read({ groupId: `${OTHER_PROJECT}, ${PROJECT}` }).request.groupIds).toEqual([
      OTHER_PROJECT,
      PROJECT,
    ]);
    expect(read({ groupId: `${PROJECT}\n${OTHER_PROJECT}\n` }).request.groupIds).toEqual([
      PROJECT,
      OTHER_PROJECT,
    ]);
  });

  test('takes a repeated project once, with a notice', () => {
    const { request, notices } = read({ groupId: `${PROJECT},${OTHER_PROJECT},${PROJECT}` });
    expect(request.groupIds).toEqual([PROJECT, OTHER_PROJECT]);
    expect(notices).toEqual([`\`groupId\` names "${PROJECT}" more than once: taken once.`]);
  });

  test('falls back to MONGODB_ATLAS_PROJECT_ID, which it beats', () => {
    const variables = { MONGODB_ATLAS_PROJECT_ID: OTHER_PROJECT };
    expect(read({ groupId: '' }, variables).request.groupIds).toEqual([OTHER_PROJECT]);
    expect(read({ groupId: PROJECT }, variables).request.groupIds).toEqual([PROJECT]);
    expect(problemsIn(step({ groupId: '' }, { MONGODB_ATLAS_PROJECT_ID: 'x' }))[0]).toMatch(
      /^`MONGODB_ATLAS_PROJECT_ID` is "x"/,
    );
  });

  test.each(
    // biome-ignore format: a table, one row a line
    [
      ['', '`groupId` is missing: give the id of the project, 24 hex digits in its address in Atlas (…/v2/<id>), or set `MONGODB_ATLAS_PROJECT_ID`.'],
      ['shop', '`groupId` is "shop", which is not a project\'s id but perhaps its name: give the 24 hex digits in its address in Atlas (…/v2/<id>).'],
      [PROJECT.toUpperCase(), `\`groupId\` is "${PROJECT.toUpperCase()}", but a project's id is lower case: write \`${PROJECT}\`.`],
      [PROJECT.slice(1), `\`groupId\` is "${PROJECT.slice(1)}", but a project's id has 24 hex digits and this has 23 digits: copy it again.`],
      ['a', '`groupId` is "a", but a project\'s id has 24 hex digits and this has 1 digit: copy it again.'],
      [PRIVATE_KEY, "`groupId` is (not shown: it looks like a secret), which is not a project's id but perhaps its name: give the 24 hex digits in its address in Atlas (…/v2/<id>)."],
    ],
  )('refuses %j', (groupId, problem) => {
    expect(problemsIn(step({ groupId }))).toEqual([problem]);
  });

  test('tells every bad one of several', () => {
    expect(problemsIn(step({ groupId: `one, ${PROJECT}, two` }))).toHaveLength(2);
  });
});

describe('apiUserId', () => {
  test.each(
    // biome-ignore format: a table, one row a line
    [
      [PUBLIC_KEY, `\`apiUserId\` is "${PUBLIC_KEY}", which is a public key: give the key's id, 24 hex digits, as this action's output \`apiUserId\` or \`atlas organizations apiKeys list\` shows it.`],
      [KEY_ID.toUpperCase(), `\`apiUserId\` is "${KEY_ID.toUpperCase()}", but a key's id is lower case: write \`${KEY_ID}\`.`],
      [`${KEY_ID}0`, `\`apiUserId\` is "${KEY_ID}0", but a key's id has 24 hex digits and this has 25 digits: copy it again.`],
      ['../orgs', '`apiUserId` is "../orgs", but a key\'s id is 24 hex digits (0-9, a-f): copy it again.'],
    ],
  )('refuses %s', (apiUserId, problem) => {
    expect(problemsIn(step({ apiUserId }))).toContain(problem);
  });
});

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
    [{ GITHUB_RUN_ID: '' }, ['`GITHUB_RUN_ID`', 'is', 'it']],
    [{ GITHUB_RUN_ID: '1 2' }, ['`GITHUB_RUN_ID`', 'is', 'it']],
    [
      { GITHUB_RUN_ATTEMPT: 'x', GITHUB_REPOSITORY: 'acme' },
      ['`GITHUB_REPOSITORY` and `GITHUB_RUN_ATTEMPT`', 'are', 'them'],
    ],
    [{ GITHUB_REPOSITORY: 'acme/shop pending]' }, ['`GITHUB_REPOSITORY`', 'is', 'it']],
    [{ GITHUB_REPOSITORY: `${'a'.repeat(40)}/shop` }, ['`GITHUB_REPOSITORY`', 'is', 'it']],
  ])('must be one: %j', (variables, [names, are, them]) => {
    expect(problemsIn({ ...step(), ...variables })).toEqual([
      `${names} ${are} not set as GitHub Actions sets ${them}, and a key is marked with the run it belongs to: run this as a workflow step, on a runner or under act.`,
    ]);
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
