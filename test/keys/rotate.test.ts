import { describe, expect } from 'vitest';
import { createdAt } from '../../src/keys/key.ts';
import { readMark, stateOf } from '../../src/keys/mark.ts';
import { rotate } from '../../src/keys/rotate.ts';
import { DeliveryError, nameOf } from '../../src/keys/step.ts';
import { DESC, HANDOVER, ROLES, requestsFor, STORING } from '../faults/requests.ts';
import type { Workshop } from '../faults/workshop.ts';
import { descriptionOf, GROUP_ID, keyAt, nonceOf, ORG_ID } from './described-keys.ts';
import { it } from './shop.ts';
import {
  callerBecomes,
  familyIn,
  isAlive,
  isRename,
  isSignIn,
  misfitsOf,
  projectsOf,
  refusal,
  refuseDeletions,
  stand,
} from './standing.ts';
import { stepWith } from './step.ts';

const HOUR = 3_600_000;
type Wish = Parameters<ReturnType<typeof requestsFor>['rotate']>[0];
const rotating = (shop: Workshop, wish: Wish = {}) => requestsFor(shop.groupId).rotate(wish);
const stateIn = (shop: Workshop, id = '') => stateOf(shop.atlas.key(id)?.desc ?? '');

describe('rotate', () => {
  it('makes the first key of all', async ({ shop }) => {
    const half = await shop.runMain(rotating(shop));
    const { id = '', publicKey = '' } = half.outcome?.facts?.key ?? {};
    expect(half.outcome).toMatchObject({
      result: 'created',
      changed: true,
      facts: { desc: DESC, orgId: shop.orgId, groupIds: [shop.groupId], roles: ['GROUP_READ_ONLY'] },
      privateKey: shop.atlas.key(id)?.privateKey,
      previous: [],
      retired: [],
      family: [{ apiUserId: id, publicKey, state: 'undecided' }],
    });
    const { lines } = await half.finish();
    expect(lines.slice(0, 3)).toEqual([
      'There is no key of this desc yet.',
      `Created key ${id} (${publicKey}).`,
      'The rotation becomes final when the job succeeds.',
    ]);
  });

  it('left open retires nothing but undecided keys of jobs long over', async ({ shop }) => {
    const current = stand(shop, 'current', { age: 9 });
    const previous = stand(shop, 'previous', { age: 10 });
    const [young, newer, older] = [2, 7 * 24, 8 * 24].map((age) => stand(shop, 'undecided', { age }).id);
    const half = await shop.runMain(rotating(shop));
    const { outcome } = half;
    expect(outcome).toMatchObject({ retired: [newer, older], previous: [current.id, previous.id] });
    expect(outcome?.family.map(({ apiUserId, state }) => [apiUserId, state])).toEqual([
      [outcome?.facts?.key.id, 'undecided'],
      [young, 'undecided'],
      [current.id, 'current'],
      [previous.id, 'previous'],
      [newer, 'revoked'],
      [older, 'revoked'],
    ]);
    expect([newer, older].map((id = '') => isAlive(shop, { id }))).toEqual([false, false]);
    expect(stateIn(shop, current.id)).toBe('current');
    const { lines, calls } = await half.finish();
    expect(calls.filter((call) => call === 'listProjectKeys')).toHaveLength(1);
    expect(lines).toContain(
      'The rotation becomes final when the job succeeds; until then the former key stays current.',
    );
  });

  it('final at once makes the former previous and retires what is beyond keepPrevious', async ({ shop }) => {
    const current = stand(shop, 'current');
    const previous = stand(shop, 'previous', { age: 3 });
    const { outcome, lines, entry, postCalls } = await shop.run(rotating(shop, { commit: 'step' }));
    const made = outcome?.facts?.key.id;
    expect(outcome).toMatchObject({ result: 'rotated', retired: [previous.id], previous: [current.id] });
    expect([made, current.id].map((id) => stateIn(shop, id))).toEqual(['current', 'previous']);
    expect(lines.at(-1)).toBe(`The rotation is final: key ${made} is current.`);
    expect(entry).toEqual({ phase: 'idle' });
    expect(postCalls).toEqual([]);
  });

  it.for([
    ['still named where it can only be taken out of its project', 'NOT_ORG_OWNER'],
    ['not named any more where somebody else deleted it just then', 'API_KEY_NOT_FOUND'],
  ] as const)('a superseded key is %s', async ([_what, code], { shop }) => {
    const current = stand(shop, 'current');
    const previous = stand(shop, 'previous', { age: 3 });
    refuseDeletions(shop, code);
    const { outcome } = await shop.run(rotating(shop, { commit: 'step' }));
    const alive = code === 'NOT_ORG_OWNER' ? [current.id, previous.id] : [current.id];
    expect(outcome).toMatchObject({ retired: [], previous: alive });
  });

  it('final at once steps back behind a newer one', async ({ shop }) => {
    const fault = { when: isRename, run: () => void stand(shop, 'current', { age: -1 }) };
    const { outcome, lines } = await shop.run(rotating(shop, { commit: 'step' }), { fault });
    expect(stateIn(shop, outcome?.facts?.key.id)).toBe('previous');
    expect(lines.at(-1)).toContain('A newer rotation was committed meanwhile');
  });

  it.for(['current', 'previous'] as const)(
    "that would supersede the caller's own key fails before anything is made: %s",
    async (state, { shop }) => {
      const fault = callerBecomes(shop, descriptionOf(state), 'GROUP_OWNER');
      const { error, calls, record } = await shop.run(rotating(shop), { fault });
      const own = shop.atlas.key(record.callerId);
      expect(String(error)).toBe(
        `KeyError: Key ${own && nameOf(own)} has this desc, and this step may not touch it: it is the key that this step signs in with. Nothing was changed. Give that key another description, or rotate under another desc.`,
      );
      expect(calls).toEqual(['listProjectKeys']);
    },
  );
});

