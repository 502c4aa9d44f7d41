/** Which organisation a project is in: deletions, and descriptions on old surfaces, go through it. */
import type { ApiKey, Atlas } from '../atlas/types.ts';
import { organizationOf } from './key.ts';

/** From its keys where there are any, each of which is a member of the organisation; else by one more call. */
export async function organizationOfProject(
  atlas: Pick<Atlas, 'readProject'>,
  groupId: string,
  keys: readonly Pick<ApiKey, 'roles'>[],
): Promise<string> {
  for (const key of keys) {
    const orgId = organizationOf(key);
    if (orgId !== undefined) return orgId;
  }
  return (await atlas.readProject(groupId)).orgId;
}
