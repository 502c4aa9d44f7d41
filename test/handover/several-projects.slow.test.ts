/** One key in several projects: made in the first, assigned to the others, and gone from all of them. */
import { describe, expect, it } from 'vitest';
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
  return { manager, inputs: { atlasPublicKey: manager.publicKey, atlasPrivateKey: manager.privateKey } };
}

/** Refuses the next assignment to this project, whichever of the two ways is tried. */
function refuseAssignment(
  scene: Scene,
  groupId: string | undefined,
  code: 'NOT_GROUP_USER_ADMIN' | 'GROUP_NOT_FOUND' = 'NOT_GROUP_USER_ADMIN',
): void {
  scene.atlas.faults.add({
    when: ({ method, path }) => method !== 'GET' && path.includes(`/groups/${groupId}/apiKeys/`),
    action: { kind: 'error', code },
    times: code === 'NOT_GROUP_USER_ADMIN' ? 2 : 1,
  });
}

describe('several projects', () => {
  it.each(['ensure', 'ephemeral', 'rotate'])('get the same roles (%s)', async (mode) => {
    const { scene, groupIds, groupId } = await openWide();
    await using _ = scene;
    const inputs = { mode, groupId, roles: 'GROUP_CLUSTER_MANAGER, GROUP_READ_ONLY' };
    const run = await lookDuring(scene, inputs, () => keysBeside(scene).map(rolesByProject));
    expect(run.conclusion).toBe('success');
    expect(run.seen).toEqual([
      Object.fromEntries(groupIds.map((id) => [id, ['GROUP_CLUSTER_MANAGER', 'GROUP_READ_ONLY']])),
    ]);
    expect(run.main.outputs.groupId).toBe(scene.groupId);
    expect(
      scene.atlas.history.find('createGroupApiKey').filter(({ signIn }) => signIn === 'signedIn'),
    ).toHaveLength(1);
  });

  it('converge on the next run, whatever somebody changed', async () => {
    const { scene, groupIds, groupId } = await openWide();
    await using _ = scene;
    await scene.run({ groupId });
    const [key] = keysBeside(scene);
    const [, second = '', third = ''] = groupIds;
    scene.atlas.setProjectRoles(key?.id ?? '', second, []);
    scene.atlas.setProjectRoles(key?.id ?? '', third, ['GROUP_OWNER']);
    const run = await scene.run({ groupId });
    expect(run.main.outputs).toMatchObject({ result: 'assigned', changed: 'true', apiUserId: key?.id });
    expect(rolesByProject(keysBeside(scene)[0])).toEqual(
      Object.fromEntries(groupIds.map((id) => [id, ['GROUP_READ_ONLY']])),
    );
    expect((await scene.run({ groupId })).main.outputs.result).toBe('unchanged');
  });

  it.each(['ensure', 'ephemeral', 'rotate'])(
    'leave nothing of a new key when one of them fails half-way (%s)',
    async (mode) => {
      const { scene, groupIds, groupId } = await openWide();
      await using _ = scene;
      scene.atlas.faults.add({
        when: { method: 'POST', path: new RegExp(`/groups/${groupIds[2]}/apiKeys/`) },
        action: { kind: 'error', code: 'GROUP_NOT_FOUND' },
      });
      const run = await scene.run({ mode, groupId });
      expect(run.conclusion).toBe('failure');
      expect(run.main.log).toContain('Could not assign the key to the project');
      expect(run.main.log).toContain(String(groupIds[2]));
      expect(run.main.log).toMatch(/The new key .* was deleted again/);
      expect(run.main.outputs.privateKey ?? '').toBe('');
      expect(keysBeside(scene)).toEqual([]);
    },
  );

  it('leave nothing assigned when the assignment of one is slow, another fails, and the caller may not delete', async () => {
    // Over HTTP/2 both are under way at once.
    const { scene, groupIds, groupId } = await openWide({ tls: true });
    await using _ = scene;
    const { manager, inputs } = managerOf(scene, groupIds);
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
    const left = keysBeside(scene).filter(({ id }) => id !== manager.id);
    expect(left.map(rolesByProject)).toEqual([{}]);
    expect(left[0]?.desc).toContain('retired');
  });

  it.each(['NOT_GROUP_USER_ADMIN', 'GROUP_NOT_FOUND'] as const)(
    'keep what an old key got when one of them fails half-way, and say so: %s',
    async (code) => {
      const { scene, groupIds, groupId } = await openWide();
      await using _ = scene;
      await scene.run({});
      refuseAssignment(scene, groupIds[2], code);
      const run = await scene.run({ groupId });
      expect(run.conclusion).toBe('failure');
      const [key] = keysBeside(scene);
      expect(Object.keys(rolesByProject(key)).sort()).toEqual(groupIds.slice(0, 2).sort());
      expect(run.main.log).toContain(`Assigned key ${key?.id} (${key?.publicKey}) to project ${groupIds[1]}`);
      expect(run.main.log).toMatch(/has its new roles in some of the projects only; the next run goes on/);
      expect((await scene.run({ groupId })).main.outputs.result).toBe('assigned');
    },
  );

  it('do not speak of some projects when nothing was changed in any', async () => {
    const { scene, groupIds, groupId } = await openWide();
    await using _ = scene;
    await scene.run({});
    for (const id of groupIds.slice(1)) refuseAssignment(scene, id);
    const run = await scene.run({ groupId });
    expect(run.conclusion).toBe('failure');
    expect(run.main.log).not.toContain('some of the projects');
  });
});

