/** Service accounts through the built action: outputs, masks, variables, summary, secrets on GitHub, and post. */
import { describe, expect, it } from 'vitest';
import { isoSeconds } from '../../src/keys/mark.ts';
import { errorsIn, expectMasked, storyOf } from '../action/evidence.ts';
import { ACTION } from '../action/scene.ts';
import { startGitHub, TOKENS } from '../github/stand-in.ts';
import { lookDuring } from '../handover/look-during.ts';
import { readManifest } from '../runner/manifest.ts';
import { type AccountScene, accountsBeside, CALLERS, onlyAccount, openAccountScene } from './scene.ts';

const OUTPUTS = Object.keys((await readManifest(ACTION)).outputs).sort();
const OF_KEYS = {
  apiUserId: '',
  publicKey: '',
  privateKey: '',
  previousApiUserIds: '[]',
  retiredApiUserIds: '[]',
};
const HOUR = 3_600_000;

function addByHand({ atlas, orgId, groupId }: AccountScene) {
  const roles = [{ roleName: 'GROUP_READ_ONLY', groupId }];
  return atlas.addServiceAccount({ orgId, name: 'deploy', roles });
}

/** Rows of a table in a summary, by their first cell. */
function rowsOf(summary: string): Record<string, string> {
  const rows = [...summary.matchAll(/^\| (.*?) \| (.*) \|$/gm)];
  return Object.fromEntries(rows.map(([, name, value]) => [name, value]));
}

describe('a step that makes a secret', () => {
  it.each([
    ['ensure', 90 * 24, CALLERS[0], ''],
    ['ephemeral', 8, CALLERS[0], ' for this job'],
    ['rotate', 90 * 24, CALLERS[1], ', which becomes current when the job succeeds'],
  ] as const)(
    'masks it first, and hands it out: %s, for %i hours, signed in as %s',
    async (mode, hours, signIn, until) => {
      await using scene = await openAccountScene({ signIn });
      const { orgId, groupId } = scene;
      const inputs = { mode, exportEnv: 'true', roles: 'GROUP_READ_ONLY, GROUP_CLUSTER_MANAGER' };
      const run = await lookDuring(scene, inputs, () => onlyAccount(scene), { debug: true });
      const { main } = run;
      const { clientId, secrets, roles } = run.seen;
      const [secret = { id: '', secret: '', createdAt: 0, expiresAt: 0 }] = secrets;
      expect(run.conclusion, run.log).toBe('success');
      expect(secret.expiresAt - secret.createdAt).toBe(hours * HOUR);
      expect(roles).toContainEqual({ groupId, roleName: 'GROUP_READ_ONLY' });
      expect(Object.keys(main.outputs).sort()).toEqual(OUTPUTS);
      expect(main.outputs).toEqual({
        ...OF_KEYS,
        result: 'created',
        created: 'true',
        changed: 'true',
        clientId,
        clientSecret: secret.secret,
        orgId,
        groupId,
        desc: 'deploy',
        roles: '["GROUP_CLUSTER_MANAGER","GROUP_READ_ONLY"]',
        createdAt: isoSeconds(secret.createdAt),
        expiresAt: isoSeconds(secret.expiresAt),
      });

      expect(main.exported).toEqual({
        MONGODB_ATLAS_CLIENT_ID: clientId,
        MONGODB_ATLAS_CLIENT_SECRET: secret.secret,
        MONGODB_ATLAS_PROJECT_ID: groupId,
        MONGODB_ATLAS_ORG_ID: orgId,
      });

      expectMasked(run, secret.secret);
      const lines = main.rawLines.map(({ text }) => text);
      expect(lines.indexOf(`::add-mask::${secret.secret}`), 'before the account is spoken of').toBeLessThan(
        lines.findIndex((line) => line.includes(clientId)),
      );
      for (const plain of [clientId, groupId, orgId]) expect(run.masks).not.toContain(plain);

      expect(main.summary.split('\n')[0]).toBe(`### Made a secret of a service account${until}`);
      expect(rowsOf(main.summary)).toEqual({
        'Service account': '<code>deploy</code>',
        ':--': ':--',
        'Client id': `<code>${clientId.replaceAll('_', '&#95;')}</code>`,
        Roles: '<code>GROUP&#95;CLUSTER&#95;MANAGER</code> <code>GROUP&#95;READ&#95;ONLY</code>',
        Project: `<code>${groupId}</code>`,
        'Secret ends': main.outputs.expiresAt,
      });
      expect(run.post.flatMap((post) => storyOf(post))).toEqual(
        {
          ensure: [],
          ephemeral: [`Deleted secret ${secret.id} of service account ${clientId}.`],
          rotate: [`The rotation is final: secret ${secret.id} of service account ${clientId} is current.`],
        }[mode],
      );
      expect(run.post.map(({ summary }) => summary)).toEqual([
        mode === 'rotate' ? '### The rotation is final\n\n' : '',
      ]);
      expect(onlyAccount(scene).secrets.map(({ id }) => id)).toEqual(mode === 'ephemeral' ? [] : [secret.id]);
    },
  );
});

