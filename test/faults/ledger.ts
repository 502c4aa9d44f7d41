/** What is known of the runs of a test from outside Atlas: what each was asked for, and who got which key. */
import type { JobStatus, Request } from '../../src/request.ts';

/** A key whose private half reached the outputs, with what the history had recorded by then. */
export interface Delivery {
  /** Of the key, or of the account's secret. */
  readonly apiUserId: string;
  readonly privateKey: string;
  /** How many changes stood in the history: the delivery lies before the change of this index. */
  readonly at: number;
}

export interface RunRecord {
  /** For the reader of a failed test. */
  readonly name: string;
  readonly request: Request;
  readonly repository: string;
  /** The key that this run alone signs in with: whatever it causes in the history is the run's. */
  readonly callerId: string;
  main: 'success' | 'failure' | 'killed' | undefined;
  /** What the job told post. */
  job: JobStatus;
  /** `lost`: the machine went, and nothing follows. */
  post: 'done' | 'failed' | 'killed' | 'lost' | undefined;
  /** The keys that main gave to those who asked for them, and did not take back. */
  readonly delivered: Delivery[];
  /** What was delivered and taken back, after a last rename that was refused, or that found the key gone. */
  readonly recalled: Delivery[];
}

/** All runs of one test. */
export class Ledger {
  readonly runs: RunRecord[];

  constructor(runs: readonly RunRecord[] = []) {
    this.runs = [...runs];
  }

  open(
    facts: Pick<RunRecord, 'name' | 'request' | 'repository' | 'callerId'> & { job?: JobStatus },
  ): RunRecord {
    const run: RunRecord = {
      job: 'success',
      ...facts,
      main: undefined,
      post: undefined,
      delivered: [],
      recalled: [],
    };
    this.runs.push(run);
    return run;
  }

  byCaller(callerId: string | undefined): RunRecord | undefined {
    return this.runs.find((run) => run.callerId === callerId);
  }

  /** Whether somebody has had this key's secret when the history was this long, and did not have to give it back. */
  wasDelivered(apiUserId: string, at: number = Number.POSITIVE_INFINITY): boolean {
    return this.runs.some(({ delivered }) => isAmong(delivered, apiUserId, at));
  }

  /** The same, or had to give it back later. */
  wasEverDelivered(apiUserId: string, at: number): boolean {
    return this.runs.some(({ delivered, recalled }) => isAmong([...delivered, ...recalled], apiUserId, at));
  }
}

function isAmong(deliveries: readonly Delivery[], apiUserId: string, at: number): boolean {
  return deliveries.some((delivery) => delivery.apiUserId === apiUserId && delivery.at <= at);
}
