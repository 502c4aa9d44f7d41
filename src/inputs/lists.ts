import { Faults, type Reader } from './reader.ts';

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

/** Reads each item of a list; what is wrong with any of them is told. */
export function listOf<Item>(readItem: Reader<Item>): Reader<readonly Item[]> {
  return (text, context) => {
    const read = parseList(text).items.map((item) => readItem(item, context));
    const faults = read.flatMap((one) => (one instanceof Faults ? one.sentences : []));
    return faults.length > 0 ? new Faults(...faults) : (read as Item[]);
  };
}
