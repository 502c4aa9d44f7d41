/** The tables of docs/inputs.md, made from action.yml and the table of inputs. `npm run docs` writes them. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import { INPUT_NAMES, ROWS } from '../src/inputs/table.ts';

const root = join(import.meta.dirname, '..');

type Fields = Readonly<Record<string, { readonly description: string }>>;

const PAGE = join(root, 'docs', 'inputs.md');

/** docs/inputs.md with both tables. */
export async function pageWithTables(): Promise<string> {
  const manifest = parse(await readFile(join(root, 'action.yml'), 'utf8'));
  const page = await readFile(PAGE, 'utf8');
  const tables = { inputs: inputTable(manifest.inputs), outputs: outputTable(manifest.outputs) };
  return Object.entries(tables).reduce((text, [part, rows]) => {
    const begin = `<!-- ${part}: npm run docs -->`;
    const before = text.indexOf(begin);
    const after = text.indexOf('<!-- end -->', before);
    if (before < 0 || after < 0) throw new Error(`docs/inputs.md has no place for the table of ${part}`);
    return `${text.slice(0, before + begin.length)}\n${rows.map(line).join('\n')}\n${text.slice(after)}`;
  }, page);
}

/** The inputs before which a heading stands. */
const HEADINGS: Readonly<Record<string, string>> = {
  mode: 'common',
  atlasPublicKey: 'sign-in',
  apiUserId: 'ensure',
  ttl: 'ephemeral',
  rotateAfter: 'rotate',
  secretExpiresAfter: 'service account',
  githubToken: 'storing',
  verify: 'rare',
};

function inputTable(inputs: Fields): string[][] {
  const rows = INPUT_NAMES.flatMap((name) => [
    ...(name in HEADINGS ? [[`**${HEADINGS[name]}**`, '', '']] : []),
    [
      `\`${name}\``,
      ROWS[name].modes?.map((mode) => `\`${mode}\``).join(', ') ?? 'all',
      descriptionOf(name, inputs),
    ],
  ]);
  return [['name', 'modes', 'meaning'], ['---', '---', '---'], ...rows];
}

function outputTable(outputs: Fields): string[][] {
  const rows = Object.keys(outputs).map((name) => [`\`${name}\``, descriptionOf(name, outputs)]);
  return [['name', 'meaning'], ['---', '---'], ...rows];
}

function descriptionOf(name: string, fields: Fields): string {
  const field = fields[name];
  if (field === undefined) throw new Error(`action.yml has no ${name}`);
  return field.description.trim().replaceAll('|', '\\|');
}

function line(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

if (import.meta.main) await writeFile(PAGE, await pageWithTables());
