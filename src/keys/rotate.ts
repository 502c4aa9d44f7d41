/**
 * rotate: a new key beside the one in use, handed over now and made final later. Nothing that somebody may hold is
 * deleted before its successor is current.
 */
import type { RotateRequest } from '../request.ts';
import { abandonedToRetire, type Commit, commitRotation, retireMembers, supersededIn } from './commit.ts';
import { converge, takeMember } from './converge.ts';
import { markUndecided } from './current.ts';
import { actingCurrent, type Member, readFamily } from './family.ts';
import { handOver, makeUsable, resolveAccessList } from './handover.ts';
import { nothingLeft } from './journal.ts';
import { ageAt, organizationOf } from './key.ts';
import { misfitOf } from './known-secret.ts';
import { checkMayRename, type MadeKey, makeKey, orUndo, outcomeOfMade, outlastSecondOf } from './make-key.ts';
import type { FamilyRow, Outcome } from './outcome.ts';
import { judge } from './remit.ts';
import { rowsOf } from './retire.ts';
import { KeyError, nameOf, type Step } from './step.ts';

export async function rotate(step: Step, request: RotateRequest): Promise<Outcome> {
  const { groupIds, handover, commit, keepPrevious } = request;
  const family = await readFamily(step, request);
  const current = actingCurrent(family);

  if (current === undefined) step.log.info('There is no key of this desc yet.');
  else {
    const isOther = (await misfitOf(step, current, request)) !== undefined;
    const isDue = ageAt(step.atlas.serviceNow(), current.id) >= request.rotateAfter;
    if (!isOther && !isDue) return keep(step, request, family, current);
    const orgId = await organizationOf(step, groupIds[0], [current]);
    const verdict = await judge(step, current, 'member', { orgId, groupIds });
    if ('why' in verdict) {
      // It would stay current beside the new one.
      throw new KeyError(
        `Key ${nameOf(current)} has this desc, and this step may not touch it: ${verdict.why}. Nothing was changed. Give that ` +
          'key another description, or rotate under another desc.',
      );
    }
    const reason = isOther
      ? 'the stored secret is not its secret, so a new one is due now'
      : 'a new one is due';
    step.log.info(`The current key is ${nameOf(current)}; ${reason}.`);
  }
  await checkMayRename(step);
  await outlastSecondOf(step, family);
  const entries = await resolveAccessList(step, handover.accessList);
  const purpose = { mode: 'rotate', commit, keepPrevious, ...(current && { former: current.id }) } as const;
  const made = await makeKey(step, purpose, request);
  await orUndo(step, made, () => makeUsable(step, made, handover, entries));
  step.log.info(`Created key ${nameOf(made.key)}.`);
  if (!(await handOver(step, made, handover.store))) {
    throw new KeyError(
      'Another run rotated this key at the same moment and has the newer key, so nothing of this run was stored. Run the ' +
        'job again if a new key is still needed, and let concurrency in the workflow keep its runs apart.',
    );
  }
  const final =
    commit === 'step'
      ? await commitRotation(step, made.intent, keepPrevious)
      : await leaveOpen(step, made, keepPrevious, family);
  if (commit === 'step') step.journal(nothingLeft(made.intent));
  return outcomeOfMade(made, {
    result: current === undefined ? 'created' : 'rotated',
    retired: final.retired,
    previous: final.previous,
    family: final.family,
  });
}

/** The current key stays; its roles are brought to those declared. A known secret fits it by now. */
async function keep(
  step: Step,
  request: RotateRequest,
  family: readonly Member[],
  current: Member,
): Promise<Outcome> {
  step.log.info(`Key ${nameOf(current)} is younger than rotateAfter; it stays.`);
  const found = await takeMember(step, request, request.desc, family, current);
  const kept = await converge(step, request, found, request.knownSecret);
  return { ...kept, family: rowsOf(family), previous: supersededIn(family, current.id) };
}

/**
 * The job decides. A key that was not stored is marked undecided only now: were the machine lost with its outputs before,
 * nobody had it, and a sweep shall find it. Undecided keys of jobs that are long over are retired.
 */
async function leaveOpen(
  step: Step,
  { key, intent }: MadeKey,
  keepPrevious: number,
  family: readonly Member[],
): Promise<Omit<Commit, 'outcome'>> {
  await markUndecided(step, intent);
  step.journal({ phase: 'open', ...intent });
  const abandoned = abandonedToRetire(family, key.id, keepPrevious, step.atlas.serviceNow());
  const { family: rows, ...left } = await retireMembers(step, intent, family, abandoned);
  const until = actingCurrent(family) === undefined ? '' : '; until then the former key stays current';
  step.log.info(`The rotation becomes final when the job succeeds${until}.`);
  const mine: FamilyRow = { apiUserId: key.id, publicKey: key.publicKey, state: 'undecided' };
  return { ...left, family: [mine, ...rows] };
}
