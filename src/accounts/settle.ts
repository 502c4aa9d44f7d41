/** What post does about the secret that main made, from the journal alone. May be run again at any point. */
import { isAtlasError } from '../atlas/errors.ts';
import type { RotatePurpose } from '../keys/journal.ts';
import { isoSeconds } from '../keys/mark.ts';
import type { Settlement } from '../keys/settle.ts';
import { KeyError, type Step } from '../keys/step.ts';
import type { JobStatus } from '../request.ts';
import { accountIn, describe, readNote } from './account.ts';
import type { Lease, LeaseEntry } from './journal.ts';
import { takeBack } from './revoke.ts';

/** What is still to be done, as post would do it. */
export type UnfinishedLease =
  | { readonly task: 'deleteSecret' | 'finishAccount'; readonly lease: Lease }
  | { readonly task: 'commitSecret'; readonly lease: Lease<RotatePurpose> }
  | LeftSecret;

interface LeftSecret {
  readonly task: 'leaveSecret';
  readonly lease: Lease<RotatePurpose>;
}

/** Decides from the journal and the job's status, which is undefined where the runner did not say. */
export function unfinishedLease(
  { phase, ...lease }: LeaseEntry,
  jobStatus: JobStatus | undefined,
): UnfinishedLease {
  const { purpose } = lease;
  if (phase === 'made' || purpose.mode === 'ephemeral') return { task: 'deleteSecret', lease };
  if (purpose.mode === 'ensure') return { task: 'finishAccount', lease };
  const isFinal = phase === 'handedOut' && (jobStatus === 'success' || purpose.commit === 'step');
  return { task: isFinal ? 'commitSecret' : 'leaveSecret', lease: { ...lease, purpose } };
}

/** The unfinished business as a sentence, for the person who has to do it by hand. */
export function tellUnfinishedLease({ task, lease }: UnfinishedLease): string {
  const { clientId, secretId, expiresAt } = lease;
  const name = `Secret ${secretId} of service account ${clientId}`;
  const former =
    lease.former === undefined
      ? ''
      : ` Atlas ends the former secret by ${isoSeconds(lease.former.expiresAt)}: run the job again before.`;
  switch (task) {
    case 'deleteSecret':
      return `${name} is still alive. Atlas ends it on ${isoSeconds(expiresAt)}; delete it to end it now.`;
    case 'finishAccount':
      return `${name} was handed out, and the account's description still says that it is being made. Run the job again.`;
    case 'commitSecret':
      return `The rotation to secret ${secretId} of service account ${clientId} is not final.${former}`;
    case 'leaveSecret':
      return `${name} stays alive beside the former one, because the job did not succeed.${former}`;
  }
}

/** Finishes or undoes. Throws `AtlasError` or `KeyError` when that was not possible. */
export async function settleLease(step: Step, unfinished: UnfinishedLease): Promise<Settlement> {
  const { lease } = unfinished;
  switch (unfinished.task) {
    case 'deleteSecret':
      await takeBack(step, lease);
      return {};
    case 'finishAccount':
      return finishAccount(step, lease);
    case 'commitSecret':
      await commitLease(step, unfinished.lease);
      return { commit: { outcome: 'committed', retired: [], family: [] } };
    case 'leaveSecret':
      return giveUp(step, unfinished);
  }
}

/** Makes the new secret the current one. With `keepPrevious: 0` the former one is deleted. */
export async function commitLease(step: Step, lease: Lease<RotatePurpose>): Promise<void> {
  const { groupId, clientId, secretId, former, purpose } = lease;
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
  if (purpose.keepPrevious === 1 || former === undefined) return;
  await accounts.deleteSecret(groupId, clientId, former.id);
  step.log.info(`Deleted the former secret ${former.id} of service account ${clientId}.`);
}

/** An account that is not pending any more may have been rotated since. */
async function finishAccount(step: Step, lease: Lease): Promise<Settlement> {
  const { groupId, clientId } = lease;
  const account = await accountIn(step.atlas, lease);
  if (readNote(account?.description ?? '')?.pending !== undefined) {
    await step.atlas.accounts.update(groupId, clientId, { description: describe({}) });
  }
  return {};
}

/** The job did not succeed. Says so in the description, so that the next rotation knows which secret may go. */
async function giveUp(step: Step, unfinished: LeftSecret): Promise<Settlement> {
  const { lease } = unfinished;
  const { groupId, clientId, secretId } = lease;
  const account = await accountIn(step.atlas, lease);
  const note = readNote(account?.description ?? '') ?? {};
  if (note.next?.id === secretId) {
    const state = note.next.state === 'stored' ? 'kept' : 'failed';
    const description = describe({ ...note, next: { id: secretId, state } });
    await step.atlas.accounts.update(groupId, clientId, { description });
  }
  return { problem: tellUnfinishedLease(unfinished) };
}

/** Whether post may only warn about this failure: the user said so, and Atlas ends the secret by itself. */
export function mayWarnOfLease({ task, lease: { purpose } }: UnfinishedLease, error: unknown): boolean {
  if (task === 'deleteSecret') return purpose.mode !== 'ephemeral' || purpose.onRevokeFailure === 'warn';
  return task === 'finishAccount' || isAtlasError(error, 'gone');
}
