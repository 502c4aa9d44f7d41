import { describe, expect, it } from 'vitest';
import { describeMarked, type Mark } from '../../src/keys/mark.ts';
import { storyOf, writes } from './evidence.ts';
import { openQuickScene } from './in-process.ts';

const MARK = { repository: 'octo-org/octo-repo', runId: '1', attempt: '1', nonce: '0123456789abcdef' };
const PREVIOUS: Mark = { ...MARK, state: 'previous' };
const DUE: Mark = { ...MARK, state: 'ephemeral', until: Date.parse('2026-01-02T00:00:00Z') };

/** A key that is there: its roles in the project, and its mark. */
type Given = readonly [roles: string, mark?: Mark];

describe('dryRun', () => {
  const [REVOKE, ROTATE] = [{ mode: 'revoke', roles: '' }, { mode: 'rotate' }];
  const BY_ID = { desc: '', apiUserId: 'found' };
  it.each<[string, RegExp, Record<string, string>, Given?]>(
    // biome-ignore format: a table, one row a line
    [
      ['ensure, no key yet', /create: "deploy" with GROUP_READ_ONLY/, {}],
      ['ensure, roles differ', /update .* GROUP_READ_ONLY .*, was GROUP_OWNER/, {}, ['GROUP_OWNER']],
      ['ensure, key of the organisation', /create: "deploy" with/, {}, ['']],
      ['ensure, an interrupted rotation', /rename .*: is previous, becomes current/, {}, ['GROUP_READ_ONLY', PREVIOUS]],
      ['ensure by id', /assign .* GROUP_READ_ONLY/, BY_ID, ['']],
      ['ephemeral', /create: "deploy" .*revoked when the job ends/, { mode: 'ephemeral' }],
      ['rotate, first key', /create: "deploy"/, ROTATE],
      ['rotate, key in use', /create: "deploy"/, ROTATE, ['GROUP_OWNER']],
      ['rotate, young key', /update .* GROUP_READ_ONLY/, { ...ROTATE, rotateAfter: '3650d' }, ['GROUP_OWNER']],
      ['revoke by desc', /revoke .*"deploy"/, REVOKE, ['GROUP_OWNER']],
      ['revoke by id', /revoke .*"deploy"/, { ...REVOKE, ...BY_ID }, ['']],
      ['sweep', /revoke .*"deploy \[atlas-key/, { mode: 'sweep', roles: '', desc: '' }, ['GROUP_OWNER', DUE]],
      ['with accessList and exportEnv', /create: "deploy"/, { accessList: '203.0.113.7', exportEnv: 'true' }],
    ],
  )('%s: tells the plan in log and summary, and changes nothing', async (_what, plan, inputs, given) => {
    await using scene = await openQuickScene();
    const [roleName = '', mark] = given ?? [];
    const key =
      given &&
      scene.atlas.addKey({
        orgId: scene.orgId,
        desc: mark === undefined ? 'deploy' : describeMarked('deploy', mark),
        roles: ['ORG_MEMBER', ...(roleName === '' ? [] : [{ roleName, groupId: scene.groupId }])],
        createdAt: Date.parse('2026-01-01T00:00:00Z'),
      });
    const before = JSON.stringify(scene.atlas.keys());
    const byId = 'apiUserId' in inputs && { apiUserId: key?.id ?? '' };
    const run = await scene.run({ ...inputs, ...byId, dryRun: 'true' });
    expect(run.conclusion, run.log).toBe('success');
    const { result, changed, created, privateKey } = run.main.outputs;
    expect([result, changed, created, privateKey]).toEqual(['planned', 'false', 'false', '']);
    expect(storyOf(run.main).join('\n')).toMatch(plan);
    expect(run.main.summary).toMatch(/^### Dry run: \d changes? would be made$/m);
    expect(run.main.summary).toMatch(/^\| Would \| Key \| What \|$/m);
    expect(run.main.exported).toEqual({});
    expect(writes(scene)).toEqual([]);
    expect(JSON.stringify(scene.atlas.keys())).toBe(before);
    expect(run.post.map(({ rawLog }) => rawLog).join()).not.toContain('::debug::');
  });
});