describe('rotate with rotateAfter', () => {
  it('leaves a younger key, with the roles declared', async ({ shop }) => {
    const key = stand(shop, 'current', { age: 1 });
    const previous = stand(shop, 'previous', { age: 3 });
    const { rotate } = requestsFor(shop.groupId, shop.otherGroupId);
    const handover = { ...HANDOVER, accessList: ['current'] as const };
    const { outcome, lines } = await shop.run(rotate({ rotateAfter: 2 * HOUR, handover }));
    expect(outcome).toMatchObject({
      result: 'assigned',
      facts: { key: { id: key.id } },
      previous: [previous.id],
      family: [
        { apiUserId: key.id, state: 'current' },
        { apiUserId: previous.id, state: 'previous' },
      ],
    });
    expect(projectsOf(shop, key).sort()).toEqual([shop.groupId, shop.otherGroupId].sort());
    expect(lines[0]).toBe(`Key ${nameOf(key)} is younger than rotateAfter; it stays.`);
    expect(lines[1]).toMatch(/^accessList is for a newly made key/);
  });

  it.for([
    ['an older one', 3, undefined, 'a new one is due'],
    [
      'a younger one whose stored secret is another',
      1,
      'another end',
      'the stored secret is not its secret, so a new one is due now',
    ],
  ] as const)('replaces %s', async ([_what, age, misfit, reason], { shop }) => {
    const key = stand(shop, 'current', { age });
    const known = misfit && misfitsOf(key.privateKey)[misfit];
    const { outcome, lines } = await shop.run(rotating(shop, { rotateAfter: 2 * HOUR, ...known }));
    expect(outcome?.result).toBe('rotated');
    expect(lines[0]).toBe(`The current key is ${nameOf(key)}; ${reason}.`);
  });

  it.each([
    ['stays while it is younger by a second', 1, 'unchanged'],
    ['is replaced when it is exactly that old', 0, 'tried to make one'],
  ])('a key %s', async (_what, younger, expected) => {
    const roles = [{ roleName: ROLES[0] ?? '', groupId: GROUP_ID }];
    const key = keyAt(younger - HOUR / 1000, DESC, { roles });
    const { step } = stepWith({
      listProjectKeys: async () => [key],
      readProject: async () => ({ orgId: ORG_ID }),
      readOrganizationKey: async () => key,
      createKey: () => Promise.reject(new Error('tried to make one')),
    });
    const rotating = rotate(step, requestsFor(GROUP_ID).rotate({ rotateAfter: HOUR }));
    const ended = await rotating.then(
      ({ result }) => result,
      (error: Error) => error.message,
    );
    expect(ended).toBe(expected);
  });

  it('finishes a commit that was interrupted, for a key that stays', async ({ shop }) => {
    stand(shop, 'previous');
    const key = stand(shop, 'undecided', { age: 1 });
    const { outcome } = await shop.run(rotating(shop, { rotateAfter: 2 * HOUR }));
    expect(outcome?.result).toBe('updated');
    expect(stateIn(shop, key.id)).toBe('current');
  });

  it('leaves one whose stored secret fits, and hands it on', async ({ shop }) => {
    const { privateKey, publicKey } = stand(shop, 'current', { age: 1 });
    const known = { knownSecret: privateKey, knownId: publicKey };
    const { outcome } = await shop.run(rotating(shop, { rotateAfter: 2 * HOUR, ...known }));
    expect(outcome).toMatchObject({ result: 'unchanged', privateKey });
  });
});

