import type { Page } from './shapes.ts';

/** The most that Atlas gives at once, and as many keys as an organisation may hold. */
export const ITEMS_PER_PAGE = 500;

/** How many items a server gives that ignores `itemsPerPage`. */
const DEFAULT_ITEMS = 100;

/** Twenty-five pages, each read twice, hold far more than the 500 keys that Atlas allows: a longer list never ends. */
export const MOST_PAGES = 50;

/**
 * Reads a list to its end. Items move between pages while others come and go, so each is returned once, by its id, and
 * a list of several pages is read again, until that shows nothing new: one may have slipped to a page that was read
 * already. Undefined when that takes more than `MOST_PAGES` pages.
 */
export async function readAllPages<T extends { readonly id: string }>(
  readPage: (pageNum: number) => Promise<Page<T>>,
): Promise<T[] | undefined> {
  const items = new Map<string, T>();
  let known = -1;
  let pageNum = 1;
  for (let pages = 1; pages <= MOST_PAGES; pages++) {
    const { results, totalCount = 0 } = await readPage(pageNum);
    for (const item of results) items.set(item.id, item);
    const isLast =
      results.length < ITEMS_PER_PAGE && (results.length !== DEFAULT_ITEMS || totalCount <= items.size);
    const pagesWithItems = results.length > 0 ? pageNum : pageNum - 1;
    if (!isLast) pageNum += 1;
    else if (pagesWithItems <= 1 || items.size === known) return [...items.values()];
    else [known, pageNum] = [items.size, 1];
  }
  return undefined;
}
