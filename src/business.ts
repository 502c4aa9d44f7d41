/** What main left for post to do, for a key or for a secret of a service account. */
import type { LeaseEntry } from './accounts/journal.ts';
import { type UnfinishedLease, unfinishedLease } from './accounts/settle.ts';
import type { JournalEntry } from './keys/journal.ts';
import * as keys from './keys/settle.ts';
import type { JobStatus } from './request.ts';

/** As `UnfinishedLease`, for either. */
export interface Business extends Omit<UnfinishedLease, 'task'> {
  readonly task: keys.Unfinished['task'] | UnfinishedLease['task'];
}

/** Decides from the journal and the job's status; `undefined` when nothing is left. */
export function businessOf(
  entry: JournalEntry | LeaseEntry,
  jobStatus: JobStatus | undefined,
): Business | undefined {
  if ('credential' in entry) return unfinishedLease(entry, jobStatus);
  const unfinished = keys.unfinishedBusiness(entry, jobStatus);
  return (
    unfinished && {
      task: unfinished.task,
      told: keys.tellUnfinished(unfinished),
      asksAtlas: unfinished.task !== 'leaveUndecided' || unfinished.made.answerLost,
      mayWarn: (error) => keys.mayWarn(unfinished, error),
      settle: (step) => keys.settle(step, unfinished),
    }
  );
}
