import { Faults, type Reader } from './reader.ts';

const UNITS = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;
type Unit = keyof typeof UNITS;

/** Milliseconds of `120s`, `90m`, `24h`, `7d` or `0`; `undefined` for anything else. */
export function parseDuration(text: string): number | undefined {
  if (text === '0') return 0;
  const groups = /^(?<count>\d+)(?<unit>[smhd])$/.exec(text)?.groups;
  if (groups === undefined) return undefined;
  // Beyond this, milliseconds are no longer exact; every bound lies far below.
  return Math.min(Number(groups.count) * UNITS[groups.unit as Unit], Number.MAX_SAFE_INTEGER);
}

/** A duration in milliseconds, from `min` to `max` as they are written here; `because` ends the sentence. */
export function duration(min: string, max: string, because: string): Reader<number> {
  const [least = 0, most = 0] = [min, max].map(parseDuration);
  return (text, { quote }) => {
    const milliseconds = parseDuration(text);
    if (milliseconds === undefined) {
      const fault = /^\d+$/.test(text)
        ? 'which has no unit: write seconds, minutes, hours or days'
        : 'which is not a duration: write a whole number and a unit';
      return new Faults(`is ${quote(text)}, ${fault}, such as \`120s\`, \`90m\`, \`24h\` or \`7d\`.`);
    }
    if (milliseconds >= least && milliseconds <= most) return milliseconds;
    return new Faults(`is ${quote(text)}, but must be from ${min} to ${max}: ${because}.`);
  };
}
