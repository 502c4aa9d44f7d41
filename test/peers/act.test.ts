/**
 * The action under nektos/act: a runner that nobody here wrote, with its own reading of masks, outputs, inputs and
 * post steps. Atlas and GitHub are the embedded ones.
 */
import { describe, expect, test } from 'vitest';
import { readMark } from '../../src/keys/mark.ts';
import { keysBeside, openScene, type Scene } from '../action/scene.ts';
import { startGitHub, TOKENS } from '../github/stand-in.ts';
import { type ActOptions, type ActRun, runWithAct } from './act.ts';
import { ACT, isMissing } from './tools.ts';

const HOUR = 60 * 60 * 1000;

// On Windows act runs steps in another shell.
describe.skipIf(process.platform === 'win32' || isMissing(ACT))('under act', { timeout: 120_000 }, () => {
  test('a key of one job reaches the later steps, stays masked, and is revoked by post', async () => {
    await using scene = await openScene();
    const run = await act(scene, deploy('exit 0'));
    const [key] = everMade(scene);
    expect(run.log).toContain('Job succeeded');
    expect(run.outputs('apiUserId')).toEqual([key?.id]);
    expect(run.outputs('privateKey')).toEqual(['***']);
    expect(usersOf(scene, key?.id)).toContain('curl');
    expect(run.log).toContain('the private key is ***, its owner signs in with ***');
    expect(run.log).toContain(`Revoked key ${key?.id}`);
    expect(key?.deletedAt).toBeDefined();
    expectNoSecret(run, scene);
  });

  test('a key of one job is revoked when a later step fails', async () => {
    await using scene = await openScene();
    const run = await act(scene, deploy('exit 3'));
    expect(run.succeeded).toBe(false);
    expect(everMade(scene)).toHaveLength(1);
    expect(keysBeside(scene)).toEqual([]);
    expectNoSecret(run, scene);
  });

  test('a matrix that ensures a key makes one, and every job gets the same', async () => {
    await using scene = await openScene();
    const run = await act(scene, MATRIX);
    expect(run.succeeded).toBe(true);
    expect(keysBeside(scene)).toHaveLength(1);
    const [key] = keysBeside(scene);
    expect(run.outputs('apiUserId')).toEqual([key?.id, key?.id, key?.id]);
    expect(run.outputs('created').sort()).toEqual(['false', 'false', 'true']);
    expectNoSecret(run, scene);
  });

  test('a scheduled rotation stores its secret, and is committed by post', async () => {
    await using scene = await openScene();
    await using github = await startGitHub();
    const rotate = (): Promise<ActRun> =>
      act(scene, ROTATION, {
        event: 'schedule',
        secrets: { ROTATION_TOKEN: TOKENS.write },
        env: { GITHUB_API_URL: github.apiUrl },
        repository: github.repository,
      });
    const first = await rotate();
    expect(first.log).toContain('Job succeeded');
    const [before] = keysBeside(scene);
    expect(github.secrets.get('ATLAS_KEY')).toBe(`${before?.publicKey}:${before?.privateKey}`);
    scene.atlas.clock.advance(HOUR);

    const second = await rotate();
    expect(second.log).toContain('Job succeeded');
    const after = keysBeside(scene).find(({ desc }) => desc === 'deploy');
    expect(after?.id).not.toBe(before?.id);
    expect(github.secrets.get('ATLAS_KEY')).toBe(`${after?.publicKey}:${after?.privateKey}`);
    const old = scene.atlas.key(before?.id ?? '');
    expect(readMark(old?.desc ?? '')?.mark.state).toBe('previous');
    expect(second.log).toContain(`rotated to ${after?.id}`);
    for (const run of [first, second]) {
      expectNoSecret(run, scene);
      expect(run.log).not.toContain(TOKENS.write);
    }
  });

  test('a rotation in a job that fails is not committed', async () => {
    await using scene = await openScene();
    await act(scene, rotationAlone('exit 0'));
    const [before] = keysBeside(scene);
    const run = await act(scene, rotationAlone('exit 3'));
    expect(run.succeeded).toBe(false);
    expect(scene.atlas.key(before?.id ?? '')?.desc).toBe('deploy');
    const states = keysBeside(scene).map(({ desc }) => readMark(desc)?.mark.state ?? 'current');
    expect(states).toEqual(['current', 'undecided']);
    expectNoSecret(run, scene);
  });
});

