/**
 * The service accounts of a project that share one name, and what their descriptions say. An account is the declaration,
 * its secrets are what runs get. A description takes letters, digits, blanks and `-_.,'` alone, so a note there is plain
 * words; it is built and read only here, and is public interface (docs/public-interface.md).
 *
 *     atlas-account-1 current 6a79f1d3b2c4e5f601234567 next 6a79f1d3b2c4e5f601234568 open
 */
import type { Account, AccountSecret } from '../atlas/accounts.ts';
import { KeyError } from '../keys/key-error.ts';

/** Two secrets an account; an expired one keeps its place until it is deleted. */
export const PLACES = 2;

const HOUR = 3_600_000;

/** The longest that a job may run, in milliseconds: https://docs.github.com/en/actions/reference/limits */
const LONGEST_JOB = 5 * 24 * HOUR;

/**
 * A secret that a rotation made and that is not final. `open`: its job decides. `stored`: the same, and it may be held
 * outside. `failed` and `kept`: the job did not succeed, of one that was not stored and of one that may be.
 */
export interface NextSecret {
  readonly id: string;
  readonly state: 'open' | 'stored' | 'failed' | 'kept';
}

/** What a description says; nothing where it is not ours. */
export interface Note {
  /** The id of the secret that users of this account hold. */
  readonly current?: string;
  readonly next?: NextSecret;
  /** The account is being made and handed to nobody yet: by this step, until then (milliseconds, whole seconds). */
  readonly pending?: { readonly nonce: string; readonly until: number };
}

const NOTE =
  /^atlas-account-1(?: pending (?<nonce>[0-9a-f]{16}) (?<until>\d{1,12}))?(?: current (?<current>[0-9a-f]{24}))?(?: next (?<next>[0-9a-f]{24}) (?<state>open|stored|failed|kept))?$/;

export function readNote(description: string): Note {
  const groups = NOTE.exec(description)?.groups;
  if (groups === undefined) return {};
  const { nonce, until, current, next, state } = groups;
  return {
    ...(nonce !== undefined && { pending: { nonce, until: Number(until) * 1000 } }),
    ...(current !== undefined && { current }),
    ...(next !== undefined && { next: { id: next, state: state as NextSecret['state'] } }),
  };
}

export function describe({ pending, current, next }: Note): string {
  return [
    'atlas-account-1',
    ...(pending === undefined ? [] : [`pending ${pending.nonce} ${Math.floor(pending.until / 1000)}`]),
    ...(current === undefined ? [] : [`current ${current}`]),
    ...(next === undefined ? [] : [`next ${next.id} ${next.state}`]),
  ].join(' ');
}

/** The accounts of exactly this name, oldest first; never the one that the step signs in as. */
export function familyOf(name: string, accounts: readonly Account[], caller: string | undefined): Account[] {
  return accounts
    .filter((account) => account.name === name && account.clientId !== caller)
    .sort((left, right) => (left.clientId < right.clientId ? -1 : 1));
}

/** The account of this name. Several cannot be rotated: which of them do its users hold? */
export function onlyOne(desc: string, family: readonly Account[]): Account | undefined {
  if (family.length < 2) return family[0];
  throw new KeyError(
    `${family.length} service accounts of the project are named "${desc}": ${family.map(({ clientId }) => clientId).join(', ')}. ` +
      'Give the ones that mode: ephemeral makes another desc, or delete those that are not meant.',
  );
}

/** Secrets by the service's clock: those that still work, newest first, and those that only keep a place. */
export function secretsOf(
  { secrets }: Account,
  serviceNow: number,
): { readonly alive: AccountSecret[]; readonly expired: AccountSecret[] } {
  return {
    alive: secrets.filter(({ expiresAt }) => expiresAt > serviceNow).sort(newestFirst),
    expired: secrets.filter(({ expiresAt }) => expiresAt <= serviceNow),
  };
}

/** What a rotation finds. `inUse`: somebody may hold it. `spare`: it may go to make room. */
export interface Standing {
  readonly current: AccountSecret | undefined;
  /** Made by a rotation whose job has not decided yet; nobody may delete it. */
  readonly open: AccountSecret | undefined;
  readonly spare: readonly AccountSecret[];
}

/**
 * What each living secret is. Without a note the newest is current. One that a rotation stored and whose job did not
 * succeed is current all the same: whoever reads the store holds it. One that nobody made a note of and that is newer than
 * the current one has just been made. No job is older than `LONGEST_JOB`, so a longer wait decides as its failure would.
 */
export function standingOf(account: Account, serviceNow: number): Standing {
  const { alive } = secretsOf(account, serviceNow);
  const note = readNote(account.description);
  const next = alive.find(({ id }) => id === note.next?.id);
  const isOver = next !== undefined && serviceNow - next.createdAt > LONGEST_JOB;
  const isKept = note.next?.state === 'kept' || (isOver && note.next?.state === 'stored');
  const isOpen = !isOver && (note.next?.state === 'open' || note.next?.state === 'stored');
  const named = alive.find(({ id }) => id === note.current);
  const current = next !== undefined && isKept ? next : (named ?? alive.find((secret) => secret !== next));
  const unnoted = alive.find(
    (secret) =>
      secret !== next &&
      named !== undefined &&
      newestFirst(secret, named) < 0 &&
      serviceNow - secret.createdAt <= LONGEST_JOB,
  );
  const open = (isOpen ? next : undefined) ?? unnoted;
  return { current, open, spare: alive.filter((secret) => secret !== current && secret !== open) };
}

/** Ids begin with their time; of one second the rest only has to be the same order for everybody. */
function newestFirst(left: AccountSecret, right: AccountSecret): number {
  return right.createdAt - left.createdAt || (left.id < right.id ? 1 : -1);
}
