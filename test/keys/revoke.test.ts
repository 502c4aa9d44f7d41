import { describe, expect, it } from 'vitest';
import { requestsFor } from '../faults/requests.ts';
import { openWorkshop, type Workshop } from '../faults/workshop.ts';
import { isAlive, projectsOf, refuseDeletions, stand } from './standing.ts';

const revoking = (shop: Workshop, rest: Parameters<ReturnType<typeof requestsFor>['revoke']>[0] = {}) =>
  requestsFor(shop.groupId, shop.otherGroupId).revoke(rest);
const byId = (apiUserId: string) => ({ key: { by: 'apiUserId', apiUserId } }) as const;

describe('revoke by desc', () => {
  it('ends the whole family in all projects, but for the keys of runs', async () => {
    await using shop = await openWorkshop();
    const family = (['current', 'previous', 'undecided', 'retired'] as const).map((state) =>
      stand(shop, state),
    );
    const pending = stand(shop, 'pending', { groupIds: [shop.groupId, shop.otherGroupId] });
    const kept = [stand(shop, 'ephemeral'), stand(shop, 'current', { desc: 'release' })];
    const { outcome, lines } = await shop.run(revoking(shop));
    const gone = [...family, pending];
    expect(gone.map((key) => isAlive(shop, key))).toEqual(gone.map(() => false));
    expect(kept.map((key) => isAlive(shop, key))).toEqual([true, true]);
    expect(outcome).toMatchObject({ result: 'revoked', changed: true });
    expect([...(outcome?.retired ?? [])].sort()).toEqual(gone.map(({ id }) => id).sort());
    expect(outcome?.family.map(({ state }) => state)).toEqual(gone.map(() => 'retired'));
    expect([...lines].sort()).toEqual(
      [
        `Left ephemeral key ${kept[0]?.id} (${kept[0]?.publicKey}) alone: its own run revokes it, or a sweep once it is due.`,
        ...gone.map(({ id, publicKey }) => `Revoked key ${id} (${publicKey}).`),
      ].sort(),
    );
    // Whoever still sees a deleted key in a list must not take it for one in use.
    for (const { id } of gone) expect(shop.atlas.key(id)?.desc).toContain('[atlas-key/1 retired acme/shop');
  });

  it('leaves a key alone that another run is making', async () => {
    await using shop = await openWorkshop();
    const young = stand(shop, 'pending', { until: 1 });
    const { outcome, lines } = await shop.run(revoking(shop));
    expect(isAlive(shop, young)).toBe(true);
    expect(outcome).toMatchObject({ changed: false, retired: [] });
    expect(lines[0]).toMatch(new RegExp(`^Left key ${young.id} .* alone: another run is making it`));
  });

  it('takes the current key last, so that no ensure takes a superseded one for its stand-in', async () => {
    await using shop = await openWorkshop();
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

  it('of what is not there is a success', async () => {
    await using shop = await openWorkshop();
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
    expect(outcome?.family).toEqual([{ apiUserId: key.id, publicKey: key.publicKey, state: 'current' }]);
    expect(lines).toEqual([`Key ${key.id} (${key.publicKey}) was gone already.`]);
  });

  it('plans without touching', async () => {
    await using shop = await openWorkshop();
    const { id, publicKey, desc } = stand(shop, 'previous');
    const { outcome } = await shop.run(revoking(shop, { dryRun: true }));
    expect(isAlive(shop, { id })).toBe(true);
    expect(outcome).toMatchObject({
      result: 'planned',
      plan: [{ action: 'revoke', key: { id, publicKey }, what: `"${desc}"` }],
      family: [{ apiUserId: id, publicKey, state: 'previous' }],
    });
  });

  it('takes a key out of its projects where it may not delete, and fails with its name', async () => {
    await using shop = await openWorkshop();
    const key = stand(shop, 'current', { groupIds: [shop.groupId, shop.otherGroupId] });
    refuseDeletions(shop);
    const { outcome } = await shop.run(revoking(shop));
    expect(projectsOf(shop, key)).toEqual([]);
    expect(outcome).toMatchObject({ changed: true, retired: [] });
    expect(outcome?.problem).toContain(`${key.id} (${key.publicKey}) is out of the project`);
  });

  it('goes on when one fails, and tells which and why', async () => {
    await using shop = await openWorkshop();
    const bad = stand(shop, 'current', { age: 1 });
    const good = stand(shop, 'previous');
    refuseDeletions(shop, 'VALIDATION_ERROR', bad.id);
    const { outcome } = await shop.run(revoking(shop));
    expect(outcome).toMatchObject({ changed: true, retired: [good.id] });
    expect(outcome?.problem).toContain(`${bad.id} (${bad.publicKey}): `);
    expect(outcome?.problem).toContain('VALIDATION_ERROR');
    expect(outcome?.family).toEqual([
      { apiUserId: bad.id, publicKey: bad.publicKey, state: 'current' },
      { apiUserId: good.id, publicKey: good.publicKey, state: 'retired' },
    ]);
  });

  it("never touches the caller's own key, nor any other then", async () => {
    await using shop = await openWorkshop();
    const key = stand(shop, 'current');
    shop.atlas.faults.add({
      when: ({ method }) => method === 'GET',
      run: ({ caller = '' }) => {
        shop.atlas.setProjectRoles(caller, shop.groupId, ['GROUP_OWNER']);
        shop.atlas.renameKey(caller, 'deploy');
      },
    });
    const { error } = await shop.run(revoking(shop));
    expect(error).toMatchObject({ code: 'callersOwn' });
    expect(isAlive(shop, key)).toBe(true);
  });
});

describe('revoke by id', () => {
  it('takes the key out of every project that it is in, where it may not delete', async () => {
    await using shop = await openWorkshop();
    const key = stand(shop, 'previous', { groupIds: [shop.otherGroupId] });
    refuseDeletions(shop);
    const request = requestsFor(shop.groupId).revoke(byId(key.id));
    const { outcome } = await shop.run(request);
    expect(projectsOf(shop, key)).toEqual([]);
    expect(outcome?.family).toEqual([{ apiUserId: key.id, publicKey: key.publicKey, state: 'previous' }]);
    expect(shop.atlas.key(key.id)?.desc).toMatch(/^deploy \[atlas-key\/1 retired/);
  });

  it('knows a plain key as current', async () => {
    await using shop = await openWorkshop();
    const key = stand(shop, 'current', { desc: 'by hand' });
    const { outcome } = await shop.run(revoking(shop, { ...byId(key.id), dryRun: true }));
    expect(outcome?.family).toEqual([{ apiUserId: key.id, publicKey: key.publicKey, state: 'current' }]);
  });

  it('of what is not there is a success', async () => {
    await using shop = await openWorkshop();
    const { outcome } = await shop.run(revoking(shop, byId('0'.repeat(24))));
    expect(outcome).toMatchObject({ result: 'revoked', changed: false });
  });

  it('ends when the key cannot be read for another reason', async () => {
    await using shop = await openWorkshop();
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
