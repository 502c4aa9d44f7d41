/** The rules of retirement in families of any make-up, and in a commit that is done again. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { membersToRetire, stillThere } from '../../src/keys/commit.ts';
import { actingCurrent, familyOf, type Member, membersIn } from '../../src/keys/family.ts';
import type { MarkState } from '../../src/keys/mark.ts';
import { DESC, descriptionOf, idAt, keyAt, NONCE } from './described-keys.ts';

type State = 'current' | MarkState;
const OTHER_NONCE = '0123456789abcdef';
const MINE = 100;

function familyAt(...keys: readonly (readonly [seconds: number, state: State, nonce?: string])[]): Member[] {
  return familyOf(
    DESC,
    keys.map(([seconds, state, nonce = OTHER_NONCE]) => keyAt(seconds, descriptionOf(state, { nonce }))),
  );
}

const idsOf = (members: readonly Member[]): string[] => members.map(({ key }) => key.id);

describe('what a commit retires', () => {
  const state = fc.constantFrom<State[]>(
    'current',
    'previous',
    'undecided',
    'pending',
    'ephemeral',
    'retired',
  );
  const others = fc.uniqueArray(fc.tuple(fc.integer({ min: 1, max: 99 }), state), {
    selector: ([seconds]) => seconds,
    maxLength: 12,
  });

  it('follows the rules in every family', () => {
    fc.assert(
      fc.property(others, fc.integer({ min: 0, max: 4 }), (keys, keepPrevious) => {
        const before = familyAt([MINE, 'undecided', NONCE], ...keys);
        const beside = before.filter(({ key }) => key.id !== idAt(MINE));
        const doomed = membersToRetire(before, { apiUserId: idAt(MINE), nonce: NONCE, keepPrevious });
        const kept = beside.filter((member) => !doomed.includes(member));
        const former = actingCurrent(beside);

        expect(idsOf(doomed)).not.toContain(idAt(MINE));
        expect(membersIn(doomed, 'pending', 'ephemeral')).toEqual([]);
        expect(membersIn(kept, 'retired')).toEqual([]);
        if (keepPrevious > 0 && former !== undefined) expect(kept).toContain(former);

        const standsIn = former?.state === 'undecided' ? former : undefined;
        const isSuperseded = (member: Member) =>
          member === standsIn || member.state === 'current' || member.state === 'previous';
        const superseded = beside.filter(isSuperseded);
        expect(kept.filter(isSuperseded)).toHaveLength(Math.min(keepPrevious, superseded.length));
        const undecided = membersIn(beside, 'undecided').filter((member) => member !== standsIn);
        expect(membersIn(kept, 'undecided').filter((member) => member !== standsIn)).toEqual(
          undecided.slice(0, keepPrevious + 1),
        );
      }),
    );
  });

  it('is not the newest of two that were plain, of which the first try had demoted only that one', () => {
    const before = familyAt([1, 'current'], [2, 'previous', NONCE], [MINE, 'undecided', NONCE]);
    const doomed = membersToRetire(before, { apiUserId: idAt(MINE), nonce: NONCE, keepPrevious: 1 });
    expect(idsOf(doomed)).toEqual([idAt(1)]);
  });

  it('is left alone when it has been committed, or is gone, since it was read', () => {
    const read = familyAt(
      [1, 'undecided'],
      [2, 'undecided'],
      [3, 'undecided'],
      [4, 'previous'],
      [5, 'current'],
    );
    const now = familyAt([1, 'current'], [2, 'undecided'], [4, 'previous'], [5, 'previous']);
    expect(idsOf(stillThere(read, now)).toSorted()).toEqual([idAt(2), idAt(4), idAt(5)]);
  });
});
