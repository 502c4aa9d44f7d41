/** Giving one key of a family its plain description, so that exactly one has it in the end. */
import { familyOf, type Member, membersIn } from './family.ts';
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

/**
 * Renames the key to the plain text, then looks again: should two be plain by now, since others did the same at
 * the same moment, all but the newest become previous, which everyone computes alike.
 */
export async function settleCurrent(step: Step, promotion: Promotion): Promise<Member[]> {
  const { groupId, desc } = promotion;
  await step.atlas.renameKey(promotion, desc);
  const family = familyOf(desc, await step.atlas.listProjectKeys(groupId));
  const [, ...older] = membersIn(family, 'current');
  await Promise.all(older.map((member) => demote(step, member, promotion)));
  return family;
}

/** Marks a key as superseded and alive. */
export async function demote(
  step: Step,
  { key }: Member,
  { groupId, orgId, desc }: Pick<Promotion, 'groupId' | 'orgId' | 'desc'>,
): Promise<void> {
  const previous = describeMarked(desc, { ...ownMark(step), state: 'previous' });
  const target = { groupId, orgId: organizationOf(key) ?? orgId, apiUserId: key.id };
  await step.atlas.renameKey(target, previous);
}
