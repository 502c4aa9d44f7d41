import { Faults, type Reader } from './reader.ts';

const HOUR = 3_600_000;
const UNITS = { s: 1000, m: 60_000, h: HOUR, d: 24 * HOUR } as const;
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

const YEAR = duration('8h', '365d', 'Atlas makes no secret that lives shorter or longer');
const WEEK = duration(
  '8h',
  '7d',
  'in mode `ephemeral` another run may make a secret of the same service account, and Atlas then ends this one within seven days',
);

/** How long the secret of a service account lives, in hours, which Atlas counts in. */
export const secretLifetime: Reader<number> = (text, context) => {
  const isEphemeral = context.mode === 'ephemeral';
  const read = isEphemeral ? WEEK : YEAR;
  const milliseconds = read(text || (isEphemeral ? '8h' : '90d'), context);
  if (milliseconds instanceof Faults) return milliseconds;
  return milliseconds % HOUR === 0
    ? milliseconds / HOUR
    : new Faults(`is ${context.quote(text)}, but Atlas counts whole hours: write it as hours or days.`);
};
