import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { membersToRetire, stillThere, undecidedToRetire } from '../../src/keys/commit.ts';
import { actingCurrent, type Member, membersIn } from '../../src/keys/family.ts';
import { family, idAt, type KeySketch, nonce, timesOf } from './builders.ts';

/** The rotation's own key is the newest, and its nonce 99. */
const own = { apiUserId: idAt(99), nonce: nonce(99) };
const OWN: KeySketch = { at: 99, state: 'undecided', nonce: nonce(99) };

function retired(keepPrevious: number, ...others: readonly KeySketch[]): number[] {
  return timesOf(membersToRetire(family(OWN, ...others), { ...own, keepPrevious })).toSorted((a, b) => a - b);
}

const previous = (at: number): KeySketch => ({ at, state: 'previous', nonce: nonce(1000 + at) });
const undecided = (at: number): KeySketch => ({ at, state: 'undecided', nonce: nonce(2000 + at) });

describe('what a commit retires', () => {
  it.each([
    ['nothing but the oldest beyond keepPrevious', 1, [{ at: 3 }, previous(2), previous(1)], [1, 2]],
    ['the former current key last', 1, [{ at: 1 }, previous(2)], [2]],
    ['the former current key, too, when nothing is kept', 0, [{ at: 1 }], [1]],
    ['undecided ones beyond keepPrevious + 1', 1, [{ at: 1 }, undecided(2), undecided(3), undecided(4)], [2]],
    ['what was to go already', 2, [{ at: 2 }, { at: 1, state: 'retired' }], [1]],
    [
      'no key in the making and none of a run',
      0,
      [
        { at: 2, state: 'pending' },
        { at: 1, state: 'ephemeral' },
      ],
      [],
    ],
    ['all but the newest of several plain ones', 1, [{ at: 1 }, { at: 2 }], [1]],
    [
      'not the former current key of a commit that is done again',
      1,
      [{ at: 1, state: 'previous', nonce: nonce(99) }, undecided(2), previous(3)],
      [3],
    ],
    [
      'not the newest of two that were plain when the first try demoted only that one',
      1,
      [{ at: 1 }, { at: 2, state: 'previous', nonce: nonce(99) }],
      [1],
    ],
  ] as const)('is %s', (_, keepPrevious, others, expected) => {
    expect(retired(keepPrevious, ...others)).toEqual(expected);
  });

  const state = fc.constantFrom('current', 'previous', 'undecided', 'pending', 'ephemeral', 'retired');
  const sketches = fc.uniqueArray(
    fc.record({
      at: fc.integer({ min: 1, max: 98 }),
      state: state as fc.Arbitrary<NonNullable<KeySketch['state']>>,
    }),
    { selector: ({ at }) => at, maxLength: 12 },
  );

  it('keeps to the rules in every family', () => {
    fc.assert(
      fc.property(sketches, fc.integer({ min: 0, max: 4 }), (others, keepPrevious) => {
        const before = family(OWN, ...others);
        const doomed = membersToRetire(before, { ...own, keepPrevious });
        const kept = before.filter((member) => !doomed.includes(member));
        expect(kept.map(({ key }) => key.id)).toContain(own.apiUserId);
        expect(membersIn(doomed, 'pending', 'ephemeral')).toEqual([]);
        expect(membersIn(kept, 'retired')).toEqual([]);
        // Rule 3: the former current key, then the newest others, up to keepPrevious.
        const former = actingCurrent(before.filter(({ key }) => key.id !== own.apiUserId));
        if (keepPrevious > 0 && former !== undefined) expect(kept).toContain(former);
        const superseded = (members: readonly Member[]) => membersIn(members, 'current', 'previous');
        expect(superseded(kept)).toHaveLength(Math.min(keepPrevious, superseded(before).length));
        // Rule 4: the newest undecided ones beside its own.
        const open = membersIn(before, 'undecided').filter(({ key }) => key.id !== own.apiUserId);
        expect(membersIn(kept, 'undecided').filter(({ key }) => key.id !== own.apiUserId)).toEqual(
          open.slice(0, keepPrevious + 1),
        );
      }),
    );
  });

  it('is not retired when it has been committed, or is gone, since', () => {
    const seen = family(undecided(1), undecided(2), undecided(3), previous(4), previous(5), previous(6));
    const now = family({ at: 1 }, undecided(2), previous(4), { at: 5 });
    expect(timesOf(stillThere(seen, now)).toSorted()).toEqual([2, 4]);
  });
});

describe('what a rotation that is not committed retires', () => {
  it.each([
    [0, [undecided(1)], [1]],
    [1, [undecided(1)], []],
    [1, [undecided(1), undecided(2), undecided(3)], [1, 2]],
    [2, [{ at: 4 }, previous(5), undecided(1), undecided(2), undecided(3)], [1]],
    [0, [{ at: 4 }, previous(5), { at: 6, state: 'pending' }], []],
  ] as const)(
    'keepPrevious %i: only undecided ones, so that with its own keepPrevious + 1 are left',
    (keepPrevious, sketches, expected) => {
      expect(timesOf(undecidedToRetire(family(...sketches), { keepPrevious })).toSorted()).toEqual(expected);
    },
  );

  it('is never the one that stands in for a current key', () => {
    const members = family(
      { at: 1, state: 'previous', nonce: nonce(2) },
      { at: 2, state: 'undecided', nonce: nonce(2) },
      undecided(3),
      undecided(4),
    );
    expect(timesOf(undecidedToRetire(members, { keepPrevious: 0 }))).toEqual([4, 3]);
  });
});
