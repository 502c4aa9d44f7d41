/** How a rotation becomes final, and which keys go then. */
import { becomeCurrent, demote, type Home, newestCurrent } from './current.ts';
import { actingCurrent, type Member, membersIn, readFamily } from './family.ts';
import type { MadeIntent, RotatePurpose } from './journal.ts';
import { createdAt, newestFirst } from './key.ts';
import type { FamilyRow } from './outcome.ts';
import { retireFound, whatItWas } from './retire.ts';
import { KeyError, type Step } from './step.ts';

export interface Commit {
  /** `superseded`: a newer key is current already, so this one became previous and nothing was retired. */
  readonly outcome: 'committed' | 'superseded';
  readonly retired: readonly string[];
  readonly family: readonly FamilyRow[];
}

/**
 * Makes the rotation's key the current one: the former become previous, then it gets the plain text, then those
 * beyond `keepPrevious` are retired. May be run again after it was interrupted. Throws `KeyError` when the key is gone.
 */
export async function commitRotation(step: Step, rotation: MadeIntent<RotatePurpose>): Promise<Commit> {
  const { desc, apiUserId, groupIds } = rotation;
  const first = await readFamily(step.atlas, groupIds[0], desc);
  const mine = first.find((member) => member.key.id === apiUserId);
  if (mine === undefined || mine.state === 'retired') {
    throw new KeyError(
      `Key ${apiUserId} that this rotation made is no longer in use, so it cannot become current. No other key was ` +
        'changed. Somebody revoked it. Run the job again.',
    );
  }
  // What was stored last is the newest; docs/lifecycle.md says why.
  const isSuperseded = (family: readonly Member[]): boolean => {
    const newest = newestCurrent(step, rotation, family);
    return newest !== undefined && newestFirst(newest.key, mine.key) < 0;
  };
  if (isSuperseded(first)) {
    await demote(step, rotation, mine);
    return superseded(await readFamily(step.atlas, groupIds[0], desc));
  }
  const former = membersIn(first, 'current').filter((member) => member !== mine);
  await Promise.all(former.map((member) => demote(step, rotation, member)));
  const last = await becomeCurrent(step, rotation, apiUserId);
  if (isSuperseded(last)) return superseded(last);

  const retired = await retireMembers(step, rotation, [
    // An earlier try had made it current already. What has become previous since then is left to the next rotation.
    ...(mine.state === 'current' ? [] : supersededToRetire(first, last, rotation)),
    ...abandonedToRetire(first, rotation, step.atlas.serviceNow()),
  ]);
  return { outcome: 'committed', retired: retired.map(({ key }) => key.id), family: rowsOf(last, retired) };
}

function superseded(family: readonly Member[]): Commit {
  return { outcome: 'superseded', retired: [], family: rowsOf(family, []) };
}

/** Retires these members side by side, each where it lies within the remit. Returns those that went. */
export async function retireMembers(step: Step, place: Home, members: readonly Member[]): Promise<Member[]> {
  const { deleted } = await retireFound(
    step,
    members.map(({ key }) => key),
    { place, claim: 'member', why: whatItWas, next: 'the next rotation' },
  );
  return members.filter(({ key }) => deleted.includes(key));
}

/** The family as a table, newest first, with what this step deleted. */
export function rowsOf(family: readonly Member[], retired: readonly Member[]): FamilyRow[] {
  const gone = new Set(retired.map(({ key }) => key.id));
  const alive = family.filter(({ key }) => !gone.has(key.id));
  return [...alive, ...retired]
    .sort((left, right) => newestFirst(left.key, right.key))
    .map(({ key, state }) => ({
      apiUserId: key.id,
      publicKey: key.publicKey,
      state: gone.has(key.id) ? 'revoked' : state,
    }));
}

/** No job runs longer, in milliseconds: https://docs.github.com/en/actions/reference/limits has five days. */
const LONGEST_JOB = 6 * 24 * 3_600_000;

type Rotation = Pick<MadeIntent<RotatePurpose>, 'apiUserId' | 'nonce' | 'purpose'>;

/**
 * Which superseded members a commit retires: all but the one that was current in its first look and then the newest, up
 * to `keepPrevious`. They are counted as the last look shows them. What is current there, or was demoted only since the
 * first, is left to the next rotation: somebody may just have got it.
 */
export function supersededToRetire(
  first: readonly Member[],
  last: readonly Member[],
  { apiUserId, nonce, purpose: { keepPrevious } }: Rotation,
): Member[] {
  const before = allBut(apiUserId, first);
  const previous = membersIn(before, 'previous');
  // Where an earlier try has demoted it, the former current key is known by the nonce with which it did.
  const formerFirst = [
    ...membersIn(before, 'current'),
    ...previous.filter(({ mark }) => mark?.nonce === nonce),
    ...previous,
  ];
  const known = formerFirst.map(({ key }) => key.id);
  const superseded = membersIn(allBut(apiUserId, last), 'current', 'previous');
  const isFormer = ({ key }: Member): boolean => key.id === known[0];
  return [...superseded.filter(isFormer), ...superseded.filter((member) => !isFormer(member))]
    .slice(keepPrevious)
    .filter(({ key, state }) => state === 'previous' && known.includes(key.id));
}

/**
 * Which members go with any rotation, final or not: undecided ones whose job cannot commit them any more, but for the
 * newest `keepPrevious` and the key that stands in for a current one; and what is retired already.
 */
export function abandonedToRetire(
  family: readonly Member[],
  { apiUserId, purpose: { keepPrevious } }: Rotation,
  serviceNow: number,
): Member[] {
  const others = allBut(apiUserId, family);
  const acting = actingCurrent(others);
  const undecided = membersIn(others, 'undecided').slice(keepPrevious);
  return [
    ...undecided.filter((member) => member !== acting && serviceNow - createdAt(member.key.id) > LONGEST_JOB),
    ...membersIn(others, 'retired'),
  ];
}

function allBut(apiUserId: string, family: readonly Member[]): Member[] {
  return family.filter(({ key }) => key.id !== apiUserId);
}
