import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readAllPages } from '../../src/atlas/pages.ts';

const items = (count: number) => Array.from({ length: count }, (_, index) => ({ id: `${index}` }));

function server(
  all: { id: string }[],
  { pageSize = 500, totalCount = (n: number): number | undefined => n } = {},
) {
  const asked: number[] = [];
  const readPage = async (pageNum: number) => {
    asked.push(pageNum);
    const results = all.slice((pageNum - 1) * pageSize, pageNum * pageSize);
    return { results, totalCount: totalCount(all.length) };
  };
  return { asked, readPage };
}

describe('a list', () => {
  it.each([
    [0, 1],
    [1, 1],
    [499, 1],
    [500, 2],
  ])('of %i items takes %i pages', async (count, pages) => {
    const { asked, readPage } = server(items(count));
    expect(await readAllPages(readPage)).toHaveLength(count);
    expect(asked.length).toBeLessThanOrEqual(pages);
    expect(new Set(asked).size, 'no page is asked for twice').toBe(asked.length);
  });

  it.each([
    [501, 2],
    [1000, 3],
    [2100, 5],
    [2600, 6],
  ])('of %i items takes %i pages, twice, for some may have slipped away', async (count, pages) => {
    const { asked, readPage } = server(items(count));
    expect(await readAllPages(readPage)).toHaveLength(count);
    expect(new Set(asked).size).toBe(asked.length / 2);
    expect(asked.length).toBeLessThanOrEqual(2 * pages);
  });

  it('holds an item that slipped to a page that was read already, when another was deleted', async () => {
    const all = items(502);
    const { asked, readPage } = server(all);
    const found = await readAllPages(async (pageNum) => {
      const page = await readPage(pageNum);
      if (asked.length === 1) all.shift();
      return page;
    });
    expect(found?.map(({ id }) => id)).toContain('500');
    expect(asked).toEqual([1, 2, 1, 2, 1, 2]);
  });

  it('is read to its end whatever the total says', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: 3_000 }),
        fc.option(fc.integer(), { nil: undefined }),
        async (count, lie) => {
          const { readPage } = server(items(count), { totalCount: () => lie });
          expect(await readAllPages(readPage)).toHaveLength(count);
        },
      ),
      { numRuns: 50 },
    );
  });

  it('is read to its end from a server that gives 100 at most', async () => {
    const { readPage } = server(items(350), { pageSize: 100 });
    expect(await readAllPages(readPage)).toHaveLength(350);
  });

  it('holds an item once that moved from page to page', async () => {
    const { readPage } = server([...items(500), ...items(3)]);
    expect(await readAllPages(readPage)).toHaveLength(500);
  });

  it('is read up to as many pages as may be', async () => {
    const { readPage, asked } = server(items(12_499), { totalCount: () => undefined });
    expect(await readAllPages(readPage)).toHaveLength(12_499);
    expect(asked).toHaveLength(50);
  });

  it('of 100 items without a total is not suspected of more', async () => {
    const { readPage, asked } = server(items(100), { totalCount: () => undefined });
    await readAllPages(readPage);
    expect(asked).toEqual([1]);
  });

  it('that changes all the time, or never ends, is given up', async () => {
    let made = 0;
    const { asked, readPage } = server(items(600));
    const changing = readAllPages(async (pageNum) => {
      const { results, totalCount } = await readPage(pageNum);
      return { results: [...results.slice(1), { id: `new ${made++}` }], totalCount };
    });
    expect(await changing).toBeUndefined();
    let pages = 0;
    const endless = readAllPages(async () => {
      pages++;
      return { results: items(500), totalCount: Number.MAX_SAFE_INTEGER };
    });
    expect(await endless).toBeUndefined();
    expect([asked.length, pages]).toEqual([50, 50]);
  });
});
