/** Giving one key of a family its plain description, so that exactly one has it in the end. */
import { isAtlasError } from '../atlas/errors.ts';
import type { ApiKey } from '../atlas/types.ts';
import { type Member, membersIn, readFamily } from './family.ts';
import type { MadeIntent } from './journal.ts';
import { describeMarked } from './mark.ts';
import { mayTouch, outsideRemit } from './remit.ts';
import { ownMark, type Step } from './step.ts';

/** Where a family lives: its keys are read in the first project. */
type Home = Pick<MadeIntent, 'groupIds' | 'orgId' | 'desc'>;

/** One of its keys. */
type Own = Home & Pick<MadeIntent, 'apiUserId'>;

/** Gives a key the plain text, then looks whether others did the same at the same moment. Returns the family. */
export async function becomeCurrent(step: Step, key: Own): Promise<Member[]> {
  await rename(step, key, key.desc);
  return demoteOlder(step, key);
}

/** Changes a key's description. Whoever gives the plain text calls `demoteOlder` then. */
export async function rename(step: Step, { groupIds, orgId, apiUserId }: Own, desc: string): Promise<void> {
  await step.atlas.renameKey({ groupId: groupIds[0], orgId, apiUserId }, desc);
}

/**
 * If several keys are plain, all but the newest become previous, which everyone computes alike. Everyone does this after a
 * rename to the plain text, and whoever looks last sees all of them. Returns the family.
 */
export async function demoteOlder(step: Step, home: Home): Promise<Member[]> {
  const family = await readFamily(step, home);
  const newest = newestCurrent(step, home, family);
  const others = membersIn(family, 'current').filter((member) => member !== newest);
  await Promise.all(others.map((member) => demote(step, home, member)));
  return family;
}

/** The newest plain key that the list shows within the remit. One that somebody else renamed must decide nothing here. */
export function newestCurrent(step: Step, home: Home, family: readonly Member[]): Member | undefined {
  const isOurs = (key: ApiKey) => outsideRemit(key, 'member', step.caller, home.groupIds) === undefined;
  return membersIn(family, 'current').find(isOurs);
}

/** Marks this step's key: not final, and somebody may hold it. `until`: the step is at work on it till then at most. */
export async function markUndecided(step: Step, key: Own, until?: number): Promise<void> {
  const mark = { ...ownMark(step), state: 'undecided', ...(until !== undefined && { until }) } as const;
  await rename(step, key, describeMarked(key.desc, mark));
}

/** Marks a key as superseded and alive, unless it was deleted meanwhile, or is not this step's to rename, which is told. */
export async function demote(step: Step, home: Home, key: ApiKey): Promise<void> {
  try {
    if (!(await mayTouch(step, key, home))) return;
    const marked = describeMarked(home.desc, { ...ownMark(step), state: 'previous' });
    await rename(step, { ...home, apiUserId: key.id }, marked);
  } catch (error) {
    if (!isAtlasError(error, 'gone')) throw error;
  }
}
