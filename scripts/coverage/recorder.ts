/**
 * Records which code of src/ runs in this process, blocks included, and writes it down when the process ends or is
 * asked to. A process that is killed leaves nothing.
 */
import { randomUUID } from 'node:crypto';
import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { type Profiler, Session } from 'node:inspector';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const root = join(import.meta.dirname, '..', '..');
const sources = pathToFileURL(join(root, 'src')).href;
const folder = join(root, 'records');

const session = new Session();
session.connect();
session.post('Profiler.enable');
session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });
process.on('exit', writeRecord);

/** What ran since the last time. */
export function writeRecord(): void {
  session.post('Profiler.takePreciseCoverage', (_, { result }: Profiler.TakePreciseCoverageReturnType) => {
    const own = result.filter(({ url }) => url.startsWith(sources));
    if (own.length === 0) return;
    mkdirSync(folder, { recursive: true });
    const file = join(folder, randomUUID());
    writeFileSync(file, JSON.stringify({ result: own }));
    // It may be killed while it writes.
    renameSync(file, `${file}.json`);
  });
}