describe('revocation', () => {
  it('covers all projects when the caller may delete', async () => {
    const { scene, groupId } = await openWide();
    await using _ = scene;
    const run = await scene.run({ mode: 'ephemeral', groupId });
    expect(run.conclusion).toBe('success');
    expect(keysBeside(scene)).toEqual([]);
  });

  it('takes an ephemeral key out of all projects when the caller may only unassign', async () => {
    const { scene, groupIds, groupId } = await openWide();
    await using _ = scene;
    const { manager, inputs } = managerOf(scene, groupIds);
    const run = await lookDuring(scene, { mode: 'ephemeral', groupId, ...inputs }, () =>
      rolesByProject(keysBeside(scene).find(({ id }) => id !== manager.id)),
    );
    expect(Object.keys(run.seen).sort()).toEqual([...groupIds].sort());
    expect(
      keysBeside(scene)
        .filter(({ id }) => id !== manager.id)
        .map(rolesByProject),
    ).toEqual([{}]);
    expect(run.post[0]?.log).toContain('Out of the project, but still alive in organisation');
  });

  it('takes a left-over of an earlier run out of all projects, in passing too', async () => {
    const { scene, groupIds, groupId } = await openWide();
    await using _ = scene;
    const { manager, inputs } = managerOf(scene, groupIds);
    const lost = new AbortController();
    await scene.job(
      [scene.step({ mode: 'ephemeral', groupId, ttl: '1m', ...inputs }), { run: () => lost.abort() }],
      { lost: lost.signal },
    );
    const [leftOver] = keysBeside(scene).filter(({ id }) => id !== manager.id);
    expect(Object.keys(rolesByProject(leftOver))).toHaveLength(3);
    scene.atlas.clock.advance(120_000);
    await scene.run({ mode: 'ephemeral', groupId, ttl: '1m', ...inputs });
    expect(rolesByProject(scene.atlas.key(leftOver?.id ?? ''))).toEqual({});
  });

  it('of mode revoke and of a retired rotation covers them, too', async () => {
    const { scene, groupIds, groupId } = await openWide();
    await using _ = scene;
    const { manager, inputs } = managerOf(scene, groupIds);
    await scene.run({ mode: 'rotate', groupId, commit: 'step', keepPrevious: '0', ...inputs });
    const [first] = keysBeside(scene).filter(({ id }) => id !== manager.id);
    await scene.run({ mode: 'rotate', groupId, commit: 'step', keepPrevious: '0', ...inputs });
    expect(rolesByProject(scene.atlas.key(first?.id ?? ''))).toEqual({});
    await scene.run({ mode: 'revoke', groupId, roles: '', ...inputs });
    expect(
      keysBeside(scene)
        .filter(({ id }) => id !== manager.id)
        .map(rolesByProject),
    ).toEqual([{}, {}]);
  });
});
