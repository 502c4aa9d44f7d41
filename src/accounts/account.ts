/**
 * The service accounts of a project that share one name, and what their descriptions say. An account is the declaration,
 * its secrets are what runs get. A description takes letters, digits, blanks and `-_.,'` alone, so a note there is plain
 * words; it is built and read only here, and is public interface (docs/public-interface.md).
 *
 *     atlas-account-1 current 6a79f1d3b2c4e5f601234567 next 6a79f1d3b2c4e5f601234568 open
 *     atlas-account-1 leased
 */
import type { Account, AccountSecret, Atlas } from '../atlas/types.ts';
import type { Lease } from '../keys/journal.ts';

/** Two secrets an account; an expired one keeps its place until it is deleted. */
export const PLACES = 2;

const HOUR = 3_600_000;

/** The longest that a job may run, in milliseconds: https://docs.github.com/en/actions/reference/limits */
const LONGEST_JOB = 5 * 24 * HOUR;

/**
 * How it stands with a secret that a rotation made and that is not final. `open`: its job decides. `stored`: its job
 * decides, and it may be held outside. `failed`: the job did not succeed, and the secret was not stored. `kept`: the job
 * did not succeed, and the secret may be stored.
 */
type NextState = 'open' | 'stored' | 'failed' | 'kept';

/** What a description says. */
export interface Note {
  /** Its secrets are leased to runs. Only mode `ephemeral` uses such an account. */
  readonly isLeased?: boolean;
  /** The account is being made and handed to nobody yet: by this step, until then (milliseconds, whole seconds). */
  readonly pending?: { readonly nonce: string; readonly until: number };
  /** The id of the secret that users of this account hold. */
  readonly current?: string;
  /** The one that it superseded. */
  readonly previous?: string;
  readonly next?: { readonly id: string; readonly state: NextState };
}

const ID = '[0-9a-f]{24}';
const NOTE = new RegExp(
  '^atlas-account-1(?<leased> leased)?' +
    String.raw`(?: pending (?<nonce>[0-9a-f]{16}) (?<until>\d{1,12}))?` +
    `(?: current (?<current>${ID}))?(?: previous (?<previous>${ID}))?` +
    `(?: next (?<next>${ID}) (?<state>open|stored|failed|kept))?$`,
);

/** Reads a description strictly; `undefined` for everything that we did not write. */
export function readNote(description: string): Note | undefined {
  const groups = NOTE.exec(description)?.groups;
  if (groups === undefined) return undefined;
  const { leased, nonce, until, current, previous, next, state } = groups;
  return {
    ...(leased !== undefined && { isLeased: true }),
    ...(nonce !== undefined && { pending: { nonce, until: Number(until) * 1000 } }),
    ...(current !== undefined && { current }),
    ...(previous !== undefined && { previous }),
    ...(next !== undefined && { next: { id: next, state: state as NextState } }),
  };
}

export function describe({ isLeased, pending, current, previous, next }: Note): string {
  return [
    'atlas-account-1',
    isLeased && 'leased',
    pending && `pending ${pending.nonce} ${Math.floor(pending.until / 1000)}`,
    current && `current ${current}`,
    previous && `previous ${previous}`,
    next && `next ${next.id} ${next.state}`,
  ]
    .filter((words) => words)
    .join(' ');
}

/** What the failure of its job makes of a rotation's secret. */
export function afterFailure(state: NextState): 'failed' | 'kept' {
  return state === 'stored' || state === 'kept' ? 'kept' : 'failed';
}

/** What an account's description says; nothing, where we did not write it or the account is gone. */
export function noteOf(account: Pick<Account, 'description'> | undefined): Note {
  return readNote(account?.description ?? '') ?? {};
}

type Where = Pick<Lease, 'groupId' | 'clientId'>;

/** The account as the project lists it now; `undefined` where it does not. */
export async function accountIn(
  { accounts }: Atlas,
  { groupId, clientId }: Where,
): Promise<Account | undefined> {
  return (await accounts.list(groupId)).find((listed) => listed.clientId === clientId);
}

