/** mode: ephemeral: a secret for one job, deleted by post or, without it, ended by Atlas. */
import { describe, expect } from 'vitest';
import { HANDOVER } from '../faults/requests.ts';
import { accountsBeside, CALLERS, onlyAccount } from './scene.ts';
import { endOf, it, openAccountShop } from './shop.ts';

const HOUR = 3_600_000;
const listing = (...accessList: (typeof HANDOVER)['accessList']) => ({
  handover: { ...HANDOVER, accessList },
});

describe.for(CALLERS)('a leased secret, signed in as %s', (signIn) => {
  it.for(['success', 'failure'] as const)(
    'is gone after a job that ended in %s; the account stays, empty',
    async (job) => {
      await using shop = await openAccountShop({ signIn });
      const half = await shop.begin(shop.ephemeral(), { job });
      const [secret] = onlyAccount(shop).secrets;
      expect(half.outcome?.privateKey).toBe(secret?.secret);
      const { lines, postError } = await half.finish();
      const { clientId, secrets } = onlyAccount(shop);
      expect(postError).toBeUndefined();
      expect(secrets).toEqual([]);
      expect(lines.at(-1)).toBe(`Deleted secret ${secret?.id} of service account ${clientId}.`);
      expect(shop.atlas.liveTokens(clientId)).toBe(0);
    },
  );

  it('is made on the account that is there, which gets the roles', async () => {
    await using shop = await openAccountShop({ signIn });
    const first = await shop.run(shop.ephemeral());
    const second = await shop.run(shop.ephemeral({ roles: ['GROUP_OWNER'] }));
    const { clientId, roles } = onlyAccount(shop);
    for (const { outcome } of [first, second])
      expect(outcome).toMatchObject({ result: 'created', account: { clientId } });
    expect(roles).toContainEqual({ groupId: shop.groupId, roleName: 'GROUP_OWNER' });
  });
});

