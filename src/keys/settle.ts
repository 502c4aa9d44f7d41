/**
 * What post does about the key that main made, from the journal alone: finish what was begun, or undo it. May be
 * run again at any point.
 */
import { isAtlasError } from '../atlas/errors.ts';
import type { JobStatus } from '../request.ts';
import { type Commit, commitRotation } from './commit.ts';
import { becomeCurrent, demoteOlder, markUndecided } from './current.ts';
import { membersIn, readFamily } from './family.ts';
import type { Intent, JournalEntry, MadeIntent } from './journal.ts';
import { retireStrays } from './make-key.ts';
import { livesOn, retireMade } from './retire.ts';
import type { Step } from './step.ts';

/** A create that was on its way when its process died may arrive this much later, in milliseconds. */
const LATE_CREATE = 1_500;

/** What is still to be done. */
export interface Unfinished {
  readonly task: 'findUnanswered' | 'withdraw' | 'revoke' | 'finishEnsure' | 'commit' | 'leaveUndecided';
  /** As a sentence, for the person who has to do it by hand. */
  readonly told: string;
  readonly asksAtlas: boolean;
  /** Whether post may only warn about this failure: the user said so, or nothing can be lost by it. */
  mayWarn(error: unknown): boolean;
  /** Finishes or undoes. Throws `AtlasError` or `KeyError` when that was not possible. */
  settle(step: Step): Promise<Settlement>;
}

/** The same before defaults are filled in: it asks Atlas, and may only warn, unless it says otherwise. */
type Task = Pick<Unfinished, 'task' | 'told' | 'settle'> & Partial<Unfinished>;

export interface Settlement {
  readonly commit?: Commit;
  /** What is left to do, told in the log already. */
  readonly warning?: string;
  /** What fails the post step, and with it the job. */
  readonly problem?: string;
}

/**
 * Decides from the journal and the job's status, which is undefined where the runner did not say; `undefined` when
 * nothing is left.
 */
export function unfinishedBusiness(entry: JournalEntry, jobStatus?: JobStatus): Unfinished | undefined {
  if (entry.phase === 'idle') return undefined;
  const isMade = entry.phase !== 'making';
  const task = isMade ? taskOf(entry, jobStatus) : findUnanswered(entry);
  const mayTurnUp = isMade && entry.answerLost;
  return {
    ...task,
    asksAtlas: mayTurnUp || task.asksAtlas !== false,
    mayWarn: (error) => {
      // A limit strikes many jobs at once, and each would leave a key behind, so this has to be seen.
      const reasons = [error, error instanceof Error && error.cause];
      if (reasons.some((reason) => isAtlasError(reason, 'rateLimited'))) return false;
      return task.mayWarn?.(error) ?? true;
    },
    settle: async (step) => {
      const settlement = await task.settle(step);
      if (mayTurnUp) await retireStrays(step, entry, entry.apiUserId);
      return settlement;
    },
  };
}

function taskOf(entry: Extract<JournalEntry, MadeIntent>, jobStatus?: JobStatus): Task {
  const { phase, purpose } = entry;
  if (phase === 'made' || purpose.mode === 'ephemeral') return withdrawal(entry);
  if (phase === 'delivering') return undecided(entry, 'the step ended while it stored the key');
  if (purpose.mode === 'ensure') return finishEnsure(entry);
  if (jobStatus === 'success' || purpose.commit === 'step') return commit(entry, purpose.keepPrevious);
  const left = undecided(entry, whyOpen(jobStatus));
  if (phase !== 'open') return left;
  // Its key is marked already.
  return { ...left, asksAtlas: false, settle: async (step) => warn(step, left.told) };
}

/** Why a rotation was not made final when its job ended, as the end of a sentence. */
export function whyOpen(jobStatus: JobStatus | undefined): string {
  return jobStatus === undefined
    ? 'the runner did not tell the post step how the job went (inside composite actions inputs get lost; commit: step ' +
        'does not wait for the job)'
    : 'the job did not succeed';
}

function warn(step: Step, warning: string): Settlement {
  step.log.warning(warning);
  return { warning };
}

