/** The record that main leaves for post in the runner's state file: where Atlas is, which run, and the journal. */

import type { LeaseEntry } from './accounts/journal.ts';
import { isClientId } from './atlas/shapes.ts';
import { SURFACES, type Surface } from './atlas/types.ts';
import type { JournalEntry } from './keys/journal.ts';
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
  if (!isRecord(record)) {
    throw new Error(
      'What the step left for its post step cannot be read, perhaps because a later step changed it, so nothing was ' +
        'cleaned up. A key of this run that is still in Atlas carries a mark, [atlas-key/…]: run mode: sweep, or delete it.',
    );
  }
  return record;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isRecord(value: unknown): value is StateRecord {
  return (
    isObject(value) &&
    value.version === 1 &&
    isText(value.baseUrl, /^https?:\/\/[^/\s@]+$/) &&
    SURFACES.some((surface) => surface === value.surface) &&
    isObject(value.run) &&
    isText(value.run.repository, /^[\w.-]+\/[\w.-]+$/) &&
    isText(value.run.runId, /^\d+$/) &&
    isText(value.run.attempt, /^\d+$/) &&
    isText(value.nonce, NONCE) &&
    Number.isFinite(value.timeout) &&
    isObject(value.trust) &&
    isTrust(value.trust) &&
    isObject(value.entry) &&
    isEntry(value.entry)
  );
}

function isTrust(trust: Readonly<Record<string, unknown>>): boolean {
  return (
    isText(trust.kind, /^(apiKey|serviceAccount)$/) &&
    isText(trust.caller, /./) &&
    isList(trust.heldIn, /./) &&
    isText(trust.secret, FINGERPRINT) &&
    isText(trust.proxy, /^(https?:\/\/[^/\s@]+\/)?$/) &&
    isText(trust.route, FINGERPRINT) &&
    isObject(trust.variables) &&
    isList(Object.values(trust.variables), FINGERPRINT)
  );
}

const FINGERPRINT = /^[0-9a-f]{64}$/;
const ID = /^[0-9a-f]{24}$/;
const NONCE = /^[0-9a-f]{16}$/;
const PHASES = ['made', 'delivering', 'handedOut', 'open'];

function isEntry(entry: Readonly<Record<string, unknown>>): boolean {
  if (entry.phase === 'idle') return true;
  const hasPurpose =
    isObject(entry.purpose) &&
    isText(entry.purpose.mode, /^(ensure|ephemeral|rotate)$/) &&
    (entry.purpose.former === undefined || isText(entry.purpose.former, ID)) &&
    isText(entry.desc, /./s);
  if (entry.credential === 'serviceAccount') return hasPurpose && isLease(entry);
  const intended =
    hasPurpose &&
    isList(entry.groupIds, ID) &&
    entry.groupIds.length > 0 &&
    isText(entry.nonce, NONCE) &&
    Number.isFinite(entry.until);
  if (entry.phase === 'making') return intended;
  return (
    intended &&
    PHASES.includes(entry.phase as string) &&
    isText(entry.apiUserId, ID) &&
    isText(entry.orgId, ID)
  );
}

function isLease(entry: Readonly<Record<string, unknown>>): boolean {
  const { former } = entry;
  return (
    isText(entry.phase, /^(made|stored|handedOut)$/) &&
    isText(entry.groupId, ID) &&
    isText(entry.orgId, ID) &&
    isClientId(entry.clientId) &&
    isText(entry.secretId, ID) &&
    Number.isFinite(entry.expiresAt) &&
    (former === undefined || (isObject(former) && isText(former.id, ID) && Number.isFinite(former.expiresAt)))
  );
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isText(value: unknown, pattern: RegExp): value is string {
  return typeof value === 'string' && pattern.test(value);
}

function isList(value: unknown, pattern: RegExp): value is string[] {
  return Array.isArray(value) && value.every((item) => isText(item, pattern));
}
