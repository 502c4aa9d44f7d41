import { describe, expect, it } from 'vitest';
import type { SettingsInput } from '../simulator/settings.ts';
import { expectMasked, onlyError, storyOf } from './evidence.ts';
import { openQuickScene } from './in-process.ts';
import { keysBeside, type SceneOptions } from './scene.ts';

describe('Digest', () => {
  it.each<[string, NonNullable<SettingsInput['digest']>]>([
    ['MD5', { algorithms: ['MD5'] }],
    ['SHA-256', { algorithms: ['SHA-256'] }],
    ['SHA-256 offered behind MD5', { algorithms: ['MD5', 'SHA-256'] }],
    ['an opaque value', { opaque: true }],
    ['one-time nonces', { oneTimeNonces: true }],
    ['one-time nonces and a quoted stale', { oneTimeNonces: true, staleQuoted: true }],
    ['counts in any order, each once', { nonceCount: 'unrepeated' }],
  ])('with %s', async (_what, digest) => {
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

  it('signs anew when the nonce grew old in the middle of the step', async () => {
    await using scene = await openQuickScene();
    scene.atlas.faults.add({
      when: { operation: 'createGroupApiKey' },
      phase: 'arrival',
      run: () => scene.atlas.clock.advance(61_000),
    });
    const run = await scene.run({});
    expect(run.main.outputs, run.log).toMatchObject({ result: 'created' });
    expect(scene.atlas.history.find(({ signIn }) => signIn === 'stale').length).toBeGreaterThan(0);
    expect(scene.atlas.history.changes.filter(({ kind }) => kind === 'created')).toHaveLength(2);
  });

  it('gives up on a server whose nonces are always too old', async () => {
    await using scene = await openQuickScene({ settings: { digest: { nonceLifetimeMs: 0 } } });
    const { main } = await scene.run({});
    expect(onlyError(main)).toMatch(/the credentials are not accepted/);
    expect(scene.atlas.history.requests.length).toBeLessThan(6);
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

  it('revokes its token when the step fails', async () => {
    await using scene = await openServiceAccount();
    const run = await scene.run({ roles: 'GROUP_NONSENSE' });
    expect(run.conclusion).toBe('failure');
    expect(scene.atlas.history.find('revokeToken')).toHaveLength(1);
    expect(scene.liveTokens()).toBe(0);
  });

  it('revokes its token when the run is cancelled', async () => {
    await using scene = await openServiceAccount();
    const cancel = new AbortController();
    scene.atlas.faults.add({
      when: { operation: 'listGroupApiKeys' },
      run: () => cancel.abort(),
      action: { kind: 'hang' },
    });
    const { main } = await scene.run({}, { signal: cancel.signal });
    expect(main.outcome).toBe('cancelled');
    expect(main.signals).toEqual(['SIGINT']);
    expect(scene.liveTokens()).toBe(0);
  });

  it('does not let the step hang when the revocation is never answered', async () => {
    await using scene = await openServiceAccount();
    scene.atlas.faults.add({ when: { operation: 'revokeToken' }, action: { kind: 'hang' } });
    const { main } = await scene.run({ timeout: '5s' });
    expect(main.outputs).toMatchObject({ result: 'created' });
    expect(main.milliseconds).toBeLessThan(5_500);
  });

  it('makes a new token when the old one expires in the middle of the step', async () => {
    await using scene = await openServiceAccount({ settings: { tokens: { lifetimeMs: 60_000 } } });
    scene.atlas.faults.add({
      when: { operation: 'createGroupApiKey' },
      phase: 'arrival',
      run: () => scene.atlas.clock.advance(61_000),
    });
    const run = await scene.run({});
    expect(run.main.outputs, run.log).toMatchObject({ result: 'created' });
    expect(scene.atlas.history.find('createToken')).toHaveLength(2);
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
