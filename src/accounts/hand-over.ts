/** What comes between the making of a secret and its use: the account's access list, a first sign-in, the hand-over. */
import { isAtlasError, messageOf } from '../atlas/errors.ts';
import type { AccessListEntry, NewAccountSecret } from '../atlas/types.ts';
import { whileUnknown } from '../keys/handover.ts';
import type { Lease } from '../keys/journal.ts';
import { isoSeconds } from '../keys/mark.ts';
import { DeliveryError, type Step } from '../keys/step.ts';
import { writeNote } from './account.ts';
import { takeBack } from './revoke.ts';
import type { Wish } from './wish.ts';

/** A secret that this step made, and what post is told of it. */
export interface Made {
  readonly secret: NewAccountSecret;
  readonly lease: Lease;
}

/** Tells post of a secret that was made just now. */
export function saveMade(
  step: Step,
  { purpose, groupId, orgId }: Wish,
  clientId: string,
  secret: NewAccountSecret,
  account: Pick<Lease, 'isNewAccount'> = {},
): Made {
  const credential = 'serviceAccount';
  const { id: secretId, expiresAt } = secret;
  const lease = { credential, purpose, groupId, orgId, clientId, secretId, expiresAt, ...account } as const;
  step.journal({ phase: 'made', ...lease });
  return { secret, lease };
}

/**
 * Makes the secret usable and gives it to those who will hold it. Where it is going to be stored beyond this machine, its
 * account says so before the first write. After a failure the secret is deleted, unless somebody may hold it.
 */
export async function handOver(step: Step, wish: Wish, { secret, lease }: Made): Promise<void> {
  const { clientId, orgId } = lease;
  const { verify, store } = wish.handover;
  const clientSecret = secret.secret;
  const trySignIn = () =>
    whileUnknown(step, `secret of service account ${clientId}`, () =>
      step.atlas.accounts.signInAs({ clientId, clientSecret }),
    );
  try {
    await Promise.all([bringAccessList(step, clientId, wish), verify ? trySignIn() : undefined]);
    if (store !== undefined) {
      await noteHandOver(step, lease, 'stored');
      step.journal({ phase: 'stored', ...lease });
    }
    await step.deliver({ clientId, clientSecret, orgId });
  } catch (error) {
    if (error instanceof DeliveryError && !error.nobodyHasIt) {
      step.log.warning(
        `The new secret of service account ${clientId} stays: some of it may have been stored. Atlas ends it on ` +
          `${isoSeconds(secret.expiresAt)}.`,
      );
    } else await undo(step, lease);
    throw error;
  }
  step.journal({ phase: 'handedOut', ...lease });
}

/** Says in the description that the account is made, and of a rotation that its secret is not final. */
export function noteHandOver(step: Step, lease: Lease, state: 'open' | 'stored'): Promise<void> {
  const { purpose, secretId, former } = lease;
  const rotation = { ...(former && { current: former.id }), next: { id: secretId, state } };
  return writeNote(step.atlas, lease, purpose.mode === 'rotate' ? rotation : {});
}

/**
 * Adds what is missing on the account's access list. An account that is leased also loses single addresses that were
 * added longer ago than any lease lives, or its list would fill up: runs behind one address share an entry, so no run may
 * remove its own.
 */
async function bringAccessList(
  step: Step,
  clientId: string,
  { groupId, entries, mode, hours }: Wish,
): Promise<void> {
  if (entries.length === 0) return;
  const { accounts } = step.atlas;
  const isAmong = (entry: AccessListEntry, others: readonly AccessListEntry[]) =>
    others.some((other) => other.ipAddress === entry.ipAddress && other.cidrBlock === entry.cidrBlock);
  const add = async () => {
    const there = await accounts.listEntries(groupId, clientId);
    const missing = entries.filter((entry) => !isAmong(entry, there));
    if (missing.length > 0) await accounts.addEntries(groupId, clientId, missing);
    return there;
  };
  const listed = await add().catch((error) => {
    // Another run was quicker with one of them, and Atlas added none.
    if (isAtlasError(error, 'alreadyThere')) return add();
    throw error;
  });
  if (mode !== 'ephemeral') return;
  const oldest = step.atlas.serviceNow() - hours * 3_600_000;
  const old = listed.filter((entry) => !isAmong(entry, entries) && entry.usedAt < oldest);
  const addresses = old.flatMap(({ ipAddress }) => ipAddress ?? []);
  await Promise.all(addresses.map((address) => accounts.removeEntry(groupId, clientId, address)));
}

/** Deletes a secret that nobody has. What fails here is only told: post does it again, and in the end Atlas does. */
export async function undo(step: Step, lease: Lease): Promise<void> {
  try {
    await takeBack(step, lease);
    step.journal({ phase: 'idle' });
  } catch (error) {
    step.journal({ phase: 'made', ...lease });
    step.log.warning(
      `The new secret of service account ${lease.clientId} could not be deleted yet; the post step tries again, and Atlas ends ` +
        `it on ${isoSeconds(lease.expiresAt)}. ${messageOf(error)}`,
    );
  }
}
