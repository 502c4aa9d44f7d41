import { describe, expect, it } from 'vitest';
import { AtlasError } from '../../src/atlas/errors.ts';
import type { MadeIntent, Purpose } from '../../src/keys/journal.ts';
import { mayWarn, type Unfinished } from '../../src/keys/settle.ts';
import { DESC, GROUP_ID, idAt, NONCE, NOW, ORG_ID } from './described-keys.ts';

function made<Of extends Purpose>(purpose: Of): MadeIntent<Of> {
  const intent = {
    desc: DESC,
    groupIds: [GROUP_ID],
    nonce: NONCE,
    until: NOW,
    answerLost: false,
  } as const;
  return { ...intent, purpose, apiUserId: idAt(1), orgId: ORG_ID };
}

const rotation = made({ mode: 'rotate', commit: 'job', keepPrevious: 1 });
const gone = new AtlasError('gone', { kind: 'gone' });
const limited = new AtlasError('limited', { kind: 'rateLimited' });
const outOfTime = new AtlasError('out of time', { kind: 'timeout', cause: limited });
const refused = new AtlasError('refused', { kind: 'notAllowed' });

describe('a failure of post', () => {
  it.each<[string, Unfinished, unknown, boolean]>([
    [
      'to revoke, and the user said warn',
      { task: 'revoke', made: made({ mode: 'ephemeral', onRevokeFailure: 'warn' }) },
      refused,
      true,
    ],
    [
      'to revoke, and the user said fail',
      { task: 'revoke', made: made({ mode: 'ephemeral', onRevokeFailure: 'fail' }) },
      refused,
      false,
    ],
    ...[limited, outOfTime].map((error): [string, Unfinished, unknown, boolean] => [
      `to revoke for a limit alone, and the user said warn: ${error.message}`,
      { task: 'revoke', made: made({ mode: 'ephemeral', onRevokeFailure: 'warn' }) },
      error,
      false,
    ]),
    ['to withdraw for a limit alone', { task: 'withdraw', made: made({ mode: 'ensure' }) }, limited, false],
    ['to commit', { task: 'commit', made: rotation }, refused, false],
    ['to commit a key that is gone', { task: 'commit', made: rotation }, gone, true],
    ['to withdraw', { task: 'withdraw', made: made({ mode: 'ensure' }) }, refused, true],
  ])('is only a warning: %s', (_, unfinished, error, expected) => {
    expect(mayWarn(unfinished, error)).toBe(expected);
  });
});
