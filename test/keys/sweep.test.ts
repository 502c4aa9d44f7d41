import { describe, expect, it } from 'vitest';
import { requestsFor } from '../faults/requests.ts';
import { openWorkshop, type Workshop } from '../faults/workshop.ts';
import { DESC } from './described-keys.ts';
import { isAlive, projectsOf, refuseDeletions, stand } from './standing.ts';

const HOUR = 3_600_000;
const NOW_DUE = { ttl: HOUR };
const sweeping = (shop: Workshop, rest: Parameters<ReturnType<typeof requestsFor>['sweep']>[0] = {}) =>
  requestsFor(shop.groupId, shop.otherGroupId).sweep({ ...NOW_DUE, ...rest });

describe('sweep', () => {
  it('deletes what is due in all its projects and what is in none, and tells each', async () => {
    await using shop = await openWorkshop();
    const due = [
      stand(shop, 'ephemeral'),
      stand(shop, 'pending', { groupIds: [shop.otherGroupId] }),
      stand(shop, 'retired', { groupIds: [shop.groupId, shop.otherGroupId] }),
      stand(shop, 'ephemeral', { groupIds: [] }),
    ];
    const kept = [
      stand(shop, 'current'),
      stand(shop, 'ephemeral', { until: 1 }),
      stand(shop, 'retired', { repository: 'acme/other' }),
    ];
    const { outcome, lines, warnings } = await shop.run(sweeping(shop));
    expect(kept.map((key) => isAlive(shop, key))).toEqual([true, true, true]);
    expect(due.map((key) => isAlive(shop, key))).toEqual([false, false, false, false]);
    expect(outcome).toMatchObject({ result: 'swept', changed: true, previous: [], plan: [] });
    expect(outcome?.problem).toBeUndefined();
    expect([...(outcome?.retired ?? [])].sort()).toEqual(due.map(({ id }) => id).sort());
    expect(outcome?.family).toHaveLength(4);
    for (const { id, publicKey, desc } of due) {
      expect(outcome?.family).toContainEqual({
        apiUserId: id,
        publicKey,
        state: 'revoked',
        origin: { desc: DESC, run: expect.objectContaining({ repository: 'acme/shop', runId: '17482910' }) },
      });
      expect(lines).toContain(`Deleted key ${id} (${publicKey}), left over: "${desc}".`);
    }
    expect(lines).toHaveLength(4);
    expect(warnings).toEqual([]);
  });

  it('says so when nothing is left over', async () => {
    await using shop = await openWorkshop();
    stand(shop, 'current');
    const { outcome, lines } = await shop.run(sweeping(shop));
    expect(outcome).toMatchObject({ result: 'swept', changed: false, retired: [], family: [] });
    expect(lines).toEqual(['Nothing is left over.']);
  });

  it('of one desc takes that of other repositories, too, and nothing else', async () => {
    await using shop = await openWorkshop();
    const due = stand(shop, 'ephemeral', { desc: 'release', repository: 'acme/other' });
    const other = stand(shop, 'ephemeral');
    await shop.run(sweeping(shop, { desc: 'release' }));
    expect([due, other].map((key) => isAlive(shop, key))).toEqual([false, true]);
  });

  it('plans without deleting', async () => {
    await using shop = await openWorkshop();
    const due = stand(shop, 'ephemeral');
    const { outcome, lines } = await shop.run(sweeping(shop, { dryRun: true }));
    expect(isAlive(shop, due)).toBe(true);
    const { id, publicKey, desc } = due;
    expect(outcome).toMatchObject({
      result: 'planned',
      changed: false,
      plan: [{ action: 'revoke', key: { id, publicKey }, what: `"${desc}", is ephemeral` }],
    });
    expect(lines).toEqual([]);
  });

  it('takes a key out of all its projects where it may not delete, and warns with its name', async () => {
    await using shop = await openWorkshop();
    const due = stand(shop, 'ephemeral', { groupIds: [shop.groupId, shop.otherGroupId] });
    refuseDeletions(shop);
    const { outcome, lines, warnings } = await shop.run(sweeping(shop));
    expect(isAlive(shop, due)).toBe(true);
    expect(projectsOf(shop, due)).toEqual([]);
    expect(outcome).toMatchObject({ result: 'swept', changed: true, retired: [] });
    expect(outcome?.family.map(({ state }) => state)).toEqual(['retired']);
    expect(outcome?.problem).toBeUndefined();
    expect(warnings).toEqual([
      `Out of the project, but still alive in organisation ${shop.orgId}: ${due.id} (${due.publicKey}). Only an Organization Owner may delete keys: do it there, or run mode: sweep with that role.`,
    ]);
    expect(lines).toEqual([]);
    expect(shop.atlas.key(due.id)?.desc).toContain(' retired ');
  });

  it('does nothing to a key that is in no project and that it may not delete, and warns with its name', async () => {
    await using shop = await openWorkshop();
    const orphan = stand(shop, 'retired', { groupIds: [] });
    refuseDeletions(shop);
    const { outcome, lines, warnings } = await shop.run(sweeping(shop));
    expect(outcome).toMatchObject({ result: 'swept', changed: false, retired: [] });
    expect(outcome?.problem).toBeUndefined();
    expect(lines).toEqual([]);
    expect(warnings).toEqual([
      expect.stringContaining(
        `Out of the project, but still alive in organisation ${shop.orgId}: ${orphan.id} (${orphan.publicKey}).`,
      ),
    ]);
  });

  it('goes on when one deletion fails, and names the one that did', async () => {
    await using shop = await openWorkshop();
    const bad = stand(shop, 'ephemeral', { age: 3 });
    const good = stand(shop, 'ephemeral');
    refuseDeletions(shop, 'VALIDATION_ERROR', bad.id);
    const { outcome, warnings } = await shop.run(sweeping(shop));
    expect([bad, good].map((key) => isAlive(shop, key))).toEqual([true, false]);
    expect(outcome).toMatchObject({ changed: true, retired: [good.id] });
    expect(outcome?.problem).toContain(bad.id);
    expect(outcome?.problem).not.toContain(good.id);
    expect(warnings).toEqual([
      expect.stringContaining(
        `Key ${bad.id} (${bad.publicKey}) could not be deleted; the next sweep tries again. `,
      ),
    ]);
    expect(warnings[0]).toContain('VALIDATION_ERROR');
  });

  it('leaves what is in no project to those who may list it, and says so', async () => {
    await using shop = await openWorkshop();
    const orphan = stand(shop, 'retired', { groupIds: [] });
    const due = stand(shop, 'retired');
    shop.atlas.faults.add({
      when: ({ method, path }) => method === 'GET' && path.endsWith(`/orgs/${shop.orgId}/apiKeys`),
      action: { kind: 'error', code: 'USER_CANNOT_ACCESS_ORG' },
    });
    const { outcome, lines } = await shop.run(sweeping(shop));
    expect(outcome?.retired).toEqual([due.id]);
    expect(isAlive(shop, orphan)).toBe(true);
    expect(lines).toContainEqual(expect.stringContaining('Only the project is swept'));
  });

  it('ends when the organisation cannot be listed for another reason', async () => {
    await using shop = await openWorkshop();
    const due = stand(shop, 'retired');
    shop.atlas.faults.add({
      when: ({ method, path }) => method === 'GET' && path.endsWith(`/orgs/${shop.orgId}/apiKeys`),
      action: { kind: 'error', code: 'VALIDATION_ERROR' },
    });
    const { error } = await shop.run(sweeping(shop));
    expect(error).toMatchObject({ name: 'AtlasError', kind: 'badRequest' });
    expect(isAlive(shop, due)).toBe(true);
  });

  it('tells how far it is, every 25 keys', async () => {
    await using shop = await openWorkshop();
    for (let key = 0; key < 51; key += 1) stand(shop, 'retired');
    const { outcome, lines } = await shop.run(sweeping(shop));
    expect(outcome?.retired).toHaveLength(51);
    expect(lines.filter((line) => line.endsWith('done.'))).toEqual([
      '25 of 51 keys done.',
      '50 of 51 keys done.',
    ]);
  });
});