describe('a step that makes none', () => {
  it.each([
    [{ mode: 'revoke', roles: '' }, 'revoked', 'Revoked service accounts'],
    [{ mode: 'rotate', dryRun: 'true', exportEnv: 'true' }, 'planned', 'Dry run: 1 change would be made'],
    [{}, 'unchanged', 'The service account is as declared'],
  ])('has no secret in its outputs, its variables and its summary: %j', async (inputs, result, headline) => {
    await using scene = await openAccountScene();
    const { clientId, secrets } = addByHand(scene);
    const { main, conclusion, log } = await scene.run(inputs);
    expect(conclusion, log).toBe('success');
    expect(Object.keys(main.outputs).sort()).toEqual(OUTPUTS);
    expect(main.outputs).toMatchObject({
      ...OF_KEYS,
      result,
      created: 'false',
      changed: `${result === 'revoked'}`,
      clientSecret: '',
      ...(result === 'unchanged' && {
        clientId,
        createdAt: isoSeconds(secrets[0]?.createdAt ?? 0),
        expiresAt: isoSeconds(secrets[0]?.expiresAt ?? 0),
      }),
    });
    expect(main.exported).toEqual({});
    expect(main.annotations).toEqual([]);
    expect(main.summary.split('\n')[0]).toBe(`### ${headline}`);
  });
});

