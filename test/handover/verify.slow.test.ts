/** A key is handed over when it works, with the access list it is to have, and not before. */
import { describe, expect, it } from 'vitest';
import { openScene } from '../action/scene.ts';
import { lookDuring } from './look-during.ts';

it('verify waits until Atlas knows the new key', async () => {
  await using scene = await openScene({ settings: { newKeyRefusedMs: 1500 } });
  const run = await scene.run({ mode: 'rotate' });
  expect(run.conclusion).toBe('success');
  expect(run.main.outputs.privateKey).toMatch(/^[0-9a-f-]{36}$/);
  expect(run.main.annotations.filter(({ level }) => level !== 'notice')).toEqual([]);
  const refused = scene.atlas.history.find(({ signIn }) => signIn === 'refused');
  expect(refused.map(({ operation }) => operation)).toContain('getSystemStatus');
});

it('accessList: current does not blame ipinfo for credentials that are wrong everywhere', async () => {
  await using scene = await openScene();
  const atlasPrivateKey = '00000000-0000-4000-8000-000000000000';
  const run = await scene.run({ mode: 'ephemeral', accessList: 'current', atlasPrivateKey });
  expect(run.conclusion).toBe('failure');
  expect(run.main.log).toContain('the credentials are not accepted');
  expect(run.main.log).not.toContain('cannot be used');
  // The other call of the same moment is not repeated when nobody waits for it any more.
  expect(run.main.milliseconds).toBeLessThan(10_000);
});

describe('an organisation that requires an access list', () => {
  // The caller is allowed everywhere, the new key nowhere yet.
  const openClosedScene = async () => {
    const scene = await openScene({ settings: { callerAddress: '203.0.113.7' } });
    const { id: orgId } = scene.atlas.addOrganization({ name: 'closed', requireAccessList: true });
    const project = scene.atlas.addProject({ id: orgId }, { name: 'shop' });
    const accessList = ['203.0.113.0/24'];
    const caller = scene.atlas.addKey({ orgId, desc: 'the caller', roles: ['ORG_OWNER'], accessList });
    const inputs = {
      groupId: project.id,
      atlasPublicKey: caller.publicKey,
      atlasPrivateKey: caller.privateKey,
    };
    const made = () => scene.atlas.keys().filter((key) => key.orgId === orgId && key.id !== caller.id);
    return { scene, inputs, made };
  };

  it('only warns where no accessList was given, and says what to do', async () => {
    const { scene, inputs, made } = await openClosedScene();
    await using _ = scene;
    const run = await lookDuring(scene, { ...inputs, mode: 'ephemeral' }, () => made().length);
    expect(run.conclusion).toBe('success');
    expect(run.seen).toBe(1);
    const warnings = run.main.annotations.filter(({ level }) => level === 'warning');
    expect(warnings.map(({ message }) => message)).toEqual([
      expect.stringMatching(/may not be used from this machine.*Set accessList: current/),
    ]);
  });

  it('fails and undoes where the accessList given leaves this machine out', async () => {
    const { scene, inputs, made } = await openClosedScene();
    await using _ = scene;
    const run = await scene.run({ ...inputs, mode: 'rotate', accessList: '198.51.100.1' });
    expect(run.conclusion).toBe('failure');
    expect(run.main.log).toMatch(/does not hold this machine's address.*Add `current` to accessList/);
    expect(run.main.outputs.privateKey ?? '').toBe('');
    expect(made()).toEqual([]);
  });

  it('is satisfied by accessList: current beside IPv6 and blocks, all there before anybody signs in', async () => {
    const { scene, inputs, made } = await openClosedScene();
    await using _ = scene;
    const run = await scene.run({ ...inputs, accessList: 'current\n198.51.100.0/24, 2001:db8::/32' });
    expect(run.conclusion).toBe('success');
    const [key] = made();
    expect([...(key?.accessList ?? [])].sort()).toEqual([
      '198.51.100.0/24',
      '2001:db8::/32',
      '203.0.113.7/32',
    ]);
    expect(run.main.log).toContain('203.0.113.7');
    expect(run.main.annotations.filter(({ level }) => level !== 'notice')).toEqual([]);
    const kinds = scene.atlas.history.of(key?.id ?? '').map(({ kind }) => kind);
    expect(kinds).toContain('signedIn');
    expect(kinds.lastIndexOf('accessListAdded')).toBeLessThan(kinds.indexOf('signedIn'));
  });
});
