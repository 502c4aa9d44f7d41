import { describe, expect, it } from 'vitest';
import { expression, fixtureAction as fixture } from './fixture.ts';
import { openJob } from './job.ts';
import { runJob } from './run-job.ts';

const GRACE = { afterInterrupt: 300, afterTerminate: 300 };
const posix = process.platform !== 'win32';

describe('inputs', () => {
  it('come from with, then from the default, and arrive empty without either; unknown ones only warn', async () => {
    const uses = await fixture({
      main: "write('OUTPUT', 'seen', [env.INPUT_WHO, env.INPUT_NOT_GIVEN, env.INPUT_JOBSTATUS, env.INPUT_WAT].join('|'));",
    });
    const { conclusion, steps } = await runJob({
      steps: [{ uses }, { uses, with: { WHO: 'you', wat: 'x' } }],
    });
    expect(conclusion).toBe('success');
    expect(steps.map(({ outputs }) => outputs)).toEqual([
      { seen: 'world||success|' },
      { seen: 'you||success|x' },
    ]);
    const message = "Unexpected input(s) 'wat', valid inputs are ['who', 'not given', 'jobStatus']";
    expect(steps[1]?.annotations).toEqual([{ level: 'warning', message }]);
  });

  it('are evaluated anew for post, so that it learns how the job went', async () => {
    const uses = await fixture({
      main: "console.log(env.INPUT_JOBSTATUS, env.INPUT_WHO, 'main');",
      post: "console.log(env.INPUT_JOBSTATUS, env.INPUT_WHO, 'post');",
    });
    const { conclusion, steps, post } = await runJob({
      steps: [
        { uses, with: { who: expression('steps.later.outputs.name') } },
        { id: 'later', run: ({ print }) => print('::set-output name=name::late') },
        { run: () => Promise.reject(new Error('a later step fails')) },
      ],
    });
    expect(steps[0]?.rawLog).toBe('success  main\n');
    expect(post[0]?.rawLog).toBe('failure late post\n');
    expect(steps[2]?.log).toBe('##[error]a later step fails\n');
    expect(conclusion).toBe('failure');
  });
});

describe('the environment', () => {
  it('tells the run and cannot be changed by env; the working directory is the workspace', async () => {
    const uses = await fixture({
      main: "console.log(...['REPOSITORY', 'RUN_ID', 'RUN_ATTEMPT', 'JOB', 'API_URL'].map((n) => env['GITHUB_' + n]), process.cwd() === env.GITHUB_WORKSPACE);",
    });
    const facts = { repository: 'o/r', runId: 7, attempt: 2, job: 'deploy', apiUrl: 'http://127.0.0.1:1' };
    const { steps } = await runJob({ ...facts, env: { GITHUB_REPOSITORY: 'evil/evil' }, steps: [{ uses }] });
    expect(steps[0]?.rawLog).toBe('o/r 7 2 deploy http://127.0.0.1:1 true\n');
  });

  it('goes on from step to step, without NODE_OPTIONS, and STATE_ and INPUT_ of a step win', async () => {
    const uses = await fixture({
      main: "write('STATE', 'id', 'mine');",
      post: 'console.log(env.INPUT_WHO, env.STATE_id, env.EXTRA, env.NODE_OPTIONS);',
    });
    const spoiler = await fixture({
      main: "for (const [n, v] of [['INPUT_WHO', 'x'], ['STATE_id', 'x'], ['EXTRA', 'yes'], ['NODE_OPTIONS', '--bad']]) write('ENV', n, v);",
    });
    const { steps, post } = await runJob({ steps: [{ uses }, { uses: spoiler }] });
    expect(post[1]?.rawLog).toBe('world mine yes undefined\n');
    expect(steps[1]?.exported).not.toHaveProperty('NODE_OPTIONS');
    expect(steps[1]?.log).toContain("Can't store NODE_OPTIONS");
  });
});

