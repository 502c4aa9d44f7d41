/** A process that can be killed at any of its calls, without being one. */
import type { AccountCalls, Atlas } from '../../src/atlas/types.ts';

/** Where the process is killed. `before`: the call is never sent. `after`: it was carried out, and nobody heard of it. */
export interface Interruption {
  /** Only calls of this name count. */
  readonly of?: Exclude<keyof Atlas, 'serviceNow' | 'accounts'> | `accounts.${keyof AccountCalls}`;
  readonly call: number;
  readonly moment: 'before' | 'after';
}

const NEVER = new Promise<never>(() => {});

/** Counts a process's calls, and stops it where it is told to. */
export class Lifeline {
  /** The calls so far, by name. */
  readonly names: string[] = [];
  readonly cancelled = new AbortController();
  dead = false;
  readonly #end: Interruption | undefined;
  readonly #killed = Promise.withResolvers<'killed'>();
  /** Resolves when the process is killed. */
  readonly death = this.#killed.promise;

  constructor(end?: Interruption) {
    this.#end = end;
  }

  /** Nothing that the process was about to do happens any more. */
  kill(): void {
    this.dead = true;
    this.#killed.resolve('killed');
  }

  /** The work, unless the process is dead by then, or before its result is known. */
  async survive<T>(work: () => Promise<T>): Promise<T> {
    if (this.dead) return NEVER;
    try {
      return await work();
    } finally {
      if (this.dead) await NEVER;
    }
  }

  /** The same calls, each counted; those of service accounts as `accounts.list`. */
  watch(atlas: Atlas): Atlas {
    return { ...this.#watched(atlas, ''), accounts: this.#watched(atlas.accounts, 'accounts.') };
  }

  #watched<Calls extends object>(calls: Calls, prefix: string): Calls {
    const watched = Object.entries(calls).map(([name, call]) => {
      if (name === 'serviceNow' || typeof call !== 'function') return [name, call];
      return [name, (...args: unknown[]) => this.#call(`${prefix}${name}`, () => call(...args))];
    });
    return Object.fromEntries(watched) as Calls;
  }

  #call(name: string, send: () => Promise<unknown>): Promise<unknown> {
    if (this.dead) return NEVER;
    this.names.push(name);
    const moment = this.#isTheEnd(name) ? this.#end?.moment : undefined;
    if (moment === 'before') this.kill();
    return this.survive(async () => {
      try {
        return await send();
      } finally {
        if (moment === 'after') this.kill();
      }
    });
  }

  #isTheEnd(name: string): boolean {
    if (this.#end === undefined) return false;
    const { of, call } = this.#end;
    const counted = of === undefined ? this.names : this.names.filter((one) => one === of);
    return counted.length === call && (of === undefined || of === name);
  }
}
