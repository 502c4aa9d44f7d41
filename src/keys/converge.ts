/** Bringing a key that exists to the roles that are declared, in every project that is named. */
import type { ApiKey } from '../atlas/types.ts';
import type { EnsureRequest } from '../request.ts';
import { becomeCurrent } from './current.ts';
import { actingCurrent, type Member } from './family.ts';
import { tellWhatIsForNewKeys } from './handover.ts';
import { organizationOf, rolesIn, sameRoles } from './key.ts';
import { type Outcome, outcome } from './outcome.ts';
import { type Claim, judge, mayTouch } from './remit.ts';
import { KeyError, nameOf, type Step } from './step.ts';

/** A key that was there before this step. */
export interface Found {
  /** With its roles in every project of the request. */
  readonly key: ApiKey;
  /** Why the key was found. One that the workflow names by its id may be given roles whatever else it is. */
  readonly claim: Claim;
  readonly orgId: string;
  /** The human text. */
  readonly desc: string;
  /** Whether it was just given its description, so that the result cannot be `unchanged`. */
  readonly isPromoted: boolean;
}

type Declared = Pick<EnsureRequest, 'groupIds' | 'roles' | 'handover'>;

/** A member of the family as it was found. One that stands in for a current key is made current first. */
export async function takeMember(
  step: Step,
  { groupIds, handover }: Declared,
  desc: string,
  family: readonly Member[],
  member: Member,
): Promise<Found> {
  tellWhatIsForNewKeys(step, handover);
  const orgId = await organizationOf(step, groupIds[0], [member]);
  const home = { groupIds, orgId, desc };
  const standsIn = member.state !== 'current' && member === actingCurrent(family);
  const isPromoted = standsIn && (await mayTouch(step, member, home));
  if (isPromoted) {
    await becomeCurrent(step, { ...home, apiUserId: member.id });
    step.log.info(
      'An earlier rotation was interrupted before it was final; this key is the newest that was handed out.',
    );
  }
  // A project's list need not show the roles in other projects.
  const key = groupIds.length === 1 ? member : await step.atlas.readOrganizationKey(orgId, member.id);
  return { key, claim: 'member', orgId, desc, isPromoted };
}

/** Assigns or updates where the roles differ. `privateKey` is the key's, where that is known and fits. */
export async function converge(
  step: Step,
  { groupIds, roles }: Declared,
  { key, claim, orgId, desc, isPromoted }: Found,
  privateKey: string | undefined,
): Promise<Outcome> {
  const name = nameOf(key);
  const changes = groupIds
    .map((groupId) => ({ groupId, was: rolesIn(groupId, key) }))
    .filter(({ was }) => !sameRoles(was, roles));

  // A named key may be given roles whatever else it is, the caller's own aside.
  const isOwn = key.publicKey === step.caller;
  if (changes.length > 0 && (claim !== 'named' || isOwn)) {
    const verdict = await judge(step, key, claim, { orgId, groupIds });
    if ('why' in verdict) {
      throw new KeyError(
        `Key ${name} has other roles than those declared, and this step may not change them: ${verdict.why}. ` +
          `${isOwn ? 'Sign in with another key' : 'Name the key with apiUserId if it is the one that is meant'}, or declare another desc.`,
      );
    }
  }

  const done = await Promise.allSettled(
    changes.map(async ({ groupId, was }) => {
      if (was.length === 0) {
        await step.atlas.assignKey(groupId, key.id, roles);
        step.log.info(`Assigned key ${name} to project ${groupId}.`);
      } else {
        await step.atlas.updateRoles(groupId, key.id, roles);
        step.log.info(`Updated the roles of key ${name} in project ${groupId}; they were ${was.join(', ')}.`);
      }
    }),
  );
  const failed = done.find((result) => result.status === 'rejected');
  if (failed !== undefined) {
    if (done.some((result) => result.status === 'fulfilled')) {
      step.log.warning(
        `Key ${name} has its new roles in some of the projects only; the next run goes on from there.`,
      );
    }
    throw failed.reason;
  }

  const changed = changes.length > 0 || isPromoted;
  if (!changed) step.log.info(`Key ${name} has these roles already.`);
  return outcome({
    result: changes.some(({ was }) => was.length === 0) ? 'assigned' : changed ? 'updated' : 'unchanged',
    changed,
    facts: { key, desc, orgId, groupIds, roles: [...roles].sort() },
    ...(privateKey !== undefined && { privateKey }),
  });
}
