/** A new key stored as secrets of GitHub, before anything else is made final; GitHub opens the boxes with libsodium. */
import { describe, expect, it } from 'vitest';
import { readMark } from '../../src/keys/mark.ts';
import { keysBeside, openScene } from '../action/scene.ts';
import { type GitHubOptions, startGitHub, TOKENS } from '../github/stand-in.ts';
import { readable } from './readable.ts';

const [APP, WEB, JOBS] = ['octo-org/app', 'octo-org/web', 'octo-org/jobs'] as const;
const COMBINED = { githubToken: TOKENS.write, combinedSecret: 'ATLAS_KEY' };
const ROTATING = { ...COMBINED, mode: 'rotate' };

async function openBoth(options: GitHubOptions = {}) {
  const scene = await openScene();
  const github = await startGitHub({ repositories: [WEB, JOBS], ...options });
  const { apiUrl, repository } = github;
  return {
    scene,
    github,
    run: (inputs: Readonly<Record<string, string>>) => scene.run(inputs, { apiUrl, repository }),
    /** The combined secret of each key, by its state. */
    keys: () =>
      Object.fromEntries(
        keysBeside(scene).map(({ desc, publicKey, privateKey }) => [
          readMark(desc)?.mark.state ?? 'current',
          `${publicKey}:${privateKey}`,
        ]),
      ),
    async [Symbol.asyncDispose]() {
      await scene[Symbol.asyncDispose]();
      await github[Symbol.asyncDispose]();
    },
  };
}

describe('Actions secrets', () => {
  it('hold the new key before a rotation is final, as the log tells line by line, without a secret', async () => {
    await using both = await openBoth();
    const first = await both.run(ROTATING);
    const stored = 'Stored the new key as ATLAS_KEY in the Actions secrets of the repository octo-org/app.';
    const nameIn = ({ apiUserId = '', publicKey = '' }: Readonly<Record<string, string>>) =>
      `${apiUserId} (${publicKey})`;
    expect(first.log.trimEnd().split('\n')).toEqual([
      'There is no key of this desc yet.',
      `Created key ${nameIn(first.main.outputs)}.`,
      stored,
      'The rotation becomes final when the job succeeds.',
      `The rotation is final: key ${first.main.outputs.apiUserId} is current.`,
    ]);
    const former = both.keys().current;
    expect(Object.fromEntries(both.github.secrets)).toEqual({ ATLAS_KEY: former });

    const whenCommitted: (string | undefined)[] = [];
    both.scene.atlas.faults.add({
      when: ({ method, body }) => method === 'PATCH' && (body as { desc?: string }).desc === 'deploy',
      run: () => void whenCommitted.push(both.github.secrets.get('ATLAS_KEY')),
    });
    const second = await both.run({ ...ROTATING, commit: 'step' });
    expect(second.log.trimEnd().split('\n')).toEqual([
      `The current key is ${nameIn(first.main.outputs)}; a new one is due.`,
      `Created key ${nameIn(second.main.outputs)}.`,
      stored,
      `The rotation is final: key ${second.main.outputs.apiUserId} is current.`,
    ]);
    const { current } = both.keys();
    expect(current).not.toBe(former);
    expect(whenCommitted).toEqual([current]);
    for (const secret of [second.main.outputs.privateKey ?? '', TOKENS.write]) {
      expect(second.log).not.toContain(secret);
      expect(both.github.requests.map(({ body }) => body).join()).not.toContain(secret);
    }
  });

  it('may be a pair of an environment on an Enterprise Server, written for a newly made key only', async () => {
    await using both = await openBoth({ basePath: '/api/v3' });
    const inputs = {
      githubToken: TOKENS.write,
      publicKeySecret: 'ATLAS_PUBLIC',
      privateKeySecret: 'ATLAS_PRIVATE',
      secretEnvironment: 'production',
    };
    expect((await both.run(inputs)).conclusion).toBe('success');
    const [{ publicKey, privateKey } = {}] = keysBeside(both.scene);
    expect(Object.fromEntries(both.github.secrets)).toEqual({
      'production/ATLAS_PUBLIC': publicKey,
      'production/ATLAS_PRIVATE': privateKey,
    });
    const again = await both.run(inputs);
    expect(again.conclusion).toBe('success');
    expect(both.github.requests.filter(({ method }) => method === 'PUT')).toHaveLength(2);
    expect(again.main.log).toContain('Secrets are written for a newly made key only');
  });

  it.each([{ mode: 'ensure' }, { mode: 'rotate', commit: 'step' }, { mode: 'rotate', commit: 'job' }])(
    'that cannot be written leave no new key behind, and a former one current and valid: %j',
    async (inputs) => {
      await using both = await openBoth();
      const { atlas, orgId, groupId } = both.scene;
      const roles = [{ roleName: 'GROUP_READ_ONLY', groupId }];
      const former = inputs.mode === 'rotate' ? [atlas.addKey({ orgId, desc: 'deploy', roles })] : [];
      atlas.clock.advance(1_000);
      both.github.fail({ status: 422, body: { message: 'no' } }, { method: 'PUT', times: 9 });
      const { conclusion, main } = await both.run({ ...COMBINED, ...inputs, exportEnv: 'true' });
      expect(conclusion).toBe('failure');
      expect(main.log).toMatch(/Storing ATLAS_KEY in the Actions secrets.* No secret was changed/);
      expect(main.outputs.privateKey ?? '').toBe('');
      expect(main.exported).toEqual({});
      expect(keysBeside(both.scene)).toEqual(former);
      expect(both.github.secrets.size).toBe(0);
    },
  );

  it('that a token may not write are told before a key is made, with the permission to give, and do not matter in a dry run', async () => {
    await using both = await openBoth();
    const inputs = { ...ROTATING, githubToken: TOKENS.integration };
    const planned = await both.run({ ...inputs, dryRun: 'true' });
    expect(planned.main.outputs.result).toBe('planned');
    expect(both.github.requests).toEqual([]);
    const run = await both.run(inputs);
    expect(run.conclusion).toBe('failure');
    expect(run.main.log).toMatch(/GITHUB_TOKEN can never write secrets.*"Secrets: write"/);
    expect(both.scene.atlas.history.find('createGroupApiKey')).toEqual([]);
  });
});

