import { expect, it } from 'vitest';
import { concurrently } from '../../src/keys/concurrently.ts';

it('works on as many at once as the limit allows, and gives what each gave in their order', async () => {
  let now = 0;
  let most = 0;
  const values = await concurrently([5, 1, 4, 2, 3], 2, async (item) => {
    now += 1;
    most = Math.max(most, now);
    await new Promise((resolve) => setTimeout(resolve, item));
    now -= 1;
    return item * 10;
  });
  expect(most).toBe(2);
  expect(values).toEqual([50, 10, 40, 20, 30]);
});

it('fails with what fails, and nothing is swallowed', async () => {
  const work = async (item: number): Promise<number> => {
    if (item === 2) throw new Error('two');
    return item;
  };
  await expect(concurrently([1, 2, 3], 2, work)).rejects.toThrow('two');
});

it('of nothing is done at once', async () => {
  expect(await concurrently([], 8, async () => 1)).toEqual([]);
});
