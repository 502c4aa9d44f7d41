/**
 * What post does about the key that main made, from the journal alone: finish what was begun, or undo it. May be
 * run again at any point.
 */
import { isAtlasError } from '../atlas/errors.ts';
import type { JobStatus } from '../request.ts';
import { type Commit, commitRotation } from './commit.ts';
import { demoteOlder, markUndecided, type Promotion, settleCurrent } from './current.ts';
import { winElection } from './election.ts';
import { type Member, membersIn, readFamily } from './family.ts';
import type { JournalEntry, MadeIntent } from './journal.ts';
import { deleteStrays, ownMark, pendingUntil } from './make-key.ts';
import { describeMarked } from './mark.ts';
import { livesOn, retireKey, revokeKey } from './revoke-key.ts';
import type { Step } from './step.ts';

/** A create that was on its way when its process died may arrive this much later, in milliseconds. */
const LATE_CREATE = 1_500;

/** What is still to be done, as post would do it. */
export type Unfinished =
  | { readonly task: 'findUnanswered'; readonly entry: Extract<JournalEntry, { phase: 'making' }> }
  | {
      readonly task: 'withdraw' | 'revoke' | 'finishEnsure' | 'commit' | 'lookForStrays';
      readonly made: MadeIntent;
    }
  | { readonly task: 'markUndecided' | 'leaveUndecided'; readonly made: MadeIntent; readonly why: string };

/**
 * Decides from the journal and the job's status, which is undefined where the runner did not say; `undefined` when
 * nothing is left, and no call is needed.
 */
export function unfinishedBusiness(
  entry: JournalEntry,
  jobStatus: JobStatus | undefined,
): Unfinished | undefined {
  switch (entry.phase) {
    case 'idle':
      return undefined;
    case 'making':
      return { task: 'findUnanswered', entry };
    case 'made':
      return { task: entry.purpose.mode === 'ephemeral' ? 'revoke' : 'withdraw', made: entry };
    case 'delivering':
      return { task: 'markUndecided', made: entry, why: 'the step ended while it stored the key' };
    case 'open':
      return isFinal(entry, jobStatus)
        ? { task: 'commit', made: entry }
        : { task: 'leaveUndecided', made: entry, why: whyOpen(jobStatus) };
    case 'committing':
      return { task: 'commit', made: entry };
    case 'settled':
      return entry.answerLost ? { task: 'lookForStrays', made: entry } : undefined;
    case 'handedOut':
      switch (entry.purpose.mode) {
        case 'ephemeral':
          return { task: 'revoke', made: entry };
        case 'ensure':
          return { task: 'finishEnsure', made: entry };
        case 'rotate':
          return isFinal(entry, jobStatus)
            ? { task: 'commit', made: entry }
            : { task: 'markUndecided', made: entry, why: whyOpen(jobStatus) };
      }
  }
}

function whyOpen(jobStatus: JobStatus | undefined): string {
  return jobStatus === undefined
    ? 'the runner did not tell the post step how the job went (inside composite actions inputs get lost; commit: step ' +
        'does not wait for the job)'
    : 'the job did not succeed';
}

function isFinal({ purpose }: MadeIntent, jobStatus: JobStatus | undefined): boolean {
  return jobStatus === 'success' || (purpose.mode === 'rotate' && purpose.commit === 'step');
}

/** The unfinished business as a sentence, for the person who has to do it by hand. */
export function tellUnfinished(unfinished: Unfinished): string {
  switch (unfinished.task) {
    case 'findUnanswered':
      return (
        `A key with the mark ${unfinished.entry.nonce} may have been made in project ` +
        `${unfinished.entry.groupIds[0]} and is held by nobody: delete it if it is there.`
      );
    case 'withdraw':
    case 'revoke':
      return `Key ${unfinished.made.apiUserId} of organisation ${unfinished.made.orgId} is still alive: delete it.`;
    case 'finishEnsure':
      return (
        `Key ${unfinished.made.apiUserId} of project ${unfinished.made.groupIds[0]} was handed out and still carries a ` +
        `mark: give it the description "${unfinished.made.desc}".`
      );
    case 'commit':
      return (
        `The rotation to key ${unfinished.made.apiUserId} of project ${unfinished.made.groupIds[0]} is not final: the former ` +
        'key stays current until the next rotation.'
      );
    case 'markUndecided':
    case 'leaveUndecided':
      return (
        `Key ${unfinished.made.apiUserId} of project ${unfinished.made.groupIds[0]} stays alive, undecided, because ` +
        `${unfinished.why}, and somebody may have stored it. The former key stays current. Later rotations remove it.`
      );
    case 'lookForStrays':
      return (
        `A create of this step was not answered; a key with the mark ${unfinished.made.nonce} may turn up in project ` +
        `${unfinished.made.groupIds[0]}. A sweep removes it.`
      );
  }
}

export interface Settlement {
  readonly commit?: Commit;
  /** What fails the post step, and with it the job. */
  readonly problem?: string;
}

/** Finishes or undoes. Throws `AtlasError` or `KeyError` when that was not possible. */
export async function settle(step: Step, unfinished: Unfinished): Promise<Settlement> {
  const settlement = await carryOut(step, unfinished);
  if (unfinished.task !== 'findUnanswered' && unfinished.made.answerLost) {
    await deleteStrays(step, unfinished.made, unfinished.made.apiUserId);
  }
  return settlement;
}

