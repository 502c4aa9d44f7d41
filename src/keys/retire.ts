/**
 * How keys die. To retire a key is to delete it from its organisation, the only true revocation. A caller who may not do
 * that marks it as retired and takes it out of its projects: a sweep with an owner's rights finds it by that mark.
 */
import { isAtlasError, messageOf } from '../atlas/errors.ts';
import type { ApiKey, Atlas } from '../atlas/types.ts';
import { concurrently } from './concurrently.ts';
import type { MadeIntent } from './journal.ts';
import { describeMarked, readMark } from './mark.ts';
import type { FamilyRow } from './outcome.ts';
import { type Claim, judge, type Place } from './remit.ts';
import { count, nameOf, ownMark, type Step } from './step.ts';

/** Deletions at once: well inside the rate limit of an organisation's key endpoints (500, 250 more a minute). */
const AT_ONCE = 8;

/** After how many keys a line tells how far a long list is. */
const PROGRESS_EVERY = 25;

/** `unassigned`: in no project, or no more, and alive. */
export type Retirement = 'deleted' | 'gone' | 'unassigned';

/** Keys that the step did not make, by what became of them. */
export interface Retired {
  readonly deleted: readonly ApiKey[];
  readonly unassigned: readonly ApiKey[];
  /** Somebody else had deleted them. */
  readonly gone: readonly ApiKey[];
  /** Outside the remit; told already. */
  readonly left: readonly Alive[];
  readonly failed: readonly Alive[];
  /** Whether anything was changed in Atlas: a key that could only be unassigned may have been in no project already. */
  readonly changed: boolean;
}

interface Alive {
  readonly key: ApiKey;
  readonly why: string;
}

/** Retires the key that this step made. Throws `AtlasError`; a key that is gone already is fine. */
export function retireMade(step: Step, made: MadeIntent): Promise<Retirement> {
  return retire(step, step.undoing, made);
}

/**
 * Retires keys that the step did not make, side by side, each only where it lies within the remit. `why` is the end of a
 * sentence that names the key. One failure is told and does not stop the others.
 */
export async function retireFound(
  step: Step,
  keys: readonly ApiKey[],
  how: {
    readonly place: Place;
    readonly claim: Claim;
    readonly why: (key: ApiKey) => string;
    /** Who tries again where a deletion failed. */
    readonly next: string;
    readonly atlas?: Atlas;
  },
): Promise<Retired> {
  const { place, claim, why, next, atlas = step.atlas } = how;
  const deleted: ApiKey[] = [];
  const unassigned: ApiKey[] = [];
  const gone: ApiKey[] = [];
  const left: Alive[] = [];
  const failed: Alive[] = [];
  let ended = 0;
  await concurrently(keys, AT_ONCE, async (key) => {
    try {
      const fate = await retireOne(step, atlas, key, claim, place);
      if (fate === 'gone') {
        gone.push(key);
        step.log.info(`Key ${nameOf(key)} was gone already.`);
      } else if (fate === 'deleted') {
        deleted.push(key);
        step.log.info(`Deleted key ${nameOf(key)}, ${why(key)}.`);
      } else if (fate === 'unassigned') unassigned.push(key);
      else {
        left.push({ key, ...fate });
        step.leave(key, fate.why);
      }
    } catch (error) {
      failed.push({ key, why: messageOf(error) });
      step.log.warning(`Key ${nameOf(key)} could not be deleted; ${next} tries again. ${messageOf(error)}`);
    }
    ended += 1;
    if (ended % PROGRESS_EVERY === 0) step.log.info(`${ended} of ${count(keys, 'key')} done.`);
  });
  if (unassigned.length > 0) step.log.warning(livesOn(unassigned.map(nameOf).join(', '), place.orgId));
  const taken = unassigned.filter(({ roles }) => roles.some(({ groupId }) => groupId !== undefined));
  return { deleted, unassigned, gone, left, failed, changed: deleted.length + taken.length > 0 };
}

