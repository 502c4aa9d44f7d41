import { JOB_STATUSES, type JobStatus, type RunIdentity } from '../request.ts';
import { type Environment, type Findings, readInput, readVariable } from './findings.ts';

/** The run that this step belongs to. */
export function readRunIdentity(environment: Environment, { problems }: Findings): RunIdentity {
  const read = (name: string, form: RegExp): string => {
    const text = readVariable(environment, name);
    if (!form.test(text)) {
      problems.push(
        `\`${name}\` is not set as GitHub Actions sets it, and a key is marked with the run it belongs to: run this as a workflow step, on a runner or under act.`,
      );
    }
    return text;
  };
  // As src/keys/mark.ts can write them.
  return {
    repository: read('GITHUB_REPOSITORY', /^[A-Za-z0-9_.-]{1,39}\/[A-Za-z0-9_.-]{1,100}$/),
    runId: read('GITHUB_RUN_ID', /^[0-9]{1,20}$/),
    attempt: read('GITHUB_RUN_ATTEMPT', /^[0-9]{1,4}$/),
  };
}

/** How the job has gone so far, as the post step is told. */
export function readJobStatus(environment: Environment): JobStatus | undefined {
  const status = readInput(environment, 'jobStatus');
  return JOB_STATUSES.find((candidate) => candidate === status);
}

/** GitHub's address in a browser, for links to runs; empty where the runner does not say. */
export function readServerUrl(environment: Environment): string {
  const address = readVariable(environment, 'GITHUB_SERVER_URL');
  return /^https?:\/\/[\w.-]+(?::\d+)?$/.test(address) ? address : '';
}

/** Why secrets may be empty in this run, to go behind another sentence; empty when nothing is known of it. */
export function explainMissingSecrets(environment: Environment): string {
  const actors = ['GITHUB_ACTOR', 'GITHUB_TRIGGERING_ACTOR'].map((name) => readVariable(environment, name));
  if (actors.includes('dependabot[bot]')) {
    return ' Dependabot started this run, and its runs get Dependabot secrets instead of Actions secrets: store them under Settings, Secrets and variables, Dependabot, too, or skip this step for it.';
  }
  // `pull_request_target` runs in the base repository and does get its secrets.
  return /^pull_request(?!_target)/.test(readVariable(environment, 'GITHUB_EVENT_NAME'))
    ? ' If this pull request comes from a fork: GitHub gives no secrets to those, so skip this step for them (`if: github.event.pull_request.head.repo.full_name == github.repository`).'
    : '';
}
