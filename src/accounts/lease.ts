/**
 * ephemeral: a secret for this run. Post deletes it; if there is no post, Atlas ends it by itself. Runs share accounts, and
 * their secrets are independent of each other.
 */
import { isAtlasError } from '../atlas/errors.ts';
import type { Account, NewAccountSecret } from '../atlas/types.ts';
import { sameRoles } from '../keys/key.ts';
import { isoSeconds } from '../keys/mark.ts';
import type { Outcome } from '../keys/outcome.ts';
import type { Step } from '../keys/step.ts';
import type { AccountEphemeralRequest } from '../request.ts';
import { accountIn, describe, familyOf, leasable, PLACES, secretsOf } from './account.ts';
import { handOver, saveMade } from './hand-over.ts';
import { explained } from './make-account.ts';
import { outcomeOf, type Wish, wishOf } from './wish.ts';

export async function lease(step: Step, request: AccountEphemeralRequest): Promise<Outcome> {
  const { onRevokeFailure, groupIds, desc } = request;
  const [listed, wish] = await Promise.all([
    step.atlas.accounts.list(groupIds[0]),
    wishOf(step, request, { mode: 'ephemeral', onRevokeFailure }),
  ]);
  const family = familyOf(desc, listed, step.caller);
  const { clientId, secret } = await takePlace(step, wish, leasable(family, step.atlas.serviceNow()));
  await handOver(step, wish, saveMade(step, wish, clientId, secret));
  step.log.info(
    `Made a secret of service account ${clientId} for this run. The post step deletes it; if that cannot run, Atlas ` +
      `ends it on ${isoSeconds(secret.expiresAt)}.`,
  );
  return outcomeOf(wish, 'created', clientId, secret, { standing: 'ephemeral' });
}

interface Taken {
  readonly clientId: string;
  readonly secret: NewAccountSecret;
}

/** A secret on the oldest account with a free place; on a new one where there is none. */
async function takePlace(step: Step, wish: Wish, family: readonly Account[]): Promise<Taken> {
  const { groupId, desc, roles, hours } = wish;
  const { accounts } = step.atlas;
  for (const account of family) {
    const { clientId } = account;
    const { alive, expired } = secretsOf(account, step.atlas.serviceNow());
    if (alive.length >= PLACES) continue;
    const take = async (): Promise<Taken> => {
      // An expired secret keeps its place. If another run has just deleted it, that is fine.
      await Promise.all(expired.map(({ id }) => accounts.deleteSecret(groupId, clientId, id)));
      if (!sameRoles(account.roles, roles)) await accounts.update(groupId, clientId, { roles });
      return { clientId, secret: await accounts.createSecret(groupId, clientId, hours) };
    };
    try {
      return await take();
    } catch (error) {
      if (!isAtlasError(error) || isAtlasError(error, 'timeout', 'cancelled')) throw error;
      // Atlas documents no error code for an account without a free place, so a look tells. A secret that nobody has,
      // because the answer to its making was lost, takes a place, too, until it ends.
      const now = await accountIn(step.atlas, { groupId, clientId });
      const places = now === undefined ? 0 : PLACES - now.secrets.length;
      // Other runs may have given places back since the refusal, so only a second refusal must have another reason.
      if (places > 0) return await explained(step, wish, take, clientId);
      step.log.info(`Service account ${clientId} has no place for another secret; trying the next one.`);
    }
  }
  const description = describe({ isLeased: true });
  const account = await explained(step, wish, () =>
    accounts.create(groupId, { name: desc, description, roles, hours }),
  );
  step.log.info(`Created service account ${account.clientId}.`);
  return account;
}
