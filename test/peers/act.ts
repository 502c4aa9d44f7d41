/** The workflows of examples/, run by nektos/act on this machine as a user would run them. */
import { execFile, execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ACTION } from '../action/scene.ts';
import { openRepository } from '../examples/repository.ts';
import { TOKENS } from '../github/stand-in.ts';
import { ACT, pathWithNode } from './tools.ts';

export type Repository = Awaited<ReturnType<typeof openActRepository>>;

/** What stands in for actions of others. The App's token comes from one that cannot be fetched here. */
const ACTIONS: Readonly<Record<string, string>> = {
  'actions/create-github-app-token': `
name: the token of an App
outputs: { token: { value: '\${{ steps.token.outputs.token }}' } }
runs:
  using: composite
  steps:
    - id: token
      shell: bash
      run: |
        echo '::add-mask::${TOKENS.write}'
        echo 'token=${TOKENS.write}' >> "$GITHUB_OUTPUT"
`,
};

/** A repository whose jobs act runs. */
export async function openActRepository() {
  const repository = await openRepository();
  const { atlas, github, groupId, secretsOf } = repository;
  return {
    ...repository,
    run: (workflow: string, event: 'push' | 'schedule') =>
      runWithAct(
        workflow.replaceAll('https://cloud.mongodb.com', atlas.origin),
        github.repository,
        atlas.origin,
        [
          event,
          ...pairs('--secret', { ...secretsOf(), SECRETS_APP_PRIVATE_KEY: 'not used here' }),
          ...pairs('--var', { ATLAS_PROJECT_ID: groupId, SECRETS_APP_CLIENT_ID: 'Iv1' }),
          ...pairs('--env', { GITHUB_API_URL: github.apiUrl }),
        ],
      ),
    /** The next thing a step does with a new key goes wrong. */
    failDeployment: () =>
      void atlas.faults.add({
        when: ({ operation, userAgent }) =>
          operation === 'getGroup' && userAgent?.startsWith('curl/') === true,
        action: { kind: 'answer', status: 503 },
      }),
  };
}

/** `baseUrl` is what the action takes where the workflow says nothing. */
async function runWithAct(workflow: string, repository: string, baseUrl: string, options: readonly string[]) {
  const folder = mkdtempSync(join(tmpdir(), 'act-'));
  try {
    const cwd = makeRepository(join(folder, 'workspace'), workflow, repository);
    const own = stageAction(join(folder, 'action'), baseUrl);
    const replaced = usesOf(workflow).flatMap((uses) => {
      const [name = ''] = uses.split('@');
      const other = ACTIONS[name];
      const place = other === undefined ? own : stageManifest(join(folder, name), other);
      return ['--local-repository', `${uses}=${place}`];
    });
    const args = [...options, '--platform', 'ubuntu-latest=-self-hosted', '--no-cache-server', ...replaced];
    const home = join(folder, 'home');
    const env = { PATH: pathWithNode(), HOME: home, XDG_CACHE_HOME: join(home, 'cache') };
    return await new Promise<ReturnType<typeof asRun>>((resolve) => {
      execFile(ACT.place, args, { cwd, env, timeout: 90_000, maxBuffer: 2 ** 26 }, (error, stdout, stderr) =>
        resolve(asRun(error === null, stdout + stderr)),
      );
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What came of it, with all that act prints, and the values of an output over all jobs out of that. */
function asRun(succeeded: boolean, log: string) {
  const set = [...log.matchAll(/::set-output:: (\w+)=(.*)$/gm)];
  const outputs = (name: string) => set.filter((found) => found[1] === name).map((found) => found[2] ?? '');
  return { succeeded, log, outputs };
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
