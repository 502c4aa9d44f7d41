import { type AtlasOptions, type AtlasSession, openAtlas } from '../../src/atlas/api.ts';
import { AtlasError } from '../../src/atlas/errors.ts';
import { type Deadline, type Machine, startDeadline } from '../../src/atlas/time.ts';
import { clock as ownClock, shortPause } from './time.ts';

/** A session, what it masked and logged, and how long it would have waited. */
export interface TestSession extends AtlasSession {
  readonly masked: string[];
  readonly lines: string[];
  /** What it said of long waits. */
  readonly told: string[];
  readonly waits: number[];
}

export interface TestOptions extends Partial<Omit<AtlasOptions, 'deadline' | 'machine'> & Machine> {
  readonly baseUrl: string;
  readonly credentials: AtlasOptions['credentials'];
  /** Milliseconds; twenty seconds when left out. */
  readonly timeout?: number;
  readonly deadline?: Deadline;
}

/** Opens a session whose pauses take no time, and that says what it did. */
export function openSession({
  timeout = 20_000,
  clock = ownClock,
  pause,
  random = () => 0,
  ...options
}: TestOptions): TestSession {
  const masked: string[] = [];
  const lines: string[] = [];
  const told: string[] = [];
  const waits: number[] = [];
  const session = openAtlas({
    surface: 'atlas/v2',
    // As if there were all the time in the world, so that it is the tries that end, and not the deadline.
    deadline: { ...startDeadline(timeout, ownClock), remaining: () => 10_000_000 },
    machine: {
      clock,
      pause: pause ?? shortPause(waits),
      random,
      mask: (secret) => masked.push(secret),
      info: (line) => told.push(line),
      debug: (line) => lines.push(line),
    },
    ...options,
  });
  return { ...session, masked, lines, told, waits };
}

/** What a call that must fail fails with. */
export async function failureOf(call: Promise<unknown>): Promise<AtlasError> {
  const error = await call.then(
    (value) => new Error(`should have failed, but gave ${JSON.stringify(value)}`),
    (reason: unknown) => reason,
  );
  if (error instanceof AtlasError) return error;
  throw error;
}
