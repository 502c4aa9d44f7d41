/** The variables that every step of a job finds, and the `github` and `runner` contexts made of the same facts. */
import { join } from 'node:path';
import type { Value } from './expressions.ts';

/** The run a job belongs to. */
export interface RunFacts {
  readonly repository: string;
  readonly runId: string;
  readonly attempt: string;
  readonly job: string;
  readonly workflow: string;
  readonly event: string;
  readonly actor: string;
  readonly ref: string;
  readonly sha: string;
  readonly apiUrl: string;
  readonly serverUrl: string;
  /** `github.token`; a step gets it only when it asks. */
  readonly token: string;
}

/** A run like any other. */
export const DEFAULT_FACTS: RunFacts = {
  repository: 'octo-org/octo-repo',
  runId: '1658821493',
  attempt: '1',
  job: 'test',
  workflow: 'CI',
  event: 'push',
  actor: 'octocat',
  ref: 'refs/heads/main',
  sha: 'ffac537e6cbbf934b08745a378932722df287a53',
  apiUrl: 'https://api.github.com',
  serverUrl: 'https://github.com',
  token: '',
};

export interface Folders {
  readonly workspace: string;
  readonly temp: string;
  readonly tools: string;
}

/** Of the machine's own environment only what programs need to run at all: tests must not depend on who runs them. */
const INHERITED = [
  ...['HOME', 'LANG', 'NODE_COMPILE_CACHE', 'NODE_V8_COVERAGE', 'PATH', 'TEMP', 'TMP', 'TMPDIR'],
  // Windows.
  ...['APPDATA', 'COMSPEC', 'LOCALAPPDATA', 'PATHEXT', 'PROGRAMDATA', 'PROGRAMFILES', 'SYSTEMDRIVE'],
  ...['SYSTEMROOT', 'USERPROFILE', 'WINDIR'],
];

/** The machine's part of a step's environment. */
export function machineEnvironment(machine: NodeJS.ProcessEnv): Record<string, string> {
  const kept = Object.entries(machine).filter(([name]) => INHERITED.includes(name.toUpperCase()));
  return Object.fromEntries(kept.map(([name, value]) => [name.toUpperCase(), value ?? '']));
}

/** `GITHUB_*` and `RUNNER_*`, which no `env:` can change. */
export function runnerVariables(facts: RunFacts, folders: Folders, debug: boolean): Record<string, string> {
  const prefixed = (prefix: string, record: Record<string, string>) =>
    Object.entries(record).map(([name, value]) => [`${prefix}_${name.toUpperCase()}`, value]);
  return {
    ...Object.fromEntries(prefixed('GITHUB', githubFacts(facts, folders))),
    ...Object.fromEntries(prefixed('RUNNER', runnerFacts(folders))),
    CI: 'true',
    GITHUB_ACTIONS: 'true',
    ...(debug ? { RUNNER_DEBUG: '1' } : {}),
  };
}

/** The `github` context. */
export function githubContext(facts: RunFacts, folders: Folders, payload: Value): Record<string, Value> {
  return { ...githubFacts(facts, folders), token: facts.token, event: payload };
}

function githubFacts(facts: RunFacts, folders: Folders): Record<string, string> {
  const [owner = ''] = facts.repository.split('/');
  return {
    actor: facts.actor,
    api_url: facts.apiUrl,
    base_ref: '',
    event_name: facts.event,
    event_path: join(folders.temp, 'event.json'),
    graphql_url: `${facts.apiUrl}/graphql`,
    head_ref: '',
    job: facts.job,
    ref: facts.ref,
    ref_name: facts.ref.replace(/^refs\/(?:heads|tags)\//, ''),
    repository: facts.repository,
    repository_owner: owner,
    run_attempt: facts.attempt,
    run_id: facts.runId,
    run_number: '1',
    server_url: facts.serverUrl,
    sha: facts.sha,
    triggering_actor: facts.actor,
    workflow: facts.workflow,
    workspace: folders.workspace,
  };
}

/** The `runner` context. */
export function runnerFacts(folders: Folders): Record<string, string> {
  const systems: Readonly<Partial<Record<NodeJS.Platform, string>>> = {
    darwin: 'macOS',
    linux: 'Linux',
    win32: 'Windows',
  };
  return {
    arch: process.arch.toUpperCase(),
    environment: 'github-hosted',
    name: 'test runner',
    os: systems[process.platform] ?? process.platform,
    temp: folders.temp,
    tool_cache: folders.tools,
  };
}
