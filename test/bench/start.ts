import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import ncc from '@vercel/ncc';
import { measure, median, quantile } from './process.ts';

export type StartFigures = Awaited<ReturnType<typeof measureStart>>;

/** How long the bundles take to be ready, without any network: `node -e 0` in milliseconds, the others over that. */
export async function measureStart(runs: number, note: (line: string) => void) {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  const state = join(folder, 'state');
  writeFileSync(state, '');
  const processes: readonly (readonly [what: string, ...args: string[]])[] = [
    ['node', '-e', '0'],
    ['core + undici + github, loaded at once', await buildReference()],
    ['main, up to an error in its inputs', 'dist/main/index.js'],
    ['post, with nothing to do', 'dist/post/index.js'],
  ];
  const samples = processes.map((): number[] => []);
  for (let run = 0; run < runs * 2; run += 1) {
    note(`start: ${run + 1} of ${runs * 2}`);
    for (const [index, [, ...args]] of processes.entries())
      samples[index]?.push((await measure(process.execPath, args, { GITHUB_STATE: state })).total);
  }
  rmSync(folder, { recursive: true });
  const node = median(samples[0] ?? []);
  const rows = processes.slice(1).map(([what, file = ''], index) => {
    const sample = samples[index + 1] ?? [];
    const spread = quantile(sample, 0.75) - quantile(sample, 0.25);
    return { what, over: median(sample) - node, spread, kilobytes: statSync(file).size / 1000 };
  });
  return { node, rows };
}

const root = resolve(import.meta.dirname, '..', '..');

/**
 * Bundles core, undici and github, all loaded at once, with one undici, as an action is made without further
 * thought: the yardstick for the machine at hand. Returns the bundle's path.
 */
export async function buildReference(): Promise<string> {
  const folder = join(root, 'node_modules', '.cache', 'bench');
  await mkdir(folder, { recursive: true });
  const entry = join(folder, 'entry.mjs');
  await writeFile(
    entry,
    "import * as core from '@actions/core';\nimport { getOctokit } from '@actions/github';\n" +
      "import { Client, fetch } from 'undici';\nglobalThis.used = [core.info, getOctokit, Client, fetch];\n",
  );
  // Ends the search for a configuration here: ours leaves packages out.
  await writeFile(join(folder, 'tsconfig.json'), '{}');
  await writeFile(join(folder, 'package.json'), '{"type":"module"}');
  const before = process.cwd();
  process.chdir(folder);
  try {
    const { code } = await ncc(entry, { cache: false, quiet: true, license: '' });
    const bundle = join(folder, 'reference.js');
    await writeFile(bundle, code);
    return bundle;
  } finally {
    process.chdir(before);
  }
}
