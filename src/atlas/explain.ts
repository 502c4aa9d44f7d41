import type { WireFault } from '../wire/wire.ts';
import { cleaned, isTokenLimit, kindOf, type Refusal } from './answer.ts';
import { AtlasError, type AtlasErrorKind, type FailedCall } from './errors.ts';
import type { Trouble } from './retry.ts';

/** A call as errors speak of it. */
export interface ExplainedCall extends FailedCall {
  /** What it does, after "could not": `make a key in the project`. */
  readonly does: string;
  /** The role that Atlas asks of the caller, in its own words: `Project Access Manager`. */
  readonly needs?: string | undefined;
}

/** The error for an answer that is no success: what failed, why, and what to do next. */
export function explainRefusal(call: ExplainedCall, refusal: Refusal, location?: string): AtlasError {
  const kind = kindOf(refusal);
  const { status, errorCode, detail } = refusal;
  const said = detail === undefined ? '' : `: “${detail}”`;
  const answered = `${nameOf(call)} was answered with ${[status, errorCode].filter(Boolean).join(' ')}${said}`;
  return new AtlasError(`Could not ${call.does}: ${reason(kind, call, refusal, location)} (${answered})`, {
    kind,
    call: { method: call.method, path: call.path },
    errorCode,
  });
}

function reason(kind: AtlasErrorKind, call: ExplainedCall, refusal: Refusal, location?: string): string {
  const { status, address } = refusal;
  switch (kind) {
    case 'credentials':
      return 'the credentials are not accepted. Check that both halves belong together, that the key or secret still exists, and that baseUrl is the right cloud.';
    case 'notAllowed':
      return call.needs === undefined
        ? 'the caller is known but not allowed to do this. Check its roles: the README of this action says which it needs.'
        : `the caller is known but lacks the role ${call.needs}, which this call needs. Give the calling key or service account that role${/GROUP$/.test(refusal.errorCode ?? '') ? ', and check groupId: it may be a project of another organisation' : ''}.`;
    case 'addressRefused':
      return `the caller may not call from ${address === undefined ? 'this address' : address}. Add ${address === undefined ? "the runner's address" : 'it'} to the access list of the calling key itself (its API access list, not the project's IP access list).`;
    case 'gone':
      return /^(?:GROUP|ORG)_/.test(refusal.errorCode ?? '')
        ? `the ${refusal.errorCode === 'GROUP_NOT_FOUND' ? 'project' : 'organisation'} is not there, or the caller cannot see it. Check the id, and that baseUrl is the right cloud.`
        : 'it is not there, or the caller cannot see it. Check the id.';
    case 'alreadyThere':
      return 'it is there already; another run may have been quicker. Run the job again.';
    case 'full':
      if (refusal.errorCode === 'MAX_SERVICE_ACCOUNTS_PER_ORG_EXCEEDED') {
        return 'the organisation holds as many service accounts as it may. Delete some that nobody uses, also those that are in no project any more.';
      }
      return 'the organisation holds as many API keys as it may (500). Delete some that nobody uses.';
    case 'wrongSurface':
      return refusal.errorCode === 'ATLAS_GROUP'
        ? 'the project belongs to Atlas, and is not served under this API. Change the input api to atlas/v2.'
        : 'the project or organisation belongs to Cloud Manager, and is not served under this API. Change the input api to public/v1.0.';
    case 'suspended':
      return "the organisation's account is suspended, mostly over an unpaid invoice. Settle that under Billing of the organisation, and run the job again.";
    case 'badRequest':
      return `the request was refused${whatToCheck(refusal)}`;
    case 'rateLimited':
      return isTokenLimit(refusal)
        ? 'as many tokens of this service account are alive as Atlas allows (100). Each ends with the job that fetched it, or within the hour. Try again later, or divide the jobs among several service accounts.'
        : 'the rate limit is reached. Try again in a few minutes, or with fewer runs side by side.';
    case 'unavailable':
      return 'the service does not serve this right now. Try again later; https://status.mongodb.com tells its state.';
    case 'network':
      return 'the proxy wants to be signed in to. Put its user name and password into HTTPS_PROXY.';
    default:
      if (status >= 300 && status < 400) {
        return `a redirect${location === undefined ? '' : ` to ${location}`} was not followed. Check baseUrl.`;
      }
      return `the answer is not the service's own but ${refusal.body === 'empty' ? 'empty' : 'HTML or text'}. ${CHECK_WAY}`;
  }
}

