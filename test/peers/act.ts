/** A repository with one workflow, run by nektos/act on this machine as a user would run it. */
import { execFile, execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ACTION } from '../action/scene.ts';
import { ACT, pathWithNode } from './tools.ts';

export interface ActOptions {
  /** The text of a workflow file. */
  readonly workflow: string;
  readonly event: 'schedule' | 'push';
  readonly secrets: Readonly<Record<string, string>>;
  readonly variables: Readonly<Record<string, string>>;
  /** Of every step, as a runner's own variables. */
  readonly env: Readonly<Record<string, string>>;
  /** What `baseUrl` is where a workflow says nothing. */
  readonly baseUrl: string;
  readonly repository: string;
  /** What stands in for actions of others, by `owner/name`: their manifests. */
  readonly actions: Readonly<Record<string, string>>;
}

export interface ActRun {
  readonly succeeded: boolean;
  /** All that act prints, with nothing cut. */
  readonly log: string;
  /** The values of an output over all jobs, out of act's log. */
  outputs(name: string): string[];
}

export async function runWithAct(options: ActOptions): Promise<ActRun> {
  const { workflow, event, secrets, variables, env, actions } = options;
  const folder = mkdtempSync(join(tmpdir(), 'act-'));
  try {
    const workspace = makeRepository(join(folder, 'workspace'), workflow, options.repository);
    const own = stageAction(join(folder, 'action'), options.baseUrl);
    const replaced = usesOf(workflow).map((uses) => {
      const [name = ''] = uses.split('@');
      const other = actions[name];
      return `${uses}=${other === undefined ? own : stageManifest(join(folder, name), other)}`;
    });
    const args = [
      event,
      ...['--platform', 'ubuntu-latest=-self-hosted', '--no-cache-server'],
      ...replaced.flatMap((replacement) => ['--local-repository', replacement]),
      ...pairs('--secret', secrets),
      ...pairs('--var', variables),
      ...pairs('--env', env),
    ];
    const home = join(folder, 'home');
    const surroundings = { PATH: pathWithNode(), HOME: home, XDG_CACHE_HOME: join(home, 'cache') };
    return await new Promise((resolve) => {
      execFile(
        ACT.place,
        args,
        { cwd: workspace, env: surroundings, timeout: 90_000, maxBuffer: 2 ** 26 },
        (error, stdout, stderr) => resolve(asRun(error === null, stdout + stderr)),
      );
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function asRun(succeeded: boolean, log: string): ActRun {
  return {
    succeeded,
    log,
    outputs: (name) =>
      [...log.matchAll(/::set-output:: (\w+)=(.*)$/gm)]
        .filter((found) => found[1] === name)
        .map((found) => found[2] ?? ''),
  };
}

/** act takes the repository's name from its remote, and the commit from its history. */
function makeRepository(folder: string, workflow: string, repository: string): string {
  mkdirSync(join(folder, '.github', 'workflows'), { recursive: true });
  writeFileSync(join(folder, '.github', 'workflows', 'workflow.yml'), workflow);
  const git = (...args: string[]): void => {
    execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.org', ...args], { cwd: folder });
  };
  git('init', '--quiet', '--initial-branch', 'main');
  git('remote', 'add', 'origin', `https://github.com/${repository}`);
  git('add', '.');
  git('commit', '--quiet', '--message', 'A workflow');
  return folder;
}

/** All that act would have to fetch. It knows by itself what `actions/checkout` does. */
function usesOf(workflow: string): string[] {
  const found = [...workflow.matchAll(/\buses:\s*([\w.-]+\/[\w./-]+@[\w.-]+)/g)].map(
    ([, uses]) => uses ?? '',
  );
  return [...new Set(found)].filter((uses) => !uses.startsWith('actions/checkout@'));
}

/** What a release has: the manifest and dist. Workflows do not name the embedded Atlas, so the default does. */
function stageAction(place: string, baseUrl: string): string {
  cpSync(join(ACTION, 'dist'), join(place, 'dist'), { recursive: true });
  const manifest = readFileSync(join(ACTION, 'action.yml'), 'utf8');
  const staged = manifest.replace('default: https://cloud.mongodb.com', `default: ${baseUrl}`);
  if (staged === manifest) throw new Error('action.yml has another default for baseUrl');
  return stageManifest(place, staged);
}

function stageManifest(place: string, manifest: string): string {
  mkdirSync(place, { recursive: true });
  writeFileSync(join(place, 'action.yml'), manifest);
  return place;
}

function pairs(flag: string, values: Readonly<Record<string, string>>): string[] {
  return Object.entries(values).flatMap(([name, value]) => [flag, `${name}=${value}`]);
}