function findUnanswered(intent: Intent): Task {
  return {
    task: 'findUnanswered',
    told:
      `A key with the mark ${intent.nonce} may have been made in project ${intent.groupIds[0]} and is held by nobody: delete ` +
      'it if it is there.',
    settle: async (step) => {
      if (!(await retireStrays(step, intent))) {
        await step.pause(LATE_CREATE);
        await retireStrays(step, intent);
      }
      return {};
    },
  };
}

/** Nobody shall hold the key any more, or nobody ever did. */
function withdrawal(made: MadeIntent): Task {
  const { purpose, apiUserId, orgId } = made;
  const mustRevoke = purpose.mode === 'ephemeral' && purpose.onRevokeFailure === 'fail';
  return {
    task: purpose.mode === 'ephemeral' ? 'revoke' : 'withdraw',
    told: `Key ${apiUserId} of organisation ${orgId} is still alive: delete it.`,
    mayWarn: () => !mustRevoke,
    settle: async (step) => {
      const retirement = await retireMade(step, made);
      if (retirement === 'unassigned') {
        const told = livesOn(apiUserId, orgId);
        return mustRevoke ? { problem: told } : warn(step, told);
      }
      step.log.info(
        retirement === 'gone' ? `Key ${apiUserId} was gone already.` : `Revoked key ${apiUserId}.`,
      );
      return {};
    },
  };
}

/** The key was handed out, and what ends its making is missing. */
function finishEnsure(made: MadeIntent): Task {
  const { desc, groupIds, apiUserId } = made;
  return {
    task: 'finishEnsure',
    told:
      `Key ${apiUserId} of project ${groupIds[0]} was handed out and still carries a mark: give it the description ` +
      `"${desc}".`,
    settle: async (step) => {
      const family = await readFamily(step, made);
      const state = family.find(({ id }) => id === apiUserId)?.state;
      if (state === undefined) {
        return warn(
          step,
          `Key ${apiUserId}, which this step handed out, is gone: somebody else deleted it. Run the job again for a new one.`,
        );
      }
      // The time of a pending one may be over, and another run may have made the key meanwhile.
      const isLate = state === 'pending' && membersIn(family, 'current').length > 0;
      if (isLate || state === 'retired') return withdrawal(made).settle(step);
      if (state === 'current') await demoteOlder(step, made);
      if (state === 'pending' || state === 'undecided') {
        await becomeCurrent(step, made);
        step.log.info(`The step had ended before key ${apiUserId} got its description; it has it now.`);
      }
      // Otherwise it was current, and a later rotation has superseded it.
      return {};
    },
  };
}

/** The key was handed out, or may have been, and the job did not succeed. */
function undecided(made: MadeIntent, why: string): Task {
  const { groupIds, apiUserId, purpose } = made;
  const told =
    `Key ${apiUserId} of project ${groupIds[0]} stays alive, undecided, because ${why}, and somebody may have stored it. ` +
    (purpose.mode === 'ensure'
      ? 'The next run makes another one. Delete this one when nobody holds it.'
      : `Later rotations remove it. ${tellFormer(made)}`);
  return {
    task: 'leaveUndecided',
    told,
    settle: async (step) => {
      const family = await readFamily(step, made);
      const mine = family.find(({ id }) => id === apiUserId);
      if (mine === undefined || mine.state === 'retired') {
        return warn(
          step,
          `Key ${apiUserId}, which this step made, is no longer in use: somebody revoked it. ${tellFormer(made)}`,
        );
      }
      if (mine.mark?.until !== undefined) await markUndecided(step, made);
      return warn(step, told);
    },
  };
}

function commit(made: MadeIntent, keepPrevious: number): Task {
  const { groupIds, apiUserId } = made;
  return {
    task: 'commit',
    told:
      `The rotation to key ${apiUserId} of project ${groupIds[0]} is not final. ${tellFormer(made)} The next rotation makes ` +
      'another key.',
    mayWarn: (error) => isAtlasError(error, 'gone'),
    settle: async (step) => ({ commit: await commitRotation(step, made, keepPrevious) }),
  };
}

/** Which key others find meanwhile. */
function tellFormer({ purpose }: MadeIntent): string {
  return purpose.mode === 'rotate' && purpose.former !== undefined
    ? `The former key ${purpose.former} stays current.`
    : 'There was no current key before it.';
}
