/** mode: ensure: the account is there, once, with the roles. */
import { describe, expect } from 'vitest';
import { HANDOVER } from '../faults/requests.ts';
import type { RunFault } from '../faults/workshop.ts';
import type { FaultRequest } from '../simulator/faults.ts';
import { accountsBeside, CALLERS, onlyAccount } from './scene.ts';
import { endOf, it, openAccountShop } from './shop.ts';

const DAY = 24 * 3_600_000;
const MODES = ['ensure', 'rotate'] as const;

describe('ensure of a service account', () => {
  it.for(CALLERS)('makes it once, finds it, and brings its roles, signed in as %s', async (signIn) => {
    await using shop = await openAccountShop({ signIn });
    const created = await shop.run(shop.ensure());
    const { clientId, secrets, description } = onlyAccount(shop);
    expect(created.lines).toEqual([
      `Created service account ${clientId}.`,
      `Atlas ends the secret of service account ${clientId} on ${endOf(secrets[0])}.`,
    ]);
    expect(created.outcome).toMatchObject({ result: 'created', privateKey: secrets[0]?.secret });
    expect(description).toBe('atlas-account-1');
    expect(created.told).toBeUndefined();

    const again = await shop.run(shop.ensure());
    expect(again.lines).toEqual([
      `Found service account ${clientId} in the project.`,
      `Service account ${clientId} has these roles already.`,
    ]);
    expect(again.outcome).toMatchObject({ result: 'unchanged', changed: false, account: { clientId } });
    expect(again.outcome).not.toHaveProperty('privateKey');
    expect(onlyAccount(shop).secrets).toEqual(secrets);

    const roles = ['GROUP_CLUSTER_MANAGER'];
    const { outcome, lines } = await shop.run(shop.ensure({ roles }));
    expect(outcome).toMatchObject({ result: 'updated', changed: true, account: { roles } });
    expect(onlyAccount(shop).roles).toContainEqual({ groupId: shop.groupId, roleName: roles[0] });
    expect(lines).toContain(`Updated the roles of service account ${clientId}; they were GROUP_READ_ONLY.`);
  });

  it('takes one that a person made, and leaves its description', async ({ shop }) => {
    const { clientId } = shop.add({ description: 'by hand' });
    const { outcome } = await shop.run(shop.ensure());
    expect(outcome).toMatchObject({ result: 'unchanged', account: { clientId } });
    expect(onlyAccount(shop)).toMatchObject({ clientId, description: 'by hand' });
  });

  it('of a name that several have names them', async ({ shop }) => {
    const two = [shop.add(), shop.add()].map(({ clientId }) => clientId);
    expect(await shop.refusal(shop.ensure())).toBe(
      `2 service accounts of the project are named "deploy": ${two.sort().join(', ')}. ` +
        'This step cannot tell which of them is meant: delete the others in Atlas, or give them another name.',
    );
  });

  it('warns of a secret that ends within fourteen days, and of none that still works', async ({ shop }) => {
    await shop.run(shop.ensure({ hours: 15 * 24 }));
    const { clientId, secrets } = onlyAccount(shop);
    expect((await shop.run(shop.ensure())).warnings).toEqual([]);
    shop.atlas.clock.advance(2 * DAY);
    expect((await shop.run(shop.ensure())).warnings).toEqual([
      `Secret ${secrets[0]?.id} of service account ${clientId} ends on ${endOf(secrets[0])}. Use mode: rotate to replace it before then.`,
    ]);
    shop.atlas.clock.advance(14 * DAY);
    const late = await shop.run(shop.ensure());
    expect(late.outcome).not.toHaveProperty('expiresAt');
    expect(late.outcome?.account).not.toHaveProperty('createdAt');
    expect(late.warnings).toEqual([
      `Service account ${clientId} has no secret that still works. Use mode: rotate to make one.`,
    ]);
  });

  it('takes no account of another name, of another project, or the caller itself', async ({ shop }) => {
    shop.add({ name: 'deploy 2' });
    shop.add({ groupIds: [shop.otherGroupId] });
    for (const desc of ['deploy', 'the caller'])
      expect((await shop.run(shop.ensure({ desc }))).outcome?.result).toBe('created');
  });

  it('removes none that works in another project for a note that says that it was never made', async () => {
    await using shop = await openAccountShop({ callerRoles: ['ORG_OWNER'] });
    const description = 'atlas-account-1 pending 0123456789abcdef 1';
    const { clientId } = shop.add({ description, groupIds: [shop.groupId, shop.otherGroupId] });
    const before = shop.atlas.serviceAccount(clientId);
    const { outcome, warnings } = await shop.run(shop.ensure());
    expect(outcome?.result).toBe('created');
    expect(shop.atlas.serviceAccount(clientId)).toEqual(before);
    expect(warnings).toEqual([
      `Left service account ${clientId} as it is: it is in project ${shop.otherGroupId}, too, which this step does not name.`,
    ]);
  });

  it('waits for nobody who claims to take longer than any step, and removes what that left', async ({
    shop,
  }) => {
    const { clientId } = shop.add({ description: 'atlas-account-1 pending 0123456789abcdef 99999999999' });
    const { outcome, lines } = await shop.run(shop.ensure());
    expect(outcome?.result).toBe('created');
    expect(lines[0]).toContain(`Deleted every secret of service account ${clientId} and took it out of`);
  });

  it('puts the access list on the account before its secret is handed out', async ({ shop }) => {
    let listed: readonly string[] = [];
    const accessList = [{ cidrBlock: '203.0.113.0/24' }, 'current'] as const;
    await shop.run(shop.ensure({ handover: { ...HANDOVER, accessList } }), {
      store: async () => {
        listed = onlyAccount(shop).accessList;
      },
    });
    expect(listed.toSorted()).toEqual(['127.0.0.1/32', '203.0.113.0/24']);
  });

  it.for(MODES)('leaves none behind that was made without an answer: %s', async (mode, { shop }) => {
    const when = { operation: 'createGroupServiceAccount' };
    shop.atlas.faults.add({ when, phase: 'after', action: { kind: 'reset' } });
    expect(await shop.refusal(shop[mode]())).toContain('Atlas may have carried it out nevertheless.');
    expect(onlyAccount(shop).secrets).toEqual([]);
    expect((await shop.run(shop[mode]())).outcome?.result).toBe('created');
  });

  it('is taken back by a step that is cancelled, and nothing is left to post', async () => {
    await using shop = await openAccountShop({ signIn: CALLERS[1] });
    const isLookAfterMaking = ({ operation }: FaultRequest) =>
      operation === 'listGroupServiceAccounts' && accountsBeside(shop).length > 0;
    const fault: RunFault = { when: isLookAfterMaking, cancels: true, action: { kind: 'hang' } };
    const { error, postCalls } = await shop.attempt(shop.ensure(), { fault });
    expect(error).toMatchObject({ kind: 'cancelled' });
    expect(onlyAccount(shop)).toMatchObject({ secrets: [] });
    expect(postCalls).toEqual([]);
  });

  it.for(MODES)('leaves none behind whose secret does not work: %s', async (mode, { shop }) => {
    shop.atlas.settings.serviceAccounts.newSecretRefusedMs = 3_600_000;
    const why = await shop.refusal(shop[mode]());
    const { clientId, secrets } = onlyAccount(shop);
    expect(why).toBe(
      `Atlas still refuses the new secret of service account ${clientId} after 10 seconds, so it was not handed out. ` +
        'Run the job again; if it happens again, look at https://status.mongodb.com.',
    );
    expect(secrets).toEqual([]);
    shop.atlas.settings.serviceAccounts.newSecretRefusedMs = 0;
    expect((await shop.run(shop[mode]())).outcome?.result).toBe('created');
  });
});

