/**
 * Measures on the machine at hand, interleaved: the committed action, a shell script with curl and jq, and a floor of
 * node:https. `npm run bench [-- --runs N] [--json] [--write]`; `--write` puts the tables into docs/benchmark.md
 * and README.md.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { type Comparison, measureJobs } from './jobs.ts';
import { measureStart, type StartFigures } from './start.ts';
import { document, jobTable, shortTable, startTable } from './tables.ts';

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '11' },
    json: { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
  },
});

const runs = Number(values.runs);
const note = (line: string): void => console.error(line);
const start: StartFigures = await measureStart(runs, note);
const jobs: readonly Comparison[] = await measureJobs(runs, note);

if (values.json) console.log(JSON.stringify({ runs, start, jobs }, undefined, 2));
else console.log(`${startTable(start)}\n\n${jobTable(jobs)}`);
if (values.write) {
  writeFileSync('docs/benchmark.md', document(runs, start, jobs));
  const readme = readFileSync('README.md', 'utf8');
  const place = /(?<=<!-- npm run bench -->\n).*?(?=\n<!-- end -->)/s;
  if (!place.test(readme)) throw new Error('README.md has no place for the table');
  writeFileSync('README.md', readme.replace(place, shortTable(jobs)));
}
