/** Where a key should go, and may not, or has gone by itself. */
import { describe, expect, it } from 'vitest';
import { livesOn } from '../../src/keys/retire.ts';
import { DESC, requestsFor } from '../faults/requests.ts';
import { openWorkshop, type Workshop } from '../faults/workshop.ts';
import { descriptionOf } from './described-keys.ts';
import { isAlive, projectsOf, refuseDeletions, stand } from './standing.ts';

const HOUR = 3_600_000;
const ensuring = (shop: Workshop, rest = {}) => requestsFor(shop.groupId).ensure(rest);
const unansweredCreate = {
  when: ({ method, path }: { method: string; path: string }) =>
    method === 'POST' && path.endsWith('/apiKeys'),
  phase: 'after',
  action: { kind: 'reset' },
} as const;

describe('a key that nobody holds', () => {
  it('of a dead maker is only unassigned where the caller may not delete it', async () => {
    await using shop = await openWorkshop();
    const dead = stand(shop, 'pending');
    refuseDeletions(shop);
    const { outcome, warnings } = await shop.run(ensuring(shop));
    expect(outcome).toMatchObject({ result: 'created', retired: [] });
    expect(warnings).toEqual([livesOn(`${dead.id} (${dead.publicKey})`, shop.orgId)]);
    expect([isAlive(shop, dead), projectsOf(shop, dead)]).toEqual([true, []]);
  });

  it('of a create that was not answered is told where it can only be unassigned', async () => {
    await using shop = await openWorkshop();
    refuseDeletions(shop);
    const { outcome, warnings } = await shop.run(ensuring(shop), { fault: unansweredCreate });
    const [lost] = shop.atlas.keys().filter(({ desc }) => desc.startsWith(`${DESC} [`));
    expect(outcome?.result).toBe('created');
    expect(lost && projectsOf(shop, lost)).toEqual([]);
    expect(warnings).toEqual([livesOn(`${lost?.id} (${lost?.publicKey})`, shop.orgId)]);
  });

  it('of a create that was not answered counts as none where somebody else deleted it first', async () => {
    await using shop = await openWorkshop();
    refuseDeletions(shop, 'API_KEY_NOT_FOUND');
    const { lines } = await shop.run(ensuring(shop), { fault: unansweredCreate });
    expect(lines[0]).toMatch(/^Key \w+ \(\w+\) was gone already\.$/);
    expect(lines[1]).toBe('A create was not answered, and no key came of it.');
  });

  it('and was undone leaves it to post to look for one that was not answered', async () => {
    await using shop = await openWorkshop({ settings: { newKeyRefusedMs: HOUR } });
    const half = await shop.runMain(ensuring(shop), { fault: unansweredCreate });
    expect(String(half.error)).toContain('Atlas still refuses the new key');
    const run = await half.finish();
    expect(run.entry).toMatchObject({ phase: 'making', answerLost: true });
    expect(run.postCalls).toContain('listProjectKeys');
  });

  it('since it was retired before post could name it is deleted by post', async () => {
    await using shop = await openWorkshop();
    const half = await shop.runMain(ensuring(shop), {
      interruption: { of: 'renameKey', call: 1, moment: 'before' },
    });
    const id = half.record.delivered[0]?.apiUserId ?? '';
    shop.atlas.renameKey(id, descriptionOf('retired'));
    await half.finish();
    expect(isAlive(shop, { id })).toBe(false);
  });
});

describe('a commit whose last rename fails', () => {
  /** At the rename to the plain text. */
  const naming = ({ method, body }: { readonly method: string; readonly body?: unknown }) =>
    method === 'PATCH' && JSON.stringify(body) === `{"desc":"${DESC}"}`;

  it('gives the former key its name back where the new one has been deleted', async () => {
    await using shop = await openWorkshop();
    const former = stand(shop, 'current');
    const isMade = ({ desc }: { readonly desc: string }) => desc.startsWith(`${DESC} [`);
    const { error } = await shop.run(requestsFor(shop.groupId).rotate({ commit: 'step' }), {
      fault: {
        when: naming,
        run: () => {
          const made = shop.atlas.keys().find((key) => isMade(key) && key.id !== former.id);
          if (made !== undefined) shop.atlas.deleteKey(made.id);
        },
      },
    });
    expect(error).toMatchObject({ kind: 'gone' });
    expect(shop.atlas.key(former.id)?.desc).toBe(DESC);
  });

  it('leaves what there is to the next one where the name is refused', async () => {
    await using shop = await openWorkshop();
    const former = stand(shop, 'current');
    const { error, entry } = await shop.run(requestsFor(shop.groupId).rotate({ commit: 'step' }), {
      lost: true,
      fault: {
        when: naming,
        times: Number.POSITIVE_INFINITY,
        action: { kind: 'error', code: 'INVALID_API_KEY_DESC' },
      },
    });
    expect(error).toMatchObject({ kind: 'badRequest' });
    expect(shop.atlas.key(former.id)?.desc).toContain(' previous ');
    expect(entry.phase).toBe('handedOut');
  });
});

describe('an undecided key that a rotation would retire', () => {
  it('and that is gone by then needs nothing', async () => {
    await using shop = await openWorkshop();
    stand(shop, 'current');
    const newer = stand(shop, 'undecided', { age: 7 * 24 });
    const older = stand(shop, 'undecided', { age: 8 * 24 });
    const { outcome, lines, warnings } = await shop.run(requestsFor(shop.groupId).rotate(), {
      job: 'failure',
      fault: {
        when: ({ method, path }) => method === 'GET' && path.endsWith(older.id),
        run: () => shop.atlas.deleteKey(older.id),
      },
    });
    expect(outcome).toMatchObject({ result: 'rotated', retired: [] });
    expect(isAlive(shop, newer)).toBe(true);
    expect(warnings.join()).not.toContain(older.id);
    expect(lines).toContain(`Key ${older.id} (${older.publicKey}) was gone already.`);
  });
});

describe('a stored private key without its public half', () => {
  it.each(['previous', 'undecided'] as const)(
    'is known by its end for that of a key that is not current: %s',
    async (state) => {
      await using shop = await openWorkshop();
      stand(shop, 'current', { age: 1 });
      const { id, publicKey, privateKey } = stand(shop, state, { age: 3 });
      const { outcome, lines } = await shop.run(ensuring(shop, { knownPrivateKey: privateKey }));
      expect(outcome).toMatchObject({ result: 'unchanged', facts: { key: { id } }, privateKey });
      expect(lines[0]).toBe(
        `knownPrivateKey belongs to key ${id} (${publicKey}), which is ${state} and still alive.`,
      );
    },
  );

  it('is that of the current key where that only lacks its name, which it gets', async () => {
    await using shop = await openWorkshop();
    stand(shop, 'previous', { age: 3 });
    const { id, privateKey } = stand(shop, 'undecided', { age: 1 });
    const { outcome } = await shop.run(ensuring(shop, { knownPrivateKey: privateKey }));
    expect(outcome).toMatchObject({ result: 'updated', facts: { key: { id } }, privateKey });
    expect(shop.atlas.key(id)?.desc).toBe(DESC);
  });
});
