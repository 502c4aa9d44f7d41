/**
 * Who of several makers at once has the key. Each lists after its own create, so of two makers at least one
 * sees the other; whoever sees a current key, or a pending one with a smaller id, gives up, and whoever sees
 * only larger ones waits until they have given up or one of them is current. docs/lifecycle.md has the proof.
 */
import { actingCurrent, inTheMaking, type Member, readFamily } from './family.ts';
import type { MadeIntent } from './journal.ts';
import type { Step } from './step.ts';

/** How long a maker waits before it looks at the other makers again, in milliseconds. */
export const LOOK_AGAIN = 700;

export type Election = 'won' | 'lost' | 'undecided';

/** How the election stands for the maker of `mine`; `makers` are the ids of all who are at work, its own among them. */
export function electionOf(isMade: boolean, makers: readonly string[], mine: string): Election {
  if (isMade || makers.some((id) => id < mine)) return 'lost';
  return makers.length === 1 && makers[0] === mine ? 'won' : 'undecided';
}

/** Looks until the election is decided, from this family on: whether the maker of the pending key has won. */
export async function winElection(
  step: Step,
  first: readonly Member[],
  { groupIds, desc, apiUserId }: Pick<MadeIntent, 'groupIds' | 'desc' | 'apiUserId'>,
): Promise<boolean> {
  for (let family = first; ; ) {
    const makers = inTheMaking(family, step.atlas.serviceNow()).map(({ key }) => key.id);
    const election = electionOf(actingCurrent(family) !== undefined, makers, apiUserId);
    if (election !== 'undecided') return election === 'won';
    await step.pause(LOOK_AGAIN);
    family = await readFamily(step.atlas, groupIds[0], desc);
  }
}
