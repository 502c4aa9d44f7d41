/**
 * ensure: the key is there, once, with exactly the declared roles. Any number of these steps at the same moment
 * leave one key; one of them reports `created`.
 */
import { type AtlasError, isAtlasError } from '../atlas/errors.ts';
import type { EnsureRequest } from '../request.ts';
import { converge, type Found, takeMember } from './converge.ts';
import { demoteOlder, rename } from './current.ts';
import {
  actingCurrent,
  deadPending,
  inTheMaking,
  LOOK_AGAIN,
  type Member,
  membersIn,
  readFamily,
  winElection,
} from './family.ts';
import { handOver, makeUsable, resolveAccessList } from './handover.ts';
import { nothingLeft } from './journal.ts';
import { memberOfSecret, misfitOf } from './known-secret.ts';
import { checkMayRename, type MadeKey, makeKey, orUndo, outcomeOfMade, undo } from './make-key.ts';
import { isoSeconds } from './mark.ts';
import type { Outcome } from './outcome.ts';
import { deletedIn, retireFound } from './retire.ts';
import { KeyError, nameOf, type Step } from './step.ts';

/** How often ensure looks again before it believes what only a commit in this very moment would explain. */
const LOOKS = 3;

export async function ensure(step: Step, request: EnsureRequest): Promise<Outcome> {
  if (request.key.by === 'desc') return ensureByDesc(step, request, request.key.desc);
  const { orgId } = await step.atlas.readProject(request.groupIds[0]);
  const key = await step.atlas.readOrganizationKey(orgId, request.key.apiUserId);
  step.log.info(`Found key ${nameOf(key)} in the organisation.`);
  return bringToDeclared(step, request, { key, claim: 'named', orgId, desc: key.desc, isPromoted: false });
}

async function ensureByDesc(step: Step, request: EnsureRequest, desc: string): Promise<Outcome> {
  let missed: { readonly id: string; readonly error: AtlasError } | undefined;
  for (let saidWaiting = false, looks = 0; ; ) {
    const family = await readFamily(step, { groupIds: request.groupIds, desc });
    const current = actingCurrent(family);
    const stored = memberOfSecret(membersIn(family, 'undecided', 'previous'), request);
    if (stored !== undefined && stored !== current) {
      // A rotation has superseded it, or has not made it final. It is alive for those who hold it, as this job does.
      step.log.info(
        `knownPrivateKey belongs to key ${nameOf(stored)}, which is ${stored.state} and still alive.`,
      );
      return bringToDeclared(step, request, await takeMember(step, request, desc, family, stored));
    }
    // During a commit no key is plain for a moment. During two at once both keys may be, until each has looked and renamed.
    const plain = membersIn(family, 'current');
    if (current !== undefined && plain.length !== 1 && looks < LOOKS) {
      looks += 1;
      await step.pause(LOOK_AGAIN);
      continue;
    }
    if (plain.length > 1) {
      throw new KeyError(
        `${plain.length} keys of the project are named "${desc}": ${plain.map(nameOf).join(', ')}. Say which one with ` +
          'apiUserId, or give the others another description.',
      );
    }
    if (current !== undefined) {
      if (missed?.id === current.id) throw missed.error;
      try {
        step.log.info(`Found key ${nameOf(current)} in the project.`);
        return await bringToDeclared(step, request, await takeMember(step, request, desc, family, current));
      } catch (error) {
        if (!isAtlasError(error, 'gone')) throw error;
        // A rotation may have retired it since that look; another look tells.
        missed = { id: current.id, error };
        continue;
      }
    }

    const [rival] = inTheMaking(family, step.atlas.serviceNow());
    if (rival !== undefined) {
      if (!saidWaiting) step.log.info(`Another run is making this key (${nameOf(rival)}); waiting for it.`);
      saidWaiting = true;
      await waitFor(step, rival);
      continue;
    }

    await checkMayRename(step);
    const made = await makeCurrent(step, request, desc);
    if (made !== undefined) return made;
    step.log.info('Another run was first; using its key.');
  }
}

