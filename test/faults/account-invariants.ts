/**
 * Whether what must hold of service accounts has held, over the whole history of an embedded Atlas and in the end: no
 * run ends a secret that somebody holds and that is not its to end, and what nobody holds has an end.
 */
import { readNote } from '../../src/accounts/account.ts';
import type { AccountChange } from '../simulator/history.ts';
import type { SimulatedServiceAccount, Simulator } from '../simulator/simulator.ts';
import type { Ledger, RunRecord } from './ledger.ts';

const HOUR = 3_600_000;

interface Life {
  readonly madeBy: RunRecord | undefined;
  readonly createdAt: number;
  expiresAt: number;
  isDeleted: boolean;
}

interface Told {
  description: string;
  readonly secrets: Map<string, Life>;
}

/** Every breach as a sentence; empty when all holds. To be asked when no run is at work. */
export function accountViolations(
  atlas: Simulator,
  ledger: Ledger,
  bystanders: readonly SimulatedServiceAccount[],
): string[] {
  const found: string[] = [];
  const accounts = new Map<string, Told>();
  for (const change of atlas.history.accountChanges) {
    const account = accounts.get(change.clientId) ?? { description: '', secrets: new Map() };
    accounts.set(change.clientId, account);
    const run = ledger.byCaller(change.caller);
    for (const secretId of endedBy(change, account)) {
      const problem = run && problemOf(run, secretId, account, change, ledger);
      if (problem !== undefined) found.push(`${run?.name} ended secret ${secretId}: ${problem}`);
    }
    apply(change, account, run);
    if (change.kind === 'created') account.description = firstDescription(atlas, change);
  }
  for (const { secrets } of accounts.values()) {
    for (const [secretId, life] of secrets) {
      const problem = leftOver(secretId, life, ledger);
      if (problem !== undefined) found.push(`in the end secret ${secretId}: ${problem}`);
    }
  }
  const changed = bystanders.filter(
    (before) => JSON.stringify(atlas.serviceAccount(before.clientId)) !== JSON.stringify(before),
  );
  return [...found, ...changed.map(({ name }) => `the bystander "${name}" changed`)];
}

/** The secrets that work and that this change ends. */
function endedBy(change: AccountChange, { secrets }: Told): string[] {
  const working = [...secrets].filter(([, life]) => !life.isDeleted && life.expiresAt > change.at);
  if (change.kind === 'deleted') return working.map(([id]) => id);
  return change.kind === 'secretDeleted'
    ? working.map(([id]) => id).filter((id) => id === change.secretId)
    : [];
}

function problemOf(
  run: RunRecord,
  secretId: string,
  { secrets, description }: Told,
  { at }: AccountChange,
  ledger: Ledger,
): string | undefined {
  const { mode } = run.request;
  const { madeBy } = secrets.get(secretId) ?? {};
  if (mode === 'revoke' || (!ledger.wasDelivered(secretId) && madeBy !== undefined)) return undefined;
  if (madeBy === run) {
    const wasGiven = run.main === 'success' && mode !== 'ephemeral';
    return wasGiven ? 'it had handed it out' : undefined;
  }
  if (madeBy?.request.mode === 'ephemeral') return "it is another run's lease";
  if (mode !== 'rotate') return 'somebody holds it';
  if (madeBy !== undefined && (madeBy.job !== 'success' || madeBy.post !== 'done')) return undefined;
  const { next, ...note } = readNote(description) ?? {};
  const works = [...secrets].filter(([, life]) => !life.isDeleted && life.expiresAt > at);
  // What may be stored counts as current as soon as no job can decide about it any more.
  const isStored = next?.state === 'kept' || next?.state === 'stored';
  const current = isStored ? next.id : (note.current ?? works[0]?.[0]);
  return current === secretId ? 'it is the current one' : undefined;
}

function apply(change: AccountChange, account: Told, madeBy: RunRecord | undefined): void {
  switch (change.kind) {
    case 'described':
      account.description = change.to;
      break;
    case 'secretMade':
      account.secrets.set(change.secretId, {
        madeBy,
        createdAt: change.at,
        expiresAt: change.expiresAt,
        isDeleted: false,
      });
      break;
    case 'secretShortened': {
      const life = account.secrets.get(change.secretId);
      if (life !== undefined) life.expiresAt = change.to;
      break;
    }
    case 'secretDeleted': {
      const life = account.secrets.get(change.secretId);
      if (life !== undefined) life.isDeleted = true;
      break;
    }
    case 'deleted':
      for (const life of account.secrets.values()) life.isDeleted = true;
      break;
    default:
  }
}

/** As it was sent: the history does not tell with what an account was made. */
function firstDescription(atlas: Simulator, { ordinal }: AccountChange): string {
  const request = atlas.history.requests.find((one) => one.ordinal === ordinal);
  return (request?.requestBody as { description?: string } | undefined)?.description ?? '';
}

/** What a secret that was not deleted has no right to. */
function leftOver(
  secretId: string,
  { madeBy, createdAt, expiresAt, isDeleted }: Life,
  ledger: Ledger,
): string | undefined {
  if (madeBy === undefined || isDeleted) return undefined;
  const { request, post } = madeBy;
  if ('hours' in request && expiresAt > createdAt + request.hours * HOUR) return 'it outlives its time';
  return request.mode === 'ephemeral' && ledger.wasDelivered(secretId) && post === 'done'
    ? 'its run is over'
    : undefined;
}
