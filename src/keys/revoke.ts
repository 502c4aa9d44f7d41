/** revoke: one key by its id, or all keys of a text in the projects. What is gone already is a success. */
import { isAtlasError } from '../atlas/errors.ts';
import type { ApiKey } from '../atlas/types.ts';
import type { RevokeRequest } from '../request.ts';
import { passesForMember } from './family.ts';
import { newestFirst, organizationOfProject } from './key.ts';
import { readMark } from './mark.ts';
import { type Outcome, outcome } from './outcome.ts';
import type { Claim } from './remit.ts';
import { livesOn, type Retired, retireFound, rowsAfter, whatItWas } from './retire.ts';
import { count, nameOf, type Step } from './step.ts';

/** How often the family is looked for: keys that were in the making come to light while others are deleted. */
const LOOKS = 3;

interface Found {
  readonly keys: readonly ApiKey[];
  readonly orgId: string;
}

export async function revoke(step: Step, request: RevokeRequest): Promise<Outcome> {
  const { groupIds } = request;
  const claim: Claim = request.key.by === 'apiUserId' ? 'named' : 'member';
  const first = await find(step, request);
  if (first.keys.length === 0) step.log.info('There is no such key any more.');
  const place = { groupIds, orgId: first.orgId };
  const seen = new Map<string, ApiKey>();
  const rounds: Retired[] = [];
  const how = { place, claim, why: whatItWas, next: 'the next run' } as const;
  let keys = first.keys;
  for (let looks = 0; keys.length > 0 && looks < LOOKS; looks += 1) {
    for (const key of keys) seen.set(key.id, key);
    // Current keys go last: without any, an ensure at the same moment would give a superseded key its text back, just
    // before that one is deleted.
    for (const isPlain of [false, true]) {
      const some = keys.filter(({ desc }) => (readMark(desc) === undefined) === isPlain);
      rounds.push(await retireFound(step, some, how));
    }
    if (request.key.by === 'apiUserId') keys = [];
    else keys = (await findFamily(step, request, request.key.desc)).filter(({ id }) => !seen.has(id));
  }
  for (const key of keys) seen.set(key.id, key);
  const unassigned = rounds.flatMap((round) => round.unassigned);
  const left = [
    ...rounds.flatMap((round) => [...round.left, ...round.failed]),
    ...keys.map((key) => ({ key, why: 'it was made meanwhile' })),
  ];
  const alive = [...left, ...unassigned];
  const problem = [`${count(alive, 'key')} could not be revoked.`];
  if (left.length > 0) {
    const reasons = left.map(({ key, why }) => `${nameOf(key)}: ${why}`);
    problem.push(`${reasons.join('; ')}. Delete in Atlas by hand what is to go all the same.`);
  }
  if (unassigned.length > 0) problem.push(livesOn(unassigned.map(nameOf).join(', '), place.orgId));
  return outcome({
    result: 'revoked',
    changed: rounds.some(({ changed }) => changed),
    retired: rounds.flatMap(({ deleted }) => deleted.map(({ id }) => id)),
    family: rowsAfter([...seen.values()], rounds),
    ...(alive.length > 0 && { problem: problem.join(' ') }),
  });
}

async function find(step: Step, { key, groupIds }: RevokeRequest): Promise<Found> {
  if (key.by === 'apiUserId') {
    const { orgId } = await step.atlas.readProject(groupIds[0]);
    try {
      return { keys: [await step.atlas.readOrganizationKey(orgId, key.apiUserId)], orgId };
    } catch (error) {
      if (isAtlasError(error, 'gone')) return { keys: [], orgId };
      throw error;
    }
  }
  const keys = await findFamily(step, { groupIds }, key.desc);
  return { keys, orgId: await organizationOfProject(step.atlas, groupIds[0], keys) };
}

async function findFamily(
  step: Step,
  { groupIds }: Pick<RevokeRequest, 'groupIds'>,
  desc: string,
): Promise<ApiKey[]> {
  const lists = await Promise.all(groupIds.map((groupId) => step.atlas.listProjectKeys(groupId)));
  const all = new Map(lists.flat().map((key) => [key.id, key]));
  return [...all.values()].filter((key) => passesForMember(desc, key)).sort(newestFirst);
}
