import type { Machine } from '../atlas/time.ts';
import type { Answer, Call, Connection, Outcome } from './connection.ts';
import { explain, nameOfFault, Refusal, type Target, wordsOf } from './refusal.ts';
import { delayBeforeRetry, isRateLimit, type Pace, TRIES } from './retry.ts';

export interface Asking {
  readonly connection: Connection;
  readonly pace: Pace;
  readonly signal: AbortSignal;
  readonly machine: Pick<Machine, 'pause' | 'random' | 'debug'>;
}

/** What a call is for, and the answers that mean that it was done. */
export interface Errand {
  /** Begins the sentence of its refusal: `Opening`. */
  readonly deed: string;
  readonly target: Target;
  readonly expected: readonly number[];
}

/** Makes one call, again and again while that can help: see `delayBeforeRetry`. Throws `Refusal`. */
export async function ask(asking: Asking, call: Call, errand: Errand): Promise<Answer> {
  const { signal, pace, machine } = asking;
  const { deed, target } = errand;
  let last: Outcome | undefined;
  let inDoubt = false;
  const refuse = (details: { why: string; cause?: unknown }) =>
    new Refusal(deed, target.name, { ...details, inDoubt });
  for (let tried = 1; ; tried++) {
    await pace.turn(call.method);
    if (signal.aborted) break;
    if (pace.exhausted !== undefined) throw refuse({ why: pace.exhausted });
    const outcome = await asking.connection.send(call, signal);
    const done = outcome.kind === 'answer' && errand.expected.includes(outcome.answer.status);
    inDoubt ||= call.method === 'PUT' && !isClearRefusal(outcome);
    // A try that the signal cut off says nothing of its own: the one before tells why it took so long.
    if (signal.aborted && outcome.kind === 'fault') break;

    const delay = done ? undefined : delayBeforeRetry(outcome, tried, machine.random);
    machine.debug(lineOf(call, outcome, tried, delay));
    if (done) return outcome.answer;
    const tooFast = outcome.kind === 'answer' && isRateLimit(outcome.answer);
    if (delay === undefined) {
      const details = explain(outcome, target, tried);
      if (tooFast) pace.exhausted = details.why;
      throw refuse(details);
    }
    last = outcome;
    if (tooFast) pace.hold(delay);
    else await machine.pause(delay, signal);
  }
  throw refuse({ why: stopped(signal, last) });
}

function isClearRefusal(outcome: Outcome): boolean {
  if (outcome.kind === 'fault') return !outcome.fault.sent;
  return outcome.answer.status >= 300 && outcome.answer.status < 500;
}

function stopped(signal: AbortSignal, last: Outcome | undefined): string {
  const timedOut = signal.reason instanceof Error && signal.reason.name === 'TimeoutError';
  const words = timedOut ? 'the time for this step is used up' : 'the run was cancelled';
  const before = last === undefined ? '' : ` Before that, ${inWords(last)}.`;
  const advice = timedOut ? ' Raise `timeout`, or run the job again.' : '';
  return `${words}.${before}${advice}`;
}

function inWords(outcome: Outcome): string {
  return outcome.kind === 'answer'
    ? wordsOf(outcome.answer)
    : `GitHub was not reached (${nameOfFault(outcome.fault)})`;
}

function lineOf(call: Call, outcome: Outcome, tried: number, delay: number | undefined): string {
  const path = call.path.replace(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(String(call.parameters[name])),
  );
  const result = outcome.kind === 'answer' ? outcome.answer.status : nameOfFault(outcome.fault);
  const again = delay === undefined ? '' : `, again in ${Math.round(delay)} ms`;
  return `GitHub: ${call.method} ${path}: ${result} (try ${tried} of ${TRIES})${again}`;
}
