/** What post does about the secret that main made, from the journal alone. May be run again at any point. */
import { isAtlasError } from '../atlas/errors.ts';
import { isoSeconds } from '../keys/mark.ts';
import type { Business } from '../keys/settle.ts';
import { KeyError, type Step } from '../keys/step.ts';
import type { JobStatus } from '../request.ts';
import { accountIn, afterFailure, describe, readNote } from './account.ts';
import type { Lease, LeaseEntry } from './journal.ts';
import { takeBack } from './revoke.ts';

/** Keys alone have a family that is told. */
const COMMITTED = { outcome: 'committed', retired: [], family: [] } as const;

export type LeaseTask = 'deleteSecret' | 'finishAccount' | 'commitSecret' | 'leaveSecret';

/** Decides from the journal and the job's status, which is undefined where the runner did not say. */
export function unfinishedLease(
  { phase, ...lease }: LeaseEntry,
  jobStatus: JobStatus | undefined,
): Business<LeaseTask> {
  const { purpose, clientId, secretId, former } = lease;
  const name = `Secret ${secretId} of service account ${clientId}`;
  if (phase === 'made' || purpose.mode === 'ephemeral') {
    return {
      task: 'deleteSecret',
      told: `${name} is still alive. Atlas ends it on ${isoSeconds(lease.expiresAt)}; delete it to end it now.`,
      asksAtlas: true,
      mayWarn: () => purpose.mode !== 'ephemeral' || purpose.onRevokeFailure === 'warn',
      settle: (step) => takeBack(step, lease).then(() => ({})),
    };
  }
  if (purpose.mode === 'ensure') {
    return {
      task: 'finishAccount',
      told: `${name} was handed out, and the account's description still says that it is being made. Run the job again.`,
      asksAtlas: true,
      mayWarn: () => true,
      settle: (step) => finishAccount(step, lease).then(() => ({})),
    };
  }
  const formerEnds =
    former === undefined
      ? ''
      : ` Atlas ends the former secret by ${isoSeconds(former.expiresAt)}: run the job again before.`;
  const mayWarn = (error: unknown) => isAtlasError(error, 'gone');
  if (phase === 'handedOut' && (jobStatus === 'success' || purpose.commit === 'step')) {
    return {
      task: 'commitSecret',
      told: `The rotation to secret ${secretId} of service account ${clientId} is not final.${formerEnds}`,
      asksAtlas: true,
      mayWarn,
      settle: (step) => commitLease(step, lease, purpose.keepPrevious).then(() => ({ commit: COMMITTED })),
    };
  }
  const told = `${name} stays alive beside the former one, because the job did not succeed.${formerEnds}`;
  return {
    task: 'leaveSecret',
    told,
    asksAtlas: true,
    mayWarn,
    settle: (step) => giveUp(step, lease).then(() => ({ problem: told })),
  };
}

/** Makes the new secret the current one. With `keepPrevious: 0` the former one is deleted. */
export async function commitLease(step: Step, lease: Lease, keepPrevious: number): Promise<void> {
  const { groupId, clientId, secretId, former } = lease;
  const { accounts } = step.atlas;
  const account = await accountIn(step.atlas, lease);
  if (!account?.secrets.some(({ id }) => id === secretId)) {
    throw new KeyError(
      `Secret ${secretId} of service account ${clientId}, which this rotation made, is gone: somebody deleted it. Run the job ` +
        'again for a new one.',
    );
  }
  const note = readNote(account.description);
  // Unless it was done before, by a run that was interrupted then: another rotation may have followed since.
  if (note?.current === undefined || note.next?.id === secretId) {
    // The former one is named even where it is about to be deleted: were that lost, nobody could tell whose secret it is.
    const description = describe({ current: secretId, ...(former && { previous: former.id }) });
    await accounts.update(groupId, clientId, { description });
    step.log.info(`The rotation is final: secret ${secretId} of service account ${clientId} is current.`);
  }
  if (keepPrevious === 1 || former === undefined) return;
  await accounts.deleteSecret(groupId, clientId, former.id);
  step.log.info(`Deleted the former secret ${former.id} of service account ${clientId}.`);
}

/** An account that is not pending any more may have been rotated since. */
async function finishAccount(step: Step, lease: Lease): Promise<void> {
  const { groupId, clientId } = lease;
  const account = await accountIn(step.atlas, lease);
  if (readNote(account?.description ?? '')?.pending === undefined) return;
  await step.atlas.accounts.update(groupId, clientId, { description: describe({}) });
}

/** The job did not succeed. Says so in the description, so that the next rotation knows which secret may go. */
async function giveUp(step: Step, lease: Lease): Promise<void> {
  const { groupId, clientId, secretId } = lease;
  const account = await accountIn(step.atlas, lease);
  const note = readNote(account?.description ?? '');
  if (note?.next?.id !== secretId) return;
  const description = describe({ ...note, next: { id: secretId, state: afterFailure(note.next.state) } });
  await step.atlas.accounts.update(groupId, clientId, { description });
}
