import { describe, expect, it } from 'vitest';
import { familyOf, type Member } from '../../src/keys/family.ts';
import { doomedAsBefore, inUse, membersToRetire } from '../../src/keys/retirement.ts';
import { DESC, requestsFor } from '../faults/requests.ts';
import { openWorkshop, type Workshop } from '../faults/workshop.ts';
import type { Fault } from '../simulator/faults.ts';
import { descriptionOf, idAt, keyAt, nonceOf } from './described-keys.ts';
import { isAlive, stand } from './standing.ts';

const own = { apiUserId: idAt(99), nonce: nonceOf(99) };
const previous = (seconds: number, number: number) =>
  keyAt(seconds, descriptionOf('previous', { nonce: nonceOf(number) }));
const undecided = (seconds: number) =>
  keyAt(seconds, descriptionOf('undecided', { nonce: nonceOf(seconds) }));
const doomedIn = (members: readonly Member[], keepPrevious: number) =>
  membersToRetire(members, { ...own, keepPrevious }, inUse(members, own));
const idsOf = (members: readonly Member[]) => members.map(({ key }) => key.id);

describe('what a commit retires', () => {
  it('is a previous key that it marked in an earlier try, where another one is current since', () => {
    const members = familyOf(DESC, [keyAt(5, DESC), previous(3, 99)]);
    expect(idsOf(doomedIn(members, 1))).toEqual([idAt(3)]);
  });

  it('names an undecided key that stood in for the current one once', () => {
    const members = familyOf(DESC, [previous(1, 2), undecided(2), undecided(3)]);
    expect(idsOf(doomedIn(members, 0)).toSorted()).toEqual([idAt(1), idAt(2)]);
  });

  it('is no undecided key that became previous since: somebody may just have got it', () => {
    const seen = familyOf(DESC, [undecided(7)]);
    expect(doomedAsBefore(familyOf(DESC, [previous(7, 7)]), seen)).toEqual([]);
    expect(doomedAsBefore(seen, seen)).toEqual(seen);
  });
});

