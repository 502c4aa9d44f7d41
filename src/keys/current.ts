/** Giving one key of a family its plain description, so that exactly one has it in the end. */
import { isAtlasError } from '../atlas/errors.ts';
import { actingCurrent, type Member, membersIn, readFamily } from './family.ts';
import { organizationOf } from './key.ts';
import { ownMark } from './make-key.ts';
import { describeMarked } from './mark.ts';
import type { Step } from './step.ts';

export interface Promotion {
  readonly groupId: string;
  readonly orgId: string;
  readonly apiUserId: string;
  readonly desc: string;
}

/** Renames the key to the plain text, then looks whether others did the same at the same moment. */
export async function settleCurrent(step: Step, promotion: Promotion): Promise<Member[]> {
  await step.atlas.renameKey(promotion, promotion.desc);
  return demoteOlder(step, promotion);
}

/**
 * Should two keys be plain, all but the newest become previous, which everyone computes alike. To be done by everyone
 * after a rename to the plain text: whoever looks last sees all. Returns the family.
 */
export async function demoteOlder(
  step: Step,
  place: Pick<Promotion, 'groupId' | 'orgId' | 'desc'>,
): Promise<Member[]> {
  const family = await readFamily(step.atlas, place.groupId, place.desc);
  const [, ...older] = membersIn(family, 'current');
  await Promise.all(older.map((member) => demote(step, member, place)));
  return family;
}

/** Marks a rotation's key as one that somebody may hold, and that is not final. */
export async function markUndecided(step: Step, key: Promotion): Promise<void> {
  await step.atlas.renameKey(key, describeMarked(key.desc, { ...ownMark(step), state: 'undecided' }));
}

/**
 * Gives the plain text back where no key has it. An undecided key that was retired may have been committed at the same
 * moment; then the key that stands in for a current one becomes current.
 */
export async function restoreCurrent(
  step: Step,
  place: Pick<Promotion, 'groupId' | 'orgId' | 'desc'>,
): Promise<void> {
  const family = await readFamily(step.atlas, place.groupId, place.desc);
  const acting = actingCurrent(family);
  if (acting === undefined || acting.state === 'current') return;
  const { groupId, orgId, desc } = place;
  await settleCurrent(step, { groupId, orgId, desc, apiUserId: acting.key.id });
}

/** Marks a key as superseded and alive. `gone`: it was deleted, and is only listed still. */
export async function demote(
  step: Step,
  { key }: Member,
  { groupId, orgId, desc }: Pick<Promotion, 'groupId' | 'orgId' | 'desc'>,
): Promise<'demoted' | 'gone'> {
  const previous = describeMarked(desc, { ...ownMark(step), state: 'previous' });
  const target = { groupId, orgId: organizationOf(key) ?? orgId, apiUserId: key.id };
  try {
    await step.atlas.renameKey(target, previous);
    return 'demoted';
  } catch (error) {
    if (isAtlasError(error, 'gone')) return 'gone';
    throw error;
  }
}
