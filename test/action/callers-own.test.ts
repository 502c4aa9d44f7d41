import { describe, expect, it } from 'vitest';
import { describeMarked, type MarkState } from '../../src/keys/mark.ts';
import { onlyError, writes } from './evidence.ts';
import { openQuickScene } from './in-process.ts';
import type { Scene } from './scene.ts';

const RUN = { repository: 'octo-org/octo-repo', runId: '1', attempt: '1', nonce: '0123456789abcdef' };
const LONG_AGO = Date.parse('2026-01-01T00:00:00Z');

describe("the caller's own key", () => {
  it.each([
    ['ensure by desc', { desc: 'the caller' }],
    ['ensure by apiUserId', { desc: '', apiUserId: 'own' }],
    ['rotate', { mode: 'rotate', desc: 'the caller' }],
    ['revoke by desc', { mode: 'revoke', desc: 'the caller', roles: '' }],
    ['revoke by apiUserId', { mode: 'revoke', desc: '', roles: '', apiUserId: 'own' }],
  ])('is not changed by %s, which fails and says why', async (_what, inputs) => {
    await using scene = await openQuickScene({ callerRoles: ['ORG_OWNER', 'GROUP_OWNER'] });
    const { conclusion, main } = await scene.run(withOwnId(scene, inputs));
    expect(conclusion).toBe('failure');
    expect(onlyError(main)).toContain(`${scene.owner.id} (${scene.owner.publicKey})`);
    expect(onlyError(main)).toMatch(/it is the key that this step signs in with/);
    expect(writes(scene)).toEqual([]);
  });

  it('may be declared as it is', async () => {
    await using scene = await openQuickScene({ callerRoles: ['ORG_OWNER', 'GROUP_OWNER'] });
    const run = await scene.run({ desc: 'the caller', roles: 'GROUP_OWNER' });
    expect(run.main.outputs).toMatchObject({ result: 'unchanged' });
  });

  it.each<[MarkState, string]>([
    ['pending', 'ensure'],
    ['undecided', 'ensure'],
    ['previous', 'ensure'],
    ['pending', 'ephemeral'],
    ['ephemeral', 'ephemeral'],
    ['undecided', 'rotate'],
    ['previous', 'rotate'],
    ['retired', 'rotate'],
    ['pending', 'revoke'],
    ['retired', 'revoke'],
    ['ephemeral', 'sweep'],
    ['retired', 'sweep'],
  ])('survives, unchanged, although it is marked %s: mode %s', async (state, mode) => {
    await using scene = await openQuickScene({ callerRoles: ['ORG_OWNER', 'GROUP_READ_ONLY'] });
    const mark =
      state === 'pending' || state === 'ephemeral' ? { ...RUN, state, until: LONG_AGO } : { ...RUN, state };
    const desc = describeMarked('deploy', mark);
    scene.atlas.renameKey(scene.owner.id, desc);
    scene.atlas.history.clear();
    const makes = ['ensure', 'ephemeral', 'rotate'].includes(mode);
    await scene.run({
      mode,
      ...(makes ? {} : { roles: '' }),
      ...(mode === 'rotate' ? { commit: 'step', keepPrevious: '0' } : {}),
      ...(mode === 'sweep' || mode === 'ephemeral' ? { ttl: '1s' } : {}),
    });
    expect(scene.atlas.key(scene.owner.id)).toMatchObject({ desc, deletedAt: undefined });
    const kinds = scene.atlas.history.of(scene.owner.id).map(({ kind }) => kind);
    expect(kinds.filter((kind) => kind !== 'signedIn')).toEqual([]);
  });
});

function withOwnId(scene: Scene, inputs: Record<string, string>): Record<string, string> {
  return inputs.apiUserId === 'own' ? { ...inputs, apiUserId: scene.owner.id } : inputs;
}
