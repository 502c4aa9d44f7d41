/** A secret that an earlier run stored: handed on when it is the key's, an error or a reason to rotate when not. */
import { expect, it } from 'vitest';
import { openScene, type Scene } from '../action/scene.ts';
import { descriptionOf } from '../keys/described-keys.ts';

/** A key that an earlier run made. */
function stand(scene: Scene, state: 'current' | 'previous', age = 0) {
  return scene.atlas.addKey({
    orgId: scene.orgId,
    desc: descriptionOf(state, { repository: 'octo-org/octo-repo' }),
    createdAt: scene.atlas.clock.now() - age * 3_600_000,
    roles: [{ roleName: 'GROUP_READ_ONLY', groupId: scene.groupId }],
  });
}

/** Another secret with the same end, which only a sign-in tells apart. */
const withSameTail = (secret: string) => `00000000-0000-4000-8000-${secret.slice(-12)}`;

it('the combined secret of the current key is handed out and exported, its private half masked by itself', async () => {
  await using scene = await openScene();
  const { id, publicKey, privateKey } = stand(scene, 'current');
  const combined = `${publicKey}:${privateKey}`;
  const run = await scene.run({ knownPrivateKey: combined, exportEnv: 'true' });
  expect(run.conclusion).toBe('success');
  expect(run.main.outputs).toMatchObject({ result: 'unchanged', publicKey, privateKey, created: 'false' });
  expect(run.main.exported.MONGODB_ATLAS_PRIVATE_API_KEY).toBe(privateKey);
  expect(run.main.commands[0]).toMatchObject({ name: 'add-mask' });
  expect(run.masks).toEqual(expect.arrayContaining([privateKey, combined]));
  expect(run.masks).not.toContain(publicKey);
  expect(run.log).not.toContain(privateKey);
  expect(run.main.annotations).toEqual([]);
  expect(scene.atlas.history.of(id)).toContainEqual(expect.objectContaining({ kind: 'signedIn' }));
});

it('that of a key which a rotation superseded is handed on, as long as it lives', async () => {
  await using scene = await openScene();
  stand(scene, 'current');
  const { publicKey, privateKey } = stand(scene, 'previous', 1);
  const { main, conclusion } = await scene.run({ knownPrivateKey: `${publicKey}:${privateKey}` });
  expect(conclusion).toBe('success');
  expect(main.log).toContain('which is previous and still alive');
  expect(main.outputs).toMatchObject({ result: 'unchanged', desc: 'deploy', publicKey, privateKey });
});

it('one of the same end that Atlas refuses is an error of ensure, and nothing is changed', async () => {
  await using scene = await openScene();
  const { id, roles, privateKey } = stand(scene, 'current');
  const run = await scene.run({ knownPrivateKey: withSameTail(privateKey), roles: 'GROUP_OWNER' });
  expect(run.conclusion).toBe('failure');
  expect(run.main.log).toContain(`is not the secret of key ${id}`);
  expect(run.main.log).toContain('Atlas refuses it');
  expect(run.main.log).toContain('mode: rotate');
  expect(run.main.outputs.privateKey ?? '').toBe('');
  expect(scene.atlas.key(id)?.roles).toEqual(roles);
});

it('rotate keeps a young key that it fits, after one sign-in, and replaces one that it does not fit', async () => {
  await using scene = await openScene();
  const { id, publicKey, privateKey } = stand(scene, 'current', 1);
  const young = { mode: 'rotate', rotateAfter: '30d' };
  const kept = await scene.run({ ...young, knownPrivateKey: `${publicKey}:${privateKey}` });
  expect(kept.main.outputs).toMatchObject({ result: 'unchanged', apiUserId: id, privateKey });
  expect(scene.atlas.history.find(({ caller }) => caller === id)).toHaveLength(1);
  const knownPrivateKey = withSameTail(privateKey);
  const rotated = await scene.run({ ...young, knownPrivateKey });
  expect(rotated.main.outputs).toMatchObject({ result: 'rotated', previousApiUserIds: JSON.stringify([id]) });
  expect(rotated.main.log).toContain('the stored secret is not its secret, so a new one is due now');
  expect(rotated.main.outputs.privateKey).not.toBe(knownPrivateKey);
});
