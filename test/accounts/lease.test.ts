/** mode: ephemeral: a secret for one job, deleted by post or, without it, ended by Atlas. */
import { describe, expect, it } from 'vitest';
import { HANDOVER } from '../faults/requests.ts';
import type { RunFault } from '../faults/workshop.ts';
import { accountsBeside, CALLERS, onlyAccount } from './scene.ts';
import { endOf, openAccountShop } from './shop.ts';

const HOUR = 3_600_000;

describe.each(CALLERS)('a leased secret, signed in as %s', (signIn) => {
  it.each(['success', 'failure'] as const)(
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
  it('lives as long as it is asked to, and that is told', async () => {
    await using shop = await openAccountShop();
    const half = await shop.begin(shop.ephemeral({ hours: 36 }));
    const { clientId, secrets } = onlyAccount(shop);
    const [secret] = secrets;
    expect((secret?.expiresAt ?? 0) - (secret?.createdAt ?? 0)).toBe(36 * HOUR);
    expect((await half.finish()).lines.slice(0, 2)).toEqual([
      `Created service account ${clientId}.`,
      `Made a secret of service account ${clientId} for this run. The post step deletes it; if that cannot run, Atlas ends it on ${endOf(secret)}.`,
    ]);
  });

  it('stands beside one of another run, and a third one is on another account', async () => {
    await using shop = await openAccountShop();
    const halves = [];
    for (let run = 0; run < 3; run++) halves.push(await shop.begin(shop.ephemeral()));
    const alive = accountsBeside(shop).flatMap(({ secrets }) => secrets.map(({ secret }) => secret));
    expect(new Set(alive)).toEqual(new Set(halves.map(({ outcome }) => outcome?.privateKey)));
    for (const half of halves) await half.finish();
    expect(accountsBeside(shop).map(({ secrets }) => secrets)).toEqual([[], []]);
  });

  it('of a lost machine is ended by Atlas, and its place is used again', async () => {
    await using shop = await openAccountShop();
    const lost = await shop.run(shop.ephemeral(), { lost: true });
    expect(onlyAccount(shop).secrets[0]?.secret).toBe(lost.outcome?.privateKey);
    shop.atlas.clock.advance(9 * HOUR);
    const { outcome } = await shop.run(shop.ephemeral());
    expect(outcome?.account?.clientId).toBe(onlyAccount(shop).clientId);
    expect(onlyAccount(shop).secrets).toEqual([]);
  });

  it('takes no account with the secret of somebody who keeps it', async () => {
    await using shop = await openAccountShop();
    await shop.run(shop.ensure());
    const [kept] = accountsBeside(shop);
    await shop.run(shop.ephemeral());
    expect(accountsBeside(shop)).toHaveLength(2);
    expect(shop.atlas.serviceAccount(kept?.clientId ?? '')).toEqual(kept);
  });

  it.each(['warn', 'fail'] as const)(
    'that post cannot delete: onRevokeFailure: %s',
    async (onRevokeFailure) => {
      await using shop = await openAccountShop();
      shop.refuse('deleteGroupServiceAccountSecret');
      const { told, postError, warnings } = await shop.run(shop.ephemeral({ onRevokeFailure }));
      const { clientId, secrets } = onlyAccount(shop);
      expect(told).toBe(
        `Secret ${secrets[0]?.id} of service account ${clientId} is still alive. Atlas ends it on ${endOf(secrets[0])}; delete it to end it now.`,
      );
      expect(warnings).toEqual(onRevokeFailure === 'warn' ? [`${postError}`] : []);
    },
  );

  it('that somebody deleted before is no failure', async () => {
    await using shop = await openAccountShop();
    const half = await shop.begin(shop.ephemeral());
    const { clientId, secrets } = onlyAccount(shop);
    shop.atlas.deleteSecret(clientId, secrets[0]?.id ?? '');
    const { lines, postError } = await half.finish();
    expect(postError).toBeUndefined();
    expect(lines.at(-1)).toBe(`Secret ${secrets[0]?.id} of service account ${clientId} was gone already.`);
  });

  it('needs Project Owner, and says so', async () => {
    await using shop = await openAccountShop({ callerRoles: ['GROUP_USER_ADMIN'] });
    expect(await shop.refusal(shop.ephemeral())).toContain('Project Owner');
    expect(accountsBeside(shop)).toEqual([]);
  });

  it('longer than the organisation allows is refused with the number', async () => {
    await using shop = await openAccountShop();
    const { id: orgId } = shop.atlas.addOrganization({ name: 'strict', maxSecretHours: 24 });
    const { id: groupId } = shop.atlas.addProject({ id: orgId }, {});
    const serviceAccount = shop.atlas.addServiceAccount({
      orgId,
      roles: ['ORG_READ_ONLY', { roleName: 'GROUP_OWNER', groupId }],
    });
    const request = shop.ephemeral({ hours: 48, groupIds: [groupId] });
    expect(await shop.refusal(request, { serviceAccount })).toBe(
      `secretExpiresAfter is 48h, and organisation ${orgId} lets no secret of a service account live longer than ` +
        '24h. Set secretExpiresAfter: 24h, or have an Organization Owner raise that limit.',
    );
  });

  it('brings its access list, and takes away single addresses that no lease needs any more', async () => {
    await using shop = await openAccountShop();
    const accessList = [{ ipAddress: '203.0.113.7' }, { cidrBlock: '198.51.100.0/24' }];
    await shop.run(shop.ephemeral({ handover: { ...HANDOVER, accessList } }));
    shop.atlas.clock.advance(9 * HOUR);
    await shop.run(shop.ephemeral({ handover: { ...HANDOVER, accessList: ['current'] } }));
    expect(onlyAccount(shop).accessList.toSorted()).toEqual(['127.0.0.1/32', '198.51.100.0/24']);
  });

  it('shares its access list with another run that adds the same address at the same moment', async () => {
    await using shop = await openAccountShop();
    await shop.run(shop.ephemeral());
    const adding = (...accessList: (typeof HANDOVER)['accessList']) =>
      shop.run(shop.ephemeral({ handover: { ...HANDOVER, accessList } }));
    shop.atlas.faults.add({
      when: { operation: 'createGroupServiceAccountAccessList' },
      run: async () => void (await adding('current')),
    });
    await adding('current', { cidrBlock: '198.51.100.0/24' });
    expect(onlyAccount(shop).accessList.toSorted()).toEqual(['127.0.0.1/32', '198.51.100.0/24']);
  });

  it('is planned, with its end, and nothing is changed', async () => {
    await using shop = await openAccountShop();
    await shop.run(shop.ephemeral());
    const before = onlyAccount(shop);
    const { told } = await shop.plan(shop.ephemeral());
    expect(told).toEqual([
      expect.stringMatching(
        `^Dry run, would create: a secret of service account ${before.clientId} that ends on [-\\d:TZ]+, deleted when the job ends$`,
      ),
    ]);
  });

  it('is planned with its access list, which stays as it is', async () => {
    await using shop = await openAccountShop();
    const from = (ipAddress: string) => ({ handover: { ...HANDOVER, accessList: [{ ipAddress }] } });
    await shop.run(shop.ephemeral(from('203.0.113.7')));
    shop.atlas.clock.advance(9 * HOUR);
    expect((await shop.plan(shop.ephemeral(from('203.0.113.8')))).told).toHaveLength(1);
    expect(onlyAccount(shop).accessList).toEqual(['203.0.113.7/32']);
  });

  it('adds no address that its account has already', async () => {
    await using shop = await openAccountShop();
    const accessList = [{ ipAddress: '203.0.113.7' }];
    shop.atlas.faults.add({
      when: { operation: 'createGroupServiceAccountAccessList' },
      skip: 1,
      action: { kind: 'error', code: 'USER_UNAUTHORIZED' },
    });
    for (let run = 0; run < 2; run++)
      await shop.run(shop.ephemeral({ handover: { ...HANDOVER, accessList } }));
    expect(onlyAccount(shop).accessList).toEqual(['203.0.113.7/32']);
  });

  it('of a run that is cancelled is looked for on no other account', async () => {
    await using shop = await openAccountShop({ signIn: CALLERS[1] });
    await shop.run(shop.ephemeral());
    const fault: RunFault = {
      when: ({ operation }) => operation === 'updateGroupServiceAccount',
      cancels: true,
      action: { kind: 'hang' },
    };
    const { error, calls, lines } = await shop.attempt(shop.ephemeral({ roles: ['GROUP_OWNER'] }), { fault });
    expect(`${error}`).toContain('Could not change the service account: ');
    expect([calls.at(-1), lines]).toEqual(['accounts.update', []]);
  });

  it('without verify is not tried', async () => {
    await using shop = await openAccountShop();
    await shop.run(shop.ephemeral({ handover: { ...HANDOVER, verify: false } }));
    const kinds = shop.atlas.history.ofAccount(onlyAccount(shop).clientId).map(({ kind }) => kind);
    expect(kinds).not.toContain('tokenIssued');
  });
});
