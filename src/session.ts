/** The parts of a step that main and post share: a session with Atlas under two deadlines, and what a mode is handed. */
import { setTimeout as wait } from 'node:timers/promises';
import { type AtlasSession, openAtlas } from './atlas/api.ts';
import { AtlasError } from './atlas/errors.ts';
import { type Deadline, type Machine, startDeadline } from './atlas/time.ts';
import type { LeftKey } from './keys/outcome.ts';
import { nameOf, type Step } from './keys/step.ts';
import { deliverOutputs, log, mask, recallOutputs, saveState } from './publish.ts';
import { type Credentials, nameOfCaller } from './request.ts';
import type { StateRecord } from './state.ts';

/** Kept of the timeout for undoing, in milliseconds: enough for a look-up and two calls. */
const KEPT_FOR_UNDOING = 10_000;

/** What a cancelled step takes for undoing: the runner sends SIGTERM after 7.5 seconds, and SIGKILL 2.5 later. */
const UNDOING_AFTER_CANCEL = 5_000;

export const machine: Machine = {
  clock: { now: () => performance.now(), wall: () => Date.now() },
  // Resolves early when the signal aborts; its timer does not keep the process alive beyond that.
  pause: async (milliseconds, signal) => {
    await wait(milliseconds, undefined, { signal }).catch(() => undefined);
  },
  random: Math.random,
  mask,
  info: log.info,
  debug: log.debug,
};

export interface Signals {
  /** Aborts when the run is cancelled. */
  readonly cancelled: AbortSignal;
  /** Aborts when not even undoing has time any more. */
  readonly abandoned: AbortSignal;
}

export interface SessionWish {
  /** What the state says beside the journal. */
  readonly record: Omit<StateRecord, 'entry'>;
  readonly credentials: Credentials;
  readonly proxy: string | undefined;
  readonly signals: Signals;
  /** Milliseconds that waiting for rate limits may take beyond the timeout. */
  readonly patience?: number;
  /** Stores a new key where it is needed beyond this job; before the outputs are set. */
  readonly store?: (key: { readonly publicKey: string; readonly privateKey: string }) => Promise<void>;
}

export interface Session {
  readonly step: Step;
  /** Keys that the step had reason to touch and left as they are, for the summary. */
  readonly left: readonly LeftKey[];
  /** The deadline of the step's calls, less what is kept for undoing. */
  readonly deadline: Deadline;
  close: AtlasSession['close'];
}

export function openSession({ record, credentials, proxy, signals, patience, store }: SessionWish): Session {
  const { baseUrl, surface, run, nonce, timeout } = record;
  // A call that nobody waits for any more must not be repeated, or it keeps the process from ending.
  const ended = new AbortController();
  const startUntil = (milliseconds: number, end: AbortSignal) =>
    startDeadline(milliseconds, machine.clock, AbortSignal.any([end, ended.signal]), patience);
  const deadline = startUntil(timeout - Math.min(KEPT_FOR_UNDOING, timeout / 4), signals.cancelled);
  const session = openAtlas({ baseUrl, surface, credentials, proxy, deadline, machine });
  const left = new Map<string, LeftKey>();
  const step: Step = {
    atlas: session.atlas,
    undoing: session.within(startUntil(timeout, signals.abandoned)),
    surface,
    run,
    nonce,
    caller: nameOfCaller(credentials),
    log,
    leave: (key, why) => {
      if (!left.has(key.id)) log.warning(`Left key ${nameOf(key)} as it is: ${why}.`);
      left.set(key.id, { apiUserId: key.id, publicKey: key.publicKey, why });
    },
    remaining: deadline.remaining,
    isOver: () => deadline.signal.aborted,
    pause: async (milliseconds) => {
      await machine.pause(milliseconds, deadline.signal);
      if (deadline.signal.aborted) throw endOf(deadline.signal);
    },
    journal: (entry) => saveState({ ...record, entry }),
    deliver: async (delivery) => {
      await store?.(
        'key' in delivery
          ? delivery.key
          : { publicKey: delivery.clientId, privateKey: delivery.clientSecret },
      );
      deliverOutputs(delivery);
    },
    recall: recallOutputs,
  };
  return {
    step,
    get left() {
      return [...left.values()];
    },
    deadline,
    close: () => {
      ended.abort();
      return session.close();
    },
  };
}

/** Turns the runner's cancel into two signals: stop now, and give up undoing a little later, or at once on a second. */
export function listenForCancel(): Signals {
  const cancelled = new AbortController();
  const abandoned = new AbortController();
  const onSignal = (name: NodeJS.Signals): void => {
    if (cancelled.signal.aborted) {
      abandoned.abort(new Error(`second signal: ${name}`));
      return;
    }
    log.info('The run is cancelled; undoing what nobody holds yet.');
    setTimeout(() => abandoned.abort(new Error(`no time left after ${name}`)), UNDOING_AFTER_CANCEL).unref();
    cancelled.abort(new Error(name));
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  return { cancelled: cancelled.signal, abandoned: abandoned.signal };
}

function endOf(signal: AbortSignal): AtlasError {
  const timedOut = signal.reason instanceof DOMException && signal.reason.name === 'TimeoutError';
  return timedOut
    ? new AtlasError(
        'The time for all calls of this step (timeout) is used up while it still waited for Atlas to know the new key, or ' +
          'for another run to finish its own. Run the job again, or give a longer timeout.',
        { kind: 'timeout' },
      )
    : new AtlasError('The run was cancelled.', { kind: 'cancelled' });
}
