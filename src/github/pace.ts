/** So many writes follow each other as fast as they can. */
const FEW = 20;

/**
 * Milliseconds between the others.
 * https://docs.github.com/rest/using-the-rest-api/best-practices-for-using-the-rest-api#pause-between-mutative-requests
 */
const BETWEEN_WRITES = 1000;

/** When the calls that share one token may be sent. */
export interface Pace {
  /** Resolves when this call may be sent. */
  turn(method: 'GET' | 'PUT'): Promise<void>;
  /** No call may be sent for so many milliseconds: that is how GitHub answers one that came too fast. */
  hold(milliseconds: number): void;
  /** Why no call may be sent any more: it would be refused, and GitHub bans who goes on. */
  exhausted: string | undefined;
}

/** @param writes how many are to come */
export function startPace(writes: number, pause: (milliseconds: number) => Promise<void>): Pace {
  let last = Promise.resolve();
  let held = Promise.resolve();
  let written = 0;
  return {
    exhausted: undefined,
    turn(method) {
      if (method === 'PUT' && writes > FEW && written++ > 0) {
        last = last.then(() => pause(BETWEEN_WRITES)).then(() => held);
      }
      // Who is held is known only when the turn has come.
      return last.then(() => held);
    },
    hold(milliseconds) {
      const over = pause(milliseconds);
      held = held.then(() => over);
    },
  };
}

/** How long so many writes take at the least, in milliseconds. */
export function timeOfWrites(writes: number): number {
  return writes > FEW ? (writes - 1) * BETWEEN_WRITES : 0;
}
