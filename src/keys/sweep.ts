/**
 * sweep: deletes what runs left behind. Only what carries our mark and is due by the service's clock; never a
 * key that a person made, never the caller's own, never one that may still be in use.
 */
import { isAtlasError, messageOf } from '../atlas/errors.ts';
import type { ApiKey } from '../atlas/types.ts';
import type { GroupIds, SweepRequest } from '../request.ts';
import { concurrently } from './concurrently.ts';
import { createdAt } from './key.ts';
import { isMarkedAs, readMark } from './mark.ts';
import { organizationOfProject } from './organization.ts';
import { type FamilyRow, type Outcome, outcome, planned } from './outcome.ts';
import { planDeletion } from './plan.ts';
import { revokeKey } from './revoke-key.ts';
import { count, nameOf, type Step } from './step.ts';

/** Deletions at once: well inside the rate limit of an organisation's key endpoints (500, 250 more a minute). */
const AT_ONCE = 8;

/** After how many deletions a line tells how far a long sweep is. */
const PROGRESS_EVERY = 25;

const WORDS = { revoked: 'Deleted', gone: 'Already gone:', unassigned: 'Unassigned' } as const;

export interface Leftovers {
  /** Only of this human text; without it, only of this repository. */
  readonly desc: string | undefined;
  readonly repository: string;
  /** Milliseconds. */
  readonly ttl: number;
  /** By the service's clock, in milliseconds since 1970. */
  readonly serviceNow: number;
  readonly callerPublicKey: string | undefined;
}

interface InPassing {
  readonly groupIds: GroupIds;
  readonly desc: string;
  readonly ttl: number;
}

interface Doomed {
  readonly key: ApiKey;
  readonly orgId: string;
  /** The projects it is still in. */
  readonly groupIds: readonly string[];
}

interface Swept {
  readonly deleted: readonly ApiKey[];
  /** Out of the project by this step, but alive in the organisation: the caller is no Organization Owner. */
  readonly unassigned: readonly ApiKey[];
  readonly failed: readonly ApiKey[];
}

export async function sweep(step: Step, request: SweepRequest): Promise<Outcome> {
  const doomed = await findLeftovers(step, request);
  const rows = doomed.map(({ key }) => rowOf(key));
  if (doomed.length === 0) step.log.info('Nothing is left over.');
  if (request.dryRun) {
    return planned(
      doomed.map(({ key }) => planDeletion(key)),
      { family: rows },
    );
  }
  const swept = await deleteAll(step, doomed);
  const gone = new Set(swept.deleted.map((key) => key.id));
  return outcome({
    result: 'swept',
    changed: swept.deleted.length + swept.unassigned.length > 0,
    retired: [...gone],
    family: rows.map((row) => (gone.has(row.apiUserId) ? { ...row, state: 'retired' } : row)),
    ...problemOf(swept),
  });
}

/**
 * What an ephemeral step does in passing for its own text. Never rejects: another run's left-overs are no
 * reason to fail this one.
 */
export async function sweepInPassing(step: Step, request: InPassing): Promise<readonly string[]> {
  try {
    const due = await findInPassing(step, request);
    if (due.length === 0) return [];
    const orgId = await organizationOfProject(step.atlas, request.groupIds[0], due);
    const swept = await deleteAll(
      step,
      due.map((key) => ({ key, orgId, groupIds: request.groupIds })),
    );
    return swept.deleted.map((key) => key.id);
  } catch (error) {
    step.log.warning(
      `Left-over keys of earlier runs were not looked for; the next run does it. ${messageOf(error)}`,
    );
    return [];
  }
}

/** What `sweepInPassing` would delete. */
export async function findInPassing(step: Step, request: InPassing): Promise<ApiKey[]> {
  const keys = await step.atlas.listProjectKeys(request.groupIds[0]);
  const leftovers = leftoversOf(step, request);
  return keys.filter((key) => isLeftover(key, leftovers));
}

