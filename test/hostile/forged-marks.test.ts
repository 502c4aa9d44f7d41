/**
 * Whoever may rename a key of the project can write a mark of ours on it, and the action signs in with more power than he
 * has. Whatever is written on them, keys that are more than a key of this project stay as they are, and are named.
 */
import { describe, expect, it } from 'vitest';
import { type MarkState, readMark } from '../../src/keys/mark.ts';
import type { Request } from '../../src/request.ts';
import { requestsFor } from '../faults/requests.ts';
import { openWorkshop, type Run, type Workshop } from '../faults/workshop.ts';
import { DESC, descriptionOf } from '../keys/described-keys.ts';
import { isAlive, stand } from '../keys/standing.ts';
import type { SimulatedKey } from '../simulator/simulator.ts';

const HOUR = 3_600_000;
const FAR_AHEAD = 24 * 365 * 50;

const openShop = () => openWorkshop({ speed: 'leaps' });

/** Keys that are more than a key of this project. */
const KINDS = ['a break-glass key of an owner', 'a key that is in another project, too'] as const;
type Foreign = SimulatedKey & { readonly why: string };

/** Puts one there with this description, and tells why the action leaves it. */
function plant(shop: Workshop, kind: (typeof KINDS)[number], desc: string, age = 48): Foreign {
  const { orgId, groupId, otherGroupId } = shop;
  const isOwner = kind === KINDS[0];
  const groupIds = isOwner ? [groupId] : [groupId, otherGroupId];
  const key = shop.atlas.addKey({
    orgId,
    desc,
    createdAt: shop.atlas.clock.now() - age * HOUR,
    roles: [
      isOwner ? 'ORG_OWNER' : 'ORG_MEMBER',
      ...groupIds.map((id) => ({ roleName: 'GROUP_READ_ONLY', groupId: id })),
    ],
  });
  const why = isOwner
    ? 'it has the organisation role ORG_OWNER'
    : `it has roles in project ${otherGroupId}, too, which this step does not name`;
  return { ...key, why };
}

/** A description with a mark that is long due. */
function forged(shop: Workshop, state: 'current' | MarkState, hours = -24): string {
  const now = Math.floor(shop.atlas.clock.now() / 1000) * 1000;
  return descriptionOf(state, { until: now + hours * HOUR });
}

const nameOf = ({ id, publicKey }: SimulatedKey) => `${id} (${publicKey})`;

/** The key is as it was, and the step says so, with the reason. */
function expectLeft(shop: Workshop, { warnings }: Run, key: Foreign): void {
  const { id, desc, roles } = key;
  expect(shop.atlas.key(id)).toMatchObject({ desc, roles, deletedAt: undefined });
  expect(warnings).toContain(`Left key ${nameOf(key)} as it is: ${key.why}.`);
}

/** What came of changes by requests, sign-ins aside. */
const changesIn = (shop: Workshop) =>
  shop.atlas.history.changes.filter(({ kind, ordinal }) => ordinal !== undefined && kind !== 'signedIn');

type Requests = ReturnType<typeof requestsFor>;

