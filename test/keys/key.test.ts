import fc from 'fast-check';
import { expect, it } from 'vitest';
import { concurrently } from '../../src/keys/concurrently.ts';
import { ageAt, createdAt, isOwner, newestFirst, rolesIn, sameRoles } from '../../src/keys/key.ts';
import { count, nameOf } from '../../src/keys/step.ts';
import { GROUP_ID, idAt, keyAt, NOW, ORG_ID } from './described-keys.ts';

it('a key is as old as the first eight digits of its id say, in seconds, and never younger than new', () => {
  expect(createdAt('6a793fbd2c88faeba59bd3b1')).toBe(0x6a793fbd * 1000);
  // An id may be a second later than the answer that showed it.
  expect([-90, 0, 1].map((seconds) => ageAt(NOW, idAt(seconds)))).toEqual([90_000, 0, 0]);
});

it('roles are those of the project alone, each once, sorted', () => {
  const roles = ['GROUP_READ_ONLY', 'GROUP_CLUSTER_MANAGER', 'GROUP_READ_ONLY'].map((roleName) => ({
    roleName,
    groupId: GROUP_ID,
  }));
  const elsewhere = { roleName: 'GROUP_OWNER', groupId: 'b'.repeat(24) };
  const key = { roles: [...roles, elsewhere, { roleName: 'ORG_MEMBER', orgId: ORG_ID }] };
  expect(rolesIn(GROUP_ID, key)).toEqual(['GROUP_CLUSTER_MANAGER', 'GROUP_READ_ONLY']);
  expect(rolesIn(ORG_ID, key)).toEqual([]);
});

it.each([
  [[], [], true],
  [['A', 'B'], ['B', 'A'], true],
  [['A', 'A'], ['A'], true],
  [['A'], ['A', 'A'], true],
  [['A'], ['A', 'B'], false],
  [['A', 'B'], ['A'], false],
  [['A', 'B'], ['A', 'C'], false],
  [[], ['A'], false],
])('roles %j and %j are the same: %s', (left, right, same) => {
  expect(sameRoles(left, right)).toBe(same);
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
});

it('a person reads a key as its id and its public key, and counts as people do', () => {
  expect(nameOf({ id: idAt(0), publicKey: 'flezioeg' })).toBe(`${idAt(0)} (flezioeg)`);
  expect([[], ['a'], ['a', 'b']].map((items) => count(items, 'key'))).toEqual(['0 keys', '1 key', '2 keys']);
});

it.each([
  [['GLOBAL_OWNER'], true],
  [['ORG_MEMBER', 'ORG_OWNER'], true],
  [['ORG_MEMBER', 'GROUP_OWNER'], false],
  [[], false],
])('roles %j are those of an owner of the organisation: %s', (names, owner) => {
  expect(isOwner({ roles: names.map((roleName) => ({ roleName })) })).toBe(owner);
});

it('as many calls at once as the limit allows give what each gave, in their order, or fail with what fails', async () => {
  let now = 0;
  let most = 0;
  const work = async (item: number) => {
    now += 1;
    most = Math.max(most, now);
    await new Promise((resolve) => setTimeout(resolve, item));
    now -= 1;
    if (item === 9) throw new Error('nine');
    return item * 10;
  };
  expect(await concurrently([5, 1, 4, 2, 3], 2, work)).toEqual([50, 10, 40, 20, 30]);
  expect(most).toBe(2);
  await expect(concurrently([1, 9, 3], 2, work)).rejects.toThrow('nine');
});
