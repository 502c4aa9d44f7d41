import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readAllPages } from '../../src/atlas/calls.ts';

const items = (count: number) => Array.from({ length: count }, (_, index) => ({ id: `${index}` }));

function server(all: { id: string }[], { pageSize = 500, totalCount = all.length } = {}) {
  const asked: number[] = [];
  const readPage = async (pageNum: number) => {
    asked.push(pageNum);
    return { results: all.slice((pageNum - 1) * pageSize, pageNum * pageSize), totalCount };
  };
  return { asked, readPage };
}

describe('a list', () => {
  it.each([
    [0, [1]],
    [499, [1]],
    [500, [1, 2]],
    [501, [1, 2, 1, 2]],
    [1000, [1, 2, 3, 1, 2, 3]],
    [2100, [1, 2, 3, 4, 5, 1, 2, 3, 4, 5]],
  ])(
    'of %i items takes the pages %j: several twice, for some may have slipped away',
    async (count, pages) => {
      const { asked, readPage } = server(items(count));
      expect(await readAllPages(readPage)).toHaveLength(count);
      expect(asked).toEqual(pages);
    },
  );

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
      fc.asyncProperty(fc.integer({ min: 0, max: 3_000 }), fc.integer(), async (count, totalCount) => {
        const { readPage } = server(items(count), { totalCount });
        expect(await readAllPages(readPage)).toHaveLength(count);
      }),
      { numRuns: 30 },
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
    const { readPage, asked } = server(items(12_499), { totalCount: 0 });
    expect(await readAllPages(readPage)).toHaveLength(12_499);
    expect(asked).toHaveLength(50);
  });

  it('of 100 items without a total is not suspected of more', async () => {
    const { readPage, asked } = server(items(100), { totalCount: 0 });
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