/** Makes this the account's description. */
export async function writeNote(
  { accounts }: Atlas,
  { groupId, clientId }: Where,
  note: Note,
): Promise<void> {
  await accounts.update(groupId, clientId, { description: describe(note) });
}

/**
 * The accounts of exactly this name, oldest first; never the one that the step signs in as. A new secret brings the end of
 * the others on its account nearer, so a lease must not stand beside a secret that is to last: `leasable` and `lasting`
 * keep such accounts apart.
 */
export function familyOf(name: string, accounts: readonly Account[], caller: string): Account[] {
  return accounts
    .filter((account) => account.name === name && account.clientId !== caller)
    .sort((left, right) => (left.clientId < right.clientId ? -1 : 1));
}

/** The accounts that runs may lease: those made for that, and those of a person without a secret that still works. */
export function leasable(family: readonly Account[], serviceNow: number): Account[] {
  return family.filter((account) => {
    const note = readNote(account.description);
    return note === undefined ? secretsOf(account, serviceNow).alive.length === 0 : note.isLeased;
  });
}

/** Those that are to last. */
export function lasting(family: readonly Account[]): Account[] {
  return family.filter((account) => !noteOf(account).isLeased);
}

/** Secrets by the service's clock: those that still work, newest first, and those that only keep a place. */
export function secretsOf(
  { secrets }: Pick<Account, 'secrets'>,
  serviceNow: number,
): { readonly alive: AccountSecret[]; readonly expired: AccountSecret[] } {
  return {
    alive: secrets.filter(({ expiresAt }) => expiresAt > serviceNow).sort(newestFirst),
    expired: secrets.filter(({ expiresAt }) => expiresAt <= serviceNow),
  };
}

/** What a rotation finds among the secrets that still work. */
interface Standing {
  readonly current: AccountSecret | undefined;
  /** May go to make room: superseded, or of a rotation that came to nothing. */
  readonly spare: readonly AccountSecret[];
  /** May not: of a rotation whose job has not decided yet, or of somebody else. */
  readonly taken: readonly AccountSecret[];
}

/**
 * What each living secret is. The one that ends like `known` is current, because this job uses it. Without a note the
 * oldest is current: the newer of two may have been made by a lost run, and then nobody holds it. One that a rotation
 * stored is current even if its job did not succeed, because whoever reads the store holds it. No job runs longer than
 * `LONGEST_JOB`; one that has not decided by then counts as failed. A secret that no note names is somebody else's.
 */
export function standingOf(
  account: Pick<Account, 'description' | 'secrets'>,
  serviceNow: number,
  known?: string,
): Standing {
  const { alive } = secretsOf(account, serviceNow);
  const note = noteOf(account);
  const next = alive.find(({ id }) => id === note.next?.id);
  const isOver = next !== undefined && serviceNow - next.createdAt > LONGEST_JOB;
  const state = next && note.next && (isOver ? afterFailure(note.next.state) : note.next.state);
  const open = state === 'open' || state === 'stored' ? next : undefined;
  const held = alive.find((secret) => secret !== open && secret.tail && known?.endsWith(secret.tail));
  const named = state === 'kept' ? next : alive.find(({ id }) => id === note.current);
  const oldest = note.current === undefined ? alive.findLast((secret) => secret !== next) : undefined;
  const current = held ?? named ?? oldest;
  const ours = [note.current, note.previous, note.next?.id];
  const others = alive.filter((secret) => secret !== current);
  const isSpare = (secret: AccountSecret) => secret !== open && ours.includes(secret.id);
  return {
    current,
    spare: others.filter(isSpare),
    taken: others.filter((secret) => !isSpare(secret)),
  };
}

/** Ids begin with their time; of one second the rest only has to be the same order for everybody. */
function newestFirst(left: AccountSecret, right: AccountSecret): number {
  return right.createdAt - left.createdAt || right.id.localeCompare(left.id);
}
