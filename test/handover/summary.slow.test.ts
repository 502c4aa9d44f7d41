/** What the job's page shows of a real job; test/summary.test.ts has the page for every outcome. */
import { describe, expect, it } from 'vitest';
import { keysBeside, openScene } from '../action/scene.ts';
import { descriptionOf } from '../keys/described-keys.ts';
import { readable } from './readable.ts';

/** The cells of the summary's tables as text. */
function rowsIn(summary: string): string[][] {
  return readable(summary)
    .split('\n')
    .filter((line) => line.startsWith('| ') && !line.startsWith('| :--'))
    .map((line) => line.slice(2, -2).split(' | '));
}

describe('the summary', () => {
  it('of a rotation shows the new key, and after the job the family, once', async () => {
    await using scene = await openScene();
    for (const [state, days] of [
      ['previous', 62],
      ['current', 31],
    ] as const) {
      scene.atlas.addKey({
        orgId: scene.orgId,
        desc: descriptionOf(state, { repository: 'octo-org/octo-repo' }),
        createdAt: scene.atlas.clock.now() - days * 86_400_000,
        roles: [{ roleName: 'GROUP_READ_ONLY', groupId: scene.groupId }],
      });
    }
    const [oldest, former] = keysBeside(scene);
    const run = await scene.run({ mode: 'rotate' });
    const { apiUserId = '', publicKey = '', privateKey } = run.main.outputs;

    expect(run.main.rawSummary).toMatch(
      /^### Created a project API key, which becomes current when the job succeeds$/m,
    );
    expect(run.main.rawSummary).not.toContain(privateKey);
    const facts = rowsIn(run.main.rawSummary);
    expect(facts.map(([name]) => name)).toEqual([
      'Description',
      'Key',
      'Public key',
      'Roles',
      'Project',
      'Age',
    ]);
    expect(facts).toContainEqual(['Key', apiUserId]);

    const post = run.post[0]?.rawSummary ?? '';
    expect(post).toMatch(/^### The rotation is final$/m);
    expect(rowsIn(post)).toEqual([
      ['Key', 'Public key', 'Age', 'State'],
      [apiUserId, publicKey, expect.stringMatching(/^\d+ s$/), 'current'],
      [former?.id, former?.publicKey, '31 d 0 h', 'previous'],
      [oldest?.id, oldest?.publicKey, '62 d 0 h', 'revoked'],
    ]);
  });

  it('of a step that failed says why', async () => {
    await using scene = await openScene({ callerRoles: ['GROUP_READ_ONLY'] });
    const { rawSummary } = (await scene.run({})).main;
    expect(rawSummary).toMatch(
      /^### The step failed\n\n> \[!WARNING\]\n> Could not make a key in the project/,
    );
    expect(rawSummary.match(/^### /gm)).toHaveLength(1);
  });
});
