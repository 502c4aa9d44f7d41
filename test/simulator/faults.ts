import type { ErrorCode, Parameter } from './errors.ts';

/** What a fault can see of a request. */
export interface FaultRequest {
  readonly ordinal: number;
  readonly method: string;
  /** The path without its query. */
  readonly path: string;
  readonly target: string;
  /** The specification's operationId; undefined for an unknown path. */
  readonly operation: string | undefined;
  /** The caller's key id or client id; undefined on arrival. */
  readonly caller: string | undefined;
  /** The parsed body, if it is JSON. */
  readonly body: unknown;
  readonly userAgent: string | undefined;
}

/**
 * `arrival`: every request, the unsigned first try of Digest too.
 * `before`: signed in, nothing looked at or changed yet.
 * `after`: done and committed, the answer not sent.
 */
export type Phase = 'arrival' | 'before' | 'after';

/** What happens instead of the ordinary answer; `delay`, `truncate` and `drip` still give it, badly. */
export type FaultAction =
  | {
      readonly kind: 'answer';
      readonly status: number;
      /** A string is sent as it is, anything else as JSON; nothing when left out. */
      readonly body?: unknown;
      readonly headers?: Readonly<Record<string, string>>;
    }
  /** An error answer of the service itself. */
  | {
      readonly kind: 'error';
      readonly code: ErrorCode;
      readonly status?: number;
      readonly parameters?: readonly Parameter[];
      readonly headers?: Readonly<Record<string, string>>;
    }
  /** The connection is torn down without a word. */
  | { readonly kind: 'reset' }
  /** Nothing is ever answered; the connection stays open. */
  | { readonly kind: 'hang' }
  /** The head promises the whole body, then the connection breaks after so many bytes (default: half). */
  | { readonly kind: 'truncate'; readonly bytes?: number }
  /** The body comes in pieces of so many bytes (default 1), one every so many milliseconds. */
  | { readonly kind: 'drip'; readonly everyMs: number; readonly bytes?: number }
  | { readonly kind: 'delay'; readonly ms: number };

type Wanted = Partial<Pick<FaultRequest, 'ordinal' | 'method' | 'operation' | 'caller' | 'userAgent'>> & {
  readonly path?: string | RegExp;
};

/** A fault: when it strikes and what it does. */
export interface Fault {
  /** Fields that must be equal, or a predicate; every request when left out. */
  readonly when?: Wanted | ((request: FaultRequest) => boolean);
  /** Default `before`. */
  readonly phase?: Phase;
  /** How often it strikes; default once. */
  readonly times?: number;
  /** How many matching requests are let by first. */
  readonly skip?: number;
  /** Run at that point and awaited: kill a client, move the clock, change a key. */
  readonly run?: (request: FaultRequest) => void | Promise<void>;
  /** Nothing but `run` when left out. */
  readonly action?: FaultAction;
  /** Stands in the history. */
  readonly name?: string;
}

export interface SetFault {
  remove(): void;
}

interface Armed {
  readonly fault: Fault;
  seen: number;
  hits: number;
}

/** The faults of one simulator; of several that match in a phase, the one set first strikes. */
export class Faults {
  readonly #armed = new Set<Armed>();

  /** Sets a fault. */
  add(fault: Fault): SetFault {
    const armed: Armed = { fault, seen: 0, hits: 0 };
    this.#armed.add(armed);
    return { remove: () => void this.#armed.delete(armed) };
  }

  /** Takes all faults away. */
  clear(): void {
    this.#armed.clear();
  }

  /** The fault that strikes this request now, and runs its callback. */
  async strike(phase: Phase, request: FaultRequest): Promise<Fault | undefined> {
    for (const armed of this.#armed) {
      const { fault } = armed;
      if ((fault.phase ?? 'before') !== phase || !matches(fault.when, request)) continue;
      armed.seen += 1;
      if (armed.seen <= (fault.skip ?? 0)) continue;
      armed.hits += 1;
      if (armed.hits >= (fault.times ?? 1)) this.#armed.delete(armed);
      await fault.run?.(request);
      return fault;
    }
    return undefined;
  }
}

function matches(when: Fault['when'], request: FaultRequest): boolean {
  if (when === undefined) return true;
  if (typeof when === 'function') return when(request);
  const { path, ...equal } = when;
  if (path instanceof RegExp ? !path.test(request.path) : path !== undefined && path !== request.path)
    return false;
  return (Object.keys(equal) as (keyof typeof equal)[]).every((name) => equal[name] === request[name]);
}
