import type { RunIdentity } from '../request.ts';
import type { Findings } from './findings.ts';
import { type Environment, nameAll, readVariable } from './reader.ts';

// As src/keys/mark.ts can write them.
const VARIABLES = {
  GITHUB_REPOSITORY: /^[A-Za-z0-9_.-]{1,39}\/[A-Za-z0-9_.-]{1,100}$/,
  GITHUB_RUN_ID: /^[0-9]{1,20}$/,
  GITHUB_RUN_ATTEMPT: /^[0-9]{1,4}$/,
} as const;

/** The run that this step belongs to. */
export function readRunIdentity(environment: Environment, findings: Findings): RunIdentity {
  const names = Object.keys(VARIABLES) as (keyof typeof VARIABLES)[];
  const bad = names.filter((name) => !VARIABLES[name].test(readVariable(environment, name)));
  if (bad.length > 0) {
    const are = bad.length === 1 ? 'is' : 'are';
    findings.problem(
      `${nameAll(bad, 'and')} ${are} not set as GitHub Actions sets ${bad.length === 1 ? 'it' : 'them'}, and a key is marked with the run it belongs to: run this as a workflow step, on a runner or under act.`,
    );
  }
  return {
    repository: readVariable(environment, 'GITHUB_REPOSITORY'),
    runId: readVariable(environment, 'GITHUB_RUN_ID'),
    attempt: readVariable(environment, 'GITHUB_RUN_ATTEMPT'),
  };
}

/** GitHub's address in a browser, for links to runs; empty where the runner does not say. */
export function readServerUrl(environment: Environment): string {
  const address = readVariable(environment, 'GITHUB_SERVER_URL');
  return /^https?:\/\/[\w.-]+(?::\d+)?$/.test(address) ? address : '';
}

/** Reads a text file, or throws. */
export type ReadFile = (path: string) => string;

interface PullRequestEvent {
  readonly pull_request?: {
    readonly head?: { readonly repo?: { readonly full_name?: unknown } | null };
  } | null;
}

/** Why secrets may be empty in this run, as a sentence; empty when nothing is known of it. */
export function explainMissingSecrets(environment: Environment, readFile: ReadFile | undefined): string {
  const actors = ['GITHUB_ACTOR', 'GITHUB_TRIGGERING_ACTOR'].map((name) => readVariable(environment, name));
  if (actors.includes('dependabot[bot]')) {
    return 'Dependabot started this run, and its runs get Dependabot secrets instead of Actions secrets: store them under Settings, Secrets and variables, Dependabot, too, or skip this step for it.';
  }
  // `pull_request_target` runs in the base repository and does get its secrets.
  if (!/^pull_request(?!_target)/.test(readVariable(environment, 'GITHUB_EVENT_NAME'))) return '';
  switch (comesFromFork(environment, readFile)) {
    case true:
      return 'This pull request comes from a fork, and GitHub gives no secrets to those: skip this step for them (`if: github.event.pull_request.head.repo.full_name == github.repository`).';
    case undefined:
      return 'If this pull request comes from a fork: GitHub gives no secrets to those, so skip this step for them.';
    case false:
      return '';
  }
}

function comesFromFork(environment: Environment, readFile: ReadFile | undefined): boolean | undefined {
  const path = readVariable(environment, 'GITHUB_EVENT_PATH');
  if (path === '' || readFile === undefined) return undefined;
  try {
    const event = JSON.parse(readFile(path)) as PullRequestEvent | null;
    const head = event?.pull_request?.head;
    if (head === undefined) return undefined;
    // A fork that was deleted meanwhile is null.
    return head.repo?.full_name !== readVariable(environment, 'GITHUB_REPOSITORY');
  } catch {
    return undefined;
  }
}
