/**
 * rotate: a new key beside the one in use, handed over now and made final later. Nothing that somebody may hold is
 * deleted before its successor is current.
 */
import type { RotateRequest } from '../request.ts';
import { abandonedToRetire, type Commit, commitRotation, retireMembers, rowsOf } from './commit.ts';
import { converge, readRolesEverywhere } from './converge.ts';
import { markUndecided, promote } from './current.ts';
import { actingCurrent, type Member, readFamily } from './family.ts';
import { handOver, makeUsable, resolveAccessList, tellWhatIsForNewKeys } from './handover.ts';
import { nothingLeft, type RotatePurpose } from './journal.ts';
import { ageAt, organizationOfProject } from './key.ts';
import { checkKnownSecret, type KnownSecret } from './known-secret.ts';
import { checkMayRename, factsOf, type MadeKey, makePendingKey, outlastSecondOf, undo } from './make-key.ts';
import { type FamilyRow, type Outcome, outcome } from './outcome.ts';
import { judge } from './remit.ts';
import { KeyError, nameOf, type Step } from './step.ts';

export async function rotate(step: Step, request: RotateRequest): Promise<Outcome> {
  const { desc, groupIds } = request;
  const family = await readFamily(step.atlas, groupIds[0], desc);
  const current = actingCurrent(family);

  if (current !== undefined) {
    const verdict = await checkKnownSecret(step, current.key, request);
    const reason = reasonToRotate(step, request, current, verdict);
    if (reason === undefined) return keep(step, request, family, current);
    await refuseOutside(step, request, current);
    step.log.info(`The current key is ${nameOf(current.key)}; ${reason}`);
  } else {
    step.log.info('There is no key of this desc yet.');
  }
  await checkMayRename(step);
  await outlastSecondOf(
    step,
    family.map(({ key }) => key),
  );
  const made = await makeUndecided(step, request, current);
  const final = request.commit === 'step' ? await commitNow(step, made) : await leaveOpen(step, made, family);

  return outcome({
    result: current === undefined ? 'created' : 'rotated',
    changed: true,
    facts: factsOf(made),
    privateKey: made.key.privateKey,
    retired: final.retired,
    previous: supersededIn(final.family, made.key.id),
    family: final.family,
  });
}

/** Why a new key is due, as the end of a sentence; `undefined` when the current one is to stay. */
function reasonToRotate(
  step: Step,
  { rotateAfter }: RotateRequest,
  current: Member,
  verdict: KnownSecret | undefined,
): string | undefined {
  if (verdict !== undefined && verdict !== 'fits') {
    return 'the stored secret is not its secret, so a new one is due now.';
  }
  const age = ageAt(step.atlas.serviceNow(), current.key.id);
  return age >= rotateAfter ? 'a new one is due.' : undefined;
}

/** The current key stays; its roles are brought to those declared. A known secret fits it by now. */
async function keep(
  step: Step,
  request: RotateRequest,
  family: readonly Member[],
  current: Member,
): Promise<Outcome> {
  const { desc, groupIds } = request;
  const orgId = await organizationOfProject(step.atlas, groupIds[0], [current.key]);
  const isPromoted = current.state !== 'current' && (await promote(step, { groupIds, orgId, desc }, current));
  step.log.info(`Key ${nameOf(current.key)} is younger than rotateAfter; it stays.`);
  tellWhatIsForNewKeys(step, request.handover);
  const key = await readRolesEverywhere(step, current.key, orgId, groupIds);
  const rows = rowsOf(family, []);
  const privateKey = request.knownSecret;
  const kept = await converge(step, { request, key, claim: 'member', orgId, desc, isPromoted, privateKey });
  return { ...kept, family: rows, previous: supersededIn(rows, key.id) };
}

/** The new key, made, tried and handed over. */
async function makeUndecided(
  step: Step,
  request: RotateRequest,
  former: Member | undefined,
): Promise<MadeKey<RotatePurpose>> {
  const { desc, groupIds, roles, handover, commit, keepPrevious } = request;
  const entries = await resolveAccessList(step, handover.accessList);
  const purpose = { mode: 'rotate', commit, keepPrevious, ...(former && { former: former.key.id }) } as const;
  const made = await makePendingKey(step, { purpose, desc, groupIds, roles });
  try {
    await makeUsable(step, made, handover, entries);
  } catch (error) {
    await undo(step, made);
    throw error;
  }
  step.log.info(`Created key ${nameOf(made.key)}.`);
  if ((await handOver(step, made, handover.store)) === 'tooLate') {
    await undo(step, made);
    throw new KeyError(
      'Another run rotated this key at the same moment and has the newer key, so nothing of this run was stored. Run the ' +
        'job again if a new key is still needed, and let concurrency in the workflow keep its runs apart.',
    );
  }
  return made;
}

type Final = Pick<Commit, 'retired' | 'family'>;

async function commitNow(step: Step, { intent }: MadeKey<RotatePurpose>): Promise<Final> {
  const commit = await commitRotation(step, intent);
  step.journal(nothingLeft(intent));
  step.log.info(
    commit.outcome === 'committed'
      ? 'The rotation is final: the new key is current.'
      : 'A newer rotation was committed meanwhile; this key counts as previous.',
  );
  return commit;
}

/**
 * The job decides. A key that was not stored is marked undecided only now: were the machine lost with its outputs before,
 * nobody had it, and a sweep shall find it. Undecided keys of jobs that are long over are retired.
 */
async function leaveOpen(
  step: Step,
  { key, intent }: MadeKey<RotatePurpose>,
  family: readonly Member[],
): Promise<Final> {
  await markUndecided(step, intent, key.id);
  step.journal({ phase: 'open', ...intent });
  const abandoned = abandonedToRetire(family, intent, step.atlas.serviceNow());
  const retired = await retireMembers(step, intent, abandoned);
  const until = actingCurrent(family) === undefined ? '' : '; until then the former key stays current';
  step.log.info(`The rotation becomes final when the job succeeds${until}.`);
  const mine: FamilyRow = { apiUserId: key.id, publicKey: key.publicKey, state: 'undecided' };
  return { retired: retired.map(({ key: { id } }) => id), family: [mine, ...rowsOf(family, retired)] };
}

/** Keys that the new one takes over from and that are still alive. */
function supersededIn(family: readonly FamilyRow[], apiUserId: string): string[] {
  return family
    .filter((row) => row.apiUserId !== apiUserId && (row.state === 'current' || row.state === 'previous'))
    .map((row) => row.apiUserId);
}

/** A former key that this step may not touch would stay current beside the new one. */
async function refuseOutside(step: Step, { groupIds }: RotateRequest, { key }: Member): Promise<void> {
  const orgId = await organizationOfProject(step.atlas, groupIds[0], [key]);
  const verdict = await judge(step, key, 'member', { orgId, groupIds });
  if ('key' in verdict) return;
  throw new KeyError(
    `Key ${nameOf(key)} has this desc, and this step may not touch it: ${verdict.why}. Nothing was changed. Give that key ` +
      'another description, or rotate under another desc.',
  );
}
