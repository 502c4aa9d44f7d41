/**
 * revoke: every secret of the accounts of this name, then the accounts. What is gone already is a success. And what a step
 * may end at all, and how, in any mode.
 */
import { isAtlasError, messageOf } from '../atlas/errors.ts';
import type { Account } from '../atlas/types.ts';
import type { Lease } from '../keys/journal.ts';
import { type Outcome, outcome } from '../keys/outcome.ts';
import type { Step } from '../keys/step.ts';
import type { AccountRevokeRequest } from '../request.ts';
import { accountIn } from './account.ts';
import type { Place } from './wish.ts';

export async function revokeAccounts(step: Step, { groupIds, desc }: AccountRevokeRequest): Promise<Outcome> {
  const [groupId] = groupIds;
  const [listed, { orgId }] = await Promise.all([
    step.atlas.accounts.list(groupId),
    step.atlas.readProject(groupId),
  ]);
  const family = listed.filter(({ name }) => name === desc);
  if (family.length === 0) step.log.info('There is no such service account any more.');
  const left: string[] = [];
  for (const account of family) {
    const why = await withdrawFound(step, { groupId, orgId }, account).catch(messageOf);
    if (why !== undefined) left.push(`${account.clientId}: ${why}`);
  }
  return outcome({
    result: 'revoked',
    changed: left.length < family.length,
    ...(left.length > 0 && {
      problem: `Not every service account could be revoked. ${left.join('; ')}. Delete by hand in Atlas whatever has to go all the same.`,
    }),
  });
}

/**
 * Why an account is left alone, as the end of a sentence; `undefined` where it may be touched. A Project Owner cannot see
 * an account's other projects, and Atlas itself then refuses him: an account in a second project is beyond his role.
 */
export async function outsideAccountRemit(
  step: Step,
  { groupId, orgId }: Place,
  { clientId }: Account,
): Promise<string | undefined> {
  if (clientId === step.caller) return 'it is the account that this step signs in as';
  const projects = await step.atlas.accounts.listProjects(orgId, clientId).catch((error) => {
    if (isAtlasError(error, 'notAllowed')) return [];
    throw error;
  });
  const other = projects.find((project) => project !== groupId);
  return other && `it is in project ${other}, too, which this step does not name`;
}

/** Withdraws an account that the step did not make. Where it may not, that is told, and why is returned. */
export async function withdrawFound(step: Step, place: Place, account: Account): Promise<string | undefined> {
  const why = await outsideAccountRemit(step, place, account);
  if (why === undefined) await withdrawAccount(step, place, account);
  else step.log.warning(`Left service account ${account.clientId} as it is: ${why}.`);
  return why;
}

/**
 * Ends every secret of the account, then the account. Without the right to that in the organisation it is taken out of the
 * project, empty. Throws `AtlasError` where a secret may still work.
 */
export async function withdrawAccount(
  step: Step,
  { groupId, orgId }: Place,
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
