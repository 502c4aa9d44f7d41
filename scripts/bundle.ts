import ncc, { type StatsModule } from '@vercel/ncc';
import { licenses } from './licenses.ts';

/** The files of one bundle, by their names in its folder. */
export type Bundle = ReadonlyMap<string, string>;

/** Bundles one compiled entry point with everything it imports. Works in memory and writes nothing. */
export async function bundle(entry: string, root: string): Promise<Bundle> {
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
