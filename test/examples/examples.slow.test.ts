import { readdir, readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { actionlint } from '../docs/actionlint.ts';
import { ROOT } from '../docs/page.ts';
import { startGitHub, TOKENS } from '../github/stand-in.ts';
import { runWorkflow } from '../runner/run-workflow.ts';
import { parseWorkflow } from '../runner/workflow-file.ts';
import { startSimulator } from '../simulator/server.ts';
import type { SimulatedKey } from '../simulator/simulator.ts';
import { openSecretsManager, openVault } from './stores.ts';

const FOLDER = join(ROOT, 'examples');
const read = (name: string) => readFile(join(FOLDER, name), 'utf8');
const names = (await readdir(FOLDER)).filter((name) => name.endsWith('.yml'));
const workflows = await Promise.all(names.map(async (name) => ({ name, text: await read(name) })));
// Their shell steps want bash.
const withBash = it.runIf(process.platform !== 'win32');

describe.each(workflows)('$name', ({ text }) => {
  it('passes actionlint', async () => {
    expect(await actionlint(text)).toEqual([]);
  });

  it('pins the actions of others by commit and names their version', () => {
    const others = [...text.matchAll(/uses: (?!your-org\/atlas-project-api-key@v1$)(.*)/gm)];
    for (const [, uses] of others) expect(uses).toMatch(/^[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
  });

  it('starts without permissions, and each job says why it has those it has', () => {
    expect(text).toContain('\npermissions: {}\n');
    const jobs = text.match(/^ {4}runs-on:/gm) ?? [];
    expect(text.match(/^ {4}permissions:/gm)).toHaveLength(jobs.length);
    for (const [, , reason] of text.matchAll(/^ +(?:permission-)?[\w-]+: (read|write)\b(.*)$/gm)) {
      expect(reason).toMatch(/^ # to \w+/);
    }
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

/** A repository with the variables and secrets that the examples ask for, and the other end of its webhook. */
async function openRepository() {
  const atlas = await startSimulator();
  const github = await startGitHub({ repositories: ['octo-org/worker'] });
  const organization = atlas.addOrganization({ name: 'acme' });
  const project = atlas.addProject(organization, { name: 'shop' });
  const owner = atlas.addServiceAccount({ orgId: organization.id, roles: ['ORG_OWNER'] });
  const manager = atlas.addServiceAccount({
    orgId: organization.id,
    roles: [{ roleName: 'GROUP_OWNER', groupId: project.id }],
  });
  const messages: unknown[] = [];
  const webhook = createServer(async (request, response) => {
    messages.push(JSON.parse(await text(request)));
    response.end('ok');
  });
  await new Promise<void>((resolve) => webhook.listen(0, '127.0.0.1', resolve));
  const run = async (
    name: string,
    env: Readonly<Record<string, string>> = {},
    vars: Readonly<Record<string, string>> = {},
  ) => {
    const caller = name === 'matrix.yml' ? manager : owner;
    return runWorkflow(await read(name), {
      actionFolder: ROOT,
      // The App's token comes from an action that is not run here.
      extraInputs: {
        baseUrl: atlas.origin,
        ...(/steps\.app\./.test(await read(name)) && { githubToken: TOKENS.write }),
      },
      env: { ATLAS_URL: atlas.origin, ...env },
      repository: github.repository,
      apiUrl: github.apiUrl,
      vars: { ATLAS_PROJECT_ID: project.id, ...vars },
      secrets: {
        ATLAS_CLIENT_ID: caller.clientId,
        ATLAS_CLIENT_SECRET: caller.clientSecret,
        SECRETS_TOKEN: TOKENS.write,
        ALERT_WEBHOOK: `http://127.0.0.1:${(webhook.address() as AddressInfo).port}/hooks/1`,
        ...Object.fromEntries(github.secrets),
        ATLAS_SHARED_KEY: github.secrets.get('octo-org/ATLAS_SHARED_KEY') ?? '',
      },
    });
  };
  return {
    atlas,
    github,
    messages,
    run,
    keys: () => atlas.keys(),
    async [Symbol.asyncDispose]() {
      webhook.close();
      await atlas.close();
      await github[Symbol.asyncDispose]();
    },
  };
}

describe('deploy.yml', () => {
  withBash('deploys with a key of its own, which is gone afterwards', async () => {
    await using repository = await openRepository();
    const { conclusion, jobs } = await repository.run('deploy.yml');
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
    await using repository = await openRepository();
    const { conclusion } = await repository.run('deploy.yml', { ATLAS_URL: 'http://127.0.0.1:1' });
    expect(conclusion).toBe('failure');
    expect(repository.atlas.keys({ includeDeleted: true })).toHaveLength(1);
    expect(repository.keys()).toEqual([]);
  });
});

describe('matrix.yml', () => {
  withBash('makes one key in many jobs at once, and later runs all use it', async () => {
    await using repository = await openRepository();
    const first = await repository.run('matrix.yml');
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

  function ranTests({ jobs }: Awaited<ReturnType<typeof runWorkflow>>): number {
    const tests = jobs.map(({ run }) => run?.steps.find(({ name }) => name === 'Test'));
    return tests.filter((test) => test?.outcome === 'success' && test.log.includes('"name":"shop"')).length;
  }
});

describe('rotate.yml', () => {
  withBash(
    'makes and stores the first key, keeps it while it is young, and replaces it after four weeks',
    async () => {
      await using repository = await openRepository();
      const results: (string | undefined)[] = [];
      const stored: (string | undefined)[] = [];
      for (const days of [0, 7, 14, 7]) {
        repository.atlas.clock.advance(days * 86_400_000);
        const { conclusion, jobs } = await repository.run('rotate.yml');
        expect(conclusion).toBe('success');
        expect(jobs.map((job) => job.conclusion)).toEqual(['success', 'skipped']);
        results.push(jobs[0]?.run?.steps[1]?.outputs.result);
        stored.push(repository.github.secrets.get('ATLAS_DEPLOY_KEY'));
      }
      expect(results).toEqual(['created', 'unchanged', 'unchanged', 'rotated']);
      const [former, current] = repository.keys();
      expect(stored[2]).toBe(`${former?.publicKey}:${former?.privateKey}`);
      expect(stored[3]).toBe(`${current?.publicKey}:${current?.privateKey}`);
      expect(current).toMatchObject({ desc: 'deploy key' });
      expect(former?.desc).toContain('previous');
      expect(repository.messages).toEqual([]);
    },
  );

  withBash('keeps the former key when the new one fails its trial, and sends a message', async () => {
    await using repository = await openRepository();
    await repository.run('rotate.yml');
    const [former] = repository.keys();
    repository.atlas.clock.advance(28 * 86_400_000);
    const { conclusion, jobs } = await repository.run('rotate.yml', { ATLAS_URL: 'http://127.0.0.1:1' });
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
    await using repository = await openRepository();
    await repository.run('rotate.yml');
    const [first] = repository.keys();
    repository.atlas.deleteKey(first?.id ?? '');
    await repository.run('rotate.yml');
    const [second] = repository.keys();
    expect(repository.github.secrets.get('ATLAS_DEPLOY_KEY')).toContain(second?.publicKey);
  });
});

describe('rotate-organization.yml', () => {
  withBash(
    'stores the key where the named repositories see it, and leaves it alone while it is young',
    async () => {
      await using repository = await openRepository();
      const { secrets } = repository.github;
      const results: (string | undefined)[] = [];
      const stored: (string | undefined)[] = [];
      for (const days of [0, 7, 21]) {
        repository.atlas.clock.advance(days * 86_400_000);
        const { conclusion, jobs } = await repository.run('rotate-organization.yml');
        expect(conclusion).toBe('success');
        const steps = jobs[0]?.run?.steps ?? [];
        results.push(steps[1]?.outputs.result);
        expect(steps.find(({ name }) => name === 'Try the new key')?.outcome).toBe(
          results.at(-1) === 'unchanged' ? 'skipped' : 'success',
        );
        stored.push(secrets.get('octo-org/ATLAS_SHARED_KEY'));
      }
      expect(results).toEqual(['created', 'unchanged', 'rotated']);
      expect(stored[1]).toBe(stored[0]);
      const current = repository.keys().find(({ desc }) => desc === 'shared key');
      expect(stored[2]).toBe(`${current?.publicKey}:${current?.privateKey}`);
      expect(repository.github.visibilityOf('octo-org/ATLAS_SHARED_KEY')).toEqual({
        visibility: 'selected',
        repositories: ['octo-org/app', 'octo-org/worker'],
      });
    },
  );
});

describe.each([
  ['rotate-aws.yml', openSecretsManager],
  ['rotate-vault.yml', openVault],
] as const)('%s', (name, openStore) => {
  withBash('stores the first key, keeps it while it is young, and replaces it after four weeks', async () => {
    await using repository = await openRepository();
    await using store = await openStore();
    const results: (string | undefined)[] = [];
    const stored: (string | undefined)[] = [];
    for (const days of [0, 7, 14, 7]) {
      repository.atlas.clock.advance(days * 86_400_000);
      const { conclusion, jobs } = await repository.run(name, store.env, store.vars);
      const { log = '', steps = [] } = jobs[0]?.run ?? {};
      expect(log).not.toContain('##[error]');
      expect(conclusion).toBe('success');
      results.push(steps.find(({ outputs }) => 'result' in outputs)?.outputs.result);
      stored.push(store.value());
      for (const { privateKey } of repository.keys()) expect(log).not.toContain(privateKey);
    }
    expect(results).toEqual(['created', 'unchanged', 'unchanged', 'rotated']);
    expect(store.writes()).toBe(2);
    const [former, current] = repository.keys();
    expect(stored).toEqual([
      ...Array(3).fill(`${former?.publicKey}:${former?.privateKey}`),
      `${current?.publicKey}:${current?.privateKey}`,
    ]);
    expect(former?.desc).toContain('previous');
  });

  withBash(
    'keeps the former key current when the new one cannot be stored, and mends it in the next run',
    async () => {
      await using repository = await openRepository();
      await using store = await openStore();
      await repository.run(name, store.env, store.vars);
      const [former] = repository.keys();
      const before = store.value();
      repository.atlas.clock.advance(28 * 86_400_000);
      store.refuseWrites(true);
      const failed = await repository.run(name, store.env, store.vars);
      expect(failed.conclusion).toBe('failure');
      expect(store.value()).toBe(before);
      expect(repository.atlas.key(former?.id ?? '')?.desc).not.toContain('previous');
      store.refuseWrites(false);
      repository.atlas.clock.advance(1_000);
      const mended = await repository.run(name, store.env, store.vars);
      expect(mended.conclusion).toBe('success');
      const current = repository.keys().at(-1);
      expect(store.value()).toBe(`${current?.publicKey}:${current?.privateKey}`);
    },
  );

  withBash('fails before a key is made when the stored one cannot be read', async () => {
    await using repository = await openRepository();
    await using store = await openStore();
    store.refuseReads();
    const { conclusion } = await repository.run(name, store.env, store.vars);
    expect(conclusion).toBe('failure');
    expect(repository.keys()).toEqual([]);
  });
});
