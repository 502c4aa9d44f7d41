import { describe, expect, it } from 'vitest';
import { isoSeconds } from '../../src/keys/mark.ts';
import { readManifest } from '../runner/manifest.ts';
import { errorsIn, storyOf } from './evidence.ts';
import { openQuickScene } from './in-process.ts';
import { ACTION, keysBeside } from './scene.ts';

const manifest = await readManifest(ACTION);
const OUTPUTS = Object.keys(manifest.outputs).sort();

describe('the outputs', () => {
  it.each<[string, Record<string, string>, Record<string, string>]>(
    // biome-ignore format: a table, one row a line
    [
      ['created', {}, { result: 'created', created: 'true', changed: 'true', clientId: '', clientSecret: '', expiresAt: '' }],
      ['ephemeral', { mode: 'ephemeral' }, { result: 'created', created: 'true', changed: 'true' }],
      ['made by a first rotation', { mode: 'rotate' }, { result: 'created', created: 'true', changed: 'true', previousApiUserIds: '[]' }],
      ['revoked', { mode: 'revoke', roles: '' }, { result: 'revoked', created: 'false', changed: 'false' }],
      ['swept', { mode: 'sweep', roles: '' }, { result: 'swept', changed: 'false', retiredApiUserIds: '[]' }],
      ['planned', { dryRun: 'true' }, { result: 'planned', created: 'false', changed: 'false' }],
    ],
  )('are all there when it was %s', async (_what, inputs, expected) => {
    await using scene = await openQuickScene();
    const { outputs } = (await scene.run(inputs)).main;
    expect(Object.keys(outputs).sort()).toEqual(OUTPUTS);
    expect(outputs).toMatchObject(expected);
    for (const name of ['roles', 'previousApiUserIds', 'retiredApiUserIds']) {
      expect(Array.isArray(JSON.parse(outputs[name] ?? ''))).toBe(true);
    }
    const aTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/;
    if (inputs.mode === 'ephemeral') expect(outputs.expiresAt).toMatch(aTime);
    const seconds = Number.parseInt(`${outputs.apiUserId}`.slice(0, 8), 16);
    expect(outputs.createdAt).toBe(outputs.apiUserId && isoSeconds(seconds * 1000));
  });

  it('are empty of a key when the step failed', async () => {
    await using scene = await openQuickScene({ callerRoles: ['GROUP_READ_ONLY'] });
    const { main } = await scene.run({});
    expect(main.outcome).toBe('failure');
    expect(Object.values(main.outputs).filter((value) => value !== '')).toEqual([]);
  });
});

describe('the log', () => {
  it('is a short story', async () => {
    await using scene = await openQuickScene();
    const created = await scene.run({});
    const [key] = keysBeside(scene);
    const name = `${key?.id} (${key?.publicKey})`;
    expect(storyOf(created.main)).toEqual([`Created key ${name}.`]);
    expect(storyOf((await scene.run({})).main)).toEqual([
      `Found key ${name} in the project.`,
      `Key ${name} has these roles already.`,
    ]);
    expect(storyOf((await scene.run({ roles: 'GROUP_OWNER' })).main)).toEqual([
      `Found key ${name} in the project.`,
      `Updated the roles of key ${name} in project ${scene.groupId}, was GROUP_READ_ONLY.`,
    ]);
    expect(storyOf((await scene.run({ mode: 'revoke', roles: '' })).main)).toEqual([
      `Deleted key ${name}, which was current.`,
    ]);
    expect(created.post.flatMap((post) => storyOf(post))).toEqual([]);
  });
});

describe('the summary', () => {
  const HOSTILE =
    ':: ##[error]x ::error::x | a | <img src=x onerror=alert(1)> `code` [x](javascript:alert(1)) **b** \\ &amp; $x$ @all #1';
  it.each(['created', 'planned', 'refused'])('and the log show a hostile desc as text: %s', async (what) => {
    await using scene = await openQuickScene();
    const { orgId, groupId } = scene;
    const roles = [{ roleName: 'GROUP_READ_ONLY', groupId }];
    for (const desc of what === 'refused' ? [HOSTILE, HOSTILE] : []) {
      scene.atlas.addKey({ orgId, desc, roles });
    }
    const { main } = await scene.run({ desc: HOSTILE, dryRun: String(what === 'planned') });
    if (what !== 'refused') {
      expect(main.rawSummary).toContain('onerror');
      expect(main.rawSummary).not.toMatch(/<img|\]\(|\*\*b|`|\$x|@all|##\[| a \| /);
      const lines = main.summary.split('\n').filter((line) => /\bonerror\b/.test(line));
      for (const line of lines) expect(line.split(' | ').length).toBeLessThanOrEqual(2);
    } else expect(errorsIn(main)[0]).toContain('onerror');
    for (const { text } of main.rawLines) {
      if (!text.startsWith('::')) expect(text).not.toContain('##[');
      expect(text).not.toMatch(/^\s+::/);
    }
    const allowed = ['add-mask', 'debug', 'error', 'notice', 'warning'];
    expect(main.commands.filter(({ name }) => !allowed.includes(name))).toEqual([]);
    expect(main.annotations.filter(({ message }) => message.trim() === 'x')).toEqual([]);
  });

  it('that cannot be written is no reason to fail', async () => {
    await using scene = await openQuickScene();
    const run = () => {
      process.env.GITHUB_STEP_SUMMARY = '/nonexistent/file';
    };
    scene.atlas.faults.add({ when: { operation: 'listGroupApiKeys' }, run });
    const { main, conclusion } = await scene.run({});
    expect(conclusion, main.log).toBe('success');
    expect(main.log).toContain(
      'The job summary could not be written; everything else was done. Unable to access',
    );
  });
});
