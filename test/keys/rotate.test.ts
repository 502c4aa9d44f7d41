import { describe, expect, it } from 'vitest';
import { DeliveryError } from '../../src/keys/delivery-error.ts';
import { type MarkState, readMark } from '../../src/keys/mark.ts';
import { rotate } from '../../src/keys/rotate.ts';
import type { Step } from '../../src/keys/step.ts';
import { DESC, ROLES, requestsFor, STORING } from '../faults/requests.ts';
import { openWorkshop, type Workshop } from '../faults/workshop.ts';
import { descriptionOf, GROUP_ID, keyAt, NONCE, NOW, nonceOf, ORG_ID, ORIGIN } from './described-keys.ts';
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

  it('always is due for a key whose id is a second later than the clock of the service', async () => {
    await using shop = await openWorkshop({ speed: 1 });
    const current = stand(shop, 'current', { age: -1 / 3600 });
    const { outcome } = await shop.runMain(rotating(shop, { rotateAfter: 0 }));
    expect(outcome?.result).toBe('rotated');
    expect(outcome?.previous).toEqual([current.id]);
  });

  it('left open keeps the current key and retires undecided ones of jobs that are long over', async () => {
    await using shop = await openWorkshop();
    const current = stand(shop, 'current', { age: 9 });
    const previous = stand(shop, 'previous', { age: 10 });
    const [young, newer, older] = [2, 7 * 24, 8 * 24].map((age) => stand(shop, 'undecided', { age }));
    const half = await shop.runMain(rotating(shop));
    const { outcome } = half;
    const made = outcome?.facts?.key.id;
    expect(outcome).toMatchObject({ retired: [newer?.id, older?.id], previous: [current.id, previous.id] });
    expect(outcome?.family.map(({ apiUserId, state }) => [apiUserId, state])).toEqual([
      [made, 'undecided'],
      [young?.id, 'undecided'],
      [current.id, 'current'],
      [previous.id, 'previous'],
      [newer?.id, 'revoked'],
      [older?.id, 'revoked'],
    ]);
    expect([newer, older].map((key) => key && isAlive(shop, key))).toEqual([false, false]);
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
    expect(entry).toEqual({ phase: 'idle' });
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
    expect(outcome?.plan[1]?.key).toMatchObject({ id: current.id });
  });

  /** At the run's first call, its caller's own key gets this description, and roles in the project. */
  const callerBecomes = (shop: Workshop, desc: string) => ({
    when: ({ method }: { readonly method: string }) => method === 'GET',
    run: ({ caller = '' }: { readonly caller: string | undefined }) => {
      shop.atlas.setProjectRoles(caller, shop.groupId, ['GROUP_OWNER']);
      shop.atlas.renameKey(caller, desc);
      // Of keys made within one second the id says nothing about which is newer.
      shop.atlas.clock.advance(1_000);
    },
  });

  it.each(['current', 'previous'] as const)(
    "that would supersede the caller's own key fails before anything is made: %s",
    async (state) => {
      await using shop = await openWorkshop();
      const { error, calls, record } = await shop.run(rotating(shop), {
        fault: callerBecomes(shop, descriptionOf(state)),
      });
      const own = shop.atlas.key(record.callerId);
      expect(String(error)).toBe(
        `KeyError: Key ${own?.id} (${own?.publicKey}) has this desc, and this step may not touch it: it is the key that this step signs in with. Nothing was changed. Give that key another description, or rotate under another desc.`,
      );
      expect(calls).toEqual(['listProjectKeys']);
    },
  );

  it.each<[MarkState, 'created' | 'rotated', ...[Parameters<typeof stand>[1], number][]]>([
    ['undecided', 'created', ['undecided', -1], ['undecided', -2]],
    ['retired', 'created'],
    ['previous', 'rotated', ['current', 2]],
  ])("never turns against the caller's own key among others: %s", async (state, result, ...others) => {
    await using shop = await openWorkshop();
    for (const [other, age] of others) stand(shop, other, { age });
    const desc = descriptionOf(state);
    const { outcome, record, warnings } = await shop.run(
      rotating(shop, { commit: 'step', keepPrevious: 0 }),
      {
        fault: callerBecomes(shop, desc),
      },
    );
    expect(outcome?.result).toBe(result);
    const own = shop.atlas.key(record.callerId);
    expect(own).toMatchObject({ desc, deletedAt: undefined });
    expect(warnings).toContain(
      `Left key ${own?.id} (${own?.publicKey}) as it is: it is the key that this step signs in with.`,
    );
  });
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
    ['stays while it is younger by a second', 1, 'unchanged'],
    ['is replaced when it is exactly that old', 0, 'tried to make one'],
  ])('a key %s', async (_what, younger, expected) => {
    const key = keyAt(younger - HOUR / 1000, DESC, {
      roles: [{ roleName: ROLES[0] ?? '', groupId: GROUP_ID }],
    });
    const step: Pick<Step, 'surface' | 'nonce' | 'caller' | 'log' | 'run' | 'remaining' | 'journal'> & {
      atlas: Pick<
        Step['atlas'],
        'serviceNow' | 'listProjectKeys' | 'readProject' | 'readOrganizationKey' | 'createKey'
      >;
    } = {
      surface: 'atlas/v2',
      run: ORIGIN,
      nonce: NONCE,
      caller: 'caller',
      log: { info: () => {}, notice: () => {}, warning: () => {} },
      atlas: {
        serviceNow: () => NOW,
        listProjectKeys: async () => [key],
        readProject: async () => ({ id: GROUP_ID, orgId: ORG_ID }),
        readOrganizationKey: async () => key,
        createKey: async () => {
          throw new Error('tried to make one');
        },
      },
      journal: () => {},
      remaining: () => 0,
    };
    const rotating = rotate(step as Step, requestsFor(GROUP_ID).rotate({ rotateAfter: HOUR }));
    const ended = await rotating.then(
      ({ result }) => result,
      (error: Error) => error.message,
    );
    expect(ended).toBe(expected);
  });

  it('finishes a commit that was interrupted, for a key that stays', async () => {
    await using shop = await openWorkshop();
    stand(shop, 'previous');
    const key = stand(shop, 'undecided', { age: 1 });
    const wish = { rotateAfter: 2 * HOUR };
    const dry = await shop.run(rotating(shop, { ...wish, dryRun: true }));
    expect(dry.outcome?.plan).toEqual([
      {
        action: 'rename',
        key: { id: key.id, publicKey: key.publicKey },
        what: 'is undecided, becomes current',
      },
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
    ['undecided already where it is stored', 'undecided', true, { handover: STORING }],
    ['still pending where only this machine gets it', 'pending', false, {}],
  ])('%s', async (_what, state, isStored, wish) => {
    await using shop = await openWorkshop();
    const states: string[] = [];
    const { outcome, calls } = await shop.run(rotating(shop, wish), {
      lost: true,
      store: async () => {
        const made = shop.atlas.keys().find(({ desc }) => desc.startsWith(DESC));
        states.push(stateOf(shop, { id: made?.id ?? '' }));
        // Its mark says for how long its step may be at work on it.
        expect(readMark(made?.desc ?? '')?.mark.until).toBeGreaterThan(shop.atlas.clock.now());
      },
    });
    expect(states).toEqual([state]);
    const left = readMark(shop.atlas.key(outcome?.facts?.key.id ?? '')?.desc ?? '')?.mark;
    expect(left?.state).toBe('undecided');
    expect(left?.until).toBeUndefined();
    expect(calls.filter((call) => call === 'renameKey')).toHaveLength(isStored ? 2 : 1);
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
      /^Key \S+ \(\S+\) stays alive, undecided: some of it may have been stored\. No other key was changed\.$/,
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

  it('undoes a key that cannot be marked as held, before anybody gets it', async () => {
    await using shop = await openWorkshop();
    const { error, record, entry, lines } = await shop.run(storing(shop), {
      fault: {
        when: ({ method }) => method === 'PATCH',
        times: Number.POSITIVE_INFINITY,
        action: { kind: 'error', code: 'INVALID_API_KEY_DESC' },
      },
    });
    expect(error).toMatchObject({ kind: 'badRequest' });
    expect(record.delivered).toEqual([]);
    expect(shop.atlas.keys().filter(({ desc }) => desc.startsWith(DESC))).toEqual([]);
    expect(lines.at(-1)).toContain('was deleted again');
    expect(entry).toEqual({ phase: 'idle' });
  });

  it('stores nothing where a newer key may be stored already, and undoes its own', async () => {
    await using shop = await openWorkshop();
    let newer = '';
    let stored = 0;
    const { error, lines } = await shop.run(storing(shop), {
      store: async () => {
        stored += 1;
      },
      fault: {
        when: ({ method }) => method === 'PATCH',
        run: () => {
          newer = stand(shop, 'undecided', { age: -1, nonce: nonceOf(7) }).id;
        },
      },
    });
    expect(String(error)).toContain(
      'Another run rotated this key at the same moment and has the newer key, so nothing of this run was stored. Run the job again if a new key is still needed, and let concurrency in the workflow keep its runs apart.',
    );
    expect(lines.at(-2)).toMatch(
      new RegExp(
        `^Key ${newer} \\(\\w+\\) is newer and may be stored already, so the new key \\w+ \\(\\w+\\) was not stored\\.$`,
      ),
    );
    expect(stored).toBe(0);
    const family = shop.atlas.keys().filter(({ desc }) => desc.startsWith(DESC));
    expect(family.map(({ id }) => id)).toEqual([newer]);
  });

  it('waits for an older key that is being stored, so that what is stored last is the newest', async () => {
    await using shop = await openWorkshop();
    const older = stand(shop, 'undecided', { age: 0.01, atWorkUntil: 0.1, nonce: nonceOf(7) });
    const order: string[] = [];
    let looks = 0;
    await shop.run(storing(shop), {
      store: async () => {
        order.push('stored');
      },
      fault: {
        when: ({ method, path }) => method === 'GET' && path.endsWith(`/groups/${shop.groupId}/apiKeys`),
        times: Number.POSITIVE_INFINITY,
        run: () => {
          looks += 1;
          if (looks !== 4) return;
          order.push('the older one is done');
          shop.atlas.renameKey(older.id, descriptionOf('undecided', { nonce: nonceOf(7) }));
        },
      },
    });
    expect(order).toEqual(['the older one is done', 'stored']);
  });

  it('undoes a key that cannot be signed in with, before anybody gets it', async () => {
    await using shop = await openWorkshop({ settings: { newKeyRefusedMs: HOUR } });
    const { error, record, lines } = await shop.run(storing(shop));
    expect(String(error)).toContain('Atlas still refuses the new key');
    expect(record.delivered).toEqual([]);
    expect(shop.atlas.keys().filter(({ desc }) => desc.startsWith(DESC))).toEqual([]);
    expect(lines.at(-1)).toContain('was deleted again');
  });
});

describe('a rotation in the second in which the former key was made', () => {
  it.each<[string, Wish]>([
    ['without a store', {}],
    ['with one', { handover: STORING }],
  ])('makes the newer key, and commits it: %s', async (_how, wish) => {
    for (let run = 0; run < 5; run += 1) {
      await using shop = await openWorkshop();
      await shop.run(requestsFor(shop.groupId).ensure());
      const { outcome, lines, error } = await shop.run(rotating(shop, wish));
      expect(error).toBeUndefined();
      expect(outcome?.result).toBe('rotated');
      expect(lines.at(-1)).toMatch(/^The rotation is final: key \S+ is current\.$/);
    }
  });
});
