/** A test that gets a workshop of its own. Its time leaps over pauses, so a busy machine is given all that it needs. */
import { it as test } from 'vitest';
import { openWorkshop, type Workshop, type WorkshopOptions } from '../faults/workshop.ts';

export const openShop = (options: WorkshopOptions = {}) => openWorkshop({ speed: 'leaps', ...options });

export const it = test.extend<{ shop: Workshop }>({
  // biome-ignore lint/correctness/noEmptyPattern: vitest reads from it what else a fixture needs
  shop: async ({}, use) => {
    await using shop = await openShop();
    await use(shop);
  },
});