describe('masks', () => {
  it('hide what comes later, in every form, and nothing that came before', async () => {
    const uses = await fixture({
      main: `
        const secret = 'p@ss "word" & more';
        console.log(secret);
        console.log('::add-mask::' + secret);
        console.log('1 ' + secret);
        console.log('2 ' + JSON.stringify({ secret }));
        console.log('3 ' + encodeURIComponent(secret));
        console.log('4 ' + Buffer.from('user:' + secret).toString('base64'));
        console.error('5 ' + secret);
      `,
    });
    const { steps, masks } = await runJob({ steps: [{ uses }] });
    const [first, ...lines] = steps[0]?.log.split('\n') ?? [];
    expect(first).toBe('p@ss "word" & more');
    const encoded = expect.stringMatching(/^4 \w{4,8}\*\*\*/);
    expect(lines).toEqual(['1 ***', '2 {"secret":"***"}', '3 ***', encoded, '5 ***', '']);
    expect(steps[0]?.rawLog).toContain('::add-mask::p@ss "word" & more\n1 p@ss');
    expect(masks).toEqual(['p@ss "word" & more']);
  });

  it('cover each line of a value and the summary, hold for the rest of the job; an empty value only warns', async () => {
    const uses = await fixture({
      main: "console.log('::add-mask::first%0Asecond\\n::add-mask::  \\nsecond'); write('STEP_SUMMARY', 'x', 'a first');",
      post: "console.log('still first');",
    });
    const { steps, post } = await runJob({ steps: [{ uses }] });
    const warning = "##[warning]Can't add secret mask for empty string in ##[add-mask] command.";
    expect(steps[0]?.log).toBe(`${warning}\n***\n`);
    expect(post[0]?.log).toBe('still ***\n');
    expect(steps[0]?.summary).toContain('a ***');
    expect(steps[0]?.rawSummary).toContain('a first');
  });
});

describe('post', () => {
  it('runs last in, first out, with the state of its own main, also of one that crashed', async () => {
    const uses = await fixture({
      main: "write('STATE', 'who', env.INPUT_WHO); if (env.INPUT_WHO === 'b') process.exit(3);",
      post: 'console.log(env.STATE_who, env.INPUT_JOBSTATUS);',
    });
    const { conclusion, steps, post } = await runJob({
      steps: [
        { uses, with: { who: 'a' } },
        { uses, with: { who: 'b' } },
        { uses, if: 'success()' },
      ],
    });
    expect(steps[1]).toMatchObject({ outcome: 'failure', exitCode: 3, state: { who: 'b' } });
    expect(steps[2]?.outcome, 'and so it has no post').toBe('skipped');
    expect(post.map(({ rawLog }) => rawLog)).toEqual(['b failure\n', 'a failure\n']);
    expect(conclusion).toBe('failure');
  });

  it('fails the job when it fails', async () => {
    const uses = await fixture({ main: '', post: 'process.exitCode = 1;' });
    const { conclusion, post } = await runJob({ steps: [{ uses }] });
    expect([post[0]?.outcome, conclusion]).toEqual(['failure', 'failure']);
  });

  it('can be run on its own with other state', async () => {
    const uses = await fixture({ main: "write('STATE', 'id', '1');", post: 'console.log(env.STATE_id);' });
    await using job = await openJob();
    await job.runStep({ uses });
    const [post] = job.posts;
    post?.state.set('id', '2');
    expect((await job.runPosts()).map(({ rawLog }) => rawLog)).toEqual(['2\n']);
  });
});

it('files that cannot be read fail the step, and a summary has at most one mebibyte', async () => {
  const uses = await fixture({
    main: "write('STEP_SUMMARY', 'x', 'y'.repeat(1024 * 1024)); import('node:fs').then(({ appendFileSync }) => appendFileSync(env.GITHUB_OUTPUT, 'a<<EOF\\nb\\n'));",
  });
  const [step] = (await runJob({ steps: [{ uses }] })).steps;
  expect([step?.outcome, step?.summary]).toEqual(['failure', '']);
  expect(step?.log).toContain("Matching delimiter not found 'EOF'");
  expect(step?.log).toContain('supports content up to a size of 1024k, got 1025k');
});

describe('commands', () => {
  it('are obeyed on both streams and in the middle of a line in the older form', async () => {
    const uses = await fixture({
      main: "console.log('  ::warning title=T::one%0Atwo\\ntext ##[set-env name=A]b'); setTimeout(() => console.error('::error::bad'), 50);",
    });
    const { steps } = await runJob({ steps: [{ uses }] });
    expect(steps[0]?.annotations.map(({ level, message, title }) => [level, message, title])).toEqual([
      ['warning', 'one\ntwo', 'T'],
      ['error', "Unable to process command 'text ##[set-env name=A]b' successfully.", undefined],
      ['error', 'The `set-env` command is disabled. Please upgrade to using Environment Files.', undefined],
      ['error', 'bad', undefined],
    ]);
    expect(steps[0]?.outcome).toBe('failure');
  });

  it('rest between stop-commands and its token', async () => {
    const uses = await fixture({
      main: "console.log('::stop-commands::t0ken\\n::error::not one\\n::t0ken::\\n::notice::one');",
    });
    const { steps } = await runJob({ steps: [{ uses }] });
    expect(steps[0]?.log).toBe('::stop-commands::t0ken\n::error::not one\n::t0ken::\n##[notice]one\n');
    expect(steps[0]?.outcome).toBe('success');
  });

  it('are told in the debug log, state and outputs too, to those who asked', async () => {
    const uses = await fixture({
      main: "write('STATE', 'id', '1'); write('OUTPUT', 'key', '2'); console.log('::debug::fine print', env.RUNNER_DEBUG);",
    });
    const [quiet, loud] = await Promise.all([
      runJob({ steps: [{ uses }] }),
      runJob({ steps: [{ uses }], debug: true }),
    ]);
    expect(quiet.log).toBe('');
    const told = ['fine print 1', 'Set output key = 2', 'Save intra-action state id = 1'];
    expect(loud.log).toBe(told.map((line) => `##[debug]${line}\n`).join(''));
  });
});

