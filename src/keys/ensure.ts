/**
 * ensure: the key is there, once, with exactly the declared roles. Any number of these steps at the same moment
 * leave one key; one of them reports `created`.
 */
import { isAtlasError } from '../atlas/errors.ts';
import type { ApiKey } from '../atlas/types.ts';
import type { EnsureRequest } from '../request.ts';
import { type Convergence, converge, readRolesEverywhere } from './converge.ts';
import { settleCurrent } from './current.ts';
import { LOOK_AGAIN } from './election.ts';
import { actingCurrent, deadPending, familyOf, livePending, type Member, membersIn } from './family.ts';
import { tellWhatIsForNewKeys } from './handover.ts';
import { rolesIn } from './key.ts';
import { KeyError } from './key-error.ts';
import { acceptKnownSecret, memberOfSecret } from './known-secret.ts';
import { makeCurrent } from './make-current.ts';
import { checkMayRename } from './make-key.ts';
import { isoSeconds } from './mark.ts';
import { organizationOfProject } from './organization.ts';
import { type Outcome, planned } from './outcome.ts';
import { planDeletion, planMaking } from './plan.ts';
import { nameOf, type Step } from './step.ts';

/** How often ensure looks again before it believes that a person named two keys alike. */
const LOOKS_AT_SEVERAL = 3;

export async function ensure(step: Step, request: EnsureRequest): Promise<Outcome> {
  return request.key.by === 'apiUserId'
    ? ensureById(step, request, request.key.apiUserId)
    : ensureByDesc(step, request, request.key.desc);
}

async function ensureById(step: Step, request: EnsureRequest, apiUserId: string): Promise<Outcome> {
  const { orgId } = await step.atlas.readProject(request.groupIds[0]);
  const key = await step.atlas.readOrganizationKey(orgId, apiUserId);
  step.log.info(`Found key ${nameOf(key)} in the organisation.`);
  return bringToDeclared(step, request, { key, orgId, desc: key.desc, before: [] });
}

async function ensureByDesc(step: Step, request: EnsureRequest, desc: string): Promise<Outcome> {
  const [groupId] = request.groupIds;
  for (let saidWaiting = false, sawSeveral = 0; ; ) {
    const keys = await step.atlas.listProjectKeys(groupId);
    const family = familyOf(desc, keys);
    if (sawSeveral < LOOKS_AT_SEVERAL && membersIn(family, 'current').length > 1) {
      // Two rotations that commit at the same moment both have the plain text until they have looked and renamed.
      sawSeveral += 1;
      await step.pause(LOOK_AGAIN);
      continue;
    }
    const current = onlyCurrent(desc, family);
    const stored = memberOfSecret(membersIn(family, 'undecided', 'previous'), request);
    if (stored !== undefined && stored !== current) return useStored(step, request, desc, stored);
    if (current !== undefined) return useCurrent(step, request, desc, current);

    const [rival] = livePending(family, step.atlas.serviceNow());
    if (rival !== undefined) {
      if (!saidWaiting)
        step.log.info(`Another run is making this key (${nameOf(rival.key)}); waiting for it.`);
      saidWaiting = true;
      await waitForRival(step, rival);
      continue;
    }

    const elsewhere = await findInOrganization(step, groupId, desc, keys);
    if (elsewhere !== undefined) {
      step.log.info(
        `Found key ${nameOf(elsewhere.key)} in the organisation, not yet in the project. Whoever holds its secret gets these roles here.`,
      );
      tellWhatIsForNewKeys(step, request.handover);
      return bringToDeclared(step, request, { ...elsewhere, desc, before: [] });
    }

    await checkMayRename(step);
    if (request.dryRun) {
      step.log.info('There is no such key yet.');
      const dead = deadPending(family, step.atlas.serviceNow());
      return planned([planMaking({ ...request, desc }), ...dead.map(({ key }) => planDeletion(key))]);
    }
    const made = await makeCurrent(step, request, desc);
    if (made !== undefined) return made;
    step.log.info('Another run was first; using its key.');
  }
}

/** The key that carries this text; the newest of those handed out where a commit was interrupted. */
function onlyCurrent(desc: string, family: readonly Member[]): Member | undefined {
  const plain = membersIn(family, 'current');
  if (plain.length > 1)
    throw ambiguous(
      desc,
      plain.map(({ key }) => key),
      'project',
    );
  return actingCurrent(family);
}

