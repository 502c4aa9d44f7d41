import type { RunIdentity } from '../request.ts';
import { type Environment, readVariable } from './environment.ts';
import type { Findings } from './findings.ts';
import { nameAll } from './lists.ts';

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
