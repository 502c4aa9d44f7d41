import { Refusal } from './errors.ts';
import type { Result } from './operation.ts';

/** A query parameter that is `true` or `false`. */
export function readFlag(query: URLSearchParams, name: string, fallback: boolean): boolean {
  const text = query.get(name);
  if (text === null) return fallback;
  if (text !== 'true' && text !== 'false') throw new Refusal('INVALID_QUERY_PARAMETER', [name]);
  return text === 'true';
}

/** `pageNum` (from 1), or `itemsPerPage` (1 to 500). */
function readNumber(query: URLSearchParams, name: string, fallback: number, most: number): number {
  const text = query.get(name);
  if (text === null) return fallback;
  const value = /^\d{1,15}$/.test(text) ? Number(text) : 0;
  if (value < 1 || value > most) throw new Refusal('INVALID_QUERY_PARAMETER', [name]);
  return value;
}

/** The page that was asked for; `href` is the list's own address without a query. */
export function pageOf(
  items: readonly unknown[],
  { query }: { readonly query: URLSearchParams },
  href: string,
): Result {
  const pageNum = readNumber(query, 'pageNum', 1, Number.MAX_SAFE_INTEGER);
  const itemsPerPage = readNumber(query, 'itemsPerPage', 100, 500);
  const includeCount = readFlag(query, 'includeCount', true);
  const first = (pageNum - 1) * itemsPerPage;
  const start = `${href}?includeCount=${includeCount}&`;
  const links = [{ href: `${start}pageNum=${pageNum}&itemsPerPage=${itemsPerPage}`, rel: 'self' }];
  // The other way round than in the link to the page itself, as recorded.
  const link = (rel: string, page: number): void =>
    void links.push({ href: `${start}itemsPerPage=${itemsPerPage}&pageNum=${page}`, rel });
  if (pageNum > 1) link('previous', pageNum - 1);
  if (first + itemsPerPage < items.length) link('next', pageNum + 1);
  const page = { links, results: items.slice(first, first + itemsPerPage) };
  return { status: 200, body: includeCount ? { ...page, totalCount: items.length } : page };
}
