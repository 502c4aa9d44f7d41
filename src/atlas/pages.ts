import type { Page } from './shapes.ts';

/** The most that Atlas gives at once, and as many keys as an organisation may hold. */
export const ITEMS_PER_PAGE = 500;

/** What a server gives that does not heed `itemsPerPage`. */
const DEFAULT_ITEMS = 100;

/** 500 keys is the documented limit; a list that is a hundred times as long never ends. */
export const MOST_PAGES = 100;

const SIDE_BY_SIDE = 4;

/** How often a list of several pages is read, while each time shows items that the last did not. */
const MOST_READS = 3;

/**
 * Reads a list to its end. Items move between pages while others come and go, so each is returned once, by its id, and
 * a list of several pages is read again, until that shows nothing new: one may have slipped to a page that was read
 * already. Undefined when there are more than `MOST_PAGES` pages.
 */
export async function readAllPages<T extends { readonly id: string }>(
  readPage: (pageNum: number) => Promise<Page<T>>,
): Promise<T[] | undefined> {
  const items = new Map<string, T>();
  for (let read = 1; read <= MOST_READS; read += 1) {
    const known = items.size;
    const pages = await readToTheEnd(readPage);
    if (pages === undefined) return undefined;
    for (const { results } of pages) for (const item of results) items.set(item.id, item);
    const hasSeveral = pages.filter(({ results }) => results.length > 0).length > 1;
    if (!hasSeveral || items.size === known) break;
  }
  return [...items.values()];
}

/**
 * The first page, then as many as `totalCount` promises, a few side by side, and then on until a page is short, for the
 * count is an estimate.
 */
async function readToTheEnd<T>(
  readPage: (pageNum: number) => Promise<Page<T>>,
): Promise<Page<T>[] | undefined> {
  const read: Page<T>[] = [];
  let received = 0;
  let batch = 1;
  while (read.length < MOST_PAGES) {
    const next = read.length + 1;
    const numbers = Array.from(
      { length: Math.min(batch, MOST_PAGES + 1 - next) },
      (_, index) => next + index,
    );
    const pages = await Promise.all(numbers.map(readPage));
    read.push(...pages);
    for (const { results } of pages) received += results.length;
    if (pages.some((page) => isLast(page, received))) return read;
    // not covered: every batch has a page, which the types do not know.
    const { results, totalCount = 0 } = pages.at(-1) ?? { results: [] };
    const promised = Math.ceil((totalCount - received) / Math.max(1, results.length));
    batch = Math.min(Math.max(1, promised), SIDE_BY_SIDE);
  }
  return undefined;
}

function isLast({ results, totalCount }: Page<unknown>, received: number): boolean {
  if (results.length >= ITEMS_PER_PAGE) return false;
  return results.length !== DEFAULT_ITEMS || totalCount === undefined || totalCount <= received;
}
