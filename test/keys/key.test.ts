import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createdAt, newestFirst, organizationOf, rolesIn, sameRoles } from '../../src/keys/key.ts';
import { GROUP_ID, idAt, keyOf, ORG_ID } from './builders.ts';

describe('a key tells', () => {
  it('when it was made, to the second', () => {
    expect(createdAt('65536f80aaaaaaaaaaaaaaaa')).toBe(Date.UTC(2023, 10, 14, 13, 0, 48));
  });

  it('its organisation and its roles in one project, each once and sorted', () => {
    const key = {
      roles: [
        { roleName: 'GROUP_OWNER', groupId: GROUP_ID },
        { roleName: 'ORG_MEMBER', orgId: ORG_ID },
        { roleName: 'GROUP_OWNER', groupId: 'c'.repeat(24) },
        { roleName: 'GROUP_CLUSTER_MANAGER', groupId: GROUP_ID },
        { roleName: 'GROUP_OWNER', groupId: GROUP_ID },
      ],
    };
    expect(organizationOf(key)).toBe(ORG_ID);
    expect(rolesIn(GROUP_ID, key)).toEqual(['GROUP_CLUSTER_MANAGER', 'GROUP_OWNER']);
    expect(organizationOf({ roles: [] })).toBeUndefined();
  });
});

describe('lists of roles', () => {
  const roles = fc.array(fc.constantFrom('A', 'B', 'C', 'D'));
  it('are the same when they hold the same, in any order and however often', () => {
    fc.assert(
      fc.property(roles, roles, (left, right) => {
        const asSets = (list: string[]) => [...new Set(list)].toSorted().join();
        expect(sameRoles(left, right)).toBe(asSets(left) === asSets(right));
        expect(sameRoles(left, [...left, ...left].toReversed())).toBe(true);
      }),
    );
  });
});

it('orders keys newest first', () => {
  const keys = [2, 3, 1].map((at) => keyOf({ at }));
  expect(keys.toSorted(newestFirst).map(({ id }) => id)).toEqual([idAt(3), idAt(2), idAt(1)]);
});