describe('a leased secret', () => {
  it('lives as long as it is asked to, and that is told', async ({ shop }) => {
    const half = await shop.begin(shop.ephemeral({ hours: 36 }));
    const { clientId, secrets } = onlyAccount(shop);
    const [secret] = secrets;
    expect((secret?.expiresAt ?? 0) - (secret?.createdAt ?? 0)).toBe(36 * HOUR);
    expect((await half.finish()).lines.slice(0, 2)).toEqual([
      `Created service account ${clientId}.`,
      `Made a secret of service account ${clientId} for this run. The post step deletes it; if that cannot run, Atlas ends it on ${endOf(secret)}.`,
    ]);
  });

  it('stands beside one of another run, and a third one is on another account', async ({ shop }) => {
    const halves = [];
    for (let run = 0; run < 3; run++) halves.push(await shop.begin(shop.ephemeral()));
    const alive = accountsBeside(shop).flatMap(({ secrets }) => secrets.map(({ secret }) => secret));
    expect(new Set(alive)).toEqual(new Set(halves.map(({ outcome }) => outcome?.privateKey)));
    for (const half of halves) await half.finish();
    expect(accountsBeside(shop).map(({ secrets }) => secrets)).toEqual([[], []]);
  });

  it('of a lost machine is ended by Atlas, and its place is used again', async ({ shop }) => {
    const lost = await shop.run(shop.ephemeral(), { lost: true });
    expect(onlyAccount(shop).secrets[0]?.secret).toBe(lost.outcome?.privateKey);
    shop.atlas.clock.advance(9 * HOUR);
    const { outcome } = await shop.run(shop.ephemeral());
    expect(outcome?.account?.clientId).toBe(onlyAccount(shop).clientId);
    expect(onlyAccount(shop).secrets).toEqual([]);
  });

  it('takes no account with the secret of somebody who keeps it', async ({ shop }) => {
    const kept = await shop.ensured();
    const byHand = shop.add();
    await shop.run(shop.ephemeral());
    expect(accountsBeside(shop)).toHaveLength(3);
    expect(accountsBeside(shop).slice(0, 2)).toEqual([kept, shop.atlas.serviceAccount(byHand.clientId)]);
  });

  it.for(['warn', 'fail'] as const)(
    'that post cannot delete: onRevokeFailure: %s',
    async (onRevokeFailure, { shop }) => {
      shop.refuse('deleteGroupServiceAccountSecret');
      const { told, postError, warnings } = await shop.run(shop.ephemeral({ onRevokeFailure }));
      const { clientId, secrets } = onlyAccount(shop);
      expect(told).toBe(
        `Secret ${secrets[0]?.id} of service account ${clientId} is still alive. Atlas ends it on ${endOf(secrets[0])}; delete it to end it now.`,
      );
      expect(warnings).toEqual(onRevokeFailure === 'warn' ? [`${postError}`] : []);
    },
  );

  it('that somebody deleted before is no failure', async ({ shop }) => {
    const half = await shop.begin(shop.ephemeral());
    const { clientId, secrets } = onlyAccount(shop);
    shop.atlas.deleteSecret(clientId, secrets[0]?.id ?? '');
    const { lines, postError } = await half.finish();
    expect(postError).toBeUndefined();
    expect(lines.at(-1)).toBe(`Secret ${secrets[0]?.id} of service account ${clientId} was gone already.`);
  });

  it('longer than the organisation allows is refused with the number', async ({ shop }) => {
    const { id: orgId } = shop.atlas.addOrganization({ name: 'strict', maxSecretHours: 24 });
    const { id: groupId } = shop.atlas.addProject({ id: orgId }, {});
    const roles = ['ORG_READ_ONLY', { roleName: 'GROUP_OWNER', groupId }];
    const serviceAccount = shop.atlas.addServiceAccount({ orgId, roles });
    const request = shop.ephemeral({ hours: 48, groupIds: [groupId] });
    expect(await shop.refusal(request, { serviceAccount })).toBe(
      `secretExpiresAfter is 48h, and organisation ${orgId} lets no secret of a service account live longer than ` +
        '24h. Set secretExpiresAfter: 24h, or have an Organization Owner raise that limit.',
    );
  });

  it('brings its access list, and takes away single addresses that no lease needs any more', async ({
    shop,
  }) => {
    const network = { cidrBlock: '198.51.100.0/24' };
    await shop.run(shop.ephemeral(listing({ ipAddress: '203.0.113.7' }, network)));
    shop.atlas.clock.advance(7 * HOUR);
    await shop.run(shop.ephemeral(listing({ ipAddress: '203.0.113.9' })));
    shop.atlas.clock.advance(2 * HOUR);
    expect((await shop.plan(shop.ephemeral(listing('current')))).told).toHaveLength(1);
    expect(onlyAccount(shop).accessList).toHaveLength(3);
    await shop.run(shop.ephemeral(listing('current')));
    expect(onlyAccount(shop).accessList.toSorted()).toEqual([
      '127.0.0.1/32',
      '198.51.100.0/24',
      '203.0.113.9/32',
    ]);
  });

  it('shares its access list with another run that adds the same address at the same moment', async ({
    shop,
  }) => {
    await shop.run(shop.ephemeral());
    shop.atlas.faults.add({
      when: { operation: 'createGroupServiceAccountAccessList' },
      run: async () => void (await shop.run(shop.ephemeral(listing('current')))),
    });
    await shop.run(shop.ephemeral(listing('current', { cidrBlock: '198.51.100.0/24' })));
    expect(onlyAccount(shop).accessList.toSorted()).toEqual(['127.0.0.1/32', '198.51.100.0/24']);
  });

  it('is tried once more where Atlas refuses it although a place is free', async ({ shop }) => {
    await shop.run(shop.ephemeral());
    const when = { operation: 'createGroupServiceAccountSecret' };
    shop.atlas.faults.add({ when, action: { kind: 'error', code: 'VALIDATION_ERROR' } });
    const { outcome } = await shop.run(shop.ephemeral());
    expect(outcome?.account?.clientId).toBe(onlyAccount(shop).clientId);
  });

  it('adds no address that its account has already', async ({ shop }) => {
    const request = shop.ephemeral(listing({ ipAddress: '203.0.113.7' }));
    await shop.run(request);
    // Nor takes it away, however long ago it was added.
    shop.atlas.clock.advance(9 * HOUR);
    shop.refuse('createGroupServiceAccountAccessList');
    await shop.run(request);
    expect(onlyAccount(shop).accessList).toEqual(['203.0.113.7/32']);
  });

  it('is planned, with its end, and nothing is changed', async ({ shop }) => {
    await shop.run(shop.ephemeral());
    const { clientId } = onlyAccount(shop);
    const { told, outcome } = await shop.plan(shop.ephemeral());
    expect(outcome, 'of no secret that is there').not.toHaveProperty('expiresAt');
    expect(told).toEqual([
      expect.stringMatching(
        `^Dry run, would create: a secret of service account ${clientId} that ends on [-\\d:TZ]+, deleted when the job ends$`,
      ),
    ]);
  });

  it('of a run that is cancelled is looked for on no other account', async () => {
    await using shop = await openAccountShop({ signIn: CALLERS[1] });
    await shop.run(shop.ephemeral());
    const { error, calls, lines } = await shop.attempt(shop.ephemeral({ roles: ['GROUP_OWNER'] }), {
      fault: {
        when: ({ operation }) => operation === 'updateGroupServiceAccount',
        cancels: true,
        action: { kind: 'hang' },
      },
    });
    expect(`${error}`).toContain('Could not change the service account: ');
    expect([calls.at(-1), lines]).toEqual(['accounts.update', []]);
  });

  it('without verify is not tried', async ({ shop }) => {
    await shop.run(shop.ephemeral({ handover: { ...HANDOVER, verify: false } }));
    const kinds = shop.atlas.history.ofAccount(onlyAccount(shop).clientId).map(({ kind }) => kind);
    expect(kinds).not.toContain('tokenIssued');
  });
});
