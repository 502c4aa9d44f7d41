/** The keys of a project that share one human text, and what each of them is. */
import type { ApiKey, Atlas } from '../atlas/types.ts';
import { newestFirst } from './key.ts';
import { isMarkedAs, type Mark, readMark } from './mark.ts';

export type Member =
  | { readonly state: 'current'; readonly key: ApiKey }
  | { readonly state: Mark['state']; readonly key: ApiKey; readonly mark: Mark };

/** The members of the family `desc` among these keys, newest first: named so by us (marked) or by a person. */
export function familyOf(desc: string, keys: readonly ApiKey[]): Member[] {
  return keys
    .flatMap((key) => memberOf(desc, key) ?? [])
    .sort((left, right) => newestFirst(left.key, right.key));
}

/** The family `desc` as the project lists it now. */
export async function readFamily(atlas: Atlas, groupId: string, desc: string): Promise<Member[]> {
  return familyOf(desc, await atlas.listProjectKeys(groupId));
}

function memberOf(desc: string, key: ApiKey): Member | undefined {
  if (key.desc === desc) return { state: 'current', key };
  const marked = readMark(key.desc);
  if (marked === undefined || !isMarkedAs(marked, desc)) return undefined;
  return { state: marked.mark.state, key, mark: marked.mark };
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
  return membersIn(family, 'undecided').find((member) => nonceOf(member) === nonceOf(former)) ?? former;
}

/** The nonce of the step that marked the key last. */
export function nonceOf(member: Member): string | undefined {
  return 'mark' in member ? member.mark.nonce : undefined;
}

/** Pending keys whose maker may still be at work, by the service's clock. */
export function livePending(family: readonly Member[], serviceNow: number): Member[] {
  return family.filter((member) => member.state === 'pending' && !isPast(member, serviceNow));
}

/** Pending keys whose maker is gone for good: it had to stop by itself before that time. */
export function deadPending(family: readonly Member[], serviceNow: number): Member[] {
  return family.filter((member) => member.state === 'pending' && isPast(member, serviceNow));
}

function isPast(member: Member, serviceNow: number): boolean {
  return 'mark' in member && 'until' in member.mark && serviceNow > member.mark.until;
}
