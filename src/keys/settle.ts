/**
 * What post does about the key that main made, from the journal alone: finish what was begun, or undo it. May be
 * run again at any point.
 */
import { isAtlasError } from '../atlas/errors.ts';
import type { JobStatus } from '../request.ts';
import { type Commit, commitRotation } from './commit.ts';
import { becomeCurrent, demoteOlder, markUndecided } from './current.ts';
import { membersIn, readFamily } from './family.ts';
import type { JournalEntry, MadeIntent, RotatePurpose } from './journal.ts';
import { retireStrays } from './make-key.ts';
import { livesOn, retireMade } from './retire.ts';
import type { Step } from './step.ts';

/** A create that was on its way when its process died may arrive this much later, in milliseconds. */
const LATE_CREATE = 1_500;

/** What is still to be done, as post would do it. */
export type Unfinished =
  | { readonly task: 'findUnanswered'; readonly entry: Extract<JournalEntry, { phase: 'making' }> }
  | { readonly task: 'withdraw' | 'revoke' | 'finishEnsure'; readonly made: MadeIntent }
  | { readonly task: 'commit'; readonly made: MadeIntent<RotatePurpose> }
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
      return isFinal(entry.purpose, jobStatus)
        ? { task: 'commit', made: entry }
        : { task: 'leaveUndecided', made: entry, why: whyOpen(jobStatus) };
    case 'handedOut': {
      const { purpose, ...made } = entry;
      switch (purpose.mode) {
        case 'ephemeral':
          return { task: 'revoke', made: entry };
        case 'ensure':
          return { task: 'finishEnsure', made: entry };
        case 'rotate':
          return isFinal(purpose, jobStatus)
            ? { task: 'commit', made: { ...made, purpose } }
            : { task: 'markUndecided', made: entry, why: whyOpen(jobStatus) };
      }
    }
  }
}

function whyOpen(jobStatus: JobStatus | undefined): string {
  return jobStatus === undefined
    ? 'the runner did not tell the post step how the job went (inside composite actions inputs get lost; commit: step ' +
        'does not wait for the job)'
    : 'the job did not succeed';
}

function isFinal({ commit }: RotatePurpose, jobStatus: JobStatus | undefined): boolean {
  return jobStatus === 'success' || commit === 'step';
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
        `The rotation to key ${unfinished.made.apiUserId} of project ${unfinished.made.groupIds[0]} is not final. ` +
        `${tellFormer(unfinished.made)} The next rotation makes another key.`
      );
    case 'markUndecided':
    case 'leaveUndecided':
      return (
        `Key ${unfinished.made.apiUserId} of project ${unfinished.made.groupIds[0]} stays alive, undecided, because ` +
        `${unfinished.why}, and somebody may have stored it. ` +
        (unfinished.made.purpose.mode === 'ensure'
          ? 'The next run makes another one. Delete this one when nobody holds it.'
          : `Later rotations remove it. ${tellFormer(unfinished.made)}`)
      );
  }
}

/** Which key others find meanwhile. */
function tellFormer({ purpose }: MadeIntent): string {
  return purpose.mode === 'rotate' && purpose.former !== undefined
    ? `The former key ${purpose.former} stays current.`
    : 'There was no current key before it.';
}

export interface Settlement {
  readonly commit?: Commit;
  /** What is left to do, told in the log already. */
  readonly warning?: string;
  /** What fails the post step, and with it the job. */
  readonly problem?: string;
}

/** Finishes or undoes. Throws `AtlasError` or `KeyError` when that was not possible. */
export async function settle(step: Step, unfinished: Unfinished): Promise<Settlement> {
  const settlement = await carryOut(step, unfinished);
  if (unfinished.task !== 'findUnanswered' && unfinished.made.answerLost) {
    await retireStrays(step, unfinished.made, unfinished.made.apiUserId);
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
      return warn(step, tellUnfinished(unfinished));
  }
}

function warn(step: Step, warning: string): Settlement {
  step.log.warning(warning);
  return { warning };
}

