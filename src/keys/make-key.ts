/**
 * Making a key so that none is ever left that nobody holds: the intent is saved, the create is sent, the id is
 * saved; a create that was answered to nobody is found by its nonce, deleted and made again; every failure
 * before the hand-over deletes the key.
 */
import { type AtlasError, isAtlasError } from '../atlas/errors.ts';
import type { ApiKey, NewApiKey } from '../atlas/types.ts';
import type { GroupIds } from '../request.ts';
import type { Intent, JournalEntry, MadeIntent, Purpose } from './journal.ts';
import { isOwner, rolesIn } from './key.ts';
import { KeyError } from './key-error.ts';
import { describeMarked, type Mark, readMark } from './mark.ts';
import { organizationOfProject } from './organization.ts';
import type { KeyFacts } from './outcome.ts';
import { livesOn, type Revocation, retireKey } from './revoke-key.ts';
import { nameOf, type Step } from './step.ts';

/** How often a create is sent in all, when its answers get lost. */
const CREATES = 3;

/** How long after its deadline a maker's last rename may still reach the service. */
const GRACE = 60_000;

export interface Making {
  readonly purpose: Purpose;
  readonly desc: string;
  readonly groupIds: GroupIds;
  readonly roles: readonly string[];
}

export interface MadeKey {
  readonly key: NewApiKey;
  readonly intent: MadeIntent;
}

/**
 * Cloud Manager and Ops Manager change a description through the organisation alone, which is for its owners. Says so
 * before a key is made that could never get its name.
 */
export async function checkMayRename(step: Step): Promise<void> {
  if (step.surface !== 'public/v1.0') return;
  const caller = await step.atlas.whoAmI();
  if (caller === undefined || isOwner(caller)) return;
  throw new KeyError(
    'notSupported',
    'A key cannot be made in this mode: it is made under a provisional description, and on api: public/v1.0 only an ' +
      'Organization Owner may change descriptions, which the caller is not. Nothing was made. Give the caller that role, or ' +
      'make the key by hand and let mode: ensure keep its roles.',
  );
}

/** Makes a key that nobody may take for a current one: it is marked pending until it has been handed out. */
export function makePendingKey(step: Step, making: Making): Promise<MadeKey> {
  return makeKey(step, making, 'pending', pendingUntil(step));
}

/** The time for the mark of a key that is pending from now on: when this step surely does nothing more. */
export function pendingUntil(step: Step): number {
  return wholeSeconds(step.atlas.serviceNow() + step.remaining() + GRACE);
}

/** Makes a key that belongs to this run and says until when. */
export function makeEphemeralKey(step: Step, making: Making, ttl: number): Promise<MadeKey> {
  return makeKey(step, making, 'ephemeral', wholeSeconds(step.atlas.serviceNow() + ttl));
}

/** Marks know no finer ones. */
function wholeSeconds(milliseconds: number): number {
  return Math.floor(milliseconds / 1000) * 1000;
}

async function makeKey(
  step: Step,
  { purpose, desc, groupIds, roles }: Making,
  state: 'pending' | 'ephemeral',
  until: number,
): Promise<MadeKey> {
  let intent: Intent = { purpose, desc, groupIds, nonce: step.nonce, until, answerLost: false };
  const marked = describeMarked(desc, { ...step.run, nonce: step.nonce, state, until });
  for (let tried = 1; ; tried += 1) {
    step.journal({ phase: 'making', ...intent });
    const created = await createOnce(step, intent, { desc: marked, roles });
    if ('key' in created) return completeMaking(step, intent, created.key, roles);
    intent = { ...intent, answerLost: true };
    step.journal({ phase: 'making', ...intent });
    const cleared = await clearLostCreate(step, intent);
    if (!cleared || tried === CREATES || step.isOver()) throw created.lost;
  }
}

/** The key, or the error of a create that may have been carried out. Throws where none was. */
async function createOnce(
  step: Step,
  intent: Intent,
  key: { readonly desc: string; readonly roles: readonly string[] },
): Promise<{ key: NewApiKey } | { lost: AtlasError }> {
  try {
    return { key: await step.atlas.createKey(intent.groupIds[0], key) };
  } catch (error) {
    if (isAtlasError(error, 'answerLost', 'timeout', 'cancelled')) return { lost: error };
    step.journal(nothingLeft(intent));
    throw error;
  }
}

