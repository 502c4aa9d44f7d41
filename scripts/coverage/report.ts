/** Adds up what Node recorded of each process (NODE_V8_COVERAGE), and tells what of src/ never ran. */
import { readdir, readFile } from 'node:fs/promises';
import { stripTypeScriptTypes } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { CoverageReport, type V8CoverageEntry } from 'monocart-coverage-reports';

/** `not covered: reason`, behind a line of code that no test can run or on a line of its own above it. */
const MARK = /\/\/ not covered: \S/;

/** Lines with a statement, a function or a way at a fork that never ran, and no mark; marks that are in vain. */
export async function problemsOf(records: string, root: string): Promise<string[]> {
  const sources = join(root, 'src');
  const report = new CoverageReport({
    logging: 'error',
    reports: ['none'],
    baseDir: root,
    outputDir: join(root, 'report'),
    all: {
      dir: sources,
      filter: (path) => path.endsWith('.ts') && !path.endsWith('.d.ts'),
      transformer: asRun,
    },
  });
  for (const name of await readdir(records)) {
    const entries = await entriesIn(join(records, name), pathToFileURL(sources).href);
    for (const entry of entries) {
      await asRun(entry);
      await report.add([entry]);
    }
  }
  const { files = [], summary } = (await report.generate()) ?? {};
  const { statements, branches } = summary ?? {};
  console.log(`${statements?.pct} % of the statements of src/ ran, and ${branches?.pct} % of the branches.`);
  return files.flatMap(({ sourcePath, source = '', data }) => {
    // A function that is empty has nothing to run.
    const functions = data?.functions?.filter(({ start, end }) => !source.slice(start, end).endsWith('{}'));
    const parts = [...(data?.statements ?? []), ...(functions ?? []), ...(data?.branches ?? [])];
    const never = parts.filter(({ count }) => count === 0);
    const missing = new Set(never.map(({ start }) => source.slice(0, start).split('\n').length));
    const marked = markedLines(source);
    return [
      ...[...missing]
        .filter((line) => !marked.has(line))
        .map((line) => `${sourcePath}:${line} is not covered`),
      ...[...marked]
        .filter((line) => !missing.has(line))
        .map((line) => `${sourcePath}:${line} is marked as not covered, and it is`),
    ];
  });
}

async function entriesIn(file: string, sources: string): Promise<V8CoverageEntry[]> {
  try {
    const { result } = JSON.parse(await readFile(file, 'utf8')) as { result: V8CoverageEntry[] };
    // A test that runs the action again in its own process imports it under another query.
    return result
      .filter(({ url }) => url.startsWith(sources))
      .map((entry) => ({ ...entry, url: entry.url.replace(/\?.*$/, '') }));
  } catch {
    // Its process was killed while it wrote.
    return [];
  }
}

/** Node runs a file with blanks in place of its types, so a place in it is the same place in the file. */
async function asRun(entry: V8CoverageEntry): Promise<void> {
  entry.source = stripTypeScriptTypes(await readFile(fileURLToPath(entry.url), 'utf8'));
}

function markedLines(source: string): Set<number> {
  const lines = source.split('\n');
  const isCode = (text: string): boolean => !/^\s*(?:\/\/.*)?$/.test(text);
  const marks = lines.flatMap((text, index) => (MARK.test(text) ? [index] : []));
  return new Set(marks.map((from) => lines.findIndex((text, at) => at >= from && isCode(text)) + 1));
}
