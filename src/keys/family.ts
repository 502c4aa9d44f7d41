/** The keys of a project that share one human text, what each of them is, and who of several makers at once has the key. */
import type { ApiKey } from '../atlas/types.ts';
import type { Intent, MadeIntent } from './journal.ts';
import { createdAt, newestFirst } from './key.ts';
import { beginsLikeMark, isMarkedAs, type Mark, type MarkState, readMark } from './mark.ts';
import type { Step } from './step.ts';

export interface Member extends ApiKey {
  readonly state: 'current' | MarkState;
  /** A current key has none. */
  readonly mark?: Mark;
}

/** How long after its deadline a maker's last call may still reach the service, in milliseconds. */
export const GRACE = 60_000;

/** The longest `timeout` and that grace: a mark, or a note, that claims more is not waited for. */
export const LONGEST_MAKING = 10 * 60_000 + GRACE;

/** The members of the family `desc` among these keys, newest first: named so by us (marked) or by a person. */
export function familyOf(desc: string, keys: readonly ApiKey[]): Member[] {
  return keys.flatMap((key) => memberOf(desc, key) ?? []).sort(newestFirst);
}

/** The family `desc` as the first project lists it now. */
export async function readFamily(step: Step, home: Pick<Intent, 'groupIds' | 'desc'>): Promise<Member[]> {
  return familyOf(home.desc, await step.atlas.listProjectKeys(home.groupIds[0]));
}

function memberOf(desc: string, key: ApiKey): Member | undefined {
  if (key.desc === desc) return { ...key, state: 'current' };
  const marked = readMark(key.desc);
  if (marked === undefined || !isMarkedAs(marked, desc)) return undefined;
  return { ...key, state: marked.mark.state, mark: marked.mark };
}

/**
 * Whether a key counts as one of the family when the whole family is to go: also where something follows the text that
 * is no mark of ours and only looks like one, so that nobody can hide a key behind it.
 */
export function passesForMember(desc: string, key: ApiKey): boolean {
  if (memberOf(desc, key) !== undefined) return true;
  return key.desc.startsWith(desc) && beginsLikeMark(key.desc.slice(desc.length));
}

/** The members in one of these states, newest first. */
export function membersIn(family: readonly Member[], ...states: Member['state'][]): Member[] {
  return family.filter((member) => states.includes(member.state));
}

/**
 * The key that users of this family hold: the newest plain one. Without any, a commit was interrupted between its
 * two renames: the newest previous key carries the nonce of the step that wanted to put its own in its place, and that
 * one stands in. An undecided key alone never does: its machine may have been lost before anybody got it.
 */
export function actingCurrent(family: readonly Member[]): Member | undefined {
  const [plain] = membersIn(family, 'current');
  if (plain !== undefined) return plain;
  const [former] = membersIn(family, 'previous');
  if (former === undefined) return undefined;
  return membersIn(family, 'undecided').find((member) => member.mark?.nonce === former.mark?.nonce) ?? former;
}

/**
 * Keys whose makers may still be at work, by the service's clock: pending ones, and undecided ones that are being
 * stored. No maker works longer than `LONGEST_MAKING`.
 */
export function inTheMaking(family: readonly Member[], serviceNow: number): Member[] {
  return family.filter(({ id, mark }) => {
    if (mark?.until === undefined || mark.state === 'ephemeral') return false;
    return serviceNow <= mark.until && mark.until <= createdAt(id) + LONGEST_MAKING;
  });
}

/** Pending keys whose maker is gone for good: it had to stop by itself before that time. */
export function deadPending(family: readonly Member[], serviceNow: number): Member[] {
  return family.filter(({ mark }) => mark?.state === 'pending' && serviceNow > mark.until);
}

/** How long a maker waits before it looks at the other makers again, in milliseconds. */
export const LOOK_AGAIN = 700;

/**
 * Whether of several makers at once (`makers` are the ids of their keys) this one has the key; `undefined` while that is
 * open. Each lists after its own create, so of two at least one sees the other: docs/lifecycle.md has the proof.
 */
export function electionOf(isMade: boolean, makers: readonly string[], mine: string): boolean | undefined {
  if (isMade || makers.some((id) => id < mine)) return false;
  return makers.length === 1 && makers[0] === mine ? true : undefined;
}

/** Looks until the election is decided, from this family on: whether the maker of the pending key has won. */
export async function winElection(step: Step, first: readonly Member[], mine: MadeIntent): Promise<boolean> {
  for (let family = first; ; ) {
    const makers = inTheMaking(family, step.atlas.serviceNow()).map(({ id }) => id);
    const isElected = electionOf(actingCurrent(family) !== undefined, makers, mine.apiUserId);
    if (isElected !== undefined) return isElected;
    await step.pause(LOOK_AGAIN);
    family = await readFamily(step, mine);
  }
}
