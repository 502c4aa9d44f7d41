import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { abandonedToRetire, supersededToRetire } from '../../src/keys/commit.ts';
import { familyOf, type Member, membersIn } from '../../src/keys/family.ts';
import { DESC, descriptionOf, idAt, keyAt, NONCE, NOW } from './described-keys.ts';

const DAY = 24 * 3_600_000;
const [OTHER_NONCE, OWN_NONCE] = ['0123456789abcdef', 'fedcba9876543210'];
/** The second in which the rotation made its key. */
const MINE = 100;
const rotation = { apiUserId: idAt(MINE), nonce: OWN_NONCE };

const STATES = ['current', 'previous', 'undecided', 'pending', 'ephemeral', 'retired'] as const;
type State = (typeof STATES)[number];
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
  const demoted = Object.entries(states).map(([seconds, state]) => {
    return [seconds, state === 'current' ? 'previous' : state];
  });
  return { ...Object.fromEntries(demoted), [MINE]: 'current' };
}

const secondsOf = (members: readonly Member[]) =>
  members.map(({ id }) => [...Array(200).keys()].find((seconds) => idAt(seconds) === id));

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
    const seconds = fc.integer({ min: 1, max: 99 }).map(String);
    const families = fc.dictionary(seconds, fc.constantFrom(...STATES), { maxKeys: 12 });
    fc.assert(
      fc.property(families, fc.integer({ min: 0, max: 4 }), (states, keepPrevious) => {
        const last = family(committed(states));
        const doomed = secondsOf(supersededToRetire(family(states), last, rotation, keepPrevious));
        const former = secondsOf(membersIn(family(states), 'current')).slice(0, 1);
        const inOrder = [...new Set([...former, ...secondsOf(membersIn(last, 'previous'))])];
        expect(doomed).toEqual(inOrder.slice(keepPrevious));
      }),
      { numRuns: 50 },
    );
  });
});

describe('of the keys that came to nothing a rotation', () => {
  it.each<[string, States, number, number[]]>([
    ['keeps the newest undecided one', { 1: 'current', 2: 'undecided' }, 1, []],
    ['retires others', { 2: 'undecided', 3: 'undecided', 4: 'undecided' }, 1, [3, 2]],
    ['retires all of them with keepPrevious: 0', { 1: 'current', 2: 'undecided' }, 0, [2]],
    ['does not count its own', { 1: 'current', 2: 'undecided', 100: 'undecided' }, 1, []],
    ['keeps the one that stands in', { 1: 'previous', 2: 'undecided!', 3: 'undecided' }, 0, [3]],
    ['leaves what is not final or may be in use', { 1: 'current', 2: 'pending', 3: 'ephemeral' }, 0, []],
  ])('%s', (_, states, keepPrevious, expected) => {
    const doomedAt = (now: number) =>
      secondsOf(abandonedToRetire(family({ ...states, 9: 'retired' }), idAt(MINE), keepPrevious, now));
    // What is retired already goes at any time.
    expect(doomedAt(NOW + 7 * DAY)).toEqual([...expected, 9]);
    // A job that made one may still be at work, and commit it.
    expect(doomedAt(NOW + 6 * DAY)).toEqual([9]);
  });
});
