/** Adds up what the recorders wrote, and tells it file by file. */
import { glob, readdir, readFile, writeFile } from 'node:fs/promises';
import { stripTypeScriptTypes } from 'node:module';
import { join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { mergeProcessCovs, type ProcessCov } from '@bcoe/v8-coverage';
import { convert } from 'ast-v8-to-istanbul';
import { parseAst } from 'vite';
import { markedLines } from './marks.ts';

type FileCoverage = Awaited<ReturnType<typeof convert>>[string];

interface Tally {
  readonly all: number;
  readonly run: number;
}

/** What a file holds, without the lines that are marked as not covered. */
interface Row {
  readonly name: string;
  readonly lines: Tally;
  readonly branches: Tally;
  /** `12` is a line, `12?` a way at a fork in it. */
  readonly missing: readonly string[];
  /** Marked lines, and those of them of which all runs after all. */
  readonly marked: number;
  readonly markedInVain: readonly number[];
}

export interface Report {
  /** All files of src/ with their lines and branches, and what of them never ran. */
  readonly table: string;
  /** Why this is not 100 %; empty when it is. */
  readonly problems: readonly string[];
}

/** Adds up the records of a run over the src/ in `root`. */
export async function report(records: string, root: string): Promise<Report> {
  const merged = mergeProcessCovs(await readRecords(records));
  const rows: Row[] = [];
  for await (const path of glob(join(root, 'src/**/*.ts'))) {
    if (path.endsWith('.d.ts')) continue;
    const name = relative(root, path);
    const url = pathToFileURL(path).href;
    const functions = merged.result.find((script) => script.url === url)?.functions ?? [];
    const source = await readFile(path, 'utf8');
    const code = stripTypeScriptTypes(source);
    const coverage = await convert({
      code,
      ast: parseAst(code),
      wrapperLength: 0,
      coverage: { url, functions },
    });
    for (const file of Object.values(coverage)) rows.push({ name, ...tallyOf(file, markedLines(source)) });
  }
  rows.sort((left, right) => (left.name < right.name ? -1 : 1));
  await writeFile(join(root, '..', 'coverage.json'), JSON.stringify(rows, undefined, 1));
  const marked = rows.reduce((total, row) => total + row.marked, 0);
  return {
    table: [
      ...rows.map(({ name, lines, branches, missing }) => line(name, lines, branches, missing.join(' '))),
      line('in all', sum(rows.map(({ lines }) => lines)), sum(rows.map(({ branches }) => branches)), ''),
      `${marked} lines are marked as not covered, with their reasons beside them.`,
    ].join('\n'),
    problems: rows.flatMap(({ name, missing, markedInVain }) => [
      ...(missing.length > 0 ? [`${name} is not covered in ${missing.join(' ')}`] : []),
      ...markedInVain.map((number) => `${name}:${number} is marked as not covered, and it is`),
    ]),
  };
}

async function readRecords(folder: string): Promise<ProcessCov[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.json'));
  return Promise.all(names.map(async (name) => JSON.parse(await readFile(join(folder, name), 'utf8'))));
}

/** Lines in which a statement begins, and ways at each fork. */
function tallyOf({ statementMap, s, branchMap, b }: FileCoverage, marked: ReadonlySet<number>) {
  const lines = new Map<number, boolean>();
  for (const [id, { start }] of Object.entries(statementMap)) {
    lines.set(start.line, (lines.get(start.line) ?? false) || (s[id] ?? 0) > 0);
  }
  const counted = [...lines].map(([line, ran]) => ({ line, ran, name: `${line}` }));
  const ways = Object.entries(branchMap).flatMap(([id, { locations, loc }]) =>
    (b[id] ?? []).map((count, way) => {
      const line = locations[way]?.start.line ?? loc.start.line;
      return { line, ran: count > 0, name: `${line}?` };
    }),
  );
  const isMarked = ({ line }: { line: number }) => marked.has(line);
  const missing = [...counted, ...ways].filter(({ ran }) => !ran);
  const open = missing.filter((part) => !isMarked(part)).sort((left, right) => left.line - right.line);
  return {
    lines: tally(counted.filter((part) => !isMarked(part))),
    branches: tally(ways.filter((part) => !isMarked(part))),
    missing: [...new Set(open.map(({ name }) => name))],
    marked: marked.size,
    markedInVain: [...marked].filter((number) => !missing.some(({ line }) => line === number)),
  };
}

function tally(parts: readonly { readonly ran: boolean }[]): Tally {
  return { all: parts.length, run: parts.filter(({ ran }) => ran).length };
}

function sum(tallies: readonly Tally[]): Tally {
  return tallies.reduce((total, { all, run }) => ({ all: total.all + all, run: total.run + run }), {
    all: 0,
    run: 0,
  });
}

function line(name: string, lines: Tally, branches: Tally, missing: string): string {
  const share = ({ all, run }: Tally) =>
    `${all === 0 ? '100.0' : ((run / all) * 100).toFixed(1)} %`.padStart(8);
  return `${name.padEnd(36)}${share(lines)} lines ${share(branches)} branches  ${missing}`.trimEnd();
}
