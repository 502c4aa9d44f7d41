import { cleaned } from '../atlas/answer.ts';
import { WireFault } from '../wire/wire.ts';
import type { Answer, Call, Outcome, Target } from './connection.ts';
import { troubleOf, waitAskedFor } from './retry.ts';

/** A call that came to nothing, after all tries. Its message is what follows "… failed: ". */
export class Refusal extends Error {
  /** What it was to do, up to the name of where: `Opening`. */
  readonly deed: string;
  readonly where: string;
  /** A try was sent and not clearly refused: what it asked for may have been done. */
  readonly inDoubt: boolean;

  constructor({ deed, target }: Call, why: string, inDoubt = false, cause?: unknown) {
    super(why, { cause });
    this.deed = deed;
    this.where = target.name;
    this.inDoubt = inDoubt;
  }
}

/** The refusal of an answer that is not what the API documents. */
export function nonsense(call: Call): Refusal {
  return new Refusal(call, "this is no answer of GitHub's API. Is GITHUB_API_URL its address?");
}

/** One sentence and its reason for all that failed alike. */
export function tellRefusals(refusals: readonly Refusal[]): string {
  const alike = Map.groupBy(refusals, ({ deed, message }) => JSON.stringify([deed, message]));
  return [...alike.values()]
    .map((all) => `${all[0]?.deed} ${listed(all.map(({ where }) => where))} failed: ${all[0]?.message}`)
    .join(' ');
}

/** `a`, `b` and `c`. */
export function listed(names: readonly string[]): string {
  return new Intl.ListFormat('en-GB').format(names);
}

/** What came of the last try of a call, and what to do. */
export function explain(outcome: Outcome, target: Target, tried: number): string {
  const times = tried === 1 ? '' : ` in ${tried} tries`;
  const advice = outcome instanceof WireFault ? adviceOnFault(outcome) : adviceOn(outcome, target);
  return `${wordsOf(outcome)}${times}. ${advice}`;
}

/** Reasons of faults that often come without a code, which would name them. */
const NAMELESS: Readonly<Record<string, string>> = {
  aborted: 'no answer in time',
  broken: 'the connection broke',
  notHttp: 'the answer is not HTTP',
};

/** What came of one try, in a few words. GitHub's text comes out cleaned, and without what looks like a token or a box. */
export function wordsOf(outcome: Outcome): string {
  if (outcome instanceof WireFault) {
    if (outcome.reason === 'tooLarge') return "GitHub's answer was cut off at 1 MB";
    return `GitHub was not reached (${NAMELESS[outcome.message] ?? outcome.message})`;
  }
  const detail = cleaned(outcome.message.replace(/[\w+/=-]{36,}/g, '***')).replace(/[.\s]+$/, '');
  return `GitHub answered ${outcome.status}${detail === '' ? '' : ` (${detail})`}`;
}

function adviceOnFault({ reason }: WireFault): string {
  if (reason === 'tooLarge') return 'No answer of its API is so large: is GITHUB_API_URL wrong?';
  return reason === 'untrusted'
    ? 'Its certificate is not trusted here: set NODE_EXTRA_CA_CERTS to the file of the private authority that signed it.'
    : 'Check the network, the proxy (HTTPS_PROXY, NO_PROXY) and GITHUB_API_URL.';
}

function adviceOn(answer: Answer, { permission }: Target): string {
  const { status } = answer;
  const trouble = troubleOf(answer);
  if (trouble === 'rateLimit') {
    const wait = waitAskedFor(answer);
    const after = wait === undefined ? 'later' : `in ${Math.ceil(wait / 1000)} s or later`;
    return `The token's rate limit is used up: run the job again ${after}.`;
  }
  if (status === 409) return 'Somebody else is writing the same secret right now: run the job again.';
  if (trouble === 'passing') return 'GitHub has trouble of its own: run the job again later.';
  if (status === 401) return 'The githubToken is expired, revoked or mistyped: give a new one.';
  if (status === 403) return adviceOnPermission(answer.message, permission);
  if (status === 404) {
    return `Either it does not exist, or the token does not see it, since GitHub answers 404 to both: the token needs ${permission}.`;
  }
  if (status < 300) return 'The API never answers like this: is GITHUB_API_URL wrong?';
  if (status < 400) {
    return 'This action follows no redirect with a token: give the repository by its present name if it was renamed, or else check GITHUB_API_URL.';
  }
  return "Check the secret's name: it has letters, digits and underscores, no digit first, and does not begin with GITHUB_.";
}

function adviceOnPermission(words: string, permission: string): string {
  if (/\barchived\b/.test(words)) {
    return 'Nothing can be written to an archived repository: leave it out, or unarchive it.';
  }
  // GitHub says so to the tokens of Apps, and GITHUB_TOKEN is one.
  if (!/\bintegration\b/.test(words)) {
    return `The githubToken may not do this: give the fine-grained token ${permission}.`;
  }
  return (
    'GITHUB_TOKEN can never write secrets, whatever its permissions: give as githubToken a fine-grained personal access ' +
    `token, or the token of a GitHub App, with ${permission}. An App needs it granted to itself, accepted where it is ` +
    'installed, and asked for with the token.'
  );
}
