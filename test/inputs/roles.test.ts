import { expect, test } from 'vitest';
import { problemsIn, read, step } from './workflow.ts';

test.each([
  ['GROUP_OWNER', ['GROUP_OWNER']],
  ['GROUP_READ_ONLY,GROUP_CLUSTER_MANAGER', ['GROUP_READ_ONLY', 'GROUP_CLUSTER_MANAGER']],
  ['GROUP_READ_ONLY\nGROUP_OWNER\nGROUP_READ_ONLY\n', ['GROUP_READ_ONLY', 'GROUP_OWNER']],
])('roles: %j', (roles, expected) => {
  const { request, warnings, notices } = read({ roles });
  expect(request).toMatchObject({ roles: expected });
  expect([...warnings, ...notices]).toEqual([]);
});

const NO_PROJECT_ROLE =
  'which is not a project role: each begins with `GROUP_` and stands on a line of its own or between commas';
test.each(
  // biome-ignore format: a table, one row a line
  [
    ['READ_ONLY', `"READ_ONLY", ${NO_PROJECT_ROLE}; did you mean \`GROUP_READ_ONLY\`?`],
    ['group_owner', `"group_owner", ${NO_PROJECT_ROLE}; did you mean \`GROUP_OWNER\`?`],
    ['- GROUP_OWNER', `"- GROUP_OWNER", ${NO_PROJECT_ROLE}; did you mean \`GROUP_OWNER\`?`],
    ['Project Data Access Read Only', `"Project Data Access Read Only", ${NO_PROJECT_ROLE}; did you mean \`GROUP_DATA_ACCESS_READ_ONLY\`?`],
    ['admin', `"admin", ${NO_PROJECT_ROLE}.`],
    ['GROUP_READ_ONLY GROUP_OWNER', `"GROUP_READ_ONLY GROUP_OWNER", ${NO_PROJECT_ROLE}.`],
    ['ORG_OWNER', '"ORG_OWNER", an organisation role: Atlas may honour it through a project, and this action never grants rights beyond the project; name project roles (`GROUP_…`) only.'],
  ],
)('refuses %s', (role, sentence) => {
  expect(problemsIn(step({ roles: `GROUP_READ_ONLY, ${role}` }))).toEqual([`\`roles\` names ${sentence}`]);
});

test.each(
  // biome-ignore format: a table, one row a line
  [
    ['GROUP_MODEL_TRAINER', '`roles` names "GROUP_MODEL_TRAINER", which is not a role known here: Atlas decides.'],
    ['GROUP_READONLY', '`roles` names "GROUP_READONLY", which is not a role known here: Atlas decides; did you mean `GROUP_READ_ONLY`?'],
  ],
)('an unknown project role only warns: %s', (roles, warning) => {
  const inputs = read({ roles });
  expect(inputs.warnings).toEqual([warning]);
  expect(inputs.request).toMatchObject({ roles: [roles] });
});
