/**
 * `npm run demo`: the built action, run as the runner would run it, against an embedded Atlas. Ends with an error when
 * anything is not as the story says. The folder of another action may be given, to see that it does.
 */
import { resolve } from 'node:path';
import { readMark } from '../../src/keys/mark.ts';
import { openRepository } from '../examples/repository.ts';
import type { JobResult } from '../runner/run-job.ts';
import type { StepResult } from '../runner/step.ts';
import { CHAPTERS, type Chapter, COMMON, type Holding } from './chapters.ts';
import { block, markdownAsText, say } from './page.ts';

const DAY = 24 * 60 * 60 * 1000;
const TELLING =
  'result apiUserId publicKey privateKey clientId clientSecret expiresAt previousApiUserIds'.split(' ');
const actionFolder = resolve(process.argv[2] ?? resolve(import.meta.dirname, '..', '..'));

await using repository = await openRepository();
const { atlas, github, orgId, groupId, projectOwner } = repository;
/** What Atlas should hold. */
let expected: readonly Holding[] = [];
const elsewhere = atlas.addKey({ orgId, desc: 'from elsewhere', roles: ['ORG_MEMBER'] });

say('Atlas Project API Key: dist/, run as a runner runs it, against an embedded Atlas', 'bold');
say('Nothing leaves this machine. Every job has these lines, and a baseUrl that names the embedded Atlas:');
block('workflow', COMMON);
for (const [index, chapter] of CHAPTERS.entries()) {
  const problems = await play(chapter, index + 1);
  for (const problem of problems) say(`   ✗ ${problem}`, 'red');
  if (problems.length === 0) continue;
  process.exitCode = 1;
  // What follows stands on it.
  break;
}
say('');
if (process.exitCode === 1) {
  say('That is not as told. Is dist/ up to date? npm run build');
} else {
  say('All as told. Next: copy the workflow at the top of README.md into a repository of yours, or run');
  say('`npm cit` to run the tests.');
}

async function play(chapter: Chapter, number: number): Promise<string[]> {
  say('');
  say(`${number}  ${chapter.title}`, ['bold', 'cyan']);
  if (chapter.daysLater !== undefined) {
    atlas.clock.advance(chapter.daysLater * DAY);
    say(`   ${chapter.daysLater} days later`);
  }
  block('steps', chapter.steps);
  const machine = new AbortController();
  const { jobs } = await repository.run(workflowOf(chapter), {
    actionFolder,
    secrets: {
      PROJECT_CLIENT_ID: projectOwner.clientId,
      PROJECT_CLIENT_SECRET: projectOwner.clientSecret,
    },
    vars: { ATLAS_API_USER_ID: elsewhere.id },
    lost: machine.signal,
    onLog: (line) => {
      if (line === chapter.lostAt) machine.abort();
    },
  });
  const run = jobs[0]?.run;
  const step = run?.steps[0];
  if (run === undefined || step === undefined) return ['the job did not run'];
  for (const { name, log } of [...run.steps, ...run.post]) if (log !== '') block(`log of ${name}`, log);
  const outputs = shownOutputs(number, run, step);
  if (outputs !== '') block('outputs', outputs);
  const summary = [...run.steps, ...run.post].map((part) => part.summary).join('\n');
  if (summary.trim() !== '') block('summary', markdownAsText(summary));
  const problems = problemsOf(chapter, run, step);
  if (problems.length === 0) {
    const stored = github.secrets.size === 0 ? '' : `; GitHub holds ${[...github.secrets.keys()].join(', ')}`;
    say(`   ✓ the job ended in ${run.conclusion}; Atlas holds ${holdings().join(' · ')}${stored}`, 'green');
  }
  return problems;
}

function workflowOf({ steps }: Chapter): string {
  const indented = steps.trimEnd().replace(/^/gm, '      ');
  return `on: push\n${COMMON}jobs:\n  demo:\n    runs-on: ubuntu-latest\n    steps:\n${indented}\n`;
}

/** As the log would show them: a masked value is three stars. After the first chapter only those that tell something. */
function shownOutputs(number: number, run: JobResult, { outputs }: StepResult): string {
  const names = number === 1 ? Object.keys(outputs) : TELLING;
  return names
    .map((name) => [name, outputs[name] ?? ''] as const)
    .filter(
      ([name, value]) =>
        (name === 'privateKey' && outputs.clientId === '') || (value !== '' && value !== '[]'),
    )
    .map(([name, value]) => `${name}: ${run.masks.includes(value) ? '***' : value || '(empty)'}`)
    .join('\n');
}

function problemsOf(chapter: Chapter, run: JobResult, step: StepResult): string[] {
  const { result = '', privateKey = '', clientSecret = '' } = step.outputs;
  const handedOut = privateKey || clientSecret;
  const held = holdings();
  expected = chapter.keys ?? expected;
  const conclusion = chapter.fails ? 'failure' : 'success';
  const secrets = [handedOut, ...atlas.keys({ includeDeleted: true }).map((key) => key.privateKey)];
  const told: readonly (readonly [boolean, string])[] = [
    [result === chapter.result, `the result is ${result || 'nothing'}, not ${chapter.result || 'nothing'}`],
    [run.conclusion === conclusion, `the job ended in ${run.conclusion}, not in ${conclusion}`],
    [run.log.includes(chapter.says), `the log does not say "${chapter.says}"`],
    [(handedOut !== '') === (chapter.secret === true), 'the secret is set or empty where it should not be'],
    [!secrets.some((secret) => secret !== '' && run.log.includes(secret)), 'a secret is in the log'],
    [held.join() === expected.join(), `Atlas holds ${held.join(' · ')}, not ${expected.join(' · ')}`],
  ];
  return told.filter(([holds]) => !holds).map(([, problem]) => problem);
}

/** The living keys of the project, in order of their making. */
function holdings(): string[] {
  const here = atlas.keys().filter(({ roles }) => roles.some((role) => role.groupId === groupId));
  return here.map(({ desc }) => {
    const marked = readMark(desc);
    return marked === undefined ? desc : `${marked.text}, ${marked.mark.state}`;
  });
}
