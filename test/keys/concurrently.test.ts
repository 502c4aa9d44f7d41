import { expect, it } from 'vitest';
import { concurrently } from '../../src/keys/concurrently.ts';

it('works on as many at once as the limit allows, and tells how each ended in their order', async () => {
  let now = 0;
  let most = 0;
  const results = await concurrently([5, 1, 4, 2, 3], 2, async (item) => {
    now += 1;
    most = Math.max(most, now);
    await new Promise((resolve) => setTimeout(resolve, item));
    now -= 1;
    if (item === 1) throw new Error('one');
    return item * 10;
  });
  expect(most).toBe(2);
  const ends = results.map((one) => (one.status === 'fulfilled' ? one.value : one.reason.message));
  expect(ends).toEqual([50, 'one', 40, 20, 30]);
});

it('of nothing is done at once', async () => {
  expect(await concurrently([], 8, async () => 1)).toEqual([]);
});
