import { describe, expect } from 'vitest';
import { readMark } from '../../src/keys/mark.ts';
import { requestsFor } from '../faults/requests.ts';
import { openWorkshop, type Workshop } from '../faults/workshop.ts';
import { it } from './shop.ts';
import { callerBecomes, isAlive, projectsOf, refuseDeletions, stand } from './standing.ts';

const revoking = (shop: Workshop, rest: Parameters<ReturnType<typeof requestsFor>['revoke']>[0] = {}) =>
  requestsFor(shop.groupId, shop.otherGroupId).revoke(rest);
const byId = (apiUserId: string) => ({ key: { by: 'apiUserId', apiUserId } }) as const;

describe('revoke by desc', () => {
  it('ends the family in all projects, keys of runs and keys in the making too', async ({ shop }) => {
    const gone = [
      ...(['current', 'previous', 'undecided', 'retired', 'ephemeral'] as const).map((state) =>
        stand(shop, state),
      ),
      stand(shop, 'pending', { groupIds: [shop.groupId, shop.otherGroupId] }),
      stand(shop, 'pending', { age: 0, until: 0.1 }),
      stand(shop, 'current', { desc: 'deploy [atlas-key/1 looks like one' }),
    ];
    const kept = stand(shop, 'current', { desc: 'release' });
    const { outcome, lines } = await shop.run(revoking(shop));
    expect(gone.map((key) => isAlive(shop, key))).toEqual(gone.map(() => false));
    expect(isAlive(shop, kept)).toBe(true);
    expect(outcome).toMatchObject({ result: 'revoked', changed: true });
    expect(outcome?.problem).toBeUndefined();
    expect([...(outcome?.retired ?? [])].sort()).toEqual(gone.map(({ id }) => id).sort());
    expect(outcome?.family.map(({ state }) => state)).toEqual(gone.map(() => 'revoked'));
    const states = gone.map(({ desc }) => readMark(desc)?.mark.state ?? 'current');
    expect([...lines].sort()).toEqual(
      gone
        .map(({ id, publicKey }, index) => `Deleted key ${id} (${publicKey}), which was ${states[index]}.`)
        .sort(),
    );
    // Whoever still sees a deleted key in a list must not take it for one in use.
    for (const { id } of gone) expect(shop.atlas.key(id)?.desc).toContain('[atlas-key/1 ');
  });

  it('looks again for what was made meanwhile, and takes that, too', async ({ shop }) => {
    const first = stand(shop, 'current');
    let late = '';
    shop.atlas.faults.add({
      when: ({ method }) => method === 'DELETE',
      run: () => {
        late = stand(shop, 'undecided', { age: 0 }).id;
      },
    });
    const { outcome } = await shop.run(revoking(shop));
    expect(outcome?.retired).toEqual([first.id, late]);
    expect(isAlive(shop, { id: late })).toBe(false);
  });

  it('fails and names what is there after the last of its looks', async ({ shop }) => {
    stand(shop, 'current');
    let last: { readonly id: string; readonly publicKey: string } | undefined;
    shop.atlas.faults.add({
      when: ({ method }) => method === 'DELETE',
      times: Number.POSITIVE_INFINITY,
      run: () => {
        last = stand(shop, 'undecided', { age: 0 });
      },
    });
    const { outcome, calls } = await shop.run(revoking(shop));
    expect(outcome?.retired).toHaveLength(3);
    expect(outcome?.problem).toBe(
      `1 key could not be revoked. ${last?.id} (${last?.publicKey}): it was made meanwhile. Delete in Atlas by hand what is to go all the same.`,
    );
    // Three looks at each of two projects, and one to see what is left.
    expect(calls.filter((call) => call === 'listProjectKeys')).toHaveLength(8);
  });

  it('takes the current key last, or an ensure would use a superseded one', async ({ shop }) => {
    const superseded = [stand(shop, 'previous'), stand(shop, 'undecided', { age: 3 })];
    const current = stand(shop, 'current', { age: 1 });
    const seen: boolean[] = [];
    shop.atlas.faults.add({
      when: ({ method, path }) => method === 'PATCH' && path.endsWith(current.id),
      run: () => void seen.push(...superseded.map((key) => isAlive(shop, key))),
    });
    await shop.run(revoking(shop));
    expect(seen).toEqual([false, false]);
    expect(isAlive(shop, current)).toBe(false);
  });

  it('of what is not there is a success', async ({ shop }) => {
    const { outcome, lines } = await shop.run(revoking(shop));
    expect(outcome).toMatchObject({ result: 'revoked', changed: false, retired: [], family: [] });
    expect(outcome?.problem).toBeUndefined();
    expect(lines).toEqual(['There is no such key any more.']);
  });

  it('of what is listed although it is gone is a success', async () => {
    await using shop = await openWorkshop({ settings: { deletedKeyLingersMs: 120_000 } });
    const key = stand(shop, 'current');
    shop.atlas.deleteKey(key.id);
    const { outcome, lines } = await shop.run(revoking(shop));
    expect(outcome).toMatchObject({ result: 'revoked', changed: false, retired: [] });
    expect(outcome?.family).toEqual([]);
    expect(lines).toEqual([`Key ${key.id} (${key.publicKey}) was gone already.`]);
  });

  it('unassigns keys where it may not delete, and fails with their names', async ({ shop }) => {
    const groupIds = [shop.groupId, shop.otherGroupId];
    const keys = [stand(shop, 'previous'), stand(shop, 'current', { groupIds, age: 1 })];
    refuseDeletions(shop);
    const { outcome } = await shop.run(revoking(shop));
    expect(keys.flatMap((key) => projectsOf(shop, key))).toEqual([]);
    expect(outcome).toMatchObject({ changed: true, retired: [] });
    const why = 'it is out of its projects, but only an Organization Owner may delete it';
    const reasons = keys.map(({ id, publicKey }) => `${id} (${publicKey}): ${why}`).join('; ');
    expect(outcome?.problem).toBe(
      `2 keys could not be revoked. ${reasons}. Delete in Atlas by hand what is to go all the same.`,
    );
  });

  it('goes on when one fails, and tells which and why', async ({ shop }) => {
    const bad = stand(shop, 'current', { age: 1 });
    const good = stand(shop, 'previous');
    refuseDeletions(shop, 'VALIDATION_ERROR', bad.id);
    const { outcome } = await shop.run(revoking(shop));
    expect(outcome).toMatchObject({ changed: true, retired: [good.id] });
    expect(outcome?.problem).toContain(`${bad.id} (${bad.publicKey}): `);
    expect(outcome?.problem).toContain('VALIDATION_ERROR');
    expect(outcome?.family).toMatchObject([
      { apiUserId: good.id, publicKey: good.publicKey, state: 'revoked' },
      { apiUserId: bad.id, publicKey: bad.publicKey, state: 'current' },
    ]);
  });

  it("leaves the caller's own key and fails with its name, and the others go", async ({ shop }) => {
    const key = stand(shop, 'current');
    const fault = callerBecomes(shop, 'deploy', 'GROUP_OWNER');
    const { outcome, record, warnings } = await shop.run(revoking(shop), { fault });
    expect(outcome?.retired).toEqual([key.id]);
    const own = shop.atlas.key(record.callerId);
    expect(own).toMatchObject({ desc: 'deploy', deletedAt: undefined });
    const name = `${own?.id} (${own?.publicKey})`;
    expect(outcome?.problem).toBe(
      `1 key could not be revoked. ${name}: it is the key that this step signs in with. Delete in Atlas by hand what is to go all the same.`,
    );
    expect(warnings).toEqual([`Left key ${name} as it is: it is the key that this step signs in with.`]);
  });
});

