/** Keys with a forged mark, and what the job says of them; forged-marks.test.ts goes through all modes and marks. */
import { expect, it } from 'vitest';
import { errorsIn } from '../action/evidence.ts';
import { openScene, type Scene } from '../action/scene.ts';
import { readable } from '../handover/readable.ts';
import { DESC, descriptionOf } from '../keys/described-keys.ts';
import type { SimulatedKey } from '../simulator/simulator.ts';

const REPOSITORY = 'octo-org/octo-repo';
const LONG_AGO = Date.parse('2026-01-01T00:00:00Z');

/** A key made so many hours ago. */
function put(scene: Scene, hours: number, orgRole: string, ...groupIds: string[]): SimulatedKey {
  return scene.atlas.addKey({
    orgId: scene.orgId,
    desc: descriptionOf('previous', { repository: REPOSITORY, until: LONG_AGO }),
    createdAt: scene.atlas.clock.now() - hours * 3_600_000,
    roles: [orgRole, ...groupIds.map((groupId) => ({ roleName: 'GROUP_READ_ONLY', groupId }))],
  });
}

it.concurrent.each<[string, Readonly<Record<string, string>>]>([
  ['rotate', { commit: 'step', keepPrevious: '0' }],
  ['revoke', { roles: '' }],
])('%s leaves keys that are more than a key of the project: %j', async (mode, inputs) => {
  await using scene = await openScene({ callerRoles: ['ORG_OWNER', 'GROUP_READ_ONLY'] });
  const { atlas, groupId } = scene;
  const elsewhere = atlas.addProject({ id: scene.orgId }, { name: 'elsewhere' }).id;
  const foreign = [
    [put(scene, 48, 'ORG_OWNER', groupId), 'it has the organisation role ORG_OWNER'],
    [
      put(scene, 48, 'ORG_MEMBER', groupId, elsewhere),
      `it has roles in project ${elsewhere}, too, which this step does not name`,
    ],
  ] as const;
  const due = put(scene, 49, 'ORG_MEMBER', groupId);
  if (mode === 'rotate') {
    const roles = ['ORG_MEMBER', { roleName: 'GROUP_READ_ONLY', groupId }];
    const createdAt = atlas.clock.now() - 47 * 3_600_000;
    atlas.addKey({ orgId: scene.orgId, desc: DESC, createdAt, roles });
  }
  const run = await scene.run({ mode, ...inputs });

  expect(run.conclusion, run.log).toBe(mode === 'revoke' ? 'failure' : 'success');
  const summary = [run.main, ...run.post].map(({ rawSummary }) => readable(rawSummary)).join('\n');
  expect(summary).toContain('Left as they are, since this step may not touch them:');
  for (const [{ id, publicKey, desc, roles }, why] of foreign) {
    expect(atlas.key(id)).toMatchObject({ desc, roles, deletedAt: undefined });
    expect(run.log).toContain(`Left key ${id} (${publicKey}) as it is: ${why}.`);
    expect(summary).toContain(`| ${id} | ${publicKey} | ${why} |`);
    if (mode === 'revoke') expect(errorsIn(run.main)[0]).toContain(`${id} (${publicKey}): ${why}`);
  }
  expect(atlas.key(due.id)?.deletedAt).toBeDefined();
});
