/**
 * ephemeral: a secret for this run. Post deletes it; if there is no post, Atlas ends it by itself. Runs share accounts, and
 * their secrets are independent of each other.
 */

import { isAtlasError } from '../atlas/errors.ts';
import type { Account, NewAccountSecret } from '../atlas/types.ts';
import { resolveAccessList } from '../keys/handover.ts';
import { sameRoles } from '../keys/key.ts';
import { isoSeconds } from '../keys/mark.ts';
import { type Outcome, outcome } from '../keys/outcome.ts';
import type { Step } from '../keys/step.ts';
import type { AccountEphemeralRequest } from '../request.ts';
import { accountIn, describe, familyOf, leasable, PLACES, secretsOf } from './account.ts';
import { bringAccessList, factsOf, handOver, type Made } from './hand-over.ts';
import { leaseOf } from './journal.ts';
import { explained } from './make-account.ts';

const HOUR = 3_600_000;

export async function lease(step: Step, request: AccountEphemeralRequest): Promise<Outcome> {
  const { groupIds, desc, handover, hours, onRevokeFailure } = request;
  const [groupId] = groupIds;
  const [accounts, { orgId }, entries] = await Promise.all([
    step.atlas.accounts.list(groupId),
    step.atlas.readProject(groupId),
    resolveAccessList(step, handover.accessList),
  ]);
  const { account, secret } = await takePlace(
    step,
    request,
    leasable(familyOf(desc, accounts, step.caller), step.atlas.serviceNow()),
    orgId,
  );
  const { clientId } = account;
  const purpose = { mode: 'ephemeral', onRevokeFailure } as const;
  const made: Made = { account, secret, lease: leaseOf(purpose, { desc, groupId, orgId, clientId }, secret) };
  step.journal({ phase: 'made', ...made.lease });
  await handOver(
    step,
    made,
    handover,
    () => bringAccessList(step, made.lease, entries, hours * HOUR),
    async () => {},
  );
  step.log.info(
    `Made a secret of service account ${clientId} for this run. The post step deletes it; if that cannot run, Atlas ` +
      `ends it on ${isoSeconds(secret.expiresAt)}.`,
  );
  return outcome({
    result: 'created',
    changed: true,
    ...factsOf(account, { orgId, groupIds, standing: 'ephemeral' }, secret),
  });
}

/** A secret on the oldest account with a free place; on a new one where there is none. */
async function takePlace(
  step: Step,
  request: AccountEphemeralRequest,
  family: readonly Account[],
  orgId: string,
): Promise<{ account: Account; secret: NewAccountSecret }> {
  const { groupIds, desc, roles, hours } = request;
  const [groupId] = groupIds;
  const { accounts } = step.atlas;
  for (const account of family) {
    const { clientId } = account;
    const { alive, expired } = secretsOf(account, step.atlas.serviceNow());
    if (alive.length >= PLACES) continue;
    const take = async () => {
      // An expired one keeps its place; of one that another run has just deleted nothing is left to do.
      await Promise.all(expired.map(({ id }) => accounts.deleteSecret(groupId, clientId, id)));
      if (!sameRoles(account.roles, roles)) await accounts.update(groupId, clientId, { roles });
      const secret = await accounts.createSecret(groupId, clientId, hours);
      return { account: { ...account, roles }, secret };
    };
    try {
      return await take();
    } catch (error) {
      if (!isAtlasError(error) || isAtlasError(error, 'timeout', 'cancelled')) throw error;
      // Atlas documents no code for a want of places, so a look tells. A secret that was made without an answer, and that
      // nobody has, takes one, too, until it ends.
      const now = await accountIn(step.atlas, { groupId, clientId });
      const places = now === undefined ? 0 : PLACES - now.secrets.length;
      // Two runs may have given their places back since the refusal, so only a second one says that it is another matter.
      if (places > 0) return await explained(step, { orgId, hours, clientId }, take);
      step.log.info(`Service account ${clientId} has no place for another secret; looking on.`);
    }
  }
  const description = describe({ isLeased: true });
  const account = await explained(step, { orgId, hours }, () =>
    accounts.create(groupId, { name: desc, description, roles, hours }),
  );
  step.log.info(`Created service account ${account.clientId}.`);
  return { account, secret: account.secret };
}
