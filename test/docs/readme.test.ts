import { describe, expect, it } from 'vitest';
import { pageWithTables } from '../../scripts/interface.ts';
import { describeMarked } from '../../src/keys/mark.ts';
import { runInProcess } from '../action/in-process.ts';
import { openRepository } from '../examples/repository.ts';
import { actionlint } from './actionlint.ts';
import { blocksOf, readPage } from './page.ts';

const readme = await readPage('README.md');
const questions = await readPage('docs/questions.md');
const workflows = [readme, questions].flatMap(blocksOf).filter(({ language }) => language === 'yaml');
const start = {
  start: runInProcess,
  payload: { pull_request: { head: { repo: { full_name: 'octo-org/app' } } } },
};
// Their shell steps want bash.
const withBash = it.runIf(process.platform !== 'win32');

function workflowUnder(heading: string): string {
  const block = workflows.find((candidate) => candidate.heading === heading);
  if (block === undefined) throw new Error(`no workflow under "${heading}"`);
  return block.text;
}

describe('every workflow of the README and its questions', () => {
  it('is there', () => {
    expect(workflows.map(({ heading }) => heading)).toEqual([
      'Atlas Project API Key',
      'A key for one job',
      'A key that is declared',
      'A key that is rotated',
      'How do I use the combined secret?',
    ]);
  });

  it.each(workflows)('passes actionlint: $heading', async ({ text }) => {
    expect(await actionlint(text)).toEqual([]);
  });
});

describe('the workflows of the README, run', () => {
  withBash('the first one has the log and the summary of the README, and leaves no secret', async () => {
    await using repository = await openRepository();
    const { atlas, owner, projectOwner, secretsOf } = repository;
    const { conclusion, jobs } = await repository.run(workflowUnder('Atlas Project API Key'), {
      ...start,
      secrets: secretsOf(projectOwner),
    });
    const { log = '', steps = [] } = jobs[0]?.run ?? {};
    expect(conclusion).toBe('success');
    const [shown] = blocksOf(readme).filter(({ language }) => language === 'text');
    expect(withoutChance(log)).toBe(withoutChance(shown?.text ?? ''));
    expect(wordsOf(quotedIn(readme))).toEqual(wordsOf(steps[0]?.summary ?? ''));
    expect(repository.keys()).toEqual([]);
    const callers = [owner.clientId, projectOwner.clientId];
    const made = atlas.serviceAccounts().filter(({ clientId }) => !callers.includes(clientId));
    expect(made.flatMap(({ secrets }) => secrets)).toEqual([]);
  });

  withBash('the declared key is made and stored once, and handed out again later', async () => {
    await using repository = await openRepository();
    const workflow = workflowUnder('A key that is declared');
    expect((await repository.run(workflow, start)).conclusion).toBe('success');
    const [key] = repository.keys();
    expect(repository.github.secrets.get('DEPLOY_KEY')).toBe(`${key?.publicKey}:${key?.privateKey}`);
    const second = await repository.run(workflow, start);
    expect(second.conclusion).toBe('success');
    expect(second.jobs[0]?.run?.steps[0]?.outputs.result).toBe('unchanged');
    expect(repository.keys()).toHaveLength(1);
  });

  withBash('the sweep deletes what a lost machine left, and no key that a person made', async () => {
    await using repository = await openRepository();
    const { atlas, github, orgId, groupId } = repository;
    const until = atlas.clock.now() + 86_400_000;
    const origin = { repository: github.repository, runId: '7', attempt: '1', nonce: '0123456789abcdef' };
    const left = describeMarked('integration tests', { ...origin, state: 'ephemeral', until });
    for (const desc of [left, 'integration tests']) {
      const roles = [{ roleName: 'GROUP_READ_ONLY', groupId }];
      atlas.addKey({ orgId, desc, roles });
    }
    atlas.clock.advance(2 * 86_400_000);
    expect((await repository.run(workflowUnder('A key for one job'), start)).conclusion).toBe('success');
    expect(repository.keys().map(({ desc }) => desc)).toEqual(['integration tests']);
  });

  withBash('the rotated key is stored, and its user splits it without showing it', async () => {
    await using repository = await openRepository();
    await repository.run(workflowUnder('A key that is declared'), start);
    // Ids of one second are in no order.
    repository.atlas.clock.advance(86_400_000);
    expect((await repository.run(workflowUnder('A key that is rotated'), start)).conclusion).toBe('success');
    const [, current] = repository.keys();
    expect(current).toMatchObject({ desc: 'deploy' });
    expect(repository.github.secrets.get('DEPLOY_KEY')).toBe(`${current?.publicKey}:${current?.privateKey}`);
    const used = await repository.run(workflowUnder('How do I use the combined secret?'), start);
    expect(used.jobs[0]?.run?.log).toBe(`Signing in as ${current?.publicKey}\n`);
    expect(used.jobs[0]?.run?.masks).toContain(current?.privateKey);
  });
});

it('docs/inputs.md has the inputs and outputs of action.yml', async () => {
  expect(await pageWithTables(), 'run npm run docs').toBe(await readPage('docs/inputs.md'));
});

/** Ids, public keys and times are others in every run. */
function withoutChance(text: string): string {
  return text
    .replace(/(?:mdb_sa_id_|\b)[0-9a-f]{24}\b/g, 'ID')
    .replace(/(?<=\(|as )[a-z]{8}\b/g, 'PUBLIC')
    .replace(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ/g, 'TIME');
}

function quotedIn(markdown: string): string {
  return [...markdown.matchAll(/^> ?(.*)$/gm)].map(([, line]) => line).join('\n');
}

function wordsOf(markdown: string): string[] {
  const plain = markdown
    .replaceAll('<wbr>', '')
    .replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)))
    .replace(/<\/?code>/g, '`');
  const rows = plain.split('\n').filter((line) => /[a-z]/i.test(line));
  return rows.map((line) =>
    withoutChance(line)
      .replace(/`[a-z]{8}`/, '`PUBLIC`')
      .replace(/\s+/g, ' ')
      .trim(),
  );
}
