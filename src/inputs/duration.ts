import { type Environment, type InputName, readInput } from './environment.ts';
import type { Findings } from './findings.ts';

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

/** The shortest form that `parseDuration` reads back, in whole seconds. */
export function formatDuration(milliseconds: number): string {
  const seconds = Math.floor(milliseconds / UNITS.s) * UNITS.s;
  if (seconds === 0) return '0';
  const unit = (['d', 'h', 'm'] as const).find((candidate) => seconds % UNITS[candidate] === 0) ?? 's';
  return `${seconds / UNITS[unit]}${unit}`;
}

export interface DurationBounds {
  readonly min: number;
  readonly max: number;
  /** Why it must not be shorter or longer, as the end of the sentence. */
  readonly reason: string;
}

/** A duration input within its bounds. */
export function readDuration(
  environment: Environment,
  name: InputName,
  bounds: DurationBounds,
  findings: Findings,
): number {
  const text = readInput(environment, name);
  const duration = parseDuration(text);
  if (duration === undefined) {
    findings.problem(
      /^\d+$/.test(text)
        ? `\`${name}\` is ${findings.quote(text)}, which has no unit: write seconds, minutes, hours or days, such as \`120s\`, \`90m\`, \`24h\` or \`7d\`.`
        : `\`${name}\` is ${findings.quote(text)}, which is not a duration: write a whole number and a unit, such as \`120s\`, \`90m\`, \`24h\` or \`7d\`.`,
    );
    return bounds.min;
  }
  if (duration < bounds.min || duration > bounds.max) {
    const range = `from ${formatDuration(bounds.min)} to ${formatDuration(bounds.max)}`;
    findings.problem(`\`${name}\` is ${findings.quote(text)}, but must be ${range}: ${bounds.reason}.`);
  }
  return duration;
}
