/** What a service account's secret reaches besides the outputs: Actions secrets, variables, a run that has it already. */
import { describe, expect, it } from 'vitest';
import { onlyError, storyOf } from '../action/evidence.ts';
import { type GitHub, startGitHub, TOKENS } from '../github/stand-in.ts';
import { lookDuring } from '../handover/look-during.ts';
import { type AccountScene, accountsBeside, CALLERS, onlyAccount, openAccountScene } from './scene.ts';

const DAY = 24 * 3_600_000;
const SECRET = { githubToken: TOKENS.write, secretName: 'ATLAS_SECRET' };
const COMBINED = { githubToken: TOKENS.write, combinedSecret: 'ATLAS' };
const OTHER = `mdb_sa_sk_${'x'.repeat(40)}`;

async function openBoth(): Promise<
  AsyncDisposable & {
    readonly scene: AccountScene;
    readonly github: GitHub;
    readonly run: (inputs: Readonly<Record<string, string>>) => ReturnType<AccountScene['run']>;
  }
> {
  const scene = await openAccountScene();
  const github = await startGitHub();
  const { apiUrl, repository } = github;
  return {
    scene,
    github,
    run: (inputs) => scene.run(inputs, { apiUrl, repository }),
    async [Symbol.asyncDispose]() {
      await scene[Symbol.asyncDispose]();
      await github[Symbol.asyncDispose]();
    },
  };
}

