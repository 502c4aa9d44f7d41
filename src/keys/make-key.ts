/**
 * Making a key so that none is ever left that nobody holds: the intent is saved, the create is sent, the id is
 * saved; a create that was answered to nobody is found by its nonce, deleted and made again; every failure
 * before the hand-over deletes the key.
 */
import { type AtlasError, isAtlasError } from '../atlas/errors.ts';
import type { ApiKey, NewApiKey } from '../atlas/types.ts';
import type { GroupIds } from '../request.ts';
import { type Intent, type MadeIntent, nothingLeft, type Purpose } from './journal.ts';
import { createdAt, isOwner, organizationOfProject, rolesIn } from './key.ts';
import { describeMarked, readMark } from './mark.ts';
import type { KeyFacts } from './outcome.ts';
import { livesOn, retireFound, retireMade } from './retire.ts';
import { KeyError, nameOf, type Step } from './step.ts';

/** How often a create is sent in all, when its answers get lost. */
const CREATES = 3;

/** How long after its deadline a maker's last rename may still reach the service. */
const GRACE = 60_000;

/** The roles that call `POST /groups/{groupId}/apiKeys`. */
const MAKE_KEYS: readonly string[] = ['GROUP_OWNER', 'GROUP_ACCESS_MANAGER'];

export interface Making<Of extends Purpose = Purpose> {
  readonly purpose: Of;
  readonly desc: string;
  readonly groupIds: GroupIds;
  readonly roles: readonly string[];
}

export interface MadeKey<Of extends Purpose = Purpose> {
  readonly key: NewApiKey;
  readonly intent: MadeIntent<Of>;
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
    'A key cannot be made in this mode: it is made under a provisional description, and on api: public/v1.0 only an ' +
      'Organization Owner may change descriptions, which the caller is not. Nothing was made. Give the caller that role, or ' +
      'make the key by hand and let mode: ensure keep its roles.',
  );
}

/**
 * Waits until the service's clock has left the second in which the newest of these keys was made: within one second ids
 * tell no order, and by their order the newest is current.
 */
export async function outlastSecondOf(step: Step, keys: readonly ApiKey[]): Promise<void> {
  const newest = Math.max(0, ...keys.map(({ id }) => createdAt(id)));
  const rest = newest + 1000 - step.atlas.serviceNow();
  // A key can be a second younger than the service's clock.
  if (rest > 0 && rest <= 2000) await step.pause(rest);
}

/** Makes a key that nobody may take for a current one: it is marked pending until it has been handed out. */
export function makePendingKey<Of extends Purpose>(step: Step, making: Making<Of>): Promise<MadeKey<Of>> {
  // By then this step is certainly over.
  return makeKey(step, making, 'pending', wholeSeconds(step.atlas.serviceNow() + step.remaining() + GRACE));
}

/** Makes a key that belongs to this run and says until when. */
export function makeEphemeralKey<Of extends Purpose>(
  step: Step,
  making: Making<Of>,
  ttl: number,
): Promise<MadeKey<Of>> {
  return makeKey(step, making, 'ephemeral', wholeSeconds(step.atlas.serviceNow() + ttl));
}

/** Marks know no finer ones. */
function wholeSeconds(milliseconds: number): number {
  return Math.floor(milliseconds / 1000) * 1000;
}

async function makeKey<Of extends Purpose>(
  step: Step,
  { purpose, desc, groupIds, roles }: Making<Of>,
  state: 'pending' | 'ephemeral',
  until: number,
): Promise<MadeKey<Of>> {
  let intent: Intent<Of> = { purpose, desc, groupIds, nonce: step.nonce, until, answerLost: false };
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
    const deleted = await retireStrays(step, intent);
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

async function completeMaking<Of extends Purpose>(
  step: Step,
  intent: Intent<Of>,
  key: NewApiKey,
  roles: readonly string[],
): Promise<MadeKey<Of>> {
  const [first, ...others] = intent.groupIds;
  const orgId = await organizationOfProject(step.atlas, first, [key]);
  const made: MadeKey<Of> = { key, intent: { ...intent, apiUserId: key.id, orgId } };
  step.journal({ phase: 'made', ...made.intent });
  try {
    const assigned = await Promise.allSettled(
      others.map((groupId) => step.atlas.assignKey(groupId, key.id, roles)),
    );
    // Waits for all of them: an assignment that ends after the undoing would put the key back into its project.
    const failed = assigned.find((result) => result.status === 'rejected');
    if (failed !== undefined) throw failed.reason;
  } catch (error) {
    await undo(step, made);
    throw error;
  }
  const powers = roles.filter((role) => MAKE_KEYS.includes(role));
  if (powers.length > 0) {
    step.log.info(
      `Whoever holds the new key can make further keys with ${powers.join(', ')}, and revoking this one does not end ` +
        'those. Give it narrower roles where they suffice.',
    );
  }
  return made;
}

/** What is told of a key that this step made. */
export function factsOf({ key, intent }: MadeKey): KeyFacts {
  const { desc, orgId, groupIds } = intent;
  return { key, desc, orgId, groupIds, roles: rolesIn(groupIds[0], key) };
}

/**
 * Retires a key that was made and that nobody shall hold, with the budget for undoing. What fails here is only told:
 * post does it again from the journal.
 */
export async function undo(step: Step, { key, intent }: MadeKey): Promise<void> {
  step.journal({ phase: 'made', ...intent });
  try {
    const retirement = await retireMade(step, intent);
    step.journal(nothingLeft(intent));
    if (retirement === 'unassigned') step.log.warning(livesOn(nameOf(key), intent.orgId));
    else step.log.info(`The new key ${nameOf(key)} was deleted again.`);
  } catch {
    step.log.warning(`The new key ${nameOf(key)} could not be deleted yet; the post step tries again.`);
  }
}

/** Retires every key that a create of this intent made, but for `keep`. Returns how many went. */
export async function retireStrays(step: Step, intent: Intent, keep?: string): Promise<number> {
  const { groupIds, nonce } = intent;
  const keys = await step.undoing.listProjectKeys(groupIds[0]);
  const strays = keys.filter((key) => key.id !== keep && isStray(key, nonce));
  if (strays.length === 0) return 0;
  const orgId = await organizationOfProject(step.undoing, groupIds[0], strays);
  const { deleted, unassigned, failed } = await retireFound(step, strays, {
    place: { orgId, groupIds },
    claim: 'member',
    why: () => 'which a create without an answer had made',
    next: 'the post step',
    atlas: step.undoing,
  });
  if (failed[0] !== undefined) throw new KeyError(failed[0].why);
  return deleted.length + unassigned.length;
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
