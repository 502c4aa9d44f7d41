import { expect, it } from 'vitest';
import { requestsFor } from '../faults/requests.ts';
import { openWorkshop } from '../faults/workshop.ts';

it('verify gives up after ten seconds, however slow the answers are, deletes the key and fails', async () => {
  await using shop = await openWorkshop({ settings: { newKeyRefusedMs: 3_600_000, latencyMs: 50 } });
  const { error, entry, record } = await shop.run(requestsFor(shop.groupId).ensure());
  expect(String(error)).toMatch(/Atlas still refuses the new key .* after 10 seconds/);
  const { history } = shop.atlas;
  const [made] = history.changes.filter(({ kind }) => kind === 'created').slice(-1);
  const last = history.find('getSystemStatus').at(-1);
  expect((last?.at ?? 0) - (made?.at ?? 0)).toBeLessThan(12_000);
  expect(record.delivered).toEqual([]);
  expect(entry).toEqual({ phase: 'idle' });
  expect(shop.atlas.key(made?.keyId ?? '')?.deletedAt).toBeDefined();
});
