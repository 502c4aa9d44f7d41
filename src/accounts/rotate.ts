/**
 * rotate: a new secret beside the one in use, on one account. Atlas keeps two secrets, and making one brings the end of the
 * other nearer, to seven days at most: a rotation that is not finished by then leaves nobody with a secret that works. So
 * what can fail is tried before.
 */
import type { Account, AccountSecret } from '../atlas/types.ts';
import { isoSeconds } from '../keys/mark.ts';
import type { Outcome } from '../keys/outcome.ts';
import { KeyError, type Step } from '../keys/step.ts';
import type { AccountRotateRequest } from '../request.ts';
import { accountIn, noteOf, secretsOf, standingOf } from './account.ts';
import { keepAccount, knownSecretMisfits } from './ensure.ts';
import { handOver, type Made, noteHandOver, saveMade, undo } from './hand-over.ts';
import { explained, findOrMakeAccount } from './make-account.ts';
import { outsideAccountRemit } from './revoke.ts';
import { commitLease } from './settle.ts';
import { outcomeOf, type Wish, wishOf } from './wish.ts';

type RotateWish = Wish<AccountRotateRequest>;

export async function rotateAccount(step: Step, request: AccountRotateRequest): Promise<Outcome> {
  const { commit, keepPrevious } = request;
  const wish = await wishOf(step, request, { mode: 'rotate', commit, keepPrevious });
  const account = await findOrMakeAccount(step, wish);
  if (!('clientId' in account)) return finish(step, wish, account);
  const { clientId } = account;
  const { current } = standingOf(account, step.atlas.serviceNow(), wish.knownSecret);
  if (current !== undefined) {
    const reason = await reasonToRotate(step, wish, clientId, current);
    if (reason === undefined) {
      const kept = await keepAccount(step, wish, account, current);
      step.log.info(
        `Secret ${current.id} of service account ${clientId} is younger than rotateAfter; it stays.`,
      );
      return kept;
    }
    step.log.info(`The current secret of service account ${clientId} is ${current.id}; ${reason}`);
  }
  return finish(step, wish, await makeSecret(step, wish, account));
}

/** Hands the new secret out, and leaves it to the job to make it current, or does so at once. */
async function finish(step: Step, wish: RotateWish, made: Made): Promise<Outcome> {
  const { commit, keepPrevious, handover } = wish;
  const { secret, lease } = made;
  const { former, clientId } = lease;
  await handOver(step, wish, made);
  if (commit === 'step') {
    await commitLease(step, lease, keepPrevious);
    step.journal({ phase: 'idle' });
  } else {
    if (lease.isNewAccount && handover.store === undefined) await noteHandOver(step, lease, 'open');
    step.log.info('The rotation becomes final when the job succeeds.');
  }
  const isFormerGone = commit === 'step' && keepPrevious === 0;
  return outcomeOf(wish, former === undefined ? 'created' : 'rotated', clientId, secret, {
    ...(commit === 'job' && { standing: 'undecided' }),
    ...(former !== undefined && !isFormerGone && { formerEndsAt: former.expiresAt }),
  });
}

/** Why a new secret is due, as the end of a sentence; `undefined` when the current one is to stay. */
async function reasonToRotate(
  step: Step,
  wish: RotateWish,
  clientId: string,
  { createdAt, expiresAt }: AccountSecret,
): Promise<string | undefined> {
  if (await knownSecretMisfits(step, wish, clientId)) {
    return 'the stored secret is not one of its secrets, so a new one is due now.';
  }
  if (step.atlas.serviceNow() - createdAt >= wish.rotateAfter) return 'a new one is due.';
  return expiresAt <= createdAt + wish.rotateAfter
    ? `it ends on ${isoSeconds(expiresAt)}, before a rotation would be due, so a new one is due now.`
    : undefined;
}

/**
 * Makes room on the account, and then the secret. Rotations at the same moment compete for the second place. Only the one
 * that has it writes the note, and looks again before that, so none overwrites what another has written meanwhile.
 */
async function makeSecret(step: Step, wish: RotateWish, found: Account): Promise<Made> {
  const { groupId, roles, hours, knownSecret: known } = wish;
  const { accounts } = step.atlas;
  const { clientId } = found;
  const { expired } = secretsOf(found, step.atlas.serviceNow());
  const { spare, taken } = standingOf(found, step.atlas.serviceNow(), known);
  if (taken[0] !== undefined) throw noPlace(found, taken[0]);
  const why = await outsideAccountRemit(step, wish, found);
  if (why !== undefined) {
    throw new KeyError(
      `Service account ${clientId} is not this step's to change: ${why}. Declare another desc.`,
    );
  }
  // This shows that the account may be changed. Without that right, a secret that is made could not be taken back.
  await explained(step, wish, () => accounts.update(groupId, clientId, { roles }), clientId);
  for (const { id } of expired) await accounts.deleteSecret(groupId, clientId, id);
  for (const { id } of spare) {
    await accounts.deleteSecret(groupId, clientId, id);
    step.log.info(`Deleted secret ${id} of service account ${clientId} to make room.`);
  }
  const secret = await explained(step, wish, () => accounts.createSecret(groupId, clientId, hours), clientId);
  const { lease } = saveMade(step, wish, clientId, secret);
  step.log.info(`Made secret ${secret.id} of service account ${clientId}.`);
  try {
    const now = await accountIn(step.atlas, lease);
    const beside = {
      description: now?.description ?? '',
      secrets: now?.secrets.filter(({ id }) => id !== secret.id) ?? [],
    };
    const { current: former, taken: others } = standingOf(beside, step.atlas.serviceNow(), known);
    if (others[0] !== undefined) throw noPlace(found, others[0]);
    const full = { ...lease, ...(former && { former: { id: former.id, expiresAt: former.expiresAt } }) };
    if (former !== undefined) {
      step.log.info(`Atlas ends the former secret ${former.id} by ${isoSeconds(former.expiresAt)}.`);
    }
    await noteHandOver(step, full, 'open');
    return { secret, lease: full };
  } catch (error) {
    await undo(step, lease);
    throw error;
  }
}

/** Atlas keeps two secrets an account, and this one is not this step's to delete. */
function noPlace(account: Account, { id, expiresAt }: AccountSecret): KeyError {
  const { clientId } = account;
  return new KeyError(
    noteOf(account).next?.id === id
      ? `Another run made secret ${id} of service account ${clientId}, and its job has not decided about it yet, so no other was ` +
          'made. Run the job again when that one has ended; if it was lost, delete that secret in Atlas.'
      : `Service account ${clientId} has no place for another secret: ${id} was made by somebody else, or by a run that was lost ` +
          `just then, and ends on ${isoSeconds(expiresAt)}. Delete it in Atlas if nobody needs it, or declare another desc.`,
  );
}
