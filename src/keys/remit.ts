/**
 * What a step may touch. A mark proves nothing about its author: whoever may rename a key of the project can write one on
 * any key that is in it, and the step signs in with more power than such a person has. So what a key is decides, and not
 * what is written on it. Every deletion, rename, unassignment and change of roles of a key that the step did not make
 * itself asks here first; docs/lifecycle.md has the argument.
 */
import { isAtlasError } from '../atlas/errors.ts';
import type { ApiKey } from '../atlas/types.ts';
import type { GroupIds } from '../request.ts';
import type { Step } from './step.ts';

/** Why the step wants to touch the key: as one of the family, as left over by its mark, or as named by its id. */
export type Claim = 'member' | 'leftOver' | 'named';

export interface Place {
  readonly groupIds: GroupIds;
  readonly orgId: string;
  /** Keys as the organisation's list has just shown them, with all their roles; others are read one by one. */
  readonly whole?: ReadonlyMap<string, ApiKey>;
}

type Verdict = { readonly key: ApiKey } | { readonly why: string };

/** Why a key is left alone, as the end of a sentence; `undefined` where it may be touched. `key` with all its roles. */
export function outsideRemit(
  key: ApiKey,
  claim: Claim,
  caller: string,
  groupIds: GroupIds,
): string | undefined {
  if (key.publicKey === caller) return 'it is the key that this step signs in with';
  const beyond = key.roles.find(
    ({ groupId, roleName }) => groupId === undefined && roleName !== 'ORG_MEMBER',
  );
  if (beyond !== undefined) return `it has the organisation role ${beyond.roleName}`;
  const projects = key.roles.flatMap(({ groupId }) => groupId ?? []);
  const other = projects.find((groupId) => !groupIds.includes(groupId));
  if (other !== undefined) return `it has roles in project ${other}, too, which this step does not name`;
  if (projects.length === 0 && claim === 'member') return 'it is in no project any more';
  return undefined;
}

/**
 * The key as its organisation shows it now, where this step may touch it; else why not. Throws `AtlasError`. A project's
 * list need not show the roles in other projects, so the key is read in the organisation.
 */
export async function judge(step: Step, key: ApiKey, claim: Claim, place: Place): Promise<Verdict> {
  const { orgId, groupIds } = place;
  const shown = outsideRemit(key, 'named', step.caller, groupIds);
  if (shown !== undefined) return { why: shown };
  try {
    const whole = place.whole?.get(key.id) ?? (await step.atlas.readOrganizationKey(orgId, key.id));
    const why = outsideRemit(whole, claim, step.caller, groupIds);
    if (why !== undefined) return { why };
    // The post step of its maker may just have made it current.
    if (claim === 'leftOver' && whole.desc !== key.desc) return { why: 'its description has just changed' };
    return { key: whole };
  } catch (error) {
    if (!isAtlasError(error, 'notAllowed')) throw error;
    return { why: 'this step may not read it in the organisation, which shows its roles in other projects' };
  }
}

/** Whether the step may touch this member of the family; where not, the reason is told. */
export async function mayTouch(step: Step, key: ApiKey, place: Place): Promise<boolean> {
  const verdict = await judge(step, key, 'member', place);
  if ('why' in verdict) step.leave(key, verdict.why);
  return 'key' in verdict;
}
