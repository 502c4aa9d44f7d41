/** A summary, or a part of it, as a person reads it: no tags, references resolved. */
export function readable(summary: string): string {
  return summary
    .replace(/<[^>]*>/g, '')
    .replace(/&#(\d+);/g, (_, code) => String.fromCodePoint(Number(code)));
}
