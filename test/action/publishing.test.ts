import { describe, expect, it } from 'vitest';
import { isoSeconds } from '../../src/keys/mark.ts';
import { plain } from '../../src/publish.ts';
import { readManifest } from '../runner/manifest.ts';
import { debugLines, errorsIn, storyOf } from './evidence.ts';
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
    const { main, post } = await scene.run(inputs);
    const { outputs } = main;
    expect(Object.keys(outputs).sort()).toEqual(OUTPUTS);
    expect(outputs).toMatchObject(expected);
    for (const name of ['roles', 'previousApiUserIds', 'retiredApiUserIds']) {
      expect(Array.isArray(JSON.parse(outputs[name] ?? ''))).toBe(true);
    }
    const aTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/;
    if (inputs.mode === 'ephemeral') expect(outputs.expiresAt).toMatch(aTime);
    const seconds = Number.parseInt(`${outputs.apiUserId}`.slice(0, 8), 16);
    expect(outputs.createdAt).toBe(outputs.apiUserId && isoSeconds(seconds * 1000));
    if (inputs.mode !== 'rotate') return;
    // What the job decides is on the page when it is decided.
    expect(main.summary).toContain(', which becomes current when the job succeeds');
    expect(main.summary).not.toContain('Every key of this description');
    expect(post[0]?.summary).toMatch(/^### The rotation is final$/m);
    expect(post[0]?.summary).toContain(outputs.apiUserId);
  });

  it('are empty of a key when the step failed', async () => {
    await using scene = await openQuickScene({ callerRoles: ['GROUP_READ_ONLY'] });
    const { main } = await scene.run({});
    expect(main.outcome).toBe('failure');
    expect(Object.values(main.outputs).filter((value) => value !== '')).toEqual([]);
    expect(main.rawSummary).toMatch(
      /^### The step failed\n\n> \[!WARNING\]\n> Could not make a key in the project/,
    );
  });

  it.each(['ensure', 'rotate'])('are not exported where the key cannot become current: %s', async (mode) => {
    await using scene = await openQuickScene();
    scene.atlas.faults.add({
      // Everything that gives the key its plain text, however often it is tried.
      when: ({ method, body }) => method === 'PATCH' && (body as { desc?: string }).desc === 'deploy',
      times: 50,
      action: { kind: 'error', code: 'NOT_GROUP_USER_ADMIN' },
    });
    const commit = mode === 'rotate' ? { commit: 'step' } : {};
    const { main } = await scene.run({ mode, ...commit, exportEnv: 'true' });
    expect(main.outcome).toBe('failure');
    expect(main.exported).toEqual({});
    // The key of ensure is undone, and so are its outputs.
    if (mode === 'ensure') expect(main.outputs).toMatchObject({ privateKey: '', publicKey: '', orgId: '' });
  });
});

describe('the log', () => {
  it.each([
    ['::error::x', ': :error::x'],
    ['\n ::error::x', ': :error::x'],
    ['a ##[error]b', 'a ## [error]b'],
    ['a\r\u2028\u202eb', 'a b'],
  ])('takes %j for text', (text, line) => {
    expect(plain(text)).toBe(line);
  });

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
      `Updated the roles of key ${name} in project ${scene.groupId}; they were GROUP_READ_ONLY.`,
    ]);
    expect(storyOf((await scene.run({ mode: 'revoke', roles: '' })).main)).toEqual([
      `Deleted key ${name}, which was current.`,
    ]);
    expect(created.post.flatMap((post) => storyOf(post))).toEqual([]);
  });
});

it('how a failure came about is told in the debug log alone', async () => {
  await using scene = await openQuickScene();
  const { main } = await scene.run({ baseUrl: 'http://127.0.0.1:1' });
  expect(debugLines(main)).toContainEqual(expect.stringMatching(/^caused by: .*ECONNREFUSED/));
  expect(errorsIn(main)).toEqual([expect.not.stringContaining('caused by')]);
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
      for (const line of lines) expect(line.split(' | ').length).toBe(what === 'planned' ? 3 : 2);
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
      'The job summary could not be written; nothing else depends on it. Unable to access',
    );
    // The next step in this process is another one, with a page of its own.
    expect((await scene.run({})).main.rawSummary.match(/^### /gm)).toHaveLength(1);
  });
});