async function findUnanswered(
  step: Step,
  entry: Extract<JournalEntry, { phase: 'making' }>,
): Promise<Settlement> {
  let deleted = await retireStrays(step, entry);
  if (deleted === 0) {
    await step.pause(LATE_CREATE);
    deleted = await retireStrays(step, entry);
  }
  step.log.info(
    deleted === 0
      ? 'A create of this step was not answered; no key came of it.'
      : 'A create of this step was not answered; the key that came of it, which nobody holds, was deleted.',
  );
  return {};
}

async function withdraw(step: Step, made: MadeIntent): Promise<Settlement> {
  const { apiUserId, orgId } = made;
  if ((await retireMade(step, made)) === 'unassigned') return warn(step, livesOn(apiUserId, orgId));
  step.log.info(`The step ended before key ${apiUserId} was final; it was deleted.`);
  return {};
}

async function revokeEphemeral(step: Step, made: MadeIntent): Promise<Settlement> {
  const { purpose, apiUserId, orgId } = made;
  const retirement = await retireMade(step, made);
  if (retirement === 'unassigned') {
    const warning = livesOn(apiUserId, orgId);
    const mustFail = purpose.mode === 'ephemeral' && purpose.onRevokeFailure === 'fail';
    return mustFail ? { problem: warning } : warn(step, warning);
  }
  step.log.info(
    retirement === 'deleted' ? `Revoked key ${apiUserId}.` : `Key ${apiUserId} was gone already.`,
  );
  return {};
}

/** The key was handed out, and what ends its making is missing. */
async function finishEnsure(step: Step, made: MadeIntent): Promise<Settlement> {
  const { desc, groupIds, apiUserId } = made;
  const family = await readFamily(step.atlas, groupIds[0], desc);
  const mine = family.find(({ key }) => key.id === apiUserId);
  switch (mine?.state) {
    case undefined:
      return warn(
        step,
        `Key ${apiUserId}, which this step handed out, is gone: somebody else deleted it. Run the job again for a new one.`,
      );
    case 'pending':
      // Its time may be over, and another run may have made the key meanwhile.
      if (membersIn(family, 'current').length > 0) return withdraw(step, made);
      break;
    case 'undecided':
      break;
    case 'retired':
      return withdraw(step, made);
    case 'current':
      await demoteOlder(step, made);
      return {};
    default:
      // It was current, and a later rotation has superseded it.
      return {};
  }
  await becomeCurrent(step, made, apiUserId);
  step.log.info(`The step had ended before key ${apiUserId} got its description; it has it now.`);
  return {};
}

/** The key was handed out, or may have been, and the job did not succeed. */
async function keepUndecided(step: Step, made: MadeIntent, why: string): Promise<Settlement> {
  const { desc, groupIds, apiUserId } = made;
  const family = await readFamily(step.atlas, groupIds[0], desc);
  const mine = family.find(({ key }) => key.id === apiUserId);
  if (mine === undefined || mine.state === 'retired') {
    return warn(
      step,
      `Key ${apiUserId}, which this step made, is no longer in use: somebody revoked it. ${tellFormer(made)}`,
    );
  }
  if (mine.mark?.until !== undefined) await markUndecided(step, made, apiUserId);
  return warn(step, tellUnfinished({ task: 'leaveUndecided', made, why }));
}

async function commit(step: Step, made: MadeIntent<RotatePurpose>): Promise<Settlement> {
  const done = await commitRotation(step, made);
  step.log.info(
    done.outcome === 'committed'
      ? `The rotation is final: key ${made.apiUserId} is current.`
      : `A newer rotation was committed meanwhile; key ${made.apiUserId} counts as previous.`,
  );
  return { commit: done };
}

/**
 * Whether post may only warn about this failure: the user said so, or nothing can be lost by it. A limit alone is no
 * reason to leave a key behind unseen: it strikes many jobs at once, and will again.
 */
export function mayWarn(unfinished: Unfinished, error: unknown): boolean {
  const reasons = [error, error instanceof Error && error.cause];
  if (reasons.some((reason) => isAtlasError(reason, 'rateLimited'))) return false;
  if (unfinished.task === 'revoke') {
    const { purpose } = unfinished.made;
    return purpose.mode === 'ephemeral' && purpose.onRevokeFailure === 'warn';
  }
  return unfinished.task !== 'commit' || isAtlasError(error, 'gone');
}
