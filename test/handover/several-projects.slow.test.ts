/** One key in several projects: made in the first, assigned to the others, and gone from all of them. */
import { expect, it } from 'vitest';
import { keysBeside, openScene, type Scene } from '../action/scene.ts';
import type { SimulatedKey } from '../simulator/simulator.ts';
import { lookDuring } from './look-during.ts';

async function openWide(options: Parameters<typeof openScene>[0] = {}) {
  const scene = await openScene(options);
  const others = ['second', 'third'].map((name) => scene.atlas.addProject({ id: scene.orgId }, { name }).id);
  const groupIds = [scene.groupId, ...others];
  return { scene, groupIds, groupId: groupIds.join('\n') };
}

function rolesByProject(key: SimulatedKey | undefined): Record<string, string[]> {
  const roles: Record<string, string[]> = {};
  for (const { groupId, roleName } of key?.roles ?? []) {
    if (groupId !== undefined) roles[groupId] = [...(roles[groupId] ?? []), roleName].sort();
  }
  return roles;
}

/** A caller that manages the access of all the projects and owns nothing: it may unassign, not delete. */
function managerOf(scene: Scene, groupIds: readonly string[]) {
  const roles = groupIds.map((groupId) => ({ roleName: 'GROUP_OWNER', groupId }));
  const manager = scene.atlas.addKey({ orgId: scene.orgId, desc: 'a manager', roles });
  const others = () => keysBeside(scene).filter(({ id }) => id !== manager.id);
  return { others, inputs: { atlasPublicKey: manager.publicKey, atlasPrivateKey: manager.privateKey } };
}

it('several projects give an ephemeral key the same roles, and lose it although the caller may only unassign', async () => {
  const { scene, groupIds, groupId } = await openWide();
  await using _ = scene;
  const { others, inputs } = managerOf(scene, groupIds);
  const roles = ['GROUP_CLUSTER_MANAGER', 'GROUP_READ_ONLY'];
  const wish = { mode: 'ephemeral', groupId, roles: roles.join(', '), ...inputs };
  const run = await lookDuring(scene, wish, () => others().map(rolesByProject));
  expect(run.seen).toEqual([Object.fromEntries(groupIds.map((id) => [id, roles]))]);
  expect(run.main.outputs.groupId).toBe(scene.groupId);
  const creates = scene.atlas.history.find('createGroupApiKey');
  expect(creates.filter(({ signIn }) => signIn === 'signedIn')).toHaveLength(1);
  expect(others().map(rolesByProject)).toEqual([{}]);
  expect(run.post[0]?.log).toContain('Out of the project, but still alive in organisation');
});

it('several projects leave nothing assigned when the assignment of one is slow, another fails, and the caller may not delete', async () => {
  // Over HTTP/2 both are under way at once.
  const { scene, groupIds, groupId } = await openWide({ tls: true });
  await using _ = scene;
  const { others, inputs } = managerOf(scene, groupIds);
  scene.atlas.faults.add({
    when: { method: 'POST', path: new RegExp(`/groups/${groupIds[1]}/apiKeys/`) },
    action: { kind: 'error', code: 'GROUP_NOT_FOUND' },
  });
  scene.atlas.faults.add({
    when: { method: 'POST', path: new RegExp(`/groups/${groupIds[2]}/apiKeys/`) },
    run: () => new Promise((resolve) => setTimeout(resolve, 600)),
  });
  // Keeps the step alive until then, so that the slow assignment is not cut off with it.
  scene.atlas.faults.add({
    when: { method: 'DELETE', path: new RegExp(`/groups/${groupIds[0]}/apiKeys/`) },
    phase: 'after',
    run: () => new Promise((resolve) => setTimeout(resolve, 900)),
  });
  const run = await scene.run({ groupId, ...inputs });
  expect(run.conclusion).toBe('failure');
  expect(run.main.log).toContain('Could not assign the key to the project');
  expect(others().map(rolesByProject)).toEqual([{}]);
  expect(others()[0]?.desc).toContain('retired');
});
