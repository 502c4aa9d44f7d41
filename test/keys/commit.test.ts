import { describe, expect } from 'vitest';
import { DESC, requestsFor } from '../faults/requests.ts';
import type { RunOptions, Workshop } from '../faults/workshop.ts';
import type { Fault } from '../simulator/faults.ts';
import { descriptionOf, nonceOf } from './described-keys.ts';
import { it } from './shop.ts';
import { familyIn, isAlive, refusal, stand } from './standing.ts';

type Wish = Parameters<ReturnType<typeof requestsFor>['rotate']>[0];

/** A rotation of which post has yet to make the key current. */
async function openRotation(shop: Workshop, wish: Wish = {}, options: RunOptions = {}) {
  const half = await shop.runMain(requestsFor(shop.groupId).rotate(wish), options);
  return { half, made: half.record.delivered[0]?.apiUserId ?? '' };
}

const renames = (id: string) => (request: { readonly method: string; readonly path: string }) =>
  request.method === 'PATCH' && request.path.endsWith(id);

/** Once, at the rename of this key. */
function whileRenaming(shop: Workshop, id: string, run: () => void, phase?: Fault['phase']): void {
  shop.atlas.faults.add({ when: renames(id), run, ...(phase && { phase }) });
}

describe('a commit', () => {
  it('that is done again leaves what has become previous since its key became current', async ({ shop }) => {
    stand(shop, 'current');
    // Killed after the look that follows its second rename.
    const interruption = { of: 'listProjectKeys', call: 3, moment: 'after' } as const;
    const { half, made } = await openRotation(shop, { commit: 'step' }, { interruption });
    expect(half.record.main).toBe('killed');
    expect(shop.atlas.key(made)?.desc).toBe(DESC);
    // Another one of the same moment had been current, too.
    const other = stand(shop, 'previous', { age: 1, nonce: nonceOf(7) });
    const [oldest] = [9, 8].map((days) => stand(shop, 'undecided', { age: 24 * days, nonce: nonceOf(days) }));
    const before = shop.atlas.history.changes.length;
    const { settlement } = await half.finish();
    expect(settlement?.commit).toMatchObject({ outcome: 'committed', retired: [oldest?.id] });
    expect(isAlive(shop, other)).toBe(true);
    // It never takes the plain name from its own key meanwhile.
    const renamed = shop.atlas.history.changes
      .slice(before)
      .flatMap((change) => (change.kind === 'renamed' && change.keyId === made ? [change.to] : []));
    expect(renamed.filter((desc) => desc !== DESC)).toEqual([]);
  });

  it('that is done again knows the key that it had demoted among newer ones', async ({ shop }) => {
    const former = stand(shop, 'current', { age: 5 });
    const newer = stand(shop, 'previous', { age: 2, nonce: nonceOf(2) });
    const interruption = { of: 'renameKey', call: 1, moment: 'after' } as const;
    const { half } = await openRotation(shop, { commit: 'step' }, { interruption });
    const { settlement } = await half.finish();
    expect(settlement?.commit?.retired).toEqual([newer.id]);
    expect(isAlive(shop, former)).toBe(true);
  });

  it.for(['before it begins', 'since its first look'])(
    'steps back behind a newer current key, and retires nothing: %s',
    async (when, { shop }) => {
      const superseded = [stand(shop, 'current'), stand(shop, 'previous', { age: 3, nonce: nonceOf(3) })];
      const { half, made } = await openRotation(shop, { keepPrevious: 0 });
      const supersede = () => void stand(shop, 'current', { age: -1 });
      if (when === 'before it begins') supersede();
      else whileRenaming(shop, made, supersede);
      const { settlement, lines } = await half.finish();
      expect(settlement?.commit).toMatchObject({ outcome: 'superseded', retired: [] });
      expect(lines.at(-1)).toBe(`A newer rotation was committed meanwhile; key ${made} counts as previous.`);
      expect(superseded.map((key) => isAlive(shop, key))).toEqual([true, true]);
      expect(familyIn(shop).find(({ id }) => id > made)?.desc).toBe(DESC);
      expect(shop.atlas.key(made)?.desc).toContain(' previous ');
    },
  );

  it('whose key another one demotes at that moment is final all the same', async ({ shop }) => {
    const { half, made } = await openRotation(shop);
    whileRenaming(shop, made, () => shop.atlas.renameKey(made, descriptionOf('previous')), 'after');
    const { settlement, postError } = await half.finish();
    expect(postError).toBeUndefined();
    expect(settlement?.commit?.outcome).toBe('committed');
  });

  it('whose key is deleted at that moment says so, and ensure finds the former key', async ({ shop }) => {
    const former = stand(shop, 'current');
    const { half, made } = await openRotation(shop);
    whileRenaming(shop, made, () => shop.atlas.deleteKey(made));
    const { postError } = await half.finish();
    expect(postError).toMatchObject({ kind: 'gone' });
    const { outcome } = await shop.run(requestsFor(shop.groupId).ensure());
    expect(outcome).toMatchObject({ result: 'updated', facts: { key: { id: former.id } } });
    expect(shop.atlas.key(former.id)?.desc).toBe(DESC);
  });

  it.for([
    ["own key's description stays undecided, and the former one stands in for it", 'own', ' previous '],
    ['former key stays current', 'former', 'deploy'],
  ] as const)(
    'that may not rename leaves all for another try: the %s',
    async ([_what, which, left], { shop }) => {
      const former = stand(shop, 'current');
      const { half, made } = await openRotation(shop);
      const refused = which === 'own' ? made : former.id;
      shop.atlas.faults.add(refusal('NOT_GROUP_USER_ADMIN', renames(refused)));
      const { postError } = await half.finish();
      expect(postError).toMatchObject({ kind: 'notAllowed' });
      expect(shop.atlas.key(former.id)?.desc).toContain(left);
      expect(shop.atlas.key(former.id)?.desc === DESC).toBe(which === 'former');
      expect(shop.atlas.key(made)?.desc).toContain(' undecided ');
    },
  );

  it.for<[string, (shop: Workshop, id: string) => void]>([
    ['deleted', (shop, id) => shop.atlas.deleteKey(id)],
    ['about to be', (shop, id) => shop.atlas.renameKey(id, descriptionOf('retired'))],
  ])('fails where its key is %s, and changes no other', async ([_how, revoke], { shop }) => {
    const former = stand(shop, 'current');
    const { half, made } = await openRotation(shop);
    revoke(shop, made);
    const { postError } = await half.finish();
    expect(String(postError)).toContain(
      `KeyError: Key ${made} that this rotation made is no longer in use, so it cannot become current.`,
    );
    expect(shop.atlas.key(former.id)?.desc).toBe(DESC);
  });

  it.for(['from the beginning', 'since its last rename'])(
    'is not decided by a newer plain key that it may not touch, which is told: %s',
    async (when, { shop }) => {
      const former = stand(shop, 'current');
      const { half, made } = await openRotation(shop);
      const plant = () =>
        shop.atlas.addKey({
          orgId: shop.orgId,
          desc: DESC,
          createdAt: shop.atlas.clock.now() + 60_000,
          roles: ['ORG_OWNER', { roleName: 'GROUP_READ_ONLY', groupId: shop.groupId }],
        });
      let foreign = when === 'from the beginning' ? plant() : undefined;
      whileRenaming(shop, made, () => {
        foreign ??= plant();
      });
      const { settlement, warnings } = await half.finish();
      expect(settlement?.commit?.outcome).toBe('committed');
      expect(shop.atlas.key(made)?.desc).toBe(DESC);
      expect(shop.atlas.key(former.id)?.desc).toContain(' previous ');
      expect(shop.atlas.key(foreign?.id ?? '')).toMatchObject({ desc: DESC, roles: foreign?.roles });
      expect([...new Set(warnings)]).toEqual([
        `Left key ${foreign?.id} (${foreign?.publicKey}) as it is: it has the organisation role ORG_OWNER.`,
      ]);
    },
  );
});
