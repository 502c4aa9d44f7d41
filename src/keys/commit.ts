/** How a rotation becomes final, and which keys go then. */
import { becomeCurrent, demote, type Home, newestCurrent } from './current.ts';
import { type Member, membersIn, readFamily } from './family.ts';
import type { MadeIntent, RotatePurpose } from './journal.ts';
import { newestFirst } from './key.ts';
import { KeyError } from './key-error.ts';
import type { FamilyRow } from './outcome.ts';
import { retireFound, whatItWas } from './retire.ts';
import { abandonedToRetire, supersededToRetire } from './retirement.ts';
import type { Step } from './step.ts';

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
export async function commitRotation(step: Step, rotation: MadeIntent<RotatePurpose>): Promise<Commit> {
  const { desc, apiUserId, groupIds } = rotation;
  const first = await readFamily(step.atlas, groupIds[0], desc);
  const mine = first.find((member) => member.key.id === apiUserId);
  if (mine === undefined || mine.state === 'retired') {
    throw new KeyError(
      `Key ${apiUserId} that this rotation made is no longer in use, so it cannot become current. No other key was ` +
        'changed. Somebody revoked it. Run the job again.',
    );
  }
  // What was stored last is the newest; docs/lifecycle.md says why.
  const isSuperseded = (family: readonly Member[]): boolean => {
    const newest = newestCurrent(step, rotation, family);
    return newest !== undefined && newestFirst(newest.key, mine.key) < 0;
  };
  if (isSuperseded(first)) {
    await demote(step, rotation, mine);
    return superseded(await readFamily(step.atlas, groupIds[0], desc));
  }
  const former = membersIn(first, 'current').filter((member) => member !== mine);
  await Promise.all(former.map((member) => demote(step, rotation, member)));
  const last = await becomeCurrent(step, rotation, apiUserId);
  if (isSuperseded(last)) return superseded(last);

  const retired = await retireMembers(step, rotation, [
    // An earlier try had made it current already. What has become previous since then is left to the next rotation.
    ...(mine.state === 'current' ? [] : supersededToRetire(first, last, rotation)),
    ...abandonedToRetire(first, rotation, step.atlas.serviceNow()),
  ]);
  return { outcome: 'committed', retired: retired.map(({ key }) => key.id), family: rowsOf(last, retired) };
}

function superseded(family: readonly Member[]): Commit {
  return { outcome: 'superseded', retired: [], family: rowsOf(family, []) };
}

/** Retires these members side by side, each where it lies within the remit. Returns those that went. */
export async function retireMembers(step: Step, place: Home, members: readonly Member[]): Promise<Member[]> {
  const { deleted } = await retireFound(
    step,
    members.map(({ key }) => key),
    { place, claim: 'member', why: whatItWas, next: 'the next rotation' },
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
