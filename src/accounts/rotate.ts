/**
 * rotate: a new secret beside the one in use, on one account. Atlas keeps two secrets, and making one brings the end of the
 * other nearer, to seven days at most: a rotation that is not finished by then leaves nobody with a secret that works. So
 * what can fail is tried before.
 */
import type { Account, AccountSecret } from '../atlas/accounts.ts';
import { isAtlasError } from '../atlas/errors.ts';
import { resolveAccessList } from '../keys/handover.ts';
import type { RotatePurpose } from '../keys/journal.ts';
import { sameRoles } from '../keys/key.ts';
import { KeyError } from '../keys/key-error.ts';
import { isoSeconds } from '../keys/mark.ts';
import { type Outcome, outcome } from '../keys/outcome.ts';
import type { Step } from '../keys/step.ts';
import type { AccountRotateRequest } from '../request.ts';
import { describe, familyOf, onlyOne, readNote, secretsOf, standingOf } from './account.ts';
import { bringAccessList, factsOf, handOver, type Made } from './hand-over.ts';
import type { Lease } from './journal.ts';
import { knownSecretFits } from './known-secret.ts';
import { bringRoles } from './remit.ts';
import { commitLease } from './settle.ts';

export async function rotateAccount(step: Step, request: AccountRotateRequest): Promise<Outcome> {
  const { groupIds, desc, handover } = request;
  const [groupId] = groupIds;
  const { accounts } = step.atlas;
  const [listed, { orgId }, entries] = await Promise.all([
    accounts.list(groupId),
    step.atlas.readProject(groupId),
    resolveAccessList(step, handover.accessList),
  ]);
  const account = onlyOne(desc, familyOf(desc, listed, step.caller));
  const standing = account && standingOf(account, step.atlas.serviceNow());
  if (account !== undefined && standing?.current !== undefined) {
    const reason = await reasonToRotate(step, request, account, standing.current);
    if (reason === undefined) return keep(step, request, account, standing.current, orgId);
    step.log.info(
      `The current secret of service account ${account.clientId} is ${standing.current.id}; ${reason}`,
    );
  }
  const made = await makeSecret(step, request, account, orgId);
  const { lease } = made;
  const note = lease.former === undefined ? {} : { current: lease.former.id };
  const open = (state: 'open' | 'stored') =>
    accounts.update(groupId, lease.clientId, {
      description: describe({ ...note, next: { id: lease.secretId, state } }),
    });
  await handOver(
    step,
    made,
    handover,
    () => bringAccessList(step, lease, entries),
    async () => {
      await open('stored');
    },
  );
  if (request.commit === 'step') await commitLease(step, lease);
  else {
    if (handover.store === undefined) await open('open');
    step.log.info('The rotation becomes final when the job succeeds.');
  }
  return outcome({
    result: lease.former === undefined ? 'created' : 'rotated',
    changed: true,
    ...factsOf(made.account, { orgId, groupIds }, made.secret),
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
  const known = request.knownClientSecret;
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

/** Makes room and then the secret; the account, too, where there is none. */
async function makeSecret(
  step: Step,
  request: AccountRotateRequest,
  found: Account | undefined,
  orgId: string,
): Promise<Made<RotatePurpose>> {
  const { groupIds, desc, roles, hours, commit, keepPrevious } = request;
  const [groupId] = groupIds;
  const { accounts } = step.atlas;
  const purpose = { mode: 'rotate', commit, keepPrevious } as const;
  const leaseOf = (
    clientId: string,
    { id, expiresAt }: AccountSecret,
    former?: AccountSecret,
  ): Lease<RotatePurpose> => {
    const base = {
      credential: 'serviceAccount',
      purpose,
      desc,
      groupId,
      orgId,
      clientId,
      secretId: id,
      expiresAt,
    } as const;
    return former === undefined ? base : { ...base, former: { id: former.id, expiresAt: former.expiresAt } };
  };
  if (found === undefined) {
    const account = await accounts.create(groupId, { name: desc, description: describe({}), roles, hours });
    const lease = leaseOf(account.clientId, account.secret);
    step.journal({ phase: 'made', ...lease });
    step.log.info(`Created service account ${account.clientId}.`);
    return { account, secret: account.secret, lease };
  }
  const { clientId } = found;
  const { current, open, spare } = standingOf(found, step.atlas.serviceNow());
  if (open !== undefined) throw stepBack(found, open);
  // That the account may be changed is seen before one of its secrets is made, which could not be taken back otherwise.
  const description = describe(current === undefined ? {} : { current: current.id });
  await accounts.update(groupId, clientId, { description, ...(!sameRoles(found.roles, roles) && { roles }) });
  const { expired } = secretsOf(found, step.atlas.serviceNow());
  for (const secret of [...expired, ...spare]) {
    await accounts.deleteSecret(groupId, clientId, secret.id);
    if (spare.includes(secret))
      step.log.info(`Deleted secret ${secret.id} of service account ${clientId} to make room.`);
  }
  const secret = await accounts.createSecret(groupId, clientId, hours).catch((error) => {
    if (isAtlasError(error, 'full', 'alreadyThere')) throw stepBack(found, undefined, error);
    throw error;
  });
  const week = step.atlas.serviceNow() + 7 * 24 * 3_600_000;
  const former = current && { ...current, expiresAt: Math.min(current.expiresAt, week) };
  const lease = leaseOf(clientId, secret, former);
  step.journal({ phase: 'made', ...lease });
  step.log.info(`Made secret ${secret.id} of service account ${clientId}.`);
  if (former !== undefined) {
    step.log.info(`Atlas ends the former secret ${former.id} by ${isoSeconds(former.expiresAt)}.`);
  }
  return { account: { ...found, roles }, secret, lease };
}

function stepBack(
  { clientId, description }: Account,
  open: AccountSecret | undefined,
  cause?: unknown,
): KeyError {
  const which = open === undefined ? 'another secret' : `secret ${open.id}`;
  return new KeyError(
    `Another run made ${which} of service account ${clientId}, and its job has not decided about it yet` +
      `${readNote(description).current === undefined ? '' : ', so the current one stays'}. Run the job again when that one has ended; ` +
      'if it was lost, delete that secret in Atlas.',
    cause === undefined ? undefined : { cause },
  );
}
