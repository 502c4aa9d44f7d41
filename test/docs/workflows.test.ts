import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { notesOf } from '../../scripts/release-notes.ts';
import { actionlint } from './actionlint.ts';
import { ROOT, readPage } from './page.ts';

const names = (await readdir(join(ROOT, '.github', 'workflows'))).sort();
const workflows = await Promise.all(
  names.map(async (name) => ({ name, text: await readPage(`.github/workflows/${name}`) })),
);

describe.each(workflows)('$name', ({ text }) => {
  it('passes actionlint', async () => {
    expect(await actionlint(text)).toEqual([]);
  });

  it('pins what it uses by commit and names the version', () => {
    const uses = [...text.matchAll(/uses: (.*)/g)].map(([, action]) => action);
    expect(uses).not.toEqual([]);
    for (const action of uses) expect(action).toMatch(/^[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
  });

  it('starts without permissions and gives a reason for each', () => {
    expect(text).toContain('\npermissions: {}\n');
    const granted = [...text.matchAll(/^ +[\w-]+: (?:read|write)\b(.*)$/gm)].map(([, rest]) => rest);
    expect(granted).not.toEqual([]);
    for (const rest of granted) expect(rest).toMatch(/^ # to \w+/);
  });
});

it('one commit stands for one version in all workflows', () => {
  const pins = workflows.flatMap(({ text }) => [...text.matchAll(/uses: ([\w-]+\/[\w-]+)[\w/-]*@(.*)/g)]);
  const byAction = Map.groupBy(pins, ([, action]) => action);
  for (const [action, uses] of byAction) {
    expect(new Set(uses.map(([, , pin]) => pin)).size, action).toBe(1);
  }
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