describe('rotate hands its key over', () => {
  // What is stored outlives the machine, so no sweep may take it; what is only in the outputs dies with it.
  it.for([
    ['undecided already where it is stored', 'undecided', true, { handover: STORING }],
    ['still pending where only this machine gets it', 'pending', false, {}],
  ] as const)('%s', async ([_what, state, isStored, wish], { shop }) => {
    const markIn = () => readMark(familyIn(shop)[0]?.desc ?? '')?.mark;
    let atDelivery: ReturnType<typeof markIn>;
    const store = async () => {
      atDelivery = markIn();
    };
    const { calls } = await shop.run(rotating(shop, wish), { lost: true, store });
    expect(atDelivery?.state).toBe(state);
    // Its mark says for how long its step may be at work on it.
    expect(atDelivery?.until).toBeGreaterThan(shop.atlas.clock.now());
    expect(markIn()?.state).toBe('undecided');
    expect(markIn()?.until).toBeUndefined();
    expect(calls.filter((call) => call === 'renameKey')).toHaveLength(isStored ? 2 : 1);
  });
});

describe('rotate that stores its key', () => {
  const storing = (shop: Workshop) => rotating(shop, { handover: STORING });

  it.for<[string, Error, boolean]>([
    ['nobody has any of it', new DeliveryError('no', { nobodyHasIt: true, cause: undefined }), false],
    ['somebody may have some', new DeliveryError('no', { nobodyHasIt: false, cause: undefined }), true],
    ['nobody knows', new Error('no answer'), true],
  ])('keeps the key, undecided, unless it is certain that nobody has it: %s', async (row, { shop }) => {
    const [, failure, stays] = row;
    const { error, warnings, entry } = await shop.run(storing(shop), {
      store: () => Promise.reject(failure),
    });
    expect(error).toBe(failure);
    expect(familyIn(shop).map(({ desc }) => stateOf(desc))).toEqual(stays ? ['undecided'] : []);
    expect(entry.phase).toBe(stays ? 'delivering' : 'idle');
    if (!stays) return;
    expect(warnings[0]).toMatch(
      /^Key \S+ \(\S+\) stays alive, undecided: some of it may have been stored\. No other key was changed\.$/,
    );
  });

  it.for([
    ['signed in with', isSignIn],
    ['marked as held', isRename],
  ] as const)('undoes a key that cannot be %s, before anybody gets it', async ([_what, when], { shop }) => {
    const { error, record, entry, lines } = await shop.run(storing(shop), {
      fault: refusal('INVALID_API_KEY_DESC', when),
    });
    expect(error).toMatchObject({ kind: 'badRequest' });
    expect(record.delivered).toEqual([]);
    expect(familyIn(shop)).toEqual([]);
    expect(lines.at(-1)).toContain('was deleted again');
    expect(entry).toEqual({ phase: 'idle' });
  });

  it.for(['undecided', 'current', 'previous'] as const)(
    'stores nothing where a newer key may be stored already, and undoes its own: %s',
    async (state, { shop }) => {
      let stored = 0;
      const store = async () => {
        stored += 1;
      };
      const run = () => void stand(shop, state, { age: -1, nonce: nonceOf(7) });
      const { error, lines } = await shop.run(storing(shop), { store, fault: { when: isRename, run } });
      const [newer, ...others] = familyIn(shop);
      expect([newer?.desc, others]).toEqual([descriptionOf(state, { nonce: nonceOf(7) }), []]);
      expect(String(error)).toContain(
        'Another run rotated this key at the same moment and has the newer key, so nothing of this run was stored. Run the job again if a new key is still needed, and let concurrency in the workflow keep its runs apart.',
      );
      expect(lines.at(-2)).toMatch(
        new RegExp(
          `^Key ${newer?.id} \\(\\w+\\) is newer and may be stored already, so the new key \\w+ \\(\\w+\\) was not stored\\.$`,
        ),
      );
      expect(stored).toBe(0);
    },
  );
});

it.for<[string, Wish]>([
  ['without a store', {}],
  ['with one', { handover: STORING }],
])(
  'a rotation in the second in which the former key was made waits for the next: %s',
  async ([_how, wish], { shop }) => {
    shop.atlas.clock.advance(1_000 - (shop.atlas.clock.now() % 1_000));
    await shop.runMain(requestsFor(shop.groupId).ensure());
    const [former] = familyIn(shop);
    const { outcome, lines } = await shop.run(rotating(shop, wish));
    const { id = '' } = outcome?.facts?.key ?? {};
    expect(createdAt(id)).toBeGreaterThan(createdAt(former?.id ?? ''));
    expect(lines.at(-1)).toBe(`The rotation is final: key ${id} is current.`);
  },
);
