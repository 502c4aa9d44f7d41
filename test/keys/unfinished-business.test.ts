import { describe, expect, it } from 'vitest';
import type { JournalEntry, MadeIntent, Purpose } from '../../src/keys/journal.ts';
import {
  type JobStatus,
  mayWarn,
  tellUnfinished,
  type Unfinished,
  unfinishedBusiness,
} from '../../src/keys/settle.ts';
import { DESC, GROUP_ID, idAt, NOW, nonce, ORG_ID } from './builders.ts';

const PURPOSES = {
  ensure: { mode: 'ensure' },
  ephemeral: { mode: 'ephemeral', onRevokeFailure: 'warn' },
  'rotate, commit: job': { mode: 'rotate', commit: 'job', keepPrevious: 1 },
  'rotate, commit: step': { mode: 'rotate', commit: 'step', keepPrevious: 1 },
} as const satisfies Record<string, Purpose>;

function made(purpose: Purpose, answerLost = false): MadeIntent {
  const groupIds = [GROUP_ID] as const;
  const apiUserId = idAt(1);
  return { purpose, desc: DESC, groupIds, nonce: nonce(1), until: NOW, answerLost, apiUserId, orgId: ORG_ID };
}

function taskOf(entry: JournalEntry, jobStatus: JobStatus | undefined): Unfinished['task'] | undefined {
  return unfinishedBusiness(entry, jobStatus)?.task;
}

type Phase = Exclude<JournalEntry['phase'], 'idle' | 'making'>;
type Row = [keyof typeof PURPOSES, Phase, Unfinished['task'] | undefined, Unfinished['task'] | undefined];

describe('what post has to do', () => {
  it.each<Row>([
    // purpose, phase, when the job succeeded, when it failed
    ['ensure', 'made', 'withdraw', 'withdraw'],
    ['ensure', 'handedOut', 'finishEnsure', 'finishEnsure'],
    ['ensure', 'settled', undefined, undefined],
    ['ephemeral', 'made', 'revoke', 'revoke'],
    ['ephemeral', 'handedOut', 'revoke', 'revoke'],
    ['rotate, commit: job', 'made', 'withdraw', 'withdraw'],
    ['rotate, commit: job', 'delivering', 'markUndecided', 'markUndecided'],
    ['rotate, commit: job', 'handedOut', 'commit', 'markUndecided'],
    ['rotate, commit: job', 'open', 'commit', 'leaveUndecided'],
    ['rotate, commit: job', 'settled', undefined, undefined],
    ['rotate, commit: step', 'made', 'withdraw', 'withdraw'],
    ['rotate, commit: step', 'delivering', 'markUndecided', 'markUndecided'],
    ['rotate, commit: step', 'handedOut', 'commit', 'commit'],
    ['rotate, commit: step', 'open', 'commit', 'commit'],
    ['rotate, commit: step', 'committing', 'commit', 'commit'],
    ['rotate, commit: step', 'settled', undefined, undefined],
  ])('%s, %s: %s when the job succeeded, otherwise %s', (purpose, phase, succeeded, otherwise) => {
    const entry: JournalEntry = { phase, ...made(PURPOSES[purpose]) };
    expect(taskOf(entry, 'success')).toBe(succeeded);
    for (const status of ['failure', 'cancelled', undefined] as const)
      expect(taskOf(entry, status)).toBe(otherwise);
  });

  it('is nothing when nothing was begun', () => {
    expect(taskOf({ phase: 'idle' }, 'failure')).toBeUndefined();
  });

  it('is to look for the key of a create that was not answered', () => {
    const { apiUserId: _id, orgId: _org, ...intent } = made(PURPOSES.ensure);
    expect(taskOf({ phase: 'making', ...intent }, 'success')).toBe('findUnanswered');
  });

  it('is to look for strays when a create of a settled step got lost', () => {
    expect(taskOf({ phase: 'settled', ...made(PURPOSES.ensure, true) }, 'success')).toBe('lookForStrays');
  });

  it('is told with the id and what to do by hand', () => {
    for (const purpose of Object.values(PURPOSES)) {
      for (const phase of ['made', 'handedOut'] as const) {
        const unfinished = unfinishedBusiness({ phase, ...made(purpose) }, 'failure');
        expect(unfinished && tellUnfinished(unfinished)).toContain(idAt(1));
      }
    }
  });

  it('says so when the runner did not tell how the job went', () => {
    const entry: JournalEntry = { phase: 'open', ...made(PURPOSES['rotate, commit: job']) };
    const untold = unfinishedBusiness(entry, undefined);
    const failed = unfinishedBusiness(entry, 'failure');
    expect(untold && tellUnfinished(untold)).toContain('did not tell the post step how the job went');
    expect(failed && tellUnfinished(failed)).toContain('the job did not succeed');
  });

  it('fails the job when a rotation cannot become final, and only warns about what a sweep finds', () => {
    const entry: JournalEntry = { phase: 'open', ...made(PURPOSES['rotate, commit: job']) };
    const commit = unfinishedBusiness(entry, 'success');
    const withdraw = unfinishedBusiness({ phase: 'made', ...made(PURPOSES.ensure) }, 'success');
    expect(commit && mayWarn(commit, new Error('no'))).toBe(false);
    expect(withdraw && mayWarn(withdraw, new Error('no'))).toBe(true);
  });
});
