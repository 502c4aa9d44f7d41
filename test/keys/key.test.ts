import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ageAt, createdAt, isOwner, newestFirst, rolesIn, sameRoles } from '../../src/keys/key.ts';
import { count, nameOf } from '../../src/keys/step.ts';
import { GROUP_ID, idAt, keyAt, NOW, ORG_ID } from './described-keys.ts';

const OTHER = 'b'.repeat(24);

it('a key is as old as the first eight digits of its id say, in seconds', () => {
  expect(createdAt('6a793fbd2c88faeba59bd3b1')).toBe(0x6a793fbd * 1000);
  expect(createdAt(idAt(-90))).toBe(NOW - 90_000);
});

it('a key is never younger than new, though its id may be a second later than the answer that showed it', () => {
  expect([-90, 0, 1].map((seconds) => ageAt(NOW, idAt(seconds)))).toEqual([90_000, 0, 0]);
});

describe('roles', () => {
  const key = {
    roles: [
      { roleName: 'GROUP_READ_ONLY', groupId: GROUP_ID },
      { roleName: 'GROUP_OWNER', groupId: OTHER },
      { roleName: 'GROUP_CLUSTER_MANAGER', groupId: GROUP_ID },
      { roleName: 'GROUP_READ_ONLY', groupId: GROUP_ID },
      { roleName: 'ORG_MEMBER', orgId: ORG_ID },
    ],
  };

  it('are those of the project alone, each once, sorted', () => {
    expect(rolesIn(GROUP_ID, key)).toEqual(['GROUP_CLUSTER_MANAGER', 'GROUP_READ_ONLY']);
    expect(rolesIn(ORG_ID, key)).toEqual([]);
  });

  it.each([
    [[], [], true],
    [['A'], ['A'], true],
    [['A', 'B'], ['B', 'A'], true],
    [['A', 'A'], ['A'], true],
    [['A'], ['A', 'A'], true],
    [['A'], ['B'], false],
    [['A'], ['A', 'B'], false],
    [['A', 'B'], ['A'], false],
    [['A', 'B'], ['A', 'C'], false],
    [[], ['A'], false],
  ])('%j and %j are the same: %s', (left, right, same) => {
    expect(sameRoles(left, right)).toBe(same);
  });
});

it('keys are sorted newest first, in an order that everybody computes alike', () => {
  const keys = [keyAt(1, ''), keyAt(3, ''), keyAt(2, ''), { ...keyAt(3, ''), id: idAt(3, 1) }];
  const sorted = [idAt(3, 1), idAt(3), idAt(2), idAt(1)];
  fc.assert(
    fc.property(fc.shuffledSubarray(keys, { minLength: keys.length }), (shuffled) => {
      expect(shuffled.sort(newestFirst).map(({ id }) => id)).toEqual(sorted);
    }),
  );
  expect(newestFirst(keyAt(1, ''), keyAt(1, ''))).toBe(0);
  expect(newestFirst(keyAt(1, ''), keyAt(2, ''))).toBeGreaterThan(0);
  expect(newestFirst(keyAt(2, ''), keyAt(1, ''))).toBeLessThan(0);
});

it('a person reads a key as its id and its public key, and counts as people do', () => {
  expect(nameOf({ id: idAt(0), publicKey: 'flezioeg' })).toBe(`${idAt(0)} (flezioeg)`);
  expect([[], ['a'], ['a', 'b']].map((items) => count(items, 'key'))).toEqual(['0 keys', '1 key', '2 keys']);
});

it.each([
  [['ORG_OWNER'], true],
  [['GLOBAL_OWNER'], true],
  [['ORG_MEMBER', 'ORG_OWNER'], true],
  [['ORG_MEMBER', 'GROUP_OWNER'], false],
  [[''], false],
  [[], false],
])('roles %j are those of an owner of the organisation: %s', (names, owner) => {
  expect(isOwner({ roles: names.map((roleName) => ({ roleName })) })).toBe(owner);
});
