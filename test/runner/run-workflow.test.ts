import { expect, it } from 'vitest';
import { fixtureAction } from './fixture.ts';
import { runWorkflow } from './run-workflow.ts';

// Here bash may be missing or another system's.
const withBash = it.runIf(process.platform !== 'win32');

withBash('runs jobs in the order of their needs and hands outputs on', async () => {
  const actionFolder = await fixtureAction({
    main: "write('OUTPUT', 'greeting', 'hello ' + env.INPUT_WHO); console.log(env.INPUT_NOT_GIVEN, env.GITHUB_JOB);",
  });
  const logs: string[] = [];
  const result = await runWorkflow(
    `
name: two jobs
on: { workflow_dispatch: { inputs: { who: { default: nobody } } } }
permissions: { contents: read }
env: { PLACE: '\${{ vars.PLACE }}' }
jobs:
  second:
    needs: first
    runs-on: ubuntu-latest
    steps:
      - run: echo "\${{ needs.first.outputs.greeting }} $PLACE, secret $S, \${{ needs.first.result }}"
        env: { S: '\${{ secrets.S }}' }
  first:
    runs-on: ubuntu-latest
    outputs: { greeting: '\${{ steps.a.outputs.greeting }}' }
    steps:
      - uses: actions/checkout@v5
      - { id: a, uses: someone/atlas-project-api-key@v1, with: { who: '\${{ inputs.who }}' } }
      - run: exit 3
        continue-on-error: true
      - run: echo only on failure
        if: failure()
`,
    {
      actionFolder,
      extraInputs: { 'not given': 'extra' },
      secrets: { S: 'hush' },
      vars: { PLACE: 'here' },
      inputs: { who: 'you' },
      onLog: (line, job) => logs.push(`${job}: ${line}`),
    },
  );
  expect(result.conclusion).toBe('success');
  expect(result.jobs.map(({ id }) => id)).toEqual(['second', 'first']);
  expect(result.jobs[1]?.run?.steps.map(({ outcome }) => outcome)).toEqual([
    'success',
    'success',
    'failure',
    'skipped',
  ]);
  expect(logs).toEqual([
    'first: actions/checkout@v5 is not run here',
    'first: extra first',
    'first: ##[error]Process completed with exit code 3.',
    'second: hello you here, secret ***, success',
  ]);
});

withBash('runs a matrix side by side and skips what needs a failed job', async () => {
  const result = await runWorkflow(
    `
on: push
jobs:
  many:
    runs-on: ubuntu-latest
    strategy: { fail-fast: false, matrix: { n: '\${{ fromJSON(vars.NUMBERS) }}' } }
    steps: [{ run: 'test \${{ matrix.n }} -lt 3' }]
  after: { needs: [many], runs-on: ubuntu-latest, steps: [{ run: echo no }] }
  last: { needs: [many, after], if: always(), runs-on: ubuntu-latest, steps: [{ run: 'echo \${{ needs.many.result }} \${{ needs.after.result }}' }] }
`,
    { actionFolder: '.', vars: { NUMBERS: '[1, 2, 3]' } },
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

withBash('cancels the other combinations at the first failure unless told otherwise', async () => {
  const result = await runWorkflow(
    `
on: push
jobs:
  many:
    runs-on: ubuntu-latest
    strategy: { matrix: { n: [fast, slow] } }
    steps: [{ run: 'if [ \${{ matrix.n }} = fast ]; then exit 1; else exec sleep 20; fi' }]
`,
    { actionFolder: '.' },
  );
  expect(result.jobs.map(({ conclusion }) => conclusion)).toEqual(['failure', 'cancelled']);
});

it('refuses what it does not know', async () => {
  const job = 'jobs: { a: { runs-on: x, services: {}, steps: [] } }';
  await expect(runWorkflow(`on: push\n${job}`, { actionFolder: '.' })).rejects.toThrow(
    'jobs.a: unknown services',
  );
});