/** Whether it is certain that no key of the unanswered create is left, as far as lists can tell. */
async function clearLostCreate(step: Step, intent: Intent): Promise<boolean> {
  try {
    const deleted = await deleteStrays(step, intent);
    step.log.info(
      deleted === 0
        ? 'A create was not answered, and no key came of it.'
        : 'A create was not answered; the key that came of it had a secret that nobody has, and was deleted.',
    );
    return true;
  } catch {
    step.log.warning(
      'A create was not answered, and Atlas could not be searched for its key; the post step does it.',
    );
    return false;
  }
}

async function completeMaking(
  step: Step,
  intent: Intent,
  key: NewApiKey,
  roles: readonly string[],
): Promise<MadeKey> {
  const [first, ...others] = intent.groupIds;
  const orgId = await organizationOfProject(step.atlas, first, [key]);
  const made: MadeKey = { key, intent: { ...intent, apiUserId: key.id, orgId } };
  step.journal({ phase: 'made', ...made.intent });
  try {
    const assigned = await Promise.allSettled(
      others.map((groupId) => step.atlas.assignKey(groupId, key.id, roles)),
    );
    // Only once all have ended: an assignment under way would outlive the undoing of one who may only unassign.
    const failed = assigned.find((result) => result.status === 'rejected');
    if (failed !== undefined) throw failed.reason;
  } catch (error) {
    await undoMaking(step, made);
    throw error;
  }
  return made;
}

/** What is told of a key that this step made. */
export function factsOf({ key, intent }: MadeKey): KeyFacts {
  const { desc, orgId, groupIds } = intent;
  return { key, desc, orgId, groupIds, roles: rolesIn(groupIds[0], key) };
}

/**
 * Deletes a key that nobody shall hold, with the budget for undoing. What fails here is only told: post does
 * it again from the journal.
 */
export async function undoMaking(step: Step, made: MadeKey): Promise<void> {
  try {
    const { outcome } = await withdrawKey(step, made);
    if (outcome !== 'unassigned') step.log.info(`The new key ${nameOf(made.key)} was deleted again.`);
  } catch {
    step.log.warning(`The new key ${nameOf(made.key)} could not be deleted yet; the post step tries again.`);
  }
}

/** Deletes a key that was made and shall not be used, and notes that nothing is left to do. */
export async function withdrawKey(step: Step, made: MadeKey): Promise<Revocation> {
  const revocation = await retireKey(step.undoing, made.intent, {
    desc: made.intent.desc,
    mark: ownMark(step),
  });
  if (revocation.outcome === 'unassigned') step.log.warning(livesOn(nameOf(made.key), made.intent.orgId));
  step.journal(nothingLeft(made.intent));
  return revocation;
}

/** Nothing is left to do, unless a lost create of the same step may still turn up. */
function nothingLeft(intent: Intent): JournalEntry {
  return intent.answerLost ? { phase: 'making', ...intent } : { phase: 'idle' };
}

/** Deletes every key that a create of this intent made, but for `keep`. Returns how many went. */
export async function deleteStrays(step: Step, intent: Intent, keep?: string): Promise<number> {
  const keys = await step.undoing.listProjectKeys(intent.groupIds[0]);
  const strays = keys.filter((key) => key.id !== keep && isStray(key, intent.nonce));
  let deleted = 0;
  for (const stray of strays) {
    const orgId = await organizationOfProject(step.undoing, intent.groupIds[0], [stray]);
    const doomed = { apiUserId: stray.id, orgId, groupIds: intent.groupIds };
    const revocation = await retireKey(step.undoing, doomed, { desc: intent.desc, mark: ownMark(step) });
    if (revocation.outcome === 'unassigned') step.log.warning(livesOn(nameOf(stray), orgId));
    if (revocation.outcome !== 'gone') deleted += 1;
  }
  return deleted;
}

/** What this step writes into marks of its own making. */
export function ownMark(step: Pick<Step, 'run' | 'nonce'>): Omit<Mark, 'state'> {
  return { ...step.run, nonce: step.nonce };
}

/**
 * Whether a create of this nonce's step made the key and nothing became of it. A step writes its nonce on keys of
 * others, too: on the former current one when that becomes previous.
 */
function isStray(key: ApiKey, nonce: string): boolean {
  const mark = readMark(key.desc)?.mark;
  return (
    mark?.nonce === nonce &&
    (mark.state === 'pending' || mark.state === 'ephemeral' || mark.state === 'retired')
  );
}
