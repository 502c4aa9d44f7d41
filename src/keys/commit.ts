/** How a rotation becomes final, and which keys go then. */
import { isAtlasError, messageOf } from '../atlas/errors.ts';
import type { GroupIds } from '../request.ts';
import { demote, type Promotion, restoreCurrent, settleCurrent } from './current.ts';
import { type Member, membersIn, readFamily } from './family.ts';
import { createdAt, newestFirst, organizationOf } from './key.ts';
import { KeyError } from './key-error.ts';
import { ownMark } from './make-key.ts';
import type { FamilyRow } from './outcome.ts';
import { doomedAsBefore, inUse, membersToRetire } from './retirement.ts';
import { livesOn, retireKey } from './revoke-key.ts';
import { nameOf, type Step } from './step.ts';

export interface Rotation {
  readonly groupIds: GroupIds;
  readonly orgId: string;
  readonly desc: string;
  /** The key that this rotation made. */
  readonly apiUserId: string;
  readonly keepPrevious: number;
}

export interface Commit {
  /** `superseded`: a newer key is current already, so this one became previous and nothing was retired. */
  readonly outcome: 'committed' | 'superseded';
  readonly retired: readonly string[];
  readonly family: readonly FamilyRow[];
}

/**
 * Makes the rotation's key the current one: the former become previous, then it gets the plain text, then those
 * beyond `keepPrevious` are retired. May be run again after it was interrupted. Throws `KeyError` when the key is gone.
 */
export async function commitRotation(step: Step, rotation: Rotation): Promise<Commit> {
  const { desc, apiUserId } = rotation;
  const promotion: Promotion = { groupId: rotation.groupIds[0], orgId: rotation.orgId, apiUserId, desc };
  const before = await readFamily(step.atlas, promotion.groupId, desc);
  const mine = before.find((member) => member.key.id === apiUserId);
  if (mine === undefined || mine.state === 'retired') {
    throw new KeyError(
      'notFound',
      `Key ${apiUserId} that this rotation made is no longer in use, so it cannot become current. No other key was ` +
        'changed. Somebody revoked it, or more rotations than keepPrevious + 1 were open at once. Run the job again, one rotation at a time.',
    );
  }
  const plain = membersIn(before, 'current').filter((member) => member !== mine);
  // Within one second ids tell no order: then the later commit wins.
  if (plain.some((member) => createdAt(member.key.id) > createdAt(apiUserId))) {
    await demote(step, mine, promotion);
    return superseded(await readFamily(step.atlas, promotion.groupId, desc));
  }
  const demoted = await Promise.all(plain.map((member) => demote(step, member, promotion)));
  const gone = plain.filter((_, index) => demoted[index] === 'gone').map(({ key }) => key.id);
  const after = await settleCurrent(step, promotion).catch(async (error) => {
    // Another rotation retired it after that look; the former key must not be left without its name.
    if (isAtlasError(error, 'gone')) await restoreCurrent(step, promotion);
    throw error;
  });
  const [newest] = membersIn(after, 'current');
  if (newest !== undefined && newest.key.id !== apiUserId) return superseded(after);

  // One that is only listed still keeps nobody's place.
  const alive = (members: readonly Member[]) => members.filter(({ key }) => !gone.includes(key.id));
  const held = inUse(alive(before), { apiUserId, nonce: step.nonce });
  const doomed = doomedAsBefore(membersToRetire(alive(after), rotation, held), before);
  // An earlier try had got this far: who knows what has become previous since.
  const leaving = mine.state === 'current' ? doomed.filter(({ state }) => state !== 'previous') : doomed;
  const retired = await retireMembers(step, rotation, leaving);
  if (leaving.some((member) => member.state === 'undecided')) await restoreCurrent(step, promotion);
  return {
    outcome: 'committed',
    retired: retired.map(({ key }) => key.id),
    family: rowsOf(alive(after), retired),
  };
}

function superseded(family: readonly Member[]): Commit {
  return { outcome: 'superseded', retired: [], family: rowsOf(family, []) };
}

/** Retires these members side by side. A failure is told and left to the next rotation. Returns those that went. */
export async function retireMembers(
  step: Step,
  { groupIds, orgId, desc }: Pick<Rotation, 'groupIds' | 'orgId' | 'desc'>,
  members: readonly Member[],
): Promise<Member[]> {
  const results = await Promise.all(
    members.map(async (member) => {
      const doomed = { apiUserId: member.key.id, orgId: organizationOf(member.key) ?? orgId, groupIds };
      try {
        const { outcome } = await retireKey(step.atlas, doomed, { desc, mark: ownMark(step) });
        if (outcome === 'revoked')
          step.log.info(`Retired key ${nameOf(member.key)}, which was ${member.state}.`);
        if (outcome === 'unassigned') step.log.warning(livesOn(nameOf(member.key), doomed.orgId));
        return outcome === 'revoked' ? [member] : [];
      } catch (error) {
        const why = messageOf(error);
        step.log.warning(
          `Key ${nameOf(member.key)} could not be retired; the next rotation tries again. ${why}`,
        );
        return [];
      }
    }),
  );
  return results.flat();
}

/** The family as a table, newest first, with what this step deleted. */
export function rowsOf(family: readonly Member[], retired: readonly Member[]): FamilyRow[] {
  const gone = new Set(retired.map(({ key }) => key.id));
  const alive = family.filter(({ key }) => !gone.has(key.id));
  return [...alive, ...retired]
    .sort((left, right) => newestFirst(left.key, right.key))
    .map(({ key, state }) => ({
      apiUserId: key.id,
      publicKey: key.publicKey,
      state: gone.has(key.id) ? 'retired' : state,
    }));
}
