/** What the description of a service account says, and what its secrets are then. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { describe as descriptionOf, type Note, readNote, standingOf } from '../../src/accounts/account.ts';
import type { AccountSecret } from '../../src/atlas/types.ts';

const NOW = Date.parse('2026-11-24T12:00:00Z');
const DAY = 24 * 3_600_000;
const hex = (length: number) =>
  fc
    .array(fc.constantFrom(...'0123456789abcdef'), { minLength: length, maxLength: length })
    .map((digits) => digits.join(''));
const note: fc.Arbitrary<Note> = fc.record(
  {
    isLeased: fc.constant(true),
    pending: fc.record({ nonce: hex(16), until: fc.nat(4_000_000_000).map((seconds) => seconds * 1000) }),
    current: hex(24),
    previous: hex(24),
    next: fc.record({ id: hex(24), state: fc.constantFrom('open', 'stored', 'failed', 'kept') }),
  },
  { requiredKeys: [] },
);

describe('a note', () => {
  it('is read as it was written, and is a description that Atlas takes', () => {
    fc.assert(
      fc.property(note, (written) => {
        const description = descriptionOf(written);
        expect(description).toMatch(/^[\p{L}\p{N}\-_.,' ]{1,250}$/u);
        expect(readNote(description)).toEqual(written);
      }),
    );
  });

  it.each([
    'atlas-account-1 current 6a79f1d3b2c4e5f60123456',
    'atlas-account-1 next 6a79f1d3b2c4e5f601234567 done',
    'atlas-account-1 leased ',
    ' atlas-account-1',
    'atlas-account-2',
    'atlas-account-1 current 6a79f1d3b2c4e5f601234567 leased',
    'by hand',
    '',
  ])('is nothing else: "%s"', (description) => {
    expect(readNote(description)).toBeUndefined();
  });
});

describe('the secrets of an account', () => {
  const [A, B, C] = ['a', 'b', 'c'].map((digit) => digit.repeat(24)) as [string, string, string];
  const secret = (id: string, days: number, life = 90): AccountSecret => ({
    id,
    createdAt: NOW - days * DAY,
    expiresAt: NOW + (life - days) * DAY,
  });
  const idsOf = (secrets: readonly AccountSecret[]) => secrets.map(({ id }) => id);

  it('that a known secret ends like is current, whatever the note says', () => {
    const secrets = [{ ...secret(A, 40), tail: 'wxyz' }, secret(B, 1)];
    const description = descriptionOf({ current: B, previous: A });
    const { current, spare } = standingOf({ description, secrets }, NOW, 'mdb_sa_sk_0123456789wxyz');
    expect([current?.id, spare.map(({ id }) => id)]).toEqual([A, [B]]);
    expect(standingOf({ description, secrets }, NOW, 'mdb_sa_sk_0123456789abcd').current?.id).toBe(B);
  });

  it('that a known secret ends like is not current where its job has not decided yet', () => {
    const secrets = [secret(A, 40), { ...secret(B, 1), tail: 'wxyz' }];
    const description = descriptionOf({ current: A, next: { id: B, state: 'stored' } });
    expect(standingOf({ description, secrets }, NOW, 'mdb_sa_sk_0123456789wxyz').current?.id).toBe(A);
  });

  /** The days since the first and the second secret were made; the current ones, the spare ones, the taken ones. */
  it.each<[string, Note | undefined, [string, number], [string, number], string[], string[], string[]]>(
    // biome-ignore format: a table, one row a line
    [
      ['without a note the oldest is current: the newer one may be what a lost run made', undefined, [A, 2], [B, 1], [A], [], [B]],
      ['the one named is current, the one before may go', { current: B, previous: A }, [A, 40], [B, 1], [B], [A], []],
      ['what no note names is somebody else’s', { current: A }, [A, 40], [C, 1], [A], [], [C]],
      ['one whose job has not decided may not go', { current: A, next: { id: B, state: 'open' } }, [A, 40], [B, 1], [A], [], [B]],
      ['one that was stored may not, either', { current: A, next: { id: B, state: 'stored' } }, [A, 40], [B, 1], [A], [], [B]],
      ['after the longest job one that was not stored may go', { current: A, next: { id: B, state: 'open' } }, [A, 40], [B, 6], [A], [B], []],
      ['and one that was stored is current', { current: A, next: { id: B, state: 'stored' } }, [A, 40], [B, 6], [B], [A], []],
      ['one of a job that failed may go', { current: A, next: { id: B, state: 'failed' } }, [A, 40], [B, 1], [A], [B], []],
      ['unless it was stored', { current: A, next: { id: B, state: 'kept' } }, [A, 40], [B, 1], [B], [A], []],
      ['which counts for longer than any job', { current: A, next: { id: B, state: 'kept' } }, [A, 40], [B, 6], [B], [A], []],
      ['one that has ended is none', { current: A, previous: B }, [A, 90], [B, 1], [], [B], []],
    ],
  )('%s', (_what, written, first, second, ...expected) => {
    const description = written === undefined ? 'by hand' : descriptionOf(written);
    const secrets = [secret(...first), secret(...second)];
    const { current, spare, taken } = standingOf({ description, secrets }, NOW);
    expect([idsOf(current === undefined ? [] : [current]), idsOf(spare), idsOf(taken)]).toEqual(expected);
  });
});
