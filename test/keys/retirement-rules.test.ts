/** The rules of retirement in families of any make-up, and in a commit that is done again. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { actingCurrent, familyOf, type Member, membersIn } from '../../src/keys/family.ts';
import type { MarkState } from '../../src/keys/mark.ts';
import { doomedAsBefore, inUse, membersToRetire } from '../../src/keys/retirement.ts';
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

const rotation = { apiUserId: idAt(MINE), nonce: NONCE };
const idsOf = (members: readonly Member[]): string[] => members.map(({ key }) => key.id);

describe('what is in use when a commit begins', () => {
  it('is the former current key, and never the new one, which an earlier try may have made current', () => {
    const family = familyAt([MINE, 'current'], [2, 'previous'], [1, 'previous', NONCE]);
    expect(inUse(family, rotation)).toEqual({ former: family.at(2), standIn: undefined });
  });

  it('is no stand-in where there is a current key', () => {
    const family = familyAt([MINE, 'undecided'], [2, 'undecided'], [1, 'current']);
    expect(inUse(family, rotation)).toEqual({ former: family.at(2), standIn: undefined });
  });

  it('is a stand-in where another commit stopped between its renames', () => {
    const family = familyAt([MINE, 'undecided'], [2, 'undecided'], [1, 'previous']);
    expect(inUse(family, rotation)).toEqual({ former: family.at(2), standIn: family.at(1) });
  });
});

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
        const held = inUse(before, rotation);
        const doomed = membersToRetire(before, { ...rotation, keepPrevious }, held);
        const kept = beside.filter((member) => !doomed.includes(member));
        const acting = actingCurrent(beside);

        expect(idsOf(doomed)).not.toContain(idAt(MINE));
        expect(membersIn(doomed, 'pending', 'ephemeral')).toEqual([]);
        expect(membersIn(kept, 'retired')).toEqual([]);
        if (keepPrevious > 0 && acting !== undefined) expect(kept).toContain(acting);
        if (keepPrevious > 0 && held.former !== undefined) expect(kept).toContain(held.former);

        const superseded = membersIn(beside, 'current', 'previous');
        expect(membersIn(kept, 'current', 'previous')).toHaveLength(
          Math.min(keepPrevious, superseded.length),
        );
        const undecided = membersIn(beside, 'undecided').filter(
          (member, place) => place <= keepPrevious || (keepPrevious > 0 && member === acting),
        );
        expect(membersIn(kept, 'undecided')).toEqual(undecided);
      }),
    );
  });

  it('is not the newest of two that were plain, of which the first try had demoted only that one', () => {
    const before = familyAt([1, 'current'], [2, 'previous', NONCE], [MINE, 'undecided', NONCE]);
    const doomed = membersToRetire(before, { ...rotation, keepPrevious: 1 }, inUse(before, rotation));
    expect(idsOf(doomed)).toEqual([idAt(1)]);
  });

  it('is only what was doomed before, too, and not what became so since', () => {
    const before = familyAt(
      [1, 'undecided'],
      [2, 'undecided'],
      [3, 'undecided'],
      [4, 'previous'],
      [5, 'current'],
      [6, 'undecided'],
      [7, 'previous'],
      [8, 'retired'],
      [11, 'current'],
    );
    const doomed = familyAt(
      [1, 'current'],
      [2, 'undecided'],
      [4, 'previous'],
      [5, 'previous'],
      [6, 'previous'],
      [7, 'retired'],
      [8, 'retired'],
      [9, 'undecided'],
      [10, 'previous'],
      [11, 'current'],
    );
    expect(idsOf(doomedAsBefore(doomed, before)).toSorted()).toEqual([idAt(2), idAt(4), idAt(5), idAt(8)]);
  });

  it('counts on what the newest look shows: a key that went meanwhile keeps no place', () => {
    const before = familyAt([1, 'previous'], [2, 'previous'], [3, 'current'], [MINE, 'undecided', NONCE]);
    const after = familyAt([1, 'previous'], [3, 'previous', NONCE], [MINE, 'current']);
    const doomed = membersToRetire(after, { ...rotation, keepPrevious: 2 }, inUse(before, rotation));
    expect(idsOf(doomed)).toEqual([]);
  });
});