describe('a commit', () => {
  /** A rotation that is open. */
  async function openAlone(
    shop: Workshop,
    wish: Parameters<ReturnType<typeof requestsFor>['rotate']>[0] = {},
  ) {
    const half = await shop.runMain(requestsFor(shop.groupId).rotate(wish));
    return { half, made: half.outcome?.facts?.key.id ?? '' };
  }

  /** The same beside two undecided keys, of which its commit will retire one. */
  async function openRotation(shop: Workshop) {
    const rotation = await openAlone(shop, { keepPrevious: 0 });
    for (const age of [2, 3]) stand(shop, 'undecided', { age, nonce: nonceOf(age) });
    return rotation;
  }

  function whileRenaming(shop: Workshop, apiUserId: string, fault: Omit<Fault, 'when'>): void {
    shop.atlas.faults.add({
      ...fault,
      when: ({ method, path }) => method === 'PATCH' && path.endsWith(apiUserId),
    });
  }

  it('that is done again after its key became current leaves what has become previous since', async () => {
    await using shop = await openWorkshop();
    const { rotate } = requestsFor(shop.groupId);
    stand(shop, 'current');
    const open = rotate({ commit: 'step', keepPrevious: 1 });
    // Killed after the look that follows its second rename.
    const half = await shop.runMain(open, {
      interruption: { of: 'listProjectKeys', call: 3, moment: 'after' },
    });
    expect(half.record.main).toBe('killed');
    const made = half.record.delivered[0]?.apiUserId ?? '';
    expect(shop.atlas.key(made)?.desc).toBe(DESC);
    // Another one of the same moment had been current, too.
    const other = stand(shop, 'previous', { age: 1, nonce: nonceOf(7) });
    const [oldest] = [4, 3, 2].map((age) => stand(shop, 'undecided', { age, nonce: nonceOf(age) }));
    const { settlement } = await half.finish();
    expect(settlement?.commit).toMatchObject({ outcome: 'committed', retired: [oldest?.id] });
    expect(isAlive(shop, other)).toBe(true);
  });

  it('that is done again after it had demoted the former key knows that one among newer ones', async () => {
    await using shop = await openWorkshop();
    const former = stand(shop, 'current', { age: 5 });
    const newer = stand(shop, 'previous', { age: 2, nonce: nonceOf(2) });
    const half = await shop.runMain(requestsFor(shop.groupId).rotate({ commit: 'step', keepPrevious: 1 }), {
      interruption: { of: 'renameKey', call: 1, moment: 'after' },
    });
    const { settlement } = await half.finish();
    expect(settlement?.commit?.retired).toEqual([newer.id]);
    expect(isAlive(shop, former)).toBe(true);
  });

  it('that finds a newer key current in its last look retires nothing', async () => {
    await using shop = await openWorkshop();
    const superseded = [stand(shop, 'current'), stand(shop, 'previous', { age: 3, nonce: nonceOf(3) })];
    const { half, made } = await openAlone(shop, { keepPrevious: 0 });
    let newer = '';
    whileRenaming(shop, made, {
      run: () => {
        newer = stand(shop, 'current', { age: -1 }).id;
      },
    });
    const { settlement, lines } = await half.finish();
    expect(settlement?.commit).toMatchObject({ outcome: 'superseded', retired: [] });
    expect(lines.at(-1)).toContain('A newer rotation was committed meanwhile');
    expect(superseded.map((key) => isAlive(shop, key))).toEqual([true, true]);
    expect(shop.atlas.key(newer)?.desc).toBe(DESC);
    expect(shop.atlas.key(made)?.desc).toContain('previous');
  });

  it('whose key another one demotes at that moment is final all the same', async () => {
    await using shop = await openWorkshop();
    const { half, made } = await openAlone(shop);
    whileRenaming(shop, made, {
      phase: 'after',
      run: () => shop.atlas.renameKey(made, descriptionOf('previous')),
    });
    const { settlement, postError } = await half.finish();
    expect(postError).toBeUndefined();
    expect(settlement?.commit?.outcome).toBe('committed');
  });

  it('whose key is deleted at that moment, and that had none to replace, says that it is gone', async () => {
    await using shop = await openWorkshop();
    const { half, made } = await openAlone(shop);
    whileRenaming(shop, made, {
      run: () => shop.atlas.deleteKey(made),
    });
    const { postError } = await half.finish();
    expect(postError).toMatchObject({ kind: 'gone' });
  });

  it('whose key is deleted at that moment gives the former key its name back', async () => {
    await using shop = await openWorkshop();
    const former = stand(shop, 'current');
    const { half, made } = await openAlone(shop);
    whileRenaming(shop, made, {
      run: () => shop.atlas.deleteKey(made),
    });
    const { postError } = await half.finish();
    expect(postError).toMatchObject({ kind: 'gone' });
    expect(shop.atlas.key(former.id)?.desc).toBe(DESC);
  });

  it('whose key may not be renamed leaves all for another try', async () => {
    await using shop = await openWorkshop();
    const former = stand(shop, 'current');
    const { half, made } = await openAlone(shop);
    whileRenaming(shop, made, {
      times: Number.POSITIVE_INFINITY,
      action: { kind: 'error', code: 'NOT_GROUP_USER_ADMIN' },
    });
    const { postError } = await half.finish();
    expect(postError).toMatchObject({ kind: 'notAllowed' });
    // Which key stands in for it tells the nonce of its mark.
    expect(shop.atlas.key(former.id)?.desc).toContain('previous');
  });

  it('that may not demote the former key ends there, and leaves it current', async () => {
    await using shop = await openWorkshop();
    const former = stand(shop, 'current');
    const { half, made } = await openAlone(shop);
    whileRenaming(shop, former.id, {
      times: Number.POSITIVE_INFINITY,
      action: { kind: 'error', code: 'NOT_GROUP_USER_ADMIN' },
    });
    const { postError } = await half.finish();
    expect(postError).toMatchObject({ kind: 'notAllowed' });
    expect(shop.atlas.key(former.id)?.desc).toBe(DESC);
    expect(shop.atlas.key(made)?.desc).toContain('undecided');
  });

  it('does not give the plain text to a key that is about to be deleted', async () => {
    await using shop = await openWorkshop();
    const former = stand(shop, 'current');
    const { half, made } = await openAlone(shop);
    shop.atlas.renameKey(made, descriptionOf('retired'));
    const { postError } = await half.finish();
    expect(String(postError)).toContain(`Key ${made} that this rotation made is no longer in use`);
    expect(shop.atlas.key(former.id)?.desc).toBe(DESC);
  });

  it('keeps the newest previous key where the current one was deleted by hand and is only listed still', async () => {
    await using shop = await openWorkshop({ settings: { deletedKeyLingersMs: 120_000 } });
    const kept = stand(shop, 'previous', { age: 3 });
    const doomed = stand(shop, 'previous', { age: 4 });
    const deleted = stand(shop, 'current');
    shop.atlas.deleteKey(deleted.id);
    const { outcome } = await shop.run(requestsFor(shop.groupId).rotate({ commit: 'step', keepPrevious: 1 }));
    expect(outcome?.retired).toEqual([doomed.id]);
    expect(outcome?.previous).toEqual([kept.id]);
    expect(isAlive(shop, kept)).toBe(true);
  });

  it('leaves another key current that was committed while it retired', async () => {
    await using shop = await openWorkshop();
    const { half, made } = await openRotation(shop);
    let other = '';
    shop.atlas.faults.add({
      when: ({ method, path }) => method === 'DELETE' && path.includes('/orgs/'),
      run: () => {
        shop.atlas.renameKey(made, descriptionOf('previous'));
        other = stand(shop, 'current', { age: -1 }).id;
      },
    });
    await half.finish();
    expect(shop.atlas.key(other)?.desc).toBe(DESC);
    expect(shop.atlas.key(made)?.desc).not.toBe(DESC);
  });

  it('looks before and after its renames, and not again once it has retired', async () => {
    await using shop = await openWorkshop();
    stand(shop, 'current');
    stand(shop, 'previous', { age: 3, nonce: nonceOf(3) });
    const { half } = await openRotation(shop);
    const { settlement, postCalls } = await half.finish();
    expect(settlement?.commit?.retired.length).toBeGreaterThan(1);
    expect(postCalls.filter((call) => call === 'listProjectKeys')).toHaveLength(2);
  });

  it.each([
    ['from the beginning', false],
    ['since its last rename', true],
  ])('is not decided by a newer plain key that it may not touch, which is told: %s', async (_when, late) => {
    await using shop = await openWorkshop();
    const former = stand(shop, 'current');
    const { half, made } = await openAlone(shop);
    const plant = () =>
      shop.atlas.addKey({
        orgId: shop.orgId,
        desc: DESC,
        createdAt: shop.atlas.clock.now() + 60_000,
        roles: ['ORG_OWNER', { roleName: 'GROUP_READ_ONLY', groupId: shop.groupId }],
      });
    let foreign = late ? undefined : plant();
    whileRenaming(shop, made, {
      run: () => {
        foreign ??= plant();
      },
    });
    const { settlement, warnings } = await half.finish();
    expect(settlement?.commit?.outcome).toBe('committed');
    expect(shop.atlas.key(made)?.desc).toBe(DESC);
    expect(shop.atlas.key(former.id)?.desc).toContain(' previous ');
    expect(shop.atlas.key(foreign?.id ?? '')).toMatchObject({ desc: DESC, roles: foreign?.roles });
    expect(new Set(warnings)).toEqual(
      new Set([
        `Left key ${foreign?.id} (${foreign?.publicKey}) as it is: it has the organisation role ORG_OWNER.`,
      ]),
    );
  });

  it('done again never takes the plain name from its own key', async () => {
    await using shop = await openWorkshop();
    const former = stand(shop, 'current');
    const half = await shop.runMain(requestsFor(shop.groupId).rotate({ commit: 'step' }), {
      interruption: { of: 'renameKey', call: 2, moment: 'after' },
    });
    const [made] = half.record.delivered;
    const before = shop.atlas.history.changes.length;
    await half.finish();
    const renamed = shop.atlas.history.changes
      .slice(before)
      .flatMap((change) =>
        change.kind === 'renamed' && change.keyId === made?.apiUserId ? [change.to] : [],
      );
    expect(renamed.filter((desc) => desc !== DESC)).toEqual([]);
    expect(isAlive(shop, former)).toBe(true);
  });
});
