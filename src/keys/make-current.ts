/**
 * How ensure makes the key: as pending, in an election with all others who do the same, and current only when it has
 * been handed out.
 */
import { isAtlasError } from '../atlas/errors.ts';
import type { EnsureRequest } from '../request.ts';
import { demoteOlder, givePlainText } from './current.ts';
import { deadPending, type Member, readFamily, winElection } from './family.ts';
import { handOver, makeUsable, resolveAccessList } from './handover.ts';
import { nothingLeft } from './journal.ts';
import { factsOf, type MadeKey, makePendingKey, undo } from './make-key.ts';
import { type Outcome, outcome } from './outcome.ts';
import { retireFound } from './retire.ts';
import { nameOf, type Step } from './step.ts';

/** Makes the key; `undefined` when another maker has it. */
export async function makeCurrent(
  step: Step,
  request: EnsureRequest,
  desc: string,
): Promise<Outcome | undefined> {
  const { groupIds, roles, handover } = request;
  const entries = await resolveAccessList(step, handover.accessList);
  const made = await makePendingKey(step, { purpose: { mode: 'ensure' }, desc, groupIds, roles });
  if (!(await isElected(step, made, request, entries))) {
    await undo(step, made);
    return undefined;
  }
  step.log.info(`Created key ${nameOf(made.key)}.`);
  if ((await handOver(step, made, handover.store)) === 'tooLate') {
    await undo(step, made);
    return undefined;
  }
  const family = await finish(step, made, handover.store !== undefined);
  if (handover.store === undefined) {
    step.log.notice(
      `Key ${nameOf(made.key)} is permanent, and this step did not store its private key: unless a later step of this job ` +
        'does, nobody has it when the job ends. Give githubToken and combinedSecret and let mode: rotate make a new key, or ' +
        'use mode: ephemeral for a key that ends with the job.',
    );
  }
  const retired = await retireDead(step, made, deadPending(family, step.atlas.serviceNow()));
  return outcome({
    result: 'created',
    changed: true,
    facts: factsOf(made),
    privateKey: made.key.privateKey,
    retired,
  });
}

/** Makes the key usable and stands for election with it. After a failure the key is gone. */
async function isElected(
  step: Step,
  made: MadeKey,
  { handover }: EnsureRequest,
  entries: Awaited<ReturnType<typeof resolveAccessList>>,
): Promise<boolean> {
  const { intent } = made;
  try {
    const [family] = await Promise.all([
      readFamily(step.atlas, intent.groupIds[0], intent.desc),
      makeUsable(step, made, handover, entries),
    ]);
    return await winElection(step, family, intent);
  } catch (error) {
    await undo(step, made);
    throw error;
  }
}

/**
 * The last rename. It stays within the deadline that the mark tells everybody, because every call does. When it is
 * refused for good, a key that was not stored is undone; when it is only unanswered, post sends it again. Returns the
 * family.
 */
async function finish(step: Step, made: MadeKey, isStored: boolean): Promise<Member[]> {
  const { intent } = made;
  try {
    await givePlainText(step, intent, intent.apiUserId);
  } catch (error) {
    if (!isStored && isAtlasError(error, 'notAllowed', 'badRequest', 'gone')) {
      step.recall();
      await undo(step, made);
    }
    throw error;
  }
  try {
    // A rotation takes no part in the election: it may have committed since.
    const family = await demoteOlder(step, intent);
    step.journal(nothingLeft(intent));
    return family;
  } catch {
    step.log.warning(
      'Whether a rotation was committed at the same moment is left to the post step to find out.',
    );
    return [];
  }
}

/** Pending keys of makers that are gone: after the new key is safe, and only as a favour. */
async function retireDead(step: Step, { intent }: MadeKey, dead: readonly Member[]): Promise<string[]> {
  const { deleted } = await retireFound(
    step,
    dead.map(({ key }) => key),
    {
      place: intent,
      claim: 'leftOver',
      why: () => 'which a run that died had made and handed to nobody',
      next: 'a sweep',
    },
  );
  return deleted.map(({ id }) => id);
}
