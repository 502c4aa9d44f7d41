import type { WireAnswer, WireFault } from '../wire/wire.ts';
import { cleaned, type Refusal, readRefusal } from './answer.ts';
import { AtlasError } from './errors.ts';
import { TROUBLES, type Trouble } from './retry.ts';

/** A call as errors speak of it. */
export interface ExplainedCall {
  readonly method: string;
  /** With its query, which no error repeats. */
  readonly path: string;
  /** What it does, after "could not": `make a key in the project`. */
  readonly does: string;
  /** The role that Atlas asks of the caller, in its own words: `Project Access Manager`. */
  readonly needs?: string | undefined;
}

/** What to do about an answer that Atlas did not give. */
export const CHECK_WAY = 'Check baseUrl, and the proxy if there is one.';

/** Why a refusal came, and what to do next: by its `errorCode`, or else by its kind. */
const REASONS: Readonly<Record<string, string>> = {
  credentials:
    'the credentials are not accepted. Check that both halves belong together, that the key or secret still exists, and that baseUrl is the right cloud.',
  GROUP_NOT_FOUND:
    'the project is not there, or the caller cannot see it. Check the id, and that baseUrl is the right cloud.',
  ORG_NOT_FOUND:
    'the organisation is not there, or the caller cannot see it. Check the id, and that baseUrl is the right cloud.',
  gone: 'it is not there, or the caller cannot see it. Check the id.',
  alreadyThere: 'it is there already; another run may have been quicker. Run the job again.',
  MAX_SERVICE_ACCOUNTS_PER_ORG_EXCEEDED:
    'the organisation holds as many service accounts as it may. Delete some that nobody uses, also those that are in no project any more.',
  full: 'the organisation holds as many API keys as it may (500). Delete some that nobody uses.',
  ATLAS_GROUP:
    'the project belongs to Atlas, and is not served under this API. Change the input api to atlas/v2.',
  wrongSurface:
    'the project or organisation belongs to Cloud Manager, and is not served under this API. Change the input api to public/v1.0.',
  suspended:
    "the organisation's account is suspended, usually because of an unpaid invoice. Settle that under Billing of the organisation, and run the job again.",
  rateLimited: 'the rate limit is reached. Try again in a few minutes, or with fewer runs side by side.',
  unavailable:
    'the service does not serve this right now. Try again later; https://status.mongodb.com tells its state.',
  network: 'the proxy asks for a user name and a password. Put them into HTTPS_PROXY.',
};

/** The error for an answer that is no success: what failed, why, and what to do next. */
export function explainRefusal(call: ExplainedCall, refusal: Refusal): AtlasError {
  const { kind, status, errorCode, detail } = refusal;
  const said = detail === '' ? '' : `: “${detail}”`;
  const answered = ` was answered with ${[status, errorCode].filter(Boolean).join(' ')}${said}`;
  return new AtlasError(sentence(call, reasonOf(refusal, call.needs), answered), { kind, errorCode });
}

function reasonOf(refusal: Refusal, role: string | undefined): string {
  const { kind, status, errorCode = '', detail, address, redirect } = refusal;
  if (refusal.isTokenLimit)
    return 'as many tokens of this service account are alive as Atlas allows (100). Each ends with the job that fetched it, or within the hour. Try again later, or divide the jobs among several service accounts.';
  if (kind === 'notAllowed' && role === undefined)
    return 'the caller is known but not allowed to do this. Check its roles: the README of this action says which it needs.';
  if (kind === 'notAllowed') {
    const elsewhere = /GROUP$/.test(errorCode)
      ? ', and check groupId: it may be a project of another organisation'
      : '';
    return `the caller is known but lacks the role ${role}, which this call needs. Give the calling key or service account that role${elsewhere}.`;
  }
  if (kind === 'addressRefused') {
    const [here, it] = address === undefined ? ['this address', "the runner's address"] : [address, 'it'];
    return `the caller may not call from ${here}. Add ${it} to the access list of the calling key itself (its API access list, not the project's IP access list).`;
  }
  if (kind === 'badRequest') return `the request was refused. ${whatToCheck(errorCode, detail)}`;
  if (kind === 'unintelligible' && status >= 300 && status < 400)
    return `a redirect${redirect === undefined ? '' : ` to ${redirect}`} was not followed. Check baseUrl.`;
  const nobodys = `the answer is not the service's own but ${refusal.isEmpty ? 'empty' : 'HTML or text'}. ${CHECK_WAY}`;
  return REASONS[errorCode] ?? REASONS[kind] ?? nobodys;
}

function whatToCheck(errorCode: string, detail: string): string {
  // Since January 2026 a role that Atlas does not know has no code of its own any more.
  if (/ROLE|ENUM/.test(errorCode) || /\binvalid role\b/i.test(detail))
    return 'Check roles: Atlas does not take one of them here.';
  if (/ADDRESS/.test(errorCode))
    return 'Check accessList: Atlas takes no address twice, and none that means every address.';
  return /DESC/.test(errorCode) ? 'Check desc.' : 'Check the inputs against what Atlas says.';
}

