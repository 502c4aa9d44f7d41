/**
 * Measures on the machine at hand, interleaved: the committed action, a shell script with curl and jq, and a floor of
 * node:https. `npm run bench [-- --runs N] [--json] [--write]`; `--write` makes docs/benchmark.md.
 */
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { type Comparison, measureJobs } from './jobs.ts';
import { measureStart, type StartFigures } from './start.ts';
import { document, jobTable, startTable } from './tables.ts';

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
if (values.write) writeFileSync('docs/benchmark.md', document(runs, start, jobs));
