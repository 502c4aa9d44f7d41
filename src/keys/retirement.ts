/** Which members of a family go when a rotation has made a new key. Decides alone; `commit.ts` carries it out. */
import { actingCurrent, type Member, membersIn } from './family.ts';
import { createdAt } from './key.ts';

/** No job runs longer, in milliseconds: https://docs.github.com/en/actions/reference/limits has five days. */
const LONGEST_JOB = 6 * 24 * 3_600_000;

/** What users of a family may hold at the moment at which a rotation begins to become final. */
export interface InUse {
  /** The current key, or the one that a commit which was interrupted had demoted. */
  readonly former: Member | undefined;
  /** The undecided key that stands in for a current one where such a commit had got no further. */
  readonly standIn: Member | undefined;
}

export interface Retiring {
  /** The key that the rotation made. */
  readonly apiUserId: string;
  readonly keepPrevious: number;
}

/**
 * What is in use in the family as a commit finds it. In a commit that is done again the former current key is known by
 * `nonce`, with which the first try marked it.
 */
export function inUse(
  before: readonly Member[],
  { apiUserId, nonce }: Pick<Retiring, 'apiUserId'> & { readonly nonce: string },
): InUse {
  const others = allBut(apiUserId, before);
  const superseded = membersIn(others, 'current', 'previous');
  const former =
    superseded.find((member) => member.state === 'current' || member.mark?.nonce === nonce) ?? superseded[0];
  const acting = actingCurrent(others);
  return { former, standIn: acting?.state === 'undecided' ? acting : undefined };
}

/**
 * Which members a commit retires: of the superseded all but the former current one and then the newest, up to
 * `keepPrevious`; of the undecided all but the newest `keepPrevious` + 1 and the stand-in; and what is retired already.
 */
export function membersToRetire(
  family: readonly Member[],
  { apiUserId, keepPrevious }: Retiring,
  { former, standIn }: InUse,
): Member[] {
  const others = allBut(apiUserId, family);
  const superseded = membersIn(others, 'current', 'previous');
  const formerFirst = [
    ...superseded.filter((member) => isSame(member, former)),
    ...superseded.filter((member) => !isSame(member, former)),
  ];
  // A newer undecided key may have been stored meanwhile; its own commit decides about it.
  const undecided = membersIn(others, 'undecided')
    .slice(keepPrevious + 1)
    .filter((member) => member.key.id < apiUserId && (keepPrevious === 0 || !isSame(member, standIn)));
  return [...formerFirst.slice(keepPrevious), ...undecided, ...membersIn(others, 'retired')];
}

/**
 * Which undecided members go when another rotation has been made and is not final yet: those whose job cannot commit
 * them any more, but for the newest `keepPrevious` and the key that stands in for a current one.
 */
export function undecidedToRetire(
  family: readonly Member[],
  { apiUserId, keepPrevious }: Retiring,
  serviceNow: number,
): Member[] {
  const others = allBut(apiUserId, family);
  const acting = actingCurrent(others);
  return membersIn(others, 'undecided')
    .slice(keepPrevious)
    .filter((member) => !isSame(member, acting) && serviceNow - createdAt(member.key.id) > LONGEST_JOB);
}

/**
 * Of these members, as the newest look shows them, those that were doomed in an earlier one as well. What is current, or
 * was demoted or made only since then, is left to the next rotation: somebody may just have got it.
 */
export function doomedAsBefore(doomed: readonly Member[], before: readonly Member[]): Member[] {
  const states = new Map(before.map(({ key, state }) => [key.id, state]));
  return doomed.filter(({ key, state }) => {
    const earlier = states.get(key.id);
    if (state === 'current') return false;
    return state === 'previous' ? earlier === 'current' || earlier === 'previous' : earlier === state;
  });
}

function allBut(apiUserId: string, family: readonly Member[]): Member[] {
  return family.filter(({ key }) => key.id !== apiUserId);
}

function isSame(member: Member, other: Member | undefined): boolean {
  return member.key.id === other?.key.id;
}
