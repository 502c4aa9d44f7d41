import { type Connection, type WireAnswer, WireFault } from '../wire/wire.ts';
import { readRefusal } from './answer.ts';
import { type AtlasError, ChallengeError } from './errors.ts';
import {
  CHECK_WAY,
  type ExplainedCall,
  explainEnd,
  explainFault,
  explainLoss,
  explainNonsense,
  explainRefusal,
  explainWait,
  oddityOf,
} from './explain.ts';
import { isLimit, type Trouble, troubleOf, troubleOfFault, waitBeforeRetry } from './retry.ts';
import { secretsIn } from './secrets.ts';
import type { Deadline, Machine, ServiceClock } from './time.ts';

/** One call of the API. */
export interface Call extends ExplainedCall {
  readonly body?: string | undefined;
  /** Media type of the wanted answer, and of the body where that has no other. */
  readonly accept: string;
  readonly contentType?: string;
  /** It makes something: it is sent again only when the service surely did not carry it out. */
  readonly once?: boolean;
  /** The answer shows a secret for the only time. */
  readonly showsSecret?: boolean;
  /** Called when a try may have been carried out although no answer says so. */
  readonly onDoubt?: () => void;
}

/** Sends the request once with this `Authorization`; with none, it is sent without its body, too. */
export type Exchange = (authorization: string | undefined) => Promise<WireAnswer>;

/**
 * A way to sign in: sends a request through `exchange`, as often as signing in needs, and returns the answer. A 401
 * means that the service does not take these credentials for this call. The deadline ends the waiting for what another
 * call fetches.
 */
export type SignIn = (
  call: Pick<Call, 'method' | 'path'>,
  exchange: Exchange,
  deadline: Deadline,
) => Promise<WireAnswer>;

/** What a call is made with, besides itself. */
export interface CallContext {
  readonly connection: Connection;
  /** For errors: `cloud.mongodb.com`. */
  readonly host: string;
  readonly serviceClock: ServiceClock;
  readonly machine: Machine;
  /** Milliseconds that one request may take. */
  readonly tryLimit: number;
}

/** A wait of more milliseconds than these is told. */
const LONG_WAIT = 5_000;

/**
 * Makes a call: signs in, repeats what may be repeated, and reads the answer, which is a success (2xx). `read` returns
 * undefined for one that is not what the API documents.
 * Throws an `AtlasError` for everything else, at the deadline at the latest.
 */
export async function makeCall<T>(
  call: Call,
  read: (answer: WireAnswer) => T | undefined,
  signIn: SignIn,
  deadline: Deadline,
  context: CallContext,
): Promise<T> {
  const { connection, machine } = context;
  const { signal } = deadline;
  let last: AtlasError | undefined;
  for (let tries = 1; ; tries++) {
    if (signal.aborted) throw explainEnd(call, signal, last);
    const outcome = await tryOnce(call, read, signIn, deadline, context, tries);
    if ('value' in outcome) return outcome.value;
    const { trouble } = outcome;
    const error = signal.aborted ? explainEnd(call, signal, last) : outcome.error;
    if (outcome.maybeDone) call.onDoubt?.();
    if (outcome.maybeDone && call.once) throw explainLoss(error);
    if (signal.aborted || trouble === undefined) throw error;
    const wait = waitBeforeRetry(trouble, tries, outcome.retryAfter, deadline, machine.random());
    if (wait === undefined) throw error;
    if (isLimit(trouble)) deadline.postpone(wait);
    // Perhaps only the machine at the other end of this connection answers like that.
    if (trouble === 'unintelligible') connection.renew();
    if (wait > LONG_WAIT) machine.info(explainWait(call, trouble, wait));
    last = error;
    await machine.pause(wait, signal);
  }
}

/** A try that did not succeed. Without `trouble`, another would not do better. */
interface Failure {
  readonly error: AtlasError;
  readonly trouble: Trouble | undefined;
  readonly retryAfter?: number | undefined;
  /** Whether the service may have carried out the call nevertheless. */
  readonly maybeDone: boolean;
}

