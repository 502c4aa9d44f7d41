/** A new key's own access list. What an entry may look like is in test/inputs. */
import { describe, expect, it } from 'vitest';
import { keysBeside, openScene } from '../action/scene.ts';

describe('accessList', () => {
  it('is on the new key before anybody signs in with it', async () => {
    await using scene = await openScene({ settings: { callerAddress: '203.0.113.7' } });
    await scene.run({ accessList: 'current' });
    const [key] = keysBeside(scene);
    const kinds = scene.atlas.history.of(key?.id ?? '').map(({ kind }) => kind);
    expect(kinds).toContain('signedIn');
    expect(kinds.indexOf('accessListAdded')).toBeLessThan(kinds.indexOf('signedIn'));
  });

  it('takes IPv6 and blocks', async () => {
    await using scene = await openScene({ settings: { callerAddress: '2001:db8::7' } });
    const run = await scene.run({ accessList: '2001:db8::/32, 198.51.100.0/24' });
    expect(run.conclusion).toBe('success');
    expect([...(keysBeside(scene)[0]?.accessList ?? [])].sort()).toEqual([
      '198.51.100.0/24',
      '2001:db8::/32',
    ]);
  });

  it('refuses everything at once, with the reason, before anything is made', async () => {
    await using scene = await openScene();
    const run = await scene.run({ accessList: '0.0.0.0/0\n10.0.0.256\n192.0.2.1/33' });
    expect(run.conclusion).toBe('failure');
    for (const wrong of ['0.0.0.0/0', '10.0.0.256', '192.0.2.1/33']) expect(run.main.log).toContain(wrong);
    expect(scene.atlas.history.requests).toEqual([]);
  });

  it.each(['ensure', 'rotate'])('never touches a key that was there before (%s)', async (mode) => {
    await using scene = await openScene({ settings: { callerAddress: '203.0.113.7' } });
    const roles = [{ roleName: 'GROUP_READ_ONLY', groupId: scene.groupId }];
    const key = scene.atlas.addKey({ orgId: scene.orgId, desc: 'deploy', roles });
    const run = await scene.run({ mode, accessList: 'current', rotateAfter: mode === 'rotate' ? '30d' : '' });
    expect(run.main.outputs.result).toBe('unchanged');
    expect(scene.atlas.key(key.id)?.accessList).toEqual([]);
    expect(scene.atlas.history.find(({ target }) => target.includes('ipinfo'))).toEqual([]);
    expect(run.main.log).toContain('the access list of this one stays as it is');
  });

  it.each([
    ['ensure', 403],
    ['ephemeral', 403],
    ['rotate', 403],
    ['ensure', 404],
    ['ensure', 401],
    ['ephemeral', 401],
  ])(
    'says that the address is unknown when Atlas refuses to tell it, and makes nothing (%s, %i)',
    async (mode, status) => {
      await using scene = await openScene();
      const body =
        status === 401 ? { error: 401, errorCode: 'UNEXPECTED_ERROR', detail: 'no' } : { error: status };
      scene.atlas.faults.add({
        when: { path: '/api/private/ipinfo' },
        times: 5,
        action: { kind: 'answer', status, body },
      });
      const run = await scene.run({ mode, accessList: 'current' });
      expect(run.conclusion).toBe('failure');
      expect(run.main.log).toMatch(/accessList: current cannot be used.*Name the addresses or CIDR blocks/);
      expect(keysBeside(scene)).toEqual([]);
      expect(scene.atlas.history.find('createGroupApiKey')).toEqual([]);
    },
  );

  it('does not blame ipinfo for credentials that are wrong everywhere', async () => {
    await using scene = await openScene();
    const run = await scene.run({
      mode: 'ephemeral',
      accessList: 'current',
      atlasPrivateKey: '00000000-0000-4000-8000-000000000000',
    });
    expect(run.conclusion).toBe('failure');
    expect(run.main.log).toContain('the credentials are not accepted');
    expect(run.main.log).not.toContain('cannot be used');
    // The other call of the same moment is not repeated when nobody waits for it any more.
    expect(run.main.milliseconds).toBeLessThan(3000);
  });

  it('undoes the key when its list cannot be written', async () => {
    await using scene = await openScene();
    scene.atlas.faults.add({
      when: { operation: 'createOrgApiKeyAccessListEntry' },
      action: { kind: 'error', code: 'NOT_ORG_OWNER' },
    });
    const run = await scene.run({ accessList: '198.51.100.1' });
    expect(run.conclusion).toBe('failure');
    expect(keysBeside(scene)).toEqual([]);
  });
});
