/** revoke: every secret of the accounts of this name, then the accounts. What is gone already is a success. */
import { isAtlasError, messageOf } from '../atlas/errors.ts';
import { type Outcome, outcome } from '../keys/outcome.ts';
import type { Step } from '../keys/step.ts';
import type { AccountRevokeRequest } from '../request.ts';
import { accountIn } from './account.ts';
import type { Lease } from './journal.ts';
import { outsideAccountRemit } from './remit.ts';

export async function revokeAccounts(step: Step, { groupIds, desc }: AccountRevokeRequest): Promise<Outcome> {
  const [groupId] = groupIds;
  const [listed, { orgId }] = await Promise.all([
    step.atlas.accounts.list(groupId),
    step.atlas.readProject(groupId),
  ]);
  const family = listed.filter(({ name }) => name === desc);
  if (family.length === 0) step.log.info('There is no such service account any more.');
  const left: string[] = [];
  let changed = false;
  for (const account of family) {
    try {
      const why = await outsideAccountRemit(step, account, { groupId, orgId });
      if (why === undefined) {
        await withdrawAccount(step, { groupId, orgId }, account);
        changed = true;
      } else {
        step.log.warning(`Left service account ${account.clientId} as it is: ${why}.`);
        left.push(`${account.clientId}: ${why}`);
      }
    } catch (error) {
      left.push(`${account.clientId}: ${messageOf(error)}`);
    }
  }
  return outcome({
    result: 'revoked',
    changed,
    ...(left.length > 0 && { problem: `Not every service account could be revoked. ${left.join('; ')}` }),
  });
}

/**
 * Ends every secret of the account, then the account. Without the right to that in the organisation it is taken out of the
 * project, empty. Throws `AtlasError` where a secret may still work.
 */
export async function withdrawAccount(
  step: Step,
  { groupId, orgId }: { readonly groupId: string; readonly orgId: string },
  { clientId, secrets }: { readonly clientId: string; readonly secrets: readonly { readonly id: string }[] },
): Promise<void> {
  const { accounts } = step.undoing;
  const end = (doomed: typeof secrets) =>
    Promise.all(doomed.map(({ id }) => accounts.deleteSecret(groupId, clientId, id)));
  await end(secrets);
  try {
    await accounts.delete(orgId, clientId);
    step.log.info(`Deleted service account ${clientId}.`);
  } catch (error) {
    if (!isAtlasError(error, 'notAllowed')) throw error;
    // Out of the project nobody here could end a secret that another run has made meanwhile.
    const account = await accountIn(step.undoing, { groupId, clientId });
    await end(account?.secrets ?? []);
    await accounts.unassign(groupId, clientId);
    step.log.info(
      `Deleted every secret of service account ${clientId} and took it out of the project. It stays in the organisation, empty, ` +
        'and counts towards its limit of 200: deleting it needs Organization Owner.',
    );
  }
}

/** Ends a secret that this run made; an account that was made with it goes, too. */
export async function takeBack(step: Step, lease: Lease): Promise<void> {
  const { groupId, clientId, secretId, isNewAccount } = lease;
  if (isNewAccount) return withdrawAccount(step, lease, { clientId, secrets: [{ id: secretId }] });
  const deletion = await step.undoing.accounts.deleteSecret(groupId, clientId, secretId);
  step.log.info(
    deletion === 'deleted'
      ? `Deleted secret ${secretId} of service account ${clientId}.`
      : `Secret ${secretId} of service account ${clientId} was gone already.`,
  );
}
