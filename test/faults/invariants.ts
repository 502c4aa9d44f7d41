/**
 * What must hold however runs end: no key that nobody holds, no dead key in use, no key of others touched, one current
 * key. Checked over the whole history of an embedded Atlas and what is left in the end, from outside: by what was
 * delivered, by the descriptions, and by who did what.
 */
import { isMarkedAs, type Mark, readMark } from '../../src/keys/mark.ts';
import type { Request } from '../../src/request.ts';
import type { KeyChange } from '../simulator/history.ts';
import type { SimulatedKey, Simulator } from '../simulator/simulator.ts';
import type { Ledger, RunRecord } from './ledger.ts';

export interface Expectations {
  /** Keys that no run was asked about, as they were at first. */
  readonly bystanders?: readonly SimulatedKey[];
  /** Whether sweeps have run after every mark was due: then nothing that nobody holds may be left. */
  readonly swept?: boolean;
  /** How many keys of the project carry the plain text; not looked at when left out. */
  readonly current?: { readonly groupId: string; readonly desc: string; readonly count: number };
}

/** Every breach as a sentence; empty when all holds. To be asked when no run is at work. */
export function violations(atlas: Simulator, ledger: Ledger, expectations: Expectations = {}): string[] {
  const found: string[] = [];
  const keys = replay(atlas, ledger, (moment) => {
    const problem = problemOf(moment, ledger);
    if (problem !== undefined) found.push(`${tell(moment)}: ${problem}`);
  });
  for (const key of keys.values()) {
    const isOut = atlas.key(key.id)?.roles.every(({ groupId }) => groupId === undefined) ?? false;
    const problem = key.alive ? leftOver(key, ledger, { ...expectations, isOut }) : undefined;
    if (problem !== undefined) found.push(`in the end ${key.id} "${key.desc}": ${problem}`);
  }
  return [...found, ...changedBystanders(atlas, expectations), ...wrongCount(atlas, expectations)];
}

/** The human text of the keys that a request is about. */
function descOf(request: Request): string | undefined {
  if ('desc' in request) return request.desc;
  return 'key' in request && request.key.by === 'desc' ? request.key.desc : undefined;
}

function problemOf(moment: Moment, ledger: Ledger): string | undefined {
  const { change, key, run } = moment;
  if (run === undefined || change.kind === 'signedIn') return undefined;
  if (change.kind === 'created') {
    return stateOf(change.desc) === 'current' ? 'made under the plain text' : undefined;
  }
  if (ledger.byCaller(key.id) !== undefined) return "changed a caller's own key";
  if (!isAskedAbout(moment)) return 'touched a key that it was not asked about';
  if (change.kind === 'renamed') {
    const to = stateOf(change.to);
    if (to === 'current') return namedPlain(moment, ledger);
    if (to === 'retired') return doomProblem(moment, ledger);
    return key.madeBy === run || (to === 'previous' && mayDemote(run)) ? undefined : `made it ${to}`;
  }
  if (change.kind === 'deleted' || change.kind === 'unassigned') return doomProblem(moment, ledger);
  if (change.kind === 'accessListAdded' || change.kind === 'accessListRemoved') {
    return key.madeBy === run ? undefined : "changed another's access list";
  }
  const mayAssign = key.madeBy === run || run.request.mode === 'ensure' || run.request.mode === 'rotate';
  return mayAssign ? undefined : 'changed its roles';
}

/**
 * Its own key, one of its text, one with the id it was given; for a sweep whatever carries a mark. Others may have
 * renamed it since the run looked.
 */
function isAskedAbout({ key, run }: Moment): boolean {
  if (run === undefined || key.madeBy === run) return true;
  const { request } = run;
  if ('key' in request && request.key.by === 'apiUserId') return request.key.apiUserId === key.id;
  if (descOf(request) !== undefined) return key.descs.some((description) => descOrMarked(description, run));
  return key.descs.some((description) => readMark(description)?.mark.repository === run.repository);
}