describe('several repositories', () => {
  const SEVERAL = { ...ROTATING, secretRepositories: [APP, WEB, JOBS].join('\n') };

  it('all hold the new key, and log and summary list them', async () => {
    await using both = await openBoth();
    const run = await both.run({ ...SEVERAL, secretKinds: 'actions, dependabot' });
    expect(run.conclusion).toBe('success');
    const { current } = both.keys();
    expect(Object.fromEntries(both.github.secrets)).toEqual({
      ATLAS_KEY: current,
      'octo-org/web/ATLAS_KEY': current,
      'octo-org/jobs/ATLAS_KEY': current,
      'dependabot ATLAS_KEY': current,
      'dependabot octo-org/web/ATLAS_KEY': current,
      'dependabot octo-org/jobs/ATLAS_KEY': current,
    });
    const summary = readable(run.main.summary);
    for (const kind of ['Actions', 'Dependabot']) {
      for (const name of [APP, WEB, JOBS]) {
        const where = `the ${kind} secrets of the repository ${name}`;
        expect(run.main.log).toContain(`Stored the new key as ATLAS_KEY in ${where}.`);
        expect(summary).toContain(`| ATLAS_KEY | ${where} |`);
      }
    }
  });

  it('of which one fails: the others hold the new key, both live, and the next run writes all', async () => {
    await using both = await openBoth();
    await both.run({ ...SEVERAL, commit: 'step' });
    const former = both.keys().current;
    const body = { message: 'Repository was archived so is read-only.' };
    both.github.fail({ status: 403, body }, { method: 'PUT', path: WEB });
    const failed = await both.run({ ...SEVERAL, commit: 'step' });
    expect(failed.conclusion).toBe('failure');
    expect(failed.main.outputs.privateKey ?? '').toBe('');
    expect(failed.main.log).toContain(
      'The new credential is in the Actions secrets of the repository octo-org/app and the Actions secrets of the ' +
        'repository octo-org/jobs. The former one is still in the Actions secrets of the repository octo-org/web.',
    );
    expect(failed.main.log).toContain('stays alive, undecided');
    const { current, undecided } = both.keys();
    expect(current).toBe(former);
    expect(Object.fromEntries(both.github.secrets)).toEqual({
      ATLAS_KEY: undecided,
      'octo-org/web/ATLAS_KEY': former,
      'octo-org/jobs/ATLAS_KEY': undecided,
    });

    const mended = await both.run(SEVERAL);
    expect(mended.conclusion).toBe('success');
    expect(new Set(both.github.secrets.values())).toEqual(new Set([both.keys().current]));
  });
});

it('an organisation has one secret that the named repositories see, whose others stay, on an Enterprise Server', async () => {
  await using both = await openBoth({ basePath: '/api/v3' });
  const inputs = { ...ROTATING, secretOrganization: 'octo-org', secretKinds: 'actions,dependabot' };
  await both.run({ ...inputs, secretRepositories: WEB });
  const slots = ['octo-org/ATLAS_KEY', 'dependabot octo-org/ATLAS_KEY'];
  for (const slot of slots) {
    expect(both.github.visibilityOf(slot)).toEqual({ visibility: 'selected', repositories: [WEB] });
  }
  const run = await both.run({ ...inputs, secretRepositories: JOBS });
  expect(run.conclusion).toBe('success');
  for (const slot of slots) {
    expect(both.github.visibilityOf(slot)).toEqual({ visibility: 'selected', repositories: [JOBS, WEB] });
    expect(both.github.secrets.get(slot)).toBe(both.keys().current);
  }
  expect(run.main.log).toContain(
    'Stored the new key as ATLAS_KEY in the Actions secrets of the organisation octo-org (visible to 2 selected repositories).',
  );
});
