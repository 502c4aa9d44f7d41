import { describe, expect, it } from 'vitest';
import { DeliveryError } from '../../src/keys/delivery-error.ts';
import { rotate } from '../../src/keys/rotate.ts';
import type { Step } from '../../src/keys/step.ts';
import { DESC, ROLES, requestsFor, STORING } from '../faults/requests.ts';
import { openWorkshop, type Workshop } from '../faults/workshop.ts';
import { GROUP_ID, keyAt, NONCE, NOW, ORG_ID } from './described-keys.ts';
import { isAlive, projectsOf, stand } from './standing.ts';

const HOUR = 3_600_000;
type Wish = Parameters<ReturnType<typeof requestsFor>['rotate']>[0];
const rotating = (shop: Workshop, wish: Wish = {}) => requestsFor(shop.groupId).rotate(wish);

const stateOf = (shop: Workshop, { id }: { readonly id: string }) =>
  /\[atlas-key\/1 (\w+) /.exec(shop.atlas.key(id)?.desc ?? '')?.[1] ?? 'current';

describe('rotate', () => {
  it('makes the first key of all', async () => {
    await using shop = await openWorkshop();
    const half = await shop.runMain(rotating(shop));
    const { id = '', publicKey = '' } = half.outcome?.facts?.key ?? {};
    expect(half.outcome).toMatchObject({
      result: 'rotated',
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

  it('left open keeps the current key and thins out undecided ones', async () => {
    await using shop = await openWorkshop();
    const current = stand(shop, 'current', { age: 9 });
    const previous = stand(shop, 'previous', { age: 10 });
    const [newer, older] = [stand(shop, 'undecided', { age: 2 }), stand(shop, 'undecided', { age: 3 })];
    const half = await shop.runMain(rotating(shop));
    const { outcome } = half;
    const made = outcome?.facts?.key.id;
    expect(outcome).toMatchObject({ retired: [older.id], previous: [current.id, previous.id] });
    expect(outcome?.family.map(({ apiUserId, state }) => [apiUserId, state])).toEqual([
      [made, 'undecided'],
      [newer.id, 'undecided'],
      [older.id, 'retired'],
      [current.id, 'current'],
      [previous.id, 'previous'],
    ]);
    expect(isAlive(shop, older)).toBe(false);
    expect(stateOf(shop, current)).toBe('current');
    const { lines } = await half.finish();
    expect(lines).toContain(
      'The rotation becomes final when the job succeeds; until then the former key stays current.',
    );
  });

  it('left open reads the family once where no undecided key is to go', async () => {
    await using shop = await openWorkshop();
    stand(shop, 'current');
    stand(shop, 'undecided');
    const { calls } = await shop.run(rotating(shop), { lost: true });
    expect(calls.filter((call) => call === 'listProjectKeys')).toHaveLength(1);
  });

  it('final at once makes the former previous and retires what is beyond keepPrevious', async () => {
    await using shop = await openWorkshop();
    const current = stand(shop, 'current');
    const previous = stand(shop, 'previous', { age: 3 });
    const { outcome, lines, entry, postCalls } = await shop.run(rotating(shop, { commit: 'step' }));
    const made = outcome?.facts?.key.id ?? '';
    expect(outcome).toMatchObject({ result: 'rotated', retired: [previous.id], previous: [current.id] });
    expect([stateOf(shop, { id: made }), stateOf(shop, current)]).toEqual(['current', 'previous']);
    expect(lines).toContain('The rotation is final: the new key is current.');
    expect(entry.phase).toBe('settled');
    expect(postCalls).toEqual([]);
  });

  it('final at once steps back behind a newer one', async () => {
    await using shop = await openWorkshop();
    const { outcome, lines } = await shop.run(rotating(shop, { commit: 'step' }), {
      fault: {
        when: ({ method }) => method === 'PATCH',
        run: () => void stand(shop, 'current', { age: -1 }),
      },
    });
    expect(stateOf(shop, { id: outcome?.facts?.key.id ?? '' })).toBe('previous');
    expect(lines.at(-1)).toContain('A newer rotation was committed meanwhile');
  });

  it('plans all of it, and makes nothing', async () => {
    await using shop = await openWorkshop();
    const current = stand(shop, 'current');
    const { outcome } = await shop.run(rotating(shop, { dryRun: true }));
    expect(outcome?.plan.map(({ action }) => action)).toEqual(['create', 'rename']);
    expect(outcome?.family).toEqual([
      { apiUserId: current.id, publicKey: current.publicKey, state: 'current' },
    ]);
  });

  it.each(['current', 'previous', 'undecided', 'retired'] as const)(
    "never turns against the caller's own key: %s",
    async (state) => {
      await using shop = await openWorkshop();
      const key = stand(shop, state);
      const { error, calls } = await shop.run(rotating(shop), {
        fault: {
          when: ({ method }) => method === 'GET',
          run: ({ caller = '' }) => {
            shop.atlas.setProjectRoles(caller, shop.groupId, ['GROUP_OWNER']);
            shop.atlas.renameKey(caller, key.desc);
          },
        },
      });
      expect(error).toMatchObject({ code: 'callersOwn' });
      expect(calls).toEqual(['listProjectKeys']);
    },
  );
});

describe('rotate with rotateAfter', () => {
  it('leaves a younger key, with the roles declared', async () => {
    await using shop = await openWorkshop();
    const key = stand(shop, 'current', { age: 1 });
    const previous = stand(shop, 'previous', { age: 3 });
    const request = requestsFor(shop.groupId, shop.otherGroupId).rotate({ rotateAfter: 2 * HOUR });
    const { outcome, lines } = await shop.run(request);
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
    expect(lines[0]).toContain('is younger than rotateAfter; it stays');
  });

  it('replaces an older one', async () => {
    await using shop = await openWorkshop();
    const key = stand(shop, 'current', { age: 3 });
    const { outcome, lines } = await shop.run(rotating(shop, { rotateAfter: 2 * HOUR }));
    expect(outcome?.result).toBe('rotated');
    expect(lines[0]).toBe(`The current key is ${key.id} (${key.publicKey}); a new one is due.`);
  });

  it.each([
    ['stays while it is younger by a second', 1, []],
    ['is replaced when it is exactly that old', 0, ['create', 'rename']],
  ])('a key %s', async (_what, younger, plan) => {
    const key = keyAt(younger - HOUR / 1000, DESC, {
      roles: [{ roleName: ROLES[0] ?? '', groupId: GROUP_ID }],
    });
    const step: Pick<Step, 'surface' | 'nonce' | 'callerPublicKey' | 'log'> & {
      atlas: Pick<Step['atlas'], 'serviceNow' | 'listProjectKeys' | 'readProject'>;
    } = {
      surface: 'atlas/v2',
      nonce: NONCE,
      callerPublicKey: undefined,
      log: { info: () => {}, warning: () => {} },
      atlas: {
        serviceNow: () => NOW,
        listProjectKeys: async () => [key],
        readProject: async () => ({ id: GROUP_ID, orgId: ORG_ID }),
      },
    };
    const request = requestsFor(GROUP_ID).rotate({ rotateAfter: HOUR, dryRun: true });
    const outcome = await rotate(step as Step, request);
    expect(outcome.plan.map(({ action }) => action)).toEqual(plan);
  });

  it('finishes a commit that was interrupted, for a key that stays', async () => {
    await using shop = await openWorkshop();
    stand(shop, 'previous');
    const key = stand(shop, 'undecided', { age: 1 });
    const wish = { rotateAfter: 2 * HOUR };
    const dry = await shop.run(rotating(shop, { ...wish, dryRun: true }));
    expect(dry.outcome?.plan).toEqual([
      { action: 'rename', key: expect.objectContaining({ id: key.id }), what: `"${DESC}"` },
    ]);
    expect(stateOf(shop, key)).toBe('undecided');
    const { outcome } = await shop.run(rotating(shop, wish));
    expect(outcome?.result).toBe('updated');
    expect(stateOf(shop, key)).toBe('current');
  });

  it.each(['another key', 'another end', 'another secret'])(
    'replaces a younger one whose stored secret is that of %s',
    async (what) => {
      await using shop = await openWorkshop();
      const key = stand(shop, 'current', { age: 1 });
      const known = {
        'another key': { knownPublicKey: 'abcdefgh', knownPrivateKey: key.privateKey },
        'another end': {
          knownPrivateKey: key.privateKey.replace(/.$/, (last) => (last === '0' ? '1' : '0')),
        },
        'another secret': {
          knownPrivateKey: key.privateKey.replace(/^./, (first) => (first === '0' ? '1' : '0')),
        },
      }[what];
      const { outcome, lines } = await shop.run(rotating(shop, { rotateAfter: 2 * HOUR, ...known }));
      expect(outcome?.result).toBe('rotated');
      expect(lines[0]).toContain('the stored secret is not its secret, so a new one is due now.');
    },
  );

  it('leaves one whose stored secret fits, and hands it on', async () => {
    await using shop = await openWorkshop();
    const { privateKey, publicKey } = stand(shop, 'current', { age: 1 });
    const known = { knownPrivateKey: privateKey, knownPublicKey: publicKey };
    const { outcome } = await shop.run(rotating(shop, { rotateAfter: 2 * HOUR, ...known }));
    expect(outcome).toMatchObject({ result: 'unchanged', privateKey });
  });
});

describe('rotate hands its key over', () => {
  // What is stored outlives the machine, so no sweep may take it; what is only in the outputs dies with it.
  it.each([
    ['undecided already where it is stored', 'undecided', { handover: STORING }],
    ['still pending where only this machine gets it', 'pending', {}],
  ])('%s, and marks it once', async (_what, state, wish) => {
    await using shop = await openWorkshop();
    const states: string[] = [];
    const { outcome, calls } = await shop.run(rotating(shop, wish), {
      lost: true,
      store: async () => {
        const made = shop.atlas.keys().find(({ desc }) => desc.startsWith(DESC));
        states.push(stateOf(shop, { id: made?.id ?? '' }));
      },
    });
    expect(states).toEqual([state]);
    expect(stateOf(shop, { id: outcome?.facts?.key.id ?? '' })).toBe('undecided');
    expect(calls.filter((call) => call === 'renameKey')).toHaveLength(1);
  });
});

describe('rotate that stores its key', () => {
  const storing = (shop: Workshop) => rotating(shop, { handover: STORING });

  it('leaves it undecided where something may have been stored', async () => {
    await using shop = await openWorkshop();
    const { error, warnings, entry } = await shop.run(storing(shop), {
      store: async () => {
        throw new Error('no answer');
      },
    });
    expect(error).toMatchObject({ message: 'no answer' });
    expect(warnings[0]).toMatch(
      /^Key \S+ \(\S+\) stays, undecided: some of it may have been stored\. The former key stays valid\.$/,
    );
    expect(entry.phase).toBe('delivering');
  });

  it.each([
    ['undoes it where nobody has any of it', false],
    ['leaves it where somebody may have some of it', true],
  ])('%s', async (_name, stays) => {
    await using shop = await openWorkshop();
    const { error } = await shop.run(storing(shop), {
      store: async () => {
        throw new DeliveryError('refused', { nobodyHasIt: !stays, cause: undefined });
      },
    });
    expect(error).toBeInstanceOf(DeliveryError);
    expect(shop.atlas.keys().filter(({ desc }) => desc.startsWith(DESC))).toHaveLength(stays ? 1 : 0);
  });

  it('undoes a key that cannot be signed in with, before anybody gets it', async () => {
    await using shop = await openWorkshop({ settings: { newKeyRefusedMs: HOUR } });
    const { error, record, lines } = await shop.run(storing(shop));
    expect(error).toMatchObject({ code: 'notUsable' });
    expect(record.delivered).toEqual([]);
    expect(shop.atlas.keys().filter(({ desc }) => desc.startsWith(DESC))).toEqual([]);
    expect(lines.at(-1)).toContain('was deleted again');
  });
});
