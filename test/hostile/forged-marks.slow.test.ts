/** Keys with a forged mark, and what the job says of them; forged-marks.test.ts goes through all modes and marks. */
import { expect, it } from 'vitest';
import type { MarkState } from '../../src/keys/mark.ts';
import { errorsIn } from '../action/evidence.ts';
import { openScene, type Scene } from '../action/scene.ts';
import { readable } from '../handover/readable.ts';
import { descriptionOf } from '../keys/described-keys.ts';
import type { SimulatedKey } from '../simulator/simulator.ts';

const REPOSITORY = 'octo-org/octo-repo';
const LONG_AGO = Date.parse('2026-01-01T00:00:00Z');

/** A key made so many hours ago. */
function put(
  scene: Scene,
  state: 'current' | MarkState,
  hours: number,
  orgRole: string,
  ...groupIds: string[]
): SimulatedKey {
  return scene.atlas.addKey({
    orgId: scene.orgId,
    desc: descriptionOf(state, { repository: REPOSITORY, until: LONG_AGO }),
    createdAt: scene.atlas.clock.now() - hours * 3_600_000,
    roles: [orgRole, ...groupIds.map((groupId) => ({ roleName: 'GROUP_READ_ONLY', groupId }))],
  });
}

it.concurrent.each<[string, MarkState, Readonly<Record<string, string>>]>([
  ['sweep', 'retired', { roles: '' }],
  ['ephemeral', 'ephemeral', {}],
  ['ensure', 'pending', {}],
  ['rotate', 'retired', { keepPrevious: '0' }],
  ['rotate', 'previous', { commit: 'step', keepPrevious: '0' }],
  ['revoke', 'previous', { roles: '' }],
])(
  '%s leaves keys that are marked %s and are more than a key of the project: %j',
  async (mode, state, inputs) => {
    await using scene = await openScene({ callerRoles: ['ORG_OWNER', 'GROUP_READ_ONLY'] });
    const elsewhere = scene.atlas.addProject({ id: scene.orgId }, { name: 'elsewhere' }).id;
    const foreign = [
      {
        key: put(scene, state, 48, 'ORG_OWNER', scene.groupId),
        why: 'it has the organisation role ORG_OWNER',
      },
      {
        key: put(scene, state, 48, 'ORG_MEMBER', scene.groupId, elsewhere),
        why: `it has roles in project ${elsewhere}, too, which this step does not name`,
      },
    ];
    const due = put(scene, mode === 'rotate' ? 'current' : state, 47, 'ORG_MEMBER', scene.groupId);
    const run = await scene.run({ mode, ...inputs });

    expect(run.conclusion, run.log).toBe(mode === 'revoke' ? 'failure' : 'success');
    const summary = [run.main, ...run.post].map(({ rawSummary }) => readable(rawSummary)).join('\n');
    expect(summary).toContain('Left as they are, since this step may not touch them:');
    for (const { key, why } of foreign) {
      const { id, publicKey, desc, roles } = key;
      expect(scene.atlas.key(id)).toMatchObject({ desc, roles, deletedAt: undefined });
      expect(run.log).toContain(`Left key ${id} (${publicKey}) as it is: ${why}.`);
      expect(summary).toContain(`| ${id} | ${publicKey} | ${why} |`);
      if (mode === 'revoke') expect(errorsIn(run.main)[0]).toContain(`${id} (${publicKey}): ${why}`);
    }
    if (mode !== 'rotate') expect(scene.atlas.key(due.id)?.deletedAt).toBeDefined();
  },
);
