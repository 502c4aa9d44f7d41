/**
 * Measures on the machine at hand, interleaved: the committed action, a shell script with curl and jq, and a floor of
 * node:https. `npm run bench [-- --runs N] [--write]`; `--write` makes docs/benchmark.md.
 */
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { measureJobs } from './jobs.ts';
import { measureStart } from './start.ts';
import { document, jobTable, startTable } from './tables.ts';

const { values } = parseArgs({
  options: { runs: { type: 'string', default: '11' }, write: { type: 'boolean', default: false } },
});

const runs = Number(values.runs);
const note = (line: string): void => console.error(line);
const start = await measureStart(runs, note);
const jobs = await measureJobs(runs, note);

console.log(`${startTable(start)}\n\n${jobTable(jobs)}`);
if (values.write) writeFileSync('docs/benchmark.md', document(runs, start, jobs));
