import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import ncc from '@vercel/ncc';

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