it.each([
  { kind: 'truncate', bytes: 330 },
  { kind: 'answer', status: 201, body: { secret: `mdb_sa_sk_${'A'.repeat(40)}`, id: 'no id' } },
  { kind: 'answer', status: 500, body: `{"secret": "mdb_sa_sk_${'A'.repeat(40)}` },
] as const)('a client secret in an answer that is no good is shown nowhere: %j', async (action) => {
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

describe('Actions secrets', () => {
  it('hold client id and secret in one, which a later run takes and masks first of all', async () => {
    await using scene = await openAccountScene();
    await using github = await startGitHub();
    const { apiUrl, repository } = github;
    const combined = { githubToken: TOKENS.write, combinedSecret: 'ATLAS' };
    const first = await scene.run(combined, { apiUrl, repository });
    const { clientId, secrets } = onlyAccount(scene);
    const clientSecret = secrets[0]?.secret ?? '';
    const knownPrivateKey = github.secrets.get('ATLAS') ?? '';
    expect(first.conclusion, first.log).toBe('success');
    expect(knownPrivateKey).toBe(`${clientId}:${clientSecret}`);

    const run = await scene.run({ knownPrivateKey }, { debug: true });
    expect(run.main.outputs, run.log).toMatchObject({ result: 'unchanged', clientId, clientSecret });
    expect(run.masks).not.toContain(clientId);
    const lines = run.main.rawLines.map(({ text }) => text);
    const begun = lines.findIndex((text) => !text.startsWith('::add-mask::'));
    const masks = [knownPrivateKey, clientSecret].map((secret) => `::add-mask::${secret}`);
    expect(lines.slice(0, begun)).toEqual(expect.arrayContaining(masks));
    expect(lines.slice(begun).join('\n')).not.toContain(clientSecret);
  });

  it('hold the client secret of a rotation alone, and no log does', async () => {
    await using scene = await openAccountScene();
    await using github = await startGitHub();
    const { apiUrl, repository } = github;
    const inputs = { mode: 'rotate', githubToken: TOKENS.write, secretName: 'ATLAS_SECRET' };
    const run = await scene.run(inputs, { apiUrl, repository });
    const secret = onlyAccount(scene).secrets[0]?.secret ?? '';
    expect(run.conclusion, run.log).toBe('success');
    expect(Object.fromEntries(github.secrets)).toEqual({ ATLAS_SECRET: secret });
    expect(storyOf(run.main)).toContain(
      'Stored the new client secret as ATLAS_SECRET in the Actions secrets of the repository octo-org/app.',
    );
    expectMasked(run, secret);
    expect(run.log).not.toContain(secret);
    expect(github.requests.map(({ body }) => body).join()).not.toContain(secret);
  });
});

it('exportEnv leaves the caller of the environment to post, and is used by a later step that names no caller', async () => {
  await using scene = await openAccountScene({ signIn: CALLERS[1] });
  const { publicKey, privateKey } = scene.owner;
  const env = { MONGODB_ATLAS_PUBLIC_API_KEY: publicKey, MONGODB_ATLAS_PRIVATE_API_KEY: privateKey };
  const nobody = { atlasPublicKey: '', atlasPrivateKey: '' };
  const run = await scene.job(
    [
      scene.step({ ...nobody, mode: 'ephemeral', roles: 'GROUP_OWNER', exportEnv: 'true' }),
      scene.step({ ...nobody, desc: 'made by the lease' }),
    ],
    { env },
  );
  expect(run.conclusion, run.log).toBe('success');
  expect(run.steps[1]?.annotations).toEqual([
    {
      level: 'notice',
      message:
        'Both a service account (`MONGODB_ATLAS_CLIENT_ID`) and an API key (`MONGODB_ATLAS_PUBLIC_API_KEY`) are given: the service account is used.',
    },
  ]);
  const [leased] = accountsBeside(scene);
  expect(leased?.secrets).toEqual([]);
});

describe('post', () => {
  it('of a rotation whose job failed fails, and says by when the former secret ends', async () => {
    await using scene = await openAccountScene();
    addByHand(scene);
    const run = await scene.job([scene.step({ mode: 'rotate' }), { run: 'exit 1' }]);
    const { clientId, secrets, description } = onlyAccount(scene);
    const [former, next] = secrets;
    const end = isoSeconds(former?.expiresAt ?? 0);
    expect(rowsOf(run.steps[0]?.summary ?? '')['Former secret ends']).toBe(`by ${end}`);
    expect(description).toBe(`atlas-account-1 current ${former?.id} next ${next?.id} failed`);
    expect(run.post[0]?.conclusion).toBe('failure');
    expect(run.post.flatMap((post) => errorsIn(post))).toEqual([
      `Secret ${next?.id} of service account ${clientId} stays alive beside the former one, because the job did not succeed. ` +
        `Atlas ends the former secret by ${end}: run the job again before then.`,
    ]);
  });

  it('deletes the lease of a step that was killed before it was handed out', async () => {
    await using scene = await openAccountScene();
    const killed = new AbortController();
    scene.atlas.faults.add({
      when: ({ operation }) =>
        `${operation}`.endsWith('Token') && accountsBeside(scene)[0]?.secrets.length === 1,
      phase: 'arrival',
      run: () => killed.abort(),
      action: { kind: 'hang' },
    });
    const run = await scene.job([scene.step({ mode: 'ephemeral' }, { kill: killed.signal })]);
    expect(run.steps[0]?.outputs.clientSecret ?? '').toBe('');
    expect(run.conclusion).toBe('failure');
    expect(run.post[0]?.conclusion, run.log).toBe('success');
    expect(onlyAccount(scene).secrets).toEqual([]);
  });
});
