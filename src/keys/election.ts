/**
 * Who of several makers at once has the key. Each lists after its own create, so of two makers at least one
 * sees the other; whoever sees a current key, or a pending one with a smaller id, gives up, and whoever sees
 * only larger ones waits until they have given up or one of them is current. docs/lifecycle.md has the proof.
 */
import { livePending, type Member, membersIn } from './family.ts';

export type Election = 'won' | 'lost' | 'undecided';

/** The state of the election as this family shows it to the maker of the pending key `apiUserId`. */
export function electionOf(family: readonly Member[], apiUserId: string, serviceNow: number): Election {
  if (membersIn(family, 'current').length > 0) return 'lost';
  const makers = livePending(family, serviceNow).map((member) => member.key.id);
  if (makers.some((id) => id < apiUserId)) return 'lost';
  return makers.length === 1 && makers[0] === apiUserId ? 'won' : 'undecided';
}