const CALLER = `
          groupId: \${{ vars.ATLAS_PROJECT_ID }}
          desc: deploy
          roles: GROUP_READ_ONLY
          atlasPublicKey: \${{ secrets.ATLAS_PUBLIC_KEY }}
          atlasPrivateKey: \${{ secrets.ATLAS_PRIVATE_KEY }}`;

function deploy(end: string): string {
  return `
on: workflow_dispatch
jobs:
  deploy:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v5
      - id: key
        uses: octo-org/atlas-project-api-key@v1
        with:
          mode: ephemeral${CALLER}
      - env:
          USERPWD: \${{ steps.key.outputs.publicKey }}:\${{ steps.key.outputs.privateKey }}
          PRIVATE_KEY: \${{ steps.key.outputs.privateKey }}
          OWNER: \${{ secrets.ATLAS_PRIVATE_KEY }}
        run: |
          echo "the private key is $PRIVATE_KEY, its owner signs in with $OWNER"
          curl --silent --fail --digest --user "$USERPWD" --noproxy '*' \\
            --header 'Accept: application/vnd.atlas.2023-01-01+json' \\
            "$ATLAS/api/atlas/v2/groups/\${{ vars.ATLAS_PROJECT_ID }}"
          ${end}
`;
}

const MATRIX = `
on: workflow_dispatch
jobs:
  test:
    runs-on: ubuntu-latest
    strategy:
      matrix:
        region: [eu, us, ap]
    steps:
      - uses: octo-org/atlas-project-api-key@v1
        with:
          mode: ensure${CALLER}
`;

function rotationAlone(end: string): string {
  return `
on: workflow_dispatch
jobs:
  rotate:
    runs-on: ubuntu-latest
    steps:
      - uses: octo-org/atlas-project-api-key@v1
        with:
          mode: rotate${CALLER}
      - run: ${end}
`;
}

const ROTATION = `
on:
  schedule:
    - cron: '0 4 * * 1'
jobs:
  rotate:
    runs-on: ubuntu-latest
    steps:
      - id: key
        uses: octo-org/atlas-project-api-key@v1
        with:
          mode: rotate${CALLER}
          githubToken: \${{ secrets.ROTATION_TOKEN }}
          combinedSecret: ATLAS_KEY
      - if: steps.key.outputs.changed == 'true'
        run: echo "rotated to \${{ steps.key.outputs.apiUserId }}"
`;

function act(scene: Scene, workflow: string, options: Partial<ActOptions> = {}): Promise<ActRun> {
  const { owner, groupId, atlas } = scene;
  return runWithAct({
    ...options,
    workflow,
    baseUrl: atlas.origin,
    secrets: {
      ATLAS_PUBLIC_KEY: owner.publicKey,
      ATLAS_PRIVATE_KEY: owner.privateKey,
      ...options.secrets,
    },
    variables: { ATLAS_PROJECT_ID: groupId },
    env: { ATLAS: atlas.origin, ...options.env },
  });
}

function everMade({ atlas, owner }: Scene) {
  return atlas.keys({ includeDeleted: true }).filter(({ id }) => id !== owner.id);
}

/** The programs that signed in with this key. */
function usersOf({ atlas }: Scene, id: string | undefined): string[] {
  return atlas.history.requests
    .filter(({ caller, signIn }) => caller === id && signIn === 'signedIn')
    .map(({ userAgent }) => userAgent?.split('/')[0] ?? '');
}

function expectNoSecret({ log }: ActRun, { atlas }: Scene): void {
  for (const { privateKey } of atlas.keys({ includeDeleted: true })) expect(log).not.toContain(privateKey);
}
