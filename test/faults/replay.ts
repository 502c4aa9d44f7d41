/** The history told again, change by change, with what is known of each key at that moment. */
import { type Mark, readMark } from '../../src/keys/mark.ts';
import type { KeyChange } from '../simulator/history.ts';
import type { Simulator } from '../simulator/simulator.ts';
import type { Ledger, RunRecord } from './ledger.ts';

export type State = 'current' | Mark['state'];

/** One key at one moment. */
export interface Life {
  readonly id: string;
  /** The run that made it; undefined for what people and the set-up made. */
  readonly madeBy: RunRecord | undefined;
  readonly createdAt: number;
  desc: string;
  /** A person has renamed it: what it is now is that person's business. */
  adopted: boolean;
  /** All that it has been called. */
  readonly descs: string[];
  alive: boolean;
  /** The index of the change that deleted it. */
  diedAt: number;
  /** Whoever first renamed it to retired or deleted it, and what it was before. */
  doomed: { readonly by: RunRecord | undefined; readonly was: State; readonly until: number } | undefined;
  /** All that it has been, and since which change. */
  readonly states: Map<State, number>;
}

/** One change with its surroundings, before it takes effect. */
export interface Moment {
  readonly index: number;
  readonly change: KeyChange;
  readonly key: Life;
  /** The run that caused it; undefined for people and the set-up. */
  readonly run: RunRecord | undefined;
  readonly keys: ReadonlyMap<string, Life>;
  /** The index of the first change that stands in the history because of this run. */
  readonly startedAt: number;
  /** The keys that this run renamed from the plain text to something else, in order. */
  readonly demoted: readonly string[];
  /** What the run's last list before this showed a key to be; it cannot know better. */
  readonly seen: (keyId: string) => State | undefined;
}

export function stateOf(desc: string): State {
  return readMark(desc)?.mark.state ?? 'current';
}

/** Until when the mark in this description counts; forever where it has no time. */
export function untilOf(desc: string): number {
  const mark = readMark(desc)?.mark;
  return mark !== undefined && 'until' in mark ? mark.until : Number.POSITIVE_INFINITY;
}

/** Calls `look` with every change, and returns the keys as they are in the end. */
export function replay(
  atlas: Simulator,
  ledger: Ledger,
  look: (moment: Moment) => void,
): ReadonlyMap<string, Life> {
  const keys = new Map<string, Life>();
  const starts = new Map<RunRecord, number>();
  const demotions = new Map<RunRecord, string[]>();
  atlas.history.changes.forEach((change, index) => {
    const run = change.ordinal === undefined ? undefined : ledger.byCaller(change.caller);
    if (run !== undefined && !starts.has(run)) starts.set(run, index);
    const key = keys.get(change.keyId) ?? newLife(change, run);
    keys.set(key.id, key);
    const demoted = (run && demotions.get(run)) ?? [];
    look({
      index,
      change,
      key,
      run,
      keys,
      startedAt: (run && starts.get(run)) ?? index,
      demoted,
      seen: (keyId) => lastSeen(atlas, change, keyId),
    });
    if (change.kind === 'renamed' && run !== undefined && stateOf(change.from) === 'current') {
      demotions.set(run, [...demoted, key.id]);
    }
    apply(key, change, { by: run, index });
  });
  return keys;
}

function lastSeen(atlas: Simulator, { caller, ordinal = 0 }: KeyChange, keyId: string): State | undefined {
  const list = atlas.history.requests.findLast(
    (request) =>
      request.operation === 'listGroupApiKeys' &&
      request.caller === caller &&
      request.status === 200 &&
      request.ordinal < ordinal,
  );
  const { results = [] } = (list?.answerBody ?? {}) as { results?: { id: string; desc: string }[] };
  const key = results.find(({ id }) => id === keyId);
  return key && stateOf(key.desc);
}

function newLife(change: KeyChange, madeBy: RunRecord | undefined): Life {
  if (change.kind !== 'created') throw new Error(`key ${change.keyId} changed before it was made`);
  const { keyId: id, at: createdAt, desc } = change;
  return {
    id,
    madeBy,
    createdAt,
    desc,
    alive: true,
    diedAt: Number.POSITIVE_INFINITY,
    doomed: undefined,
    states: new Map([[stateOf(desc), 0]]),
    descs: [desc],
    adopted: false,
  };
}

function apply(
  key: Life,
  change: KeyChange,
  { by, index }: { readonly by: RunRecord | undefined; readonly index: number },
): void {
  if (change.kind === 'renamed') {
    const state = stateOf(change.to);
    if (state === 'retired') key.doomed ??= { by, was: stateOf(key.desc), until: untilOf(key.desc) };
    key.desc = change.to;
    key.adopted ||= by === undefined;
    key.descs.push(change.to);
    key.states.set(state, index);
  }
  if (change.kind === 'deleted') {
    key.doomed ??= { by, was: stateOf(key.desc), until: untilOf(key.desc) };
    key.alive = false;
    key.diedAt = index;
  }
}
