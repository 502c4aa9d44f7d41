/**
 * rotate: a new secret beside the one in use, on one account. Atlas keeps two secrets, and making one brings the end of the
 * other nearer, to seven days at most: a rotation that is not finished by then leaves nobody with a secret that works. So
 * what can fail is tried before.
 */
import type { Account, AccountSecret } from '../atlas/types.ts';
import { resolveAccessList } from '../keys/handover.ts';
import type { RotatePurpose } from '../keys/journal.ts';
import { isoSeconds } from '../keys/mark.ts';
import { type Outcome, outcome } from '../keys/outcome.ts';
import { KeyError, type Step } from '../keys/step.ts';
import type { AccountRotateRequest } from '../request.ts';
import { accountIn, describe, readNote, type Standing, secretsOf, standingOf } from './account.ts';
import { bringAccessList, factsOf, handOver, knownSecretFits, type Made, undo } from './hand-over.ts';
import { type Lease, leaseOf } from './journal.ts';
import { explained, findAccount, makeAccount } from './make-account.ts';
import { bringRoles, outsideAccountRemit } from './remit.ts';
import { commitLease } from './settle.ts';

export async function rotateAccount(step: Step, request: AccountRotateRequest): Promise<Outcome> {
  const { groupIds, handover, commit, keepPrevious } = request;
  const [groupId] = groupIds;
  const purpose = { mode: 'rotate', commit, keepPrevious } as const;
  const [{ orgId }, entries] = await Promise.all([
    step.atlas.readProject(groupId),
    resolveAccessList(step, handover.accessList),
  ]);
  let made: Made<RotatePurpose> | undefined;
  while (made === undefined) {
    const account = await findAccount(step, request, orgId);
    if (account === undefined) {
      made = await makeAccount(step, request, orgId, purpose);
      continue;
    }
    const { current } = standingOf(account, step.atlas.serviceNow(), request.knownSecret);
    if (current !== undefined) {
      const reason = await reasonToRotate(step, request, account, current);
      if (reason === undefined) return keep(step, request, account, current, orgId);
      step.log.info(`The current secret of service account ${account.clientId} is ${current.id}; ${reason}`);
    }
    made = await makeSecret(step, request, account, orgId, purpose);
  }
  const { lease, secret, account } = made;
  await handOver(
    step,
    made,
    handover,
    () => bringAccessList(step, lease, entries),
    () => noteNext(step, lease, 'stored'),
  );
  if (commit === 'step') {
    await commitLease(step, lease);
    step.journal({ phase: 'idle' });
  } else {
    if (lease.isNewAccount && handover.store === undefined) await noteNext(step, lease, 'open');
    step.log.info('The rotation becomes final when the job succeeds.');
  }
  const former = commit === 'step' && keepPrevious === 0 ? undefined : lease.former;
  return outcome({
    result: lease.former === undefined ? 'created' : 'rotated',
    changed: true,
    ...factsOf(
      account,
      { orgId, groupIds, ...(commit === 'job' && { standing: 'undecided' }) },
      secret,
      former,
    ),
  });
}

/** Why a new secret is due, as the end of a sentence; `undefined` when the current one is to stay. */
async function reasonToRotate(
  step: Step,
  request: AccountRotateRequest,
  { clientId }: Account,
  { createdAt, expiresAt }: AccountSecret,
): Promise<string | undefined> {
  if ((await knownSecretFits(step, clientId, request)) === false) {
    return 'the stored secret is not one of its secrets, so a new one is due now.';
  }
  if (step.atlas.serviceNow() - createdAt >= request.rotateAfter) return 'a new one is due.';
  return expiresAt <= createdAt + request.rotateAfter
    ? `it ends on ${isoSeconds(expiresAt)}, before a rotation would be due, so a new one is due now.`
    : undefined;
}

async function keep(
  step: Step,
  request: AccountRotateRequest,
  account: Account,
  current: AccountSecret,
  orgId: string,
): Promise<Outcome> {
  const changed = await bringRoles(step, request, account, orgId);
  step.log.info(
    `Secret ${current.id} of service account ${account.clientId} is younger than rotateAfter; it stays.`,
  );
  const known = request.knownSecret;
  return outcome({
    result: changed ? 'updated' : 'unchanged',
    changed,
    ...factsOf(
      { ...account, roles: request.roles },
      { orgId, groupIds: request.groupIds },
      { ...current, ...(known !== undefined && { secret: known }) },
    ),
  });
}

