/** A test that gets a workshop of its own. */
import { it as test } from 'vitest';
import { openWorkshop, type Workshop } from '../faults/workshop.ts';

export const it = test.extend<{ shop: Workshop }>({
  // biome-ignore lint/correctness/noEmptyPattern: vitest reads from it what else a fixture needs
  shop: async ({}, use) => {
    await using shop = await openWorkshop();
    await use(shop);
  },
});
