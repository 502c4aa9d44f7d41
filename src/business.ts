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
import { type Unfinished, unfinishedBusiness } from './keys/settle.ts';
import type { JobStatus } from './request.ts';

/** What is left to do, for a key or for a secret of a service account. */
export interface Business extends Omit<Unfinished, 'task'> {
  readonly task: Unfinished['task'] | UnfinishedLease['task'];
}

/** Decides from the journal and the job's status; `undefined` when nothing is left. */
export function businessOf(
  entry: JournalEntry | LeaseEntry,
  jobStatus: JobStatus | undefined,
): Business | undefined {
  if (!('credential' in entry)) return unfinishedBusiness(entry, jobStatus);
  const unfinished = unfinishedLease(entry, jobStatus);
  return {
    task: unfinished.task,
    told: tellUnfinishedLease(unfinished),
    asksAtlas: true,
    mayWarn: (error) => mayWarnOfLease(unfinished, error),
    settle: (step) => settleLease(step, unfinished),
  };
}
