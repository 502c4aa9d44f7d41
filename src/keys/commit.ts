/** How a rotation becomes final, and which keys go then. */
import { becomeCurrent, demote, newestCurrent } from './current.ts';
import { actingCurrent, type Member, membersIn, readFamily } from './family.ts';
import type { MadeIntent } from './journal.ts';
import { createdAt } from './key.ts';
import type { FamilyRow } from './outcome.ts';
import { deletedIn, retireFound, rowsOf } from './retire.ts';
import { KeyError, type Step } from './step.ts';

export interface Commit {
  /** `superseded`: a newer key is current already, so this one became previous and nothing was retired. */
  readonly outcome: 'committed' | 'superseded';
  readonly retired: readonly string[];
  /** Superseded keys that are still alive, newest first: also one that could only be taken out of its projects. */
  readonly previous: readonly string[];
  readonly family: readonly FamilyRow[];
}

/**
 * Makes the rotation's key the current one: the former become previous, then it gets the plain text, then those
 * beyond `keepPrevious` are retired. May be run again after it was interrupted. Throws `KeyError` when the key is gone.
 */
export async function commitRotation(step: Step, made: MadeIntent, keepPrevious: number): Promise<Commit> {
  const { apiUserId } = made;
  const first = await readFamily(step, made);
  const mine = first.find(({ id }) => id === apiUserId);
  if (mine === undefined || mine.state === 'retired') {
    throw new KeyError(
      `Key ${apiUserId}, which this rotation made, cannot become current, because somebody revoked it. No other key was ` +
        'changed. Run the job again.',
    );
  }
  // What was stored last is the newest; docs/lifecycle.md says why.
  const isSuperseded = (family: readonly Member[]): boolean => {
    const newest = newestCurrent(step, made, family);
    return newest !== undefined && newest.id > apiUserId;
  };
  if (isSuperseded(first)) {
    await demote(step, made, mine);
    return superseded(step, apiUserId, await readFamily(step, made));
  }
  const former = membersIn(first, 'current').filter((member) => member !== mine);
  await Promise.all(former.map((member) => demote(step, made, member)));
  const last = await becomeCurrent(step, made);
  if (isSuperseded(last)) return superseded(step, apiUserId, last);

  const doomed = [
    // An earlier try had made it current already. What has become previous since then is left to the next rotation.
    ...(mine.state === 'current' ? [] : supersededToRetire(first, last, made, keepPrevious)),
    ...abandonedToRetire(first, apiUserId, keepPrevious, step.atlas.serviceNow()),
  ];
  const left = await retireMembers(step, made, last, doomed);
  step.log.info(`The rotation is final: key ${apiUserId} is current.`);
  return { outcome: 'committed', ...left };
}

function superseded(step: Step, apiUserId: string, family: readonly Member[]): Commit {
  step.log.info(`A newer rotation was committed meanwhile; key ${apiUserId} counts as previous.`);
  const previous = supersededIn(family, apiUserId);
  return { outcome: 'superseded', retired: [], previous, family: rowsOf(family) };
}

/** The ids of the members that this key takes over from. */
export function supersededIn(family: readonly Member[], apiUserId: string): string[] {
  return membersIn(allBut(apiUserId, family), 'current', 'previous').map(({ id }) => id);
}

/** Retires these members side by side, each where it lies within the remit. `family` is what the table shows besides. */
export async function retireMembers(
  step: Step,
  { groupIds, orgId, apiUserId }: MadeIntent,
  family: readonly Member[],
  doomed: readonly Member[],
): Promise<Omit<Commit, 'outcome'>> {
  const how = { groupIds, orgId, claim: 'member', next: 'the next rotation' } as const;
  const ends = await retireFound(step, doomed, how);
  const gone = ends.filter(({ fate }) => fate === 'deleted' || fate === 'gone').map(({ key }) => key.id);
  const previous = supersededIn(family, apiUserId).filter((id) => !gone.includes(id));
  return { retired: deletedIn(ends), previous, family: rowsOf(family, ends) };
}

/** No job runs longer, in milliseconds: https://docs.github.com/en/actions/reference/limits has five days. */
const LONGEST_JOB = 6 * 24 * 3_600_000;

/**
 * Which superseded members a commit retires. It keeps `keepPrevious` of them: first the one that was current in its first
 * look, then the newest. They are counted as the last look shows them. A member that is current there, or was demoted only
 * since the first look, is left to the next rotation, because somebody may just have got it.
 */
export function supersededToRetire(
  first: readonly Member[],
  last: readonly Member[],
  { apiUserId, nonce }: Pick<MadeIntent, 'apiUserId' | 'nonce'>,
  keepPrevious: number,
): Member[] {
  const before = allBut(apiUserId, first);
  const previous = membersIn(before, 'previous');
  // Where an earlier try has demoted it, the former current key is known by the nonce with which it did.
  const formerFirst = [
    ...membersIn(before, 'current'),
    ...previous.filter(({ mark }) => mark?.nonce === nonce),
    ...previous,
  ];
  const known = formerFirst.map(({ id }) => id);
  const rank = ({ id }: Member): number => (id === known[0] ? 0 : 1);
  return membersIn(allBut(apiUserId, last), 'current', 'previous')
    .sort((left, right) => rank(left) - rank(right))
    .slice(keepPrevious)
    .filter(({ id, state }) => state === 'previous' && known.includes(id));
}

/**
 * Which members any rotation retires, whether it becomes final or not: those that are marked as retired, and undecided
 * ones whose job cannot commit them any more. It keeps the newest `keepPrevious` of the undecided ones, and the one that
 * stands in for a current key.
 */
export function abandonedToRetire(
  family: readonly Member[],
  apiUserId: string,
  keepPrevious: number,
  serviceNow: number,
): Member[] {
  const others = allBut(apiUserId, family);
  const acting = actingCurrent(others);
  const undecided = membersIn(others, 'undecided').slice(keepPrevious);
  return [
    ...undecided.filter((member) => member !== acting && serviceNow - createdAt(member.id) > LONGEST_JOB),
    ...membersIn(others, 'retired'),
  ];
}

function allBut(apiUserId: string, family: readonly Member[]): Member[] {
  return family.filter(({ id }) => id !== apiUserId);
}
