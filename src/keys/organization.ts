/** Which organisation a project is in: deletions, and descriptions on old surfaces, go through it. */
import type { ApiKey, Atlas } from '../atlas/types.ts';

/** As the roles of its keys name it, each of which is a member of the organisation; else by one more call. */
export async function organizationOfProject(
  atlas: Pick<Atlas, 'readProject'>,
  groupId: string,
  keys: readonly Pick<ApiKey, 'roles'>[],
): Promise<string> {
  const named = keys.flatMap(({ roles }) => roles).find(({ orgId }) => orgId !== undefined);
  return named?.orgId ?? (await atlas.readProject(groupId)).orgId;
}
