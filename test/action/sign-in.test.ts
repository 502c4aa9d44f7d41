import { describe, expect, it } from 'vitest';
import type { SettingsInput } from '../simulator/settings.ts';
import { expectMasked, storyOf } from './evidence.ts';
import { openQuickScene } from './in-process.ts';
import { keysBeside, type SceneOptions } from './scene.ts';

describe('Digest', () => {
  it.each<NonNullable<SettingsInput['digest']>>([
    { algorithms: ['MD5', 'SHA-256'], opaque: true, oneTimeNonces: true, staleQuoted: true },
    { nonceCount: 'unrepeated' },
  ])('with %j', async (digest) => {
    await using scene = await openQuickScene({ settings: { digest } });
    const run = await scene.run({});
    expect(run.main.outputs, run.log).toMatchObject({ result: 'created' });
    const refused = scene.atlas.history.find(({ signIn }) => signIn === 'refused' || signIn === 'replayed');
    expect(refused).toEqual([]);
    expect(keysBeside(scene)).toHaveLength(1);
  });

  it('takes one challenge for the whole step, and says nothing of it to the person who reads the log', async () => {
    await using scene = await openQuickScene();
    const { main } = await scene.run({ mode: 'ephemeral' }, { debug: true });
    const challenged = scene.atlas.history.find(({ signIn }) => signIn === 'challenged');
    // One for the step, and one for post.
    expect(challenged.map(({ scheme }) => scheme)).toEqual([undefined, undefined]);
    expect(storyOf(main).join('\n')).not.toMatch(/\b401\b|challenge|unauthori[sz]ed/i);
    expect(main.annotations).toEqual([]);
  });
});

describe('a service account', () => {
  it('fetches one token, uses it for everything, revokes it, and shows it to nobody', async () => {
    await using scene = await openServiceAccount();
    const run = await scene.run({}, { debug: true });
    expect(run.main.outputs, run.log).toMatchObject({ result: 'created' });
    const { history } = scene.atlas;
    expect(history.find('createToken')).toHaveLength(1);
    expect(history.find('revokeToken')).toHaveLength(1);
    expect(history.requests.at(-1)).toMatchObject({ operation: 'revokeToken', status: 200 });
    expect(history.find('createGroupApiKey').map(({ scheme }) => scheme)).toEqual(['Bearer']);
    expect(scene.liveTokens()).toBe(0);
    const tokens = run.masks.filter((mask) => mask.startsWith('eyJ') || mask.length > 60);
    expect(tokens.length).toBeGreaterThan(0);
    for (const secret of [...tokens, scene.account.clientSecret]) expectMasked(run, secret);
  });

  it('wins over a key that is given as well, with a notice', async () => {
    await using scene = await openServiceAccount();
    const { publicKey: atlasPublicKey, privateKey: atlasPrivateKey } = scene.owner;
    const { main } = await scene.run({ mode: 'ephemeral', atlasPublicKey, atlasPrivateKey });
    expect(main.annotations).toEqual([expect.objectContaining({ level: 'notice' })]);
    // One for the step, and one for post.
    expect(scene.atlas.history.find('createToken')).toHaveLength(2);
    expect(scene.liveTokens()).toBe(0);
  });

  it.each(['failure', 'cancelled'])('revokes its token when the step ends in %s', async (outcome) => {
    await using scene = await openServiceAccount();
    const cancel = new AbortController();
    scene.atlas.faults.add({
      when: { operation: 'listGroupApiKeys' },
      run: () => (outcome === 'cancelled' ? cancel.abort() : undefined),
      action: outcome === 'cancelled' ? { kind: 'hang' } : { kind: 'error', code: 'NOT_IN_GROUP' },
    });
    const { main } = await scene.run({}, { signal: cancel.signal });
    expect(main.outcome).toBe(outcome);
    expect(scene.atlas.history.find('revokeToken')).toHaveLength(1);
    expect(scene.liveTokens()).toBe(0);
  });

  it('expires its ephemeral key by the clock of the service', async () => {
    await using scene = await openServiceAccount();
    scene.atlas.clock.advance(7 * 86_400_000);
    const { main } = await scene.run({ mode: 'ephemeral', ttl: '1h' });
    expect(main.outcome).toBe('success');
    const ahead = Date.parse(main.outputs.expiresAt ?? '') - scene.atlas.clock.now();
    expect(ahead).toBeGreaterThan(3_500_000);
    expect(ahead).toBeLessThan(3_700_000);
  });
});

/** A scene whose steps sign in as a service account. */
async function openServiceAccount(options?: SceneOptions) {
  const scene = await openQuickScene(options);
  const account = scene.atlas.addServiceAccount({ orgId: scene.orgId, roles: ['ORG_OWNER'] });
  const { clientId, clientSecret } = account;
  const credentials = { atlasPublicKey: '', atlasPrivateKey: '', atlasClientId: clientId };
  const run: typeof scene.run = (inputs, rest) =>
    scene.run({ ...credentials, atlasClientSecret: clientSecret, ...inputs }, rest);
  return { ...scene, account, run, liveTokens: () => scene.atlas.liveTokens(clientId) };
}
