/** mode: rotate: a second secret on one account, final with the job or with the step. */
import { describe, expect } from 'vitest';
import { HANDOVER } from '../faults/requests.ts';
import { CALLERS, onlyAccount } from './scene.ts';
import { type AccountShop, endOf, it, openAccountShop } from './shop.ts';

const DAY = 24 * 3_600_000;

const idsOf = (shop: AccountShop) => onlyAccount(shop).secrets.map(({ id }) => id);

describe.for(CALLERS)('a rotation, signed in as %s', (signIn) => {
  it('is final after a job that succeeded; the former secret stays for a week at most', async () => {
    await using shop = await openAccountShop({ signIn });
    const [former] = (await shop.ensured()).secrets;
    const { outcome, lines } = await shop.run(shop.rotate());
    const { clientId, secrets, description } = onlyAccount(shop);
    const [kept, current] = secrets;
    expect(outcome).toMatchObject({
      result: 'rotated',
      account: { clientId, formerEndsAt: expect.any(Number) },
      privateKey: current?.secret,
    });
    expect(endOf({ expiresAt: outcome?.account?.formerEndsAt ?? 0 })).toBe(endOf(kept));
    expect(kept?.id).toBe(former?.id);
    expect((kept?.expiresAt ?? 0) - shop.atlas.clock.now()).toBeLessThanOrEqual(7 * DAY);
    expect(description).toBe(`atlas-account-1 current ${current?.id} previous ${former?.id}`);
    expect(lines.slice(-2)).toEqual([
      'The rotation becomes final when the job succeeds.',
      `The rotation is final: secret ${current?.id} of service account ${clientId} is current.`,
    ]);
  });

  it('of a job that failed deletes nothing, fails, and says by when the former secret ends', async () => {
    await using shop = await openAccountShop({ signIn });
    await shop.ensured();
    const { settlement } = await shop.run(shop.rotate(), { job: 'failure' });
    const { clientId, secrets, description } = onlyAccount(shop);
    const [former, next] = secrets;
    expect(description).toBe(`atlas-account-1 current ${former?.id} next ${next?.id} failed`);
    expect(settlement?.problem).toBe(
      `Secret ${next?.id} of service account ${clientId} stays alive beside the former one, because the job did not succeed. ` +
        `Atlas ends the former secret by ${endOf(former)}: run the job again before then.`,
    );
    await shop.run(shop.rotate());
    expect(idsOf(shop)).toEqual([former?.id, expect.not.stringContaining(`${next?.id}`)]);
  });

  it('that was the first says after a failed job that there is one secret, and what to do', async () => {
    await using shop = await openAccountShop({ signIn });
    const { settlement } = await shop.run(shop.rotate(), { job: 'failure' });
    const { clientId, secrets } = onlyAccount(shop);
    expect(settlement?.problem).toBe(
      `Secret ${secrets[0]?.id} of service account ${clientId} stays alive, because the job did not succeed. Run the job again.`,
    );
  });

  it.for([0, 1] as const)('with commit: step is final at once; keepPrevious: %i', async (keepPrevious) => {
    await using shop = await openAccountShop({ signIn });
    const [former] = (await shop.ensured()).secrets;
    const run = await shop.run(shop.rotate({ commit: 'step', keepPrevious }), { job: 'failure' });
    const { clientId, secrets, description } = onlyAccount(shop);
    const current = secrets.at(-1);
    const isKept = keepPrevious === 1;
    expect(idsOf(shop)).toEqual([...(isKept ? [former?.id] : []), current?.id]);
    // Named until it is gone, and then still: it names nothing.
    expect(description).toBe(`atlas-account-1 current ${current?.id} previous ${former?.id}`);
    const deleted = `Deleted the former secret ${former?.id} of service account ${clientId}.`;
    expect(run.lines.includes(deleted)).toBe(!isKept);
    expect('formerEndsAt' in (run.outcome?.account ?? {})).toBe(isKept);
    expect(run.told).toBeUndefined();
  });
});