async function tryOnce<T>(
  call: Call,
  read: (answer: WireAnswer) => T | undefined,
  signIn: SignIn,
  deadline: Deadline,
  context: CallContext,
  tries: number,
): Promise<{ readonly value: T } | Failure> {
  const { connection, machine } = context;
  const started = machine.clock.now();
  let exchanges = 0;
  let signed = false;
  const exchange: Exchange = (authorization) => {
    exchanges++;
    signed = authorization !== undefined;
    return send(call, authorization, deadline, context);
  };
  const tell = (outcome: string | number) => {
    const milliseconds = Math.round(machine.clock.now() - started);
    const more = exchanges > 1 ? `, ${exchanges} requests` : '';
    machine.debug(`${call.method} ${call.path} ${outcome} in ${milliseconds} ms, try ${tries}${more}`);
  };
  const nonsense = (problem: string, cause?: unknown): Failure => {
    return { error: explainNonsense(call, problem, cause), trouble: 'unintelligible', maybeDone: signed };
  };

  let answer: WireAnswer;
  try {
    answer = await signIn(call, exchange, deadline);
  } catch (error) {
    if (error instanceof WireFault) {
      tell(error.message);
      // A connection that did not answer one request in time may be dead; the next try shall not wait for it.
      if (error.reason === 'aborted' && error.sent && !deadline.signal.aborted) connection.renew();
      const trouble = troubleOfFault(error);
      return { error: explainFault(call, error, context.host), trouble, maybeDone: error.sent && signed };
    }
    tell('not signed in');
    if (error instanceof ChallengeError) return nonsense(`${error.message} ${CHECK_WAY}`, error);
    // The error of the call for a token, which has been repeated as often as it may be.
    throw error;
  }
  tell(answer.status);
  if (answer.status >= 200 && answer.status < 300) {
    if (!signed && call.method !== 'GET')
      return nonsense(
        'the server did something without asking who we are, so it is not Atlas. Check baseUrl.',
      );
    const value = read(answer);
    return value === undefined ? nonsense(oddityOf(answer)) : { value };
  }
  const refusal = readRefusal(answer);
  const trouble = troubleOf(refusal);
  // Any other refusal of the service's own, 429 and the 405 of an upgrade among them, says that nothing was done.
  // A page of a proxy does not say so, nor does a refusal that shows a secret: something was made then.
  const foreign = trouble === 'unintelligible' || secretsIn(answer.text, false).length > 0;
  return {
    error: explainRefusal(call, refusal),
    trouble,
    retryAfter: refusal.retryAfter,
    maybeDone: signed && (foreign || (refusal.status >= 500 && trouble !== 'upgrade')),
  };
}

/** Sends one request. What the answer shows is masked before anything else is done with it. */
async function send(
  { method, path, accept, contentType = accept, body: whole, showsSecret = false }: Call,
  authorization: string | undefined,
  deadline: Deadline,
  { connection, machine, serviceClock, tryLimit }: CallContext,
): Promise<WireAnswer> {
  const body = authorization === undefined ? undefined : whole;
  const headers = {
    accept,
    'user-agent': 'atlas-project-api-key',
    ...(body !== undefined && { 'content-type': contentType }),
    ...(authorization !== undefined && { authorization }),
  };
  const maskAll = (text: string) => {
    for (const secret of secretsIn(text, showsSecret)) machine.mask(secret);
  };
  const signal = AbortSignal.any([deadline.signal, AbortSignal.timeout(tryLimit)]);
  try {
    const answer = await connection.exchange({ method, path, headers, body }, signal);
    maskAll(answer.text);
    serviceClock.note(answer.headers.date);
    return answer;
  } catch (error) {
    // not covered: an error of another kind is a mistake in this code.
    if (error instanceof WireFault) maskAll(error.received);
    throw error;
  }
}
