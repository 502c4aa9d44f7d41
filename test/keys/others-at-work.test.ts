import { describe, expect, it } from 'vitest';
import { DESC, requestsFor } from '../faults/requests.ts';
import { openWorkshop, type Workshop } from '../faults/workshop.ts';
import { descriptionOf, nonceOf } from './described-keys.ts';
import { isAlive, stand } from './standing.ts';

const isList = ({ method, path }: { method: string; path: string }) =>
  method === 'GET' && /\/groups\/\w+\/apiKeys$/.test(path);

/** At the run's first list, its caller's own key gets this description, and these roles in the project. */
const callerBecomes = (shop: Workshop, desc: string, roles: readonly string[]) => ({
  when: isList,
  run: ({ caller = '' }: { readonly caller: string | undefined }) => {
    shop.atlas.setProjectRoles(caller, shop.groupId, roles);
    shop.atlas.renameKey(caller, desc);
  },
});

describe("ensure that finds its caller's own key", () => {
  const { ensure } = requestsFor('');
  const ensuring = (shop: Workshop) => ensure({ groupIds: [shop.groupId] });

  it('leaves it where it is as declared', async () => {
    await using shop = await openWorkshop();
    const { outcome } = await shop.run(ensuring(shop), {
      fault: callerBecomes(shop, DESC, ['GROUP_READ_ONLY']),
    });
    expect(outcome?.result).toBe('unchanged');
  });

  it('never changes its roles', async () => {
    await using shop = await openWorkshop();
    const { error, record } = await shop.run(ensuring(shop), {
      fault: callerBecomes(shop, DESC, ['GROUP_OWNER']),
    });
    expect(String(error)).toContain(record.callerId);
    expect(String(error)).toContain('it is the key that this step signs in with. Sign in with another key');
    const roles = shop.atlas.key(record.callerId)?.roles.map(({ roleName }) => roleName);
    expect(roles).toContain('GROUP_OWNER');
  });

  it('never finishes a rotation to it', async () => {
    await using shop = await openWorkshop();
    const former = descriptionOf('previous');
    const { outcome, record, warnings } = await shop.run(ensuring(shop), {
      fault: callerBecomes(shop, former, ['GROUP_READ_ONLY']),
    });
    expect(outcome).toMatchObject({ result: 'unchanged', changed: false });
    expect(warnings).toEqual([
      expect.stringMatching(
        `^Left key ${record.callerId} .* as it is: it is the key that this step signs in with\\.$`,
      ),
    ]);
    expect(shop.atlas.key(record.callerId)?.desc).toBe(former);
  });

  it('never deletes it for one that a dead maker left', async () => {
    await using shop = await openWorkshop();
    const dead = descriptionOf('pending', { until: 1_000 });
    const { outcome, record } = await shop.run(ensuring(shop), {
      fault: callerBecomes(shop, dead, ['GROUP_READ_ONLY']),
    });
    expect(outcome?.result).toBe('created');
    expect(isAlive(shop, { id: record.callerId })).toBe(true);
  });
});

