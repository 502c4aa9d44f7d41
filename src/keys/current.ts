/** Giving one key of a family its plain description, so that exactly one has it in the end. */
import { isAtlasError } from '../atlas/errors.ts';
import { type Member, membersIn, readFamily } from './family.ts';
import { describeMarked } from './mark.ts';
import { lookAt, outsideRemit, type Place } from './remit.ts';
import { ownMark, type Step } from './step.ts';

/** Where a family lives: its keys are read in the first project. */
export interface Home extends Place {
  readonly desc: string;
}

/** Gives the key that this step made the plain text, then looks whether others did the same at the same moment. */
export async function becomeCurrent(step: Step, home: Home, apiUserId: string): Promise<Member[]> {
  await givePlainText(step, home, apiUserId);
  return demoteOlder(step, home);
}

/** To be followed by `demoteOlder`. */
export async function givePlainText(step: Step, home: Home, apiUserId: string): Promise<void> {
  await describe(step, home, apiUserId, home.desc);
}

/**
 * Should two keys be plain, all but the newest become previous, which everyone computes alike. To be done by everyone
 * after a rename to the plain text: whoever looks last sees all. Returns the family.
 */
export async function demoteOlder(step: Step, home: Home): Promise<Member[]> {
  const family = await readFamily(step.atlas, home.groupIds[0], home.desc);
  const newest = newestCurrent(step, home, family);
  const others = membersIn(family, 'current').filter((member) => member !== newest);
  await Promise.all(others.map((member) => demote(step, home, member)));
  return family;
}

/** The newest plain key that the list does not show out of the remit: what somebody else renamed decides nothing here. */
export function newestCurrent(
  { caller }: Step,
  { groupIds }: Home,
  family: readonly Member[],
): Member | undefined {
  return membersIn(family, 'current').find(
    ({ key }) => outsideRemit(key, 'member', { caller, groupIds }) === undefined,
  );
}

/**
 * Gives the plain text to the key that stands in for a current one, after a commit that was interrupted. Whether it has
 * it now: `false` where it is not this step's to rename.
 */
export async function promote(step: Step, home: Home, { key }: Member): Promise<boolean> {
  if ((await lookAt(step, key, home)) === undefined) return false;
  await becomeCurrent(step, home, key.id);
  return true;
}

/**
 * Marks this step's own key as one that somebody may hold, and that is not final; with `until`, that the step is still
 * at work on it or on older ones.
 */
export async function markUndecided(
  step: Step,
  home: Home,
  apiUserId: string,
  until?: number,
): Promise<void> {
  const mark = { ...ownMark(step), state: 'undecided', ...(until !== undefined && { until }) } as const;
  await describe(step, home, apiUserId, describeMarked(home.desc, mark));
}

/** Marks a key as superseded and alive, unless it was deleted meanwhile, or is not this step's to rename, which is told. */
export async function demote(step: Step, home: Home, { key }: Member): Promise<void> {
  try {
    if ((await lookAt(step, key, home)) === undefined) return;
    await describe(step, home, key.id, describeMarked(home.desc, { ...ownMark(step), state: 'previous' }));
  } catch (error) {
    if (!isAtlasError(error, 'gone')) throw error;
  }
}

async function describe(
  step: Step,
  { groupIds, orgId }: Home,
  apiUserId: string,
  desc: string,
): Promise<void> {
  await step.atlas.renameKey({ groupId: groupIds[0], orgId, apiUserId }, desc);
}
