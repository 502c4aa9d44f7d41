/**
 * sweep: retires what runs left behind. Only what carries our mark, is due by the service's clock, and lies within the
 * remit; never one that may still be in use.
 */
import { isAtlasError, messageOf } from '../atlas/errors.ts';
import type { ApiKey } from '../atlas/types.ts';
import type { EphemeralRequest, SweepRequest } from '../request.ts';
import { ageAt, createdAt, organizationOf } from './key.ts';
import { isMarkedAs, readMark } from './mark.ts';
import type { Outcome } from './outcome.ts';
import type { Place } from './remit.ts';
import { deletedIn, type End, outcomeOf, retireFound } from './retire.ts';
import { count, nameOf, type Step } from './step.ts';

/** The longest `ttl`, in milliseconds: a mark that claims more is none of ours. A key may be a second older than its mark. */
const LONGEST_TTL = 365 * 24 * 3_600_000 + 1000;

export async function sweep(step: Step, request: SweepRequest): Promise<Outcome> {
  const { groupIds } = request;
  const lists = await Promise.all(groupIds.map((groupId) => step.atlas.listProjectKeys(groupId)));
  const orgId = await organizationOf(step, groupIds[0], lists.flat());
  const whole = await listWhole(step, orgId);
  const orphans = [...whole.values()].filter(({ roles }) =>
    roles.every(({ groupId }) => groupId === undefined),
  );
  const keys = new Map([...lists.flat(), ...orphans].map((key) => [key.id, key]));
  const due = [...keys.values()].filter((key) => isLeftOver(step, request, key));
  if (due.length === 0) step.log.info('Nothing is left over.');
  const ends = await retireLeftOver(step, due, { groupIds, orgId, whole });
  const failed = ends.filter(({ fate }) => fate === 'failed').map(({ key }) => nameOf(key));
  if (failed.length === 0) return outcomeOf('swept', ends);
  const problem = `${count(failed, 'left-over key')} could not be deleted: ${failed.join(', ')}.`;
  return outcomeOf('swept', ends, `${problem} The warnings above say why; the next sweep tries again.`);
}

/**
 * What an ephemeral step does in passing for its own text. Never rejects: another run's left-overs are no
 * reason to fail this one.
 */
export async function sweepInPassing(step: Step, request: EphemeralRequest): Promise<readonly string[]> {
  const { groupIds } = request;
  try {
    const keys = await step.atlas.listProjectKeys(groupIds[0]);
    const due = keys.filter((key) => isLeftOver(step, request, key));
    if (due.length === 0) return [];
    const orgId = await organizationOf(step, groupIds[0], due);
    return deletedIn(await retireLeftOver(step, due, { groupIds, orgId }));
  } catch (error) {
    step.log.warning(
      `Left-over keys of earlier runs were not looked for; the next run does it. ${messageOf(error)}`,
    );
    return [];
  }
}

/**
 * Whether a key's mark says that it is left over: ours, due by the service's clock, and within what is asked for, which
 * is one human text, or else this repository.
 */
export function isLeftOver(step: Step, asked: Pick<SweepRequest, 'desc' | 'ttl'>, key: ApiKey): boolean {
  const { desc, ttl } = asked;
  const marked = readMark(key.desc);
  if (marked === undefined) return false;
  const { mark } = marked;
  const isAsked = desc === undefined ? mark.repository === step.run.repository : isMarkedAs(marked, desc);
  if (!isAsked) return false;
  const now = step.atlas.serviceNow();
  // Its deletion was begun and did not end, or was not allowed.
  if (mark.state === 'retired') return true;
  if (mark.state === 'pending') return now > mark.until;
  if (mark.state !== 'ephemeral') return false;
  return mark.until <= createdAt(key.id) + LONGEST_TTL && now > mark.until && ageAt(now, key.id) >= ttl;
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

function retireLeftOver(step: Step, due: readonly ApiKey[], place: Place): Promise<End[]> {
  const which = ({ desc }: ApiKey) => `left over: "${desc}"`;
  return retireFound(step, due, { ...place, claim: 'leftOver', which, next: 'the next sweep' });
}
