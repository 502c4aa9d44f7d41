/** mode: revoke through the built action: every secret, then the account. */
import { describe, expect, it } from 'vitest';
import { onlyError, storyOf } from '../action/evidence.ts';
import { accountsBeside, CALLERS, onlyAccount, openAccountScene } from './scene.ts';

const REVOKE = { mode: 'revoke', roles: '' };

describe('revoke of service accounts', () => {
  it.each(CALLERS)(
    'ends every secret and takes the account out of the project, signed in as %s',
    async (signIn) => {
      await using scene = await openAccountScene({ signIn });
      await scene.run({});
      await scene.run({ mode: 'rotate' });
      const { clientId } = onlyAccount(scene);
      const { main } = await scene.run(REVOKE);
      expect(main.outputs, main.rawLog).toMatchObject({ result: 'revoked', changed: 'true' });
      expect(onlyAccount(scene)).toMatchObject({ clientId, secrets: [] });
      expect(onlyAccount(scene).roles).toEqual([{ orgId: scene.orgId, roleName: 'ORG_MEMBER' }]);
      expect(storyOf(main)).toEqual([
        `Deleted every secret of service account ${clientId} and took it out of the project. It stays in the organisation, empty, ` +
          'and counts towards its limit of 200: deleting it needs Organization Owner.',
      ]);
      const again = await scene.run(REVOKE);
      expect(again.main.outputs).toMatchObject({ result: 'revoked', changed: 'false' });
      expect(storyOf(again.main)).toEqual(['There is no such service account any more.']);
    },
  );

  it('deletes the account with the role for that', async () => {
    await using scene = await openAccountScene({ callerRoles: ['ORG_OWNER'] });
    await scene.run({});
    await scene.run({ mode: 'ephemeral' });
    const ids = accountsBeside(scene).map(({ clientId }) => clientId);
    const { main } = await scene.run(REVOKE);
    expect(accountsBeside(scene)).toEqual([]);
    expect(storyOf(main).toSorted()).toEqual(ids.map((id) => `Deleted service account ${id}.`).toSorted());
  });

  it('leaves others alone: another name, and the caller', async () => {
    await using scene = await openAccountScene();
    const { orgId, groupId, caller, atlas } = scene;
    const roles = [{ roleName: 'GROUP_READ_ONLY', groupId }];
    const other = atlas.addServiceAccount({ orgId, name: 'Deploy', roles });
    expect((await scene.run(REVOKE)).main.outputs.changed).toBe('false');
    const own = await scene.run({ ...REVOKE, desc: 'the caller' });
    expect(own.conclusion).toBe('failure');
    expect(onlyError(own.main)).toBe(
      `Not every service account could be revoked. ${caller?.clientId}: it is the account that this step signs in as`,
    );
    expect(atlas.serviceAccount(other.clientId)?.secrets).toEqual(other.secrets);
    expect(atlas.serviceAccount(caller?.clientId ?? '')?.secrets).toHaveLength(1);
  });

  it('names an account in a second project, which it leaves alone, and fails', async () => {
    await using scene = await openAccountScene({ callerRoles: ['ORG_OWNER'] });
    const { atlas, orgId } = scene;
    await scene.run({});
    const { clientId, secrets } = onlyAccount(scene);
    const other = atlas.addProject({ id: orgId }, { name: 'other' });
    atlas.setAccountRoles(clientId, other.id, ['GROUP_READ_ONLY']);
    const { main } = await scene.run(REVOKE);
    const why = `it is in project ${other.id}, too, which this step does not name`;
    expect(onlyError(main)).toBe(`Not every service account could be revoked. ${clientId}: ${why}`);
    expect(main.annotations).toContainEqual({
      level: 'warning',
      message: `Left service account ${clientId} as it is: ${why}.`,
    });
    expect(onlyAccount(scene).secrets).toEqual(secrets);
  });

  it('names a secret that could not be deleted, and fails', async () => {
    await using scene = await openAccountScene();
    await scene.run({});
    scene.atlas.faults.add({
      when: { operation: 'deleteGroupServiceAccountSecret' },
      times: 50,
      action: { kind: 'error', code: 'USER_UNAUTHORIZED' },
    });
    const { main } = await scene.run(REVOKE);
    expect(onlyError(main)).toMatch(
      /^Not every service account could be revoked\. mdb_sa_id_\w+: Could not delete the secret of the service account: /,
    );
    expect(onlyAccount(scene).secrets).toHaveLength(1);
  });

  it('is planned, and changes nothing', async () => {
    await using scene = await openAccountScene();
    await scene.run({});
    const before = onlyAccount(scene);
    const { main } = await scene.run({ ...REVOKE, dryRun: 'true' });
    expect(storyOf(main)).toEqual([
      `Dry run, would revoke: secret ${before.secrets[0]?.id} of service account ${before.clientId}`,
      `Dry run, would revoke: service account ${before.clientId}, "deploy"`,
    ]);
    expect(onlyAccount(scene)).toEqual(before);
  });
});
