import { describe, expect, it } from 'vitest';
import { describeMarked, type Mark, type MarkState } from '../../src/keys/mark.ts';
import { onlyError, writes } from './evidence.ts';
import { openQuickScene } from './in-process.ts';

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
    const { id, publicKey } = scene.owner;
    const { conclusion, main } = await scene.run({
      ...inputs,
      ...('apiUserId' in inputs && { apiUserId: id }),
    });
    expect(conclusion).toBe('failure');
    expect(onlyError(main)).toContain(`${id} (${publicKey})`);
    expect(onlyError(main)).toMatch(/it is the key that this step signs in with/);
    expect(writes(scene)).toEqual([]);
  });

  it('may be declared as it is', async () => {
    await using scene = await openQuickScene({ callerRoles: ['ORG_OWNER', 'GROUP_OWNER'] });
    const run = await scene.run({ desc: 'the caller', roles: 'GROUP_OWNER' });
    expect(run.main.outputs).toMatchObject({ result: 'unchanged' });
  });

  it.each<[string, Record<string, string>, readonly MarkState[]]>([
    ['ensure', {}, ['pending', 'undecided', 'previous']],
    ['ephemeral', { ttl: '1s' }, ['pending', 'ephemeral']],
    ['rotate', { commit: 'step', keepPrevious: '0' }, ['undecided', 'previous', 'retired']],
    ['revoke', { roles: '' }, ['pending', 'retired']],
    ['sweep', { roles: '', ttl: '1s' }, ['ephemeral', 'retired']],
  ])('survives %s, unchanged, whatever it is marked', async (mode, inputs, states) => {
    for (const state of states) {
      await using scene = await openQuickScene({ callerRoles: ['ORG_OWNER', 'GROUP_READ_ONLY'] });
      const mark: Mark =
        state === 'pending' || state === 'ephemeral' ? { ...RUN, state, until: LONG_AGO } : { ...RUN, state };
      const desc = describeMarked('deploy', mark);
      scene.atlas.renameKey(scene.owner.id, desc);
      scene.atlas.history.clear();
      await scene.run({ ...inputs, mode });
      expect(scene.atlas.key(scene.owner.id), state).toMatchObject({ desc, deletedAt: undefined });
      const kinds = scene.atlas.history.of(scene.owner.id).map(({ kind }) => kind);
      expect(kinds.filter((kind) => kind !== 'signedIn')).toEqual([]);
    }
  });
});