describe('ensure beside another maker', () => {
  const ensuring = (shop: Workshop) => requestsFor(shop.groupId).ensure();

  it('gives up its own key where the other was first, and uses that one', async () => {
    await using shop = await openWorkshop();
    let other = '';
    const { outcome, lines } = await shop.run(ensuring(shop), {
      fault: {
        when: ({ method, path }) => method === 'POST' && path.endsWith('/apiKeys'),
        run: () => {
          other = stand(shop, 'current').id;
        },
      },
    });
    expect(outcome).toMatchObject({ result: 'unchanged', facts: { key: { id: other } } });
    expect(lines).toContain('Another run was first; using its key.');
    expect(shop.atlas.keys().filter(({ desc }) => desc.startsWith(DESC))).toHaveLength(1);
  });

  it('leaves its key to post where its last rename is not answered', async () => {
    await using shop = await openWorkshop();
    const half = await shop.runMain(ensuring(shop), {
      fault: {
        when: ({ method }) => method === 'PATCH',
        times: Number.POSITIVE_INFINITY,
        action: { kind: 'answer', status: 503 },
      },
    });
    expect(half.error).toMatchObject({ kind: 'unavailable' });
    expect(half.record.delivered).toHaveLength(1);
    const run = await half.finish();
    expect(shop.atlas.key(half.record.delivered[0]?.apiUserId ?? '')?.desc).toBe(DESC);
    expect(run.postError).toBeUndefined();
  });

  it.each(['NOT_GROUP_USER_ADMIN', 'API_KEY_NOT_FOUND'] as const)(
    'takes back a key whose last rename is refused: %s',
    async (code) => {
      await using shop = await openWorkshop();
      const { error, record, entry } = await shop.run(ensuring(shop), {
        fault: {
          when: ({ method }) => method === 'PATCH',
          times: Number.POSITIVE_INFINITY,
          action: { kind: 'error', code },
        },
      });
      expect(error).toBeDefined();
      expect(record.delivered).toEqual([]);
      expect(entry).toEqual({ phase: 'idle' });
    },
  );
});

describe('a rename that something keeps from happening', () => {
  it.each(['VALIDATION_ERROR', 'NOT_GROUP_USER_ADMIN', 'API_KEY_NOT_FOUND'] as const)(
    'does not keep a key from being revoked: %s',
    async (code) => {
      await using shop = await openWorkshop();
      const key = stand(shop, 'current');
      shop.atlas.faults.add({
        when: ({ method }) => method === 'PATCH',
        times: Number.POSITIVE_INFINITY,
        action: { kind: 'error', code },
      });
      const { outcome } = await shop.run(requestsFor(shop.groupId).revoke());
      expect(outcome?.retired).toEqual([key.id]);
      expect(isAlive(shop, key)).toBe(false);
    },
  );

  it('keeps it, where the service is only out of order', async () => {
    await using shop = await openWorkshop();
    const key = stand(shop, 'current');
    shop.atlas.faults.add({
      when: ({ method }) => method === 'PATCH',
      times: Number.POSITIVE_INFINITY,
      action: { kind: 'answer', status: 503 },
    });
    const { outcome } = await shop.run(requestsFor(shop.groupId).revoke());
    expect(outcome?.problem).toContain(key.id);
    expect(isAlive(shop, key)).toBe(true);
  });

  it('ends a commit before its own key is current', async () => {
    await using shop = await openWorkshop();
    const current = stand(shop, 'current');
    const half = await shop.runMain(requestsFor(shop.groupId).rotate());
    shop.atlas.faults.add({
      when: ({ method, path }) => method === 'PATCH' && path.endsWith(current.id),
      times: Number.POSITIVE_INFINITY,
      action: { kind: 'error', code: 'NOT_GROUP_USER_ADMIN' },
    });
    const run = await half.finish();
    expect(run.postError).toMatchObject({ kind: 'notAllowed' });
    expect(shop.atlas.key(current.id)?.desc).toBe(DESC);
    expect(shop.atlas.key(half.outcome?.facts?.key.id ?? '')?.desc).toContain(' undecided ');
  });
});

describe('post finds its own key among others', () => {
  it('that are newer', async () => {
    await using shop = await openWorkshop();
    const interruption = { of: 'renameKey', call: 1, moment: 'before' } as const;
    const half = await shop.runMain(requestsFor(shop.groupId).rotate(), { interruption });
    stand(shop, 'undecided', { age: -1, nonce: nonceOf(1) });
    await half.finish();
    const made = half.record.delivered[0]?.apiUserId ?? '';
    expect(shop.atlas.key(made)?.desc).toContain(' undecided ');

    const ensuring = await shop.runMain(requestsFor(shop.otherGroupId).ensure(), { interruption });
    stand(shop, 'previous', { age: -1, groupIds: [shop.otherGroupId], nonce: nonceOf(2) });
    await ensuring.finish();
    expect(shop.atlas.key(ensuring.record.delivered[0]?.apiUserId ?? '')?.desc).toBe(DESC);
  });
});