describe.each(KINDS)('%s', (kind) => {
  it.each<[string, (requests: Requests) => Request, readonly MarkState[]]>([
    ['sweep', ({ sweep }) => sweep(), ['retired', 'ephemeral', 'pending']],
    ['ephemeral', ({ ephemeral }) => ephemeral(), ['retired', 'ephemeral', 'pending']],
    ['ensure', ({ ensure }) => ensure(), ['pending']],
    ...(['job', 'step'] as const).map((commit): [string, (requests: Requests) => Request, MarkState[]] => [
      `rotate with commit: ${commit}`,
      ({ rotate }) => rotate({ commit, keepPrevious: 0 }),
      ['previous', 'undecided', 'retired'],
    ]),
  ])('survives %s, whatever is written on it, and the step succeeds', async (mode, wish, states) => {
    for (const state of states) {
      await using shop = await openShop();
      // A week: no rotation touches an undecided key whose job may still be at work.
      const key = plant(shop, kind, forged(shop, state), 7 * 24);
      const standing = { age: 48, until: -24 };
      if (mode.startsWith('rotate'))
        for (const other of ['current', 'undecided'] as const) stand(shop, other);
      const due = mode === 'sweep' || mode === 'ephemeral' ? [stand(shop, state, standing)] : [];
      const run = await shop.run(wish(requestsFor(shop.groupId)));
      expect(run.error).toBeUndefined();
      expect(run.outcome?.problem).toBeUndefined();
      expectLeft(shop, run, key);
      expect(due.filter((one) => isAlive(shop, one))).toEqual([]);
    }
  });

  it.each(['job', 'step'] as const)(
    'named like the key while a rotation is at work decides nothing (commit: %s)',
    async (commit) => {
      await using shop = await openShop();
      const key = plant(shop, kind, 'of somebody', -1);
      const run = await shop.run(requestsFor(shop.groupId).rotate({ commit, keepPrevious: 0 }), {
        fault: {
          when: ({ operation }) => operation === 'createGroupApiKey',
          phase: 'after',
          run: () => shop.atlas.renameKey(key.id, DESC),
        },
      });
      expect(run.error).toBeUndefined();
      expectLeft(shop, run, { ...key, desc: DESC });
      expect(shop.atlas.key(run.outcome?.facts?.key.id ?? '')?.desc).toBe(DESC);
    },
  );

  it.each(['current', 'previous'] as const)(
    'that stands for the current key fails a rotation before anything is made: %s',
    async (state) => {
      await using shop = await openShop();
      const key = plant(shop, kind, forged(shop, state));
      const { error } = await shop.run(requestsFor(shop.groupId).rotate({ commit: 'step', keepPrevious: 0 }));
      expect(String(error)).toBe(
        `KeyError: Key ${nameOf(key)} has this desc, and this step may not touch it: ${key.why}. Nothing was changed. Give that key another description, or rotate under another desc.`,
      );
      expect(changesIn(shop)).toEqual([]);
    },
  );

  it('keeps its roles although it carries the desc of ensure', async () => {
    await using shop = await openShop();
    const key = plant(shop, kind, DESC);
    const { error } = await shop.run(requestsFor(shop.groupId).ensure({ roles: ['GROUP_OWNER'] }));
    expect(String(error)).toContain(`Key ${nameOf(key)} has other roles than those declared`);
    expect(String(error)).toContain(key.why);
    expect(changesIn(shop)).toEqual([]);
  });

  it('is given roles in the project where the workflow names it by its id', async () => {
    await using shop = await openShop();
    const { id: apiUserId } = plant(shop, kind, DESC);
    const wish = { key: { by: 'apiUserId', apiUserId }, roles: ['GROUP_OWNER'] } as const;
    const { outcome } = await shop.run(requestsFor(shop.groupId).ensure(wish));
    expect(outcome).toMatchObject({ result: 'updated', facts: { roles: ['GROUP_OWNER'] } });
  });

  it('survives the search for a create without an answer, although it carries the nonce of the step', async () => {
    await using shop = await openShop();
    const key = plant(shop, kind, 'of somebody');
    let copied = '';
    const run = await shop.run(requestsFor(shop.groupId).ensure(), {
      fault: {
        when: ({ operation }) => operation === 'createGroupApiKey',
        phase: 'after',
        action: { kind: 'reset' },
        run: () => {
          copied = shop.atlas.keys().find(({ desc }) => readMark(desc) !== undefined)?.desc ?? '';
          shop.atlas.renameKey(key.id, copied);
        },
      },
    });
    expect(run.outcome?.result).toBe('created');
    expectLeft(shop, run, { ...key, desc: copied });
    expect(shop.atlas.keys().filter(({ desc }) => desc === copied)).toHaveLength(1);
  });

  it.each(['current', 'previous', 'undecided', 'pending', 'ephemeral', 'retired'] as const)(
    'fails revoke by desc, which names it, and everything else of the family goes: %s',
    async (state) => {
      await using shop = await openShop();
      const key = plant(shop, kind, forged(shop, state, FAR_AHEAD));
      const family = (['current', 'previous', 'ephemeral', 'pending'] as const).map((one) =>
        stand(shop, one, { until: FAR_AHEAD }),
      );
      const run = await shop.run(requestsFor(shop.groupId).revoke());
      expect(run.outcome?.problem).toBe(
        `1 key could not be revoked. ${nameOf(key)}: ${key.why}. Delete by hand in Atlas whatever has to go all the same.`,
      );
      expectLeft(shop, run, key);
      expect(family.filter((one) => isAlive(shop, one))).toEqual([]);
    },
  );

  it('fails revoke by its id, which names it', async () => {
    await using shop = await openShop();
    const key = plant(shop, kind, 'of somebody');
    const byId = { key: { by: 'apiUserId', apiUserId: key.id } } as const;
    const run = await shop.run(requestsFor(shop.groupId).revoke(byId));
    expect(run.outcome?.problem).toContain(`${nameOf(key)}: ${key.why}`);
    expectLeft(shop, run, key);
  });
});

