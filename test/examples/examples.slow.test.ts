import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runInProcess } from '../action/in-process.ts';
import { ROOT } from '../docs/page.ts';
import { TOKENS } from '../github/stand-in.ts';
import type { WorkflowResult } from '../runner/run-workflow.ts';
import { parseWorkflow } from '../runner/workflow-file.ts';
import type { SimulatedKey } from '../simulator/simulator.ts';
import { openRepository } from './repository.ts';
import { openGitHub, openSecretsManager, openVault } from './stores.ts';

const FOLDER = join(ROOT, 'examples');
const read = (name: string) => readFile(join(FOLDER, name), 'utf8');
const names = (await readdir(FOLDER)).filter((name) => name.endsWith('.yml'));
const workflows = await Promise.all(names.map(async (name) => ({ name, text: await read(name) })));
// Their shell steps want bash.
const withBash = it.runIf(process.platform !== 'win32');

describe.each(workflows)('$name', ({ text }) => {
  it('says of each job why it has the permissions that it has', () => {
    const jobs = text.match(/^ {4}runs-on:/gm) ?? [];
    expect(text.match(/^ {4}permissions:/gm)).toHaveLength(jobs.length);
    for (const [before] of text.matchAll(/.*\n {4}permissions: \{\}/g)) expect(before).toMatch(/^ {4}# /);
  });

  it('puts no secret into a command line, and no expression into a script', () => {
    expect(text).not.toMatch(/ (?:--user|-u) /);
    const scripts = parseWorkflow(text).jobs.flatMap(({ steps }) => steps.map(({ run }) => run ?? ''));
    expect(scripts.join('')).not.toContain('${' + '{');
  });

  it('runs no code of a pull request beside the secrets of an owner', () => {
    expect(text).not.toMatch(/pull_request/);
  });

  it('hands a key on only when it was made', () => {
    const steps = parseWorkflow(text).jobs.flatMap((job) => job.steps);
    const storing = steps.filter(({ name }) => name === 'Store the new key');
    for (const step of storing) expect(step.if).toBe("steps.key.outputs.created == 'true'");
    expect(storing).toHaveLength(/knownPrivateKey: .*steps\.stored/.test(text) ? 1 : 0);
  });
});

interface Wish {
  readonly built?: boolean;
  readonly env?: Readonly<Record<string, string>>;
  readonly vars?: Readonly<Record<string, string>>;
}

/** A repository that runs an example; the action in this process, unless it is to be the built one. */
async function openExamples() {
  const repository = await openRepository();
  const { atlas, github, projectOwner, secretsOf } = repository;
  const run = async (name: string, { built = false, env = {}, vars = {} }: Wish = {}) => {
    const workflow = await read(name);
    return repository.run(workflow, {
      start: built ? undefined : runInProcess,
      // The App's token comes from an action that is not run here.
      extraInputs: workflow.includes('steps.app.') ? { githubToken: TOKENS.write } : {},
      env: { ATLAS_URL: atlas.origin, ...env },
      vars,
      secrets: {
        ...(name === 'matrix.yml' && secretsOf(projectOwner)),
        ATLAS_SHARED_KEY: github.secrets.get('octo-org/ATLAS_SHARED_KEY') ?? '',
      },
    });
  };
  return { ...repository, run };
}

describe('deploy.yml', () => {
  withBash('deploys with a key of its own, which is gone afterwards', async () => {
    await using repository = await openExamples();
    const { conclusion, jobs } = await repository.run('deploy.yml', { built: true });
    expect(jobs[0]?.run?.log).not.toContain('##[error]');
    expect(conclusion).toBe('success');
    const deploy = jobs[0]?.run?.steps.find(({ name }) => name === 'Deploy');
    expect(deploy?.log).toContain('"name":"shop"');
    const made = repository.atlas
      .keys({ includeDeleted: true })
      .filter(({ deletedAt }) => deletedAt !== undefined);
    expect(made).toMatchObject([{ accessList: ['127.0.0.1/32'] }]);
    expect(repository.keys()).toEqual([]);
  });

  withBash('revokes the key when the deployment fails', async () => {
    await using repository = await openExamples();
    const { conclusion } = await repository.run('deploy.yml', { env: { ATLAS_URL: 'http://127.0.0.1:1' } });
    expect(conclusion).toBe('failure');
    expect(repository.atlas.keys({ includeDeleted: true })).toHaveLength(1);
    expect(repository.keys()).toEqual([]);
  });
});

describe('matrix.yml', () => {
  withBash('makes one key in many jobs at once, and later runs all use it', async () => {
    await using repository = await openExamples();
    // Side by side, which needs processes.
    const first = await repository.run('matrix.yml', { built: true });
    expect(first.conclusion).toBe('success');
    const results = first.jobs.map(({ run }) => run?.steps[0]?.outputs.result);
    expect(results.sort()).toEqual(['created', 'unchanged', 'unchanged', 'unchanged']);
    const isInProject = ({ roles }: SimulatedKey) => roles.some(({ groupId }) => groupId !== undefined);
    const [key, ...more] = repository.keys().filter(isInProject);
    expect(more).toEqual([]);
    // The caller is no Organization Owner: what it made too many is left to a sweep.
    for (const spare of repository.keys().filter((made) => !isInProject(made))) {
      expect(spare.desc).toMatch(/^tests \[atlas-key\/1 retired /);
    }
    expect(key).toMatchObject({ desc: 'tests' });
    expect(repository.github.secrets.get('ATLAS_TEST_KEY')).toBe(`${key?.publicKey}:${key?.privateKey}`);
    expect(ranTests(first)).toBe(1);

    const second = await repository.run('matrix.yml');
    expect(second.conclusion).toBe('success');
    expect(ranTests(second)).toBe(4);
    for (const { run } of second.jobs) expect(run?.log).not.toContain(key?.privateKey);
  });

  function ranTests({ jobs }: WorkflowResult): number {
    const tests = jobs.map(({ run }) => run?.steps.find(({ name }) => name === 'Test'));
    return tests.filter((test) => test?.outcome === 'success' && test.log.includes('"name":"shop"')).length;
  }
});

describe.each([
  ['rotate.yml', openGitHub('ATLAS_DEPLOY_KEY')],
  ['rotate-organization.yml', openGitHub('octo-org/ATLAS_SHARED_KEY')],
  ['rotate-aws.yml', openSecretsManager],
  ['rotate-vault.yml', openVault],
] as const)('%s', (name, openStore) => {
  withBash('stores the first key, keeps it while it is young, and replaces it after four weeks', async () => {
    await using repository = await openExamples();
    await using store = await openStore(repository.github);
    const results: (string | undefined)[] = [];
    const stored: (string | undefined)[] = [];
    for (const days of [0, 21, 7]) {
      repository.atlas.clock.advance(days * 86_400_000);
      const { conclusion, jobs } = await repository.run(name, store);
      const { log = '', steps = [] } = jobs[0]?.run ?? {};
      expect(log).not.toContain('##[error]');
      expect(conclusion).toBe('success');
      expect(jobs.slice(1).map((job) => job.conclusion)).toEqual(jobs.slice(1).map(() => 'skipped'));
      const result = steps.find(({ outputs }) => 'result' in outputs)?.outputs.result;
      const trial = steps.find((step) => step.name === 'Try the new key');
      if (trial !== undefined) expect(trial.outcome).toBe(result === 'unchanged' ? 'skipped' : 'success');
      results.push(result);
      stored.push(store.value());
      for (const { privateKey } of repository.keys()) expect(log).not.toContain(privateKey);
    }
    expect(results).toEqual(['created', 'unchanged', 'rotated']);
    expect(store.writes()).toBe(2);
    const [former, current] = repository.keys();
    expect(stored).toEqual([former, former, current].map((key) => `${key?.publicKey}:${key?.privateKey}`));
    expect(former?.desc).toContain('previous');
    expect(current?.desc).not.toContain('[');
    expect(repository.messages).toEqual([]);
    if (name === 'rotate-organization.yml') {
      expect(repository.github.visibilityOf('octo-org/ATLAS_SHARED_KEY')).toEqual({
        visibility: 'selected',
        repositories: ['octo-org/app', 'octo-org/worker'],
      });
    }
  });
});

describe('rotate.yml', () => {
  withBash('keeps the former key when the new one fails its trial, and sends a message', async () => {
    await using repository = await openExamples();
    await repository.run('rotate.yml');
    const [former] = repository.keys();
    repository.atlas.clock.advance(28 * 86_400_000);
    const env = { ATLAS_URL: 'http://127.0.0.1:1' };
    const { conclusion, jobs } = await repository.run('rotate.yml', { env });
    expect(conclusion).toBe('failure');
    expect(jobs.map((job) => job.conclusion)).toEqual(['failure', 'success']);
    expect(repository.atlas.key(former?.id ?? '')).toMatchObject({ desc: 'deploy key' });
    expect(repository.messages).toEqual([
      {
        text: `The deploy key was not rotated: https://github.com/${repository.github.repository}/actions/runs/1658821493`,
      },
    ]);
  });

  withBash('makes a new key at once when somebody deleted the one in use', async () => {
    await using repository = await openExamples();
    await repository.run('rotate.yml');
    const [first] = repository.keys();
    repository.atlas.deleteKey(first?.id ?? '');
    await repository.run('rotate.yml');
    const [second] = repository.keys();
    expect(repository.github.secrets.get('ATLAS_DEPLOY_KEY')).toContain(second?.publicKey);
  });
});

describe.each([
  ['rotate-aws.yml', openSecretsManager],
  ['rotate-vault.yml', openVault],
] as const)('%s', (name, openStore) => {
  withBash(
    'keeps the former key current when the new one cannot be stored, which the next run mends',
    async () => {
      await using repository = await openExamples();
      await using store = await openStore();
      await repository.run(name, store);
      const [former] = repository.keys();
      const before = store.value();
      repository.atlas.clock.advance(28 * 86_400_000);
      store.refuseWrites(true);
      expect((await repository.run(name, store)).conclusion).toBe('failure');
      expect(store.value()).toBe(before);
      expect(repository.atlas.key(former?.id ?? '')?.desc).not.toContain('previous');
      store.refuseWrites(false);
      repository.atlas.clock.advance(1_000);
      expect((await repository.run(name, store)).conclusion).toBe('success');
      const current = repository.keys().at(-1);
      expect(store.value()).toBe(`${current?.publicKey}:${current?.privateKey}`);
    },
  );

  withBash('fails before a key is made when the stored one cannot be read', async () => {
    await using repository = await openExamples();
    await using store = await openStore();
    store.refuseReads();
    expect((await repository.run(name, store)).conclusion).toBe('failure');
    expect(repository.keys()).toEqual([]);
  });
});
