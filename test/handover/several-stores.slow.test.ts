/** One rotation, every place that uses the key: several repositories, an organisation, and Dependabot. */
import { describe, expect, it } from 'vitest';
import { readMark } from '../../src/keys/mark.ts';
import { keysBeside, openScene } from '../action/scene.ts';
import { type GitHubOptions, startGitHub, TOKENS } from '../github/stand-in.ts';

const [APP, WEB, JOBS] = ['octo-org/app', 'octo-org/web', 'octo-org/jobs'] as const;
const ROTATING = { mode: 'rotate', githubToken: TOKENS.write, combinedSecret: 'ATLAS_KEY' };
const SEVERAL = { ...ROTATING, secretRepositories: [APP, WEB, JOBS].join('\n') };

async function openBoth(options: GitHubOptions = {}) {
  const scene = await openScene();
  const github = await startGitHub({ repositories: [WEB, JOBS], ...options });
  const { apiUrl, repository } = github;
  return {
    scene,
    github,
    run: (inputs: Readonly<Record<string, string>>) => {
      // Of keys made within one second the id says nothing about which is newer.
      scene.atlas.clock.advance(1_000);
      return scene.run(inputs, { apiUrl, repository });
    },
    /** A combined secret of each key, by its state. */
    stored: () =>
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

describe('several repositories', () => {
  it('all hold the new key, and log and summary list them', async () => {
    await using both = await openBoth();
    const run = await both.run({ ...SEVERAL, secretKinds: 'actions, dependabot' });
    expect(run.conclusion).toBe('success');
    const { current } = both.stored();
    expect(Object.fromEntries(both.github.secrets)).toEqual({
      ATLAS_KEY: current,
      'octo-org/web/ATLAS_KEY': current,
      'octo-org/jobs/ATLAS_KEY': current,
      'dependabot ATLAS_KEY': current,
      'dependabot octo-org/web/ATLAS_KEY': current,
      'dependabot octo-org/jobs/ATLAS_KEY': current,
    });
    expect(run.main.log).toContain(
      'Stored the new key as ATLAS_KEY in the Dependabot secrets of the repository octo-org/jobs.',
    );
    const summary = run.main.summary
      .replace(/<[^>]*>/g, '')
      .replace(/&#(\d+);/g, (_, code) => String.fromCodePoint(Number(code)));
    expect(summary).toContain('| Stored as | In |');
    for (const kind of ['Actions', 'Dependabot']) {
      for (const name of [APP, WEB, JOBS]) {
        expect(summary).toContain(`| ATLAS_KEY | the ${kind} secrets of the repository ${name} |`);
      }
    }
  });

  it.each(['job', 'step'])(
    'of which one fails: the others hold the new key, both live, and the next run writes all (commit: %s)',
    async (commit) => {
      await using both = await openBoth();
      await both.run({ ...SEVERAL, commit });
      const former = both.stored().current;
      const body = { message: 'Repository was archived so is read-only.' };
      both.github.fail({ status: 403, body }, { method: 'PUT', path: WEB });
      const failed = await both.run({ ...SEVERAL, commit });
      expect(failed.conclusion).toBe('failure');
      expect(failed.main.outputs.privateKey ?? '').toBe('');
      expect(failed.main.log).toContain(
        'The new credential is in the Actions secrets of the repository octo-org/app and the Actions secrets of the ' +
          'repository octo-org/jobs. The former one is still in the Actions secrets of the repository octo-org/web.',
      );
      expect(failed.main.log).toContain('stays alive, undecided');
      const { current, undecided } = both.stored();
      expect(current).toBe(former);
      expect(Object.fromEntries(both.github.secrets)).toEqual({
        ATLAS_KEY: undecided,
        'octo-org/web/ATLAS_KEY': former,
        'octo-org/jobs/ATLAS_KEY': undecided,
      });

      const mended = await both.run({ ...SEVERAL, commit });
      expect(mended.conclusion).toBe('success');
      expect(new Set(both.github.secrets.values())).toEqual(new Set([both.stored().current]));
    },
  );

  it('that are archived, all of them, leave no new key behind', async () => {
    await using both = await openBoth({ archived: [APP, WEB, JOBS] });
    const run = await both.run(SEVERAL);
    expect(run.conclusion).toBe('failure');
    expect(run.main.log).toContain('No secret was changed.');
    expect(keysBeside(both.scene)).toEqual([]);
  });

  it('of which the token does not see one are told before a key is made', async () => {
    await using both = await openBoth();
    const run = await both.run({ ...ROTATING, secretRepositories: `${APP},octo-org/hidden` });
    expect(run.conclusion).toBe('failure');
    expect(run.main.log).toContain('Opening the Actions secrets of the repository octo-org/hidden failed');
    expect(both.scene.atlas.history.find('createGroupApiKey')).toEqual([]);
    expect(both.github.secrets.size).toBe(0);
  });

  it('are not rotated for nothing: what is young enough stays in all of them', async () => {
    await using both = await openBoth();
    await both.run(SEVERAL);
    const former = both.stored().current ?? '';
    const run = await both.run({ ...SEVERAL, rotateAfter: '30d', knownPrivateKey: former });
    expect(run.main.outputs.created).toBe('false');
    expect(new Set(both.github.secrets.values())).toEqual(new Set([former]));
  });
});

describe('an organisation', () => {
  it('has one secret that the named repositories see, whose others stay, on an Enterprise Server', async () => {
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
      expect(both.github.secrets.get(slot)).toBe(both.stored().current);
    }
    expect(run.main.log).toContain(
      'Stored the new key as ATLAS_KEY in the Actions secrets of the organisation octo-org (visible to 2 selected repositories).',
    );
  });

  it('has one that this repository alone sees, where none is named', async () => {
    await using both = await openBoth();
    await both.run({ ...ROTATING, mode: 'ensure', secretOrganization: 'octo-org' });
    expect(both.github.visibilityOf('octo-org/ATLAS_KEY')).toEqual({
      visibility: 'selected',
      repositories: [APP],
    });
  });
});