describe('a dry run of ensure', () => {
  it('changes nothing, and says what it would do', async ({ shop }) => {
    const made =
      /^Dry run, would create: service account "deploy" with GROUP_READ_ONLY, with a secret that ends on \d{4}-[-\d:TZ]+$/;
    // Of an account that is not there yet no access list is looked for.
    const handover = { ...HANDOVER, accessList: [{ ipAddress: '203.0.113.7' }] };
    expect((await shop.plan(shop.ensure({ handover }))).told).toEqual([expect.stringMatching(made)]);
    expect(accountsBeside(shop)).toEqual([]);
    const { clientId, secrets } = await shop.ensured();
    const there = await shop.plan(shop.ensure({ roles: ['GROUP_OWNER'] }));
    expect(there.told).toEqual([
      `Dry run, would update: GROUP_OWNER of service account ${clientId}, was GROUP_READ_ONLY`,
    ]);
    expect(there.outcome).toMatchObject({ result: 'planned', account: { clientId } });
    expect(endOf({ expiresAt: there.outcome?.expiresAt ?? 0 })).toBe(endOf(secrets[0]));
    expect((await shop.plan(shop.ensure())).told).toEqual(['Dry run: nothing would be changed.']);
  });

  it('plans to make none where another run makes it meanwhile', async ({ shop }) => {
    let other: string | undefined;
    shop.atlas.faults.add({
      when: { operation: 'listGroupServiceAccounts' },
      skip: 1,
      run: () => {
        other = shop.add().clientId;
      },
    });
    const { outcome } = await shop.run(shop.ensure({ dryRun: true }));
    expect(outcome).toMatchObject({ result: 'planned', account: { clientId: other }, plan: [] });
  });
});
