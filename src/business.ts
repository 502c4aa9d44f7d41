/** What main left for post to do, for a key or for a secret of a service account. */

import { type UnfinishedLease, unfinishedLease } from './accounts/settle.ts';
import type { JournalEntry, LeaseEntry } from './keys/journal.ts';
import { type Unfinished, unfinishedBusiness } from './keys/settle.ts';
import type { JobStatus } from './request.ts';

export type Business = Unfinished | UnfinishedLease;

/** Decides from the journal and the job's status; `undefined` when nothing is left. */
export function businessOf(
  entry: JournalEntry | LeaseEntry,
  jobStatus: JobStatus | undefined,
): Business | undefined {
  return 'credential' in entry ? unfinishedLease(entry, jobStatus) : unfinishedBusiness(entry, jobStatus);
}
