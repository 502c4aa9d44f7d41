/**
 * How keys die. To retire a key is to delete it from its organisation, the only true revocation. A caller who may not do
 * that marks it as retired and takes it out of its projects: a sweep with an owner's rights finds it by that mark.
 */
import { isAtlasError, messageOf } from '../atlas/errors.ts';
import type { ApiKey } from '../atlas/types.ts';
import { concurrently } from './concurrently.ts';
import type { MadeIntent } from './journal.ts';
import { describeMarked, readMark, stateOf } from './mark.ts';
import { type FamilyRow, type Outcome, outcome } from './outcome.ts';
import { type Claim, judge, type Place } from './remit.ts';
import { nameOf, ownMark, type Step } from './step.ts';

/** Deletions at once: well inside the rate limit of an organisation's key endpoints (500, 250 more a minute). */
const AT_ONCE = 8;

/** `unassigned`: in no project, or no more, and alive. */
type Retirement = 'deleted' | 'gone' | 'unassigned';

/** What became of a key that was to be retired. */
export interface End {
  readonly key: ApiKey;
  /** `gone`: somebody else had deleted it. `left`: it lies outside the remit. */
  readonly fate: Retirement | 'left' | 'failed';
  /** Why it is alive, where it is. */
  readonly why: string;
}

interface How extends Place {
  readonly claim: Claim;
  /** The end of a sentence that names the key; what it was when left out. */
  readonly which?: (key: ApiKey) => string;
  /** Who tries again where a deletion failed. */
  readonly next: string;
}

/** Retires the key that this step made. Throws `AtlasError`; a key that is gone already is fine. */
export function retireMade(step: Step, made: MadeIntent): Promise<Retirement> {
  return retire({ ...step, atlas: step.undoing }, made);
}

/**
 * Retires keys that the step did not make, side by side, each only where it lies within the remit, and tells of each.
 * One failure does not stop the others.
 */
export async function retireFound(step: Step, keys: readonly ApiKey[], how: How): Promise<End[]> {
  const { which = ({ desc }) => `which was ${stateOf(desc)}`, next, orgId } = how;
  const ends = await concurrently(keys, AT_ONCE, async (key) => {
    const end = await retireOne(step, key, how);
    const name = nameOf(key);
    if (end.fate === 'deleted') step.log.info(`Deleted key ${name}, ${which(key)}.`);
    if (end.fate === 'gone') step.log.info(`Key ${name} was gone already.`);
    if (end.fate === 'left') step.leave(key, end.why);
    if (end.fate === 'failed') {
      step.log.warning(`Key ${name} could not be deleted; ${next} tries again. ${end.why}`);
    }
    return end;
  });
  const unassigned = ends.filter(({ fate }) => fate === 'unassigned').map(({ key }) => nameOf(key));
  if (unassigned.length > 0) step.log.warning(livesOn(unassigned.join(', '), orgId));
  return ends;
}

/** Of keys that could only be unassigned: what is left to do, and by whom. */
export function livesOn(names: string, orgId: string): string {
  return (
    `Out of the project, but still alive in organisation ${orgId}: ${names}. Only an Organization Owner may delete keys: do it ` +
    'there, or run mode: sweep with that role.'
  );
}

/** The ids of those that this step deleted. */
export function deletedIn(ends: readonly End[]): string[] {
  return ends.filter(({ fate }) => fate === 'deleted').map(({ key }) => key.id);
}

/** What a table shows of a key that has changed. */
const SHOWN: Partial<Record<End['fate'], FamilyRow['state']>> = { deleted: 'revoked', unassigned: 'retired' };

/** A table of these keys and of those that were to be retired, but for what somebody else had deleted. */
export function rowsOf(family: readonly ApiKey[], ends: readonly End[] = []): FamilyRow[] {
  const fates = new Map(ends.map(({ key, fate }) => [key.id, fate]));
  const keys = new Map([...family, ...ends.map(({ key }) => key)].map((key) => [key.id, key]));
  return [...keys.values()]
    .filter(({ id }) => fates.get(id) !== 'gone')
    .map(({ id, publicKey, desc }) => {
      const fate = fates.get(id);
      const marked = readMark(desc);
      return {
        apiUserId: id,
        publicKey,
        state: (fate && SHOWN[fate]) ?? marked?.mark.state ?? 'current',
        ...(marked && { origin: { desc: marked.text, run: marked.mark } }),
      };
    });
}

/** What a step did that does nothing but retire keys. */
export function outcomeOf(result: Outcome['result'], ends: readonly End[], problem?: string): Outcome {
  const retired = deletedIn(ends);
  // One that could only be unassigned may have been in no project already.
  const isTaken = ({ fate, key }: End) => fate === 'unassigned' && key.roles.some(({ groupId }) => groupId);
  return outcome({
    result,
    changed: retired.length > 0 || ends.some(isTaken),
    retired,
    family: rowsOf([], ends),
    ...(problem !== undefined && { problem }),
  });
}

async function retireOne(step: Step, key: ApiKey, { claim, ...place }: How): Promise<End> {
  try {
    const verdict = await judge(step, key, claim, place);
    if ('why' in verdict) return { key, fate: 'left', why: verdict.why };
    const { desc, roles } = verdict.key;
    const marked = readMark(desc);
    const groupIds = [...new Set(roles.flatMap(({ groupId }) => groupId ?? []))];
    const doomed = { apiUserId: key.id, orgId: place.orgId, groupIds, desc: marked?.text ?? desc };
    // While it has its plain text, an ensure at the same moment would take it for the key to use.
    if (marked === undefined) await markRetired(step, doomed);
    const why = 'it is out of its projects, but only an Organization Owner may delete it';
    return { key, fate: await retire(step, doomed), why };
  } catch (error) {
    return { key, fate: isAtlasError(error, 'gone') ? 'gone' : 'failed', why: messageOf(error) };
  }
}

interface Doomed {
  readonly apiUserId: string;
  readonly orgId: string;
  /** The projects that it is in. */
  readonly groupIds: readonly string[];
  readonly desc: string;
}

async function retire(step: Step, doomed: Doomed): Promise<Retirement> {
  const { apiUserId, orgId, groupIds } = doomed;
  try {
    return await step.atlas.deleteKey(orgId, apiUserId);
  } catch (error) {
    if (!isAtlasError(error, 'notAllowed')) throw error;
    await markRetired(step, doomed);
    await Promise.all(groupIds.map((groupId) => step.atlas.unassignKey(groupId, apiUserId)));
    return 'unassigned';
  }
}

/** The mark only helps readers: a key that cannot be renamed, or is gone, still has to be retired. */
async function markRetired(
  step: Step,
  { desc, apiUserId, orgId, groupIds: [groupId] }: Doomed,
): Promise<void> {
  if (groupId === undefined) return;
  try {
    const retired = describeMarked(desc, { ...ownMark(step), state: 'retired' });
    await step.atlas.renameKey({ apiUserId, orgId, groupId }, retired);
  } catch (error) {
    if (!isAtlasError(error, 'gone', 'notAllowed', 'badRequest', 'unintelligible')) throw error;
  }
}