/** The error for a request without a whole answer. `host` is the one we wanted to talk to. */
export function explainFault(call: ExplainedCall, fault: WireFault, host: string): AtlasError {
  const kind = fault.reason === 'notHttp' || fault.reason === 'tooLarge' ? 'unintelligible' : 'network';
  return new AtlasError(sentence(call, reasonOfFault(fault, host)), { kind, cause: fault.cause });
}

function reasonOfFault({ reason, code }: WireFault, host: string): string {
  const why = code === '' ? '' : ` [${cleaned(code)}]`;
  switch (reason) {
    case 'unreachable':
      return /^(?:ENOTFOUND|EAI_)/.test(code)
        ? `the name ${host} cannot be resolved${why}. Check baseUrl and the runner's DNS.`
        : `no connection to ${host} came about${why}. Check baseUrl, the runner's network, and whether it needs HTTPS_PROXY.`;
    case 'untrusted':
      if (code === 'ERR_TLS_CERT_ALTNAME_INVALID')
        return `the certificate of ${host} is for another name${why}. ${CHECK_WAY}`;
      if (code === 'CERT_HAS_EXPIRED')
        return `the certificate of ${host} has expired${why}. Whoever runs it has to renew it, unless the clock of this machine is wrong.`;
      return `the certificate of ${host} is signed by an authority that this machine does not know${why}. If that is a private one, name its PEM file in the environment variable NODE_EXTRA_CA_CERTS of this job.`;
    case 'proxy':
      return `there is no way through the proxy to ${host}${why}. ${code === 'status 407' ? 'Put its user name and password into HTTPS_PROXY.' : 'Check HTTPS_PROXY and NO_PROXY.'}`;
    case 'notHttp':
      return `what ${host} answers is not HTTP${why}. Check baseUrl and HTTPS_PROXY.`;
    case 'tooLarge':
      return `the answer of ${host} is larger than any that Atlas gives. ${CHECK_WAY}`;
    case 'broken':
      return `the connection to ${host} broke before the answer was complete${why}. Try again; if it happens again, check the network and the proxy.`;
    case 'aborted':
      return `${host} did not answer in time. Try again; if it happens again, check the network and the proxy.`;
  }
}

/** What is wrong with a success whose content is not what the API documents. */
export function oddityOf(answer: WireAnswer): string {
  const { status, errorCode, isJson, isEmpty } = readRefusal(answer);
  if (errorCode !== undefined) return `the answer says ${status} and ${errorCode} at once. ${CHECK_WAY}`;
  if (!isJson) return `the answer (${status}) is ${isEmpty ? 'empty' : 'no JSON'}. ${CHECK_WAY}`;
  return `the answer (${status}) is not what the API documents. Check baseUrl and api.`;
}

/** The error for an answer that nobody can make sense of. */
export function explainNonsense(call: ExplainedCall, problem: string, cause?: unknown): AtlasError {
  return new AtlasError(sentence(call, problem), { kind: 'unintelligible', cause });
}

/** The error for a deadline that is over, or a run that was cancelled. `cause` is the last trouble before it. */
export function explainEnd(call: ExplainedCall, signal: AbortSignal, cause?: AtlasError): AtlasError {
  const timeout = signal.reason instanceof Error && signal.reason.name === 'TimeoutError';
  const why = timeout
    ? 'the time for all calls of this step (timeout) is used up. Run the job again, or give a longer timeout.'
    : 'the run was cancelled while it was under way.';
  const before = cause === undefined ? '' : ` Before that: ${cause.message}`;
  const kind = timeout ? 'timeout' : 'cancelled';
  return new AtlasError(`${sentence(call, why)}${before}`, { kind, cause: cause ?? signal.reason });
}

/** The error for something that was sent, whose outcome nobody told us. */
export function explainLoss(cause: AtlasError): AtlasError {
  const message = `${cause.message} Atlas may have carried it out nevertheless.`;
  return new AtlasError(message, { kind: 'answerLost', errorCode: cause.errorCode, cause });
}

/** The line of the log before a long wait. */
export function explainWait(call: ExplainedCall, trouble: Trouble, milliseconds: number): string {
  const seconds = Math.ceil(milliseconds / 1000);
  return `Could not yet ${call.does}, since ${TROUBLES[trouble].told}; it is tried again in ${seconds} seconds (${nameOf(call)}).`;
}

function sentence(call: ExplainedCall, why: string, answered = ''): string {
  return `Could not ${call.does}: ${why} (${nameOf(call)}${answered})`;
}

function nameOf({ method, path }: ExplainedCall): string {
  return `${method} ${path.replace(/\?.*/, '')}`;
}
