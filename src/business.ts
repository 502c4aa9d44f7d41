/** What main left for post to do. */
import type { LeaseEntry } from './accounts/journal.ts';
import {
  mayWarnOfLease,
  settleLease,
  tellUnfinishedLease,
  type UnfinishedLease,
  unfinishedLease,
} from './accounts/settle.ts';
import type { JournalEntry } from './keys/journal.ts';
import {
  mayWarn,
  type Settlement,
  settle,
  tellUnfinished,
  type Unfinished,
  unfinishedBusiness,
} from './keys/settle.ts';
import type { Step } from './keys/step.ts';
import type { JobStatus } from './request.ts';

/** What is left to do, for a key or for a secret of a service account. */
export interface Business {
  readonly task: Unfinished['task'] | UnfinishedLease['task'];
  /** As a sentence, for the person who has to do it by hand. */
  readonly told: string;
  readonly asksAtlas: boolean;
  mayWarn(error: unknown): boolean;
  settle(step: Step): Promise<Settlement>;
}

/** Decides from the journal and the job's status; `undefined` when nothing is left. */
export function businessOf(
  entry: JournalEntry | LeaseEntry,
  jobStatus: JobStatus | undefined,
): Business | undefined {
  if ('credential' in entry) {
    const unfinished = unfinishedLease(entry, jobStatus);
    return {
      task: unfinished.task,
      told: tellUnfinishedLease(unfinished),
      asksAtlas: true,
      mayWarn: (error) => mayWarnOfLease(unfinished, error),
      settle: (step) => settleLease(step, unfinished),
    };
  }
  const unfinished = unfinishedBusiness(entry, jobStatus);
  if (unfinished === undefined) return undefined;
  return {
    task: unfinished.task,
    told: tellUnfinished(unfinished),
    asksAtlas: unfinished.task !== 'leaveUndecided' || unfinished.made.answerLost,
    mayWarn: (error) => mayWarn(unfinished, error),
    settle: (step) => settle(step, unfinished),
  };
}
