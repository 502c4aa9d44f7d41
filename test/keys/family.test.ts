import { describe, expect, it } from 'vitest';
import type { ApiKey } from '../../src/atlas/types.ts';
import {
  actingCurrent,
  deadPending,
  electionOf,
  familyOf,
  inTheMaking,
  LOOK_AGAIN,
  membersIn,
  passesForMember,
  winElection,
} from '../../src/keys/family.ts';
import { DESC, descriptionOf, idAt, keyAt, MADE, NONCE, NOW } from './described-keys.ts';
import { stepWith } from './step.ts';

const [A, B] = [NONCE, '0123456789abcdef'];
const idsOf = (members: readonly ApiKey[]) => members.map(({ id }) => id);

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
    expect(family.map(({ state, id, mark }) => [state, id, mark?.nonce])).toEqual([
      ['pending', idAt(0), NONCE],
      ['current', idAt(-20), undefined],
      ['previous', idAt(-30), NONCE],
    ]);
    expect(idsOf(membersIn(family, 'previous', 'pending'))).toEqual([idAt(0), idAt(-30)]);
    expect(membersIn(family)).toEqual([]);
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
    expect(acting?.id).toBe(seconds === undefined ? undefined : idAt(seconds));
  });
});

describe('a key in the making', () => {
  it.each([
    ['pending', { until: NOW }, [idAt(1)]],
    // One that is stored may be held by somebody.
    ['undecided', { atWorkUntil: NOW }, []],
  ] as const)('is so up to the very moment that its mark names: %s', (state, wish, dead) => {
    const family = familyOf(DESC, [
      keyAt(1, descriptionOf(state, wish)),
      keyAt(2, descriptionOf('ephemeral')),
      keyAt(3, descriptionOf('undecided')),
      keyAt(4, DESC),
    ]);
    expect(idsOf(inTheMaking(family, NOW))).toEqual([idAt(1)]);
    expect(deadPending(family, NOW)).toEqual([]);
    expect(inTheMaking(family, NOW + 1)).toEqual([]);
    expect(idsOf(deadPending(family, NOW + 1))).toEqual(dead);
  });

  it.each([
    ['the longest step and its last call', 0, 1],
    ['a second more than any step', 1_000, 0],
  ])('is waited for by its mark, where that takes %s', (_what, more, waitedFor) => {
    const until = NOW + 11 * 60_000 + more;
    const family = familyOf(DESC, [keyAt(0, descriptionOf('pending', { until }))]);
    expect(inTheMaking(family, NOW)).toHaveLength(waitedFor);
    // And yet no sweep takes it before that time.
    expect(deadPending(family, NOW)).toEqual([]);
  });
});

describe('an election', () => {
  const mine = keyAt(10, descriptionOf('pending'));
  const [smaller, larger] = [keyAt(9, mine.desc), keyAt(11, mine.desc)];
  const dead = keyAt(9, descriptionOf('pending', { until: NOW - 1_000 }));

  it.each([
    [true, 'mine is the only pending key', [mine]],
    [true, 'the other one is past its time', [mine, dead]],
    [true, 'others are undecided', [mine, keyAt(1, descriptionOf('undecided'))]],
    [false, 'a previous key stands in for a current one', [mine, keyAt(1, descriptionOf('previous'))]],
    [false, 'a smaller id is pending', [mine, smaller]],
    [false, 'a smaller and a larger id are pending', [larger, mine, smaller]],
    [false, 'another key is current', [mine, keyAt(99, DESC)]],
    [undefined, 'a larger id is pending', [mine, larger]],
    [undefined, 'mine is not listed yet', []],
    [undefined, 'mine is not listed yet and a larger one is', [larger]],
  ])('is won: %s, when %s', (isElected, _, keys) => {
    const family = familyOf(DESC, keys);
    const makers = idsOf(inTheMaking(family, NOW));
    expect(electionOf(actingCurrent(family) !== undefined, makers, mine.id)).toBe(isElected);
  });

  it.each([
    ['won', true, [mine]],
    ['lost', false, [mine, keyAt(99, DESC)]],
  ])('that is open is looked at again until it is %s', async (_, won, last) => {
    const lists = [[mine, larger], last];
    const pauses: number[] = [];
    const { step } = stepWith(
      { listProjectKeys: async () => lists.shift() ?? [] },
      { pause: async (milliseconds) => void pauses.push(milliseconds) },
    );
    const made = { ...MADE, apiUserId: mine.id };
    expect(await winElection(step, familyOf(DESC, [mine, larger]), made)).toBe(won);
    expect(pauses).toEqual([LOOK_AGAIN, LOOK_AGAIN]);
  });
});

describe('what is to go with the whole family', () => {
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