/** What to do about an answer that Atlas did not give. */
export const CHECK_WAY = 'Check baseUrl, and the proxy if there is one.';

function whatToCheck({ errorCode = '', detail = '' }: Refusal): string {
  // Since January 2026 a role that Atlas does not know has no code of its own any more.
  if (/ROLE|ENUM/.test(errorCode) || /\binvalid role\b/i.test(detail)) {
    return '. Check roles: Atlas does not take one of them here.';
  }
  if (/ADDRESS/.test(errorCode)) {
    return '. Check accessList: Atlas takes no address twice, and none that means every address.';
  }
  return /DESC/.test(errorCode) ? '. Check desc.' : '. Check the inputs against what Atlas says.';
}

/** The error for a request without a whole answer. `host` is the one we wanted to talk to. */
export function explainFault(call: ExplainedCall, fault: WireFault, host: string): AtlasError {
  const kind = fault.reason === 'notHttp' || fault.reason === 'tooLarge' ? 'unintelligible' : 'network';
  return new AtlasError(`Could not ${call.does}: ${faultReason(fault, host)} (${nameOf(call)})`, {
    kind,
    call: { method: call.method, path: call.path },
    cause: fault.cause,
  });
}

function faultReason({ reason, code }: WireFault, host: string): string {
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
      return `the proxy made no way to ${host}${why}. ${code === 'status 407' ? 'Put its user name and password into HTTPS_PROXY.' : 'Check HTTPS_PROXY and NO_PROXY.'}`;
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

/** The error for a deadline that is over, or a run that was cancelled. `cause` is the last trouble before it. */
export function explainEnd(call: ExplainedCall, signal: AbortSignal, cause?: unknown): AtlasError {
  const timeout = signal.reason instanceof Error && signal.reason.name === 'TimeoutError';
  const before = cause instanceof AtlasError ? ` Before that: ${cause.message}` : '';
  const why = timeout
    ? 'the time for all calls of this step (timeout) is used up. Run the job again, or give a longer timeout.'
    : 'the run was cancelled while it was under way.';
  return new AtlasError(`Could not ${call.does}: ${why} (${nameOf(call)})${before}`, {
    kind: timeout ? 'timeout' : 'cancelled',
    call: { method: call.method, path: call.path },
    cause: cause ?? signal.reason,
  });
}

const WAITED_FOR: Record<Trouble, string> = {
  unreachable: 'no whole answer came',
  broken: 'no whole answer came',
  rateLimited: 'the rate limit is reached',
  tokenLimit: 'as many tokens of this service account are alive as Atlas allows',
  upgrade: 'Atlas is being upgraded and takes no changes',
  serverFault: 'the service does not serve this right now',
  unintelligible: "the answer was not the service's own",
};

/** The line of the log before a long wait. */
export function explainWait(call: ExplainedCall, trouble: Trouble, milliseconds: number): string {
  const seconds = Math.ceil(milliseconds / 1000);
  return `Could not yet ${call.does}, since ${WAITED_FOR[trouble]}; it is tried again in ${seconds} seconds (${nameOf(call)}).`;
}

/** The error for something that was sent, whose outcome nobody told us. */
export function explainLoss(call: ExplainedCall, cause: AtlasError): AtlasError {
  return new AtlasError(`${cause.message} Atlas may have carried it out nevertheless.`, {
    kind: 'answerLost',
    call: { method: call.method, path: call.path },
    errorCode: cause.errorCode,
    cause,
  });
}

/** The error for a success whose content is not what the API documents. */
export function explainNonsense(call: ExplainedCall, problem: string, cause?: unknown): AtlasError {
  return new AtlasError(`Could not ${call.does}: ${problem} (${nameOf(call)})`, {
    kind: 'unintelligible',
    call: { method: call.method, path: call.path },
    cause,
  });
}

function nameOf({ method, path }: FailedCall): string {
  return `${method} ${path}`;
}
