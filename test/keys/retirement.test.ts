import { describe, expect, it } from 'vitest';
import { rowsOf } from '../../src/keys/commit.ts';
import { familyOf } from '../../src/keys/family.ts';
import type { MarkState } from '../../src/keys/mark.ts';
import { inUse, membersToRetire, undecidedToRetire } from '../../src/keys/retirement.ts';
import { DESC, descriptionOf, idAt, keyAt, NONCE, NOW } from './described-keys.ts';

const OTHER_NONCE = '0123456789abcdef';
const MINE = 100;

type States = Readonly<Record<number, string>>;

/** A family by the seconds of its keys; a state with `!` carries this step's nonce, the others another. */
function family(states: States) {
  const keys = Object.entries(states).map(([seconds, state]) =>
    keyAt(
      Number(seconds),
      descriptionOf(state.replace('!', '') as 'current' | MarkState, {
        nonce: state.endsWith('!') ? NONCE : OTHER_NONCE,
      }),
    ),
  );
  return familyOf(DESC, keys);
}

const secondsOf = (members: readonly { key: { id: string } }[]) =>
  members.map(({ key }) => [...Array(200).keys()].find((seconds) => idAt(seconds) === key.id));

describe('a commit', () => {
  it.each<[string, States, number, number[]]>([
    ['keeps the former current key', { 1: 'current', 100: 'undecided!' }, 1, []],
    [
      'retires the former current key, too, with keepPrevious: 0',
      { 1: 'current', 100: 'undecided!' },
      0,
      [1],
    ],
    [
      'keeps the former current key before newer previous ones',
      { 1: 'current', 2: 'previous', 3: 'previous', 100: 'undecided!' },
      1,
      [3, 2],
    ],
    [
      'and then the newest previous ones',
      { 1: 'current', 2: 'previous', 3: 'previous', 100: 'undecided!' },
      2,
      [2],
    ],
    [
      'that is done again knows the former current key by its mark',
      { 1: 'previous!', 2: 'previous', 100: 'undecided!' },
      1,
      [2],
    ],
    [
      'in a family without a plain key keeps the newest previous one',
      { 1: 'previous', 2: 'previous', 100: 'undecided!' },
      1,
      [1],
    ],
    [
      'after an interrupted commit keeps the former current key and the undecided one that stands in for it',
      // The newest previous key carries the nonce of 2, which stands in.
      { 1: 'previous', 2: 'undecided', 3: 'undecided!', 4: 'undecided!', 100: 'undecided!' },
      1,
      [],
    ],
    [
      'and only the newest undecided one with keepPrevious: 0',
      { 1: 'previous', 2: 'undecided', 3: 'undecided!', 100: 'undecided!' },
      0,
      [1, 2],
    ],
    ['takes the newest of several plain ones for the former', { 1: 'current', 2: 'current' }, 1, [1]],
    [
      'keeps the newest keepPrevious + 1 undecided ones',
      { 1: 'current', 2: 'undecided', 3: 'undecided', 4: 'undecided', 100: 'undecided!' },
      1,
      [2],
    ],
    [
      'keeps one undecided one with keepPrevious: 0',
      { 2: 'undecided', 3: 'undecided', 100: 'undecided!' },
      0,
      [2],
    ],
    ['takes what is retired already in any case', { 1: 'current', 2: 'retired' }, 5, [2]],
    ['leaves pending and ephemeral ones alone', { 2: 'pending', 3: 'ephemeral' }, 0, []],
    ['never takes its own key, whatever state it is in', { 100: 'current' }, 0, []],
  ])('%s', (_, states, keepPrevious, expected) => {
    const rotation = { apiUserId: idAt(MINE), keepPrevious, nonce: NONCE };
    const members = family(states);
    const doomed = membersToRetire(members, rotation, inUse(members, rotation));
    expect(secondsOf(doomed)).toEqual(expected);
  });
});

describe('a rotation that is left open', () => {
  it.each<[States, number, number[]]>([
    [{ 1: 'current', 2: 'undecided' }, 1, []],
    [{ 1: 'current', 2: 'undecided', 3: 'undecided', 4: 'undecided' }, 1, [3, 2]],
    [{ 1: 'current', 2: 'undecided' }, 0, [2]],
    [{ 1: 'current', 2: 'undecided', 100: 'undecided!' }, 1, []],
    [{ 1: 'current', 2: 'previous', 3: 'retired' }, 0, []],
    // 2 stands in for a current key.
    [{ 1: 'previous!', 2: 'undecided!', 3: 'undecided' }, 0, [3]],
  ])('of %j with keepPrevious: %i takes %j', (states, keepPrevious, expected) => {
    const rotation = { apiUserId: idAt(MINE), keepPrevious };
    const aWeekLater = NOW + 7 * 24 * 3_600_000;
    expect(secondsOf(undecidedToRetire(family(states), rotation, aWeekLater))).toEqual(expected);
    // A job that made one may still be at work, and commit it.
    expect(undecidedToRetire(family(states), rotation, NOW + 5 * 24 * 3_600_000)).toEqual([]);
  });
});

it('the table of a family is newest first and says what this step deleted, listed still or not', () => {
  const members = family({ 1: 'previous', 2: 'current', 3: 'undecided' });
  const gone = [...members.filter(({ state }) => state === 'previous'), ...family({ 0: 'previous' })];
  const expected = [
    [3, 'undecided'],
    [2, 'current'],
    [1, 'revoked'],
    [0, 'revoked'],
  ] as const;
  expect(rowsOf(members, gone)).toEqual(
    expected.map(([seconds, state]) => ({
      apiUserId: idAt(seconds),
      publicKey: keyAt(seconds, '').publicKey,
      state,
    })),
  );
});
