/** What post does about the secret that main made, from the journal alone. May be run again at any point. */
import { isAtlasError } from '../atlas/errors.ts';
import type { Lease, LeaseEntry } from '../keys/journal.ts';
import { isoSeconds } from '../keys/mark.ts';
import { type Settlement, whyOpen } from '../keys/settle.ts';
import { KeyError, type Step } from '../keys/step.ts';
import type { JobStatus } from '../request.ts';
import { accountIn, afterFailure, noteOf, writeNote } from './account.ts';
import { takeBack } from './revoke.ts';

/** Keys alone have a family that is told. */
const COMMITTED = { outcome: 'committed', retired: [], previous: [], family: [] } as const;

/** What is still to be done. */
export interface UnfinishedLease {
  readonly task: 'deleteSecret' | 'finishAccount' | 'commitSecret' | 'leaveSecret';
  /** As a sentence, for the person who has to do it by hand. */
  readonly told: string;
  /** Whether it takes more than to say so. */
  readonly asksAtlas: boolean;
  /** Whether post may only warn about this failure: the user said so, and Atlas ends the secret by itself. */
  mayWarn(error: unknown): boolean;
  /** Finishes or undoes. Throws `AtlasError` or `KeyError` when that was not possible. */
  settle(step: Step): Promise<Settlement>;
}

/** Decides from the journal and the job's status, which is undefined where the runner did not say. */
export function unfinishedLease(
  { phase, ...lease }: LeaseEntry,
  jobStatus: JobStatus | undefined,
): UnfinishedLease {
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
      settle: async (step) => {
        // An account that is not pending any more may have been rotated since.
        const { pending } = noteOf(await accountIn(step.atlas, lease));
        if (pending !== undefined) await writeNote(step.atlas, lease, {});
        return {};
      },
    };
  }
  const next =
    former === undefined
      ? 'Run the job again.'
      : `Atlas ends the former secret by ${isoSeconds(former.expiresAt)}: run the job again before then.`;
  const mayWarn = (error: unknown) => isAtlasError(error, 'gone');
  if (phase === 'handedOut' && (jobStatus === 'success' || purpose.commit === 'step')) {
    return {
      task: 'commitSecret',
      told: `The rotation to secret ${secretId} of service account ${clientId} is not final. ${next}`,
      asksAtlas: true,
      mayWarn,
      settle: (step) => commitLease(step, lease, purpose.keepPrevious).then(() => ({ commit: COMMITTED })),
    };
  }
  const why = phase === 'stored' ? 'the step ended while it stored the secret' : whyOpen(jobStatus);
  const beside = former === undefined ? '' : ' beside the former one';
  const told = `${name} stays alive${beside}, because ${why}. ${next}`;
  return {
    task: 'leaveSecret',
    told,
    asksAtlas: true,
    mayWarn,
    settle: async (step) => {
      const note = noteOf(await accountIn(step.atlas, lease));
      if (note.next?.id === secretId) {
        // So that the next rotation knows which secret may go.
        const state = afterFailure(note.next.state);
        await writeNote(step.atlas, lease, { ...note, next: { id: secretId, state } });
      }
      return { problem: told };
    },
  };
}

/** Makes the new secret the current one. With `keepPrevious: 0` the former one is deleted. */
export async function commitLease(step: Step, lease: Lease, keepPrevious: number): Promise<void> {
  const { groupId, clientId, secretId, former } = lease;
  const account = await accountIn(step.atlas, lease);
  if (!account?.secrets.some(({ id }) => id === secretId)) {
    throw new KeyError(
      `Secret ${secretId} of service account ${clientId}, which this rotation made, is gone: somebody deleted it. Run the job ` +
        'again for a new one.',
    );
  }
  const { current, next } = noteOf(account);
  // Unless it was done before, by a run that was interrupted then: another rotation may have followed since.
  if (current === undefined || next?.id === secretId) {
    // The former one is named even where it is about to be deleted: were that lost, nobody could tell whose secret it is.
    const note = { current: secretId, ...(former && { previous: former.id }) };
    await writeNote(step.atlas, lease, note);
    step.log.info(`The rotation is final: secret ${secretId} of service account ${clientId} is current.`);
  }
  if (keepPrevious === 1 || former === undefined) return;
  await step.atlas.accounts.deleteSecret(groupId, clientId, former.id);
  step.log.info(`Deleted the former secret ${former.id} of service account ${clientId}.`);
}