describe('a rotation', () => {
  it('with keepPrevious: 0 deletes the former secret when the job succeeds', async ({ shop }) => {
    const { clientId, secrets } = await shop.ensured();
    const rotation = shop.rotate({ keepPrevious: 0 });
    expect((await shop.plan(rotation)).told).toEqual([
      expect.stringMatching(
        `^Dry run, would create: a secret of service account ${clientId} that ends on \\S+Z$`,
      ),
      `Dry run, would revoke: secret ${secrets[0]?.id} of service account ${clientId} when the job succeeds`,
    ]);
    const { outcome } = await shop.run(rotation);
    expect(onlyAccount(shop).secrets.map(({ secret }) => secret)).toEqual([outcome?.privateKey]);
  });

  it('with commit: step that is killed just before its end is ended by post, however the job went', async ({
    shop,
  }) => {
    await shop.ensured();
    // Of the roles, of the new secret, and of the end.
    const interruption = { of: 'accounts.update', call: 3, moment: 'before' } as const;
    const { record } = await shop.attempt(shop.rotate({ commit: 'step' }), { interruption, job: 'failure' });
    expect(record.main).toBe('killed');
    expect(onlyAccount(shop).description).toContain(` current ${record.delivered[0]?.apiUserId}`);
  });

  it('that is committed once more leaves what another one has made current since', async ({ shop }) => {
    await shop.ensured();
    const half = await shop.begin(shop.rotate());
    await half.finish();
    await shop.run(shop.rotate());
    const { description } = onlyAccount(shop);
    expect((await half.finish()).postError).toBeUndefined();
    expect(onlyAccount(shop).description).toBe(description);
  });

  it('that was given up leaves what another one has noted since', async ({ shop }) => {
    await shop.ensured();
    const half = await shop.begin(shop.rotate(), { job: 'failure' });
    await half.finish();
    await shop.begin(shop.rotate());
    const { description } = onlyAccount(shop);
    expect(description).toMatch(/ next \w+ open$/);
    await half.finish();
    expect(onlyAccount(shop).description).toBe(description);
  });

  it('of an account that is not there makes it', async ({ shop }) => {
    const half = await shop.begin(shop.rotate());
    const { clientId, secrets, description } = onlyAccount(shop);
    const [secret] = secrets;
    expect(half.outcome).toMatchObject({ result: 'created', privateKey: secret?.secret });
    expect(description).toBe(`atlas-account-1 next ${secret?.id} open`);
    const { lines } = await half.finish();
    expect(onlyAccount(shop).description).toBe(`atlas-account-1 current ${secret?.id}`);
    expect(lines.slice(0, 2)).toEqual([
      `Created service account ${clientId}.`,
      'The rotation becomes final when the job succeeds.',
    ]);
  });

  it('again and again keeps two secrets, the current one and the one before', async ({ shop }) => {
    const handedOut: (string | undefined)[] = [];
    for (let round = 0; round < 4; round++) {
      handedOut.push((await shop.run(shop.rotate())).outcome?.privateKey);
      shop.atlas.clock.advance(DAY);
    }
    expect(onlyAccount(shop).secrets.map(({ secret }) => secret)).toEqual(handedOut.slice(-2));
  });

  it('waits until rotateAfter is over, and not for a secret that would end before', async ({ shop }) => {
    const monthly = shop.rotate({ rotateAfter: 30 * DAY });
    await shop.run(monthly);
    const [first] = onlyAccount(shop).secrets;
    shop.atlas.clock.advance(29 * DAY);
    const early = await shop.run(monthly);
    expect(early.outcome).toMatchObject({ result: 'unchanged', changed: false });
    expect(early.outcome).not.toHaveProperty('privateKey');
    expect(endOf({ expiresAt: early.outcome?.expiresAt ?? 0 })).toBe(endOf(first));
    shop.atlas.clock.advance(2 * DAY);
    expect((await shop.run(monthly)).outcome?.result).toBe('rotated');
    const short = shop.rotate({ rotateAfter: 30 * DAY, desc: 'short', hours: 240 });
    await shop.run(short);
    const { outcome, lines } = await shop.run(short);
    expect(outcome?.result).toBe('rotated');
    expect(lines[0]).toMatch(/; it ends on \S+Z, before a rotation would be due, so a new one is due now\.$/);
  });

  it('brings the roles, also where it is not due', async ({ shop }) => {
    await shop.ensured();
    await shop.run(shop.rotate({ roles: ['GROUP_OWNER'] }));
    expect(onlyAccount(shop).roles).toContainEqual({ groupId: shop.groupId, roleName: 'GROUP_OWNER' });
    const roles = ['GROUP_READ_ONLY'];
    const { outcome } = await shop.run(shop.rotate({ rotateAfter: DAY, roles }));
    expect(outcome).toMatchObject({ result: 'updated', changed: true, account: { roles } });
  });

  it('adds to the access list, and takes nothing away that a longer life may need', async ({ shop }) => {
    for (const address of [{ ipAddress: '203.0.113.7' }, 'current'] as const) {
      await shop.run(shop.rotate({ hours: 8, handover: { ...HANDOVER, accessList: [address] } }));
      shop.atlas.clock.advance(DAY);
    }
    expect(onlyAccount(shop).accessList.toSorted()).toEqual(['127.0.0.1/32', '203.0.113.7/32']);
  });

  it('makes none while that of another job is undecided', async ({ shop }) => {
    await shop.ensured();
    const first = await shop.begin(shop.rotate());
    const { clientId, secrets } = onlyAccount(shop);
    expect(await shop.refusal(shop.rotate())).toBe(
      `Another run made secret ${secrets[1]?.id} of service account ${clientId}, and its job has not decided about it yet, so no other was ` +
        'made. Run the job again when that one has ended; if it was lost, delete that secret in Atlas.',
    );
    await first.finish();
    expect(onlyAccount(shop).description).toContain(`current ${secrets[1]?.id}`);
  });

  it('takes no place from a secret that somebody made by hand', async ({ shop }) => {
    await shop.run(shop.rotate());
    const { clientId } = onlyAccount(shop);
    const byHand = shop.atlas.addSecret(clientId, 48);
    expect(await shop.refusal(shop.rotate())).toBe(
      `Service account ${clientId} has no place for another secret: ${byHand.id} was made by somebody else, or by a run that was ` +
        `lost just then, and ends on ${endOf(byHand)}. Delete it in Atlas if nobody needs it, or declare another desc.`,
    );
    expect(idsOf(shop)).toHaveLength(2);
  });

  it('takes its own secret back where somebody made one by hand just then', async ({ shop }) => {
    await shop.run(shop.rotate({ hours: 8 }));
    shop.atlas.clock.advance(DAY);
    const { clientId } = onlyAccount(shop);
    let byHand: string | undefined;
    shop.atlas.faults.add({
      when: { operation: 'createGroupServiceAccountSecret' },
      phase: 'after',
      run: () => {
        byHand = shop.atlas.addSecret(clientId, 48).id;
      },
    });
    expect(await shop.refusal(shop.rotate())).toContain('has no place for another secret');
    expect(idsOf(shop)).toEqual([byHand]);
  });

  it.for([
    [
      'leaves an account alone that is in a second project',
      ['ORG_READ_ONLY', 'GROUP_OWNER'],
      (clientId: string, other: string) =>
        `Service account ${clientId} is not this step's to change: it is in project ${other}, too, which this step does not name. Declare another desc.`,
    ],
    [
      'that Atlas refuses since the account is in a project nobody can see says so',
      ['GROUP_OWNER'],
      (clientId: string) =>
        expect.stringContaining(
          ` Service account ${clientId} is out of a Project Owner's reach where it is in a second project or has an ` +
            'organisation role: declare another desc then.',
        ),
    ],
  ] as const)('%s', async ([_what, callerRoles, why]) => {
    await using shop = await openAccountShop({ callerRoles });
    const { clientId, secrets } = await shop.ensured();
    shop.atlas.setAccountRoles(clientId, shop.otherGroupId, ['GROUP_READ_ONLY']);
    expect(await shop.refusal(shop.rotate())).toEqual(why(clientId, shop.otherGroupId));
    expect(onlyAccount(shop).secrets).toEqual(secrets);
  });

  it('says of a secret that was deleted before the commit that it is gone', async ({ shop }) => {
    await shop.ensured();
    const half = await shop.begin(shop.rotate());
    const { clientId, secrets } = onlyAccount(shop);
    const [former, { id } = { id: '' }] = secrets;
    shop.atlas.deleteSecret(clientId, id);
    const { postError, told, warnings } = await half.finish();
    expect(warnings, 'post fails').toEqual([]);
    expect(`${postError}`).toContain(
      `Secret ${id} of service account ${clientId}, which this rotation made, is gone: somebody deleted it. Run the job again for a new one.`,
    );
    expect(told).toBe(
      `The rotation to secret ${id} of service account ${clientId} is not final. Atlas ends the former secret by ${endOf(former)}: run the job again before then.`,
    );
  });

  it('says of a failed job which secrets there are, also on an account that is out of the project', async ({
    shop,
  }) => {
    await shop.ensured();
    const half = await shop.begin(shop.rotate(), { job: 'failure' });
    const { clientId, secrets } = onlyAccount(shop);
    shop.atlas.setAccountRoles(clientId, shop.groupId, []);
    const { settlement, postCalls } = await half.finish();
    expect(postCalls).toEqual(['accounts.list']);
    expect(settlement?.problem).toContain(
      `Secret ${secrets[1]?.id} of service account ${clientId} stays alive beside the former one`,
    );
  });

  it('of an account that somebody takes out of the project just then fails with what Atlas says', async ({
    shop,
  }) => {
    const { clientId } = await shop.ensured();
    shop.atlas.faults.add({
      when: { operation: 'createGroupServiceAccountSecret' },
      phase: 'after',
      run: () => shop.atlas.setAccountRoles(clientId, shop.groupId, []),
    });
    expect(await shop.refusal(shop.rotate())).toMatch(/^Could not change the service account: /);
  });
});
