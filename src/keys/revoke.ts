/** revoke: one key by its id, or all keys of a text in the projects. What is gone already is a success. */
import { isAtlasError, messageOf } from '../atlas/errors.ts';
import type { ApiKey } from '../atlas/types.ts';
import type { RevokeRequest } from '../request.ts';
import { concurrently } from './concurrently.ts';
import { livePending, membersIn, readFamily } from './family.ts';
import { KeyError } from './key-error.ts';
import { ownMark } from './make-key.ts';
import { readMark } from './mark.ts';
import { organizationOfProject } from './organization.ts';
import { type FamilyRow, type Outcome, outcome, planned } from './outcome.ts';
import { planDeletion } from './plan.ts';
import { livesOn, type Revocation, retireKey } from './revoke-key.ts';
import { count, nameOf, type Step } from './step.ts';

const AT_ONCE = 8;

interface Target {
  readonly key: ApiKey;
  readonly state: FamilyRow['state'];
  readonly orgId: string;
  readonly groupIds: readonly string[];
  /** The human text. */
  readonly desc: string;
}

export async function revoke(step: Step, request: RevokeRequest): Promise<Outcome> {
  const targets =
    request.key.by === 'apiUserId'
      ? await findById(step, request, request.key.apiUserId)
      : await findFamily(step, request, request.key.desc);
  refuseCallersOwn(step, targets);
  if (targets.length === 0) step.log.info('There is no such key any more.');
  if (request.dryRun) {
    return planned(
      targets.map(({ key }) => planDeletion(key)),
      { family: targets.map(rowOf) },
    );
  }

  // Current ones go last: without any, an ensure at the same moment would give a superseded key its text back, just
  // before that one is deleted and goes on being listed.
  const current = targets.filter(({ state }) => state === 'current');
  const superseded = targets.filter(({ state }) => state !== 'current');
  const results = [...(await retireAll(step, superseded)), ...(await retireAll(step, current))];
  const revoked: Target[] = [];
  let unassigned = 0;
  const left: string[] = [];
  [...superseded, ...current].forEach((target, index) => {
    const result = results[index];
    const name = nameOf(target.key);
    if (result?.status === 'rejected') {
      left.push(`${name}: ${messageOf(result.reason)}`);
    } else if (result?.value.outcome === 'unassigned') {
      unassigned += 1;
      left.push(livesOn(name, target.orgId));
    } else if (result?.value.outcome === 'revoked') {
      revoked.push(target);
      step.log.info(`Revoked key ${name}.`);
    } else {
      step.log.info(`Key ${name} was gone already.`);
    }
  });
  const gone = new Set(revoked.map(({ key }) => key.id));
  return outcome({
    result: 'revoked',
    changed: gone.size + unassigned > 0,
    retired: [...gone],
    family: targets.map((target) =>
      gone.has(target.key.id) ? { ...rowOf(target), state: 'retired' } : rowOf(target),
    ),
    ...(left.length === 0
      ? {}
      : { problem: `${count(left, 'key')} could not be revoked. ${left.join(' ')}` }),
  });
}

function retireAll(step: Step, targets: readonly Target[]): Promise<PromiseSettledResult<Revocation>[]> {
  return concurrently(targets, AT_ONCE, ({ key, orgId, groupIds, desc }) =>
    retireKey(step.atlas, { apiUserId: key.id, orgId, groupIds }, { desc, mark: ownMark(step) }),
  );
}

async function findById(step: Step, { groupIds }: RevokeRequest, apiUserId: string): Promise<Target[]> {
  const { orgId } = await step.atlas.readProject(groupIds[0]);
  try {
    const key = await step.atlas.readOrganizationKey(orgId, apiUserId);
    const inProjects = [...new Set(key.roles.flatMap((role) => role.groupId ?? []))];
    const marked = readMark(key.desc);
    const state = marked?.mark.state ?? 'current';
    return [{ key, state, orgId, groupIds: inProjects, desc: marked?.text ?? key.desc }];
  } catch (error) {
    if (isAtlasError(error, 'gone')) return [];
    throw error;
  }
}

async function findFamily(step: Step, { groupIds }: RevokeRequest, desc: string): Promise<Target[]> {
  const targets = new Map<string, Target>();
  for (const groupId of groupIds) {
    const family = await readFamily(step.atlas, groupId, desc);
    // One in the making would die under the hands of its maker, and be listed under the plain text it had got.
    const spared = [...membersIn(family, 'ephemeral'), ...livePending(family, step.atlas.serviceNow())];
    for (const { key, state } of spared) {
      step.log.info(
        state === 'ephemeral'
          ? `Left ephemeral key ${nameOf(key)} alone: its own run revokes it, or a sweep once it is due.`
          : `Left key ${nameOf(key)} alone: another run is making it. If that run is gone, a sweep deletes it once it is due.`,
      );
    }
    for (const { key, state } of family.filter((member) => !spared.includes(member))) {
      const orgId = await organizationOfProject(step.atlas, groupId, [key]);
      const known = targets.get(key.id)?.groupIds ?? [];
      targets.set(key.id, { key, state, orgId, groupIds: [...known, groupId], desc });
    }
  }
  return [...targets.values()];
}

function refuseCallersOwn(step: Step, targets: readonly Target[]): void {
  const own = targets.find(({ key }) => key.publicKey === step.callerPublicKey);
  if (own === undefined) return;
  throw new KeyError(
    'callersOwn',
    `Key ${nameOf(own.key)} is the one this step signs in with; it is never revoked, and no other key was touched. Sign ` +
      'in with another one to revoke it.',
  );
}

function rowOf({ key, state }: Target): FamilyRow {
  return { apiUserId: key.id, publicKey: key.publicKey, state };
}
