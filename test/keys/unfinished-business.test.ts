import { describe, expect, it } from 'vitest';
import { AtlasError } from '../../src/atlas/errors.ts';
import {
  type JournalEntry,
  type MadeIntent,
  nothingLeft,
  type Purpose,
  type RotatePurpose,
} from '../../src/keys/journal.ts';
import { mayWarn, tellUnfinished, type Unfinished, unfinishedBusiness } from '../../src/keys/settle.ts';
import { KeyError } from '../../src/keys/step.ts';
import type { JobStatus } from '../../src/request.ts';
import { DESC, GROUP_ID, idAt, NONCE, NOW, ORG_ID } from './described-keys.ts';

const ENSURE: Purpose = { mode: 'ensure' };
const EPHEMERAL: Purpose = { mode: 'ephemeral', onRevokeFailure: 'warn' };
const STRICT: Purpose = { mode: 'ephemeral', onRevokeFailure: 'fail' };
const FORMER = idAt(-60);
const ROTATE: RotatePurpose = { mode: 'rotate', commit: 'job', keepPrevious: 1, former: FORMER };
const AT_ONCE: RotatePurpose = { mode: 'rotate', commit: 'step', keepPrevious: 1 };

function made<Of extends Purpose>(purpose: Of): MadeIntent<Of> {
  const intent = { desc: DESC, groupIds: [GROUP_ID], nonce: NONCE, until: NOW, answerLost: false } as const;
  return { ...intent, purpose, apiUserId: idAt(0), orgId: ORG_ID };
}

type Phase = Exclude<JournalEntry['phase'], 'idle' | 'making' | 'open'>;
const entry = (phase: Phase, purpose: Purpose): JournalEntry => ({ phase, ...made(purpose) });
const open = (purpose: RotatePurpose): JournalEntry => ({ phase: 'open', ...made(purpose) });
const making = { phase: 'making', ...made(ENSURE) } as const;

describe('what main left undone', () => {
  it.each<[string, JournalEntry, JobStatus | undefined, Unfinished['task'] | undefined]>([
    ['nothing was begun', { phase: 'idle' }, 'failure', undefined],
    ['the create was not answered', making, 'success', 'findUnanswered'],
    ['nobody had the key yet', entry('made', ENSURE), 'success', 'withdraw'],
    ['nobody had the ephemeral key yet', entry('made', EPHEMERAL), 'success', 'revoke'],
    ['a rotation was storing', entry('delivering', ROTATE), 'success', 'markUndecided'],
    ['a rotation is open, the job went well', open(ROTATE), 'success', 'commit'],
    ['a rotation is open, the job failed', open(ROTATE), 'failure', 'leaveUndecided'],
    ['a rotation is open, the job was cancelled', open(ROTATE), 'cancelled', 'leaveUndecided'],
    ['a rotation is open, nobody knows of the job', open(ROTATE), undefined, 'leaveUndecided'],
    ['a rotation to be final at once is open', open(AT_ONCE), 'failure', 'commit'],
    ['all is settled', nothingLeft(made(ENSURE)), 'failure', undefined],
    [
      'all is settled but a lost create',
      nothingLeft({ ...made(ENSURE), answerLost: true }),
      'success',
      'findUnanswered',
    ],
    ['an ensure was storing', entry('delivering', ENSURE), 'success', 'markUndecided'],
    ['an ephemeral key is out', entry('handedOut', EPHEMERAL), 'success', 'revoke'],
    ['the rename of ensure is missing', entry('handedOut', ENSURE), 'failure', 'finishEnsure'],
    ['a rotation is out, the job went well', entry('handedOut', ROTATE), 'success', 'commit'],
    ['a rotation is out, the job failed', entry('handedOut', ROTATE), 'failure', 'markUndecided'],
    ['a rotation to be final at once is out', entry('handedOut', AT_ONCE), 'failure', 'commit'],
  ])('%s', (_, journal, status, task) => {
    expect(unfinishedBusiness(journal, status)?.task).toBe(task);
  });

  const key = idAt(0);
  const undecided = (why: string) =>
    `Key ${key} of project ${GROUP_ID} stays alive, undecided, because ${why}, and somebody may have stored it. Later rotations remove it. The former key ${FORMER} stays current.`;
  const alive = `Key ${key} of organisation ${ORG_ID} is still alive: delete it.`;
  it.each<[JournalEntry, JobStatus | undefined, string]>([
    [
      making,
      'success',
      `A key with the mark ${NONCE} may have been made in project ${GROUP_ID} and is held by nobody: delete it if it is there.`,
    ],
    [entry('made', ENSURE), 'success', alive],
    [entry('handedOut', EPHEMERAL), 'success', alive],
    [
      entry('handedOut', ENSURE),
      'success',
      `Key ${key} of project ${GROUP_ID} was handed out and still carries a mark: give it the description "${DESC}".`,
    ],
    [
      open(ROTATE),
      'success',
      `The rotation to key ${key} of project ${GROUP_ID} is not final. The former key ${FORMER} stays current. The next rotation makes another key.`,
    ],
    [entry('delivering', ROTATE), 'success', undecided('the step ended while it stored the key')],
    [open(ROTATE), 'failure', undecided('the job did not succeed')],
    [
      open(AT_ONCE),
      'success',
      `The rotation to key ${key} of project ${GROUP_ID} is not final. There was no current key before it. The next rotation makes another key.`,
    ],
    [
      entry('delivering', ENSURE),
      'failure',
      `Key ${key} of project ${GROUP_ID} stays alive, undecided, because the step ended while it stored the key, and somebody may have stored it. The next run makes another one. Delete this one when nobody holds it.`,
    ],
    [
      entry('handedOut', ROTATE),
      undefined,
      undecided(
        'the runner did not tell the post step how the job went (inside composite actions inputs get lost; commit: step does not wait for the job)',
      ),
    ],
  ])(
    'is told with all that a person needs to do it by hand: $phase, $purpose, job: %s',
    (left, job, sentence) => {
      const unfinished = unfinishedBusiness(left, job);
      expect(unfinished && tellUnfinished(unfinished)).toBe(sentence);
    },
  );
});

describe('a failure of post', () => {
  const gone = new AtlasError('gone', { kind: 'gone' });
  const refused = new AtlasError('refused', { kind: 'notAllowed' });
  const limited = new AtlasError('limited', { kind: 'rateLimited' });
  const outOfTime = new AtlasError('out of time', { kind: 'timeout', cause: limited });
  const withdrawal = { task: 'withdraw', made: made(ENSURE) } as const;
  const revocation = { task: 'revoke', made: made(EPHEMERAL) } as const;

  it.each<[string, Unfinished, unknown, boolean]>([
    ['revoke, and the user said warn', revocation, refused, true],
    ['revoke, and the user said fail', { task: 'revoke', made: made(STRICT) }, refused, false],
    ['revoke for a limit alone, and the user said warn', revocation, limited, false],
    ['revoke for want of time after a limit', revocation, outOfTime, false],
    ['a commit', { task: 'commit', made: made(ROTATE) }, refused, false],
    ['a commit, for want of the key', { task: 'commit', made: made(ROTATE) }, gone, true],
    ['a commit, told by itself', { task: 'commit', made: made(ROTATE) }, new KeyError('gone'), false],
    ['anything else', withdrawal, refused, true],
    ['anything else for a limit alone', withdrawal, limited, false],
  ])('is only a warning: %s', (_, unfinished, error, expected) => {
    expect(mayWarn(unfinished, error)).toBe(expected);
  });
});
