export interface List {
  readonly items: readonly string[];
  /** What stood there more than once. */
  readonly repeated: readonly string[];
}

/** Items one a line or separated by commas, in their order, each once. */
export function parseList(text: string): List {
  const all = text
    .split(/[,\r\n]/)
    .map((item) => item.trim())
    .filter((item) => item !== '');
  const items = [...new Set(all)];
  return { items, repeated: items.filter((item) => all.indexOf(item) !== all.lastIndexOf(item)) };
}

/** `a`, `b` and `c`, as names in a sentence. */
export function nameAll(names: readonly string[], conjunction: 'and' | 'or'): string {
  const marked = names.map((name) => `\`${name}\``);
  const last = marked.slice(-1).join('');
  return marked.length < 2 ? last : `${marked.slice(0, -1).join(', ')} ${conjunction} ${last}`;
}
