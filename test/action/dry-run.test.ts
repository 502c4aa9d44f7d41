import { describe, expect, it } from 'vitest';
import { describeMarked, type Mark } from '../../src/keys/mark.ts';
import { storyOf, writes } from './evidence.ts';
import { openQuickScene } from './in-process.ts';
import type { Scene } from './scene.ts';

/** The inputs, when a key is there. */
const given = (_key: unknown, inputs: Record<string, string>) => inputs;

type Setting = (scene: Scene) => Record<string, string>;

const MARK = { repository: 'octo-org/octo-repo', runId: '1', attempt: '1', nonce: '0123456789abcdef' };
const add = (scene: Scene, roles: string[], state?: Mark) =>
  scene.atlas.addKey({
    orgId: scene.orgId,
    desc: state === undefined ? 'deploy' : describeMarked('deploy', state),
    roles: ['ORG_MEMBER', ...roles.map((roleName) => ({ roleName, groupId: scene.groupId }))],
    createdAt: Date.parse('2026-01-01T00:00:00Z'),
  });

describe('dryRun', () => {
  it.each<[string, RegExp, Setting]>([
    ['ensure, no key yet', /create: "deploy" with GROUP_READ_ONLY/, () => ({})],
    [
      'ensure, roles differ',
      /update .* GROUP_READ_ONLY .*, was GROUP_OWNER/,
      (scene) => given(add(scene, ['GROUP_OWNER']), {}),
    ],
    ['ensure, key of the organisation', /create: "deploy" with/, (scene) => given(add(scene, []), {})],
    [
      'ensure, an interrupted rotation',
      /rename .*: is previous, becomes current/,
      (scene) => given(add(scene, ['GROUP_READ_ONLY'], { ...MARK, state: 'previous' }), {}),
    ],
    ['ensure by id', /assign .* GROUP_READ_ONLY/, (scene) => ({ desc: '', apiUserId: add(scene, []).id })],
    ['ephemeral', /create: "deploy" .*revoked when the job ends/, () => ({ mode: 'ephemeral' })],
    ['rotate, first key', /create: "deploy"/, () => ({ mode: 'rotate' })],
    [
      'rotate, key in use',
      /create: "deploy"/,
      (scene) => given(add(scene, ['GROUP_OWNER']), { mode: 'rotate' }),
    ],
    [
      'rotate, young key',
      /update .* GROUP_READ_ONLY/,
      (scene) => given(add(scene, ['GROUP_OWNER']), { mode: 'rotate', rotateAfter: '3650d' }),
    ],
    [
      'revoke by desc',
      /revoke .*"deploy"/,
      (scene) => given(add(scene, ['GROUP_OWNER']), { mode: 'revoke', roles: '' }),
    ],
    [
      'revoke by id',
      /revoke .*"deploy"/,
      (scene) => ({ mode: 'revoke', roles: '', desc: '', apiUserId: add(scene, []).id }),
    ],
    [
      'sweep',
      /revoke .*"deploy \[atlas-key/,
      (scene) => {
        const until = Date.parse('2026-01-02T00:00:00Z');
        add(scene, ['GROUP_OWNER'], { ...MARK, state: 'ephemeral', until });
        return { mode: 'sweep', roles: '', desc: '' };
      },
    ],
    [
      'with accessList and exportEnv',
      /create: "deploy"/,
      () => ({ accessList: '203.0.113.7', exportEnv: 'true' }),
    ],
  ])('%s: tells the plan in log and summary, and changes nothing', async (_what, plan, prepare) => {
    await using scene = await openQuickScene();
    const inputs = prepare(scene);
    const before = JSON.stringify(scene.atlas.keys());
    const run = await scene.run({ ...inputs, dryRun: 'true' });
    expect(run.conclusion, run.log).toBe('success');
    expect(run.main.outputs).toMatchObject({
      result: 'planned',
      changed: 'false',
      created: 'false',
      privateKey: '',
    });
    expect(storyOf(run.main).join('\n')).toMatch(plan);
    expect(run.main.summary).toMatch(/^### Dry run: \d changes? would be made$/m);
    expect(run.main.summary).toMatch(/This would be done:/);
    expect(run.main.exported).toEqual({});
    expect(writes(scene)).toEqual([]);
    expect(JSON.stringify(scene.atlas.keys())).toBe(before);
    expect(run.post.map(({ rawLog }) => rawLog).join()).not.toContain('::debug::');
  });

  it('says so when nothing would be changed', async () => {
    await using scene = await openQuickScene();
    add(scene, ['GROUP_READ_ONLY']);
    const { main } = await scene.run({ dryRun: 'true' });
    expect(storyOf(main).join('\n')).toMatch(/nothing would be (?:changed|done)/i);
    expect(main.summary).toMatch(/nothing would be changed/);
  });
});
