import { expect, it } from 'vitest';
import { accountRequestsFor, DESC, ROLES } from './requests.ts';
import { openWorkshop } from './workshop.ts';

it('an account that works in another project is not removed for a note that says that it was never made', async () => {
  await using shop = await openWorkshop();
  const { atlas, orgId, groupId, otherGroupId } = shop;
  const { clientId } = atlas.addServiceAccount({
    orgId,
    name: DESC,
    description: 'atlas-account-1 pending 0123456789abcdef 1',
    roles: [groupId, otherGroupId].flatMap((id) => ROLES.map((roleName) => ({ roleName, groupId: id }))),
  });
  const before = atlas.serviceAccount(clientId);
  const run = await shop.run(accountRequestsFor(groupId).ensure());
  expect(run.outcome?.result).toBe('created');
  expect(atlas.serviceAccount(clientId)).toEqual(before);
  expect(run.warnings).toEqual([
    `Left service account ${clientId} as it is: it is in project ${otherGroupId}, too, which this step does not name.`,
  ]);
});