describe('an ephemeral step in passing', () => {
  const { ephemeral } = requestsFor('');
  const minting = (shop: Workshop) => ephemeral({ ttl: HOUR, groupIds: [shop.groupId] });

  it('sweeps its own text alone, and says what went', async () => {
    await using shop = await openWorkshop();
    const due = stand(shop, 'ephemeral');
    const other = stand(shop, 'ephemeral', { desc: 'release' });
    const { outcome } = await shop.run(minting(shop));
    expect(outcome).toMatchObject({ result: 'created', retired: [due.id] });
    expect([due, other].map((key) => isAlive(shop, key))).toEqual([false, true]);
  });

  it('does not fail for what it cannot sweep', async () => {
    await using shop = await openWorkshop();
    shop.atlas.faults.add({
      when: ({ method, path }) => method === 'GET' && path.endsWith(`/groups/${shop.groupId}/apiKeys`),
      action: { kind: 'error', code: 'NOT_GROUP_USER_ADMIN' },
    });
    const { outcome, warnings } = await shop.run(minting(shop));
    expect(outcome).toMatchObject({ result: 'created', retired: [] });
    expect(warnings).toEqual([
      expect.stringContaining(
        'Left-over keys of earlier runs were not looked for; the next run does it. Could not ',
      ),
    ]);
    expect(warnings[0]).toContain('NOT_GROUP_USER_ADMIN');
  });
});
