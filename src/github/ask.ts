import type { Machine } from '../atlas/time.ts';
import type { SecretStore } from '../request.ts';
import { WireFault } from '../wire/wire.ts';
import { type Answer, type Call, connect, type Outcome } from './connection.ts';
import { explain, Refusal, wordsOf } from './refusal.ts';
import { delayBeforeRetry, startPace, TRIES, troubleOf } from './retry.ts';

const DONE = { GET: [200], PUT: [201, 204] };

export interface SecretStoreOptions {
  /** Ends everything: by a `TimeoutError` when the time is used up, by any other reason when cancelled. */
  readonly signal: AbortSignal;
  /** The proxy on the way to `store.apiUrl`; undefined is a direct connection. */
  readonly proxy?: string | undefined;
  readonly machine: Pick<Machine, 'pause' | 'random' | 'debug'>;
}

/** Makes one call, again and again while that can help: see `delayBeforeRetry`. Throws `Refusal`. */
export type Ask = (call: Call) => Promise<Answer>;

/** Opens a connection to GitHub, for all calls that share its token and its pace. `close` drops it, and never throws. */
export function openGitHub(store: SecretStore, { signal, proxy, machine }: SecretStoreOptions) {
  const { send, close } = connect(store, proxy);
  const writes = store.places.length * (store.names.form === 'pair' ? 2 : 1);
  const pace = startPace(writes, (milliseconds) => machine.pause(milliseconds, signal));
  const ask: Ask = async (call) => {
    let before = '';
    let inDoubt = false;
    for (let tried = 1; ; tried++) {
      await pace.turn(call.method);
      if (signal.aborted) break;
      if (pace.exhausted !== undefined) throw new Refusal(call, pace.exhausted, inDoubt);
      const outcome = await send(call, signal);
      const isFault = outcome instanceof WireFault;
      const isRefused = isFault ? !outcome.sent : outcome.status >= 300 && outcome.status < 500;
      inDoubt ||= call.method === 'PUT' && !isRefused;
      // A try that the signal cut off says nothing of its own: the one before tells why it took so long.
      if (signal.aborted && isFault) break;

      const isDone = !isFault && (call.expected ?? DONE[call.method]).includes(outcome.status);
      const delay = isDone ? undefined : delayBeforeRetry(outcome, tried, machine.random);
      machine.debug(lineOf(call, outcome, tried, delay));
      if (isDone) return outcome;
      const isTooFast = troubleOf(outcome) === 'rateLimit';
      if (delay === undefined) {
        const why = explain(outcome, call.target, tried);
        if (isTooFast) pace.exhausted = why;
        throw new Refusal(call, why, inDoubt, isFault ? outcome : undefined);
      }
      before = ` Before that, ${wordsOf(outcome)}.`;
      if (isTooFast) pace.hold(delay);
      else await machine.pause(delay, signal);
    }
    const timedOut = signal.reason instanceof Error && signal.reason.name === 'TimeoutError';
    const why = timedOut
      ? `the time for this step is used up.${before} Raise \`timeout\`, or run the job again.`
      : `the run was cancelled.${before}`;
    throw new Refusal(call, why, inDoubt);
  };
  return { ask, close };
}

function lineOf({ method, target, below }: Call, outcome: Outcome, tried: number, delay?: number): string {
  const result = outcome instanceof WireFault ? outcome.message : outcome.status;
  const again = delay === undefined ? '' : `, again in ${Math.round(delay)} ms`;
  return `GitHub: ${method} ${target.path}${below}: ${result} (try ${tried} of ${TRIES})${again}`;
}