/** Brings the key that was found to the declared roles, and hands its secret on where that is known and fits. */
async function bringToDeclared(step: Step, request: EnsureRequest, found: Found): Promise<Outcome> {
  const name = nameOf(found.key);
  const { knownSecret } = request;
  const misfit = await misfitOf(step, found.key, request);
  if (misfit !== undefined) {
    throw new KeyError(
      `knownPrivateKey is not the secret of key ${name}: ${misfit}. Store the secret again, or use mode: rotate, which makes a ` +
        'new key when the stored secret does not fit.',
    );
  }
  if (knownSecret !== undefined) {
    step.log.info(`knownPrivateKey is the secret of key ${name}; it is handed on.`);
  } else if (!request.handover.exportEnv) {
    // With exportEnv, `exportVariables` says so.
    step.log.notice(
      `privateKey is empty: key ${name} was there before this step, and Atlas shows a private key only when the key is made. ` +
        'To hand it out, give the stored one as knownPrivateKey, or let mode: rotate make a new key.',
    );
  }
  return converge(step, request, found, knownSecret);
}

async function waitFor(step: Step, rival: Member): Promise<void> {
  if (step.remaining() > LOOK_AGAIN) return step.pause(LOOK_AGAIN);
  // not covered: every key in the making has that time in its mark; only the type of a member allows none.
  const until = isoSeconds(rival.mark?.until ?? 0);
  throw new KeyError(
    `Another run began to make this key (${nameOf(rival)}) and has not finished. If that run is gone, its key counts as ` +
      `left over after ${until}: run this job again then, or give a longer timeout.`,
  );
}

/**
 * Makes the key as pending, in an election with all others who do the same, and gives it its name only when it has been
 * handed out; `undefined` when another maker has it.
 */
async function makeCurrent(step: Step, request: EnsureRequest, desc: string): Promise<Outcome | undefined> {
  const { groupIds, roles, handover } = request;
  const entries = await resolveAccessList(step, handover.accessList);
  const made = await makeKey(step, { mode: 'ensure' }, { desc, groupIds, roles });
  const { key, intent } = made;
  const isElected = await orUndo(step, made, async () => {
    const [family] = await Promise.all([readFamily(step, intent), makeUsable(step, made, handover, entries)]);
    return winElection(step, family, intent);
  });
  if (!isElected) return undefined;
  step.log.info(`Created key ${nameOf(key)}.`);
  if (!(await handOver(step, made, handover.store))) return undefined;
  const family = await finish(step, made, handover.store !== undefined);
  if (handover.store === undefined) {
    step.log.notice(
      `Key ${nameOf(key)} is permanent, and this step did not store its private key: unless a later step of this job ` +
        'does, nobody has it when the job ends. Give githubToken and combinedSecret and let mode: rotate make a new key, or ' +
        'use mode: ephemeral for a key that ends with the job.',
    );
  }
  // After the new key is safe, and only as a favour.
  const dead = await retireFound(step, deadPending(family, step.atlas.serviceNow()), {
    groupIds,
    orgId: intent.orgId,
    claim: 'leftOver',
    which: () => 'which a run that died had made and handed to nobody',
    next: 'a sweep',
  });
  return outcomeOfMade(made, { retired: deletedIn(dead) });
}

/**
 * The last rename. It stays within the deadline that the mark tells everybody, because every call does. When it is
 * refused for good, a key that was not stored is undone; when it is only unanswered, post sends it again. Returns the
 * family.
 */
async function finish(step: Step, made: MadeKey, isStored: boolean): Promise<Member[]> {
  const { intent } = made;
  try {
    await rename(step, intent, intent.desc);
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
      'Whether a rotation became final at the same moment could not be seen; the post step looks again.',
    );
    return [];
  }
}
