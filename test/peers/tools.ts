/**
 * Programs that others wrote, and that this action and the embedded Atlas have to get on with. Each is built or
 * installed once, in a version written here, into a folder outside the repository: `npm run peers` does it.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';

export interface Tool {
  readonly name: string;
  /** A command without which there is no way to have it. */
  readonly needs: readonly [command: string, ...args: string[]];
  /** There once the tool is complete. */
  readonly place: string;
  install(): void;
}

const cache = join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'atlas-project-api-key-peers');

/** nektos/act runs workflows on one's own machine. `node24` came after 0.2.80. */
export const ACT = goProgram('act', 'github.com/nektos/act', 'v0.2.89');

/** Clients of Atlas and of Digest from PyPI, see requirements.txt. */
export const PYTHON_CLIENTS = pythonPackages(join(import.meta.dirname, 'requirements.txt'));

export const GO_CLIENT = goFolder("MongoDB's Go client", 'go-client');

export const VAULT_ENGINE = goFolder("Vault's secrets engine", 'vault-engine');

export const TOOLS: readonly Tool[] = [ACT, PYTHON_CLIENTS, GO_CLIENT, VAULT_ENGINE];

/** Whether the tests of this tool have to be skipped; if so, says why. */
export function isMissing(tool: Tool): boolean {
  if (existsSync(tool.place)) return false;
  const [command] = tool.needs;
  const why = canInstall(tool) ? '`npm run peers` installs it' : `there is no ${command} to install it with`;
  console.warn(`skipped: ${tool.name} is missing; ${why}`);
  return true;
}

/** Whether this machine has what installs the tool. */
export function canInstall({ needs: [command, ...args] }: Tool): boolean {
  return spawnSync(command, args, { stdio: 'ignore' }).status === 0;
}

function goProgram(name: string, module: string, version: string): Tool {
  const folder = join(cache, `${name}-${version}`);
  return {
    name: `${name} ${version}`,
    needs: ['go', 'version'],
    place: join(folder, executable(name)),
    install() {
      run('go', ['install', '-trimpath', `${module}@${version}`], { GOBIN: folder });
    },
  };
}

/** A program in a folder beside this file, around a Go module of others. */
function goFolder(name: string, folder: string): Tool {
  const source = join(import.meta.dirname, folder);
  const files = ['main.go', 'go.mod', 'go.sum'].map((file) => readFileSync(join(source, file)));
  const place = join(cache, `${folder}-${fingerprint(...files)}`, executable(folder));
  return {
    name,
    needs: ['go', 'version'],
    place,
    install() {
      run('go', ['build', '-C', source, '-buildvcs=false', '-trimpath', '-o', place, '.']);
    },
  };
}

function pythonPackages(requirements: string): Tool {
  const wanted = readFileSync(requirements);
  const folder = join(cache, `python-${fingerprint(wanted)}`);
  const place = join(folder, 'complete');
  return {
    name: 'the Python clients',
    needs: ['python3', '-m', 'pip', '--version'],
    place,
    install() {
      const from = ['--requirement', requirements, '--only-binary', ':all:', '--no-deps'];
      run('python3', ['-m', 'pip', 'install', '--quiet', '--target', folder, '--upgrade', ...from]);
      writeFileSync(place, '');
    },
  };
}

function executable(name: string): string {
  return process.platform === 'win32' ? `${name}.exe` : name;
}

/** Changes with every change of what a tool is made from. */
function fingerprint(...contents: readonly Buffer[]): string {
  const hash = createHash('sha256');
  for (const content of contents) hash.update(content);
  return hash.digest('hex').slice(0, 12);
}

/** The folder for `PYTHONPATH`. */
export function pythonPath(): string {
  return join(PYTHON_CLIENTS.place, '..');
}

/** A `PATH` on which `node` is the Node that runs this. */
export function pathWithNode(): string {
  return [join(process.execPath, '..'), process.env.PATH ?? ''].join(delimiter);
}

function run(command: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): void {
  mkdirSync(cache, { recursive: true });
  const { status, error } = spawnSync(command, args, { stdio: 'inherit', env: { ...process.env, ...env } });
  if (error !== undefined) throw error;
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${status}`);
}
