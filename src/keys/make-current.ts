/**
 * How ensure makes the key: as pending, in an election with all others who do the same, and current only when it has
 * been handed out.
 */
import { isAtlasError } from '../atlas/errors.ts';
import type { EnsureRequest } from '../request.ts';
import { demoteOlder } from './current.ts';
import { winElection } from './election.ts';
import { deadPending, type Member, readFamily } from './family.ts';
import { makeUsable, resolveAccessList } from './handover.ts';
import { factsOf, type MadeKey, makePendingKey, ownMark, undoMaking, withdrawKey } from './make-key.ts';
import { organizationOfProject } from './organization.ts';
import { type Outcome, outcome } from './outcome.ts';
import { retireKey } from './revoke-key.ts';
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
  const [groupId] = groupIds;
  try {
    const [family] = await Promise.all([
      readFamily(step.atlas, groupId, desc),
      makeUsable(step, made, handover, entries),
    ]);
    const candidate = { groupId, desc, apiUserId: made.key.id };
    if (!(await winElection(step, family, candidate))) {
      await withdrawKey(step, made);
      return undefined;
    }
    step.log.info(`Created key ${nameOf(made.key)}.`);
    await step.deliver({ key: made.key, orgId: made.intent.orgId });
  } catch (error) {
    await undoMaking(step, made);
    throw error;
  }
  step.journal({ phase: 'handedOut', ...made.intent });
  const family = await becomeCurrent(step, made);
  const retired = await retireDead(step, request, desc, deadPending(family, step.atlas.serviceNow()));
  return outcome({
    result: 'created',
    changed: true,
    facts: factsOf(made),
    privateKey: made.key.privateKey,
    retired,
  });
}

/**
 * The last rename. It stays within the deadline that the mark tells everybody, because every call does. When
 * it is refused for good, the key is undone; when it is only unanswered, post sends it again. Returns the family.
 */
async function becomeCurrent(step: Step, made: MadeKey): Promise<Member[]> {
  const { desc, groupIds, orgId, apiUserId } = made.intent;
  const promotion = { groupId: groupIds[0], orgId, apiUserId, desc };
  try {
    await step.atlas.renameKey(promotion, desc);
  } catch (error) {
    if (isAtlasError(error, 'notAllowed', 'badRequest', 'gone')) {
      step.recall();
      step.journal({ phase: 'made', ...made.intent });
      await undoMaking(step, made);
    }
    throw error;
  }
  try {
    // A rotation takes no part in the election: it may have committed since.
    const family = await demoteOlder(step, promotion);
    step.journal({ phase: 'settled', ...made.intent });
    return family;
  } catch {
    step.log.warning(
      'Whether a rotation was committed at the same moment is left to the post step to find out.',
    );
    return [];
  }
}

/** Pending keys of makers that are gone: after the new key is safe, and only as a favour. */
async function retireDead(
  step: Step,
  request: EnsureRequest,
  desc: string,
  dead: readonly Member[],
): Promise<string[]> {
  const retired: string[] = [];
  for (const { key } of dead.filter(({ key }) => key.publicKey !== step.callerPublicKey)) {
    try {
      const orgId = await organizationOfProject(step.atlas, request.groupIds[0], [key]);
      const doomed = { apiUserId: key.id, orgId, groupIds: request.groupIds };
      const { outcome: how } = await retireKey(step.atlas, doomed, { desc, mark: ownMark(step) });
      if (how === 'revoked') retired.push(key.id);
      const verb = how === 'unassigned' ? 'Unassigned' : 'Deleted';
      step.log.info(`${verb} key ${nameOf(key)}, which a run that died had made and handed to nobody.`);
    } catch {
      step.log.warning(
        `Key ${nameOf(key)}, which a run that died had made, could not be deleted; a sweep does it.`,
      );
    }
  }
  return retired;
}
