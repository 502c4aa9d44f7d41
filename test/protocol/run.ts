/**
 * One run of main or of post, by the domain's own code. A run knows nothing but what it was answered, so it is told by
 * its answers: whoever gave it the same ones before finds the moment after them again, and nothing runs twice.
 */

import { AtlasError } from '../../src/atlas/errors.ts';
import type { AccountCalls, Atlas } from '../../src/atlas/types.ts';
import type { JournalEntry, LeaseEntry } from '../../src/keys/journal.ts';
import type { Outcome } from '../../src/keys/outcome.ts';
import { DeliveryError, type Step } from '../../src/keys/step.ts';
import type { Answer, Call } from './world.ts';

/** What a run has saved for its post. */
export type Entry = JournalEntry | LeaseEntry;

const TIMEOUT = 120_000;
const KEPT_FOR_UNDOING = 10_000;

export interface Origin {
  readonly nonce: string;
  readonly caller: string;
  /** By the service's clock, in milliseconds since 1970. */
  readonly startedAt: number;
  readonly stores: boolean;
  readonly entry: Entry;
  work(step: Step): Promise<Partial<Outcome>>;
}

export type End = { readonly value: Partial<Outcome> } | { readonly error: unknown };

/** Whether the time for these calls of a run is up at this time. */
export function isUp(budget: Call['budget'], startedAt: number, now: number): boolean {
  return now - startedAt >= (budget === 'atlas' ? TIMEOUT - KEPT_FOR_UNDOING : TIMEOUT);
}

interface Given {
  readonly call: number;
  readonly answer: Answer;
  readonly now: number;
}

/** Where a run is after these answers: what it waits for, or how it has ended. */
export class Moment {
  static #count = 0;
  /** Tells this moment from all others. */
  readonly id: number;
  readonly waiting: readonly Call[];
  /** What it saved for post since the answer before. */
  readonly saved: readonly Entry[];
  readonly entry: Entry;
  readonly end: End | undefined;
  readonly origin: Origin;
  readonly #given: readonly Given[];
  readonly #later = new Map<string, Moment>();
  #enactment: Enactment | undefined;

  private constructor(origin: Origin, given: readonly Given[], before: Entry, enactment: Enactment) {
    Moment.#count += 1;
    this.id = Moment.#count;
    this.origin = origin;
    this.#given = given;
    this.waiting = enactment.end === undefined ? enactment.waiting() : [];
    this.saved = enactment.takeSaved();
    this.entry = this.saved.at(-1) ?? before;
    this.end = enactment.end;
    this.#enactment = enactment;
  }

  static async first(origin: Origin): Promise<Moment> {
    return new Moment(origin, [], origin.entry, await enact(origin, []));
  }

  /** The moment after one more answer. */
  async after({ number: call }: Call, answer: Answer, now: number): Promise<Moment> {
    const name = `${call} ${now} ${JSON.stringify(answer)}`;
    const known = this.#later.get(name);
    if (known !== undefined) return known;
    const enactment = this.#enactment ?? (await enact(this.origin, this.#given));
    this.#enactment = undefined;
    enactment.takeSaved();
    await enactment.give({ call, answer, now });
    const moment = new Moment(this.origin, [...this.#given, { call, answer, now }], this.entry, enactment);
    this.#later.set(name, moment);
    return moment;
  }
}

async function enact(origin: Origin, given: readonly Given[]): Promise<Enactment> {
  const enactment = new Enactment(origin);
  await everythingWaits();
  for (const one of given) await enactment.give(one);
  return enactment;
}

/** Resolves when no promise of the domain can go on by itself. */
function everythingWaits(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

class Enactment {
  end: End | undefined;
  readonly #origin: Origin;
  readonly #open = new Map<number, { readonly call: Call; readonly answer: (answer: Answer) => void }>();
  #saved: Entry[] = [];
  #calls = 0;
  #now: number;
  /** A pause went on until the time was up. */
  #timedOut = false;

  constructor(origin: Origin) {
    this.#origin = origin;
    this.#now = origin.startedAt;
    origin.work(this.#step()).then(
      (value) => {
        this.end = { value };
      },
      (error) => {
        this.end = { error };
      },
    );
  }

  waiting(): Call[] {
    return [...this.#open.values()].map(({ call }) => call);
  }

  takeSaved(): Entry[] {
    return this.#saved.splice(0);
  }

  async give({ call, answer, now }: Given): Promise<void> {
    const open = this.#open.get(call);
    this.#open.delete(call);
    this.#now = now;
    if (open?.call.name === 'pause' && 'error' in answer) this.#timedOut = true;
    open?.answer(answer);
    await everythingWaits();
  }

  #isUp(budget: Call['budget']): boolean {
    return (this.#timedOut && budget === 'atlas') || isUp(budget, this.#origin.startedAt, this.#now);
  }

  #ask(budget: Call['budget'], name: Call['name'], ...args: readonly unknown[]): Promise<unknown> {
    if (name !== 'output' && this.#isUp(budget))
      return Promise.reject(new AtlasError('The time is up.', { kind: 'timeout' }));
    this.#calls += 1;
    const call: Call = { number: this.#calls, budget, name, args };
    return new Promise((resolve, reject) => {
      this.#open.set(call.number, {
        call,
        answer: (answer) => {
          if ('value' in answer) resolve(answer.value);
          else if ('error' in answer)
            reject(new AtlasError(`${name}: ${answer.error}`, { kind: answer.error }));
          else reject(new DeliveryError('The secret could not be stored.', { ...answer, cause: undefined }));
        },
      });
    });
  }

  #atlas(budget: Call['budget']): Atlas {
    const ask =
      (name: Call['name']) =>
      (...args: unknown[]) =>
        this.#ask(budget, name, ...args);
    const accounts = new Proxy({} as AccountCalls, {
      get: (_, name: keyof AccountCalls) => ask(`accounts.${name}`),
    });
    return new Proxy({} as Atlas, {
      get: (_, name: Exclude<Call['name'], `accounts.${string}`> | 'serviceNow' | 'accounts') => {
        if (name === 'serviceNow') return () => this.#now;
        return name === 'accounts' ? accounts : ask(name);
      },
    });
  }

  #step(): Step {
    const { nonce, caller, startedAt, stores } = this.#origin;
    const deliver = async (id: string): Promise<void> => {
      if (stores) await this.#ask('atlas', 'store', id);
      await this.#ask('undoing', 'output', id);
    };
    return {
      atlas: this.#atlas('atlas'),
      undoing: this.#atlas('undoing'),
      surface: 'atlas/v2',
      run: { repository: 'acme/shop', runId: '1', attempt: '1' },
      nonce,
      caller,
      log: { info: () => {}, notice: () => {}, warning: () => {} },
      remaining: () => (this.#timedOut ? 0 : TIMEOUT - KEPT_FOR_UNDOING - (this.#now - startedAt)),
      isOver: () => this.#isUp('atlas'),
      pause: async () => void (await this.#ask('atlas', 'pause')),
      journal: (entry) => void this.#saved.push(entry),
      deliver: (delivery) => deliver('key' in delivery ? delivery.key.id : delivery.clientSecret),
      recall: () => {},
      leave: () => {},
    };
  }
}
