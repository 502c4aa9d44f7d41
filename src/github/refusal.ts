import { codeOf, type WireFault } from '../wire/wire.ts';
import type { Answer, Outcome } from './connection.ts';
import { isConflict, isRateLimit, isServerFault, messageOf, waitAskedFor } from './retry.ts';

/** What a call is about, for the words of its refusal. */
export interface Target {
  readonly name: string;
  /** What there is not when GitHub answers 404. */
  readonly noun: string;
  readonly permission: string;
}

/** A call that came to nothing, after all tries. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  /** What it was to do, up to the name of where: `Opening`. */
  readonly deed: string;
  readonly where: string;
  /** The sentences after "… failed: ". */
  readonly why: string;
  /** A try was sent and not clearly refused: what it asked for may have been done. */
  readonly inDoubt: boolean;

  constructor(
    deed: string,
    where: string,
    details: { readonly why: string; readonly inDoubt: boolean; readonly cause?: unknown },
  ) {
    super(`${deed} ${where} failed: ${details.why}`, { cause: details.cause });
    this.deed = deed;
    this.where = where;
    this.why = details.why;
    this.inDoubt = details.inDoubt;
  }
}

/** One sentence and its reason for all that failed alike. */
export function tellRefusals(refusals: readonly Refusal[]): string {
  const alike = Map.groupBy(refusals, ({ deed, why }) => `${deed} ${why}`);
  return [...alike.values()]
    .map((all) => {
      // not covered: a group has at least one member, which the types do not know.
      const { deed, why } = all[0] ?? { deed: '', why: '' };
      return `${deed} ${listed(all.map(({ where }) => where))} failed: ${why}`;
    })
    .join(' ');
}

/** `a`, `b` and `c`. */
export function listed(names: readonly string[]): string {
  return new Intl.ListFormat('en-GB').format(names);
}

/** Reads the last try of a call. Pure: GitHub's text comes out cleaned, and nothing of the request. */
export function explain(outcome: Outcome, target: Target, tried: number): { why: string; cause?: unknown } {
  const times = tried === 1 ? '' : ` in ${tried} tries`;
  if (outcome.kind === 'fault') return { why: explainFault(outcome.fault, times), cause: outcome.fault };
  return { why: `${wordsOf(outcome.answer)}${times}. ${adviceOn(outcome.answer, target)}` };
}

/** What GitHub answered, in a few words. */
export function wordsOf({ status, data }: Answer): string {
  const detail = clean(messageOf(data)).replace(/[.\s]+$/, '');
  return detail === '' ? `GitHub answered ${status}` : `GitHub answered ${status} (${detail})`;
}

function adviceOn(answer: Answer, target: Target): string {
  const { status } = answer;
  if (isRateLimit(answer)) return adviceOnRateLimit(answer);
  if (isServerFault(answer)) return 'GitHub has trouble of its own: run the job again later.';
  if (isConflict(answer)) return 'Somebody else writes the same secret just now: run the job again.';
  if (status === 401) return 'The githubToken is expired, revoked or mistyped: give a new one.';
  if (status === 403) return adviceOnPermission(answer, target);
  if (status === 404) {
    return `Either there is no such ${target.noun}, or the token does not see it, for GitHub then answers 404 as well: it needs ${target.permission}.`;
  }
  if (status >= 300 && status < 400) {
    return 'A redirect is not followed with a token: was the repository renamed, which its present name mends, or is GITHUB_API_URL wrong?';
  }
  if (status < 300) return 'The API does not answer so: is GITHUB_API_URL wrong?';
  return "A secret's name has letters, digits and underscores, no digit first, and does not start with GITHUB_.";
}

function adviceOnPermission({ data }: Answer, { permission }: Target): string {
  const words = messageOf(data);
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

function adviceOnRateLimit(answer: Answer): string {
  const wait = waitAskedFor(answer);
  const after = wait === undefined ? 'later' : `in ${Math.ceil(wait / 1000)} s or later`;
  return `The token's rate limit is used up: run the job again ${after}.`;
}

function explainFault(fault: WireFault, times: string): string {
  if (fault.reason === 'tooLarge') {
    return "GitHub's answer was cut off at 1 MB, which no answer of its API reaches. Is GITHUB_API_URL wrong?";
  }
  const what =
    fault.reason === 'untrusted'
      ? 'Its certificate is not trusted here: set NODE_EXTRA_CA_CERTS to the file of the private authority that signed it.'
      : 'Check the network, the proxy (HTTPS_PROXY, NO_PROXY) and GITHUB_API_URL.';
  return `GitHub was not reached${times} (${nameOfFault(fault)}). ${what}`;
}

/** A fault in a few words: the code of what is at the bottom of it where that has one, else its message. */
export function nameOfFault(fault: Error): string {
  let root: unknown = fault;
  while (root instanceof Error && root.cause !== undefined) root = root.cause;
  const code = codeOf(root);
  const message = root instanceof Error ? clean(root.message) : '';
  if (code === '' || message.includes(code)) return message || code || 'unknown fault';
  return message === '' ? code : `${code}, ${message}`;
}

/**
 * Text from outside, fit for one line of a log: without control characters, without what looks like a
 * token or a sealed box, and not long.
 */
export function clean(text: string): string {
  const line = text
    .slice(0, 4000)
    .replace(/[\p{C}\p{Zl}\p{Zp}]+/gu, ' ')
    .replace(/[\w+/=-]{36,}/g, '***')
    .replace(/\s+/g, ' ')
    .trim();
  return line.length <= 200 ? line : `${line.slice(0, 199)}…`;
}
