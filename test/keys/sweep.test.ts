import { describe, expect } from 'vitest';
import type { ApiKey } from '../../src/atlas/types.ts';
import { livesOn } from '../../src/keys/retire.ts';
import { nameOf } from '../../src/keys/step.ts';
import { isLeftOver } from '../../src/keys/sweep.ts';
import { requestsFor } from '../faults/requests.ts';
import type { Workshop } from '../faults/workshop.ts';
import { DESC, descriptionOf, keyAt, NOW } from './described-keys.ts';
import { it } from './shop.ts';
import { isAlive, isList, projectsOf, refusal, refuseDeletions, stand } from './standing.ts';
import { stepWith } from './step.ts';

const HOUR = 3_600_000;
const sweeping = (shop: Workshop, rest: Parameters<ReturnType<typeof requestsFor>['sweep']>[0] = {}) =>
  requestsFor(shop.groupId, shop.otherGroupId).sweep({ ttl: HOUR, ...rest });

describe('left over', () => {
  const past = { until: NOW - 1_000 };
  const old = -60;
  const elsewhere = keyAt(old, descriptionOf('retired', { repository: 'acme/other' }));
  const release = keyAt(old, descriptionOf('retired', { desc: 'release' }));
  /** In seconds, as the time of a key is. */
  const YEAR = 365 * 86_400;

  it.each<[string, boolean, ApiKey, string?]>([
    ['a key of a person', false, keyAt(old, DESC)],
    ['an ephemeral key past its time', true, keyAt(old, descriptionOf('ephemeral', past))],
    ['one at the very moment of its time', false, keyAt(old, descriptionOf('ephemeral'))],
    ['one younger than ttl', false, keyAt(old + 1, descriptionOf('ephemeral', past))],
    ['one whose time is a year after its making', true, keyAt(-YEAR - 1, descriptionOf('ephemeral', past))],
    ['one whose mark claims more than that', false, keyAt(-YEAR - 3, descriptionOf('ephemeral', past))],
    ['a pending key past its time, however young', true, keyAt(0, descriptionOf('pending', past))],
    ['a pending key at the very moment', false, keyAt(old, descriptionOf('pending'))],
    ['a retired key', true, keyAt(0, descriptionOf('retired'))],
    ['an undecided key', false, keyAt(old, descriptionOf('undecided'))],
    ['a previous key', false, keyAt(old, descriptionOf('previous'))],
    ["another repository's key", false, elsewhere],
    ["another repository's key that its own desc asks for", true, elsewhere, DESC],
    ["this repository's key of another desc than asked for", false, release, DESC],
  ])('%s: %s', (_, expected, key, desc) => {
    const asked = { ttl: 60_000, ...(desc !== undefined && { desc }) };
    expect(isLeftOver(stepWith({}).step, asked, key)).toBe(expected);
  });
});

