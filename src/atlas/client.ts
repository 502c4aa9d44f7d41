import { type Connection, isCertificateCode, type WireAnswer, WireFault } from '../wire/wire.ts';
import { isTokenLimit, kindOf, type Refusal, readRefusal } from './answer.ts';
import { AtlasError, isAtlasError } from './errors.ts';
import {
  CHECK_WAY,
  type ExplainedCall,
  explainEnd,
  explainFault,
  explainLoss,
  explainNonsense,
  explainRefusal,
  explainWait,
} from './explain.ts';
import { isLimit, type Repeat, retryAfter, TRY_LIMIT, type Trouble, waitBeforeRetry } from './retry.ts';
import { secretsIn, withoutSecrets } from './secrets.ts';
import type { Deadline, Machine, ServiceClock } from './time.ts';

/** One call of the API. `path` has no query; that is kept apart, since errors name the path. */
export interface Call extends ExplainedCall {
  readonly query?: string | undefined;
  readonly body?: string | undefined;
  /** Media type of the body and of the wanted answer. */
  readonly contentType: string;
  readonly accept: string;
  readonly repeat: Repeat;
  /** The answer shows a secret for the only time. */
  readonly createsSecret?: boolean;
  /** Called when a try may have been carried out although no answer says so. */
  readonly onDoubt?: (() => void) | undefined;
}

/** What a call is made with, besides itself. */
export interface CallContext {
  readonly connection: Connection;
  /** For errors: `cloud.mongodb.com`. */
  readonly host: string;
  readonly serviceClock: ServiceClock;
  readonly machine: Machine;
  /** Milliseconds that one request may take; 30 seconds when left out. */
  readonly tryLimit?: number | undefined;
}

/** A wait of more milliseconds than these is told. */
const LONG_WAIT = 5_000;

/** A try that did not succeed. Without `trouble`, another would not do better. */
interface Failure {
  readonly error: AtlasError;
  readonly trouble: Trouble | undefined;
  readonly retryAfter: number | undefined;
  /** Whether the service may have carried out the call nevertheless. */
  readonly maybeDone: boolean;
}

/**
 * Makes a call: signs in, repeats what may be repeated, and reads the answer, which is a success (2xx). `read` throws
 * an `AtlasError` of kind `unintelligible` for one that is not what the API documents.
 * Throws an `AtlasError` for everything else, at the deadline at the latest.
 */
export async function makeCall<T>(
  call: Call,
  read: (answer: WireAnswer) => T,
  signIn: SignIn,
  deadline: Deadline,
  context: CallContext,
): Promise<T> {
  let last: AtlasError | undefined;
  for (let tries = 1; ; tries++) {
    if (deadline.signal.aborted) throw explainEnd(call, deadline.signal, last);
    const outcome = await tryOnce(call, read, signIn, deadline, context, tries);
    if ('value' in outcome) return outcome.value;
    if (outcome.maybeDone) {
      call.onDoubt?.();
      if (call.repeat === 'unlessExecuted') {
        const { signal } = deadline;
        throw explainLoss(call, signal.aborted ? explainEnd(call, signal, last) : outcome.error);
      }
    }
    if (deadline.signal.aborted) throw explainEnd(call, deadline.signal, last);
    if (outcome.trouble === undefined) throw outcome.error;
    const { trouble } = outcome;
    const wait = waitBeforeRetry({
      trouble,
      tries,
      retryAfter: outcome.retryAfter,
      remaining: deadline.remaining(),
      patience: deadline.patience(),
      random: context.machine.random(),
    });
    if (wait === undefined) throw outcome.error;
    if (isLimit(trouble)) deadline.postpone(wait);
    // Perhaps only the machine at the other end of this connection answers like that.
    if (trouble === 'unintelligible') context.connection.renew();
    if (wait > LONG_WAIT) context.machine.info(explainWait(call, trouble, wait));
    last = outcome.error;
    await context.machine.pause(wait, deadline.signal);
  }
}

