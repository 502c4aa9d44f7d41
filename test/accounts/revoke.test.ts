/** mode: revoke: every secret, then the account. */
import { describe, expect, it } from 'vitest';
import { accountsBeside, CALLERS, onlyAccount } from './scene.ts';
import { openAccountShop } from './shop.ts';

describe('revoke of service accounts', () => {
  it.each(CALLERS)(
    'ends every secret and takes the account out of the project, signed in as %s',
    async (signIn) => {
      await using shop = await openAccountShop({ signIn });
      await shop.run(shop.ensure());
      await shop.run(shop.rotate());
      const { clientId } = onlyAccount(shop);
      const { outcome, lines } = await shop.run(shop.revoke());
      expect(outcome).toMatchObject({ result: 'revoked', changed: true });
      expect(onlyAccount(shop)).toMatchObject({
        clientId,
        secrets: [],
        roles: [{ orgId: shop.orgId, roleName: 'ORG_MEMBER' }],
      });
      expect(lines).toEqual([
        `Deleted every secret of service account ${clientId} and took it out of the project. It stays in the organisation, empty, ` +
          'and counts towards its limit of 200: deleting it needs Organization Owner.',
      ]);
      const again = await shop.run(shop.revoke());
      expect(again.outcome).toMatchObject({ result: 'revoked', changed: false });
      expect(again.lines).toEqual(['There is no such service account any more.']);
    },
  );

  it('deletes the account with the role for that', async () => {
    await using shop = await openAccountShop({ callerRoles: ['ORG_OWNER'] });
    await shop.run(shop.ensure());
    await shop.run(shop.ephemeral());
    const ids = accountsBeside(shop).map(({ clientId }) => clientId);
    const { lines } = await shop.run(shop.revoke());
    expect(ids).toHaveLength(2);
    expect(accountsBeside(shop)).toEqual([]);
    expect(lines.toSorted()).toEqual(ids.map((id) => `Deleted service account ${id}.`).toSorted());
  });

  it('leaves others alone: another name, and the caller', async () => {
    await using shop = await openAccountShop();
    const { orgId, groupId, caller, atlas } = shop;
    const roles = [{ roleName: 'GROUP_READ_ONLY', groupId }];
    const other = atlas.addServiceAccount({ orgId, name: 'Deploy', roles });
    expect((await shop.run(shop.revoke())).outcome?.changed).toBe(false);
    expect(await shop.refusal(shop.revoke({ desc: 'the caller' }))).toBe(
      `Not every service account could be revoked. ${caller?.clientId}: it is the account that this step signs in as`,
    );
    expect(atlas.serviceAccount(other.clientId)?.secrets).toEqual(other.secrets);
    expect(atlas.serviceAccount(caller?.clientId ?? '')?.secrets).toHaveLength(1);
  });

  it('names an account in a second project, which it leaves alone, and fails', async () => {
    await using shop = await openAccountShop({ callerRoles: ['ORG_OWNER'] });
    await shop.run(shop.ensure());
    const { clientId, secrets } = onlyAccount(shop);
    shop.atlas.setAccountRoles(clientId, shop.otherGroupId, ['GROUP_READ_ONLY']);
    const { outcome, warnings } = await shop.run(shop.revoke());
    const why = `it is in project ${shop.otherGroupId}, too, which this step does not name`;
    expect(outcome?.problem).toBe(`Not every service account could be revoked. ${clientId}: ${why}`);
    expect(warnings).toEqual([`Left service account ${clientId} as it is: ${why}.`]);
    expect(onlyAccount(shop).secrets).toEqual(secrets);
  });

  it('names a secret that could not be deleted, and fails', async () => {
    await using shop = await openAccountShop();
    await shop.run(shop.ensure());
    shop.refuse('deleteGroupServiceAccountSecret');
    expect(await shop.refusal(shop.revoke())).toMatch(
      /^Not every service account could be revoked\. mdb_sa_id_\w+: Could not delete the secret of the service account: /,
    );
    expect(onlyAccount(shop).secrets).toHaveLength(1);
  });

  it('is planned, and changes nothing', async () => {
    await using shop = await openAccountShop();
    await shop.run(shop.ensure());
    const before = onlyAccount(shop);
    const { told } = await shop.plan(shop.revoke());
    expect(told).toEqual([
      `Dry run, would revoke: secret ${before.secrets[0]?.id} of service account ${before.clientId}`,
      `Dry run, would revoke: service account ${before.clientId}, "deploy"; without Organization Owner it is taken out of the project, empty`,
    ]);
  });

  it('is planned with what would be left', async () => {
    await using shop = await openAccountShop({ callerRoles: ['ORG_OWNER'] });
    await shop.run(shop.ensure());
    const { clientId } = onlyAccount(shop);
    shop.atlas.setAccountRoles(clientId, shop.otherGroupId, ['GROUP_READ_ONLY']);
    const { outcome } = await shop.plan(shop.revoke());
    expect(outcome).toMatchObject({
      plan: [],
      problem: `Not every service account could be revoked. ${clientId}: it is in project ${shop.otherGroupId}, too, which this step does not name`,
    });
  });
});
