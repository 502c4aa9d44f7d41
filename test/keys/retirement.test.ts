import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { abandonedToRetire, supersededToRetire } from '../../src/keys/commit.ts';
import { actingCurrent, familyOf, type Member, membersIn } from '../../src/keys/family.ts';
import type { MarkState } from '../../src/keys/mark.ts';
import { DESC, descriptionOf, idAt, keyAt, NONCE, NOW } from './described-keys.ts';

const DAY = 24 * 3_600_000;
const [OTHER_NONCE, OWN_NONCE] = ['0123456789abcdef', 'fedcba9876543210'];
/** The second in which the rotation made its key. */
const MINE = 100;
const rotation = { apiUserId: idAt(MINE), nonce: OWN_NONCE };

type State = 'current' | MarkState;
type States = Readonly<Record<number, State | 'undecided!' | 'previous: mine'>>;

/** A family by the seconds of its keys. `!`: with the nonce of the previous keys; `: mine`: demoted by this rotation. */
function family(states: States): Member[] {
  const keys = Object.entries(states).map(([seconds, state]) => {
    const [name = '', mine] = state.replace('!', '').split(':');
    const nonce = mine ? OWN_NONCE : state === 'undecided!' || state === 'previous' ? NONCE : OTHER_NONCE;
    return keyAt(Number(seconds), descriptionOf(name as State, { nonce }));
  });
  return familyOf(DESC, keys);
}

/** As a commit leaves the family before it retires anything. */
function committed(states: States): States {
  const demoted = Object.entries(states).map(([seconds, state]) => [
    seconds,
    state === 'current' ? 'previous' : state,
  ]);
  return { ...Object.fromEntries(demoted), [MINE]: 'current' };
}

const secondsOf = (members: readonly Member[]) =>
  members.map(({ id }) => [...Array(200).keys()].find((seconds) => idAt(seconds) === id));

const families = fc
  .dictionary(
    fc.integer({ min: 1, max: 99 }).map(String),
    fc.constantFrom<State>('current', 'previous', 'undecided', 'pending', 'ephemeral', 'retired'),
    { maxKeys: 12 },
  )
  .map((states) => ({ ...states }) as States);

describe('of the superseded keys a commit', () => {
  it.each<[string, States, number, number[], States?]>([
    ['keeps the former current one', { 1: 'current', 100: 'undecided' }, 1, []],
    ['retires that, too, with keepPrevious: 0', { 1: 'current', 100: 'undecided' }, 0, [1]],
    ['keeps it before newer previous ones', { 1: 'current', 2: 'previous', 3: 'previous' }, 1, [3, 2]],
    ['and then the newest', { 1: 'current', 2: 'previous', 3: 'previous' }, 2, [2]],
    ['knows it by its mark in another try', { 1: 'previous: mine', 2: 'previous', 3: 'previous' }, 1, [3, 2]],
    ['keeps the newest where none was current', { 1: 'previous', 2: 'previous' }, 1, [1]],
    ['takes the newest of several current ones for the former', { 1: 'current', 2: 'current' }, 1, [1]],
    ['never takes its own', { 100: 'current' }, 0, []],
    [
      'counts none that went since its first look',
      { 1: 'previous', 2: 'previous', 3: 'current' },
      2,
      [],
      { 1: 'previous', 3: 'previous', 100: 'current' },
    ],
    [
      'leaves what is current in its last look, and what was demoted only since its first',
      { 1: 'undecided', 4: 'previous', 5: 'current', 11: 'current' },
      0,
      [5, 4],
      { 1: 'previous', 4: 'previous', 5: 'previous', 10: 'previous', 11: 'current' },
    ],
  ])('%s', (_, first, keepPrevious, expected, last = committed(first)) => {
    const doomed = supersededToRetire(family(first), family(last), rotation, keepPrevious);
    expect(secondsOf(doomed)).toEqual(expected);
  });

  it('keeps keepPrevious of any family: the former, and then the newest', () => {
    fc.assert(
      fc.property(families, fc.integer({ min: 0, max: 4 }), (states, keepPrevious) => {
        const last = family(committed(states));
        const doomed = secondsOf(supersededToRetire(family(states), last, rotation, keepPrevious));
        const superseded = secondsOf(membersIn(last, 'previous'));
        const [former] = secondsOf(membersIn(family(states), 'current'));
        const inOrder = [...new Set([...(former === undefined ? [] : [former]), ...superseded])];
        expect(doomed).toEqual(inOrder.slice(keepPrevious));
      }),
    );
  });
});

describe('of the keys that came to nothing a rotation', () => {
  const aWeekLater = NOW + 7 * DAY;
  it.each<[string, States, number, number[]]>([
    ['keeps the newest undecided one', { 1: 'current', 2: 'undecided' }, 1, []],
    [
      'retires the undecided ones beyond keepPrevious',
      { 2: 'undecided', 3: 'undecided', 4: 'undecided' },
      1,
      [3, 2],
    ],
    ['retires all of them with keepPrevious: 0', { 1: 'current', 2: 'undecided' }, 0, [2]],
    ['does not count its own', { 1: 'current', 2: 'undecided', 100: 'undecided' }, 1, []],
    ['keeps the one that stands in', { 1: 'previous', 2: 'undecided!', 3: 'undecided' }, 0, [3]],
    ['leaves what is not final or may be in use', { 1: 'current', 2: 'pending', 3: 'ephemeral' }, 0, []],
  ])('%s', (_, states, keepPrevious, expected) => {
    const doomedAt = (now: number) => abandonedToRetire(family(states), idAt(MINE), keepPrevious, now);
    expect(secondsOf(doomedAt(aWeekLater))).toEqual(expected);
    // A job that made one may still be at work, and commit it.
    expect(doomedAt(NOW + 5 * DAY)).toEqual([]);
  });

  it('retires those alone that no job can commit, and what is retired already', () => {
    fc.assert(
      fc.property(families, fc.integer({ min: 0, max: 4 }), (states, keepPrevious) => {
        const members = family(states);
        const undecided = membersIn(members, 'undecided').slice(keepPrevious);
        const retired = membersIn(members, 'retired');
        const doomedAt = (now: number) => abandonedToRetire(members, idAt(MINE), keepPrevious, now);
        expect(doomedAt(aWeekLater)).toEqual([
          ...undecided.filter((member) => member !== actingCurrent(members)),
          ...retired,
        ]);
        expect(doomedAt(NOW)).toEqual(retired);
      }),
    );
  });
});
