/**
 * Who of several makers at once has the key. Each lists after its own create, so of two makers at least one
 * sees the other; whoever sees a current key, or a pending one with a smaller id, gives up, and whoever sees
 * only larger ones waits until they have given up or one of them is current. docs/lifecycle.md has the proof.
 */
import { actingCurrent, inTheMaking, type Member, readFamily } from './family.ts';
import type { Step } from './step.ts';

/** How long a maker waits before it looks at the other makers again, in milliseconds. */
export const LOOK_AGAIN = 700;

export type Election = 'won' | 'lost' | 'undecided';

/** The state of the election as this family shows it to the maker of the pending key `apiUserId`. */
export function electionOf(family: readonly Member[], apiUserId: string, serviceNow: number): Election {
  if (actingCurrent(family) !== undefined) return 'lost';
  const makers = inTheMaking(family, serviceNow).map((member) => member.key.id);
  if (makers.some((id) => id < apiUserId)) return 'lost';
  return makers.length === 1 && makers[0] === apiUserId ? 'won' : 'undecided';
}

/** Looks until the election is decided, from this family on: whether the maker of the pending key has won. */
export async function winElection(
  step: Step,
  first: readonly Member[],
  {
    groupId,
    desc,
    apiUserId,
  }: { readonly groupId: string; readonly desc: string; readonly apiUserId: string },
): Promise<boolean> {
  for (let family = first; ; ) {
    const election = electionOf(family, apiUserId, step.atlas.serviceNow());
    if (election !== 'undecided') return election === 'won';
    await step.pause(LOOK_AGAIN);
    family = await readFamily(step.atlas, groupId, desc);
  }
}
