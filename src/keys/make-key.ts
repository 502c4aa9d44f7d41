/**
 * Making a key so that none is ever left that nobody holds: the intent is saved, the create is sent, the id is
 * saved; a create that was answered to nobody is found by its nonce, deleted and made again; every failure
 * before the hand-over deletes the key.
 */
import { isAtlasError } from '../atlas/errors.ts';
import type { ApiKey, NewApiKey } from '../atlas/types.ts';
import type { EphemeralRequest } from '../request.ts';
import { GRACE } from './family.ts';
import { type Intent, type MadeIntent, nothingLeft, type Purpose } from './journal.ts';
import { createdAt, isOwner, organizationOf, rolesIn } from './key.ts';
import { describeMarked, type MarkState, readMark } from './mark.ts';
import { type Outcome, outcome } from './outcome.ts';
import { livesOn, retireFound, retireMade } from './retire.ts';
import { KeyError, nameOf, ownMark, type Step } from './step.ts';

/** How often a create is sent in all, when its answers get lost. */
const CREATES = 3;

/** The roles that call `POST /groups/{groupId}/apiKeys`. */
const MAKE_KEYS: readonly string[] = ['GROUP_OWNER', 'GROUP_ACCESS_MANAGER'];

/** The marks of a key that nobody holds. */
const CAME_TO_NOTHING: readonly MarkState[] = ['pending', 'ephemeral', 'retired'];

/** What key is to be made; with a `ttl`, one that belongs to this run. */
type Wish = Pick<EphemeralRequest, 'desc' | 'groupIds' | 'roles'> & Partial<Pick<EphemeralRequest, 'ttl'>>;

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

/** Makes a key that nobody may take for a current one: it is marked as one of this run, or else as pending. */
export async function makeKey(step: Step, purpose: Purpose, wish: Wish): Promise<MadeKey> {
  const { desc, groupIds, roles, ttl } = wish;
  const [first, ...others] = groupIds;
  // A pending key's step is certainly over by then. Marks know whole seconds alone.
  const end = step.atlas.serviceNow() + (ttl ?? step.remaining() + GRACE);
  const until = Math.floor(end / 1000) * 1000;
  const state = ttl === undefined ? 'pending' : 'ephemeral';
  const marked = describeMarked(desc, { ...ownMark(step), state, until });
  let intent: Intent = { purpose, desc, groupIds, nonce: step.nonce, until, answerLost: false };
  let key: NewApiKey | undefined;
  for (let tries = 1; key === undefined; tries += 1) {
    step.journal({ phase: 'making', ...intent });
    try {
      key = await step.atlas.createKey(first, { desc: marked, roles });
    } catch (error) {
      if (!isAtlasError(error, 'answerLost', 'timeout', 'cancelled')) {
        step.journal(nothingLeft(intent));
        throw error;
      }
      intent = { ...intent, answerLost: true };
      step.journal({ phase: 'making', ...intent });
      try {
        await retireStrays(step, intent);
      } catch {
        step.log.warning(
          'Atlas did not answer when a key was made, and could not be searched for that key; the post step does it.',
        );
        throw error;
      }
      if (tries === CREATES || step.isOver()) throw error;
    }
  }

  const { id } = key;
  const orgId = await organizationOf(step, first, [key]);
  const made = { key, intent: { ...intent, apiUserId: id, orgId } };
  step.journal({ phase: 'made', ...made.intent });
  await orUndo(step, made, async () => {
    // Waits for all of them: an assignment that ends after the undoing would put the key back into its project.
    const assigned = await Promise.allSettled(
      others.map((groupId) => step.atlas.assignKey(groupId, id, roles)),
    );
    const failed = assigned.find((result) => result.status === 'rejected');
    if (failed !== undefined) throw failed.reason;
  });
  const powers = roles.filter((role) => MAKE_KEYS.includes(role));
  if (powers.length > 0) {
    step.log.info(
      `Whoever holds the new key can make further keys with ${powers.join(', ')}, and revoking this one does not end ` +
        'those. Give it narrower roles where they suffice.',
    );
  }
  return made;
}

/** What a step did that has made a key and handed it out. */
export function outcomeOfMade({ key, intent }: MadeKey, rest: Partial<Outcome>): Outcome {
  const { desc, orgId, groupIds } = intent;
  return outcome({
    result: 'created',
    changed: true,
    facts: { key, desc, orgId, groupIds, roles: rolesIn(groupIds[0], key) },
    privateKey: key.privateKey,
    ...rest,
  });
}

/** Does what a new key needs before somebody holds it. Where that fails, or gives `false`, the key is undone. */
export async function orUndo(step: Step, made: MadeKey, act: () => Promise<unknown>): Promise<boolean> {
  try {
    if ((await act()) !== false) return true;
  } catch (error) {
    await undo(step, made);
    throw error;
  }
  await undo(step, made);
  return false;
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

/** Retires every key that a create of this intent made, but for `keep`. Returns whether there was any. */
export async function retireStrays(step: Step, intent: Intent, keep?: string): Promise<boolean> {
  const { groupIds, nonce } = intent;
  step.log.info('Atlas did not answer when a key was made; looking for that key.');
  const undoing = { ...step, atlas: step.undoing };
  const keys = await undoing.atlas.listProjectKeys(groupIds[0]);
  const strays = keys.filter(({ id, desc }) => {
    const mark = readMark(desc)?.mark;
    // A step writes its nonce on keys of others, too: on the former current one when that becomes previous.
    return id !== keep && mark?.nonce === nonce && CAME_TO_NOTHING.includes(mark.state);
  });
  if (strays.length === 0) return false;
  const ends = await retireFound(undoing, strays, {
    orgId: await organizationOf(undoing, groupIds[0], strays),
    groupIds,
    claim: 'member',
    which: () => 'which had been made without an answer',
    next: 'the post step',
  });
  const failed = ends.find((end) => end.fate === 'failed');
  if (failed !== undefined) throw new KeyError(failed.why);
  return ends.some(({ fate }) => fate === 'deleted' || fate === 'unassigned');
}
