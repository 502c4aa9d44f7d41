import { expect, it } from 'vitest';
import { requestsFor } from '../faults/requests.ts';
import { openWorkshop } from '../faults/workshop.ts';

it('verify gives up after ten seconds, however slow the answers are, deletes the key and fails', async () => {
  await using shop = await openWorkshop({ settings: { newKeyRefusedMs: 3_600_000 }, speed: 'leaps' });
  const { history, clock, faults } = shop.atlas;
  const slow = { times: Number.POSITIVE_INFINITY, run: () => clock.advance(1_500) };
  faults.add({ when: { operation: 'getSystemStatus' }, phase: 'arrival', ...slow });
  const { error, entry, record } = await shop.run(requestsFor(shop.groupId).ensure());
  expect(String(error)).toMatch(/Atlas still refuses the new key .* after 10 seconds/);
  const made = history.changes.findLast(({ kind }) => kind === 'created');
  const tries = history.find('getSystemStatus');
  expect(tries.length).toBeLessThan(10);
  expect((tries.at(-1)?.at ?? 0) - (made?.at ?? 0)).toBeLessThan(12_000);
  expect(record.delivered).toEqual([]);
  expect(entry).toEqual({ phase: 'idle' });
  expect(shop.atlas.key(made?.keyId ?? '')?.deletedAt).toBeDefined();
});
