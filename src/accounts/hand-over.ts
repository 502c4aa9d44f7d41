/** What comes between the making of a secret and its use: the account's access list, a first sign-in, the hand-over. */
import { isAtlasError, messageOf } from '../atlas/errors.ts';
import type { AccessListEntry, Account, AccountSecret, NewAccountSecret } from '../atlas/types.ts';
import { whileUnknown } from '../keys/handover.ts';
import { isoSeconds } from '../keys/mark.ts';
import type { AccountFacts, Outcome } from '../keys/outcome.ts';
import { DeliveryError, type Step } from '../keys/step.ts';
import type { Handover, Known } from '../request.ts';
import type { AccountPurpose, Lease } from './journal.ts';
import { takeBack } from './revoke.ts';

/** A secret that this step made, and where. */
export interface Made<Of extends AccountPurpose = AccountPurpose> {
  readonly account: Account;
  readonly secret: NewAccountSecret;
  readonly lease: Lease<Of>;
}

/** What is told of an account, and of the secret of it that the step knows. */
export function factsOf(
  { clientId, name, roles }: Account,
  place: Pick<AccountFacts, 'orgId' | 'groupIds' | 'standing'>,
  secret?: AccountSecret & { readonly secret?: string },
  former?: Lease['former'],
): Pick<Outcome, 'account' | 'privateKey' | 'expiresAt'> {
  const account: AccountFacts = {
    clientId,
    desc: name,
    ...place,
    roles: [...roles].sort(),
    ...(secret !== undefined && { createdAt: secret.createdAt }),
    ...(former !== undefined && { formerEndsAt: former.expiresAt }),
  };
  return {
    account,
    ...(secret !== undefined && { expiresAt: secret.expiresAt }),
    ...(secret?.secret !== undefined && { privateKey: secret.secret }),
  };
}

/**
 * Adds what is missing on the account's access list. An account that is leased also loses single addresses that were
 * added longer ago than any lease of `until` milliseconds lives, or its list would fill up: runs behind one address share
 * an entry, so no run may remove its own.
 */
export async function bringAccessList(
  step: Step,
  { groupId, clientId }: Pick<Lease, 'groupId' | 'clientId'>,
  entries: readonly AccessListEntry[],
  lifetime?: number,
): Promise<void> {
  if (entries.length === 0) return;
  const { accounts } = step.atlas;
  const list = () => accounts.listEntries(groupId, clientId);
  let listed = await list();
  const isAmong = (entry: AccessListEntry, others: readonly AccessListEntry[]) =>
    others.some((other) => other.ipAddress === entry.ipAddress && other.cidrBlock === entry.cidrBlock);
  const add = async () => {
    const missing = entries.filter((entry) => !isAmong(entry, listed));
    if (missing.length > 0) await accounts.addEntries(groupId, clientId, missing);
  };
  await add().catch(async (error) => {
    if (!isAtlasError(error, 'alreadyThere')) throw error;
    // Another run was quicker with one of them, and Atlas added none.
    listed = await list();
    await add();
  });
  if (lifetime === undefined) return;
  const old = listed.filter(
    (entry) => !isAmong(entry, entries) && step.atlas.serviceNow() - entry.usedAt > lifetime,
  );
  const addresses = old.flatMap(({ ipAddress }) => ipAddress ?? []);
  await Promise.all(addresses.map((address) => accounts.removeEntry(groupId, clientId, address)));
}

/** Fetches a token with the new secret and gives it back. Throws when the secret is of no use. */
export async function verify(step: Step, { lease, secret }: Made): Promise<void> {
  const { clientId } = lease;
  await whileUnknown(step, `secret of service account ${clientId}`, () =>
    step.atlas.accounts.signInAs({ clientId, clientSecret: secret.secret }),
  );
}

/**
 * Makes the secret usable and gives it to those who will hold it. After a failure it is deleted, unless somebody may hold
 * it. `beforeStoring` is done where it is going to be stored beyond this machine, before the first write.
 */
export async function handOver(
  step: Step,
  made: Made,
  handover: Pick<Handover, 'store' | 'verify'>,
  prepare: () => Promise<void>,
  beforeStoring: () => Promise<void>,
): Promise<void> {
  const { lease, secret } = made;
  const isStored = handover.store !== undefined;
  try {
    await Promise.all([prepare(), handover.verify ? verify(step, made) : undefined]);
    if (isStored) {
      await beforeStoring();
      step.journal({ phase: 'stored', ...lease });
    }
    await step.deliver({
      clientId: lease.clientId,
      clientSecret: secret.secret,
      orgId: lease.orgId,
    });
  } catch (error) {
    const nobodyHasIt = error instanceof DeliveryError ? error.nobodyHasIt : true;
    if (nobodyHasIt) await undo(step, made);
    else {
      step.log.warning(
        `The new secret of service account ${lease.clientId} stays: some of it may have been stored. Atlas ends it on ` +
          `${isoSeconds(secret.expiresAt)}.`,
      );
    }
    throw error;
  }
  step.journal({ phase: 'handedOut', ...lease });
}

/** Deletes a secret that nobody has. What fails here is only told: post does it again, and in the end Atlas does. */
export async function undo(step: Step, { lease, secret }: Pick<Made, 'lease' | 'secret'>): Promise<void> {
  try {
    await takeBack(step, lease);
    step.journal({ phase: 'idle' });
  } catch (error) {
    step.journal({ phase: 'made', ...lease });
    step.log.warning(
      `The new secret of service account ${lease.clientId} could not be deleted yet; the post step tries again, and Atlas ends ` +
        `it on ${isoSeconds(secret.expiresAt)}. ${messageOf(error)}`,
    );
  }
}

/**
 * Whether a client secret that was stored in an earlier run is one of the account that was found; `undefined` where none
 * is given. Atlas masks secrets wholly, so only a sign-in tells.
 */
export async function knownSecretFits(
  step: Step,
  clientId: string,
  { knownSecret: clientSecret, knownId }: Known,
): Promise<boolean | undefined> {
  if (clientSecret === undefined) return undefined;
  if (knownId !== undefined && knownId !== clientId) return false;
  try {
    await step.atlas.accounts.signInAs({ clientId, clientSecret });
    return true;
  } catch (error) {
    if (isAtlasError(error, 'credentials')) return false;
    throw error;
  }
}
