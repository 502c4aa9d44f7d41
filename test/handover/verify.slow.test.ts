/** A key is handed over when it works, and not before; from the committed dist. */
import { describe, expect, it } from 'vitest';
import { keysBeside, openScene } from '../action/scene.ts';
import { lookDuring } from './look-during.ts';

const MODES = ['ensure', 'ephemeral', 'rotate'];

describe('verify', () => {
  it.each(MODES)('waits until Atlas knows the new key (%s)', async (mode) => {
    await using scene = await openScene({ settings: { newKeyRefusedMs: 1500 } });
    const run = await scene.run({ mode });
    expect(run.conclusion).toBe('success');
    expect(run.main.outputs.privateKey).toMatch(/^[0-9a-f-]{36}$/);
    expect(run.main.annotations.filter(({ level }) => level !== 'notice')).toEqual([]);
    const signIns = scene.atlas.history.find(
      ({ signIn, operation }) => operation === 'getSystemStatus' && signIn === 'refused',
    );
    expect(signIns.length).toBeGreaterThan(0);
  });

  it('gives up after ten seconds, however slow the answers are, deletes the key and fails', async () => {
    await using scene = await openScene({ settings: { newKeyRefusedMs: 3_600_000, latencyMs: 300 } });
    const started = performance.now();
    const run = await scene.run({ timeout: '60s' });
    expect(performance.now() - started).toBeLessThan(15_000);
    expect(run.conclusion).toBe('failure');
    expect(run.main.log).toMatch(/Atlas still refuses the new key .* after 10 seconds/);
    expect(run.main.outputs.privateKey ?? '').toBe('');
    expect(keysBeside(scene)).toEqual([]);
    expect(run.post[0]?.annotations).toEqual([]);
  });

  it('is not done with verify: false', async () => {
    await using scene = await openScene({ settings: { newKeyRefusedMs: 3_600_000 } });
    const run = await scene.run({ verify: 'false' });
    expect(run.main.outputs.result).toBe('created');
    expect(scene.atlas.history.find('getSystemStatus')).toEqual([]);
  });
});

describe('an organisation that requires an access list', () => {
  // The caller is allowed everywhere, the new key nowhere yet.
  const openClosedScene = async () => {
    const scene = await openScene({ settings: { callerAddress: '203.0.113.7' } });
    const organization = scene.atlas.addOrganization({ name: 'closed', requireAccessList: true });
    const project = scene.atlas.addProject(organization, { name: 'shop' });
    const caller = scene.atlas.addKey({
      orgId: organization.id,
      desc: 'the caller',
      roles: ['ORG_OWNER'],
      accessList: ['203.0.113.0/24'],
    });
    const inputs = {
      groupId: project.id,
      atlasPublicKey: caller.publicKey,
      atlasPrivateKey: caller.privateKey,
    };
    const made = () =>
      scene.atlas.keys().filter((key) => key.orgId === organization.id && key.id !== caller.id);
    return { scene, inputs, made };
  };

  it.each(MODES)('only warns where no accessList was given, and says what to do (%s)', async (mode) => {
    const { scene, inputs, made } = await openClosedScene();
    await using _ = scene;
    const run = await lookDuring(scene, { ...inputs, mode }, () => made().length);
    expect(run.conclusion).toBe('success');
    expect(run.seen).toBe(1);
    const warnings = run.main.annotations.filter(({ level }) => level === 'warning');
    expect(warnings.map(({ message }) => message)).toEqual([
      expect.stringMatching(/may not be used from this machine.*Set accessList: current/),
    ]);
  });

  it.each(MODES)('fails and undoes where the accessList given leaves this machine out (%s)', async (mode) => {
    const { scene, inputs, made } = await openClosedScene();
    await using _ = scene;
    const run = await scene.run({ ...inputs, mode, accessList: '198.51.100.1' });
    expect(run.conclusion).toBe('failure');
    expect(run.main.log).toMatch(/does not hold this machine's address.*Add `current` to accessList/);
    expect(run.main.outputs.privateKey ?? '').toBe('');
    expect(made()).toEqual([]);
  });

  it.each(MODES)('is satisfied by accessList: current (%s)', async (mode) => {
    const { scene, inputs, made } = await openClosedScene();
    await using _ = scene;
    const wish = { ...inputs, mode, accessList: 'current\n198.51.100.0/24' };
    const run = await lookDuring(scene, wish, () => made()[0]?.accessList ?? []);
    expect(run.conclusion).toBe('success');
    expect([...run.seen].sort()).toEqual(['198.51.100.0/24', '203.0.113.7/32']);
    expect(run.main.log).toContain('203.0.113.7');
    expect(run.main.annotations.filter(({ level }) => level !== 'notice')).toEqual([]);
  });
});
