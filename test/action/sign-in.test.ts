import { describe, expect, it } from 'vitest';
import type { SettingsInput } from '../simulator/settings.ts';
import { expectMasked, onlyError, storyOf } from './evidence.ts';
import { openQuickScene } from './in-process.ts';
import { keysBeside, type Scene } from './scene.ts';

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

  it('takes one challenge for the whole step', async () => {
    await using scene = await openQuickScene();
    await scene.run({});
    const challenged = scene.atlas.history.find(({ signIn }) => signIn === 'challenged');
    expect(challenged).toHaveLength(1);
    expect(challenged[0]).toMatchObject({ operation: 'listGroupApiKeys', scheme: undefined });
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
    expect(main.milliseconds).toBeLessThan(3_000);
  });

  it('says nothing of the challenge to the person who reads the log', async () => {
    await using scene = await openQuickScene();
    const { main } = await scene.run({ mode: 'ephemeral' });
    expect(storyOf(main).join('\n')).not.toMatch(/\b401\b|challenge|unauthori[sz]ed/i);
    expect(main.annotations).toEqual([]);
  });
});

describe('a service account', () => {
  it('fetches one token, uses it for everything, and revokes it', async () => {
    await using scene = await openQuickScene();
    const { account, inputs } = asServiceAccount(scene);
    const run = await scene.run(inputs);
    expect(run.main.outputs, run.log).toMatchObject({ result: 'created' });
    const { history } = scene.atlas;
    expect(history.find('createToken')).toHaveLength(1);
    expect(history.find('revokeToken')).toHaveLength(1);
    expect(history.requests.at(-1)).toMatchObject({ operation: 'revokeToken', status: 200 });
    expect(scene.atlas.liveTokens(account.clientId)).toBe(0);
    const schemes = history.find('createGroupApiKey').map(({ scheme }) => scheme);
    expect(schemes).toEqual(['Bearer']);
  });

  it('wins over a key that is given as well, with a notice', async () => {
    await using scene = await openQuickScene();
    const { account, inputs } = asServiceAccount(scene);
    const { atlasPublicKey, atlasPrivateKey } = scene.inputs;
    const both = { ...inputs, mode: 'ephemeral', atlasPublicKey, atlasPrivateKey };
    const { main } = await scene.run(both as typeof inputs);
    expect(main.annotations).toEqual([expect.objectContaining({ level: 'notice' })]);
    // One for the step, and one for post.
    expect(scene.atlas.history.find('createToken')).toHaveLength(2);
    expect(scene.atlas.liveTokens(account.clientId)).toBe(0);
  });

  it('shows its token and its secret to nobody', async () => {
    await using scene = await openQuickScene();
    const { account, inputs } = asServiceAccount(scene);
    const run = await scene.run(inputs, { debug: true });
    const tokens = run.masks.filter((mask) => mask.startsWith('eyJ') || mask.length > 60);
    expect(tokens.length).toBeGreaterThan(0);
    for (const secret of [...tokens, account.clientSecret]) expectMasked(run, secret);
  });

  it('revokes its token when the step fails', async () => {
    await using scene = await openQuickScene();
    const { account, inputs } = asServiceAccount(scene);
    const run = await scene.run({ ...inputs, roles: 'GROUP_NONSENSE' });
    expect(run.conclusion).toBe('failure');
    expect(scene.atlas.history.find('revokeToken')).toHaveLength(1);
    expect(scene.atlas.liveTokens(account.clientId)).toBe(0);
  });

  it('revokes its token when the run is cancelled', async () => {
    await using scene = await openQuickScene();
    const { account, inputs } = asServiceAccount(scene);
    const cancel = new AbortController();
    scene.atlas.faults.add({
      when: { operation: 'listGroupApiKeys' },
      run: () => cancel.abort(),
      action: { kind: 'hang' },
    });
    const { main } = await scene.run(inputs, { signal: cancel.signal });
    expect(main.outcome).toBe('cancelled');
    expect(main.signals).toEqual(['SIGINT']);
    expect(scene.atlas.liveTokens(account.clientId)).toBe(0);
  });

  it('does not let the step hang when the revocation is never answered', async () => {
    await using scene = await openQuickScene();
    const { inputs } = asServiceAccount(scene);
    scene.atlas.faults.add({ when: { operation: 'revokeToken' }, action: { kind: 'hang' } });
    const { main } = await scene.run({ ...inputs, timeout: '5s' });
    expect(main.outputs).toMatchObject({ result: 'created' });
    expect(main.milliseconds).toBeLessThan(5_500);
  });

  it('is told when its secret is wrong', async () => {
    await using scene = await openQuickScene();
    const { inputs } = asServiceAccount(scene);
    const { main } = await scene.run({ ...inputs, atlasClientSecret: 'mdb_sa_sk_wrongwrongwrong' });
    expect(onlyError(main)).toMatch(
      /Could not sign in as the service account: the credentials are not accepted/,
    );
    expect(scene.atlas.history.find('createToken')).toHaveLength(1);
  });

  it('makes a new token when the old one expires in the middle of the step', async () => {
    await using scene = await openQuickScene({ settings: { tokens: { lifetimeMs: 60_000 } } });
    const { account, inputs } = asServiceAccount(scene);
    scene.atlas.faults.add({
      when: { operation: 'createGroupApiKey' },
      phase: 'arrival',
      run: () => scene.atlas.clock.advance(61_000),
    });
    const run = await scene.run(inputs);
    expect(run.main.outputs, run.log).toMatchObject({ result: 'created' });
    expect(scene.atlas.history.find('createToken')).toHaveLength(2);
    expect(scene.atlas.liveTokens(account.clientId)).toBe(0);
  });
});

function asServiceAccount(scene: Scene) {
  const account = scene.atlas.addServiceAccount({ orgId: scene.orgId, roles: ['ORG_OWNER'] });
  const { clientId, clientSecret } = account;
  const inputs = {
    atlasPublicKey: '',
    atlasPrivateKey: '',
    atlasClientId: clientId,
    atlasClientSecret: clientSecret,
  };
  return { account, inputs };
}