// Windows knows no signals but the end.
describe.runIf(posix)('a cancelled run', () => {
  const patient = `
    for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => console.log(signal));
    setInterval(() => {}, 1000);
    console.log('ready');
  `;

  it('interrupts, terminates, kills, and still runs post with the status cancelled', async () => {
    const uses = await fixture({ main: patient, post: 'console.log(env.INPUT_JOBSTATUS);' });
    const cancel = new AbortController();
    const { conclusion, steps, post } = await runJob({
      signal: cancel.signal,
      grace: GRACE,
      onLog: (line) => line === 'ready' && cancel.abort(),
      steps: [{ uses }, { run: 'echo never' }, { run: ({ print }) => print('cleaning up'), if: 'always()' }],
    });
    const signals = ['SIGINT', 'SIGTERM', 'SIGKILL'];
    expect(steps[0]).toMatchObject({ outcome: 'cancelled', signals, exitCode: 137 });
    expect(steps[0]?.rawLog).toBe('ready\nSIGINT\nSIGTERM\n');
    expect(steps.slice(1).map(({ outcome }) => outcome)).toEqual(['skipped', 'success']);
    expect(post[0]?.rawLog).toBe('cancelled\n');
    expect(conclusion).toBe('cancelled');
  });

  it.each([
    [
      'that went at the first',
      "process.on('SIGINT', () => process.exit(0)); setInterval(() => {}, 1000);",
      'success()',
    ],
    ['that runs in any case', "setTimeout(() => console.log('done'), 300);", 'always()'],
  ])('sends no second signal to a process %s', async (_what, main, condition) => {
    const uses = await fixture({ main: `${main} console.log('ready');` });
    const cancel = new AbortController();
    const { steps } = await runJob({
      signal: cancel.signal,
      grace: GRACE,
      onLog: () => cancel.abort(),
      steps: [{ uses, if: condition }],
    });
    expect(steps[0]).toMatchObject(
      condition === 'always()'
        ? { outcome: 'success', signals: [], rawLog: 'ready\ndone\n' }
        : { outcome: 'cancelled', signals: ['SIGINT'], exitCode: 0 },
    );
  });

  it('takes the orphans of a shell step along', async () => {
    const cancel = new AbortController();
    const { steps } = await runJob({
      signal: cancel.signal,
      grace: { afterInterrupt: 100, afterTerminate: 100 },
      onLog: () => cancel.abort(),
      steps: [{ run: '(sleep 0.6; touch late) & echo ready; wait' }, { run: 'sleep 1; ls', if: 'always()' }],
    });
    expect([steps[0]?.outcome, steps[1]?.rawLog]).toEqual(['cancelled', '']);
  });

  it('is told apart from a killed process and from a lost machine', async () => {
    const uses = await fixture({ main: patient, post: "console.log('post');" });
    const [killed, lost] = [new AbortController(), new AbortController()];
    const dead = await runJob({ onLog: () => killed.abort(), steps: [{ uses, kill: killed.signal }] });
    expect(dead.steps[0]).toMatchObject({ outcome: 'failure', exitCode: 137, signals: ['SIGKILL'] });
    expect(dead.post.map(({ rawLog }) => rawLog)).toEqual(['post\n']);
    const steps = [{ uses }, { run: 'echo', if: 'always()' }];
    const gone = await runJob({ onLog: () => lost.abort(), lost: lost.signal, steps });
    expect(gone).toMatchObject({ conclusion: 'failure', lost: true, post: [] });
    expect(gone.steps[1]?.outcome).toBe('skipped');
  });
});
