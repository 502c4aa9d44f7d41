/**
 * ensure: the account is there, once, with exactly the declared roles. One that this step makes is handed out with its
 * first secret.
 */
import type { Account } from '../atlas/types.ts';
import { resolveAccessList } from '../keys/handover.ts';
import { isoSeconds } from '../keys/mark.ts';
import { type Outcome, outcome } from '../keys/outcome.ts';
import { KeyError, type Step } from '../keys/step.ts';
import type { AccountEnsureRequest } from '../request.ts';
import { describe, standingOf } from './account.ts';
import { bringAccessList, factsOf, handOver, knownSecretFits } from './hand-over.ts';
import { findAccount, makeAccount } from './make-account.ts';
import { bringRoles } from './remit.ts';

/** A secret that ends sooner than this is warned of, in milliseconds. */
const SOON = 14 * 24 * 3_600_000;

export async function ensureAccount(step: Step, request: AccountEnsureRequest): Promise<Outcome> {
  const { groupIds, handover } = request;
  const [groupId] = groupIds;
  const [{ orgId }, entries] = await Promise.all([
    step.atlas.readProject(groupId),
    resolveAccessList(step, handover.accessList),
  ]);
  for (;;) {
    const account = await findAccount(step, request, orgId);
    if (account !== undefined) return useAccount(step, request, account, orgId);
    const made = await makeAccount(step, request, orgId, { mode: 'ensure' });
    if (made === undefined) continue;
    const { clientId } = made.lease;
    const settle = () => step.atlas.accounts.update(groupId, clientId, { description: describe({}) });
    // Marked as made before it is stored: an account whose maker is lost is removed with its secret.
    await handOver(
      step,
      made,
      handover,
      () => bringAccessList(step, made.lease, entries),
      async () => void (await settle()),
    );
    if (handover.store === undefined) await settle();
    step.journal({ phase: 'idle' });
    step.log.info(
      `Atlas ends the secret of service account ${clientId} on ${isoSeconds(made.secret.expiresAt)}.`,
    );
    return outcome({
      result: 'created',
      changed: true,
      ...factsOf(made.account, { orgId, groupIds }, made.secret),
    });
  }
}

async function useAccount(
  step: Step,
  request: AccountEnsureRequest,
  account: Account,
  orgId: string,
): Promise<Outcome> {
  const { groupIds, roles, knownSecret: known } = request;
  const { clientId } = account;
  step.log.info(`Found service account ${clientId} in the project.`);
  if ((await knownSecretFits(step, clientId, request)) === false) {
    throw new KeyError(
      `knownPrivateKey is not a secret of service account ${clientId}. Store the secret again, or use mode: rotate, which ` +
        'makes a new one when the stored secret does not fit.',
    );
  }
  const changed = await bringRoles(step, request, account, orgId);
  const { current } = standingOf(account, step.atlas.serviceNow(), known);
  if (current === undefined) {
    step.log.warning(
      `Service account ${clientId} has no secret that still works. Use mode: rotate to make one.`,
    );
  } else if (current.expiresAt - step.atlas.serviceNow() < SOON) {
    step.log.warning(
      `Secret ${current.id} of service account ${clientId} ends on ${isoSeconds(current.expiresAt)}. Use mode: rotate to ` +
        'replace it before.',
    );
  }
  return outcome({
    result: changed ? 'updated' : 'unchanged',
    changed,
    ...factsOf({ ...account, roles }, { orgId, groupIds }, current),
    ...(known !== undefined && { privateKey: known }),
  });
}