function mayDemote({ request }: RunRecord): boolean {
  return request.mode === 'rotate' || request.mode === 'ensure';
}

function namedPlain({ key, index, run }: Moment, ledger: Ledger): string | undefined {
  if (run !== undefined && !mayDemote(run)) return 'made it current';
  if (key.madeBy === undefined || key.adopted || ledger.wasEverDelivered(key.id, index)) return undefined;
  return 'made it current before anybody had its secret';
}

/** Whether this run may begin to delete this key. What was doomed before was judged then. */
function doomProblem(moment: Moment, ledger: Ledger): string | undefined {
  const { key, run } = moment;
  if (run === undefined || key.doomed !== undefined) return undefined;
  if (run.request.mode === 'revoke') return undefined;
  const state = stateOf(key.desc);
  if (key.madeBy === run) return ownDoomProblem(moment, run, ledger);
  switch (state) {
    case 'ephemeral':
      return dueProblem(moment, run);
    case 'pending':
      return run.request.mode === 'sweep' || run.request.mode === 'ephemeral' || run.request.mode === 'ensure'
        ? dueProblem(moment, run)
        : 'deleted a key in the making';
    case 'retired':
      return undefined;
    default:
      return run.request.mode === 'rotate'
        ? retirementProblem(moment, run, moment.seen(moment.key.id) ?? state)
        : `${run.request.mode} deleted a key that somebody holds`;
  }
}

function ownDoomProblem({ key, index, keys }: Moment, run: RunRecord, ledger: Ledger): string | undefined {
  if (!ledger.wasDelivered(key.id, index) || run.request.mode === 'ephemeral') return undefined;
  if (run.request.mode === 'rotate') return 'a rotation deleted the key that it had handed out';
  const desc = descOf(run.request);
  const other = [...keys.values()].some((one) => one.alive && one !== key && one.desc === desc);
  return other ? undefined : 'deleted the key that it had handed out, and no other is current';
}

function dueProblem({ key, change }: Moment, { request }: RunRecord): string | undefined {
  if (change.at <= untilOf(key.desc)) return 'deleted a key before its time';
  const young = 'ttl' in request && change.at - key.createdAt < request.ttl;
  return stateOf(key.desc) === 'ephemeral' && young ? 'deleted an ephemeral key younger than ttl' : undefined;
}

/**
 * The rules by which a rotation retires what came before it, of a key that was in this state when it looked. One that
 * it saw undecided may have been committed since: docs/lifecycle.md, "What is not covered".
 */
function retirementProblem(moment: Moment, run: RunRecord, state: State): string | undefined {
  const { key, keys, startedAt, demoted, seen } = moment;
  if (run.request.mode !== 'rotate') return undefined;
  const { keepPrevious } = run.request;
  const own = run.delivered.at(-1)?.apiUserId;
  if (own === undefined) return 'retired a key before its own was handed out';
  // What other runs deleted since this one began may have lived when it looked; a superseded key that a person deleted
  // looks alive as long as it is listed.
  const looksAlive = (one: Life) =>
    one.diedAt > startedAt || (one.doomed?.by === undefined && seen(one.id) === 'previous');
  const others = [...keys.values()].filter(
    (one) => one !== key && looksAlive(one) && descOrMarked(one.desc, run),
  );
  if (state === 'current') return 'retired the current key';
  if (state === 'undecided') {
    const newer = others.filter(
      (one) => one.states.has('undecided') && seconds(one.createdAt) >= seconds(key.createdAt),
    );
    return enough(newer.length, keepPrevious + 1);
  }
  const superseded = others.filter((one) => one.id !== own && hasBeenHeld(one, [...others, key]));
  const isFormer =
    // Of several that were plain the one with the largest id counts.
    key.id === demoted.toSorted().at(-1) &&
    !superseded.some((one) => (one.states.get('current') ?? -1) > (key.states.get('current') ?? -1));
  if (keepPrevious > 0 && isFormer) return 'retired the former current key';
  return enough(superseded.length, keepPrevious);
}

