import fc from 'fast-check';
import { describe, expect } from 'vitest';
import { abandonedToRetire, supersededToRetire } from '../../src/keys/commit.ts';
import { familyOf, type Member, membersIn } from '../../src/keys/family.ts';
import { nameOf } from '../../src/keys/step.ts';
import { DESC, requestsFor } from '../faults/requests.ts';
import type { RunOptions, Workshop } from '../faults/workshop.ts';
import type { Fault } from '../simulator/faults.ts';
import { descriptionOf, idAt, keyAt, NONCE, NOW, nonceOf } from './described-keys.ts';
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
    ['own key, for which the former one stands in', / previous /],
    ['former key, which stays current', /^deploy$/],
  ] as const)('that may not rename the %s leaves all for another try', async ([which, left], { shop }) => {
    const former = stand(shop, 'current');
    const { half, made } = await openRotation(shop);
    const refused = which.startsWith('own') ? made : former.id;
    shop.atlas.faults.add(refusal('NOT_GROUP_USER_ADMIN', renames(refused)));
    const { postError } = await half.finish();
    expect(postError).toMatchObject({ kind: 'notAllowed' });
    expect(shop.atlas.key(former.id)?.desc).toMatch(left);
    expect(shop.atlas.key(made)?.desc).toContain(' undecided ');
  });

  it.for<[string, (shop: Workshop, id: string) => void]>([
    ['deleted', (shop, id) => shop.atlas.deleteKey(id)],
    ['about to be', (shop, id) => shop.atlas.renameKey(id, descriptionOf('retired'))],
  ])('fails where its key is %s, and changes no other', async ([_how, revoke], { shop }) => {
    const former = stand(shop, 'current');
    const { half, made } = await openRotation(shop);
    revoke(shop, made);
    const { postError } = await half.finish();
    expect(String(postError)).toContain(
      `KeyError: Key ${made}, which this rotation made, cannot become current, because somebody revoked it.`,
    );
    expect(shop.atlas.key(former.id)?.desc).toBe(DESC);
  });

  it.for(['from the beginning', 'since its last rename'])(
    'is not decided by a newer plain key that it may not touch, which is told: %s',
    async (when, { shop }) => {
      const former = stand(shop, 'current');
      const { half, made } = await openRotation(shop);
      const createdAt = shop.atlas.clock.now() + 60_000;
      const roles = ['ORG_OWNER', { roleName: 'GROUP_READ_ONLY', groupId: shop.groupId }];
      const plant = () => void shop.atlas.addKey({ orgId: shop.orgId, desc: DESC, createdAt, roles });
      if (when === 'from the beginning') plant();
      else whileRenaming(shop, made, plant);
      const { settlement, warnings } = await half.finish();
      expect(settlement?.commit?.outcome).toBe('committed');
      expect(shop.atlas.key(made)?.desc).toBe(DESC);
      expect(shop.atlas.key(former.id)?.desc).toContain(' previous ');
      const foreign = familyIn(shop).find(({ id }) => id > made);
      const names = foreign?.roles.map(({ roleName }) => roleName);
      expect([foreign?.desc, names]).toEqual([DESC, ['ORG_OWNER', 'GROUP_READ_ONLY']]);
      expect([...new Set(warnings)]).toEqual([
        `Left key ${foreign && nameOf(foreign)} as it is: it has the organisation role ORG_OWNER.`,
      ]);
    },
  );
});

const DAY = 24 * 3_600_000;
const [OTHER_NONCE, OWN_NONCE] = ['0123456789abcdef', 'fedcba9876543210'];
/** The second in which the rotation made its key. */
const MINE = 100;
const rotation = { apiUserId: idAt(MINE), nonce: OWN_NONCE };

const STATES = ['current', 'previous', 'undecided', 'pending', 'ephemeral', 'retired'] as const;
type State = (typeof STATES)[number];
type States = Readonly<Record<number, State | 'undecided!' | 'previous: mine'>>;

/** A family by the seconds of its keys. `!`: with the nonce of the previous keys; `: mine`: demoted by this rotation. */
function family(states: States): Member[] {
  const keys = Object.entries(states).map(([seconds, state]) => {
    const [name = '', mine] = state.replace('!', '').split(':');
    const nonce = mine ? OWN_NONCE : state === 'undecided!' || state === 'previous' ? NONCE : OTHER_NONCE;
    return keyAt(Number(seconds), descriptionOf(name as State, { nonce }));
  });
  return familyOf(DESC, keys);
}

