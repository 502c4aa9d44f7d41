import { describe, expect, it } from 'vitest';
import {
  actingCurrent,
  deadPending,
  familyOf,
  inTheMaking,
  membersIn,
  passesForMember,
} from '../../src/keys/family.ts';
import { DESC, descriptionOf, idAt, keyAt, NONCE, NOW } from './described-keys.ts';

const [A, B] = [NONCE, '0123456789abcdef'];

describe('a family', () => {
  it('holds what carries the text, plain or marked, and nothing else; newest first', () => {
    const family = familyOf(DESC, [
      keyAt(-30, descriptionOf('previous')),
      keyAt(0, descriptionOf('pending')),
      keyAt(-20, DESC),
      keyAt(-10, descriptionOf('current', { desc: 'deployment' })),
      keyAt(-10, descriptionOf('previous', { desc: 'deployment' })),
      keyAt(-10, `${DESC} `),
      keyAt(-10, DESC.toUpperCase()),
    ]);
    expect(family.map(({ state, key }) => [state, key.id])).toEqual([
      ['pending', idAt(0)],
      ['current', idAt(-20)],
      ['previous', idAt(-30)],
    ]);
  });

  it('tells members by their states, in the order of the family', () => {
    const family = familyOf(DESC, [
      keyAt(1, descriptionOf('previous')),
      keyAt(2, DESC),
      keyAt(3, descriptionOf('undecided')),
    ]);
    const states = membersIn(family, 'previous', 'undecided').map(({ state }) => state);
    expect(states).toEqual(['undecided', 'previous']);
    expect(membersIn(family)).toEqual([]);
  });

  it('knows the nonce of a marked member alone', () => {
    const family = familyOf(DESC, [keyAt(2, descriptionOf('previous')), keyAt(1, DESC)]);
    expect(family.map(({ mark }) => mark?.nonce)).toEqual([NONCE, undefined]);
  });
});

describe('the key that a family uses', () => {
  const previous = (seconds: number, nonce: string) => keyAt(seconds, descriptionOf('previous', { nonce }));
  const undecided = (seconds: number, nonce: string) => keyAt(seconds, descriptionOf('undecided', { nonce }));

  it.each([
    ['nothing', [], undefined],
    ['the newest plain one', [keyAt(1, DESC), keyAt(2, DESC), undecided(3, A)], 2],
    ['a plain one before a newer previous one', [keyAt(1, DESC), previous(2, A)], 1],
    ['nothing, of undecided ones alone', [undecided(1, A)], undefined],
    ['nothing, of pending ones alone', [keyAt(1, descriptionOf('pending'))], undefined],
    ['the newest previous one', [previous(1, A), previous(2, B)], 2],
    ['the one that the newest previous one names', [previous(1, A), undecided(2, A), undecided(3, B)], 2],
    ['the newest previous one, where it names none', [previous(1, A), undecided(2, B)], 1],
    ['none that an older previous one names', [previous(1, A), previous(2, B), undecided(3, A)], 2],
  ])('is %s', (_, keys, seconds) => {
    const acting = actingCurrent(familyOf(DESC, keys));
    expect(acting?.key.id).toBe(seconds === undefined ? undefined : idAt(seconds));
  });
});

describe('a key in the making', () => {
  const MINUTE = 60_000;
  const ids = (members: readonly { key: { id: string } }[]) => members.map(({ key }) => key.id);

  it.each([
    ['pending', { until: NOW }],
    ['undecided', { atWorkUntil: NOW }],
  ] as const)('is so up to the very moment that its mark names: %s', (state, wish) => {
    const family = familyOf(DESC, [
      keyAt(1, descriptionOf(state, wish)),
      keyAt(2, descriptionOf('ephemeral')),
      keyAt(3, descriptionOf('undecided')),
      keyAt(4, DESC),
    ]);
    const isPending = state === 'pending';
    expect(ids(inTheMaking(family, NOW))).toEqual([idAt(1)]);
    expect(ids(deadPending(family, NOW))).toEqual([]);
    expect(ids(inTheMaking(family, NOW + 1))).toEqual([]);
    // An undecided one may be held by somebody.
    expect(ids(deadPending(family, NOW + 1))).toEqual(isPending ? [idAt(1)] : []);
  });

  it.each([
    ['the longest step and its last call', 0, true],
    ['a second more than any step', 1_000, false],
  ])('is waited for by its mark, where that takes %s', (_what, more, isWaitedFor) => {
    const until = NOW + 11 * MINUTE + more;
    const family = familyOf(DESC, [keyAt(0, descriptionOf('pending', { until }))]);
    expect(inTheMaking(family, NOW)).toHaveLength(isWaitedFor ? 1 : 0);
    // And yet no sweep takes it before that time.
    expect(deadPending(family, NOW)).toEqual([]);
  });
});

describe('what goes with the whole family', () => {
  it.each([
    ['a plain key', DESC, true],
    ['a marked key', descriptionOf('previous'), true],
    ['a key of a run', descriptionOf('ephemeral'), true],
    ['one that only looks marked', `${DESC} [atlas-key/1 ephemeral`, true],
    ['one whose mark was made for another text', descriptionOf('previous', { desc: `${DESC}ment` }), false],
    ['one marked for another by hand', `${DESC}${descriptionOf('retired', { desc: 'x' }).slice(1)}`, true],
    ['one marked without a blank', `${DESC}[atlas-key/9]`, true],
    ['a longer text', `${DESC}ment`, false],
    ['a text with something between', `${DESC} x [atlas-key/1 previous]`, false],
    ['another text', 'release', false],
  ])('is %s: "%s", %s', (_what, desc, expected) => {
    expect(passesForMember(DESC, keyAt(1, desc))).toBe(expected);
  });
});
