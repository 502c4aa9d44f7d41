import { describe, expect, it } from 'vitest';
import { AtlasError } from '../../src/atlas/errors.ts';
import { type JournalEntry, nothingLeft, type Purpose, type RotatePurpose } from '../../src/keys/journal.ts';
import { type Unfinished, unfinishedBusiness } from '../../src/keys/settle.ts';
import { KeyError } from '../../src/keys/step.ts';
import type { JobStatus } from '../../src/request.ts';
import { DESC, GROUP_ID, idAt, MADE, NONCE, ORG_ID } from './described-keys.ts';

const ENSURE: Purpose = { mode: 'ensure' };
const EPHEMERAL: Purpose = { mode: 'ephemeral', onRevokeFailure: 'warn' };
const STRICT: Purpose = { mode: 'ephemeral', onRevokeFailure: 'fail' };
const FORMER = idAt(-60);
const ROTATE: RotatePurpose = { mode: 'rotate', commit: 'job', keepPrevious: 1, former: FORMER };
const AT_ONCE: RotatePurpose = { mode: 'rotate', commit: 'step', keepPrevious: 1 };

const made = (purpose: Purpose, answerLost = false) => ({ ...MADE, purpose, answerLost });

type Phase = Exclude<JournalEntry['phase'], 'idle' | 'making'>;
const entry = (phase: Phase, purpose: Purpose): JournalEntry => ({ phase, ...made(purpose) });
const making = { phase: 'making', ...made(ENSURE) } as const;

describe('what main left undone', () => {
  const key = `Key ${idAt(0)} of project ${GROUP_ID}`;
  const alive = `Key ${idAt(0)} of organisation ${ORG_ID} is still alive: delete it.`;
  const mayBeThere = `A key with the mark ${NONCE} may have been made in project ${GROUP_ID} and is held by nobody: delete it if it is there.`;
  const unnamed = `Key ${idAt(0)} of project ${GROUP_ID} was handed out and still carries a mark: give it the description "${DESC}".`;
  const undecided = (why: string) =>
    `${key} stays alive, undecided, because ${why}, and somebody may have stored it. Later rotations remove it. The former key ${FORMER} stays current.`;
  const rotationStored = undecided('the step ended while it stored the key');
  const ensureStored = `${rotationStored.split(' Later ')[0]} The next run makes another one. Delete this one when nobody holds it.`;
  const failed = undecided('the job did not succeed');
  const untold = undecided(
    'the runner did not tell the post step how the job went (inside composite actions inputs get lost; commit: step does not wait for the job)',
  );
  const notFinal = (former: string) =>
    `The rotation to key ${idAt(0)} of project ${GROUP_ID} is not final. ${former} The next rotation makes another key.`;
  const formerStays = notFinal(`The former key ${FORMER} stays current.`);
  const noFormer = notFinal('There was no current key before it.');

  type Row = [string, JournalEntry, JobStatus | undefined, Unfinished['task']?, string?];
  it.each<Row>([
    ['nothing was begun', { phase: 'idle' }, 'failure'],
    ['the create was not answered', making, 'success', 'findUnanswered', mayBeThere],
    ['nobody had the key yet', entry('made', ENSURE), 'success', 'withdraw', alive],
    ['nobody had the ephemeral key yet', entry('made', EPHEMERAL), 'success', 'revoke', alive],
    ['an ensure was storing', entry('delivering', ENSURE), 'success', 'leaveUndecided', ensureStored],
    ['a rotation was storing', entry('delivering', ROTATE), 'success', 'leaveUndecided', rotationStored],
    ['a rotation is open, the job went well', entry('open', ROTATE), 'success', 'commit', formerStays],
    ['a rotation is open, the job failed', entry('open', ROTATE), 'failure', 'leaveUndecided', failed],
    [
      'a rotation is open, the job was cancelled',
      entry('open', ROTATE),
      'cancelled',
      'leaveUndecided',
      failed,
    ],
    [
      'a rotation is open, nobody knows of the job',
      entry('open', ROTATE),
      undefined,
      'leaveUndecided',
      untold,
    ],
    ['a rotation to be final at once is open', entry('open', AT_ONCE), 'failure', 'commit', noFormer],
    ['all is settled', nothingLeft(made(ENSURE)), 'failure'],
    ['a lost create may be', nothingLeft(made(ENSURE, true)), 'success', 'findUnanswered', mayBeThere],
    ['an ephemeral key is out', entry('handedOut', EPHEMERAL), 'success', 'revoke', alive],
    ['the rename of ensure is missing', entry('handedOut', ENSURE), 'failure', 'finishEnsure', unnamed],
    ['a rotation is out, the job went well', entry('handedOut', ROTATE), 'success', 'commit', formerStays],
    ['a rotation is out, the job failed', entry('handedOut', ROTATE), 'failure', 'leaveUndecided', failed],
    ['a rotation is out, nobody knows', entry('handedOut', ROTATE), undefined, 'leaveUndecided', untold],
    ['a rotation to be final at once is out', entry('handedOut', AT_ONCE), 'failure', 'commit', noFormer],
  ])('%s', (_, journal, status, task, told) => {
    const unfinished = unfinishedBusiness(journal, status);
    expect(unfinished?.task).toBe(task);
    expect(unfinished?.told).toBe(told);
  });

  it.each<[string, boolean, JournalEntry]>([
    ['is only told, of a key that is marked already', false, entry('open', ROTATE)],
    ['is done, of another', true, entry('handedOut', ROTATE)],
    ['is looked for, where a lost create may turn up', true, { phase: 'open', ...made(ROTATE, true) }],
  ])('%s', (_, asksAtlas, journal) => {
    expect(unfinishedBusiness(journal, 'failure')?.asksAtlas).toBe(asksAtlas);
  });
});

describe('a failure of post', () => {
  const gone = new AtlasError('gone', { kind: 'gone' });
  const refused = new AtlasError('refused', { kind: 'notAllowed' });
  const limited = new AtlasError('limited', { kind: 'rateLimited' });
  const outOfTime = new AtlasError('out of time', { kind: 'timeout', cause: limited });
  const [withdrawal, revocation, commit] = [
    entry('made', ENSURE),
    entry('made', EPHEMERAL),
    entry('open', ROTATE),
  ];

  it.each<[string, JournalEntry, unknown, boolean]>([
    ['revoke, and the user said warn', revocation, refused, true],
    ['revoke, and the user said fail', entry('handedOut', STRICT), refused, false],
    ['revoke for a limit alone, and the user said warn', revocation, limited, false],
    ['revoke for want of time after a limit', revocation, outOfTime, false],
    ['a commit', commit, refused, false],
    ['a commit, for want of the key', commit, gone, true],
    ['a commit, told by itself', commit, new KeyError('gone'), false],
    ['anything else', withdrawal, refused, true],
    ['anything else for a limit alone', withdrawal, limited, false],
  ])('is only a warning: %s', (_, journal, error, expected) => {
    expect(unfinishedBusiness(journal, 'success')?.mayWarn(error)).toBe(expected);
  });
});
