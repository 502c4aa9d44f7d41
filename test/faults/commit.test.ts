import { describe, expect, it } from 'vitest';
import { readMark } from '../../src/keys/mark.ts';
import { DESC, requestsFor, STORING } from './requests.ts';
import { openWorkshop, type Workshop } from './workshop.ts';

/** The living keys of the family by id: their state in a word. */
function statesOf(shop: Workshop): Record<string, string> {
  const family = shop.atlas.keys().filter((key) => key.desc.startsWith(DESC));
  return Object.fromEntries(family.map((key) => [key.id, readMark(key.desc)?.mark.state ?? 'current']));
}

async function ensured(shop: Workshop): Promise<string> {
  const { outcome } = await shop.run(requestsFor(shop.groupId).ensure());
  shop.atlas.clock.advance(5_000);
  return outcome?.facts?.key.id ?? '';
}

describe('a commit after a create whose answer was lost', () => {
  it.each(['step', 'job'] as const)('keeps the former current key (commit: %s)', async (commit) => {
    await using shop = await openWorkshop();
    const former = await ensured(shop);
    const { rotate } = requestsFor(shop.groupId);
    const run = await shop.run(rotate({ commit }), {
      // The list is the first signed request, the create the second.
      fault: { phase: 'after', skip: 1, action: { kind: 'reset' } },
    });
    expect(run.error).toBeUndefined();
    expect(run.outcome).toMatchObject({ result: 'rotated' });
    const made = run.outcome?.facts?.key.id ?? '';
    expect(statesOf(shop)).toEqual({ [former]: 'previous', [made]: 'current' });
  });
});

describe('a commit that was interrupted between its renames', () => {
  it('keeps the former current key when post does it again, beside a newer undecided one', async () => {
    await using shop = await openWorkshop();
    const former = await ensured(shop);
    const { rotate } = requestsFor(shop.groupId);
    await shop.run(rotate(), { job: 'failure' });
    shop.atlas.clock.advance(5_000);
    const run = await shop.run(rotate({ commit: 'step' }), {
      interruption: { of: 'renameKey', call: 2, moment: 'after' },
    });
    const [made] = run.record.delivered;
    expect(run.postCalls).toContain('renameKey');
    expect(statesOf(shop)).toMatchObject({ [former]: 'previous', [made?.apiUserId ?? '']: 'current' });
  });
});

describe('a family without a plain key', () => {
  it('is finished by ensure, when a commit stopped between its renames', async () => {
    await using shop = await openWorkshop();
    const former = await ensured(shop);
    const { rotate, ensure } = requestsFor(shop.groupId);
    const run = await shop.run(rotate(), {
      postInterruption: { of: 'renameKey', call: 2, moment: 'before' },
    });
    const made = run.record.delivered[0]?.apiUserId ?? '';
    expect(statesOf(shop)).toEqual({ [former]: 'previous', [made]: 'undecided' });
    await shop.run(ensure());
    expect(statesOf(shop)).toEqual({ [former]: 'previous', [made]: 'current' });
  });

  it('never makes a key current that a lost machine had not handed out', async () => {
    await using shop = await openWorkshop();
    const { rotate, ensure } = requestsFor(shop.groupId);
    const lost = await shop.run(rotate({ handover: STORING }), {
      interruption: { of: 'renameKey', call: 1, moment: 'after' },
      lost: true,
    });
    expect(lost.record.delivered).toEqual([]);
    shop.atlas.clock.advance(600_000);
    const run = await shop.run(ensure());
    expect(run.outcome?.result).toBe('created');
  });
});

describe('a key of the family that somebody deletes by hand', () => {
  it('does not stop a commit while it is still listed', async () => {
    await using shop = await openWorkshop({ settings: { deletedKeyLingersMs: 120_000 } });
    const former = await ensured(shop);
    shop.atlas.deleteKey(former);
    const run = await shop.run(requestsFor(shop.groupId).rotate());
    expect(run.postError).toBeUndefined();
    expect(statesOf(shop)).toEqual({ [run.record.delivered[0]?.apiUserId ?? '']: 'current' });
  });
});

describe('a machine that is lost while it rotates', () => {
  it.each([
    ...['signInAs', 'renameKey'].map((of) => ({ of, moment: 'before' }) as const),
    { of: 'signInAs', moment: 'after' } as const,
  ])('leaves a key that a sweep removes: lost $moment $of', async ({ of, moment }) => {
    await using shop = await openWorkshop();
    const former = await ensured(shop);
    const { rotate, sweep } = requestsFor(shop.groupId);
    await shop.run(rotate(), {
      interruption: { of: of as 'signInAs', call: 1, moment },
      lost: true,
    });
    expect(Object.values(statesOf(shop))).toEqual(['current', 'pending']);
    shop.atlas.clock.advance(600_000);
    await shop.run(sweep());
    expect(statesOf(shop)).toEqual({ [former]: 'current' });
  });
});

describe('a rotation that is killed once its key is handed out', () => {
  it('stays undecided, and is not swept', async () => {
    await using shop = await openWorkshop();
    const former = await ensured(shop);
    const { rotate, sweep } = requestsFor(shop.groupId);
    const run = await shop.run(rotate(), {
      interruption: { of: 'renameKey', call: 1, moment: 'before' },
    });
    const made = run.record.delivered[0]?.apiUserId ?? 'none';
    shop.atlas.clock.advance(600_000);
    await shop.run(sweep());
    expect(statesOf(shop)).toEqual({ [former]: 'current', [made]: 'undecided' });
  });

  it('is undecided before it is stored as a secret', async () => {
    await using shop = await openWorkshop();
    const { rotate } = requestsFor(shop.groupId);
    const states: string[] = [];
    await shop.run(rotate({ handover: STORING }), {
      store: async () => {
        states.push(...Object.values(statesOf(shop)));
      },
    });
    expect(states).toEqual(['undecided']);
  });
});
