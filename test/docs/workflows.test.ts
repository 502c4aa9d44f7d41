import { spawnSync } from 'node:child_process';
import { chmod, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { parse } from 'yaml';
import { notesOf } from '../../scripts/release-notes.ts';
import { actionlint } from './actionlint.ts';
import { ROOT, readPage } from './page.ts';

interface Job {
  readonly needs?: string | readonly string[];
  readonly permissions: Readonly<Record<string, string>>;
  readonly environment?: string;
  readonly steps: readonly { readonly uses?: string; readonly run?: string }[];
}

async function filesIn(folder: string) {
  const names = (await readdir(join(ROOT, folder))).filter((name) => name.endsWith('.yml'));
  return Promise.all(names.sort().map(async (name) => ({ name, text: await readPage(`${folder}/${name}`) })));
}

const workflows = await filesIn('.github/workflows');
const all = [...workflows, ...(await filesIn('examples'))];

describe.each(all)('$name', ({ text }) => {
  it('passes actionlint', async () => {
    expect(await actionlint(text)).toEqual([]);
  });

  it('pins what it uses of others by commit and names the version', () => {
    const uses = [...text.matchAll(/uses: (.*)/g)].map(([, action]) => action);
    expect(uses).not.toEqual([]);
    for (const action of uses.filter((one) => one !== 'your-org/atlas-project-api-key@v1')) {
      expect(action).toMatch(/^[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
    }
  });

  it('starts without permissions and gives a reason for each', () => {
    expect(text).toContain('\npermissions: {}\n');
    const granted = text.matchAll(/^ +[\w-]+: (?:read|write)\b(.*)$/gm);
    for (const [, rest] of granted) expect(rest).toMatch(/^ # to \w+/);
  });
});

describe.each(workflows)('$name', ({ text }) => {
  it('lets no job that may write to the repository run code of packages', () => {
    expect(text).toMatch(/^ +[\w-]+: (?:read|write)\b/m);
    const jobs: Readonly<Record<string, Job>> = parse(text).jobs;
    for (const [name, { permissions, steps }] of Object.entries(jobs)) {
      const writes = Object.keys(permissions).filter((scope) => permissions[scope] === 'write');
      if (writes.length === 0) continue;
      const uses = steps.flatMap((step) => step.uses?.replace(/@.*/, '') ?? []);
      expect(
        uses.filter((action) => !/^(?:actions|github)\//.test(action)),
        name,
      ).toEqual([]);
      expect(uses, name).not.toContain('actions/setup-node');
      expect(steps.map(({ run = '' }) => run).join('\n'), name).not.toMatch(
        /\b(?:npm|npx|node|pipx?)\b|\.ci\//,
      );
    }
  });
});

it('one commit stands for one version in all workflows and examples', () => {
  const pins = all.flatMap(({ text }) => [...text.matchAll(/uses: ([\w-]+\/[\w-]+)[\w/-]*@(.*)/g)]);
  const byAction = Map.groupBy(pins, ([, action]) => action);
  for (const [action, uses] of byAction) {
    expect(new Set(uses.map(([, , pin]) => pin)).size, action).toBe(1);
  }
});

describe('the release', () => {
  const release: Readonly<Record<string, Job>> = parse(
    workflows.find(({ name }) => name === 'release.yml')?.text ?? '',
  ).jobs;

  it('builds without rights, publishes what was built and approved, then moves the major tag', () => {
    expect(
      Object.fromEntries(Object.entries(release).map(([name, job]) => [name, [job.needs, job.environment]])),
    ).toEqual({
      check: [undefined, undefined],
      build: [undefined, undefined],
      publish: [['check', 'build'], 'release'],
      major: ['publish', undefined],
    });
    expect(release.build?.permissions).toEqual({ contents: 'read' });
    expect(release.publish?.steps.map(({ run = '' }) => run)).toContain('diff --recursive dist release/dist');
  });

  // What gh would answer and what it is asked to do, in place of gh.
  const move = async (releases: readonly string[], tag: string, exists: boolean): Promise<string> => {
    const folder = await mkdtemp(join(tmpdir(), 'gh-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    const script = `#!/bin/sh
      case "$*" in
        'release list'*) printf '%s\\n' ${releases.join(' ')} ;;
        *git/ref/tags*) exit ${exists ? 0 : 1} ;;
        *) echo "$*" ;;
      esac`;
    await writeFile(join(folder, 'gh'), script);
    await chmod(join(folder, 'gh'), 0o755);
    const { stdout, status } = spawnSync('bash', ['-e', '-c', release.major?.steps[0]?.run ?? ''], {
      encoding: 'utf8',
      env: { PATH: `${folder}${delimiter}${process.env.PATH}`, TAG: tag, GH_REPO: 'o/r', GITHUB_SHA: 'abc' },
    });
    expect(status).toBe(0);
    return stdout.trim();
  };

  it.skipIf(process.platform === 'win32')(
    'moves the major tag to the newest release only, and may be run again',
    async () => {
      const moved =
        'api --silent --method PATCH repos/o/r/git/refs/tags/v1 --field sha=abc --field force=true';
      const made = 'api --silent --method POST repos/o/r/git/refs --field ref=refs/tags/v1 --field sha=abc';
      const releases = ['v2.0.0', 'v1.9.0', 'v1.10.0', 'v1.2.3', 'v10.0.0'];
      expect(await move(releases, 'v1.10.0', true)).toBe(moved);
      expect(await move(['v1.0.0'], 'v1.0.0', false)).toBe(made);
      expect(await move(releases, 'v1.9.0', true)).toBe(
        'v1 stays where it is: the newest release is v1.10.0.',
      );
    },
  );
});

describe('the notes of a release', () => {
  const changelog =
    '# Changes\n\n## [2.0.0] - 2026-01-02\n\n### Fixed\n- one\n\n## [1.0.0]\n- two\n\n[2.0.0]: link\n';

  it('are the section of its version', () => {
    expect(notesOf('2.0.0', changelog)).toBe('### Fixed\n- one');
    expect(notesOf('1.0.0', changelog)).toBe('- two');
  });

  it('are missing where nothing is told', () => {
    expect(notesOf('2.0', changelog)).toBeUndefined();
    expect(notesOf('3.0.0', '## [3.0.0]\n\n## [2.0.0]\n- one\n')).toBeUndefined();
  });

  it('are there for the version of package.json', async () => {
    const { version } = JSON.parse(await readPage('package.json'));
    expect(notesOf(version, await readPage('CHANGELOG.md'))).toContain('### Added');
  });
});
