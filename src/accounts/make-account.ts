/**
 * Finding the one account of a name that is to last, or making it: any number of steps at the same moment leave one. It is
 * made under a description that says pending, by the election of keys (docs/lifecycle.md).
 */
import { isAtlasError } from '../atlas/errors.ts';
import type { Account } from '../atlas/types.ts';
import { electionOf, GRACE, LONGEST_MAKING, LOOK_AGAIN } from '../keys/family.ts';
import { KeyError, type Step } from '../keys/step.ts';
import { describe, familyOf, lasting, noteOf } from './account.ts';
import { type Made, saveMade } from './hand-over.ts';
import { withdrawAccount, withdrawFound } from './revoke.ts';
import type { Wish } from './wish.ts';

/** The account of this name; where there is none, one that this step has made, with its first secret. */
export async function findOrMakeAccount(step: Step, wish: Wish): Promise<Account | Made> {
  for (;;) {
    const account = (await findAccount(step, wish)) ?? (await makeAccount(step, wish));
    if (account !== undefined) return account;
    step.log.info('Another run was first; using its account.');
  }
}

/**
 * The account of this name, once nobody is making it any more; `undefined` where there is none. Those whose makers are
 * gone are removed. Throws `KeyError` where there are several.
 */
async function findAccount(step: Step, wish: Wish): Promise<Account | undefined> {
  for (let saidWaiting = false; ; ) {
    const { family, made, makers } = await readFamily(step, wish);
    if (made.length > 1) {
      throw new KeyError(
        `${made.length} service accounts of the project are named "${wish.desc}": ${made.map(({ clientId }) => clientId).join(', ')}. ` +
          'This step cannot tell which of them is meant: delete the others in Atlas, or give them another name.',
      );
    }
    if (made[0] !== undefined) return made[0];
    if (makers[0] === undefined) {
      // A description proves nothing about who wrote it, so `withdrawFound` looks whether the account may be touched.
      for (const dead of family) await withdrawFound(step, wish, dead);
      return undefined;
    }
    if (!saidWaiting) {
      step.log.info(`Another run is making this account (${makers[0]}); waiting for it.`);
    }
    saidWaiting = true;
    await step.pause(LOOK_AGAIN);
  }
}

/** Makes the account with its first secret; `undefined` when another maker has it. After a failure it is gone. */
async function makeAccount(step: Step, wish: Wish): Promise<Made | undefined> {
  const { groupId, desc, roles, hours } = wish;
  const until = step.atlas.serviceNow() + step.remaining() + GRACE;
  const description = describe({ pending: { nonce: step.nonce, until } });
  const account = await explained(step, wish, () =>
    step.atlas.accounts.create(groupId, { name: desc, description, roles, hours }),
  ).catch(async (error) => {
    if (isAtlasError(error, 'answerLost', 'timeout', 'cancelled')) {
      // Otherwise other runs would wait for this maker. If this fails, they wait until its time is over.
      await withdrawUnanswered(step, wish, description).catch(() => undefined);
    }
    throw error;
  });
  const made = saveMade(step, wish, account.clientId, account.secret, { isNewAccount: true });
  const withdraw = async () => {
    await withdrawAccount(step, wish, account);
    step.journal({ phase: 'idle' });
  };
  const isMine = await isElected(step, wish, account).catch(async (error) => {
    // Post does it again where this fails.
    await withdraw().catch(() => undefined);
    throw error;
  });
  if (isMine) {
    step.log.info(`Created service account ${account.clientId}.`);
    return made;
  }
  await withdraw();
  return undefined;
}

/** Withdraws an account that may have been made although nobody said so: no other has this description. */
async function withdrawUnanswered(step: Step, wish: Wish, description: string): Promise<void> {
  const listed = await step.undoing.accounts.list(wish.groupId);
  const lost = listed.find((account) => account.description === description);
  if (lost !== undefined) await withdrawAccount(step, wish, lost);
}

async function isElected(step: Step, wish: Wish, { clientId }: Account): Promise<boolean> {
  for (;;) {
    const { made, makers } = await readFamily(step, wish);
    const isElected = electionOf(made.length > 0, makers, clientId);
    if (isElected !== undefined) return isElected;
    await step.pause(LOOK_AGAIN);
  }
}

/** The accounts of this name that are to last. `makers`: the ids of those whose makers may still be at work. */
async function readFamily(step: Step, { groupId, desc }: Wish) {
  const family = lasting(familyOf(desc, await step.atlas.accounts.list(groupId), step.caller));
  const now = step.atlas.serviceNow();
  const untilOf = (account: Account) => noteOf(account).pending?.until;
  const isAtWork = (until = 0) => now <= until && until <= now + LONGEST_MAKING;
  return {
    family,
    made: family.filter((account) => untilOf(account) === undefined),
    makers: family.filter((account) => isAtWork(untilOf(account))).map(({ clientId }) => clientId),
  };
}

/**
 * Makes something on an account, or a new account. Where the organisation's longest validity of secrets, or the place of
 * the account, explains a refusal, that is told.
 */
export async function explained<T>(
  step: Step,
  { orgId, hours }: Wish,
  make: () => Promise<T>,
  clientId?: string,
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
