/** What the job's page shows: facts, the family of a key, what failed, or the plan of a dry run. */
import { describe, expect, it } from 'vitest';
import { renderSummary } from '../../src/summary.ts';
import { keysBeside, openScene } from '../action/scene.ts';

/** The cells of the summary's tables as text, references resolved. */
function rowsIn(summary: string): string[][] {
  const text = summary
    .replace(/<\/?code>|<wbr>/g, '')
    .replace(/&#(\d+);/g, (_, code) => String.fromCodePoint(Number(code)));
  return text
    .split('\n')
    .filter((line) => line.startsWith('| ') && !line.startsWith('| :--'))
    .map((line) => line.slice(2, -2).split(' | '));
}

/** The text between tags, references resolved: no link reaches beyond a tag. */
function textRunsIn(summary: string): string[] {
  return summary
    .split(/<[^>]*>/)
    .map((run) => run.replace(/&#(\d+);/g, (_, code) => String.fromCodePoint(Number(code))));
}

/** What GitHub makes links of (https://github.github.com/gfm/#autolinks-extension-, and references of its own). */
const LINKS = [
  'www.evil.example',
  'http://evil.example',
  'https://evil.example/path',
  'ftp://evil.example',
  'mailto:somebody@evil.example',
  'xmpp:somebody@evil.example',
  'somebody@evil.example',
  '@octocat',
  '@octo-org/team',
  '#12',
  'octo-org/octo-repo#12',
  'GH-12',
  'a5c3785ed8d6a35868bc169f07e40e889087fd2e',
  'a5c3785',
  'octo-org/octo-repo@a5c3785ed8d6a35868bc169f07e40e889087fd2e',
];

/** In text between two tags, however it is written there. Ids of Atlas are no hashes of commits. */
const LINKED =
  /www\.\S|:\/\/|\b(?:mailto|xmpp):\S|\S@\S|@\w|#\d|\bGH-\d|(?<![\da-f])(?![\da-f]{24}(?![\da-f]))[\da-f]{7,40}(?![\da-f])/i;

describe('the summary', () => {
  it.each(LINKS)('makes no link out of %s', (text) => {
    expect(text).toMatch(LINKED);
    const key = { id: '0123456789abcdef01234567', publicKey: 'abcdefgh' };
    const facts = { key, desc: text, orgId: key.id, groupIds: [key.id] as const, roles: [text] };
    const common = { changed: false, previous: [], retired: [], family: [], problem: `Not ${text}.` };
    const left = [{ apiUserId: key.id, publicKey: key.publicKey, why: text }];
    const plan = [{ action: 'create' as const, what: `"${text}", (${text})` }];
    const summaries = [
      renderSummary({ ...common, result: 'created', facts, plan: [] }, { left, now: 0, serverUrl: '' }),
      renderSummary({ ...common, result: 'planned', plan }, { left, now: 0, serverUrl: '' }),
    ];
    for (const summary of summaries) {
      expect(summary).not.toContain(text);
      expect(textRunsIn(summary).filter((run) => LINKED.test(run))).toEqual([]);
      expect(textRunsIn(summary).join('')).toContain(text);
    }
  });

  it('of a rotation shows the new key, and after the job the family, once', async () => {
    await using scene = await openScene();
    await scene.run({ mode: 'rotate', commit: 'step' });
    scene.atlas.clock.advance(31 * 86_400_000);
    await scene.run({ mode: 'rotate', commit: 'step' });
    scene.atlas.clock.advance(31 * 86_400_000);
    const [oldest, former] = keysBeside(scene);
    const run = await scene.run({ mode: 'rotate' });
    const { apiUserId = '', publicKey = '' } = run.main.outputs;

    expect(run.main.rawSummary).toMatch(
      /^### Created a project API key, which becomes current when the job succeeds$/m,
    );
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

  it('of a rotation in a job that failed says after the job that the former key stays current', async () => {
    await using scene = await openScene();
    const first = await scene.run({ mode: 'rotate', commit: 'step' });
    expect(first.main.rawSummary).toMatch(/^### Created a project API key$/m);
    const { post } = await scene.job([
      scene.step({ mode: 'rotate' }),
      { run: () => Promise.reject(new Error('no')) },
    ]);
    const page = post[0]?.rawSummary ?? '';
    expect(page).toMatch(/^### The new key is not current$/m);
    expect(page.replace(/<wbr>/g, '')).toContain(
      `Later rotations remove it&#46; The former key ${first.main.outputs.apiUserId} stays current&#46;`,
    );
  });

  it('of a step that failed says why, and of wrong inputs every fault', async () => {
    await using scene = await openScene({ callerRoles: ['GROUP_READ_ONLY'] });
    const refused = (await scene.run({})).main.rawSummary;
    expect(refused).toMatch(/^### The step failed\n\n> \[!WARNING\]\n> Could not make a key in the project/);
    expect(refused.match(/^### /gm)).toHaveLength(1);
    const wrong = (await scene.run({ ttl: 'soon', mode: 'ephemeral', roles: '' })).main.rawSummary;
    expect(wrong).toMatch(/^### The inputs are wrong, so nothing was done\n\n- .*\n- .*\n\n$/);
  });

  it('of an ephemeral key that could not be revoked says so after the job', async () => {
    await using scene = await openScene({ callerRoles: ['GROUP_OWNER'] });
    const run = await scene.run({ mode: 'ephemeral' });
    expect(run.main.rawSummary).toMatch(/^### Created a project API key for this job$/m);
    expect(run.post[0]?.rawSummary).toMatch(
      /^### The key is still alive\n\n> \[!WARNING\]\n> Out of the project, but still alive/,
    );
  });

  it('of a sweep shows what went', async () => {
    await using scene = await openScene();
    const lost = new AbortController();
    await scene.job([scene.step({ mode: 'ephemeral', ttl: '1m' }), { run: () => lost.abort() }], {
      lost: lost.signal,
    });
    const [leftOver] = keysBeside(scene);
    scene.atlas.clock.advance(3_600_000);
    const run = await scene.run({ mode: 'sweep', ttl: '1m', roles: '' });
    expect(run.main.rawSummary).toMatch(/^### Revoked 1 left-over API key$/m);
    expect(rowsIn(run.main.rawSummary)).toContainEqual([
      leftOver?.id,
      leftOver?.publicKey,
      'deploy',
      expect.stringMatching(
        /^<a href="https:\/\/github\.com\/octo-org\/octo-repo\/actions\/runs\/\d+">octo-org\/octo-repo \d+\.1<\/a>$/,
      ),
      '1 h 0 min',
      'revoked',
    ]);
    const again = await scene.run({ mode: 'sweep', ttl: '1m', roles: '' });
    expect(again.main.rawSummary).toBe('### Nothing was left over\n\n');
  });

  it('of an ephemeral key says until when it lives', async () => {
    await using scene = await openScene();
    const run = await scene.run({ mode: 'ephemeral', ttl: '90m' });
    expect(rowsIn(run.main.rawSummary)).toContainEqual([
      'Lives until',
      `the end of this job; counts as left over from ${run.main.outputs.expiresAt}`,
    ]);
  });

  it('shows hostile text as text, and never a secret', async () => {
    await using scene = await openScene();
    const desc = '</code><img src=x> | **b** `c` [x](http://e) ```mermaid @octocat #1 <!--';
    const run = await scene.run({ mode: 'rotate', commit: 'step', desc });
    expect(run.conclusion).toBe('success');
    const shown = run.main.rawSummary.split('\n').find((line) => line.startsWith('| Description'));
    expect(shown?.replace(/^\| Description \| <code>|<wbr>|<\/code> \|$/g, '')).not.toMatch(/[<>|`*[\]()@!]/);
    expect(run.main.rawSummary).not.toContain('```');
    expect(run.main.rawSummary).not.toContain(run.main.outputs.privateKey);
  });
});

describe('a dry run', () => {
  it.each([
    ['ensure', {}, [/^- \*\*create\*\*: "deploy" with GROUP_READ_ONLY in project/]],
    ['ephemeral', {}, [/^- \*\*create\*\*: .*revoked when the job ends$/]],
    ['rotate', {}, [/^- \*\*create\*\*: .*current when the job succeeds$/]],
    ['rotate', { commit: 'step' }, [/^- \*\*create\*\*: .*current at once$/]],
    ['revoke', { roles: '' }, []],
    ['sweep', { roles: '' }, []],
  ])('of %s %j plans on an empty project and changes nothing', async (mode, inputs, lines) => {
    await using scene = await openScene();
    const run = await scene.run({ mode, ...inputs, dryRun: 'true' });
    expect(run.main.outputs).toMatchObject({ result: 'planned', changed: 'false', privateKey: '' });
    const summary = run.main.rawSummary
      .replaceAll('<wbr>', '')
      .replace(/&#(\d+);/g, (_, code) => String.fromCodePoint(Number(code)));
    const planned = summary.split('\n').filter((line) => line.startsWith('- '));
    expect(planned).toEqual(lines.map((line) => expect.stringMatching(line)));
    if (lines.length === 0) expect(summary).toBe('### Dry run: nothing would be changed\n\n');
    expect(run.main.log).toContain(
      lines.length === 0 ? 'nothing would be changed' : 'Dry run, would create: "deploy"',
    );
    expect(
      scene.atlas.history.changes.filter(({ kind, ordinal }) => ordinal !== undefined && kind !== 'signedIn'),
    ).toEqual([]);
  });

  it('of a rotation names every key that would be renamed or go, and when', async () => {
    await using scene = await openScene();
    await scene.run({ mode: 'rotate', commit: 'step' });
    await scene.run({ mode: 'rotate', commit: 'step' });
    const [oldest, former] = keysBeside(scene);
    const plan = async (commit: string) =>
      (await scene.run({ mode: 'rotate', commit, dryRun: 'true' })).main.log.trim().split('\n');
    expect(await plan('job')).toEqual([
      expect.stringContaining('Dry run, would create: "deploy"'),
      `Dry run, would rename key ${former?.id} (${former?.publicKey}): is current, becomes previous when the job succeeds`,
      `Dry run, would revoke key ${oldest?.id} (${oldest?.publicKey}): "${oldest?.desc}", is previous, goes when the job succeeds`,
    ]);
    expect(await plan('step')).toHaveLength(3);
    await scene.run({ mode: 'rotate', commit: 'step' });
    expect(scene.atlas.key(oldest?.id ?? '')?.deletedAt).toBeDefined();
    expect(scene.atlas.key(former?.id ?? '')?.desc).toContain('previous');
  });

  it('of ensure, revoke and sweep names the keys that would be touched', async () => {
    await using scene = await openScene();
    const second = scene.atlas.addProject({ id: scene.orgId }, { name: 'second' }).id;
    await scene.run({});
    const [key] = keysBeside(scene);
    const name = `${key?.id} (${key?.publicKey})`;
    const ensured = await scene.run({
      groupId: `${scene.groupId},${second}`,
      roles: 'GROUP_OWNER',
      dryRun: 'true',
    });
    expect(ensured.main.log).toContain(
      `would update key ${name}: GROUP_OWNER in project ${scene.groupId}, was GROUP_READ_ONLY`,
    );
    expect(ensured.main.log).toContain(`would assign key ${name}: GROUP_OWNER in project ${second}`);
    const revoked = await scene.run({ mode: 'revoke', roles: '', dryRun: 'true' });
    expect(revoked.main.log).toContain(`would revoke key ${name}`);
    expect(keysBeside(scene)).toEqual([key]);
  });
});
