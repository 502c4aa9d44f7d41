import { describe, expect } from 'vitest';
import { stateOf } from '../../src/keys/mark.ts';
import { nameOf } from '../../src/keys/step.ts';
import { DESC, requestsFor } from '../faults/requests.ts';
import type { Workshop } from '../faults/workshop.ts';
import { it, openShop } from './shop.ts';
import { callerBecomes, isAlive, projectsOf, refusal, refuseDeletions, stand } from './standing.ts';

const revoking = (shop: Workshop, rest: Parameters<ReturnType<typeof requestsFor>['revoke']>[0] = {}) =>
  requestsFor(shop.groupId, shop.otherGroupId).revoke(rest);
const byId = (apiUserId: string) => ({ key: { by: 'apiUserId', apiUserId } }) as const;
const isDeletion = ({ method }: { readonly method: string }) => method === 'DELETE';

/** What a revocation says at last of the one key that it left. */
const ofOne = (key: Parameters<typeof nameOf>[0], why: string) =>
  `1 key could not be revoked. ${nameOf(key)}: ${why}. Delete by hand in Atlas whatever has to go all the same.`;

describe('revoke by desc', () => {
  it('ends the family in all projects, keys of runs and keys in the making too', async ({ shop }) => {
    const states = ['current', 'previous', 'undecided', 'retired', 'ephemeral'] as const;
    const gone = [
      ...states.map((state) => stand(shop, state)),
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
    expect(outcome?.retired.toSorted()).toEqual(gone.map(({ id }) => id).sort());
    expect(outcome?.family.map(({ state }) => state)).toEqual(gone.map(() => 'revoked'));
    const told = gone.map((key) => `Deleted key ${nameOf(key)}, which was ${stateOf(key.desc)}.`);
    expect(lines.toSorted()).toEqual(told.sort());
    // Whoever still sees a deleted key in a list must not take it for one in use.
    for (const { id } of gone) expect(shop.atlas.key(id)?.desc).toContain('[atlas-key/1 ');
  });

  it.for<[string, number]>([
    ['takes that, too', 1],
    ['fails and names what is there after the last of its looks', Number.POSITIVE_INFINITY],
  ])('looks again for what was made meanwhile: %s', async ([_what, times], { shop }) => {
    const keys = [stand(shop, 'current')];
    const run = () => void keys.push(stand(shop, 'undecided', { age: 0 }));
    shop.atlas.faults.add({ when: isDeletion, times, run });
    const { outcome, calls } = await shop.run(revoking(shop));
    const left = keys.slice(3);
    expect(outcome?.retired).toEqual(keys.slice(0, 3).map(({ id }) => id));
    expect(outcome?.problem).toBe(left[0] && ofOne(left[0], 'it was made meanwhile'));
    expect(keys.map((key) => isAlive(shop, key))).toEqual(keys.map((key) => left.includes(key)));
    // A look at each of two projects for each round, and one to see what is left.
    const looks = calls.filter((call) => call === 'listProjectKeys');
    expect(looks).toHaveLength(times === 1 ? 6 : 8);
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

  it('of what is listed although it is gone is a success', async () => {
    await using shop = await openShop({ settings: { deletedKeyLingersMs: 120_000 } });
    const key = stand(shop, 'current');
    shop.atlas.deleteKey(key.id);
    const { outcome, lines } = await shop.run(revoking(shop));
    expect(outcome).toMatchObject({ result: 'revoked', changed: false, retired: [], family: [] });
    expect(outcome?.problem).toBeUndefined();
    expect(lines).toEqual([`Key ${nameOf(key)} was gone already.`]);
  });

  it('unassigns keys where it may not delete, and fails with their names', async ({ shop }) => {
    const groupIds = [shop.groupId, shop.otherGroupId];
    const keys = [stand(shop, 'previous'), stand(shop, 'current', { groupIds, age: 1 })];
    refuseDeletions(shop);
    const { outcome } = await shop.run(revoking(shop));
    expect(keys.flatMap((key) => projectsOf(shop, key))).toEqual([]);
    expect(outcome).toMatchObject({ changed: true, retired: [] });
    const why = 'it is out of its projects, but only an Organization Owner may delete it';
    const reasons = keys.map((key) => `${nameOf(key)}: ${why}`).join('; ');
    expect(outcome?.problem).toBe(
      `2 keys could not be revoked. ${reasons}. Delete by hand in Atlas whatever has to go all the same.`,
    );
  });

  it('goes on when one fails, and tells which and why', async ({ shop }) => {
    const [bad, good] = [stand(shop, 'current', { age: 1 }), stand(shop, 'previous')];
    refuseDeletions(shop, 'VALIDATION_ERROR', bad.id);
    const { outcome } = await shop.run(revoking(shop));
    expect(outcome).toMatchObject({ changed: true, retired: [good.id] });
    expect(outcome?.problem).toMatch(new RegExp(`${bad.id} \\(${bad.publicKey}\\): .*VALIDATION_ERROR`));
    expect(outcome?.family).toMatchObject([
      { apiUserId: good.id, publicKey: good.publicKey, state: 'revoked' },
      { apiUserId: bad.id, publicKey: bad.publicKey, state: 'current' },
    ]);
  });

  it("leaves the caller's own key and fails with its name, and the others go", async ({ shop }) => {
    const key = stand(shop, 'current');
    const fault = callerBecomes(shop, DESC, 'GROUP_OWNER');
    const { outcome, record, warnings } = await shop.run(revoking(shop), { fault });
    expect(outcome?.retired).toEqual([key.id]);
    const own = shop.atlas.key(record.callerId);
    expect(own).toMatchObject({ desc: DESC, deletedAt: undefined });
    const why = 'it is the key that this step signs in with';
    expect(outcome?.problem).toBe(own && ofOne(own, why));
    expect(warnings).toEqual([`Left key ${own && nameOf(own)} as it is: ${why}.`]);
  });
});

it.for([
  ['by desc', {}],
  ['by id', byId('0'.repeat(24))],
] as const)('revoke of what is not there is a success: %s', async ([_how, wish], { shop }) => {
  const { outcome, lines } = await shop.run(revoking(shop, wish));
  expect(outcome).toMatchObject({ result: 'revoked', changed: false, retired: [], family: [] });
  expect(outcome?.problem).toBeUndefined();
  expect(lines).toEqual(['There is no such key any more.']);
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
    const why = `it has roles in project ${shop.otherGroupId}, too, which this step does not name`;
    expect(outcome).toMatchObject({ changed: false, retired: [], problem: ofOne(key, why) });
    expect(shop.atlas.key(key.id)).toMatchObject({ desc: key.desc, roles: key.roles });
  });

  it('deletes one that is in no project, and changes nothing where it may not', async ({ shop }) => {
    const standing = { groupIds: [], desc: 'by hand' };
    const [first, second] = [stand(shop, 'current', standing), stand(shop, 'current', standing)];
    expect((await shop.run(revoking(shop, byId(first.id)))).outcome?.retired).toEqual([first.id]);
    refuseDeletions(shop);
    const { outcome } = await shop.run(revoking(shop, byId(second.id)));
    expect(outcome).toMatchObject({ changed: false, retired: [] });
    expect(outcome?.problem).toContain(second.id);
  });

  it('ends when the key cannot be read for another reason', async ({ shop }) => {
    const key = stand(shop, 'current');
    const fault = refusal('NOT_ORG_OWNER', ({ path }) => path.endsWith(key.id));
    const { error } = await shop.run(revoking(shop, byId(key.id)), { fault });
    expect(error).toMatchObject({ kind: 'notAllowed' });
    expect(isAlive(shop, key)).toBe(true);
  });
});
