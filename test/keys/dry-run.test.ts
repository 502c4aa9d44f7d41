import { describe, expect } from 'vitest';
import type { Outcome } from '../../src/keys/outcome.ts';
import type { Request } from '../../src/request.ts';
import { requestsFor } from '../faults/requests.ts';
import { openWorkshop, type Workshop } from '../faults/workshop.ts';
import { descriptionOf, nonceOf } from './described-keys.ts';
import { it } from './shop.ts';
import { misfitsOf, stand } from './standing.ts';

/** What is there before: states, and ages in hours. */
const FAMILIES = [
  '',
  'current 5',
  'previous 5',
  'pending 5',
  'undecided 2',
  'current 5, current 3',
  'current 5, previous 9, previous 12',
  'current 5, undecided 170, undecided 160, undecided 2',
  'previous 5, undecided 170, undecided 160',
  'current 5, undecided 9, previous 3, retired 2, ephemeral 8',
];

/** Descriptions of the keys that were there, by their number, without the nonces; and how many there are beside. */
function fatesIn(shop: Workshop, ids: readonly string[]): unknown {
  const fates = ids.map((id) => {
    const key = shop.atlas.key(id);
    return key?.deletedAt === undefined ? stateIn(key?.desc ?? '') : 'gone';
  });
  return [...fates, keysIn(shop).length];
}

/** Every run has a caller of its own. */
function keysIn(shop: Workshop) {
  return shop.atlas.keys().filter(({ desc }) => !desc.startsWith('caller of'));
}

