import { describe, expect, it } from 'vitest';
import { keysBeside, openScene, type Scene } from '../action/scene.ts';

/** A first key that is current, with its secret as a combined one. */
async function firstKey(scene: Scene): Promise<string> {
  const { main } = await scene.run({});
  return `${main.outputs.publicKey}:${main.outputs.privateKey}`;
}

describe('ensure with the secret of a key that a rotation left behind', () => {
  it('hands on the key that was superseded, as long as it lives', async () => {
    await using scene = await openScene();
    const knownPrivateKey = await firstKey(scene);
    await scene.run({ mode: 'rotate' });
    const { main, conclusion } = await scene.run({ knownPrivateKey });
    expect(conclusion).toBe('success');
    expect(main.log).toContain('which is previous and still alive');
    expect(main.outputs).toMatchObject({ result: 'unchanged', desc: 'deploy' });
    expect(`${main.outputs.publicKey}:${main.outputs.privateKey}`).toBe(knownPrivateKey);
  });

  it('hands on the key of a rotation that was stored and is not final', async () => {
    await using scene = await openScene();
    await firstKey(scene);
    const failed = await scene.job([scene.step({ mode: 'rotate' }), { run: 'exit 1' }]);
    const stored = failed.steps[0]?.outputs ?? {};
    const { main } = await scene.run({ knownPrivateKey: `${stored.publicKey}:${stored.privateKey}` });
    expect(main.outputs).toMatchObject({ result: 'unchanged', publicKey: stored.publicKey });
    expect(main.log).toContain('which is undecided and still alive');
  });

  it('signs in only once to keep a key in rotate', async () => {
    await using scene = await openScene();
    const knownPrivateKey = await firstKey(scene);
    scene.atlas.history.clear();
    const { main } = await scene.run({ mode: 'rotate', rotateAfter: '30d', knownPrivateKey });
    expect(main.outputs.result).toBe('unchanged');
    expect(`${main.outputs.publicKey}:${main.outputs.privateKey}`).toBe(knownPrivateKey);
    const [key] = keysBeside(scene);
    expect(scene.atlas.history.find((request) => request.caller === key?.id)).toHaveLength(1);
  });
});