/** As a commit leaves the family before it retires anything. */
function committed(states: States): States {
  const demoted = Object.entries(states).map(([seconds, state]) => {
    return [seconds, state === 'current' ? 'previous' : state];
  });
  return { ...Object.fromEntries(demoted), [MINE]: 'current' };
}

const secondsOf = (members: readonly Member[]) =>
  members.map(({ id }) => [...Array(200).keys()].find((seconds) => idAt(seconds) === id));

describe('of the superseded keys a commit', () => {
  it.each<[string, States, number, number[], States?]>([
    ['keeps the former current one', { 1: 'current', 100: 'undecided' }, 1, []],
    ['retires that, too, with keepPrevious: 0', { 1: 'current', 100: 'undecided' }, 0, [1]],
    ['keeps it before newer previous ones', { 1: 'current', 2: 'previous', 3: 'previous' }, 1, [3, 2]],
    ['and then the newest', { 1: 'current', 2: 'previous', 3: 'previous' }, 2, [2]],
    ['knows it by its mark in another try', { 1: 'previous: mine', 2: 'previous', 3: 'previous' }, 1, [3, 2]],
    ['keeps the newest where none was current', { 1: 'previous', 2: 'previous' }, 1, [1]],
    ['takes the newest of several current ones for the former', { 1: 'current', 2: 'current' }, 1, [1]],
    ['never takes its own', { 100: 'current' }, 0, []],
    [
      'counts none that went since its first look',
      { 1: 'previous', 2: 'previous', 3: 'current' },
      2,
      [],
      { 1: 'previous', 3: 'previous', 100: 'current' },
    ],
    [
      'leaves what is current in its last look, and what was demoted only since its first',
      { 1: 'undecided', 4: 'previous', 5: 'current', 11: 'current' },
      0,
      [5, 4],
      { 1: 'previous', 4: 'previous', 5: 'previous', 10: 'previous', 11: 'current' },
    ],
  ])('%s', (_, first, keepPrevious, expected, last = committed(first)) => {
    const doomed = supersededToRetire(family(first), family(last), rotation, keepPrevious);
    expect(secondsOf(doomed)).toEqual(expected);
  });

  it('keeps keepPrevious of any family: the former, and then the newest', () => {
    const seconds = fc.integer({ min: 1, max: 99 }).map(String);
    const families = fc.dictionary(seconds, fc.constantFrom(...STATES), { maxKeys: 12 });
    fc.assert(
      fc.property(families, fc.integer({ min: 0, max: 4 }), (states, keepPrevious) => {
        const last = family(committed(states));
        const doomed = secondsOf(supersededToRetire(family(states), last, rotation, keepPrevious));
        const former = secondsOf(membersIn(family(states), 'current')).slice(0, 1);
        const inOrder = [...new Set([...former, ...secondsOf(membersIn(last, 'previous'))])];
        expect(doomed).toEqual(inOrder.slice(keepPrevious));
      }),
      { numRuns: 50 },
    );
  });
});

describe('of the keys that came to nothing a rotation', () => {
  it.each<[string, States, number, number[]]>([
    ['keeps the newest undecided one', { 1: 'current', 2: 'undecided' }, 1, []],
    ['retires others', { 2: 'undecided', 3: 'undecided', 4: 'undecided' }, 1, [3, 2]],
    ['retires all of them with keepPrevious: 0', { 1: 'current', 2: 'undecided' }, 0, [2]],
    ['does not count its own', { 1: 'current', 2: 'undecided', 100: 'undecided' }, 1, []],
    ['keeps the one that stands in', { 1: 'previous', 2: 'undecided!', 3: 'undecided' }, 0, [3]],
    ['leaves what is not final or may be in use', { 1: 'current', 2: 'pending', 3: 'ephemeral' }, 0, []],
  ])('%s', (_, states, keepPrevious, expected) => {
    const doomedAt = (now: number) =>
      secondsOf(abandonedToRetire(family({ ...states, 9: 'retired' }), idAt(MINE), keepPrevious, now));
    // What is retired already goes at any time.
    expect(doomedAt(NOW + 7 * DAY)).toEqual([...expected, 9]);
    // A job that made one may still be at work, and commit it.
    expect(doomedAt(NOW + 6 * DAY)).toEqual([9]);
  });
});
