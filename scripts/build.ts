/** Makes dist/ from src/: tsc compiles to lib/, ncc bundles that. The same source gives the same bytes anywhere. */
import { spawnSync } from 'node:child_process';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { type Bundle, bundle } from './bundle.ts';

const root = resolve(import.meta.dirname, '..');
// Both ncc's names for modules and its search for tsconfig.json start from here.
process.chdir(root);

await rm('lib', { recursive: true, force: true });
compile();
const bundles = new Map<string, Bundle>();
for (const entry of ['main', 'post'])
  bundles.set(entry, await bundle(join(root, 'lib', `${entry}.js`), root));
// Only when both are made, so that a failed build leaves dist as it was.
for (const [entry, files] of bundles) await write(join('dist', entry), files);
for (const [entry, files] of bundles) {
  for (const [name, text] of files)
    console.log(`dist/${entry}/${name} ${(Buffer.byteLength(text) / 1000).toFixed(1)} kB`);
}

function compile(): void {
  const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
  const { status } = spawnSync(process.execPath, [tsc, '-p', 'tsconfig.json'], { stdio: 'inherit' });
  if (status !== 0) process.exit(1);
}

async function write(folder: string, files: Bundle): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  for (const [name, text] of files) await writeFile(join(folder, name), text);
}
