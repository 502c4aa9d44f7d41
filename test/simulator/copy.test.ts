import { expect, it } from 'vitest';
import { startSimulator } from './server.ts';

it('a simulator that begins like another goes its own way from there', async () => {
  await using first = await startSimulator({ startAt: Date.parse('2026-01-01T00:00:00Z') });
  const { id: orgId } = first.addOrganization();
  const { id: groupId } = first.addProject({ id: orgId });
  const roles = [{ roleName: 'GROUP_OWNER', groupId }];
  const key = first.addKey({ orgId, desc: 'key', roles, accessList: ['203.0.113.7'] });
  const { clientId } = first.addServiceAccount({ orgId, roles });
  const state = () => [
    first.keys(),
    first.serviceAccounts(),
    first.history.changes,
    first.history.accountChanges,
  ];
  const before = JSON.stringify(state());

  await using second = await startSimulator({ like: first });
  expect([second.keys(), second.serviceAccounts()]).toEqual(state().slice(0, 2));
  expect(Math.abs(second.clock.now() - first.clock.now())).toBeLessThan(5_000);
  second.clock.advance(86_400_000);
  second.renameKey(key.id, 'renamed');
  second.setProjectRoles(key.id, groupId, []);
  second.addSecret(clientId, 8);
  second.setAccountRoles(clientId, groupId, []);
  second.addKey({ orgId, desc: 'another', roles });
  expect(second.history.changes.slice(0, first.history.changes.length)).toEqual(first.history.changes);
  expect(second.keys()).toHaveLength(2);
  expect(JSON.stringify(state())).toBe(before);
});
