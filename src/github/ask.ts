import type { Machine } from '../atlas/deadline.ts';
import type { Answer, Call, Connection, Outcome } from './connection.ts';
import { nameOfFault } from './faults.ts';
import { explain, type Place, type Refusal, wordsOf } from './refusal.ts';
import { delayBeforeRetry, TRIES } from './retry.ts';

/** What a call came to, after all tries. */
export type Reply =
  | { readonly ok: true; readonly answer: Answer }
  | {
      readonly ok: false;
      readonly refusal: Refusal;
      /** A try was sent and not clearly refused: what it asked for may have been done. */
      readonly inDoubt: boolean;
    };

export interface Asking {
  readonly connection: Connection;
  readonly place: Place;
  readonly signal: AbortSignal;
  readonly machine: Pick<Machine, 'pause' | 'random' | 'debug'>;
}

/** Makes one call, again and again while that can help: see `delayBeforeRetry`. */
export async function ask(asking: Asking, call: Call, expected: readonly number[]): Promise<Reply> {
  const { signal, machine } = asking;
  let last: Outcome | undefined;
  let inDoubt = false;
  for (let tried = 1; !signal.aborted; tried++) {
    const outcome = await asking.connection.send(call, signal);
    const done = outcome.kind === 'answer' && expected.includes(outcome.answer.status);
    inDoubt ||= !isClearRefusal(outcome);
    // A try that the signal cut off says nothing of its own: the one before tells why it took so long.
    if (signal.aborted && outcome.kind === 'fault') break;

    const delay = done ? undefined : delayBeforeRetry(outcome, tried, machine.random);
    machine.debug(lineOf(call, outcome, tried, delay));
    if (done) return { ok: true, answer: outcome.answer };
    if (delay === undefined) return { ok: false, refusal: explain(outcome, asking.place, tried), inDoubt };
    last = outcome;
    await machine.pause(delay, signal);
  }
  return { ok: false, refusal: stopped(signal, last), inDoubt };
}

function isClearRefusal(outcome: Outcome): boolean {
  if (outcome.kind === 'fault') return !outcome.fault.sent;
  return outcome.answer.status >= 300 && outcome.answer.status < 500;
}

function stopped(signal: AbortSignal, last: Outcome | undefined): Refusal {
  const timedOut = signal.reason instanceof Error && signal.reason.name === 'TimeoutError';
  const words = timedOut ? 'the time for this step is used up' : 'the run was cancelled';
  const before = last === undefined ? '' : ` Before that, ${inWords(last)}.`;
  const advice = timedOut ? ' Raise `timeout`, or run the job again.' : '';
  return { kind: timedOut ? 'timeout' : 'cancelled', why: `${words}.${before}${advice}` };
}

function inWords(outcome: Outcome): string {
  return outcome.kind === 'answer'
    ? wordsOf(outcome.answer)
    : `GitHub was not reached (${nameOfFault(outcome.fault)})`;
}

function lineOf(call: Call, outcome: Outcome, tried: number, delay: number | undefined): string {
  const path = call.path.replace(/\{(\w+)\}/g, (_, name: string) =>
    // not covered: every place in a path has its parameter, which the types do not know.
    encodeURIComponent(call.parameters[name] ?? ''),
  );
  const result = outcome.kind === 'answer' ? outcome.answer.status : nameOfFault(outcome.fault);
  const again = delay === undefined ? '' : `, again in ${Math.round(delay)} ms`;
  return `GitHub: ${call.method} ${path}: ${result} (try ${tried} of ${TRIES})${again}`;
}
