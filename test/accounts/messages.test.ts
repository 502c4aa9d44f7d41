/** What goes wrong with service accounts, and the whole sentence that says so. */
import { describe, expect } from 'vitest';
import { unfinishedLease } from '../../src/accounts/settle.ts';
import type { AccountRequest } from '../../src/request.ts';
import { HANDOVER } from '../faults/requests.ts';
import { accountsBeside, onlyAccount } from './scene.ts';
import { type AccountShop, endOf, it, openAccountShop } from './shop.ts';

const HOUR = 3_600_000;
const LISTED = { handover: { ...HANDOVER, accessList: [{ ipAddress: '203.0.113.7' }] } };
const CURRENT = { handover: { ...HANDOVER, accessList: ['current'] } } as const;

type Ask = (shop: AccountShop) => AccountRequest;

it.for<[string, string, string, Ask, Ask?]>(
  // biome-ignore format: a table, one row a line
  [
      ['listGroupServiceAccounts', "list the project's service accounts", 'Project Read Only', (shop) => shop.ensure()],
      ['createGroupServiceAccount', 'make a service account', 'Project Owner', (shop) => shop.ensure()],
      ['listGroupServiceAccountAccessList', "read the service account's access list", 'Project Read Only', (shop) => shop.ensure(LISTED)],
      ['createGroupServiceAccountAccessList', "add to the service account's access list", 'Project Access Manager', (shop) => shop.ensure(LISTED)],
      // Its secret has ended, and keeps its place.
      ['updateGroupServiceAccount', 'change the service account', 'Project Owner', (shop) => shop.rotate(), (shop) => shop.ensure({ hours: 8 })],
      ['createGroupServiceAccountSecret', 'make a secret of the service account', 'Project Owner', (shop) => shop.rotate(), (shop) => shop.ensure({ hours: 8 })],
      ['deleteGroupServiceAccountSecret', 'delete the secret of the service account', 'Project Owner', (shop) => shop.rotate(), (shop) => shop.ensure({ hours: 8 })],
      ['deleteGroupServiceAccountAccessListEntry', "remove from the service account's access list", 'Project Access Manager', (shop) => shop.ephemeral(CURRENT), (shop) => shop.ephemeral(LISTED)],
    ],
)(
  'a call that the caller may not make is named with the role that it needs: %s',
  async ([operation, does, role, ask, before], { shop }) => {
    if (before !== undefined) await shop.run(before(shop));
    shop.atlas.clock.advance(9 * HOUR);
    shop.refuse(operation);
    expect((await shop.refusal(ask(shop))).split(' (')[0]).toBe(
      `Could not ${does}: the caller is known but lacks the role ${role}, which this call needs. Give the calling key or service account that role.`,
    );
    const made = accountsBeside(shop).flatMap(({ secrets }) => secrets);
    expect(made.filter(({ expiresAt }) => expiresAt > shop.atlas.clock.now())).toEqual([]);
  },
);

it('a refusal is told as it is where the longest validity of secrets may not be read', async ({ shop }) => {
  for (const operation of ['createGroupServiceAccount', 'getOrgSettings']) shop.refuse(operation);
  expect(await shop.refusal(shop.ensure())).toMatch(/^Could not make a service account: /);
});

it.for<[string, string, Ask]>(
  // biome-ignore format: a table, one row a line
  [
    ['getOrgServiceAccountGroups', "list the service account's projects", (shop) => shop.ensure({ roles: ['GROUP_OWNER'] })],
    ['deleteOrgServiceAccount', 'delete the service account', (shop) => shop.revoke()],
    ['deleteGroupServiceAccount', 'take the service account out of the project', (shop) => shop.revoke()],
  ],
)('a call that Atlas does not understand is named: %s', async ([operation, does, ask], { shop }) => {
  await shop.ensured();
  const action = { kind: 'answer', status: 400, body: {} } as const;
  shop.atlas.faults.add({ when: { operation }, times: 50, action });
  expect(await shop.refusal(ask(shop))).toContain(`Could not ${does}: `);
});

it('a service account of another project has roles that stay as they are', async () => {
  await using shop = await openAccountShop({ callerRoles: ['ORG_OWNER'] });
  const { clientId } = await shop.ensured();
  shop.atlas.setAccountRoles(clientId, shop.otherGroupId, ['GROUP_READ_ONLY']);
  expect(await shop.refusal(shop.ensure({ roles: ['GROUP_OWNER'] }))).toBe(
    `Service account ${clientId} has other roles than those declared, and this step may not change them: it is in project ${shop.otherGroupId}, too, which this step does not name. Declare another desc.`,
  );
});

