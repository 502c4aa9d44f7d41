/** How a rotation becomes final, and which keys go then. */
import { isAtlasError } from '../atlas/errors.ts';
import { becomeCurrent, demote, type Home, isOurs, restoreCurrent } from './current.ts';
import { type Member, membersIn, readFamily } from './family.ts';
import { newestFirst } from './key.ts';
import { KeyError } from './key-error.ts';
import type { FamilyRow } from './outcome.ts';
import { retireFound } from './retire.ts';
import { doomedAsBefore, inUse, membersToRetire } from './retirement.ts';
import type { Step } from './step.ts';

export interface Rotation extends Home {
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
  const { desc, apiUserId, groupIds } = rotation;
  const before = await readFamily(step.atlas, groupIds[0], desc);
  const mine = before.find((member) => member.key.id === apiUserId);
  if (mine === undefined || mine.state === 'retired') {
    throw new KeyError(
      `Key ${apiUserId} that this rotation made is no longer in use, so it cannot become current. No other key was ` +
        'changed. Somebody revoked it, or more rotations than keepPrevious + 1 were open at once. Run the job again, one rotation at a time.',
    );
  }
  const plain = membersIn(before, 'current').filter((member) => member !== mine);
  // What was stored last is the newest; docs/lifecycle.md says why.
  if (plain.some((member) => newestFirst(member.key, mine.key) < 0 && isOurs(step, rotation, member))) {
    await demote(step, rotation, mine);
    return superseded(await readFamily(step.atlas, groupIds[0], desc));
  }
  const demoted = await Promise.all(plain.map((member) => demote(step, rotation, member)));
  const gone = plain.filter((_, index) => demoted[index] === 'gone').map(({ key }) => key.id);
  const after = await becomeCurrent(step, rotation, apiUserId).catch(async (error) => {
    // Another rotation retired it after that look. Then no key has the plain text, so the former one gets it back.
    if (isAtlasError(error, 'gone')) await restoreCurrent(step, rotation);
    throw error;
  });
  const [newest] = membersIn(after, 'current').filter((member) => isOurs(step, rotation, member));
  if (newest !== undefined && newest.key.id !== apiUserId) return superseded(after);

  // A key that is gone may be listed for a moment longer; it does not count towards `keepPrevious`.
  const alive = (members: readonly Member[]) => members.filter(({ key }) => !gone.includes(key.id));
  const held = inUse(alive(before), { apiUserId, nonce: step.nonce });
  const doomed = doomedAsBefore(membersToRetire(alive(after), rotation, held), before);
  // An earlier try had made it current already. What has become previous since then is left to the next rotation.
  const leaving = mine.state === 'current' ? doomed.filter(({ state }) => state !== 'previous') : doomed;
  const retired = await retireMembers(step, rotation, leaving);
  return {
    outcome: 'committed',
    retired: retired.map(({ key }) => key.id),
    family: rowsOf(alive(after), retired),
  };
}

function superseded(family: readonly Member[]): Commit {
  return { outcome: 'superseded', retired: [], family: rowsOf(family, []) };
}

/** Retires these members side by side, each where it lies within the remit. Returns those that went. */
export async function retireMembers(
  step: Step,
  rotation: Rotation,
  members: readonly Member[],
): Promise<Member[]> {
  const states = new Map(members.map(({ key, state }) => [key.id, state]));
  const { deleted } = await retireFound(
    step,
    members.map(({ key }) => key),
    {
      place: rotation,
      claim: 'member',
      why: ({ id }) => `which was ${states.get(id)}`,
      next: 'the next rotation',
    },
  );
  return members.filter(({ key }) => deleted.includes(key));
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
      state: gone.has(key.id) ? 'revoked' : state,
    }));
}
