/** How one key dies. */
import { type AtlasError, isAtlasError } from '../atlas/errors.ts';
import type { Atlas } from '../atlas/types.ts';
import { describeMarked, type Mark } from './mark.ts';

/** A key and the projects that it was put in. */
export interface Doomed {
  readonly apiUserId: string;
  readonly orgId: string;
  readonly groupIds: readonly string[];
}

export type Revocation =
  | { readonly outcome: 'revoked' | 'gone' }
  /** The caller may not delete in the organisation: the key is out of the projects, and still alive. */
  | { readonly outcome: 'unassigned'; readonly refusal: AtlasError };

/**
 * Deletes the key from its organisation, the only true revocation. A caller who may not do that unassigns it
 * from its projects instead. A key that is already gone is fine. Throws `AtlasError` for everything else.
 */
export async function revokeKey(atlas: Atlas, key: Doomed): Promise<Revocation> {
  try {
    const deletion = await atlas.deleteKey(key.orgId, key.apiUserId);
    return { outcome: deletion === 'deleted' ? 'revoked' : 'gone' };
  } catch (error) {
    if (!isAtlasError(error, 'notAllowed')) throw error;
    await Promise.all(key.groupIds.map((groupId) => atlas.unassignKey(groupId, key.apiUserId)));
    return { outcome: 'unassigned', refusal: error };
  }
}

/** Of a key that could only be unassigned: what is left to do, and by whom. */
export function livesOn(name: string, orgId: string): string {
  return (
    `Key ${name} is out of the project but lives on in organisation ${orgId}: deleting it needs Organization Owner. ` +
    'Delete it there, or run mode: sweep with that role.'
  );
}

/**
 * Marks the key as retired, then revokes it. A deleted key may be listed for two more minutes; the mark keeps
 * such a ghost from being taken for a current or a pending key, and lets a sweep with an owner's rights find
 * a key that could only be unassigned.
 */
export async function retireKey(
  atlas: Atlas,
  key: Doomed,
  name: { readonly desc: string; readonly mark: Omit<Mark, 'state'> },
): Promise<Revocation> {
  const { repository, runId, attempt, nonce } = name.mark;
  const retired = describeMarked(name.desc, { state: 'retired', repository, runId, attempt, nonce });
  const [groupId] = key.groupIds;
  if (groupId !== undefined) {
    try {
      await atlas.renameKey({ groupId, orgId: key.orgId, apiUserId: key.apiUserId }, retired);
    } catch (error) {
      // The mark only helps readers. A key that cannot be renamed, or is gone, still has to be revoked.
      if (!isAtlasError(error, 'gone', 'notAllowed', 'badRequest', 'unintelligible')) throw error;
    }
  }
  return revokeKey(atlas, key);
}
