import type { WireFault } from '../wire/fault.ts';
import type { Answer, Outcome } from './connection.ts';
import type { SecretStoreErrorKind } from './errors.ts';
import { clean, nameOfFault } from './faults.ts';
import { isConflict, isRateLimit, isServerFault, messageOf, waitAskedFor } from './retry.ts';

/** Where the secrets are. */
export interface Place {
  readonly repository: string;
  readonly environment?: string;
}

/** Why a call came to nothing: the kind, and the sentences after "… failed: ". */
export interface Refusal {
  readonly kind: SecretStoreErrorKind;
  readonly status?: number;
  readonly why: string;
  readonly cause?: unknown;
}

export function nameOfPlace({ repository, environment }: Place): string {
  return environment === undefined
    ? `the repository ${repository}`
    : `the environment "${environment}" of ${repository}`;
}

/** Reads the last try of a call. Pure: GitHub's text comes out cleaned, and nothing of the request. */
export function explain(outcome: Outcome, place: Place, tried: number): Refusal {
  const times = tried === 1 ? '' : ` in ${tried} tries`;
  if (outcome.kind === 'fault') return explainFault(outcome.fault, times);
  const { status } = outcome.answer;
  const { kind, what } = judge(outcome.answer, place);
  return { kind, status, why: `${wordsOf(outcome.answer)}${times}. ${what}` };
}

/** What GitHub answered, in a few words. */
export function wordsOf({ status, data }: Answer): string {
  const detail = clean(messageOf(data)).replace(/[.\s]+$/, '');
  return detail === '' ? `GitHub answered ${status}` : `GitHub answered ${status} (${detail})`;
}

function judge(answer: Answer, place: Place): { kind: SecretStoreErrorKind; what: string } {
  const { status } = answer;
  if (isRateLimit(answer)) return { kind: 'unavailable', what: adviceOnRateLimit(answer) };
  if (isServerFault(answer)) {
    return { kind: 'unavailable', what: 'GitHub has trouble of its own: run the job again later.' };
  }
  if (isConflict(answer)) {
    return { kind: 'unavailable', what: 'Somebody else writes the same secret just now: run the job again.' };
  }
  if (status === 401) {
    return { kind: 'badToken', what: 'The githubToken is expired, revoked or mistyped: give a new one.' };
  }
  if (status === 403) return { kind: 'notAllowed', what: adviceOnPermission(answer, place) };
  if (status === 404) return { kind: 'notFound', what: adviceOnMissing(place) };
  if (status >= 300 && status < 400) {
    const what =
      'A redirect is not followed with a token: was the repository renamed, or is GITHUB_API_URL wrong?';
    return { kind: 'unintelligible', what };
  }
  if (status < 300) {
    return { kind: 'unintelligible', what: 'The API does not answer so: is GITHUB_API_URL wrong?' };
  }
  const what =
    "A secret's name has letters, digits and underscores, no digit first, and does not start with GITHUB_.";
  return { kind: 'refused', what };
}

/** https://docs.github.com/rest/authentication/permissions-required-for-fine-grained-personal-access-tokens */
function adviceOnPermission({ data }: Answer, { environment }: Place): string {
  const permission = environment === undefined ? 'Secrets: write' : 'Environments: write';
  const needed = `the repository permission "${permission}" (a classic token: the scope "repo")`;
  // GitHub says so to the tokens of Apps, and GITHUB_TOKEN is one.
  if (!/\bintegration\b/.test(messageOf(data)))
    return `The githubToken may not write secrets here: give it ${needed}.`;
  return (
    'GITHUB_TOKEN can never write secrets, whatever its permissions: give as githubToken a fine-grained personal access ' +
    `token, or the token of a GitHub App, with ${needed}.`
  );
}

function adviceOnMissing({ repository, environment }: Place): string {
  const hidden = `the token has no access to the repository ${repository}, for GitHub then answers 404 as well`;
  return environment === undefined
    ? `Either there is no such repository, or ${hidden}.`
    : `Either ${repository} has no environment "${environment}" (Settings, Environments), or ${hidden}.`;
}

function adviceOnRateLimit(answer: Answer): string {
  const wait = waitAskedFor(answer);
  const after = wait === undefined ? 'later' : `in ${Math.ceil(wait / 1000)} s or later`;
  return `The token's rate limit is used up: run the job again ${after}.`;
}

function explainFault(fault: WireFault, times: string): Refusal {
  if (fault.reason === 'tooLarge') {
    const why =
      "GitHub's answer was cut off at 1 MB, which no answer of its API reaches. Is GITHUB_API_URL wrong?";
    return { kind: 'unintelligible', why, cause: fault };
  }
  const what =
    fault.reason === 'untrusted'
      ? 'Its certificate is not trusted here: set NODE_EXTRA_CA_CERTS to the file of the private authority that signed it.'
      : 'Check the network, the proxy (HTTPS_PROXY, NO_PROXY) and GITHUB_API_URL.';
  return {
    kind: 'network',
    why: `GitHub was not reached${times} (${nameOfFault(fault)}). ${what}`,
    cause: fault,
  };
}