async function tryOnce<T>(
  call: Call,
  read: (answer: WireAnswer) => T,
  signIn: SignIn,
  deadline: Deadline,
  context: CallContext,
  tries: number,
): Promise<{ readonly value: T } | Failure> {
  const { connection, machine } = context;
  const path = call.query === undefined ? call.path : `${call.path}?${call.query}`;
  const started = machine.clock.now();
  let exchanges = 0;
  let signed = false;

  const exchange: Exchange = async (authorization) => {
    exchanges++;
    signed = authorization !== undefined;
    const body = signed ? call.body : undefined;
    const headers = {
      accept: call.accept,
      'user-agent': 'atlas-project-api-key',
      ...(body === undefined ? {} : { 'content-type': call.contentType }),
      ...(authorization === undefined ? {} : { authorization }),
    };
    const maskAll = (text: string) => {
      for (const secret of secretsIn(text, call.createsSecret === true)) machine.mask(secret);
    };
    const signal = AbortSignal.any([deadline.signal, AbortSignal.timeout(context.tryLimit ?? TRY_LIMIT)]);
    try {
      const answer = await connection.exchange({ method: call.method, path, headers, body }, signal);
      maskAll(answer.text);
      context.serviceClock.note(answer.headers.date);
      return answer;
    } catch (error) {
      // not covered: an error of another kind is a mistake in this code.
      if (error instanceof WireFault) maskAll(error.received);
      throw error;
    }
  };
  const tell = (outcome: string | number) => {
    const milliseconds = Math.round(machine.clock.now() - started);
    const more = exchanges > 1 ? `, ${exchanges} requests` : '';
    machine.debug(`${call.method} ${path} ${outcome} in ${milliseconds} ms, try ${tries}${more}`);
  };
  const nonsense = (error: AtlasError): Failure => {
    return { error, trouble: 'unintelligible', retryAfter: undefined, maybeDone: signed };
  };

  let answer: WireAnswer;
  try {
    answer = await signIn({ method: call.method, path, deadline }, exchange);
  } catch (error) {
    if (error instanceof AtlasError) {
      tell('not signed in');
      // The error of the call for a token, which has been repeated as often as it may be.
      if (error.call !== undefined) throw error;
      return nonsense(explainNonsense(call, `${error.message} ${CHECK_WAY}`, error));
    }
    const fault = error instanceof WireFault ? error : lateFault(error, deadline.signal);
    tell(fault.message);
    // A connection that did not answer one request in time may be dead; the next try shall not wait for it.
    if (fault.reason === 'aborted' && fault.sent && !deadline.signal.aborted) connection.renew();
    return {
      error: explainFault(call, fault, context.host),
      trouble: troubleOfFault(fault),
      retryAfter: undefined,
      maybeDone: fault.sent && signed,
    };
  }
  tell(answer.status);
  if (answer.status >= 200 && answer.status < 300) {
    try {
      if (signed || call.method === 'GET') return { value: read(answer) };
    } catch (error) {
      // not covered: an error of another kind is a mistake in this code, and must not look like one of the server.
      if (!isAtlasError(error, 'unintelligible')) throw error;
      return nonsense(error);
    }
    const problem = 'the server did something without asking who we are, so it is not Atlas. Check baseUrl.';
    return nonsense(explainNonsense(call, problem));
  }
  const refusal = readRefusal(answer);
  const trouble = troubleOf(refusal);
  // Any other refusal of the service's own, 429 and the 405 of an upgrade among them, says that nothing was done.
  // A page of a proxy does not say so, nor does a refusal that shows a secret: something was made then.
  const foreign = trouble === 'unintelligible' || secretsIn(answer.text, false).length > 0;
  return {
    error: explainRefusal(call, refusal, redirectTarget(answer)),
    trouble,
    retryAfter: retryAfter(answer.headers) ?? refusal.refilledAfter,
    maybeDone: signed && (foreign || (refusal.status >= 500 && trouble !== 'upgrade')),
  };
}

/** The time ran out while another call fetches a nonce or a token. */
function lateFault(error: unknown, signal: AbortSignal): WireFault {
  // not covered: an error of another kind is a mistake in this code, and must not look like one of the network.
  if (!signal.aborted) throw error;
  return new WireFault('aborted', { sent: false, received: '', cause: signal.reason });
}

function troubleOf(refusal: Refusal): Trouble | undefined {
  const { status, errorCode } = refusal;
  if (errorCode === 'WRITES_NOT_ALLOWED_DURING_APP_UPGRADES') return 'upgrade';
  // Two secrets of one service account were asked for at once: https://www.mongodb.com/docs/atlas/api/service-accounts/
  if (errorCode === 'DATA_CONCURRENCY_ERROR') return 'serverFault';
  const kind = kindOf(refusal);
  if (kind === 'rateLimited') return isTokenLimit(refusal) ? 'tokenLimit' : 'rateLimited';
  if (kind === 'unintelligible') return 'unintelligible';
  return kind === 'unavailable' && [500, 502, 503, 504].includes(status) ? 'serverFault' : undefined;
}

function troubleOfFault({ reason, sent, code }: WireFault): Trouble | undefined {
  if (reason === 'unreachable' || reason === 'broken') return reason;
  if (reason === 'aborted') return sent ? 'broken' : 'unreachable';
  if (reason === 'notHttp') return 'unintelligible';
  // A proxy that refuses (4xx), or has a wrong certificate, will again; one that has no way (5xx) may have one soon.
  const isFinal = code.startsWith('status 4') || isCertificateCode(code);
  return reason === 'proxy' && !isFinal ? 'unreachable' : undefined;
}

/** The host of a redirect, for the error that refuses it. */
function redirectTarget({ headers, text }: WireAnswer): string | undefined {
  const host = withoutSecrets(URL.parse(headers.location ?? '')?.host ?? '', text);
  return host === undefined || !/^[\w.:[\]-]{1,100}$/.test(host) ? undefined : host;
}

/** Sends the request once with this `Authorization`; with none, it is sent without its body, too. */
export type Exchange = (authorization: string | undefined) => Promise<WireAnswer>;

/** What is signed, and until when. */
export interface SigningTarget {
  readonly method: string;
  /** With its query, exactly as sent. */
  readonly path: string;
  /** Ends the call, and with it the waiting for a nonce or a token that another call fetches. */
  readonly deadline: Deadline;
}

/**
 * A way to sign in: sends a request through `exchange`, as often as signing in needs, and returns the answer.
 * An answer of 401 means that the service does not take these credentials for this call.
 */
export type SignIn = (target: SigningTarget, exchange: Exchange) => Promise<WireAnswer>;
