/** Outputs, masks and summary of a step that hands out a service account's secret, in every mode. */
import { describe, expect, it } from 'vitest';
import { expectMasked } from '../action/evidence.ts';
import { ACTION } from '../action/scene.ts';
import { lookDuring } from '../handover/look-during.ts';
import { readManifest } from '../runner/manifest.ts';
import { CALLERS, isoSeconds, onlyAccount, openAccountScene } from './scene.ts';

const OUTPUTS = Object.keys((await readManifest(ACTION)).outputs).sort();
const OF_KEYS = {
  apiUserId: '',
  publicKey: '',
  privateKey: '',
  previousApiUserIds: '[]',
  retiredApiUserIds: '[]',
};
const HOUR = 3_600_000;

/** Rows of a table in a summary, by their first cell. */
function rowsOf(summary: string): Record<string, string> {
  return Object.fromEntries(
    summary.split('\n').flatMap((line) => {
      const [, name = '', value = ''] = /^\| (.*?) \| (.*) \|$/.exec(line) ?? [];
      return name === '' ? [] : [[name, value]];
    }),
  );
}

describe('the outputs', () => {
  it.each(
    CALLERS.flatMap((signIn) =>
      [
        ['ensure', 90 * 24],
        ['ephemeral', 8],
        ['rotate', 90 * 24],
      ].map(([mode, hours]) => [`${mode}`, signIn, Number(hours)] as const),
    ),
  )('are all there after %s, signed in as %s, and the secret lives %i hours', async (mode, signIn, hours) => {
    await using scene = await openAccountScene({ signIn });
    const run = await lookDuring(scene, { mode }, () => onlyAccount(scene));
    const [secret] = run.seen.secrets;
    expect(run.conclusion, run.log).toBe('success');
    expect(Object.keys(run.main.outputs).sort()).toEqual(OUTPUTS);
    expect(run.main.outputs).toEqual({
      ...OF_KEYS,
      result: 'created',
      created: 'true',
      changed: 'true',
      clientId: run.seen.clientId,
      clientSecret: secret?.secret,
      orgId: scene.orgId,
      groupId: scene.groupId,
      desc: 'deploy',
      roles: '["GROUP_READ_ONLY"]',
      createdAt: isoSeconds(secret?.createdAt ?? 0),
      expiresAt: isoSeconds(secret?.expiresAt ?? 0),
    });
    expect((secret?.expiresAt ?? 0) - (secret?.createdAt ?? 0)).toBe(hours * HOUR);
    expect(run.seen.roles).toContainEqual({ groupId: scene.groupId, roleName: 'GROUP_READ_ONLY' });
  });

  it.each([
    [
      { mode: 'revoke', roles: '' },
      { result: 'revoked', changed: 'false' },
    ],
    [{ dryRun: 'true' }, { result: 'planned', changed: 'false' }],
    [
      { mode: 'ephemeral', dryRun: 'true' },
      { result: 'planned', changed: 'false' },
    ],
    [
      { mode: 'rotate', dryRun: 'true' },
      { result: 'planned', changed: 'false' },
    ],
    [
      { mode: 'revoke', roles: '', dryRun: 'true' },
      { result: 'planned', changed: 'false' },
    ],
  ])('know of no secret where none was made: %j', async (inputs, expected) => {
    await using scene = await openAccountScene();
    const { main, conclusion, log } = await scene.run(inputs);
    expect(conclusion, log).toBe('success');
    expect(Object.keys(main.outputs).sort()).toEqual(OUTPUTS);
    expect(main.outputs).toMatchObject({ ...OF_KEYS, ...expected, created: 'false' });
    expect(main.outputs).toMatchObject({ clientSecret: '', createdAt: '', expiresAt: '' });
  });

  it('of an account that was there before tell when its secret ends, and not the secret', async () => {
    await using scene = await openAccountScene();
    await scene.run({});
    const { clientId, secrets } = onlyAccount(scene);
    for (const inputs of [{ mode: 'ensure' }, { mode: 'rotate', rotateAfter: '30d' }]) {
      const { main } = await scene.run(inputs);
      expect(main.outputs, main.rawLog).toMatchObject({
        result: 'unchanged',
        created: 'false',
        changed: 'false',
        clientId,
        clientSecret: '',
        createdAt: isoSeconds(secrets[0]?.createdAt ?? 0),
        expiresAt: isoSeconds(secrets[0]?.expiresAt ?? 0),
      });
    }
  });

  it('are empty of a secret when the step failed', async () => {
    await using scene = await openAccountScene({ callerRoles: ['GROUP_READ_ONLY'] });
    for (const mode of ['ensure', 'ephemeral', 'rotate']) {
      const { main } = await scene.run({ mode });
      expect(main.outcome).toBe('failure');
      expect(Object.values(main.outputs).filter((value) => value !== '')).toEqual([]);
    }
  });

  it('of a key tell when it was made and nothing of a service account', async () => {
    await using scene = await openAccountScene({ signIn: 'an API key', callerRoles: ['ORG_OWNER'] });
    const { main } = await scene.run({ credential: 'apiKey' });
    const seconds = Number.parseInt(`${main.outputs.apiUserId}`.slice(0, 8), 16);
    expect(main.outputs).toMatchObject({
      createdAt: isoSeconds(seconds * 1000),
      clientId: '',
      clientSecret: '',
      expiresAt: '',
    });
  });
});

