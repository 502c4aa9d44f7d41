import { describe, expect, it } from 'vitest';
import { expression, fixtureAction as fixture } from './fixture.ts';
import { openJob } from './job.ts';
import { runJob } from './run-job.ts';

const GRACE = { afterInterrupt: 300, afterTerminate: 300 };
const posix = process.platform !== 'win32';

describe('inputs', () => {
  it('come from with, then from the default, and arrive empty without either', async () => {
    const uses = await fixture({
      main: "write('OUTPUT', 'seen', [env.INPUT_WHO, env.INPUT_NOT_GIVEN, env['INPUT_JOBSTATUS']].join('|'));",
    });
    const { steps } = await runJob({ steps: [{ uses }, { uses, with: { WHO: 'you' } }] });
    expect(steps.map(({ outputs }) => outputs.seen)).toEqual(['world||success', 'you||success']);
  });

  it('that the action does not know only warn, and arrive all the same', async () => {
    const uses = await fixture({ main: "write('OUTPUT', 'seen', env.INPUT_WAT);" });
    const { conclusion, steps } = await runJob({ steps: [{ uses, with: { wat: 'x' } }] });
    expect(conclusion).toBe('success');
    expect(steps[0]?.outputs).toEqual({ seen: 'x' });
    expect(steps[0]?.annotations).toEqual([
      {
        level: 'warning',
        message: "Unexpected input(s) 'wat', valid inputs are ['who', 'not given', 'jobStatus']",
      },
    ]);
  });

  it('are evaluated anew for post, so that it learns how the job went', async () => {
    const uses = await fixture({
      main: "console.log(env.INPUT_JOBSTATUS, env.INPUT_WHO, 'main');",
      post: "console.log(env.INPUT_JOBSTATUS, env.INPUT_WHO, 'post');",
    });
    const { conclusion, steps, post } = await runJob({
      steps: [
        { uses, with: { who: expression('steps.later.outputs.name') } },
        { id: 'later', run: ({ setOutput }) => setOutput('name', 'late') },
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
  it('tells the run and cannot be changed by env', async () => {
    const uses = await fixture({
      main: "for (const name of ['REPOSITORY', 'RUN_ID', 'RUN_ATTEMPT', 'JOB', 'API_URL']) console.log(env['GITHUB_' + name]);",
    });
    const { steps } = await runJob({
      repository: 'o/r',
      runId: 7,
      attempt: 2,
      job: 'deploy',
      apiUrl: 'http://127.0.0.1:1',
      env: { GITHUB_REPOSITORY: 'evil/evil' },
      steps: [{ uses }],
    });
    expect(steps[0]?.rawLog).toBe('o/r\n7\n2\ndeploy\nhttp://127.0.0.1:1\n');
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

  it('has the workspace as working directory, not the folder of the action', async () => {
    const uses = await fixture({ main: 'console.log(process.cwd() === env.GITHUB_WORKSPACE);' });
    const { steps } = await runJob({ steps: [{ uses }] });
    expect(steps[0]?.rawLog).toBe('true\n');
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
    const lines = steps[0]?.log.split('\n') ?? [];
    expect(lines[0]).toBe('p@ss "word" & more');
    expect(lines.slice(1, 3)).toEqual(['1 ***', '2 {"secret":"***"}']);
    expect(lines[3]).toBe('3 ***');
    expect(lines[4]).toMatch(/^4 \w{4,8}\*\*\*/);
    expect(lines[5]).toBe('5 ***');
    expect(steps[0]?.rawLog).toContain('::add-mask::p@ss "word" & more\n1 p@ss');
    expect(masks).toEqual(['p@ss "word" & more']);
  });

  it('cover each line of a value, and an empty value only warns', async () => {
    const uses = await fixture({
      main: "console.log('::add-mask::first%0Asecond\\n::add-mask::  \\nsecond');",
    });
    const { steps } = await runJob({ steps: [{ uses }] });
    expect(steps[0]?.log).toBe(
      "##[warning]Can't add secret mask for empty string in ##[add-mask] command.\n***\n",
    );
  });

  it('hold for the rest of the job, and drop job outputs that carry one', async () => {
    const uses = await fixture({
      main: "console.log('::add-mask::hush'); write('OUTPUT', 'key', 'hush'); write('OUTPUT', 'id', '42'); write('STEP_SUMMARY', 'x', 'a hush');",
      post: "console.log('still hush');",
    });
    const { steps, post, outputs, warnings } = await runJob({
      steps: [{ id: 'a', uses }],
      outputs: { key: `see ${expression('steps.a.outputs.key')}`, id: expression('steps.a.outputs.id') },
    });
    expect(post[0]?.log).toBe('still ***\n');
    expect(outputs).toEqual({ id: '42' });
    expect(warnings).toEqual(["Skip output 'key' since it may contain secret."]);
    expect(steps[0]?.summary).toContain('a ***');
    expect(steps[0]?.rawSummary).toContain('a hush');
  });
});

describe('post', () => {
  it('runs last in, first out, with the state of its own main', async () => {
    const uses = await fixture({
      main: "write('STATE', 'who', env.INPUT_WHO);",
      post: 'console.log(env.STATE_who);',
    });
    const { post } = await runJob({
      steps: [
        { uses, with: { who: 'a' } },
        { uses, with: { who: 'b' } },
      ],
    });
    expect(post.map(({ rawLog }) => rawLog)).toEqual(['b\n', 'a\n']);
  });

  it('runs after a main that crashed, and gets the state written before', async () => {
    const uses = await fixture({
      main: "write('STATE', 'id', '1'); process.exit(3);",
      post: 'console.log(env.STATE_id, env.INPUT_JOBSTATUS);',
    });
    const { conclusion, steps, post } = await runJob({ steps: [{ uses }] });
    expect(steps[0]).toMatchObject({ outcome: 'failure', exitCode: 3, state: { id: '1' } });
    expect(post[0]?.rawLog).toBe('1 failure\n');
    expect(conclusion).toBe('failure');
  });

  it('fails the job when it fails', async () => {
    const uses = await fixture({ main: '', post: 'process.exitCode = 1;' });
    const { conclusion, post } = await runJob({ steps: [{ uses }] });
    expect(post[0]?.outcome).toBe('failure');
    expect(conclusion).toBe('failure');
  });

  it('is not registered for a step that was skipped', async () => {
    const uses = await fixture({ main: '', post: '' });
    const { steps, post } = await runJob({ steps: [{ uses, if: 'failure()' }] });
    expect(steps[0]?.outcome).toBe('skipped');
    expect(post).toEqual([]);
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

describe('the files', () => {
  it('fail the step when they cannot be read', async () => {
    const uses = await fixture({
      main: "import('node:fs').then(({ appendFileSync }) => appendFileSync(env.GITHUB_OUTPUT, 'a<<EOF\\nb\\n'));",
    });
    const { steps } = await runJob({ steps: [{ uses }] });
    expect(steps[0]?.outcome).toBe('failure');
    expect(steps[0]?.log).toContain("Matching delimiter not found 'EOF'");
  });

  it('take a summary of at most one mebibyte', async () => {
    const uses = await fixture({ main: "write('STEP_SUMMARY', 'x', 'y'.repeat(1024 * 1024));" });
    const { steps } = await runJob({ steps: [{ uses }] });
    expect(steps[0]?.summary).toBe('');
    expect(steps[0]?.log).toContain('supports content up to a size of 1024k, got 1025k');
  });
});

describe('commands', () => {
  it('are obeyed on both streams and in the middle of a line in the older form', async () => {
    const uses = await fixture({
      main: "console.log('  ::warning title=T::one%0Atwo\\ntext ##[set-env name=A]b'); setTimeout(() => console.error('::error::bad'), 50);",
    });
    const { steps } = await runJob({ steps: [{ uses }] });
    expect(steps[0]?.annotations).toEqual([
      { level: 'warning', message: 'one\ntwo', title: 'T' },
      { level: 'error', message: "Unable to process command 'text ##[set-env name=A]b' successfully." },
      {
        level: 'error',
        message: 'The `set-env` command is disabled. Please upgrade to using Environment Files.',
      },
      { level: 'error', message: 'bad' },
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

  it('are told in the debug log, state and outputs too', async () => {
    const uses = await fixture({ main: "write('STATE', 'id', '1'); write('OUTPUT', 'key', '2');" });
    const { steps } = await runJob({ steps: [{ uses }], debug: true });
    expect(steps[0]?.log).toBe('##[debug]Set output key = 2\n##[debug]Save intra-action state id = 1\n');
  });

  it('show debug lines only to those who asked', async () => {
    const uses = await fixture({ main: "console.log('::debug::fine print', env.RUNNER_DEBUG);" });
    const [quiet, loud] = await Promise.all([
      runJob({ steps: [{ uses }] }),
      runJob({ steps: [{ uses }], debug: true }),
    ]);
    expect(quiet.log).toBe('');
    expect(loud.log).toBe('##[debug]fine print 1\n');
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
    expect(steps[0]).toMatchObject({
      outcome: 'cancelled',
      signals: ['SIGINT', 'SIGTERM', 'SIGKILL'],
      exitCode: 137,
    });
    expect(steps[0]?.rawLog).toBe('ready\nSIGINT\nSIGTERM\n');
    expect(steps.slice(1).map(({ outcome }) => outcome)).toEqual(['skipped', 'success']);
    expect(post[0]?.rawLog).toBe('cancelled\n');
    expect(conclusion).toBe('cancelled');
  });

  it('sends no second signal to a process that went at the first', async () => {
    const uses = await fixture({
      main: "process.on('SIGINT', () => process.exit(0)); setInterval(() => {}, 1000); console.log('ready');",
    });
    const cancel = new AbortController();
    const { steps } = await runJob({
      signal: cancel.signal,
      grace: GRACE,
      onLog: () => cancel.abort(),
      steps: [{ uses }],
    });
    expect(steps[0]).toMatchObject({ outcome: 'cancelled', signals: ['SIGINT'], exitCode: 0 });
  });

  it('leaves a step alone that runs in any case', async () => {
    const cancel = new AbortController();
    const uses = await fixture({ main: "console.log('ready'); setTimeout(() => console.log('done'), 300);" });
    const { steps } = await runJob({
      signal: cancel.signal,
      grace: GRACE,
      onLog: () => cancel.abort(),
      steps: [{ uses, if: 'always()' }],
    });
    expect(steps[0]).toMatchObject({ outcome: 'success', rawLog: 'ready\ndone\n' });
  });

  it('takes the orphans of a shell step along', async () => {
    const cancel = new AbortController();
    const { steps } = await runJob({
      signal: cancel.signal,
      grace: { afterInterrupt: 100, afterTerminate: 100 },
      onLog: () => cancel.abort(),
      steps: [{ run: '(sleep 0.6; touch late) & echo ready; wait' }, { run: 'sleep 1; ls', if: 'always()' }],
    });
    expect(steps[0]?.outcome).toBe('cancelled');
    expect(steps[1]?.rawLog).toBe('');
  });

  it('is told apart from a killed process and from a lost machine', async () => {
    const uses = await fixture({ main: patient, post: "console.log('post');" });
    const [killed, lost] = [new AbortController(), new AbortController()];
    const dead = await runJob({ onLog: () => killed.abort(), steps: [{ uses, kill: killed.signal }] });
    expect(dead.steps[0]).toMatchObject({ outcome: 'failure', exitCode: 137, signals: ['SIGKILL'] });
    expect(dead.post.map(({ rawLog }) => rawLog)).toEqual(['post\n']);
    const gone = await runJob({
      onLog: () => lost.abort(),
      lost: lost.signal,
      steps: [{ uses }, { run: 'echo', if: 'always()' }],
    });
    expect(gone).toMatchObject({ conclusion: 'failure', lost: true, post: [] });
    expect(gone.steps[1]?.outcome).toBe('skipped');
  });
});
