/** Bringing a key that exists to the roles that are declared, in every project that is named. */
import type { ApiKey } from '../atlas/types.ts';
import type { EnsureRequest } from '../request.ts';
import { rolesIn, sameRoles } from './key.ts';
import { type Outcome, outcome } from './outcome.ts';
import { type Claim, judge } from './remit.ts';
import { KeyError, nameOf, type Step } from './step.ts';

/** A project in which the key's roles are not the declared set. */
interface Change {
  readonly groupId: string;
  /** None where the key is not in the project. */
  readonly was: readonly string[];
}

export interface Convergence {
  readonly request: Pick<EnsureRequest, 'groupIds' | 'roles'>;
  /** The key, with its roles in every project of the request. */
  readonly key: ApiKey;
  /** Why the key was found. One that the workflow names by its id may be given roles whatever else it is. */
  readonly claim: Claim;
  readonly orgId: string;
  /** The human text. */
  readonly desc: string;
  /** Whether it was just given its description, so that the result cannot be `unchanged`. */
  readonly isPromoted: boolean;
  /** Its secret, where that is known and fits. */
  readonly privateKey?: string | undefined;
}

/** Assigns or updates where the roles differ. Never touches the caller's own key. */
export async function converge(step: Step, convergence: Convergence): Promise<Outcome> {
  const { request, key, orgId, desc, isPromoted, privateKey } = convergence;
  const changes = request.groupIds
    .map((groupId): Change => ({ groupId, was: rolesIn(groupId, key) }))
    .filter(({ was }) => !sameRoles(was, request.roles));
  const facts = {
    key,
    desc,
    orgId,
    groupIds: request.groupIds,
    roles: [...request.roles].sort(),
  };

  if (changes.length > 0) await refuseOutside(step, convergence);

  const done = await Promise.allSettled(
    changes.map(({ groupId, was }) =>
      was.length === 0
        ? step.atlas.assignKey(groupId, key.id, request.roles)
        : step.atlas.updateRoles(groupId, key.id, request.roles),
    ),
  );
  tellOf(step, changes, done, key);

  const changed = changes.length > 0 || isPromoted;
  if (!changed) step.log.info(`Key ${nameOf(key)} has these roles already.`);
  return outcome({
    result: changes.some(({ was }) => was.length === 0) ? 'assigned' : changed ? 'updated' : 'unchanged',
    changed,
    facts,
    ...(privateKey === undefined ? {} : { privateKey }),
  });
}

/** A key that this step may not touch keeps its roles, and then the declared ones cannot be had. */
async function refuseOutside(step: Step, { request, key, claim, orgId }: Convergence): Promise<void> {
  const isOwn = key.publicKey === step.caller;
  if (claim === 'named' && !isOwn) return;
  const verdict = await judge(step, key, claim, { orgId, groupIds: request.groupIds });
  if ('key' in verdict) return;
  throw new KeyError(
    `Key ${nameOf(key)} has other roles than those declared, and this step may not change them: ${verdict.why}. ` +
      `${isOwn ? 'Sign in with another key' : 'Name the key with apiUserId if it is the one that is meant'}, or declare another desc.`,
  );
}

/**
 * The key with its roles everywhere: a project's list need not show the roles in other projects, so a request
 * that names several reads the key in the organisation.
 */
export async function readRolesEverywhere(
  step: Step,
  key: ApiKey,
  orgId: string,
  groupIds: readonly string[],
): Promise<ApiKey> {
  return groupIds.length === 1 ? key : step.atlas.readOrganizationKey(orgId, key.id);
}

/** Says what was done; on a failure half-way also that it stays, since the key was there before. */
function tellOf(
  step: Step,
  changes: readonly Change[],
  done: readonly PromiseSettledResult<unknown>[],
  key: ApiKey,
): void {
  changes.forEach(({ groupId, was }, index) => {
    if (done[index]?.status !== 'fulfilled') return;
    step.log.info(
      was.length === 0
        ? `Assigned key ${nameOf(key)} to project ${groupId}.`
        : `Updated the roles of key ${nameOf(key)} in project ${groupId}, was ${was.join(', ')}.`,
    );
  });
  const failed = done.find((result) => result.status === 'rejected');
  if (failed === undefined) return;
  if (done.some((result) => result.status === 'fulfilled')) {
    step.log.warning(
      `Key ${nameOf(key)} has its new roles in some of the projects only; the next run goes on from there.`,
    );
  }
  throw failed.reason;
}