describe('the client secret', () => {
  it.each(['ensure', 'ephemeral', 'rotate'])(
    'is masked before anything else is done with it: %s',
    async (mode) => {
      await using scene = await openAccountScene();
      const run = await scene.run({ mode }, { debug: true });
      const { clientId = '', clientSecret = '' } = run.main.outputs;
      expect(clientSecret).toMatch(/^mdb_sa_sk_[\w-]{40}$/);
      expectMasked(run, clientSecret);
      const lines = run.main.rawLines.map(({ text }) => text);
      const masked = lines.indexOf(`::add-mask::${clientSecret}`);
      expect(masked, 'before the account is spoken of at all').toBeLessThan(
        lines.findIndex((line) => line.includes(clientId)),
      );
      for (const plain of [clientId, scene.groupId, scene.orgId]) expect(run.masks).not.toContain(plain);
      expect(`${run.main.log}${run.main.summary}`).toContain(clientId);
    },
  );

  it.each([
    { kind: 'truncate', bytes: 330 },
    { kind: 'answer', status: 201, body: { secret: `mdb_sa_sk_${'A'.repeat(40)}`, id: 'no id' } },
    { kind: 'answer', status: 500, body: `{"secret": "mdb_sa_sk_${'A'.repeat(40)}` },
  ] as const)('in an answer that is no good is shown nowhere: %j', async (action) => {
    await using scene = await openAccountScene();
    scene.atlas.faults.add({
      when: ({ method, operation }) => method === 'POST' && `${operation}`.endsWith('ServiceAccount'),
      phase: 'after',
      times: 9,
      action,
    });
    const run = await scene.run({ mode: 'ephemeral' }, { debug: true });
    expect(run.main.outcome).toBe('failure');
    for (const { text } of run.main.rawLines)
      if (text.includes('mdb_sa_sk_')) expect(text).toMatch(/^::add-mask::/);
    expect(run.main.rawSummary).not.toContain('mdb_sa_sk_');
    const made = onlyAccount(scene).secrets[0]?.secret ?? '';
    const seen = action.kind === 'answer' ? `mdb_sa_sk_${'A'.repeat(40)}` : made.slice(0, 24);
    expect(run.masks).toContainEqual(expect.stringContaining(seen));
  });

  it('that an earlier run stored is masked first of all, as a whole and by itself', async () => {
    await using scene = await openAccountScene();
    const { clientId, clientSecret = '' } = (await scene.run({})).main.outputs;
    for (const knownPrivateKey of [clientSecret, `${clientId}:${clientSecret}`]) {
      const run = await scene.run({ knownPrivateKey }, { debug: true });
      expect(run.main.outputs, run.log).toMatchObject({ result: 'unchanged', clientId, clientSecret });
      expect(run.masks).toEqual(expect.arrayContaining([knownPrivateKey, clientSecret]));
      expect(run.masks).not.toContain(clientId);
      const told = run.main.rawLines.map(({ text }) => text).filter((text) => text.includes(clientSecret));
      expect(told.every((line) => line.startsWith('::add-mask::'))).toBe(true);
      expect(
        run.main.rawLines.findIndex(({ text }) => !text.startsWith('::add-mask::')),
      ).toBeGreaterThanOrEqual(told.length);
    }
  });
});

describe('the summary', () => {
  it.each([
    ['ensure', ''],
    ['ephemeral', ' for this job'],
    ['rotate', ', which becomes current when the job succeeds'],
  ])('says that a secret was made, and when it ends: %s', async (mode, until) => {
    await using scene = await openAccountScene();
    const { main } = await scene.run({ mode, roles: 'GROUP_READ_ONLY, GROUP_CLUSTER_MANAGER' });
    expect(main.summary.split('\n')[0]).toBe(`### Made a secret of a service account${until}`);
    const { clientId = '', expiresAt = '' } = main.outputs;
    expect(rowsOf(main.summary)).toEqual({
      'Service account': '<code>deploy</code>',
      ':--': ':--',
      'Client id': `<code>${clientId.replaceAll('_', '&#95;')}</code>`,
      Roles: '<code>GROUP&#95;CLUSTER&#95;MANAGER</code> <code>GROUP&#95;READ&#95;ONLY</code>',
      Project: `<code>${scene.groupId}</code>`,
      'Secret ends': expiresAt,
    });
  });

  it('of a rotation says by when the former secret ends, and post says that it is final', async () => {
    await using scene = await openAccountScene();
    await scene.run({});
    const run = await scene.run({ mode: 'rotate' });
    const { secrets } = onlyAccount(scene);
    expect(run.main.summary).toMatch(
      /^### Made a secret of a service account, which becomes current when the job succeeds$/m,
    );
    const told = rowsOf(run.main.summary)['Former secret ends'] ?? '';
    expect(Math.abs(Date.parse(told.slice(3)) - (secrets[0]?.expiresAt ?? 0))).toBeLessThan(2000);
    expect(run.post[0]?.summary).toBe('### The rotation is final\n\n');
  });

  it('has no former secret where none is left', async () => {
    await using scene = await openAccountScene();
    await scene.run({});
    const { main } = await scene.run({ mode: 'rotate', commit: 'step', keepPrevious: '0' });
    expect(main.summary).toMatch(/^### Rotated the secret of a service account$/m);
    expect(rowsOf(main.summary)['Former secret ends']).toBeUndefined();
  });

  it.each([
    [{}, 'The service account is as declared'],
    [{ roles: 'GROUP_OWNER' }, 'Updated a service account'],
    [{ mode: 'revoke', roles: '' }, 'Revoked service accounts'],
    [{ mode: 'rotate', dryRun: 'true' }, 'Dry run: 1 change would be made'],
  ])('of an account that was there begins with what was done: %j', async (inputs, headline) => {
    await using scene = await openAccountScene();
    await scene.run({});
    const { main } = await scene.run(inputs);
    expect(main.summary.split('\n')[0]).toBe(`### ${headline}`);
  });
});
