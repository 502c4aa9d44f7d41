/** A secret that an earlier run stored: handed on when it is the key's, an error or a reason to rotate when not. */
import { describe, expect, it } from 'vitest';
import { keysBeside, openScene } from '../action/scene.ts';

const OTHER = '0f1e2d3c-4b5a-4978-8796-a5b4c3d2e1f0';

/** A scene in which a key was made and its secret stored. */
async function openWithKey(options: Parameters<typeof openScene>[0] = {}) {
  const scene = await openScene(options);
  await scene.run({});
  const [key] = keysBeside(scene);
  if (key === undefined) throw new Error('no key was made');
  scene.atlas.history.clear();
  return { scene, key, combined: `${key.publicKey}:${key.privateKey}` };
}

/** Another secret with the same end, which only a sign-in tells apart. */
const withSameTail = (secret: string) => `00000000-0000-4000-8000-${secret.slice(-12)}`;

describe('knownPrivateKey in ensure', () => {
  it('is handed out, masked, when it is the secret of the key', async () => {
    const { scene, key } = await openWithKey();
    await using _ = scene;
    const run = await scene.run({ knownPrivateKey: key.privateKey });
    expect(run.main.outputs).toMatchObject({
      result: 'unchanged',
      privateKey: key.privateKey,
      created: 'false',
    });
    expect(run.main.commands[0]).toMatchObject({ name: 'add-mask' });
    expect(run.masks).toContain(key.privateKey);
    expect(run.log).not.toContain(key.privateKey);
    expect(scene.atlas.history.of(key.id)).toContainEqual(expect.objectContaining({ kind: 'signedIn' }));
  });

  it('may be the combined secret: its private half is handed out and masked by itself', async () => {
    const { scene, key, combined } = await openWithKey();
    await using _ = scene;
    const run = await scene.run({ knownPrivateKey: combined, exportEnv: 'true' });
    expect(run.conclusion).toBe('success');
    expect(run.main.outputs).toMatchObject({ publicKey: key.publicKey, privateKey: key.privateKey });
    expect(run.main.exported.MONGODB_ATLAS_PRIVATE_API_KEY).toBe(key.privateKey);
    expect(run.masks).toEqual(expect.arrayContaining([key.privateKey, combined]));
    expect(run.masks).not.toContain(key.publicKey);
    expect(run.main.annotations).toEqual([]);
  });

  it.each([
    ['of another end', () => OTHER, 'its end is another one', false],
    ['of the same end that Atlas refuses', withSameTail, 'Atlas refuses it', true],
  ])('is an error %s; nothing is changed', async (_case, wrong, why, tried) => {
    const { scene, key } = await openWithKey();
    await using _ = scene;
    const run = await scene.run({ knownPrivateKey: wrong(key.privateKey), roles: 'GROUP_OWNER' });
    expect(run.conclusion).toBe('failure');
    expect(run.main.log).toContain(`is not the secret of key ${key.id}`);
    expect(run.main.log).toContain(why);
    expect(run.main.log).toContain('mode: rotate');
    expect(run.main.outputs.privateKey ?? '').toBe('');
    expect(scene.atlas.key(key.id)?.roles).toContainEqual(
      expect.objectContaining({ roleName: 'GROUP_READ_ONLY' }),
    );
    const refused = scene.atlas.history.find(({ signIn }) => signIn === 'refused');
    expect(refused.length > 0).toBe(tried);
  });

  it('is an error when the combined secret is of a key that was rotated away', async () => {
    const { scene, combined } = await openWithKey();
    await using _ = scene;
    await scene.run({ mode: 'rotate', commit: 'step', keepPrevious: '0' });
    const run = await scene.run({ knownPrivateKey: combined });
    expect(run.conclusion).toBe('failure');
    expect(run.main.log).toContain(`it belongs to the key ${combined.split(':')[0]}`);
  });

  it('counts when its key may not be used from this machine, which is told', async () => {
    const { scene, key } = await openWithKey();
    await using _ = scene;
    scene.atlas.faults.add({
      when: { operation: 'getSystemStatus', caller: key.id },
      action: { kind: 'error', code: 'IP_ADDRESS_NOT_ON_ACCESS_LIST', parameters: ['203.0.113.7'] },
    });
    const run = await scene.run({ knownPrivateKey: key.privateKey });
    expect(run.main.outputs.privateKey).toBe(key.privateKey);
    expect(run.main.log).toContain('may not be used from this machine');
  });
});

describe('knownPrivateKey in rotate', () => {
  it('keeps a young key that it fits, and hands it out', async () => {
    const { scene, key, combined } = await openWithKey();
    await using _ = scene;
    for (const knownPrivateKey of [key.privateKey, combined]) {
      const run = await scene.run({ mode: 'rotate', rotateAfter: '30d', knownPrivateKey });
      expect(run.main.outputs).toMatchObject({
        result: 'unchanged',
        apiUserId: key.id,
        privateKey: key.privateKey,
      });
    }
    expect(keysBeside(scene)).toHaveLength(1);
  });

  it.each([
    ['of another end', () => OTHER],
    ['that Atlas refuses', withSameTail],
    ['of another key', () => `abcdefgh:${OTHER}`],
  ])('is a reason to rotate now %s', async (_case, wrong) => {
    const { scene, key } = await openWithKey();
    await using _ = scene;
    const knownPrivateKey = wrong(key.privateKey);
    const run = await scene.run({ mode: 'rotate', rotateAfter: '30d', knownPrivateKey });
    expect(run.main.outputs).toMatchObject({
      result: 'rotated',
      previousApiUserIds: JSON.stringify([key.id]),
    });
    expect(run.main.log).toContain('the stored secret is not its secret, so a new one is due now');
    expect(run.main.outputs.privateKey).not.toBe(knownPrivateKey);
  });
});
