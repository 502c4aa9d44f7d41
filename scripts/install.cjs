/**
 * Installs what package-lock.json says, unless it is there already; npm notes in node_modules/.package-lock.json
 * what that is. Runs before anything else is there, so it is plain CommonJS for any Node from 20 on. What follows it
 * has to run in a shell of its own: one that has found the machine's Node once would not look for ours again.
 */
const { spawnSync } = require('node:child_process');
const { existsSync, readFileSync } = require('node:fs');
const { join, resolve } = require('node:path');

const root = resolve(__dirname, '..');

if (!isInstalled()) {
  console.log('Installing the packages of package-lock.json ...');
  // Only a shell finds npm on Windows, where it is npm.cmd; the command holds nothing from elsewhere.
  const { status, stdout, stderr } = spawnSync('npm ci --no-audit --no-fund --loglevel=error', {
    cwd: root,
    shell: true,
    encoding: 'utf8',
  });
  if (status !== 0) {
    process.stderr.write(`${stdout}${stderr}npm ci failed, see above.\n`);
    process.exit(1);
  }
}

// npm scripts find the Node of node_modules/.bin first. The lock file has none for every machine.
const { stdout: found } = spawnSync('node --version', { cwd: root, shell: true, encoding: 'utf8' });
if (Number(/^v(\d+)/.exec(found)?.[1]) < 24) {
  console.error(
    `This needs Node 24 and finds ${found.trim()}. npm brings Node 24 for Linux and for Windows on x64; elsewhere install it from https://nodejs.org.`,
  );
  process.exit(1);
}

/** Every package of the lock file is there in its version; optional ones may be for other machines. */
function isInstalled() {
  const installed = packagesOf(join(root, 'node_modules', '.package-lock.json'));
  const wanted = packagesOf(join(root, 'package-lock.json'));
  if (installed === undefined || wanted === undefined) return false;
  return Object.entries(wanted).every(([folder, { version, integrity, optional }]) => {
    if (folder === '') return true;
    const found = installed[folder];
    if (found === undefined) return optional === true;
    return found.version === version && found.integrity === integrity;
  });
}

function packagesOf(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).packages : undefined;
}
