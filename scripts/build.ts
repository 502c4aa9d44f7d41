/** Makes dist/ from src/: tsc compiles to lib/, ncc bundles that. The same source gives the same bytes anywhere. */
import { spawnSync } from 'node:child_process';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import ncc, { type StatsModule } from '@vercel/ncc';
import { licenses } from './licenses.ts';

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

/** The files of one bundle, by their names in its folder. */
type Bundle = ReadonlyMap<string, string>;

/** Bundles one compiled entry point with everything it imports. Works in memory and writes nothing. */
async function bundle(entry: string, root: string): Promise<Bundle> {
  const { code, assets, stats } = await ncc(entry, { cache: false, quiet: true, license: '' });
  const { modules } = stats.toJson({
    all: false,
    modules: true,
    nestedModules: true,
    modulesSpace: Number.POSITIVE_INFINITY,
    nestedModulesSpace: Number.POSITIVE_INFINITY,
  });
  const files = new Map([['index.js', code]]);
  for (const [name, { source }] of Object.entries(assets)) files.set(name, source.toString());
  // ncc's own list forgets packages as soon as a dynamic import makes a chunk, so it is made from what was bundled.
  files.set('licenses.txt', await licenses(modules.flatMap(sourceFiles), root));
  for (const [name, text] of files) check(name, text);
  return files;
}

function sourceFiles(module: StatsModule): string[] {
  const nested = (module.modules ?? []).flatMap(sourceFiles);
  return nested.length > 0 ? nested : [module.nameForCondition ?? ''].filter((path) => path !== '');
}

/** ncc only leaves a stub for what it cannot resolve, and that stub does not even load in an ESM bundle. */
function check(name: string, text: string): void {
  if (text.includes('@@notfound')) throw new Error(`${name} imports something that was not found`);
}
