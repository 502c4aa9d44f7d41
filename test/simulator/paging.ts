import { Refusal } from './errors.ts';

/** The paging a list was asked for. */
export interface Paging {
  readonly pageNum: number;
  readonly itemsPerPage: number;
  readonly includeCount: boolean;
}

/** One page as the service answers it. */
export interface Page {
  readonly links: { href: string; rel: string }[];
  readonly results: readonly unknown[];
  readonly totalCount?: number;
}

/** A query parameter that is `true` or `false`. */
export function readFlag(query: URLSearchParams, name: string, fallback: boolean): boolean {
  const text = query.get(name);
  if (text === null) return fallback;
  if (text !== 'true' && text !== 'false') throw new Refusal('INVALID_QUERY_PARAMETER', [name]);
  return text === 'true';
}

/** Reads `pageNum` (from 1), `itemsPerPage` (1 to 500) and `includeCount`. */
export function readPaging(query: URLSearchParams): Paging {
  return {
    pageNum: readNumber(query, 'pageNum', 1, Number.MAX_SAFE_INTEGER),
    itemsPerPage: readNumber(query, 'itemsPerPage', 100, 500),
    includeCount: readFlag(query, 'includeCount', true),
  };
}

function readNumber(query: URLSearchParams, name: string, fallback: number, most: number): number {
  const text = query.get(name);
  if (text === null) return fallback;
  const value = /^\d{1,15}$/.test(text) ? Number(text) : 0;
  if (value < 1 || value > most) throw new Refusal('INVALID_QUERY_PARAMETER', [name]);
  return value;
}

/** Cuts one page out of the whole list; `href` is the list's own address without a query, `filter` what it was asked for. */
export function paginate(
  items: readonly unknown[],
  paging: Paging,
  href: string,
  filter: Readonly<Record<string, string>> = {},
): Page {
  const { pageNum, itemsPerPage, includeCount } = paging;
  const first = (pageNum - 1) * itemsPerPage;
  const wanted = Object.entries(filter).map(([name, value]) => `${name}=${encodeURIComponent(value)}&`);
  const start = `${href}?includeCount=${includeCount}&${wanted.join('')}`;
  const links = [{ href: `${start}pageNum=${pageNum}&itemsPerPage=${itemsPerPage}`, rel: 'self' }];
  // The other way round than in the link to the page itself, as recorded.
  const link = (rel: string, page: number) => ({
    href: `${start}itemsPerPage=${itemsPerPage}&pageNum=${page}`,
    rel,
  });
  if (pageNum > 1) links.push(link('previous', pageNum - 1));
  if (first + itemsPerPage < items.length) links.push(link('next', pageNum + 1));
  const page = { links, results: items.slice(first, first + itemsPerPage) };
  return includeCount ? { ...page, totalCount: items.length } : page;
}
