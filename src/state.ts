/** The record that main leaves for post in the runner's state file: where Atlas is, which run, and the journal. */

import { isClientId } from './atlas/shapes.ts';
import { SURFACES, type Surface } from './atlas/types.ts';
import type { JournalEntry, LeaseEntry } from './keys/journal.ts';
import type { RunIdentity } from './request.ts';
import type { Trust } from './trust.ts';

export interface StateRecord {
  readonly baseUrl: string;
  readonly surface: Surface;
  readonly run: RunIdentity;
  readonly nonce: string;
  /** Milliseconds, as the inputs of main said. */
  readonly timeout: number;
  readonly trust: Trust;
  readonly entry: JournalEntry | LeaseEntry;
}

/** What main saves before it knows anything, so that no later step can put a record of its own there. */
export const NOTHING_TO_SETTLE = 'none';

export function encodeState(record: StateRecord): string {
  return JSON.stringify({ version: 1, ...record });
}

/**
 * Reads what main saved; `undefined` when there is nothing to settle. Throws on anything that this version did
 * not write: post calls Atlas with an owner's credentials and takes the address from here.
 */
export function decodeState(text: string): StateRecord | undefined {
  if (text === '' || text === NOTHING_TO_SETTLE) return undefined;
  const record = parse(text);
  if (!fits(record, RECORD)) {
    throw new Error(
      'What the step left for its post step cannot be read, perhaps because a later step changed it, so nothing was ' +
        'cleaned up. A key of this run that is still in Atlas carries a mark, [atlas-key/…]: run mode: sweep, or delete it. ' +
        'A secret of a service account ends by itself.',
    );
  }
  return record as StateRecord;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A text of this form, what the function says, or an object with at least these fields. */
type Shape = RegExp | ((value: unknown) => boolean) | { readonly [field: string]: Shape };

function fits(value: unknown, shape: Shape): boolean {
  if (typeof shape === 'function') return shape(value);
  if (shape instanceof RegExp) return typeof value === 'string' && shape.test(value);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  return Object.entries(shape).every(([field, part]) => fits(Reflect.get(value, field), part));
}

const oneOf = (shapes: readonly Shape[]) => (value: unknown) => shapes.some((shape) => fits(value, shape));
const listOf =
  (shape: Shape, least = 0) =>
  (value: unknown) =>
    Array.isArray(value) && value.length >= least && value.every((item) => fits(item, shape));
const isMissing = (value: unknown) => value === undefined;

const FINGERPRINT = /^[0-9a-f]{64}$/;
const ID = /^[0-9a-f]{24}$/;
const NONCE = /^[0-9a-f]{16}$/;

const purpose = { mode: /^(ensure|ephemeral|rotate)$/, former: oneOf([ID, isMissing]) };

const INTENT = {
  credential: isMissing,
  purpose,
  desc: /./s,
  groupIds: listOf(ID, 1),
  nonce: NONCE,
  until: Number.isFinite,
};

const LEASE = {
  credential: /^serviceAccount$/,
  phase: /^(made|stored|handedOut)$/,
  purpose,
  groupId: ID,
  orgId: ID,
  clientId: isClientId,
  secretId: ID,
  expiresAt: Number.isFinite,
  former: oneOf([{ id: ID, expiresAt: Number.isFinite }, isMissing]),
};

const RECORD = {
  version: (value: unknown) => value === 1,
  baseUrl: /^https?:\/\/[^/\s@]+$/,
  surface: (value: unknown) => SURFACES.some((surface) => surface === value),
  run: { repository: /^[\w.-]+\/[\w.-]+$/, runId: /^\d+$/, attempt: /^\d+$/ },
  nonce: NONCE,
  timeout: Number.isFinite,
  trust: {
    kind: /^(apiKey|serviceAccount)$/,
    caller: /./,
    heldIn: listOf(/./),
    secret: FINGERPRINT,
    proxy: /^(https?:\/\/[^/\s@]+\/)?$/,
    route: FINGERPRINT,
    variables: (value: unknown) => fits(value, {}) && listOf(FINGERPRINT)(Object.values(Object(value))),
  },
  entry: oneOf([
    { phase: /^idle$/, credential: isMissing },
    { phase: /^making$/, ...INTENT },
    { phase: /^(made|delivering|handedOut|open)$/, ...INTENT, apiUserId: ID, orgId: ID },
    LEASE,
  ]),
};