function stateIn(desc: string): string {
  return /\[atlas-key\/1 (\w+)/.exec(desc)?.[1] ?? 'current';
}

/** The same, as the plan has it. */
function fatesOf(shop: Workshop, ids: readonly string[], { plan }: Outcome): unknown {
  const fates = ids.map((id) => {
    const mine = plan.filter(({ key }) => key?.id === id);
    if (mine.some(({ action }) => action === 'revoke')) return 'gone';
    const renamed = mine.find(({ action }) => action === 'rename')?.what;
    return /becomes (\w+)/.exec(renamed ?? '')?.[1] ?? stateIn(shop.atlas.key(id)?.desc ?? '');
  });
  const made = plan.filter(
    ({ action, what }) => action === 'create' && !what.includes(', revoked when the job ends'),
  );
  const gone = fates.filter((fate) => fate === 'gone');
  return [...fates, keysIn(shop).length + made.length - gone.length];
}

type Requests = ReturnType<typeof requestsFor>;

const OWNER = ['ORG_OWNER'];
const OF_THE_PROJECT = ['ORG_MEMBER', 'GROUP_OWNER'];

/** Who may delete and who may not, in each mode; of rotations any two of caller, commit and keepPrevious meet. */
const CASES: readonly (readonly [string, readonly string[], (requests: Requests) => Request])[] =
  // biome-ignore format: a table, one row a line
  [
    ['ensure', OWNER, ({ ensure }) => ensure()],
    ['ensure', OF_THE_PROJECT, ({ ensure }) => ensure()],
    ['ephemeral', OWNER, ({ ephemeral }) => ephemeral()],
    ['ephemeral', OF_THE_PROJECT, ({ ephemeral }) => ephemeral()],
    ['rotate, job, 0', OWNER, ({ rotate }) => rotate({ commit: 'job', keepPrevious: 0 })],
    ['rotate, step, 1', OWNER, ({ rotate }) => rotate({ commit: 'step', keepPrevious: 1 })],
    ['rotate, job, 2', OWNER, ({ rotate }) => rotate({ commit: 'job', keepPrevious: 2 })],
    ['rotate, step, 0', OF_THE_PROJECT, ({ rotate }) => rotate({ commit: 'step', keepPrevious: 0 })],
    ['rotate, job, 1', OF_THE_PROJECT, ({ rotate }) => rotate({ commit: 'job', keepPrevious: 1 })],
    ['rotate, step, 2', OF_THE_PROJECT, ({ rotate }) => rotate({ commit: 'step', keepPrevious: 2 })],
    ['revoke', OWNER, ({ revoke }) => revoke()],
    ['revoke', OF_THE_PROJECT, ({ revoke }) => revoke()],
    ['sweep', OWNER, ({ sweep }) => sweep({ ttl: 3_600_000 })],
    ['sweep', OF_THE_PROJECT, ({ sweep }) => sweep({ ttl: 3_600_000 })],
  ];

describe('a dry run tells for every key what the run and the success of its job would do to it', () => {
  it.for(CASES)('%s, signed in as %j', async ([_mode, callerRoles, wish]) => {
    for (const family of FAMILIES) {
      await using shop = await openWorkshop({ callerRoles, speed: 'leaps' });
      const ids = family.split(', ').flatMap((key, index) => {
        const [state = '', age] = key.split(' ');
        const nonce = nonceOf(index);
        return state === '' ? [] : stand(shop, state as 'current', { age: Number(age), nonce }).id;
      });
      const request = wish(requestsFor(shop.groupId));
      const before = JSON.stringify(keysIn(shop));
      const dry = await shop.run({ ...request, dryRun: true });
      expect(JSON.stringify(keysIn(shop))).toBe(before);
      const planned = dry.outcome && fatesOf(shop, ids, dry.outcome);
      const real = await shop.run(request);
      expect(dry.error === undefined, family).toBe(real.error === undefined);
      if (real.error === undefined) expect(planned, family).toEqual(fatesIn(shop, ids));
    }
  });
});

describe('the plan', () => {
  it('names text, roles, projects and the end of a new key, and when what happens', async ({ shop }) => {
    const former = stand(shop, 'current');
    const { outcome } = await shop.run({
      ...requestsFor(shop.groupId, shop.otherGroupId).rotate(),
      dryRun: true,
    });
    expect(outcome?.plan).toEqual([
      {
        action: 'create',
        what:
          `"deploy" with GROUP_READ_ONLY in project ${shop.groupId}, assigned to ${shop.otherGroupId}, current when the ` +
          'job succeeds',
      },
      {
        action: 'rename',
        key: { id: former.id, publicKey: former.publicKey },
        what: 'is current, becomes previous when the job succeeds',
      },
    ]);
    expect(outcome).toMatchObject({ result: 'planned', changed: false, previous: [], retired: [] });
  });

  it('says what goes only when the job succeeds', async ({ shop }) => {
    const keys = [stand(shop, 'previous', { age: 5 }), stand(shop, 'current')];
    const request = requestsFor(shop.groupId).rotate({ keepPrevious: 0, dryRun: true });
    const { outcome } = await shop.run(request);
    const gone = outcome?.plan.filter(({ action }) => action === 'revoke');
    expect(gone?.map(({ key, what }) => [key?.id, what]).sort()).toEqual(
      keys.map(({ id, desc }, index) => [
        id,
        `"${desc}", is ${index === 0 ? 'previous' : 'current'}, goes when the job succeeds`,
      ]),
    );
  });

  it('of a caller who may not delete a key says that it would be taken out of the project', async () => {
    await using shop = await openWorkshop({ callerRoles: ['ORG_MEMBER', 'GROUP_OWNER'] });
    const { id, publicKey } = stand(shop, 'current');
    const { outcome } = await shop.run({ ...requestsFor(shop.groupId).revoke(), dryRun: true });
    const key = { id, publicKey };
    expect(outcome?.plan).toEqual([
      { action: 'rename', key, what: 'is current, becomes retired' },
      { action: 'unassign', key, what: `from project ${shop.groupId}, was GROUP_READ_ONLY` },
    ]);
    expect(outcome?.problem).toContain(`${id} (${publicKey})`);
  });

  it('comes with what could not be done', async ({ shop }) => {
    const { id, publicKey } = stand(shop, 'current', { groupIds: [shop.groupId, shop.otherGroupId] });
    const { outcome } = await shop.run({ ...requestsFor(shop.groupId).revoke(), dryRun: true });
    expect(outcome).toMatchObject({ result: 'planned', plan: [] });
    expect(outcome?.problem).toContain(
      `1 key could not be revoked. ${id} (${publicKey}): it has roles in project`,
    );
  });

  it('is refused for a secret that Atlas refuses, and not for one that it takes', async ({ shop }) => {
    const { privateKey } = stand(shop, 'current');
    const dry = (known: object) =>
      shop.run({ ...requestsFor(shop.groupId).ensure(), ...known, dryRun: true });
    const { error } = await dry(misfitsOf(privateKey)['another secret']);
    expect(String(error)).toContain('Atlas refuses it');
    expect((await dry({ knownSecret: privateKey })).outcome).toMatchObject({
      result: 'planned',
      plan: [],
    });
  });

  it('says what a key is that would go', async ({ shop }) => {
    const { id, publicKey } = stand(shop, 'ephemeral');
    const { outcome } = await shop.run({
      ...requestsFor(shop.groupId).sweep({ ttl: 3_600_000 }),
      dryRun: true,
    });
    const what = `"${shop.atlas.key(id)?.desc}", is ephemeral`;
    expect(outcome?.plan).toEqual([{ action: 'revoke', key: { id, publicKey }, what }]);
    expect(what).toContain(descriptionOf('ephemeral').slice(0, 20));
  });
});
