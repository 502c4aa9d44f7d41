/** revoke: one key by its id, or all keys of a text in the projects. What is gone already is a success. */
import { isAtlasError } from '../atlas/errors.ts';
import type { ApiKey } from '../atlas/types.ts';
import type { GroupIds, RevokeRequest } from '../request.ts';
import { passesForMember } from './family.ts';
import { newestFirst, organizationOf } from './key.ts';
import { stateOf } from './mark.ts';
import type { Outcome } from './outcome.ts';
import { type End, outcomeOf, retireFound } from './retire.ts';
import { count, nameOf, type Step } from './step.ts';

/** How often the family is looked for: keys that were in the making come to light while others are deleted. */
const LOOKS = 3;

export async function revoke(step: Step, { key, groupIds }: RevokeRequest): Promise<Outcome> {
  const ends =
    key.by === 'apiUserId'
      ? await revokeById(step, groupIds, key.apiUserId)
      : await revokeFamily(step, groupIds, key.desc);
  if (ends.length === 0) step.log.info('There is no such key any more.');
  const alive = ends.filter(({ fate }) => fate !== 'deleted' && fate !== 'gone');
  if (alive.length === 0) return outcomeOf('revoked', ends);
  const reasons = alive.map(({ key, why }) => `${nameOf(key)}: ${why}`).join('; ');
  const problem = `${count(alive, 'key')} could not be revoked. ${reasons}.`;
  return outcomeOf('revoked', ends, `${problem} Delete by hand in Atlas whatever has to go all the same.`);
}

async function revokeById(step: Step, groupIds: GroupIds, apiUserId: string): Promise<End[]> {
  const { orgId } = await step.atlas.readProject(groupIds[0]);
  try {
    const key = await step.atlas.readOrganizationKey(orgId, apiUserId);
    return await retireFound(step, [key], { groupIds, orgId, claim: 'named', next: 'the next run' });
  } catch (error) {
    if (!isAtlasError(error, 'gone')) throw error;
    return [];
  }
}

async function revokeFamily(step: Step, groupIds: GroupIds, desc: string): Promise<End[]> {
  let keys = await findFamily(step, groupIds, desc);
  const orgId = await organizationOf(step, groupIds[0], keys);
  const how = { groupIds, orgId, claim: 'member', next: 'the next run' } as const;
  const ends: End[] = [];
  for (let looks = 0; keys.length > 0 && looks < LOOKS; looks += 1) {
    // Current keys go last: without any, an ensure at the same moment would give a superseded key its text back, just
    // before that one is deleted.
    const isCurrent = ({ desc }: ApiKey): boolean => stateOf(desc) === 'current';
    const others = keys.filter((key) => !isCurrent(key));
    ends.push(...(await retireFound(step, others, how)));
    ends.push(...(await retireFound(step, keys.filter(isCurrent), how)));
    const known = ends.map(({ key }) => key.id);
    keys = (await findFamily(step, groupIds, desc)).filter(({ id }) => !known.includes(id));
  }
  const late = keys.map((key): End => ({ key, fate: 'left', why: 'it was made meanwhile' }));
  return [...ends, ...late];
}

/** Whatever passes for a member in any of the projects, newest first. */
async function findFamily(step: Step, groupIds: GroupIds, desc: string): Promise<ApiKey[]> {
  const lists = await Promise.all(groupIds.map((groupId) => step.atlas.listProjectKeys(groupId)));
  const all = new Map(lists.flat().map((key) => [key.id, key]));
  return [...all.values()].filter((key) => passesForMember(desc, key)).sort(newestFirst);
}