function hasBeenHeld(key: Life, family: readonly Life[]): boolean {
  return key.states.has('previous') || key.states.has('current') || wasToReplace(key, family);
}

/** The key that an interrupted commit was about to make current: a former one carries its nonce. */
function wasToReplace(key: Life, family: readonly Life[]): boolean {
  const nonce = readMark(key.desc)?.mark.nonce;
  return family.some((one) => {
    const mark = readMark(one.desc)?.mark;
    return mark?.state === 'previous' && mark.nonce === nonce;
  });
}

function enough(actual: number, needed: number): string | undefined {
  return actual >= needed ? undefined : `retired too many: ${actual} are kept instead of ${needed}`;
}

function descOrMarked(description: string, { request }: RunRecord): boolean {
  const desc = descOf(request);
  const marked = readMark(description);
  return desc !== undefined && (description === desc || (marked !== undefined && isMarkedAs(marked, desc)));
}

function seconds(milliseconds: number): number {
  return Math.floor(milliseconds / 1000);
}

/** What a key that still lives has no right to be. */
function leftOver(
  key: Life,
  ledger: Ledger,
  { swept = false, isOut }: Expectations & { readonly isOut: boolean },
): string | undefined {
  const { madeBy } = key;
  if (madeBy === undefined || key.adopted) return undefined;
  const state = stateOf(key.desc);
  // Who may not delete takes the key out of its projects, and says so; a sweep with that role ends it.
  const isExcused = !swept && (madeBy.post !== 'done' || isOut);
  if (isExcused) return undefined;
  if (!ledger.wasDelivered(key.id)) {
    // A machine that was lost just before it stored an undecided key: docs/lifecycle.md, "What is not covered".
    const isKnownGap = madeBy.post !== 'done' && state === 'undecided';
    return isKnownGap ? undefined : 'nobody holds it';
  }
  if (state === 'ephemeral') return 'its run is over';
  if (state === 'pending') return 'it was handed out and is pending';
  // Its deletion was begun and is done by the next commit, revoke or sweep.
  return state === 'retired' && swept ? 'its deletion was begun and never ended' : undefined;
}

function changedBystanders(atlas: Simulator, { bystanders = [] }: Expectations): string[] {
  return bystanders.flatMap((before) => {
    const after = atlas.key(before.id);
    return JSON.stringify(after) === JSON.stringify(before)
      ? []
      : [`a bystander changed: ${JSON.stringify(before)} is now ${JSON.stringify(after)}`];
  });
}

function wrongCount(atlas: Simulator, { current }: Expectations): string[] {
  if (current === undefined) return [];
  const plain = atlas
    .keys()
    .filter(
      ({ desc, roles }) => desc === current.desc && roles.some((role) => role.groupId === current.groupId),
    );
  return plain.length === current.count
    ? []
    : [`${plain.length} keys are current instead of ${current.count}`];
}

function tell({ change, run, key }: Moment): string {
  const what = change.kind === 'renamed' ? `renamed "${change.from}" to "${change.to}"` : change.kind;
  return `${run?.name} ${what} ${key.id} "${key.desc}"`;
}

// The history told again, change by change, with what is known of each key at that moment.

type State = 'current' | Mark['state'];

/** One key at one moment. */
interface Life {
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
interface Moment {
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

function stateOf(desc: string): State {
  return readMark(desc)?.mark.state ?? 'current';
}

/** Until when the mark in this description counts; forever where it has no time. */
function untilOf(desc: string): number {
  const mark = readMark(desc)?.mark;
  return mark !== undefined && 'until' in mark ? mark.until : Number.POSITIVE_INFINITY;
}

/** Calls `look` with every change, and returns the keys as they are in the end. */
function replay(atlas: Simulator, ledger: Ledger, look: (moment: Moment) => void): ReadonlyMap<string, Life> {
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
