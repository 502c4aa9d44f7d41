/**
 * Lines that no test runs, each with its reason beside it: `// not covered: reason`, behind the code or on a line of its
 * own above it.
 */
const MARK = /\/\/ not covered: \S/;

/** The numbers of the lines of code that are marked. */
export function markedLines(source: string): ReadonlySet<number> {
  const lines = source.split('\n');
  const marked = new Set<number>();
  for (const [index, line] of lines.entries()) {
    if (!MARK.test(line)) continue;
    const below = lines.slice(index).findIndex((text) => !/^\s*(?:\/\/.*)?$/.test(text));
    marked.add(index + 1 + Math.max(0, below));
  }
  return marked;
}