describe('Actions secrets', () => {
  it.each(['ensure', 'rotate'])('hold the client secret alone, and no log does: %s', async (mode) => {
    await using both = await openBoth();
    const run = await both.run({ mode, ...SECRET });
    const [secret] = onlyAccount(both.scene).secrets;
    expect(run.conclusion, run.log).toBe('success');
    expect(Object.fromEntries(both.github.secrets)).toEqual({ ATLAS_SECRET: secret?.secret });
    expect(storyOf(run.main)).toContain(
      'Stored the new client secret as ATLAS_SECRET in the Actions secrets of the repository octo-org/app.',
    );
    expect(run.log).not.toContain(secret?.secret);
    expect(both.github.requests.map(({ body }) => body).join()).not.toContain(secret?.secret);
  });

  it.each(['ensure', 'rotate'])(
    'hold client id and secret in one, which a later run takes: %s',
    async (mode) => {
      await using both = await openBoth();
      await both.run({ mode, ...COMBINED });
      const { clientId, secrets } = onlyAccount(both.scene);
      const stored = both.github.secrets.get('ATLAS') ?? '';
      expect(stored).toBe(`${clientId}:${secrets[0]?.secret}`);
      const later = await both.run({ knownPrivateKey: stored });
      expect(later.main.outputs, later.log).toMatchObject({ clientId, clientSecret: secrets[0]?.secret });
    },
  );

  it('are written before the rotation is final, and hold the current secret after it', async () => {
    await using both = await openBoth();
    await both.run({ mode: 'rotate', ...SECRET });
    const former = both.github.secrets.get('ATLAS_SECRET');
    const run = await both.run({ mode: 'rotate', ...SECRET });
    const { secrets, description } = onlyAccount(both.scene);
    expect(both.github.secrets.get('ATLAS_SECRET')).toBe(run.main.outputs.clientSecret);
    expect(secrets.map(({ secret }) => secret)).toEqual([former, run.main.outputs.clientSecret]);
    expect(description).toContain(`current ${secrets[1]?.id}`);
  });

  it('of a job that failed hold a secret that the next rotation keeps', async () => {
    await using both = await openBoth();
    const { scene, github } = both;
    const { apiUrl, repository } = github;
    await both.run({ mode: 'rotate', ...SECRET });
    await scene.job([scene.step({ mode: 'rotate', ...SECRET }), { run: 'exit 1' }], { apiUrl, repository });
    const stored = github.secrets.get('ATLAS_SECRET');
    const next = onlyAccount(scene).secrets[1];
    expect(stored).toBe(next?.secret);
    expect(onlyAccount(scene).description).toMatch(new RegExp(` next ${next?.id} kept$`));
    await scene.run({ mode: 'rotate' });
    expect(onlyAccount(scene).secrets.map(({ secret }) => secret)).toContain(stored);
  });

  it.each(['ensure', 'rotate'])('that cannot be written leave no new secret: %s', async (mode) => {
    await using both = await openBoth();
    both.github.fail({ status: 422, body: { message: 'no' } }, { method: 'PUT' });
    const run = await both.run({ mode, ...SECRET });
    expect(run.conclusion).toBe('failure');
    expect(accountsBeside(both.scene).flatMap(({ secrets }) => secrets)).toEqual([]);
    expect(run.main.outputs.clientSecret ?? '').toBe('');
    const again = await both.run({ mode, ...SECRET });
    expect(again.main.outputs, again.log).toMatchObject({ result: 'created' });
  });

  it('that cannot be written leave the current secret current', async () => {
    await using both = await openBoth();
    await both.run({ mode: 'rotate', ...SECRET });
    const [former] = onlyAccount(both.scene).secrets;
    both.github.fail({ status: 422, body: { message: 'no' } }, { method: 'PUT' });
    const run = await both.run({ mode: 'rotate', ...SECRET });
    expect(run.conclusion).toBe('failure');
    expect(onlyAccount(both.scene).secrets.map(({ id }) => id)).toEqual([former?.id]);
    const next = await both.run({ mode: 'rotate', rotateAfter: '1d' });
    expect(next.main.outputs, next.log).toMatchObject({ result: 'unchanged' });
  });

  it.each(['ensure', 'rotate'])(
    'that may hold the new secret keep it alive, which is told: %s',
    async (mode) => {
      await using both = await openBoth();
      both.github.fail('resetAfterEffect', { method: 'PUT', times: 9 });
      const run = await both.run({ mode, timeout: '20s', ...SECRET });
      const { clientId, secrets } = onlyAccount(both.scene);
      expect(run.conclusion).toBe('failure');
      expect(secrets.map(({ secret }) => secret)).toEqual([both.github.secrets.get('ATLAS_SECRET')]);
      expect(run.main.annotations).toContainEqual({
        level: 'warning',
        message: expect.stringMatching(
          `^The new secret of service account ${clientId} stays: some of it may have been stored\\. Atlas ends it on \\S+Z\\.$`,
        ),
      });
      const later = await both.run({ knownPrivateKey: both.github.secrets.get('ATLAS_SECRET') ?? '' });
      expect(later.main.outputs, later.log).toMatchObject({ result: 'unchanged', clientId });
    },
  );

  it('of a token that may not write are told before a secret is made', async () => {
    await using both = await openBoth();
    await both.scene.run({});
    both.scene.atlas.history.clear();
    const run = await both.run({ mode: 'rotate', ...SECRET, githubToken: TOKENS.integration });
    expect(onlyError(run.main)).toMatch(/GITHUB_TOKEN can never write secrets.*"Secrets: write"/);
    expect(both.scene.atlas.history.find('createGroupServiceAccountSecret')).toEqual([]);
  });
});

