/**
 * Finding the one account of a name that is to last, or making it: any number of steps at the same moment leave one. It is
 * made under a description that says pending, by the election of keys (docs/lifecycle.md).
 */
import { isAtlasError } from '../atlas/errors.ts';
import type { Account } from '../atlas/types.ts';
import { electionOf, LOOK_AGAIN } from '../keys/family.ts';
import { KeyError, type Step } from '../keys/step.ts';
import type { AccountEnsureRequest, AccountRotateRequest } from '../request.ts';
import { describe, familyOf, lasting, readNote } from './account.ts';
import type { Made } from './hand-over.ts';
import { type AccountPurpose, leaseOf } from './journal.ts';
import { outsideAccountRemit } from './remit.ts';
import { withdrawAccount } from './revoke.ts';

/** How long after its deadline a maker's last call may still reach the service, in milliseconds. */
const GRACE = 60_000;

/** The longest `timeout` and that grace: a note that claims more is not waited for. */
const LONGEST_MAKING = 11 * 60_000;

type Request = AccountEnsureRequest | AccountRotateRequest;

/**
 * The account of this name, once nobody is making it any more; `undefined` where there is none. Those whose makers are
 * gone are removed. Throws `KeyError` where there are several.
 */
export async function findAccount(
  step: Step,
  { groupIds: [groupId], desc }: Request,
  orgId: string,
): Promise<Account | undefined> {
  for (let saidWaiting = false; ; ) {
    const family = await readFamily(step, groupId, desc);
    const made = family.filter(isMade);
    if (made.length > 1) {
      throw new KeyError(
        `${made.length} service accounts of the project are named "${desc}": ${made.map(({ clientId }) => clientId).join(', ')}. ` +
          'Which of them is meant? Delete the others in Atlas, or give them another name.',
      );
    }
    if (made[0] !== undefined) return made[0];
    const maker = family.find((account) => isInTheMaking(account, step));
    if (maker === undefined) {
      for (const dead of family) {
        // What its description says proves nothing about who wrote it.
        const why = await outsideAccountRemit(step, dead, { groupId, orgId });
        if (why === undefined) await withdrawAccount(step, { groupId, orgId }, dead);
        else step.log.warning(`Left service account ${dead.clientId} as it is: ${why}.`);
      }
      return undefined;
    }
    if (!saidWaiting)
      step.log.info(`Another run is making this account (${maker.clientId}); waiting for it.`);
    saidWaiting = true;
    await step.pause(LOOK_AGAIN);
  }
}

/** Makes the account with its first secret; `undefined` when another maker has it. After a failure it is gone. */
export async function makeAccount<Of extends AccountPurpose>(
  step: Step,
  { groupIds: [groupId], desc, roles, hours }: Request,
  orgId: string,
  purpose: Of,
): Promise<Made<Of> | undefined> {
  const until = step.atlas.serviceNow() + step.remaining() + GRACE;
  const description = describe({ pending: { nonce: step.nonce, until } });
  const account = await explained(step, { orgId, hours }, () =>
    step.atlas.accounts.create(groupId, { name: desc, description, roles, hours }),
  ).catch(async (error) => {
    if (isAtlasError(error, 'answerLost', 'timeout', 'cancelled')) {
      // Others would wait for this maker; where even that fails, until its time is over.
      await withdrawUnanswered(step, { groupId, orgId }, description).catch(() => undefined);
    }
    throw error;
  });
  const { clientId, secret } = account;
  const lease = { ...leaseOf(purpose, { desc, groupId, orgId, clientId }, secret), isNewAccount: true };
  step.journal({ phase: 'made', ...lease });
  const withdraw = async () => {
    await withdrawAccount(step, lease, account);
    step.journal({ phase: 'idle' });
  };
  try {
    if (await isElected(step, groupId, desc, clientId)) {
      step.log.info(`Created service account ${clientId}.`);
      return { account, secret, lease };
    }
  } catch (error) {
    // Post does it again where this fails.
    await withdraw().catch(() => undefined);
    throw error;
  }
  await withdraw();
  step.log.info('Another run was first; using its account.');
  return undefined;
}

/** Withdraws an account that may have been made although nobody said so: no other has this description. */
async function withdrawUnanswered(
  step: Step,
  place: { readonly groupId: string; readonly orgId: string },
  description: string,
): Promise<void> {
  const listed = await step.undoing.accounts.list(place.groupId);
  const lost = listed.find((account) => account.description === description);
  if (lost !== undefined) await withdrawAccount(step, place, lost);
}

async function isElected(step: Step, groupId: string, desc: string, clientId: string): Promise<boolean> {
  for (;;) {
    const family = await readFamily(step, groupId, desc);
    const makers = family
      .filter((account) => isInTheMaking(account, step))
      .map((account) => account.clientId);
    const isElected = electionOf(family.some(isMade), makers, clientId);
    if (isElected !== undefined) return isElected;
    await step.pause(LOOK_AGAIN);
  }
}

async function readFamily(step: Step, groupId: string, desc: string): Promise<Account[]> {
  return lasting(familyOf(desc, await step.atlas.accounts.list(groupId), step.caller));
}

function isMade({ description }: Account): boolean {
  return readNote(description)?.pending === undefined;
}

/** Whether the maker of an account may still be at work, by the service's clock. */
function isInTheMaking({ description }: Account, step: Step): boolean {
  const until = readNote(description)?.pending?.until ?? 0;
  const now = step.atlas.serviceNow();
  return now <= until && until <= now + LONGEST_MAKING;
}

/**
 * Makes something on an account, or a new account. A refusal is told as what it is where the organisation's longest
 * validity, or the place of the account, explains it.
 */
export async function explained<T>(
  step: Step,
  { orgId, hours, clientId }: { readonly orgId: string; readonly hours: number; readonly clientId?: string },
  make: () => Promise<T>,
): Promise<T> {
  try {
    return await make();
  } catch (error) {
    if (!isAtlasError(error, 'badRequest', 'notAllowed')) throw error;
    const longest = await step.atlas.accounts.longestSecret(orgId).catch(() => undefined);
    if (longest !== undefined && hours > longest) {
      throw new KeyError(
        `secretExpiresAfter is ${hours}h, and organisation ${orgId} lets no secret of a service account live longer than ` +
          `${longest}h. Set secretExpiresAfter: ${longest}h, or have an Organization Owner raise that limit.`,
        { cause: error },
      );
    }
    if (error.kind === 'badRequest' || clientId === undefined) throw error;
    throw new KeyError(
      `${error.message} Service account ${clientId} is out of a Project Owner's reach where it is in a second project or has an ` +
        'organisation role: declare another desc then.',
      { cause: error },
    );
  }
}
