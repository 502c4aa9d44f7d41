import { describe, expect, it } from 'vitest';
import { openQuickScene } from './in-process.ts';
import { keysBeside } from './scene.ts';

const MODES = [
  { mode: 'rotate', commit: 'job' },
  { mode: 'rotate', commit: 'step' },
];

describe('a key that somebody deleted by hand and that is still listed', () => {
  it.each(MODES)('does not fail the rotation of a Project Owner (commit: $commit)', async (inputs) => {
    await using scene = await openQuickScene({
      callerRoles: ['ORG_MEMBER', 'GROUP_OWNER'],
      settings: { deletedKeyLingersMs: 120_000 },
    });
    const former = (await scene.run({})).main.outputs.apiUserId ?? '';
    scene.atlas.deleteKey(former);
    // Ids of one second tell no order.
    scene.atlas.clock.advance(5_000);
    const run = await scene.run(inputs);
    expect(run.main.log).not.toContain('Organization Owner');
    expect(run.conclusion).toBe('success');
    expect(run.main.outputs.result).toBe('rotated');
    const made = run.main.outputs.apiUserId;
    expect(keysBeside(scene).map(({ id, desc }) => ({ id, desc }))).toEqual([{ id: made, desc: 'deploy' }]);
  });
});
