/** The tables of inputs and outputs in README.md, made from action.yml. `npm run docs` writes them. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';

const root = join(import.meta.dirname, '..');

interface Manifest {
  readonly inputs: Readonly<Record<string, { readonly description: string }>>;
  readonly outputs: Readonly<Record<string, { readonly description: string }>>;
}

/** README.md with both tables as action.yml has them. */
export async function readmeWithTables(): Promise<string> {
  const manifest: Manifest = parse(await readFile(join(root, 'action.yml'), 'utf8'));
  const readme = await readFile(join(root, 'README.md'), 'utf8');
  return (['inputs', 'outputs'] as const).reduce((text, part) => {
    const begin = `<!-- ${part}: npm run docs -->`;
    const before = text.indexOf(begin);
    const after = text.indexOf('<!-- end -->', before);
    if (before < 0 || after < 0) throw new Error(`README.md has no place for the table of ${part}`);
    return `${text.slice(0, before + begin.length)}\n${table(manifest[part])}\n${text.slice(after)}`;
  }, readme);
}

function table(fields: Manifest['inputs']): string {
  const rows = Object.entries(fields).map(
    ([name, { description }]) => `| \`${name}\` | ${description.trim().replaceAll('|', '\\|')} |`,
  );
  return ['| name | meaning |', '| --- | --- |', ...rows].join('\n');
}

if (import.meta.main) await writeFile(join(root, 'README.md'), await readmeWithTables());