async function useCurrent(
  step: Step,
  request: EnsureRequest,
  desc: string,
  current: Member,
): Promise<Outcome> {
  const [groupId] = request.groupIds;
  step.log.info(`Found key ${nameOf(current.key)} in the project.`);
  tellWhatIsForNewKeys(step, request.handover);
  const orgId = await organizationOfProject(step.atlas, groupId, [current.key]);
  const before =
    current.state === 'current' ? [] : [{ action: 'rename', key: current.key, what: `"${desc}"` } as const];
  if (before.length > 0 && current.key.publicKey === step.callerPublicKey) {
    throw new KeyError(
      'callersOwn',
      `Key ${nameOf(current.key)} is the one this step signs in with, and a rotation to it was not finished. The step ` +
        'never changes its own key: sign in with another one to finish it.',
    );
  }
  if (before.length > 0 && !request.dryRun) {
    step.log.info('A rotation stopped between its two renames; this key is the newest that was handed out.');
    await settleCurrent(step, { groupId, orgId, apiUserId: current.key.id, desc });
  }
  const key = await readRolesEverywhere(step, current.key, orgId, request.groupIds);
  return bringToDeclared(step, request, { key, orgId, desc, before });
}

/**
 * The stored secret is that of a key that a rotation has superseded, or has not made final. Such keys stay alive for
 * those who hold them, and this job is one.
 */
async function useStored(step: Step, request: EnsureRequest, desc: string, stored: Member): Promise<Outcome> {
  const [groupId] = request.groupIds;
  step.log.info(
    `knownPrivateKey belongs to key ${nameOf(stored.key)}, which is ${stored.state} and still alive.`,
  );
  const orgId = await organizationOfProject(step.atlas, groupId, [stored.key]);
  const key = await readRolesEverywhere(step, stored.key, orgId, request.groupIds);
  return bringToDeclared(step, request, { key, orgId, desc, before: [] });
}

/** Brings the key that was found to the declared roles, and hands its secret on where that is known and fits. */
async function bringToDeclared(
  step: Step,
  request: EnsureRequest,
  found: Omit<Convergence, 'request' | 'privateKey'>,
): Promise<Outcome> {
  const privateKey = await acceptKnownSecret(step, found.key, request);
  return converge(step, { request, ...found, privateKey });
}

/** A key of this text that the organisation has and the project lacks. Who may not list keys has none there. */
async function findInOrganization(
  step: Step,
  groupId: string,
  desc: string,
  projectKeys: readonly ApiKey[],
): Promise<{ key: ApiKey; orgId: string } | undefined> {
  const orgId = await organizationOfProject(step.atlas, groupId, projectKeys);
  const keys = await listWhereAllowed(step, orgId);
  // A key that was just unassigned, or assigned since, is the project list's business.
  const named = keys.filter((key) => key.desc === desc && rolesIn(groupId, key).length === 0);
  if (named.length > 1) throw ambiguous(desc, named, 'organisation');
  return named[0] === undefined ? undefined : { key: named[0], orgId };
}

async function listWhereAllowed(step: Step, orgId: string): Promise<ApiKey[]> {
  try {
    return await step.atlas.listOrganizationKeys(orgId);
  } catch (error) {
    if (isAtlasError(error, 'notAllowed')) return [];
    throw error;
  }
}

function ambiguous(desc: string, keys: readonly ApiKey[], where: 'project' | 'organisation'): KeyError {
  return new KeyError(
    'ambiguous',
    `${keys.length} keys of the ${where} are named "${desc}": ${keys.map(nameOf).join(', ')}. Say which one with ` +
      'apiUserId, or give the others another description.',
  );
}

async function waitForRival(step: Step, rival: Member): Promise<void> {
  if (step.remaining() <= LOOK_AGAIN) {
    // not covered: every pending key's mark says until when, which the type of a member does not.
    const until = 'mark' in rival && 'until' in rival.mark ? isoSeconds(rival.mark.until) : 'a while';
    throw new KeyError(
      'unfinished',
      `Another run began to make this key (${nameOf(rival.key)}) and has not finished. If that run is gone, its key ` +
        `counts as left over after ${until}: run this job again then, or give a longer timeout.`,
    );
  }
  await step.pause(LOOK_AGAIN);
}
