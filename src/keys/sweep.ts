/**
 * sweep: retires what runs left behind. Only what carries our mark, is due by the service's clock, and lies within the
 * remit; never one that may still be in use.
 */
import { isAtlasError, messageOf } from '../atlas/errors.ts';
import type { ApiKey } from '../atlas/types.ts';
import type { EphemeralRequest, SweepRequest } from '../request.ts';
import { ageAt, createdAt, organizationOfProject } from './key.ts';
import { isMarkedAs, readMark } from './mark.ts';
import { type Outcome, outcome } from './outcome.ts';
import type { Place } from './remit.ts';
import { type Retired, retireFound, rowsAfter } from './retire.ts';
import { count, nameOf, type Step } from './step.ts';

/** The longest `ttl`, in milliseconds: a mark that claims more is none of ours. A key may be a second older than its mark. */
const LONGEST_TTL = 365 * 24 * 3_600_000 + 1000;

export interface Leftovers {
  /** Only of this human text; without it, only of this repository. */
  readonly desc: string | undefined;
  readonly repository: string;
  /** Milliseconds. */
  readonly ttl: number;
  /** By the service's clock, in milliseconds since 1970. */
  readonly serviceNow: number;
}

export async function sweep(step: Step, request: SweepRequest): Promise<Outcome> {
  const { groupIds } = request;
  const lists = await Promise.all(groupIds.map((groupId) => step.atlas.listProjectKeys(groupId)));
  const orgId = await organizationOfProject(step.atlas, groupIds[0], lists.flat());
  const whole = await listWhole(step, orgId);
  const orphans = [...whole.values()].filter(({ roles }) =>
    roles.every(({ groupId }) => groupId === undefined),
  );
  const keys = new Map([...lists.flat(), ...orphans].map((key) => [key.id, key]));
  const leftovers = leftoversOf(step, request);
  const due = [...keys.values()].filter((key) => isLeftover(key, leftovers));
  if (due.length === 0) step.log.info('Nothing is left over.');
  const swept = await retireLeftovers(step, due, { groupIds, orgId, whole });
  return outcome({
    result: 'swept',
    changed: swept.changed,
    retired: swept.deleted.map(({ id }) => id),
    family: rowsAfter(due, [swept]),
    ...problemOf(swept),
  });
}

/**
 * What an ephemeral step does in passing for its own text. Never rejects: another run's left-overs are no
 * reason to fail this one.
 */
export async function sweepInPassing(step: Step, request: EphemeralRequest): Promise<readonly string[]> {
  const { groupIds } = request;
  try {
    const leftovers = leftoversOf(step, request);
    const keys = await step.atlas.listProjectKeys(groupIds[0]);
    const due = keys.filter((key) => isLeftover(key, leftovers));
    if (due.length === 0) return [];
    const orgId = await organizationOfProject(step.atlas, groupIds[0], due);
    const { deleted } = await retireLeftovers(step, due, { groupIds, orgId });
    return deleted.map(({ id }) => id);
  } catch (error) {
    step.log.warning(
      `Left-over keys of earlier runs were not looked for; the next run does it. ${messageOf(error)}`,
    );
    return [];
  }
}

/** Whether a key's mark says that it is left over: ours, due, and within what the sweep was asked for. */
export function isLeftover(key: ApiKey, leftovers: Leftovers): boolean {
  const marked = readMark(key.desc);
  if (marked === undefined) return false;
  const { mark } = marked;
  const asked =
    leftovers.desc === undefined
      ? mark.repository === leftovers.repository
      : isMarkedAs(marked, leftovers.desc);
  if (!asked) return false;
  switch (mark.state) {
    case 'ephemeral': {
      const isOurs = mark.until <= createdAt(key.id) + LONGEST_TTL;
      const age = ageAt(leftovers.serviceNow, key.id);
      return isOurs && leftovers.serviceNow > mark.until && age >= leftovers.ttl;
    }
    case 'pending':
      return leftovers.serviceNow > mark.until;
    case 'retired':
      // Its deletion was begun and did not end, or was not allowed.
      return true;
    case 'undecided':
    case 'previous':
      return false;
  }
}

/** Every key of the organisation by its id; none for a caller who may not list them. */
async function listWhole(step: Step, orgId: string): Promise<ReadonlyMap<string, ApiKey>> {
  try {
    const keys = await step.atlas.listOrganizationKeys(orgId);
    return new Map(keys.map((key) => [key.id, key]));
  } catch (error) {
    if (!isAtlasError(error, 'notAllowed')) throw error;
    step.log.info(
      'Only the project is swept: listing the keys of the organisation needs Organization Member.',
    );
    return new Map();
  }
}

function leftoversOf(step: Step, { desc, ttl }: { readonly desc?: string; readonly ttl: number }): Leftovers {
  return { desc, ttl, repository: step.run.repository, serviceNow: step.atlas.serviceNow() };
}

function retireLeftovers(step: Step, due: readonly ApiKey[], place: Place): Promise<Retired> {
  return retireFound(step, due, {
    place,
    claim: 'leftOver',
    why: ({ desc }) => `left over: "${desc}"`,
    next: 'the next sweep',
  });
}

function problemOf({ failed }: Retired): { problem?: string } {
  if (failed.length === 0) return {};
  return {
    problem:
      `${count(failed, 'left-over key')} could not be deleted: ${failed.map(({ key }) => nameOf(key)).join(', ')}. The ` +
      'warnings above say why; the next sweep tries again.',
  };
}