/** Whether a key is left over: ours, due, and within what the sweep was asked for. */
export function isLeftover(key: ApiKey, leftovers: Leftovers): boolean {
  const marked = readMark(key.desc);
  if (marked === undefined || key.publicKey === leftovers.callerPublicKey) return false;
  const { mark } = marked;
  const asked =
    leftovers.desc === undefined
      ? mark.repository === leftovers.repository
      : isMarkedAs(marked, leftovers.desc);
  if (!asked) return false;
  switch (mark.state) {
    case 'ephemeral': {
      const age = leftovers.serviceNow - createdAt(key.id);
      return leftovers.serviceNow > mark.until && age >= leftovers.ttl;
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

async function findLeftovers(step: Step, request: SweepRequest): Promise<Doomed[]> {
  const lists = await Promise.all(
    request.groupIds.map(async (groupId) => ({ groupId, keys: await step.atlas.listProjectKeys(groupId) })),
  );
  // not covered: there is a list for every project, which the types do not know.
  const orgId = await organizationOfProject(step.atlas, request.groupIds[0], lists[0]?.keys ?? []);
  const orphans = await listOrphans(step, orgId);
  const leftovers = leftoversOf(step, request);
  const doomed = new Map<string, Doomed>();
  for (const { groupId, keys } of lists) {
    for (const key of keys.filter((candidate) => isLeftover(candidate, leftovers))) {
      doomed.set(key.id, { key, orgId, groupIds: [...(doomed.get(key.id)?.groupIds ?? []), groupId] });
    }
  }
  for (const key of orphans.filter((candidate) => isLeftover(candidate, leftovers))) {
    doomed.set(key.id, { key, orgId, groupIds: [] });
  }
  return [...doomed.values()];
}

/** Keys of the organisation that are in no project any more; none for a caller who may not list them. */
async function listOrphans(step: Step, orgId: string): Promise<ApiKey[]> {
  try {
    const keys = await step.atlas.listOrganizationKeys(orgId);
    return keys.filter((key) => key.roles.every((role) => role.groupId === undefined));
  } catch (error) {
    if (!isAtlasError(error, 'notAllowed')) throw error;
    step.log.info(
      'Only the project is swept: listing the keys of the organisation needs Organization Member.',
    );
    return [];
  }
}

function leftoversOf(step: Step, wish: { readonly desc?: string; readonly ttl: number }): Leftovers {
  return {
    desc: wish.desc,
    repository: step.run.repository,
    ttl: wish.ttl,
    serviceNow: step.atlas.serviceNow(),
    callerPublicKey: step.callerPublicKey,
  };
}

async function deleteAll(step: Step, doomed: readonly Doomed[]): Promise<Swept> {
  const deleted: ApiKey[] = [];
  const unassigned: ApiKey[] = [];
  // Were in no project any more.
  const outOfReach: ApiKey[] = [];
  let ended = 0;
  const results = await concurrently(doomed, AT_ONCE, async ({ key, orgId, groupIds }) => {
    const { outcome: how } = await revokeKey(step.atlas, { apiUserId: key.id, orgId, groupIds });
    if (how === 'revoked') deleted.push(key);
    if (how === 'unassigned') (groupIds.length === 0 ? outOfReach : unassigned).push(key);
    if (how !== 'unassigned' || groupIds.length > 0) {
      step.log.info(`${WORDS[how]} left-over key ${nameOf(key)}: "${key.desc}".`);
    }
    ended += 1;
    if (ended % PROGRESS_EVERY === 0) step.log.info(`${ended} of ${count(doomed, 'left-over key')} done.`);
  });
  const failed = doomed.filter((_, index) => results[index]?.status === 'rejected').map(({ key }) => key);
  results.forEach((result, index) => {
    const key = doomed[index]?.key;
    if (result.status === 'rejected' && key !== undefined) {
      step.log.warning(
        `Left-over key ${nameOf(key)} could not be deleted; the next sweep tries again. ${messageOf(result.reason)}`,
      );
    }
  });
  const alive = [...unassigned, ...outOfReach];
  if (alive.length > 0) {
    step.log.warning(
      'Still alive in the organisation, though out of the project, since deleting needs Organization Owner: ' +
        `${alive.map(nameOf).join(', ')}. Sweep with that role.`,
    );
  }
  return { deleted, unassigned, failed };
}

function problemOf({ failed }: Swept): { problem?: string } {
  if (failed.length === 0) return {};
  return {
    problem:
      `${count(failed, 'left-over key')} could not be deleted: ${failed.map(nameOf).join(', ')}. The warnings above say why; ` +
      'the next sweep tries again.',
  };
}

function rowOf(key: ApiKey): FamilyRow {
  // not covered: what was swept had a mark.
  const state = readMark(key.desc)?.mark.state ?? 'current';
  return { apiUserId: key.id, publicKey: key.publicKey, state };
}