describe.each(['current', 'previous', 'undecided', 'retired'] as const)(
  "the caller's own key, renamed by somebody: %s",
  (state) => {
    const own = (shop: Workshop, { record }: Pick<Run, 'record'>) => {
      const key = shop.atlas.key(record.callerId);
      if (key === undefined) throw new Error('the caller has no key');
      return { ...key, why: 'it is the key that this step signs in with' };
    };
    const rename = (shop: Workshop, id: string) => {
      shop.atlas.setProjectRoles(id, shop.groupId, ['GROUP_READ_ONLY']);
      shop.atlas.renameKey(id, forged(shop, state));
    };

    it('survives the commit of post', async () => {
      await using shop = await openShop();
      stand(shop, 'current');
      const half = await shop.runMain(requestsFor(shop.groupId).rotate({ keepPrevious: 0 }));
      rename(shop, half.record.callerId);
      const before = own(shop, half);
      const run = await half.finish();
      expect(run.lines.at(-1)).toContain('The rotation is final');
      if (state !== 'undecided') expectLeft(shop, run, before);
      expect(own(shop, half)).toMatchObject({ desc: before.desc, roles: before.roles, deletedAt: undefined });
    });

    it('survives commit: step while it is at work', async () => {
      await using shop = await openShop();
      stand(shop, 'current');
      const run = await shop.run(requestsFor(shop.groupId).rotate({ commit: 'step', keepPrevious: 0 }), {
        fault: {
          when: ({ operation }) => operation === 'createGroupApiKey',
          run: ({ caller = '' }) => rename(shop, caller),
        },
      });
      expect(run.error).toBeUndefined();
      expect(own(shop, run).desc).toBe(forged(shop, state));
      expect(own(shop, run).deletedAt).toBeUndefined();
      expect(
        own(shop, run)
          .roles.map(({ roleName }) => roleName)
          .sort(),
      ).toEqual(['GROUP_READ_ONLY', 'ORG_OWNER']);
    });
  },
);

describe('a mark that claims a time far ahead', () => {
  it.each([0, 48])('stalls no ensure (pending, made %i hours ago)', async (age) => {
    await using shop = await openShop();
    const key = stand(shop, 'pending', { age, until: FAR_AHEAD });
    const { outcome } = await shop.run(requestsFor(shop.groupId).ensure(), { timeout: 10_000 });
    expect(outcome?.result).toBe('created');
    expect(isAlive(shop, key)).toBe(true);
  });

  it.each(['ephemeral', 'pending'] as const)('hides no key from revoke (%s)', async (state) => {
    await using shop = await openShop();
    const key = stand(shop, state, { age: 0, until: FAR_AHEAD });
    const { outcome } = await shop.run(requestsFor(shop.groupId).revoke());
    expect(outcome?.problem).toBeUndefined();
    expect(isAlive(shop, key)).toBe(false);
  });
});
