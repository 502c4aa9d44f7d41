import { describe, expect, it } from 'vitest';
import { holds, interpolate, type Status } from './expressions.ts';
import { expression, fixtureAction } from './fixture.ts';
import { runWorkflow } from './run-workflow.ts';

// Here bash may be missing or another system's.
const withBash = it.runIf(process.platform !== 'win32');

withBash('runs jobs in the order of their needs, and the steps that are due', async () => {
  const actionFolder = await fixtureAction({
    main: 'console.log(env.INPUT_WHO, env.INPUT_NOT_GIVEN, env.GITHUB_JOB);',
  });
  const logs: string[] = [];
  const result = await runWorkflow(
    `
name: two jobs
on: workflow_dispatch
permissions: { contents: read }
env: { PLACE: '\${{ vars.PLACE }}' }
jobs:
  second:
    needs: first
    if: failure()
    runs-on: ubuntu-latest
    steps:
      - run: echo "$PLACE, secret $S, \${{ needs.first.result }}"
        env: { S: '\${{ secrets.S }}' }
  first:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v5
      - { id: a, uses: someone/atlas-project-api-key@v1, with: { who: '\${{ github.repository }}' } }
      - run: process.exit(3)
        shell: node {0}
      - run: echo only on failure
        if: failure()
`,
    {
      actionFolder,
      extraInputs: { 'not given': 'extra' },
      secrets: { S: 'hush' },
      vars: { PLACE: 'here' },
      repository: 'o/r',
      onLog: (line, job) => logs.push(`${job}: ${line}`),
    },
  );
  expect(result.jobs.map(({ id, conclusion }) => [id, conclusion])).toEqual([
    ['second', 'success'],
    ['first', 'failure'],
  ]);
  const outcomes = result.jobs[1]?.run?.steps.map(({ outcome }) => outcome);
  expect(outcomes).toEqual(['success', 'success', 'failure', 'success']);
  expect(logs).toEqual([
    'first: actions/checkout@v5 is not run here',
    'first: o/r extra first',
    'first: ##[error]Process completed with exit code 3.',
    'first: only on failure',
    'second: here, secret ***, failure',
  ]);
});

withBash('runs a matrix side by side and skips what needs a failed job', async () => {
  const result = await runWorkflow(
    `
on: push
jobs:
  many:
    runs-on: ubuntu-latest
    strategy: { fail-fast: false, matrix: { n: [1, 2, 3] } }
    steps: [{ run: 'test \${{ matrix.n }} -lt 3' }]
  after: { needs: [many], runs-on: ubuntu-latest, steps: [{ run: echo no }] }
  last: { needs: [many, after], if: always(), runs-on: ubuntu-latest, steps: [{ run: 'echo \${{ needs.many.result }} \${{ needs.after.result }}' }] }
`,
    { actionFolder: '.' },
  );
  expect(result.jobs.map(({ matrix, conclusion }) => [matrix, conclusion])).toEqual([
    [{ n: 1 }, 'success'],
    [{ n: 2 }, 'success'],
    [{ n: 3 }, 'failure'],
    [{}, 'skipped'],
    [{}, 'success'],
  ]);
  expect(result.jobs[4]?.run?.log).toBe('failure skipped\n');
  expect(result.conclusion).toBe('failure');
});

it.each([
  ['services: {}', 'jobs.a: unknown services'],
  ['strategy: { matrix: { n: [1] } }', 'jobs.a.strategy: only fail-fast: false is known here'],
  ['strategy: { fail-fast: false, matrix: { include: [{ n: 1 }] } }', 'only lists of values are known here'],
])('refuses what it does not know: %s', async (more, message) => {
  const workflow = `on: push\njobs: { a: { runs-on: x, steps: [], ${more} } }`;
  await expect(runWorkflow(workflow, { actionFolder: '.' })).rejects.toThrow(message);
});

describe('an expression', () => {
  const contexts = { steps: { make: { outputs: { id: '42' }, outcome: 'success' } }, matrix: { none: null } };

  it('is found anywhere in a text, and read by GitHub’s own rules', () => {
    const text = ['STEPS.make.OUTPUTS.id', "'}}'", 'matrix.none', "steps.make.outcome == 'SUCCESS'"]
      .map(expression)
      .join('|');
    expect(interpolate(`${text}.`, { contexts, status: 'success' })).toBe('42|}}||true.');
    expect(() => interpolate(expression('nobody.knows'), { contexts, status: 'success' })).toThrow();
  });

  it.each<[string, Status, boolean]>([
    ['true', 'success', true],
    ['true', 'failure', false],
    ['always()', 'cancelled', true],
    ['failure()', 'failure', true],
    ['failure()', 'cancelled', false],
    ["failure() && steps.make.outputs.id == '42'", 'failure', true],
    ['!cancelled()', 'failure', true],
    [expression('success() || failure()'), 'failure', true],
    ["steps.make.outputs.id != '42'", 'success', false],
  ])('of an if: %s after %s is %s', (condition, status, result) => {
    expect(holds(condition, { contexts, status })).toBe(result);
  });
});
