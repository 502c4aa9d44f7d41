/**
 * Everything a pull request is checked for but the slow tests, as far as possible side by side: `npm run all`. What is
 * well takes one line; of what is not, everything it printed is shown.
 */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

process.chdir(join(import.meta.dirname, '..'));

const results = await Promise.all([
  check('Types and lint', 'check'),
  check('Workflows', 'check:workflows'),
  check('dist is what src builds, and staged', 'check:dist'),
  check('Quick tests', 'test:quick -- --reporter=minimal'),
]);
process.exitCode = results.every(Boolean) ? 0 : 1;

async function check(what: string, script: string): Promise<boolean> {
  const started = performance.now();
  // Only a shell finds npm on Windows, where it is npm.cmd.
  const child = spawn(`npm run --silent ${script} 2>&1`, {
    shell: true,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const closed = new Promise<number | null>((resolve) => child.on('close', resolve));
  const output = await text(child.stdout);
  const well = (await closed) === 0;
  const seconds = ((performance.now() - started) / 1000).toFixed(1).padStart(5);
  console.log(`${well ? 'ok    ' : 'FAILED'} ${seconds} s  ${what} (npm run ${script})`);
  if (!well) console.log(`${output.trimEnd()}\n`);
  return well;
}
