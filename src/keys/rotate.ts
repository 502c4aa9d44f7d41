/**
 * rotate: a new key beside the one in use, handed over now and made final later. Nothing that somebody may hold is
 * deleted before its successor is current.
 */
import type { RotateRequest } from '../request.ts';
import { commitRotation, type Rotation, retireMembers, rowsOf } from './commit.ts';
import { converge, readRolesEverywhere } from './converge.ts';
import { markUndecided, restoreCurrent, settleCurrent } from './current.ts';
import { DeliveryError } from './delivery-error.ts';
import { actingCurrent, type Member, membersIn, readFamily } from './family.ts';
import { makeUsable, resolveAccessList, tellWhatIsForNewKeys } from './handover.ts';
import { createdAt } from './key.ts';
import { KeyError } from './key-error.ts';
import { checkKnownSecret, type KnownSecret } from './known-secret.ts';
import { checkMayRename, factsOf, type MadeKey, makePendingKey, undoMaking } from './make-key.ts';
import { organizationOfProject } from './organization.ts';
import { type FamilyRow, type Outcome, outcome, type PlannedChange, planned } from './outcome.ts';
import { planRotation } from './plan.ts';
import { doomedAsBefore, undecidedToRetire } from './retirement.ts';
import { nameOf, type Step } from './step.ts';

export async function rotate(step: Step, request: RotateRequest): Promise<Outcome> {
  const { desc, groupIds } = request;
  const family = await readFamily(step.atlas, groupIds[0], desc);
  refuseCallersOwn(step, family);
  const current = actingCurrent(family);

  if (current !== undefined) {
    const verdict = await checkKnownSecret(step, current.key, request);
    const reason = reasonToRotate(step, request, current, verdict);
    if (reason === undefined) return keep(step, request, family, current);
    step.log.info(`The current key is ${nameOf(current.key)}; ${reason}`);
  } else {
    step.log.info('There is no key of this desc yet.');
  }
  await checkMayRename(step);
  if (request.dryRun) {
    return planned(planRotation(request, family, step.nonce), { family: rowsOf(family, []) });
  }

  const made = await makeUndecided(step, request);
  const rotation: Rotation = { ...made.intent, keepPrevious: request.keepPrevious };
  const final =
    request.commit === 'step'
      ? await commitNow(step, made, rotation)
      : await leaveOpen(step, made, rotation, family);

  return outcome({
    result: 'rotated',
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
  const age = step.atlas.serviceNow() - createdAt(current.key.id);
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
  const before: PlannedChange[] = [];
  if (current.state !== 'current') {
    before.push({ action: 'rename', key: current.key, what: `"${desc}"` });
    if (!request.dryRun) {
      await settleCurrent(step, { groupId: groupIds[0], orgId, apiUserId: current.key.id, desc });
    }
  }
  step.log.info(`Key ${nameOf(current.key)} is younger than rotateAfter; it stays.`);
  tellWhatIsForNewKeys(step, request.handover);
  const key = await readRolesEverywhere(step, current.key, orgId, groupIds);
  const rows = rowsOf(family, []);
  const privateKey = request.knownPrivateKey;
  const kept = await converge(step, { request, key, orgId, desc, before, privateKey });
  return { ...kept, family: rows, previous: supersededIn(rows, key.id) };
}

/**
 * The new key, made, tried, handed over and marked undecided. The mark comes first where the key is stored beyond this
 * machine: were the machine lost just then, a sweep would take a pending one. Otherwise it comes last: were the
 * machine lost with the outputs, a sweep shall take it.
 */
async function makeUndecided(step: Step, request: RotateRequest): Promise<MadeKey> {
  const { desc, groupIds, roles, handover, commit, keepPrevious } = request;
  const entries = await resolveAccessList(step, handover.accessList);
  const purpose = { mode: 'rotate', commit, keepPrevious } as const;
  const made = await makePendingKey(step, { purpose, desc, groupIds, roles });
  const { orgId, apiUserId } = made.intent;
  const inProject = { groupId: groupIds[0], orgId, apiUserId, desc };
  const isStored = handover.store !== undefined;
  try {
    await makeUsable(step, made, handover, entries);
    if (isStored) await markUndecided(step, inProject);
  } catch (error) {
    await undoMaking(step, made);
    throw error;
  }
  step.journal({ phase: 'delivering', ...made.intent });
  step.log.info(`Created key ${nameOf(made.key)}.`);
  try {
    await step.deliver({ key: made.key, orgId });
  } catch (error) {
    if (error instanceof DeliveryError && error.nobodyHasIt) await undoMaking(step, made);
    else {
      step.log.warning(
        `Key ${nameOf(made.key)} stays, undecided: some of it may have been stored. The former key stays valid.`,
      );
    }
    throw error;
  }
  step.journal({ phase: 'handedOut', ...made.intent });
  if (!isStored) await markUndecided(step, inProject);
  step.journal({ phase: 'open', ...made.intent });
  return made;
}

interface Final {
  readonly retired: readonly string[];
  readonly family: readonly FamilyRow[];
}

async function commitNow(step: Step, made: MadeKey, rotation: Rotation): Promise<Final> {
  step.journal({ phase: 'committing', ...made.intent });
  const commit = await commitRotation(step, rotation);
  step.journal({ phase: 'settled', ...made.intent });
  step.log.info(
    commit.outcome === 'committed'
      ? 'The rotation is final: the new key is current.'
      : 'A newer rotation was committed meanwhile; this key counts as previous.',
  );
  return commit;
}

/** The job decides. Only undecided keys of rotations that came to nothing are thinned out. */
async function leaveOpen(
  step: Step,
  made: MadeKey,
  rotation: Rotation,
  family: readonly Member[],
): Promise<Final> {
  const retired = await thinOut(step, rotation, family);
  const until = actingCurrent(family) === undefined ? '' : '; until then the former key stays current';
  step.log.info(`The rotation becomes final when the job succeeds${until}.`);
  const mine: FamilyRow = { apiUserId: made.key.id, publicKey: made.key.publicKey, state: 'undecided' };
  return { retired: retired.map(({ key }) => key.id), family: [mine, ...rowsOf(family, retired)] };
}

/** Retires undecided keys of rotations that came to nothing, unless they were committed since the family was read. */
async function thinOut(step: Step, rotation: Rotation, family: readonly Member[]): Promise<Member[]> {
  if (undecidedToRetire(family, rotation).length === 0) return [];
  const now = await readFamily(step.atlas, rotation.groupIds[0], rotation.desc);
  const doomed = doomedAsBefore(undecidedToRetire(now, rotation), family);
  const retired = await retireMembers(step, rotation, doomed);
  const { groupIds, orgId, desc } = rotation;
  if (doomed.length > 0) await restoreCurrent(step, { groupId: groupIds[0], orgId, desc });
  return retired;
}

/** Keys that the new one takes over from and that are still alive. */
function supersededIn(family: readonly FamilyRow[], apiUserId: string): string[] {
  return family
    .filter((row) => row.apiUserId !== apiUserId && (row.state === 'current' || row.state === 'previous'))
    .map((row) => row.apiUserId);
}

function refuseCallersOwn(step: Step, family: readonly Member[]): void {
  const own = membersIn(family, 'current', 'previous', 'undecided', 'retired').find(
    ({ key }) => key.publicKey === step.callerPublicKey,
  );
  if (own === undefined) return;
  throw new KeyError(
    'callersOwn',
    `Key ${nameOf(own.key)} of this desc is the one this step signs in with; the step never changes its own key. Sign ` +
      'in with another one to rotate it.',
  );
}