describe('revoke by id', () => {
  it('takes the key out of every project that it is in, where it may not delete', async ({ shop }) => {
    const key = stand(shop, 'previous', { groupIds: [shop.groupId, shop.otherGroupId] });
    refuseDeletions(shop);
    const { outcome } = await shop.run(revoking(shop, byId(key.id)));
    expect(projectsOf(shop, key)).toEqual([]);
    expect(outcome?.family).toMatchObject([{ apiUserId: key.id, state: 'retired' }]);
    expect(shop.atlas.key(key.id)?.desc).toMatch(/^deploy \[atlas-key\/1 retired/);
  });

  it('leaves a key that is in a project which the step does not name', async ({ shop }) => {
    const key = stand(shop, 'previous', { groupIds: [shop.groupId, shop.otherGroupId] });
    const { outcome } = await shop.run(requestsFor(shop.groupId).revoke(byId(key.id)));
    expect(outcome).toMatchObject({ changed: false, retired: [] });
    expect(outcome?.problem).toBe(
      `1 key could not be revoked. ${key.id} (${key.publicKey}): it has roles in project ${shop.otherGroupId}, too, which this step does not name. Delete in Atlas by hand what is to go all the same.`,
    );
    expect(shop.atlas.key(key.id)).toMatchObject({ desc: key.desc, roles: key.roles });
  });

  it('deletes one that is in no project, and changes nothing where it may not', async ({ shop }) => {
    const [first, second] = [1, 2].map(() => stand(shop, 'current', { groupIds: [], desc: 'by hand' }));
    expect((await shop.run(revoking(shop, byId(first?.id ?? '')))).outcome?.retired).toEqual([first?.id]);
    refuseDeletions(shop);
    const { outcome } = await shop.run(revoking(shop, byId(second?.id ?? '')));
    expect(outcome).toMatchObject({ changed: false, retired: [] });
    expect(outcome?.problem).toContain(second?.id);
  });

  it('of what is not there is a success', async ({ shop }) => {
    const { outcome } = await shop.run(revoking(shop, byId('0'.repeat(24))));
    expect(outcome).toMatchObject({ result: 'revoked', changed: false });
  });

  it('ends when the key cannot be read for another reason', async ({ shop }) => {
    const key = stand(shop, 'current');
    shop.atlas.faults.add({
      when: ({ path }) => path.endsWith(key.id),
      action: { kind: 'error', code: 'NOT_ORG_OWNER' },
    });
    const { error } = await shop.run(revoking(shop, byId(key.id)));
    expect(error).toMatchObject({ kind: 'notAllowed' });
    expect(isAlive(shop, key)).toBe(true);
  });
});