describe('sweep', () => {
  it('deletes what is due in all its projects and what is in none, and tells each', async ({ shop }) => {
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
    const { outcome, lines, warnings, calls } = await shop.run(sweeping(shop));
    expect(kept.map((key) => isAlive(shop, key))).toEqual([true, true, true]);
    expect(due.map((key) => isAlive(shop, key))).toEqual([false, false, false, false]);
    expect(outcome).toMatchObject({ result: 'swept', changed: true, previous: [], plan: [] });
    expect(outcome?.problem).toBeUndefined();
    expect([...(outcome?.retired ?? [])].sort()).toEqual(due.map(({ id }) => id).sort());
    expect(outcome?.family).toHaveLength(4);
    // The list of the organisation shows all roles, so no key is read by itself.
    expect(calls).not.toContain('readOrganizationKey');
    const run = expect.objectContaining({ repository: 'acme/shop', runId: '17482910' });
    for (const { id, publicKey } of due) {
      const row = { apiUserId: id, publicKey, state: 'revoked', origin: { desc: DESC, run } };
      expect(outcome?.family).toContainEqual(row);
    }
    const told = due.map((key) => `Deleted key ${nameOf(key)}, left over: "${key.desc}".`);
    expect(lines.toSorted()).toEqual(told.sort());
    expect(warnings).toEqual([]);
  });

  it('says so when nothing is left over', async ({ shop }) => {
    stand(shop, 'current');
    const { outcome, lines } = await shop.run(sweeping(shop));
    expect(outcome).toMatchObject({ result: 'swept', changed: false, retired: [], family: [] });
    expect(lines).toEqual(['Nothing is left over.']);
  });

  it('of one desc takes that of other repositories, too, and nothing else', async ({ shop }) => {
    const due = stand(shop, 'ephemeral', { desc: 'release', repository: 'acme/other' });
    const other = stand(shop, 'ephemeral');
    await shop.run(sweeping(shop, { desc: 'release' }));
    expect([due, other].map((key) => isAlive(shop, key))).toEqual([false, true]);
  });

  it('takes a key out of its projects where it may not delete, and warns', async ({ shop }) => {
    const due = stand(shop, 'ephemeral', { groupIds: [shop.groupId, shop.otherGroupId] });
    refuseDeletions(shop);
    const { outcome, lines, warnings } = await shop.run(sweeping(shop));
    expect(isAlive(shop, due)).toBe(true);
    expect(projectsOf(shop, due)).toEqual([]);
    expect(outcome).toMatchObject({ result: 'swept', changed: true, retired: [] });
    expect(outcome?.family.map(({ state }) => state)).toEqual(['retired']);
    expect(outcome?.problem).toBeUndefined();
    expect(warnings).toEqual([livesOn(nameOf(due), shop.orgId)]);
    expect(lines).toEqual([]);
    expect(shop.atlas.key(due.id)?.desc).toContain(' retired ');
  });

  it('goes on when one deletion fails, and names the one that did', async ({ shop }) => {
    const bad = stand(shop, 'ephemeral', { age: 3 });
    const good = stand(shop, 'ephemeral');
    refuseDeletions(shop, 'VALIDATION_ERROR', bad.id);
    const { outcome, warnings } = await shop.run(sweeping(shop));
    expect([bad, good].map((key) => isAlive(shop, key))).toEqual([true, false]);
    expect(outcome).toMatchObject({ changed: true, retired: [good.id] });
    expect(outcome?.problem).toBe(
      `1 left-over key could not be deleted: ${nameOf(bad)}. The warnings above say why; the next sweep tries again.`,
    );
    const told = `Key ${nameOf(bad)} could not be deleted; the next sweep tries again. Could not delete the key: `;
    expect(warnings).toEqual([expect.stringContaining(told)]);
  });

  it.for([
    ['leaves what is in no project to those who may list it', 'USER_CANNOT_ACCESS_ORG'],
    ['ends when the organisation cannot be listed for another reason', 'VALIDATION_ERROR'],
  ] as const)('%s', async ([_what, code], { shop }) => {
    const [orphan, due] = [stand(shop, 'retired', { groupIds: [] }), stand(shop, 'retired')];
    shop.atlas.faults.add(refusal(code, ({ path }) => path === `/api/atlas/v2/orgs/${shop.orgId}/apiKeys`));
    const { outcome, lines, error } = await shop.run(sweeping(shop));
    expect(isAlive(shop, orphan)).toBe(true);
    expect(outcome?.retired).toEqual(code === 'VALIDATION_ERROR' ? undefined : [due.id]);
    if (code === 'VALIDATION_ERROR') expect(error).toMatchObject({ name: 'AtlasError', kind: 'badRequest' });
    else expect(lines).toContainEqual(expect.stringContaining('Only the project is swept'));
  });
});

describe('an ephemeral step in passing', () => {
  const { ephemeral } = requestsFor('');
  const minting = (shop: Workshop) => ephemeral({ ttl: HOUR, groupIds: [shop.groupId] });

  it('sweeps its own text alone, and says what went', async ({ shop }) => {
    const due = stand(shop, 'ephemeral');
    const other = stand(shop, 'ephemeral', { desc: 'release' });
    const { outcome } = await shop.run(minting(shop));
    expect(outcome).toMatchObject({ result: 'created', retired: [due.id] });
    expect([due, other].map((key) => isAlive(shop, key))).toEqual([false, true]);
  });

  it('does not fail for what it cannot sweep', async ({ shop }) => {
    shop.atlas.faults.add(refusal('NOT_GROUP_USER_ADMIN', isList));
    const { outcome, warnings } = await shop.run(minting(shop));
    expect(outcome).toMatchObject({ result: 'created', retired: [] });
    const told = 'Left-over keys of earlier runs were not looked for; the next run does it. Could not ';
    expect(warnings).toEqual([expect.stringContaining(told)]);
    expect(warnings[0]).toContain('NOT_GROUP_USER_ADMIN');
  });
});
