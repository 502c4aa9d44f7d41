import { describe, expect, it } from 'vitest';
import { readmeWithTables } from '../../scripts/interface.ts';
import { describeMarked } from '../../src/keys/mark.ts';
import { startGitHub, TOKENS } from '../github/stand-in.ts';
import { runWorkflow, type WorkflowResult } from '../runner/run-workflow.ts';
import { startSimulator } from '../simulator/server.ts';
import type { Simulator } from '../simulator/simulator.ts';
import { actionlint } from './actionlint.ts';
import { blocksOf, ROOT, readPage } from './page.ts';

const readme = await readPage('README.md');
const workflows = blocksOf(readme).filter(({ language }) => language === 'yaml');
// Their shell steps want bash.
const withBash = it.runIf(process.platform !== 'win32');

/** A repository with the variable and the secrets that the README asks for. */
async function openRepository() {
  const atlas = await startSimulator();
  const github = await startGitHub();
  const organization = atlas.addOrganization({ name: 'acme' });
  const project = atlas.addProject(organization, { name: 'shop' });
  const owner = atlas.addKey({ orgId: organization.id, desc: 'owner', roles: ['ORG_OWNER'] });
  const account = atlas.addServiceAccount({ orgId: organization.id, roles: ['ORG_OWNER'] });
  const run = (workflow: string): Promise<WorkflowResult> =>
    runWorkflow(workflow, {
      actionFolder: ROOT,
      extraInputs: { baseUrl: atlas.origin },
      repository: github.repository,
      apiUrl: github.apiUrl,
      payload: { pull_request: { head: { repo: { full_name: github.repository } } } },
      vars: { ATLAS_PROJECT_ID: project.id },
      secrets: {
        ATLAS_PUBLIC_KEY: owner.publicKey,
        ATLAS_PRIVATE_KEY: owner.privateKey,
        ATLAS_CLIENT_ID: account.clientId,
        ATLAS_CLIENT_SECRET: account.clientSecret,
        SECRETS_TOKEN: TOKENS.write,
        ...Object.fromEntries(github.secrets),
      },
    });
  const keys = () => atlas.keys().filter(({ id }) => id !== owner.id);
  return {
    atlas,
    github,
    project,
    run,
    keys,
    [Symbol.asyncDispose]: async () => {
      await atlas.close();
      await github[Symbol.asyncDispose]();
    },
  };
}

function workflowUnder(heading: string): string {
  const block = workflows.find((candidate) => candidate.heading === heading);
  if (block === undefined) throw new Error(`no workflow under "${heading}"`);
  return block.text;
}

describe('every workflow of the README', () => {
  it('is there', () => {
    expect(workflows.map(({ heading }) => heading)).toEqual([
      'Atlas Project API Key',
      'A key that is declared',
      'A key for one job',
      'A key for one job',
      'A key that is rotated',
      'A key that is rotated',
    ]);
  });

  it.each(workflows)('passes actionlint: $heading', async ({ text }) => {
    expect(await actionlint(text)).toEqual([]);
  });
});

describe('the workflows of the README, run', () => {
  withBash('the first one logs what the README shows, and leaves no key', async () => {
    await using repository = await openRepository();
    const { conclusion, jobs } = await repository.run(workflowUnder('Atlas Project API Key'));
    expect(conclusion).toBe('success');
    const [shown] = blocksOf(readme).filter(({ language }) => language === 'text');
    expect(withoutChance(jobs[0]?.run?.log ?? '')).toBe(withoutChance(shown?.text ?? ''));
    expect(repository.keys()).toEqual([]);
  });

  withBash('the first one has the summary that the README shows', async () => {
    await using repository = await openRepository();
    const { jobs } = await repository.run(workflowUnder('Atlas Project API Key'));
    const summary = jobs[0]?.run?.steps[0]?.summary ?? '';
    expect(wordsOf(quotedIn(readme))).toEqual(wordsOf(summary));
  });

  withBash('the declared key is made and stored once, and handed out again later', async () => {
    await using repository = await openRepository();
    const workflow = workflowUnder('A key that is declared');
    expect((await repository.run(workflow)).conclusion).toBe('success');
    const [key] = repository.keys();
    expect(repository.github.secrets.get('DEPLOY_KEY')).toBe(`${key?.publicKey}:${key?.privateKey}`);
    const second = await repository.run(workflow);
    expect(second.conclusion).toBe('success');
    expect(second.jobs[0]?.run?.steps[0]?.outputs.result).toBe('unchanged');
    expect(repository.keys()).toHaveLength(1);
  });

  withBash('the key for one job is limited to this machine and gone afterwards', async () => {
    await using repository = await openRepository();
    const { conclusion, jobs } = await repository.run(workflowUnder('A key for one job'));
    expect(jobs[0]?.conclusion).toBe('success');
    expect(conclusion).toBe('success');
    expect(repository.keys()).toEqual([]);
    expect(madeKeys(repository.atlas)[0]?.accessList).toHaveLength(1);
  });

  withBash('the sweep deletes what a lost machine left, and no key that a person made', async () => {
    await using repository = await openRepository();
    const { atlas, github, project } = repository;
    const until = atlas.clock.now() + 86_400_000;
    const origin = { repository: github.repository, runId: '7', attempt: '1', nonce: '0123456789abcdef' };
    const left = describeMarked('integration tests', { ...origin, state: 'ephemeral', until });
    for (const desc of [left, 'integration tests']) {
      const roles = [{ roleName: 'GROUP_READ_ONLY', groupId: project.id }];
      atlas.addKey({ orgId: project.orgId, desc, roles });
    }
    atlas.clock.advance(2 * 86_400_000);
    const [, sweep] = workflows.filter(({ heading }) => heading === 'A key for one job');
    expect((await repository.run(sweep?.text ?? '')).conclusion).toBe('success');
    expect(repository.keys().map(({ desc }) => desc)).toEqual(['integration tests']);
  });

  withBash('the rotated key is stored, and its user splits it without showing it', async () => {
    await using repository = await openRepository();
    await repository.run(workflowUnder('A key that is declared'));
    const [rotate, use] = workflows.filter(({ heading }) => heading === 'A key that is rotated');
    expect((await repository.run(rotate?.text ?? '')).conclusion).toBe('success');
    const [, current] = repository.keys();
    expect(current).toMatchObject({ desc: 'deploy' });
    expect(repository.github.secrets.get('DEPLOY_KEY')).toBe(`${current?.publicKey}:${current?.privateKey}`);
    const used = await repository.run(use?.text ?? '');
    expect(used.jobs[0]?.run?.log).toBe(`Signing in as ${current?.publicKey}\n`);
    expect(used.jobs[0]?.run?.masks).toContain(current?.privateKey);
  });
});

it('has the inputs and outputs of action.yml', async () => {
  expect(await readmeWithTables(), 'run npm run docs').toBe(readme);
});

function madeKeys(atlas: Simulator) {
  return atlas.keys({ includeDeleted: true }).filter(({ desc }) => desc !== 'owner');
}

/** Ids, public keys and times are others in every run. */
function withoutChance(text: string): string {
  return text
    .replace(/\b[0-9a-f]{24}\b/g, 'ID')
    .replace(/(?<=\(|as )[a-z]{8}\b/g, 'PUBLIC')
    .replace(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ/g, 'TIME');
}

/** The summary that the README quotes. */
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
