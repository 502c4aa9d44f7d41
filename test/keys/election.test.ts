import { describe, expect, it } from 'vitest';
import type { ApiKey } from '../../src/atlas/types.ts';
import {
  actingCurrent,
  electionOf,
  familyOf,
  inTheMaking,
  LOOK_AGAIN,
  winElection,
} from '../../src/keys/family.ts';
import { DESC, descriptionOf, GROUP_ID, idAt, keyAt, NOW } from './described-keys.ts';
import { stepWith } from './step.ts';

const MINE = idAt(10);
const mine = keyAt(10, descriptionOf('pending'));
const smaller = keyAt(9, descriptionOf('pending'));
const larger = keyAt(11, descriptionOf('pending'));
const dead = keyAt(9, descriptionOf('pending', { until: NOW - 1_000 }));

describe('an election', () => {
  it.each([
    ['won', 'mine is the only pending key', [mine]],
    ['won', 'the other one is past its time', [mine, dead]],
    ['won', 'others are undecided', [mine, keyAt(1, descriptionOf('undecided'))]],
    ['lost', 'a previous key stands in for a current one', [mine, keyAt(1, descriptionOf('previous'))]],
    ['lost', 'a smaller id is pending', [mine, smaller]],
    ['lost', 'a smaller and a larger id are pending', [larger, mine, smaller]],
    ['lost', 'another key is current', [mine, keyAt(99, DESC)]],
    ['undecided', 'a larger id is pending', [mine, larger]],
    ['undecided', 'mine is not listed yet', []],
    ['undecided', 'mine is not listed yet and a larger one is', [larger]],
  ])('is %s when %s', (election, _, keys) => {
    const family = familyOf(DESC, keys);
    const makers = inTheMaking(family, NOW).map(({ key }) => key.id);
    expect(electionOf(actingCurrent(family) !== undefined, makers, MINE)).toBe(election);
  });
});

describe('the maker of a pending key', () => {
  /** A step that sees these lists one after the other, and counts its pauses. */
  function stepThatSees(...lists: ApiKey[][]) {
    const pauses: number[] = [];
    const pause = async (milliseconds: number) => void pauses.push(milliseconds);
    const { step } = stepWith({ listProjectKeys: async () => lists.shift() ?? [] }, { pause });
    return { step, pauses };
  }

  it.each([
    ['wins', true, [mine]],
    ['loses', false, [mine, keyAt(99, DESC)]],
  ])('looks again until it is decided, and then %s', async (_, won, last) => {
    const { step, pauses } = stepThatSees([mine, larger], last);
    const candidate = { groupIds: [GROUP_ID], desc: DESC, apiUserId: MINE } as const;
    expect(await winElection(step, familyOf(DESC, [mine, larger]), candidate)).toBe(won);
    expect(pauses).toEqual([LOOK_AGAIN, LOOK_AGAIN]);
  });
});
