/**
 * ensure: the account is there, once, with exactly the declared roles. One that this step makes is handed out with its
 * first secret. Any number of these steps at the same moment leave one account.
 */
import type { Account } from '../atlas/accounts.ts';
import { electionOf, LOOK_AGAIN } from '../keys/election.ts';
import { resolveAccessList } from '../keys/handover.ts';
import { KeyError } from '../keys/key-error.ts';
import { isoSeconds } from '../keys/mark.ts';
import { type Outcome, outcome } from '../keys/outcome.ts';
import type { Step } from '../keys/step.ts';
import type { AccountEnsureRequest } from '../request.ts';
import { describe, familyOf, onlyOne, readNote, standingOf } from './account.ts';
import { bringAccessList, factsOf, handOver, type Made } from './hand-over.ts';
import { knownSecretFits } from './known-secret.ts';
import { bringRoles } from './remit.ts';
import { withdrawAccount } from './revoke.ts';

const DAY = 24 * 3_600_000;

/** A secret that ends sooner than this is warned of, in milliseconds. */
const SOON = 14 * DAY;

/** How long after its deadline a maker's last call may still reach the service. */
const GRACE = 60_000;

export async function ensureAccount(step: Step, request: AccountEnsureRequest): Promise<Outcome> {
  const { groupIds, desc } = request;
  const [groupId] = groupIds;
  const { orgId } = await step.atlas.readProject(groupId);
  for (let saidWaiting = false; ; ) {
    const family = familyOf(desc, await step.atlas.accounts.list(groupId), step.caller);
    const account = onlyOne(
      desc,
      family.filter(({ description }) => readNote(description).pending === undefined),
    );
    if (account !== undefined) return useAccount(step, request, account, orgId);
    const makers = family.filter((other) => isAlive(other, step));
    if (makers[0] === undefined) {
      for (const dead of family) await withdrawAccount(step, { groupId, orgId }, dead);
      const made = await makeAccount(step, request, orgId);
      if (made !== undefined) return made;
      step.log.info('Another run was first; using its account.');
      continue;
    }
    if (!saidWaiting)
      step.log.info(`Another run is making this account (${makers[0].clientId}); waiting for it.`);
    saidWaiting = true;
    await step.pause(LOOK_AGAIN);
  }
}

/** Whether the maker of a pending account may still be at work. */
function isAlive({ description }: Account, step: Step): boolean {
  const until = readNote(description).pending?.until ?? 0;
  const now = step.atlas.serviceNow();
  // No step lasts longer; a note that claims more is not waited for.
  return now <= until && until <= now + 11 * 60_000;
}

async function useAccount(
  step: Step,
  request: AccountEnsureRequest,
  account: Account,
  orgId: string,
): Promise<Outcome> {
  const { groupIds, roles, knownClientSecret } = request;
  const { clientId } = account;
  step.log.info(`Found service account ${clientId} in the project.`);
  if ((await knownSecretFits(step, clientId, request)) === false) {
    throw new KeyError(
      `knownPrivateKey is not a secret of service account ${clientId}. Store the secret again, or use mode: rotate, which ` +
        'makes a new one when the stored secret does not fit.',
    );
  }
  const changed = await bringRoles(step, request, account, orgId);
  const { current } = standingOf(account, step.atlas.serviceNow());
  if (current === undefined) {
    step.log.warning(
      `Service account ${clientId} has no secret that still works. Use mode: rotate to make one.`,
    );
  } else if (current.expiresAt - step.atlas.serviceNow() < SOON) {
    step.log.warning(
      `Secret ${current.id} of service account ${clientId} ends on ${isoSeconds(current.expiresAt)}. Use mode: rotate to replace it before.`,
    );
  }
  const known = knownClientSecret === undefined ? {} : { secret: knownClientSecret };
  return outcome({
    result: changed ? 'updated' : 'unchanged',
    changed,
    ...factsOf({ ...account, roles }, { orgId, groupIds }, current && { ...current, ...known }),
    ...(knownClientSecret !== undefined && { privateKey: knownClientSecret }),
  });
}

/** Makes the account; `undefined` when another maker has it. */
async function makeAccount(
  step: Step,
  request: AccountEnsureRequest,
  orgId: string,
): Promise<Outcome | undefined> {
  const { groupIds, desc, roles, hours, handover } = request;
  const [groupId] = groupIds;
  const { accounts } = step.atlas;
  const entries = await resolveAccessList(step, handover.accessList);
  const until = step.atlas.serviceNow() + step.remaining() + GRACE;
  const pending = describe({ pending: { nonce: step.nonce, until } });
  const account = await accounts.create(groupId, { name: desc, description: pending, roles, hours });
  const { clientId, secret } = account;
  const made: Made = {
    account,
    secret,
    lease: {
      credential: 'serviceAccount',
      purpose: { mode: 'ensure' },
      desc,
      groupId,
      orgId,
      clientId,
      secretId: secret.id,
      expiresAt: secret.expiresAt,
    },
  };
  step.journal({ phase: 'made', ...made.lease });
  if (!(await isElected(step, request, made))) {
    await withdrawAccount(step, made.lease, account);
    step.journal({ phase: 'idle' });
    return undefined;
  }
  await handOver(
    step,
    made,
    handover,
    () => bringAccessList(step, made.lease, entries),
    async () => {},
  );
  await accounts.update(groupId, clientId, { description: describe({}) });
  step.journal({ phase: 'idle' });
  step.log.info(
    `Created service account ${clientId}. Atlas ends its secret on ${isoSeconds(secret.expiresAt)}.`,
  );
  return outcome({ result: 'created', changed: true, ...factsOf(account, { orgId, groupIds }, secret) });
}

/** The election of keys (docs/lifecycle.md), among the accounts of this name. */
async function isElected(
  step: Step,
  { groupIds, desc }: AccountEnsureRequest,
  { account, lease }: Made,
): Promise<boolean> {
  try {
    for (;;) {
      const family = familyOf(desc, await step.atlas.accounts.list(groupIds[0]), step.caller);
      const isMade = family.some(({ description }) => readNote(description).pending === undefined);
      const makers = family.filter((other) => isAlive(other, step)).map(({ clientId }) => clientId);
      const election = electionOf(isMade, makers, account.clientId);
      if (election !== 'undecided') return election === 'won';
      await step.pause(LOOK_AGAIN);
    }
  } catch (error) {
    // Post does it again where this fails.
    await withdrawAccount(step, lease, account).then(
      () => step.journal({ phase: 'idle' }),
      () => undefined,
    );
    throw error;
  }
}
