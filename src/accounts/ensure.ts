/**
 * ensure: the account is there, once, with exactly the declared roles. One that this step makes is handed out with its
 * first secret.
 */
import { isAtlasError } from '../atlas/errors.ts';
import type { Account, AccountSecret } from '../atlas/types.ts';
import { sameRoles } from '../keys/key.ts';
import { isoSeconds } from '../keys/mark.ts';
import type { Outcome } from '../keys/outcome.ts';
import { KeyError, type Step } from '../keys/step.ts';
import type { AccountEnsureRequest, AccountRotateRequest, Known } from '../request.ts';
import { standingOf } from './account.ts';
import { handOver, noteHandOver } from './hand-over.ts';
import { findOrMakeAccount } from './make-account.ts';
import { outsideAccountRemit } from './revoke.ts';
import { outcomeOf, type Wish, wishOf } from './wish.ts';

/** A secret that ends sooner than this is warned of, in milliseconds. */
const SOON = 14 * 24 * 3_600_000;

export async function ensureAccount(step: Step, request: AccountEnsureRequest): Promise<Outcome> {
  const wish = await wishOf(step, request, { mode: 'ensure' });
  const account = await findOrMakeAccount(step, wish);
  if ('clientId' in account) return useAccount(step, wish, account);
  const { secret, lease } = account;
  await handOver(step, wish, account);
  if (wish.handover.store === undefined) await noteHandOver(step, lease, 'open');
  step.journal({ phase: 'idle' });
  step.log.info(
    `Atlas ends the secret of service account ${lease.clientId} on ${isoSeconds(secret.expiresAt)}.`,
  );
  return outcomeOf(wish, 'created', lease.clientId, secret);
}

async function useAccount(step: Step, wish: Wish<AccountEnsureRequest>, account: Account): Promise<Outcome> {
  const { clientId } = account;
  step.log.info(`Found service account ${clientId} in the project.`);
  if (await knownSecretMisfits(step, wish, clientId)) {
    throw new KeyError(
      `knownPrivateKey is not a secret of service account ${clientId}. Store the secret again, or use mode: rotate, which ` +
        'makes a new one when the stored secret does not fit.',
    );
  }
  const now = step.atlas.serviceNow();
  const { current } = standingOf(account, now, wish.knownSecret);
  const kept = await keepAccount(step, wish, account, current);
  if (current === undefined) {
    step.log.warning(
      `Service account ${clientId} has no secret that still works. Use mode: rotate to make one.`,
    );
  } else if (current.expiresAt - now < SOON) {
    step.log.warning(
      `Secret ${current.id} of service account ${clientId} ends on ${isoSeconds(current.expiresAt)}. Use mode: rotate to ` +
        'replace it before then.',
    );
  }
  return kept;
}

/** Leaves an account the secrets that it has, and brings its roles to those declared. Throws where it may not. */
export async function keepAccount(
  step: Step,
  wish: Wish<AccountEnsureRequest | AccountRotateRequest>,
  account: Account,
  current: AccountSecret | undefined,
): Promise<Outcome> {
  const { groupId, roles, knownSecret: known } = wish;
  const { clientId } = account;
  const changed = !sameRoles(account.roles, roles);
  if (changed) {
    const why = await outsideAccountRemit(step, wish, account);
    if (why !== undefined) {
      throw new KeyError(
        `Service account ${clientId} has other roles than those declared, and this step may not change them: ${why}. Declare another desc.`,
      );
    }
    await step.atlas.accounts.update(groupId, clientId, { roles });
    step.log.info(`Updated the roles of service account ${clientId}; they were ${account.roles.join(', ')}.`);
  } else step.log.info(`Service account ${clientId} has these roles already.`);
  const kept = outcomeOf(wish, changed ? 'updated' : 'unchanged', clientId, current);
  return known === undefined ? kept : { ...kept, privateKey: known };
}

/** Whether a client secret is given that is none of this account's. No list shows secrets, so only a sign-in tells. */
export async function knownSecretMisfits(
  step: Step,
  { knownSecret: clientSecret, knownId }: Known,
  clientId: string,
): Promise<boolean> {
  if (clientSecret === undefined) return false;
  if (knownId !== undefined && knownId !== clientId) return true;
  try {
    await step.atlas.accounts.signInAs({ clientId, clientSecret });
    return false;
  } catch (error) {
    if (isAtlasError(error, 'credentials')) return true;
    throw error;
  }
}
