/** Reading parsed YAML strictly: what is not known here is an error, so that no test passes on a misread file. */

export type Fields = Readonly<Record<string, unknown>>;

/** A mapping, with no other keys than the known ones where they are given. */
export function fields(value: unknown, place: string, known?: readonly string[]): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new Error(`${place}: not a mapping`);
  const record = value as Fields;
  const unknown = Object.keys(record).filter((key) => known !== undefined && !known.includes(key));
  if (unknown.length > 0) throw new Error(`${place}: unknown ${unknown.join(', ')}`);
  return record;
}

/** The entries of a mapping that may be absent. */
export function entries(value: unknown, place: string): [string, unknown][] {
  return value === undefined || value === null ? [] : Object.entries(fields(value, place));
}

/** A mapping to texts; GitHub takes every scalar as its text. */
export function texts(value: unknown, place: string): Record<string, string> {
  return Object.fromEntries(
    entries(value, place).map(([key, entry]) => [key, scalarText(entry, `${place}.${key}`)]),
  );
}

/** A text that must be there. */
export function requiredText(value: unknown, place: string): string {
  if (typeof value !== 'string' || value === '') throw new Error(`${place}: not a text`);
  return value;
}

/** A scalar of any type as text; nothing stays nothing. */
export function optionalText(value: unknown, place: string): string | undefined {
  return value === undefined ? undefined : scalarText(value, place);
}

function scalarText(value: unknown, place: string): string {
  if (typeof value === 'object' && value !== null) throw new Error(`${place}: not a scalar`);
  return value === null ? '' : String(value);
}