async function carryOut(step: Step, unfinished: Unfinished): Promise<Settlement> {
  switch (unfinished.task) {
    case 'findUnanswered':
      return findUnanswered(step, unfinished.entry);
    case 'withdraw':
      return withdraw(step, unfinished.made);
    case 'revoke':
      return revokeEphemeral(step, unfinished.made);
    case 'finishEnsure':
      return finishEnsure(step, unfinished.made);
    case 'commit':
      return commit(step, unfinished.made);
    case 'markUndecided':
      return keepUndecided(step, unfinished.made, unfinished.why);
    case 'leaveUndecided':
      step.log.warning(tellUnfinished(unfinished));
      return {};
    case 'lookForStrays':
      return {};
  }
}

async function findUnanswered(
  step: Step,
  entry: Extract<JournalEntry, { phase: 'making' }>,
): Promise<Settlement> {
  let deleted = await deleteStrays(step, entry);
  if (deleted === 0) {
    await step.pause(LATE_CREATE);
    deleted = await deleteStrays(step, entry);
  }
  step.log.info(
    deleted === 0
      ? 'The step ended while it was making a key; no key came of it.'
      : 'The step ended while it was making a key; the key, which nobody holds, was deleted.',
  );
  return {};
}

async function withdraw(step: Step, made: MadeIntent): Promise<Settlement> {
  const { outcome } = await retireKey(step.atlas, made, { desc: made.desc, mark: ownMark(step) });
  if (outcome === 'unassigned') step.log.warning(livesOn(made.apiUserId, made.orgId));
  else step.log.info(`The step ended before key ${made.apiUserId} was handed out; it was deleted.`);
  return {};
}

async function revokeEphemeral(step: Step, made: MadeIntent): Promise<Settlement> {
  const { outcome } = await revokeKey(step.atlas, made);
  if (outcome === 'unassigned') {
    if (made.purpose.mode === 'ephemeral' && made.purpose.onRevokeFailure === 'fail') {
      return { problem: livesOn(made.apiUserId, made.orgId) };
    }
    step.log.warning(livesOn(made.apiUserId, made.orgId));
    return {};
  }
  step.log.info(
    outcome === 'revoked' ? `Revoked key ${made.apiUserId}.` : `Key ${made.apiUserId} was gone already.`,
  );
  return {};
}

/**
 * The key was handed out, and what ends its making is missing. Its mark may be past by now and another maker at work,
 * so it stands for election again.
 */
async function finishEnsure(step: Step, made: MadeIntent): Promise<Settlement> {
  const { desc, orgId, apiUserId } = made;
  const promotion: Promotion = { groupId: made.groupIds[0], orgId, apiUserId, desc };
  const family = await readFamily(step.atlas, promotion.groupId, desc);
  const mine = family.find(({ key }) => key.id === apiUserId);
  switch (mine?.state) {
    case undefined:
      step.log.warning(
        `Key ${apiUserId}, which this step handed out, is gone: somebody else deleted it. Run the job again for a new one.`,
      );
      return {};
    case 'pending':
      if (!(await isMine(step, made, family))) return withdraw(step, made);
      await settleCurrent(step, promotion);
      step.log.info(`Key ${apiUserId} is the current key now; the step had ended just before that.`);
      return {};
    case 'retired':
      return withdraw(step, made);
    case 'current':
      await demoteOlder(step, promotion);
      return {};
    default:
      // It was current, and others have gone on from there.
      return {};
  }
}

/** Whether the pending key may become current: nobody else has made one. */
async function isMine(step: Step, made: MadeIntent, family: readonly Member[]): Promise<boolean> {
  if (membersIn(family, 'current').length > 0) return false;
  const { desc, orgId, apiUserId } = made;
  const [groupId] = made.groupIds;
  const pending = describeMarked(desc, { ...ownMark(step), state: 'pending', until: pendingUntil(step) });
  await step.atlas.renameKey({ groupId, orgId, apiUserId }, pending);
  const again = await readFamily(step.atlas, groupId, desc);
  return winElection(step, again, { groupId, desc, apiUserId });
}

/** The key was handed out, or may have been, and the job did not succeed. */
async function keepUndecided(step: Step, made: MadeIntent, why: string): Promise<Settlement> {
  const { desc, orgId, apiUserId } = made;
  const [groupId] = made.groupIds;
  const family = await readFamily(step.atlas, groupId, desc);
  const mine = family.find(({ key }) => key.id === apiUserId);
  if (mine === undefined || mine.state === 'retired') {
    step.log.warning(
      `Key ${apiUserId}, which this step made, is no longer in use: somebody revoked it. The former key stays current.`,
    );
    return {};
  }
  if (mine.state === 'pending') await markUndecided(step, { groupId, orgId, apiUserId, desc });
  step.log.warning(tellUnfinished({ task: 'leaveUndecided', made, why }));
  return {};
}

async function commit(step: Step, made: MadeIntent): Promise<Settlement> {
  // not covered: no other purpose leads here, which the type of the journal does not say.
  if (made.purpose.mode !== 'rotate') throw new Error('only a rotation is committed');
  const { keepPrevious } = made.purpose;
  const done = await commitRotation(step, { ...made, keepPrevious });
  step.log.info(
    done.outcome === 'committed'
      ? `The rotation is final: key ${made.apiUserId} is current.`
      : `A newer rotation was committed meanwhile; key ${made.apiUserId} counts as previous.`,
  );
  return { commit: done };
}

/** Whether post may only warn about this failure: the user said so, or nothing can be lost by it. */
export function mayWarn(unfinished: Unfinished, error: unknown): boolean {
  if (unfinished.task === 'revoke') {
    const { purpose } = unfinished.made;
    return purpose.mode === 'ephemeral' && purpose.onRevokeFailure === 'warn';
  }
  return unfinished.task !== 'commit' || isAtlasError(error, 'gone');
}