it.for(['ensure', 'ephemeral', 'rotate'] as const)(
  'too many service accounts are told: %s',
  async (mode, { shop }) => {
    shop.atlas.settings.serviceAccounts.perOrganization = 1;
    expect(await shop.refusal(shop[mode]())).toContain(
      'the organisation holds as many service accounts as it may. Delete some that nobody uses, also those that are in no project any more.',
    );
  },
);

describe('a secret', () => {
  it('that could not be deleted again is left to post, which says what is left', async ({ shop }) => {
    shop.atlas.settings.serviceAccounts.newSecretRefusedMs = HOUR;
    shop.refuse('deleteGroupServiceAccountSecret');
    const run = await shop.attempt(shop.ephemeral({ onRevokeFailure: 'fail' }));
    const { clientId, secrets } = onlyAccount(shop);
    const end = endOf(secrets[0]);
    expect(`${run.error}`).toContain('Atlas still refuses the new secret');
    expect(run.warnings).toEqual([
      expect.stringContaining(
        `The new secret of service account ${clientId} could not be deleted yet; the post step tries again, and Atlas ends it on ${end}. Could not delete`,
      ),
    ]);
    expect(`${run.postError}`).toContain('Could not delete the secret');
    expect(run.told).toBe(
      `Secret ${secrets[0]?.id} of service account ${clientId} is still alive. Atlas ends it on ${end}; delete it to end it now.`,
    );
  });

  it('of a first ensure that could not say so to Atlas is told by post', async ({ shop }) => {
    shop.refuse('updateGroupServiceAccount');
    const { told, warnings, postError } = await shop.attempt(shop.ensure());
    const { clientId, secrets } = onlyAccount(shop);
    expect(told).toBe(
      `Secret ${secrets[0]?.id} of service account ${clientId} was handed out, and the account's description still says that it is being made. Run the job again.`,
    );
    expect(warnings).toEqual([`${postError}`]);
  });

  it('of a first ensure needs nothing of post where somebody took the account out of the project', async ({
    shop,
  }) => {
    shop.atlas.faults.add({
      when: { operation: 'updateGroupServiceAccount' },
      run: () => shop.atlas.setAccountRoles(onlyAccount(shop).clientId, shop.groupId, []),
      action: { kind: 'error', code: 'USER_UNAUTHORIZED' },
    });
    const { error, entry, postCalls, settlement } = await shop.attempt(shop.ensure());
    expect(`${error}`).toContain('Could not change the service account: ');
    expect(entry.phase).toBe('handedOut');
    expect([postCalls, settlement]).toEqual([['accounts.list'], {}]);
  });
});

const ID = 'a'.repeat(24);
const ROTATION = {
  credential: 'serviceAccount',
  purpose: { mode: 'rotate', commit: 'job', keepPrevious: 1 },
  groupId: ID,
  orgId: ID,
  clientId: 'mdb_sa_id_1',
  secretId: ID,
  expiresAt: 0,
} as const;
const FORMER = { former: { id: ID, expiresAt: 0 } };

it.for([
  ['handedOut', 'failure', FORMER, ' beside the former one', 'the job did not succeed'],
  ['handedOut', 'failure', {}, '', 'the job did not succeed'],
  // A step that may fail does not decide how its job ends.
  ['stored', 'success', {}, '', 'the step ended while it stored the secret'],
  [
    'handedOut',
    undefined,
    {},
    '',
    'the runner did not tell the post step how the job went (inside composite',
  ],
] as const)(
  'post says truly why a rotation is not final: %s, of a job that ended as %s',
  ([phase, jobStatus, former, beside, why]) => {
    const { task, told } = unfinishedLease({ phase, ...ROTATION, ...former }, jobStatus);
    expect(task).toBe('leaveSecret');
    expect(told).toContain(
      `Secret ${ID} of service account mdb_sa_id_1 stays alive${beside}, because ${why}`,
    );
    expect(told).toMatch(
      former === FORMER ? / by 1970\S+: run the job again before then\.$/ : /\. Run the job again\.$/,
    );
  },
);
