import { describe, expect, it } from 'vitest';
import { electionOf } from '../../src/keys/election.ts';
import { actingCurrent, deadPending, familyOf, livePending } from '../../src/keys/family.ts';
import { DESC, family, idAt, keyOf, NOW, nonce, timesOf } from './builders.ts';

describe('a family', () => {
  it('is what is named so by a person or by us, newest first', () => {
    const members = familyOf(DESC, [
      keyOf({ at: 1 }),
      keyOf({ at: 3, state: 'previous' }),
      keyOf({ at: 2, state: 'pending' }),
      keyOf({ at: 4, desc: 'deploy 2' }),
      keyOf({ at: 5, desc: 'other', state: 'previous' }),
      keyOf({ at: 6, desc: 'Deploy' }),
    ]);
    expect(members.map(({ state }) => state)).toEqual(['previous', 'pending', 'current']);
    expect(timesOf(members)).toEqual([3, 2, 1]);
  });

  it('splits pending keys by their time', () => {
    const members = family(
      { at: 1, state: 'pending', until: NOW - 1000 },
      { at: 2, state: 'pending', until: NOW },
    );
    expect(timesOf(deadPending(members, NOW))).toEqual([1]);
    expect(timesOf(livePending(members, NOW))).toEqual([2]);
  });
});

describe('the key that stands for the family', () => {
  it.each([
    ['the plain one', [{ at: 1 }, { at: 2, state: 'undecided' }], 1],
    ['the newest of several plain ones', [{ at: 1 }, { at: 2 }], 2],
    [
      'the undecided one of the commit that was interrupted',
      [
        { at: 1, state: 'previous', nonce: nonce(2) },
        { at: 2, state: 'undecided', nonce: nonce(2) },
        { at: 3, state: 'undecided', nonce: nonce(3) },
      ],
      2,
    ],
    [
      'the newest previous one when no rotation was about to replace it',
      [
        { at: 1, state: 'previous' },
        { at: 2, state: 'previous' },
        { at: 3, state: 'undecided' },
      ],
      2,
    ],
    ['none when all are undecided: perhaps nobody ever got them', [{ at: 1, state: 'undecided' }], undefined],
    ['none when it is only in the making', [{ at: 1, state: 'pending' }], undefined],
    ['none when it belongs to a run', [{ at: 1, state: 'ephemeral' }], undefined],
    ['none when it is about to go', [{ at: 1, state: 'retired' }], undefined],
    ['none of none', [], undefined],
  ] as const)('is %s', (_, sketches, expected) => {
    const acting = actingCurrent(family(...sketches));
    expect(acting && timesOf([acting])[0]).toBe(expected);
  });
});

describe('an election', () => {
  const mine = { at: 5, state: 'pending' } as const;
  it.each([
    ['won by the only maker', [], 'won'],
    ['lost to a current key', [{ at: 9 }], 'lost'],
    ['lost to a pending one with a smaller id', [{ at: 4, state: 'pending' }], 'lost'],
    ['open while one with a larger id is there', [{ at: 6, state: 'pending' }], 'undecided'],
    ['won over one whose time is past', [{ at: 4, state: 'pending', until: NOW - 1000 }], 'won'],
    [
      'won over keys that nobody makes',
      [
        { at: 4, state: 'retired' },
        { at: 3, state: 'undecided' },
      ],
      'won',
    ],
  ] as const)('is %s', (_, others, expected) => {
    expect(electionOf(family(mine, ...others), idAt(5), NOW)).toBe(expected);
  });

  it('is open for one that is not listed yet, rather than won', () => {
    expect(electionOf(family(), idAt(5), NOW)).toBe('undecided');
  });
});
