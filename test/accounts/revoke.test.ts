/** mode: revoke: every secret, then the account. */
import { describe, expect } from 'vitest';
import { accountsBeside, CALLERS, onlyAccount } from './scene.ts';
import { it, openAccountShop } from './shop.ts';

const OWNER = { callerRoles: ['ORG_OWNER'] };
const left = (reasons: string) =>
  `Not every service account could be revoked. ${reasons}. Delete by hand in Atlas whatever has to go all the same.`;

describe('revoke of service accounts', () => {
  it.for(CALLERS)(
    'ends every secret and takes the account out of the project, signed in as %s',
    async (signIn) => {
      await using shop = await openAccountShop({ signIn });
      await shop.run(shop.ensure());
      await shop.run(shop.rotate());
      const { clientId } = onlyAccount(shop);
      const { outcome, lines } = await shop.run(shop.revoke());
      expect(outcome).toMatchObject({ result: 'revoked', changed: true });
      const roles = [{ orgId: shop.orgId, roleName: 'ORG_MEMBER' }];
      expect(onlyAccount(shop)).toMatchObject({ clientId, secrets: [], roles });
      expect(lines).toEqual([
        `Deleted every secret of service account ${clientId} and took it out of the project. It stays in the organisation, empty, ` +
          'and counts towards its limit of 200: deleting it needs Organization Owner.',
      ]);
      const again = await shop.run(shop.revoke());
      expect(again.outcome).toMatchObject({ result: 'revoked', changed: false });
      expect(again.lines).toEqual(['There is no such service account any more.']);
    },
  );

  it('ends what another run makes meanwhile before the account leaves the project', async ({ shop }) => {
    const { clientId } = await shop.ensured();
    shop.atlas.faults.add({
      when: { operation: 'deleteOrgServiceAccount' },
      run: () => void shop.atlas.addSecret(clientId, 48),
    });
    await shop.run(shop.revoke());
    expect(onlyAccount(shop)).toMatchObject({ clientId, secrets: [] });
  });

  it('deletes the account with the role for that', async () => {
    await using shop = await openAccountShop(OWNER);
    await shop.run(shop.ensure());
    await shop.run(shop.ephemeral());
    const ids = accountsBeside(shop).map(({ clientId }) => clientId);
    const { lines } = await shop.run(shop.revoke());
    expect(ids).toHaveLength(2);
    expect(accountsBeside(shop)).toEqual([]);
    expect(lines.toSorted()).toEqual(ids.map((id) => `Deleted service account ${id}.`).toSorted());
  });

  it('leaves others alone: another name, and the caller', async ({ shop }) => {
    const { caller, atlas } = shop;
    const other = shop.add({ name: 'Deploy' });
    expect((await shop.run(shop.revoke())).outcome?.changed).toBe(false);
    expect(await shop.refusal(shop.revoke({ desc: 'the caller' }))).toBe(
      left(`${caller?.clientId}: it is the account that this step signs in as`),
    );
    expect(atlas.serviceAccount(other.clientId)?.secrets).toEqual(other.secrets);
    expect(atlas.serviceAccount(caller?.clientId ?? '')?.secrets).toHaveLength(1);
  });

  it('names an account in a second project, which it leaves alone, and fails', async () => {
    await using shop = await openAccountShop(OWNER);
    const { clientId, secrets } = await shop.ensured();
    shop.atlas.setAccountRoles(clientId, shop.otherGroupId, ['GROUP_READ_ONLY']);
    const why = `it is in project ${shop.otherGroupId}, too, which this step does not name`;
    const problem = left(`${clientId}: ${why}`);
    expect((await shop.plan(shop.revoke())).outcome).toMatchObject({ plan: [], problem });
    const { outcome, warnings } = await shop.run(shop.revoke());
    expect(outcome).toMatchObject({ changed: false, problem });
    expect(warnings).toEqual([`Left service account ${clientId} as it is: ${why}.`]);
    expect(onlyAccount(shop).secrets).toEqual(secrets);
  });

  it('names a secret that could not be deleted, and fails', async ({ shop }) => {
    const { clientId, secrets } = await shop.ensured();
    shop.refuse('deleteGroupServiceAccountSecret');
    expect(await shop.refusal(shop.revoke())).toContain(
      `Not every service account could be revoked. ${clientId}: Could not delete the secret of the service account: `,
    );
    expect(onlyAccount(shop).secrets).toEqual(secrets);
  });

  it('is planned, and changes nothing', async ({ shop }) => {
    const { clientId, secrets } = await shop.ensured();
    expect((await shop.plan(shop.revoke())).told).toEqual([
      `Dry run, would revoke: secret ${secrets[0]?.id} of service account ${clientId}`,
      `Dry run, would revoke: service account ${clientId}, "deploy"; without Organization Owner it is taken out of the project, empty`,
    ]);
  });
});
