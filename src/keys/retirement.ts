/** Which members of a family go when a rotation has made a new key. Decides alone; `commit.ts` carries it out. */
import { actingCurrent, type Member, membersIn } from './family.ts';
import type { MadeIntent, RotatePurpose } from './journal.ts';
import { createdAt } from './key.ts';

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
