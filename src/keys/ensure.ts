/**
 * ensure: the key is there, once, with exactly the declared roles. Any number of these steps at the same moment
 * leave one key; one of them reports `created`.
 */
import { type AtlasError, isAtlasError } from '../atlas/errors.ts';
import type { EnsureRequest } from '../request.ts';
import { type Convergence, converge, readRolesEverywhere } from './converge.ts';
import { promote } from './current.ts';
import { actingCurrent, inTheMaking, LOOK_AGAIN, type Member, membersIn, readFamily } from './family.ts';
import { tellWhatIsForNewKeys } from './handover.ts';
import { organizationOfProject } from './key.ts';
import { acceptKnownSecret, memberOfSecret } from './known-secret.ts';
import { makeCurrent } from './make-current.ts';
import { checkMayRename } from './make-key.ts';
import { isoSeconds } from './mark.ts';
import type { Outcome } from './outcome.ts';
import { KeyError, nameOf, type Step } from './step.ts';

/** How often ensure looks again before it believes what only a commit in this very moment would explain. */
const LOOKS = 3;

export async function ensure(step: Step, request: EnsureRequest): Promise<Outcome> {
  return request.key.by === 'apiUserId'
    ? ensureById(step, request, request.key.apiUserId)
    : ensureByDesc(step, request, request.key.desc);
}

async function ensureById(step: Step, request: EnsureRequest, apiUserId: string): Promise<Outcome> {
  const { orgId } = await step.atlas.readProject(request.groupIds[0]);
  const key = await step.atlas.readOrganizationKey(orgId, apiUserId);
  step.log.info(`Found key ${nameOf(key)} in the organisation.`);
  return bringToDeclared(step, request, { key, claim: 'named', orgId, desc: key.desc, isPromoted: false });
}

async function ensureByDesc(step: Step, request: EnsureRequest, desc: string): Promise<Outcome> {
  const [groupId] = request.groupIds;
  let missed: { readonly apiUserId: string; readonly error: AtlasError } | undefined;
  for (let saidWaiting = false, looks = 0; ; ) {
    const family = await readFamily(step.atlas, groupId, desc);
    const stored = memberOfSecret(membersIn(family, 'undecided', 'previous'), request);
    if (stored !== undefined && stored !== actingCurrent(family)) {
      return useStored(step, request, desc, stored);
    }
    if (looks < LOOKS && isBetweenRenames(family)) {
      looks += 1;
      await step.pause(LOOK_AGAIN);
      continue;
    }
    const current = onlyCurrent(desc, family);
    if (current !== undefined) {
      if (missed?.apiUserId === current.key.id) throw missed.error;
      try {
        return await useCurrent(step, request, desc, current);
      } catch (error) {
        if (!isAtlasError(error, 'gone')) throw error;
        // A rotation may have retired it since that look; another look tells.
        missed = { apiUserId: current.key.id, error };
        continue;
      }
    }

    const [rival] = inTheMaking(family, step.atlas.serviceNow());
    if (rival !== undefined) {
      if (!saidWaiting)
        step.log.info(`Another run is making this key (${nameOf(rival.key)}); waiting for it.`);
      saidWaiting = true;
      await waitForRival(step, rival);
      continue;
    }

    await checkMayRename(step);
    const made = await makeCurrent(step, request, desc);
    if (made !== undefined) return made;
    step.log.info('Another run was first; using its key.');
  }
}

/** Within a commit no key is plain for a moment; of two at once both may be, until they have looked and renamed. */
function isBetweenRenames(family: readonly Member[]): boolean {
  const plain = membersIn(family, 'current');
  return plain.length > 1 || (plain.length === 0 && actingCurrent(family) !== undefined);
}

/** The key that carries this text; the newest of those handed out where a commit was interrupted. */
function onlyCurrent(desc: string, family: readonly Member[]): Member | undefined {
  const plain = membersIn(family, 'current');
  if (plain.length > 1) {
    throw new KeyError(
      `${plain.length} keys of the project are named "${desc}": ${plain.map(({ key }) => nameOf(key)).join(', ')}. Say ` +
        'which one with apiUserId, or give the others another description.',
    );
  }
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
  let isPromoted = false;
  if (current.state !== 'current') {
    isPromoted = await promote(step, { groupIds: request.groupIds, orgId, desc }, current);
    if (isPromoted) {
      step.log.info(
        'An earlier rotation was interrupted before it was final; this key is the newest that was handed out.',
      );
    }
  }
  const key = await readRolesEverywhere(step, current.key, orgId, request.groupIds);
  return bringToDeclared(step, request, { key, claim: 'member', orgId, desc, isPromoted });
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
  return bringToDeclared(step, request, { key, claim: 'member', orgId, desc, isPromoted: false });
}

/** Brings the key that was found to the declared roles, and hands its secret on where that is known and fits. */
async function bringToDeclared(
  step: Step,
  request: EnsureRequest,
  found: Omit<Convergence, 'request' | 'privateKey'>,
): Promise<Outcome> {
  const privateKey = await acceptKnownSecret(step, found.key, request);
  // With exportEnv, `exportVariables` says so.
  if (privateKey === undefined && !request.handover.exportEnv) {
    step.log.notice(
      `privateKey is empty: key ${nameOf(found.key)} was there before this step, and Atlas shows a private key only when the ` +
        'key is made. To hand it out, give the stored one as knownPrivateKey, or let mode: rotate make a new key.',
    );
  }
  return converge(step, { request, ...found, privateKey });
}

async function waitForRival(step: Step, rival: Member): Promise<void> {
  if (step.remaining() <= LOOK_AGAIN) {
    // not covered: every key in the making has that time in its mark; only the type of a member allows none.
    const until = rival.mark?.until === undefined ? 'a while' : isoSeconds(rival.mark.until);
    throw new KeyError(
      `Another run began to make this key (${nameOf(rival.key)}) and has not finished. If that run is gone, its key ` +
        `counts as left over after ${until}: run this job again then, or give a longer timeout.`,
    );
  }
  await step.pause(LOOK_AGAIN);
}