/** These keys, as the given rounds left them, without those that somebody else had deleted. */
export function rowsAfter(keys: readonly ApiKey[], rounds: readonly Retired[]): FamilyRow[] {
  const idsOf = (fate: 'deleted' | 'unassigned' | 'gone') =>
    new Set(rounds.flatMap((round) => round[fate].map(({ id }) => id)));
  const [deleted, unassigned, gone] = [idsOf('deleted'), idsOf('unassigned'), idsOf('gone')];
  return keys
    .filter(({ id }) => !gone.has(id))
    .map(({ id, publicKey, desc }) => {
      const marked = readMark(desc);
      const state = deleted.has(id) ? 'revoked' : unassigned.has(id) ? 'retired' : marked?.mark.state;
      return {
        apiUserId: id,
        publicKey,
        state: state ?? 'current',
        ...(marked && { origin: { desc: marked.text, run: marked.mark } }),
      };
    });
}

/** The end of a sentence that names the key. */
export function whatItWas({ desc }: ApiKey): string {
  return `which was ${readMark(desc)?.mark.state ?? 'current'}`;
}

/** Of keys that could only be unassigned: what is left to do, and by whom. */
export function livesOn(names: string, orgId: string): string {
  return (
    `Out of the project, but still alive in organisation ${orgId}: ${names}. Only an Organization Owner may delete keys: do it ` +
    'there, or run mode: sweep with that role.'
  );
}

async function retireOne(
  step: Step,
  atlas: Atlas,
  key: ApiKey,
  claim: Claim,
  place: Place,
): Promise<Retirement | { readonly why: string }> {
  try {
    const verdict = await judge({ caller: step.caller, atlas }, key, claim, place);
    if ('why' in verdict) return verdict;
    const whole = verdict.key;
    // The post step of its maker may just have made it current.
    if (claim === 'leftOver' && whole.desc !== key.desc) return { why: 'its description has just changed' };
    const marked = readMark(whole.desc);
    const groupIds = [...new Set(whole.roles.flatMap(({ groupId }) => groupId ?? []))];
    const doomed = { apiUserId: key.id, orgId: place.orgId, groupIds, desc: marked?.text ?? whole.desc };
    // While it has its plain text, an ensure at the same moment would take it for the key to use.
    if (marked === undefined) await markRetired(step, atlas, doomed);
    return await retire(step, atlas, doomed);
  } catch (error) {
    if (isAtlasError(error, 'gone')) return 'gone';
    throw error;
  }
}

interface Doomed {
  readonly apiUserId: string;
  readonly orgId: string;
  /** The projects that it is in. */
  readonly groupIds: readonly string[];
  readonly desc: string;
}

async function retire(step: Step, atlas: Atlas, doomed: Doomed): Promise<Retirement> {
  const { apiUserId, orgId, groupIds } = doomed;
  try {
    return await atlas.deleteKey(orgId, apiUserId);
  } catch (error) {
    if (!isAtlasError(error, 'notAllowed')) throw error;
    await markRetired(step, atlas, doomed);
    await Promise.all(groupIds.map((groupId) => atlas.unassignKey(groupId, apiUserId)));
    return 'unassigned';
  }
}

/** The mark only helps readers: a key that cannot be renamed, or is gone, still has to be retired. */
async function markRetired(
  step: Step,
  atlas: Atlas,
  { desc, apiUserId, orgId, groupIds: [groupId] }: Doomed,
): Promise<void> {
  if (groupId === undefined) return;
  try {
    const retired = describeMarked(desc, { ...ownMark(step), state: 'retired' });
    await atlas.renameKey({ apiUserId, orgId, groupId }, retired);
  } catch (error) {
    if (!isAtlasError(error, 'gone', 'notAllowed', 'badRequest', 'unintelligible')) throw error;
  }
}
