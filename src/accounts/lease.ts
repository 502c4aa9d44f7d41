/**
 * ephemeral: a secret for this run. Post deletes it; if there is no post, Atlas ends it by itself. Runs share accounts, and
 * their secrets are independent of each other.
 */
import type { Account, NewAccountSecret } from '../atlas/accounts.ts';
import { isAtlasError } from '../atlas/errors.ts';
import { resolveAccessList } from '../keys/handover.ts';
import { sameRoles } from '../keys/key.ts';
import { isoSeconds } from '../keys/mark.ts';
import { type Outcome, outcome } from '../keys/outcome.ts';
import type { Step } from '../keys/step.ts';
import type { AccountEphemeralRequest } from '../request.ts';
import { describe, familyOf, PLACES, secretsOf } from './account.ts';
import { bringAccessList, factsOf, handOver, type Made } from './hand-over.ts';

const HOUR = 3_600_000;

export async function lease(step: Step, request: AccountEphemeralRequest): Promise<Outcome> {
  const { groupIds, desc, handover, hours, onRevokeFailure } = request;
  const [groupId] = groupIds;
  const [accounts, { orgId }, entries] = await Promise.all([
    step.atlas.accounts.list(groupId),
    step.atlas.readProject(groupId),
    resolveAccessList(step, handover.accessList),
  ]);
  const { account, secret } = await takePlace(step, request, familyOf(desc, accounts, step.caller));
  const made: Made = {
    account,
    secret,
    lease: {
      credential: 'serviceAccount',
      purpose: { mode: 'ephemeral', onRevokeFailure },
      desc,
      groupId,
      orgId,
      clientId: account.clientId,
      secretId: secret.id,
      expiresAt: secret.expiresAt,
    },
  };
  step.journal({ phase: 'made', ...made.lease });
  await handOver(
    step,
    made,
    handover,
    () => bringAccessList(step, made.lease, entries, hours * HOUR),
    async () => {},
  );
  step.log.info(
    `Made a secret of service account ${account.clientId} for this run. The post step deletes it; if that cannot run, Atlas ` +
      `ends it on ${isoSeconds(secret.expiresAt)}.`,
  );
  return outcome({ result: 'created', changed: true, ...factsOf(account, { orgId, groupIds }, secret) });
}

/** A secret on the oldest account with a free place; on a new one where there is none. */
async function takePlace(
  step: Step,
  { groupIds, desc, roles, hours }: AccountEphemeralRequest,
  family: readonly Account[],
): Promise<{ account: Account; secret: NewAccountSecret }> {
  const [groupId] = groupIds;
  const { accounts } = step.atlas;
  for (const account of family) {
    const { alive, expired } = secretsOf(account, step.atlas.serviceNow());
    if (alive.length >= PLACES) continue;
    try {
      // An expired one keeps its place; of one that another run has just deleted nothing is left to do.
      await Promise.all(expired.map(({ id }) => accounts.deleteSecret(groupId, account.clientId, id)));
      if (!sameRoles(account.roles, roles)) await accounts.update(groupId, account.clientId, { roles });
      return {
        account: { ...account, roles },
        secret: await accounts.createSecret(groupId, account.clientId, hours),
      };
    } catch (error) {
      // Another run was quicker, or the account is gone; a secret that was made without an answer ends by itself.
      if (!isAtlasError(error, 'full', 'alreadyThere', 'badRequest', 'gone', 'answerLost')) throw error;
      step.log.info(`Service account ${account.clientId} has no place for another secret; looking on.`);
    }
  }
  const account = await accounts.create(groupId, { name: desc, description: describe({}), roles, hours });
  step.log.info(`Created service account ${account.clientId}.`);
  return { account, secret: account.secret };
}