describe('exportEnv', () => {
  it.each(
    CALLERS.flatMap((signIn) => ['ensure', 'ephemeral', 'rotate'].map((mode) => [mode, signIn] as const)),
  )('sets the names for the later steps: %s, signed in as %s', async (mode, signIn) => {
    await using scene = await openAccountScene({ signIn });
    const run = await lookDuring(scene, { mode, exportEnv: 'true' }, () => onlyAccount(scene));
    expect(run.conclusion, run.log).toBe('success');
    expect(run.main.exported).toEqual({
      MONGODB_ATLAS_CLIENT_ID: run.seen.clientId,
      MONGODB_ATLAS_CLIENT_SECRET: run.seen.secrets[0]?.secret,
      MONGODB_ATLAS_PROJECT_ID: scene.groupId,
      MONGODB_ATLAS_ORG_ID: scene.orgId,
    });
  });

  it('leaves the caller of the environment to post, and is used by a later step that names no caller', async () => {
    await using scene = await openAccountScene({ signIn: 'an API key' });
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

  it('is refused where the caller stands in these variables, before anything is sent', async () => {
    await using scene = await openAccountScene();
    const { clientId = '', secrets = [] } = scene.caller ?? {};
    const env = { MONGODB_ATLAS_CLIENT_ID: clientId, MONGODB_ATLAS_CLIENT_SECRET: secrets[0]?.secret ?? '' };
    const run = await scene.run(
      { mode: 'ephemeral', exportEnv: 'true', atlasClientId: '', atlasClientSecret: '' },
      { env },
    );
    expect(onlyError(run.main)).toBe(
      "`exportEnv` would overwrite the variables that hold the caller's own service account, which the post step still needs: give the caller as `atlasClientId` and `atlasClientSecret`.",
    );
    expect(scene.atlas.history.requests).toEqual([]);
  });

  it('exports nothing of a secret that is not known, and in a dry run', async () => {
    await using scene = await openAccountScene();
    await scene.run({});
    const run = await scene.run({ exportEnv: 'true' });
    expect(run.main.exported).toEqual({});
    expect(run.main.annotations).toEqual([
      {
        level: 'notice',
        message:
          'exportEnv: nothing was exported, because this step does not know the secret, which Atlas shows only once. ' +
          'Give it as knownPrivateKey, or let mode: rotate or ephemeral make a new one.',
      },
    ]);
    const dry = await scene.run({ mode: 'rotate', exportEnv: 'true', dryRun: 'true' });
    expect(dry.main.exported).toEqual({});
    expect(dry.main.annotations).toEqual([]);
  });
});

describe('knownPrivateKey', () => {
  it.each([
    ['another secret', () => OTHER],
    ['the secret of another account', (secret: string) => `mdb_sa_id_${'0'.repeat(24)}:${secret}`],
  ])('that is %s is an error in ensure, and a reason to rotate', async (_case, wrong) => {
    await using scene = await openAccountScene();
    const { main } = await scene.run({});
    const { clientId = '', clientSecret = '' } = main.outputs;
    const known = { knownPrivateKey: wrong(clientSecret) };
    const ensured = await scene.run({ ...known, roles: 'GROUP_OWNER' });
    expect(onlyError(ensured.main)).toBe(
      `knownPrivateKey is not a secret of service account ${clientId}. Store the secret again, or use mode: rotate, which ` +
        'makes a new one when the stored secret does not fit.',
    );
    expect(onlyAccount(scene).roles).not.toContainEqual(expect.objectContaining({ roleName: 'GROUP_OWNER' }));
    const rotated = await scene.run({ ...known, mode: 'rotate', rotateAfter: '30d' });
    expect(rotated.main.outputs).toMatchObject({ result: 'rotated', clientId });
    expect(rotated.main.rawLog).toContain(
      'the stored secret is not one of its secrets, so a new one is due now.',
    );
  });

  it('keeps a young secret in rotate, and hands it out', async () => {
    await using scene = await openAccountScene();
    const { main } = await scene.run({});
    const { clientId, clientSecret = '' } = main.outputs;
    for (const knownPrivateKey of [clientSecret, `${clientId}:${clientSecret}`]) {
      const kept = await scene.run({
        mode: 'rotate',
        rotateAfter: '30d',
        knownPrivateKey,
        exportEnv: 'true',
      });
      expect(kept.main.outputs, kept.log).toMatchObject({ result: 'unchanged', clientSecret });
      expect(kept.main.exported.MONGODB_ATLAS_CLIENT_SECRET).toBe(clientSecret);
    }
    expect(onlyAccount(scene).secrets).toHaveLength(1);
  });

  it('may be the secret that a rotation superseded, as long as it lives', async () => {
    await using scene = await openAccountScene();
    const { main } = await scene.run({});
    const { clientSecret = '' } = main.outputs;
    await scene.run({ mode: 'rotate' });
    const known = await scene.run({ knownPrivateKey: clientSecret });
    expect(known.main.outputs, known.log).toMatchObject({ result: 'unchanged', clientSecret });
    scene.atlas.clock.advance(8 * DAY);
    const late = await scene.run({ knownPrivateKey: clientSecret });
    expect(onlyError(late.main)).toContain('knownPrivateKey is not a secret of service account');
  });

  it('leaves no token of it alive', async () => {
    await using scene = await openAccountScene();
    const { main } = await scene.run({});
    await scene.run({ knownPrivateKey: main.outputs.clientSecret ?? '' });
    expect(scene.atlas.liveTokens(onlyAccount(scene).clientId)).toBe(0);
  });
});
