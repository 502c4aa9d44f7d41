/** What a step may do to an account that it did not make, and bringing one to the declared roles. */

import { isAtlasError } from '../atlas/errors.ts';
import type { Account } from '../atlas/types.ts';
import { sameRoles } from '../keys/key.ts';
import { KeyError, type Step } from '../keys/step.ts';

/**
 * Why an account is left alone, as the end of a sentence; `undefined` where it may be touched. A Project Owner cannot see
 * an account's other projects, and Atlas itself then refuses him: an account in a second project is beyond his role.
 */
export async function outsideAccountRemit(
  step: Step,
  { clientId }: Account,
  { groupId, orgId }: { readonly groupId: string; readonly orgId: string },
): Promise<string | undefined> {
  if (clientId === step.caller) return 'it is the account that this step signs in as';
  try {
    const projects = await step.atlas.accounts.listProjects(orgId, clientId);
    const other = projects.find((project) => project !== groupId);
    return other === undefined ? undefined : `it is in project ${other}, too, which this step does not name`;
  } catch (error) {
    if (isAtlasError(error, 'notAllowed')) return undefined;
    throw error;
  }
}

/** Whether the roles had to be changed. Throws where they may not be. */
export async function bringRoles(
  step: Step,
  { groupIds: [groupId], roles }: { readonly groupIds: readonly [string]; readonly roles: readonly string[] },
  account: Account,
  orgId: string,
): Promise<boolean> {
  const { clientId } = account;
  if (sameRoles(account.roles, roles)) {
    step.log.info(`Service account ${clientId} has these roles already.`);
    return false;
  }
  const why = await outsideAccountRemit(step, account, { groupId, orgId });
  if (why !== undefined) {
    throw new KeyError(
      `Service account ${clientId} has other roles than those declared, and this step may not change them: ${why}. Declare another desc.`,
    );
  }
  await step.atlas.accounts.update(groupId, clientId, { roles });
  step.log.info(`Updated the roles of service account ${clientId}, was ${account.roles.join(', ')}.`);
  return true;
}
