/**
 * Which lines and branches of src/ the tests run. Those that run the action as the runner does and those that call
 * src/ in their own process count together: in a copy of this repository dist/ only leads to src/, which Node runs as it
 * is written, so no source map stands between a line and its count. `npm run coverage [-- test files]`
 */
import { spawnSync } from 'node:child_process';
import { cp, mkdir, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { problemsOf } from './coverage/report.ts';

const root = resolve(import.meta.dirname, '..');
const testFiles = process.argv.slice(2);
const copy = join(root, 'coverage', 'copy');
const records = join(copy, 'records');
const LEFT_OUT = ['.git', 'coverage', 'dist', 'lib', 'mutants', 'node_modules'];

await rm(copy, { recursive: true, force: true });
await mkdir(copy, { recursive: true });
await copyAll();
await symlink(join(root, 'node_modules'), join(copy, 'node_modules'), 'junction');
for (const entry of ['main', 'post']) await leadToSource(entry);

const { status } = spawnSync(
  process.execPath,
  [
    join(root, 'node_modules', 'vitest', 'vitest.mjs'),
    'run',
    '--config',
    'scripts/coverage/vitest.config.ts',
    ...testFiles,
  ],
  {
    cwd: copy,
    stdio: 'inherit',
    env: {
      ATLAS_SHARED: resolve(root, '..', 'shared', 'atlas'),
      ...process.env,
      NODE_V8_COVERAGE: records,
    },
  },
);
const problems = await problemsOf(records, copy);
console.error(problems.join('\n'));
// A few test files alone cannot run all of src/.
process.exitCode = status ?? 1;
if (testFiles.length === 0 && problems.length > 0) process.exitCode = 1;

async function copyAll(): Promise<void> {
  const names = (await readdir(root)).filter((name) => !LEFT_OUT.includes(name));
  for (const name of names) {
    const filter = (path: string): boolean => basename(path) !== 'node_modules';
    await cp(join(root, name), join(copy, name), { recursive: true, filter });
  }
}

async function leadToSource(entry: string): Promise<void> {
  await mkdir(join(copy, 'dist', entry), { recursive: true });
  await writeFile(
    join(copy, 'dist', entry, 'index.js'),
    `import '../../scripts/coverage/bundled-as.ts';\nawait import('../../src/${entry}.ts');\n`,
  );
}
