/** What a mode is handed to work with: everything that is not plain data. */

import type { ApiKey, Atlas, NewApiKey, Surface } from '../atlas/types.ts';
import type { RunIdentity } from '../request.ts';
import type { JournalEntry, LeaseEntry } from './journal.ts';
import type { Mark } from './mark.ts';

export interface Log {
  /** One line a decision, for the person who reads the run. */
  info(line: string): void;
  /** What the person may want to know or to change. */
  notice(line: string): void;
  /** What the person should act on, although the step goes on. */
  warning(line: string): void;
}

/** A new key, or a service account's new secret, on its way to those who will hold it. */
export type Delivery =
  | { readonly key: NewApiKey; readonly orgId: string }
  | { readonly clientId: string; readonly clientSecret: string; readonly orgId: string };

export interface Step {
  /** Bounded by the step's `timeout`, less what is kept for undoing. */
  readonly atlas: Atlas;
  /** The same session under the budget kept for undoing: also works after a timeout or a cancelled run. */
  readonly undoing: Atlas;
  readonly surface: Surface;
  readonly run: RunIdentity;
  /** 16 hex digits of this step's own; goes into the mark of every key that it makes. */
  readonly nonce: string;
  /** Whom the step signs in as: the public key, or the client id. */
  readonly caller: string;
  readonly log: Log;
  /** Milliseconds left of `atlas`'s budget. */
  remaining(): number;
  /** Whether that budget is used up, or the run cancelled: only `undoing` works then. */
  isOver(): boolean;
  /** Tells, in the log and in the summary, of a key that the step had reason to touch and left as it is, and why. */
  leave(key: ApiKey, why: string): void;
  /** Waits; rejects when the step's time is up or the run is cancelled. */
  pause(milliseconds: number): Promise<void>;
  /** Saves what post has to know; in effect when it returns. */
  journal(entry: JournalEntry | LeaseEntry): void;
  /**
   * Gives the new key to those who will hold it: secrets of GitHub first, where asked for, then the outputs.
   * Rejects with `DeliveryError`; nothing is in the outputs then.
   */
  deliver(delivery: Delivery): Promise<void>;
  /** Takes the outputs back, for a key that was delivered and then had to be undone. */
  recall(): void;
}

/** What this step writes into marks of its own making. */
export function ownMark(step: Pick<Step, 'run' | 'nonce'>): Omit<Mark, 'state' | 'until'> {
  return { ...step.run, nonce: step.nonce };
}

/** `6a79…d3b1 (flezioeg)`: how a key is named to a person. Neither part is a secret. */
export function nameOf(key: { readonly id: string; readonly publicKey: string }): string {
  return `${key.id} (${key.publicKey})`;
}

/** `1 key`, `2 keys`. */
export function count(items: { readonly length: number }, noun: string): string {
  return `${items.length} ${noun}${items.length === 1 ? '' : 's'}`;
}

/** What stops a mode although Atlas answered as it should. One sentence for a person: what failed, why, what to do. */
export class KeyError extends Error {
  override readonly name = 'KeyError';
}

/** A new key could not be given to those who were to hold it. */
export class DeliveryError extends Error {
  override readonly name = 'DeliveryError';
  /** Whether it is certain that nobody got any of it. */
  readonly nobodyHasIt: boolean;

  constructor(message: string, details: { nobodyHasIt: boolean; cause: unknown }) {
    super(message, { cause: details.cause });
    this.nobodyHasIt = details.nobodyHasIt;
  }
}
