/** Adds up what the recorders wrote, and tells it file by file. */
import { glob, readdir, readFile, writeFile } from 'node:fs/promises';
import { stripTypeScriptTypes } from 'node:module';
import { join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { mergeProcessCovs, type ProcessCov } from '@bcoe/v8-coverage';
import { convert } from 'ast-v8-to-istanbul';
import { parseAst } from 'vite';

type FileCoverage = Awaited<ReturnType<typeof convert>>[string];

interface Tally {
  readonly all: number;
  readonly run: number;
}

/** A table of all files of src/ with their lines and branches, and what of them never ran. */
export async function report(records: string, root: string): Promise<string> {
  const merged = mergeProcessCovs(await readRecords(records));
  const rows: { name: string; lines: Tally; branches: Tally; missing: string[] }[] = [];
  for await (const path of glob(join(root, 'src/**/*.ts'))) {
    if (path.endsWith('.d.ts')) continue;
    const name = relative(root, path);
    const url = pathToFileURL(path).href;
    const functions = merged.result.find((script) => script.url === url)?.functions ?? [];
    const code = stripTypeScriptTypes(await readFile(path, 'utf8'));
    const coverage = await convert({
      code,
      ast: parseAst(code),
      wrapperLength: 0,
      coverage: { url, functions },
    });
    for (const file of Object.values(coverage)) rows.push({ name, ...tallyOf(file) });
  }
  rows.sort((left, right) => (left.name < right.name ? -1 : 1));
  await writeFile(join(root, '..', 'coverage.json'), JSON.stringify(rows, undefined, 1));
  return [
    ...rows.map(({ name, lines, branches, missing }) => row(name, lines, branches, missing.join(' '))),
    row('in all', sum(rows.map(({ lines }) => lines)), sum(rows.map(({ branches }) => branches)), ''),
  ].join('\n');
}

async function readRecords(folder: string): Promise<ProcessCov[]> {
  const names = await readdir(folder);
  return Promise.all(names.map(async (name) => JSON.parse(await readFile(join(folder, name), 'utf8'))));
}

/** Lines in which a statement begins, and ways at each fork. */
function tallyOf({ statementMap, s, branchMap, b }: FileCoverage) {
  const lines = new Map<number, boolean>();
  for (const [id, { start }] of Object.entries(statementMap)) {
    lines.set(start.line, (lines.get(start.line) ?? false) || (s[id] ?? 0) > 0);
  }
  const ways = Object.entries(branchMap).flatMap(([id, { locations, loc }]) =>
    (b[id] ?? []).map((count, way) => ({
      line: locations[way]?.start.line ?? loc.start.line,
      ran: count > 0,
    })),
  );
  const missing = [
    ...[...lines].filter(([, ran]) => !ran).map(([line]) => `${line}`),
    ...ways.filter(({ ran }) => !ran).map(({ line }) => `${line}?`),
  ];
  return {
    lines: { all: lines.size, run: [...lines.values()].filter(Boolean).length },
    branches: { all: ways.length, run: ways.filter(({ ran }) => ran).length },
    missing: [...new Set(missing)].sort(
      (left, right) => Number.parseInt(left, 10) - Number.parseInt(right, 10),
    ),
  };
}

function sum(tallies: readonly Tally[]): Tally {
  return tallies.reduce((total, { all, run }) => ({ all: total.all + all, run: total.run + run }), {
    all: 0,
    run: 0,
  });
}

function row(name: string, lines: Tally, branches: Tally, missing: string): string {
  const share = ({ all, run }: Tally) =>
    `${all === 0 ? '100.0' : ((run / all) * 100).toFixed(1)} %`.padStart(8);
  return `${name.padEnd(36)}${share(lines)} lines ${share(branches)} branches  ${missing}`.trimEnd();
}
