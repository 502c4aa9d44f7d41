/**
 * Runs `work` on every item, at most `limit` at once, and returns how each ended, in the items' order. One
 * failure does not stop the others.
 */
export async function concurrently<Item, Value>(
  items: readonly Item[],
  limit: number,
  work: (item: Item) => Promise<Value>,
): Promise<PromiseSettledResult<Value>[]> {
  const results: PromiseSettledResult<Value>[] = [];
  const queue = items.entries();
  const worker = async (): Promise<void> => {
    for (const [index, item] of queue) {
      [results[index]] = (await Promise.allSettled([work(item)])) as [PromiseSettledResult<Value>];
    }
  };
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, worker));
  return results;
}