/**
 * Makes room on the account, and then the secret. The second place is what rotations contend for: the note is written only
 * by the one that has it, and from a look after that, so none writes over what another has written meanwhile.
 */
async function makeSecret(
  step: Step,
  { groupIds: [groupId], desc, roles, hours, knownSecret: known }: AccountRotateRequest,
  found: Account,
  orgId: string,
  purpose: RotatePurpose,
): Promise<Made<RotatePurpose>> {
  const { accounts } = step.atlas;
  const { clientId } = found;
  const { expired } = secretsOf(found, step.atlas.serviceNow());
  const { spare, taken } = standingOf(found, step.atlas.serviceNow(), known);
  if (taken[0] !== undefined) throw noPlace(found, taken[0]);
  const why = await outsideAccountRemit(step, found, { groupId, orgId });
  if (why !== undefined) {
    throw new KeyError(
      `Service account ${clientId} is not this step's to change: ${why}. Declare another desc.`,
    );
  }
  // That the account may be changed is seen before one of its secrets is made, which could not be taken back otherwise.
  await explained(step, { orgId, hours, clientId }, () => accounts.update(groupId, clientId, { roles }));
  for (const secret of [...expired, ...spare]) {
    await accounts.deleteSecret(groupId, clientId, secret.id);
    if (spare.includes(secret)) {
      step.log.info(`Deleted secret ${secret.id} of service account ${clientId} to make room.`);
    }
  }
  const secret = await explained(step, { orgId, hours, clientId }, () =>
    accounts.createSecret(groupId, clientId, hours),
  );
  const lease = leaseOf(purpose, { desc, groupId, orgId, clientId }, secret);
  step.journal({ phase: 'made', ...lease });
  step.log.info(`Made secret ${secret.id} of service account ${clientId}.`);
  try {
    const beside = await standingBeside(step, lease, known);
    if (beside.taken[0] !== undefined) throw noPlace(found, beside.taken[0]);
    const { current: former } = beside;
    const full = { ...lease, ...(former && { former: { id: former.id, expiresAt: former.expiresAt } }) };
    step.journal({ phase: 'made', ...full });
    if (former !== undefined) {
      step.log.info(`Atlas ends the former secret ${former.id} by ${isoSeconds(former.expiresAt)}.`);
    }
    await noteNext(step, full, 'open');
    return { account: { ...found, roles }, secret, lease: full };
  } catch (error) {
    await undo(step, { lease, secret });
    throw error;
  }
}

/** What is on the account beside the secret that this step made. */
async function standingBeside(step: Step, lease: Lease, known: string | undefined): Promise<Standing> {
  const account = await accountIn(step.atlas, lease);
  const secrets = account?.secrets.filter(({ id }) => id !== lease.secretId) ?? [];
  return standingOf({ description: account?.description ?? '', secrets }, step.atlas.serviceNow(), known);
}

/** Says in the description that the secret is a rotation's that is not final. */
async function noteNext(
  step: Step,
  { groupId, clientId, secretId, former }: Lease,
  state: 'open' | 'stored',
): Promise<void> {
  const note = { ...(former && { current: former.id }), next: { id: secretId, state } };
  await step.atlas.accounts.update(groupId, clientId, { description: describe(note) });
}

/** Atlas keeps two secrets an account, and this one is not this step's to delete. */
function noPlace({ clientId, description }: Account, { id, expiresAt }: AccountSecret): KeyError {
  return new KeyError(
    readNote(description)?.next?.id === id
      ? `Another run made secret ${id} of service account ${clientId}, and its job has not decided about it yet, so no other was ` +
          'made. Run the job again when that one has ended; if it was lost, delete that secret in Atlas.'
      : `Service account ${clientId} has no place for another secret: ${id} was made by somebody else, or by a run that was lost ` +
          `just then, and ends on ${isoSeconds(expiresAt)}. Delete it in Atlas if nobody needs it, or declare another desc.`,
  );
}
