/** A process that can be killed or cancelled at any of its calls, without being one. */
import type { Atlas } from '../../src/atlas/types.ts';

/** Where the process ends. `before`: the call is never sent. `after`: it was carried out, and nobody heard of it. */
export interface Interruption {
  readonly how: 'kill' | 'cancel';
  /** Only calls of this name count. */
  readonly of?: Exclude<keyof Atlas, 'serviceNow'>;
  /** The call's number, from 1. */
  readonly call: number;
  readonly moment: 'before' | 'after';
}

const NEVER = new Promise<never>(() => {});

/** Counts a process's calls, and stops it where it is told to. */
export class Lifeline {
  /** The calls so far, by name. */
  readonly names: string[] = [];
  readonly cancelled = new AbortController();
  readonly #interruption: Interruption | undefined;
  readonly #death = Promise.withResolvers<'killed'>();
  #dead = false;

  constructor(interruption?: Interruption) {
    this.#interruption = interruption;
  }

  get dead(): boolean {
    return this.#dead;
  }

  /** Resolves when the process is killed. */
  get death(): Promise<'killed'> {
    return this.#death.promise;
  }

  /** Nothing that the process was about to do happens any more. */
  kill(): void {
    this.#dead = true;
    this.#death.resolve('killed');
  }

  /** The work, unless the process is dead by then, or before its result is known. */
  async survive<T>(work: () => Promise<T>): Promise<T> {
    if (this.#dead) return NEVER;
    try {
      return await work();
    } finally {
      if (this.#dead) await NEVER;
    }
  }

  /** The same calls, each counted. */
  watch(atlas: Atlas): Atlas {
    return new Proxy(atlas, {
      get: (target, name: keyof Atlas) => {
        if (name === 'serviceNow') return target.serviceNow;
        const call = target[name] as (...args: unknown[]) => Promise<unknown>;
        return (...args: unknown[]) => this.#call(name, () => call(...args));
      },
    });
  }

  #call(name: string, send: () => Promise<unknown>): Promise<unknown> {
    if (this.#dead) return NEVER;
    this.names.push(name);
    const strikes = this.#isStruckBy(name) ? this.#interruption : undefined;
    if (strikes?.moment === 'before') this.#strike(strikes.how);
    return this.survive(async () => {
      try {
        return await send();
      } finally {
        if (strikes?.moment === 'after') this.#strike(strikes.how);
      }
    });
  }

  #isStruckBy(name: string): boolean {
    if (this.#interruption === undefined) return false;
    const { of, call } = this.#interruption;
    const counted = of === undefined ? this.names : this.names.filter((one) => one === of);
    return counted.length === call && (of === undefined || of === name);
  }

  #strike(how: Interruption['how']): void {
    if (how === 'kill') this.kill();
    else this.cancelled.abort(new Error('SIGINT'));
  }
}
