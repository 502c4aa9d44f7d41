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
  const standing = (written: Note | undefined, ...secrets: AccountSecret[]) => {
    const description = written === undefined ? 'by hand' : descriptionOf(written);
    const { current, spare, taken } = standingOf({ description, secrets }, NOW);
    return { current: current?.id, spare: spare.map(({ id }) => id), taken: taken.map(({ id }) => id) };
  };

  it('that a known secret ends like is current, whatever the note says', () => {
    const secrets = [{ ...secret(A, 40), tail: 'wxyz' }, secret(B, 1)];
    const description = descriptionOf({ current: B, previous: A });
    const { current, spare } = standingOf({ description, secrets }, NOW, 'mdb_sa_sk_0123456789wxyz');
    expect([current?.id, spare.map(({ id }) => id)]).toEqual([A, [B]]);
    expect(standingOf({ description, secrets }, NOW, 'mdb_sa_sk_0123456789abcd').current?.id).toBe(B);
  });

  it.each<[string, ReturnType<typeof standing>, ReturnType<typeof standing>]>(
    // biome-ignore format: a table, one row a line
    [
      ['without a note the oldest is current: the newer one may be what a lost run made', standing(undefined, secret(A, 2), secret(B, 1)), { current: A, spare: [], taken: [B] }],
      ['the one named is current, the one before may go', standing({ current: B, previous: A }, secret(A, 40), secret(B, 1)), { current: B, spare: [A], taken: [] }],
      ['what no note names is somebody else’s', standing({ current: A }, secret(A, 40), secret(C, 1)), { current: A, spare: [], taken: [C] }],
      ['one whose job has not decided may not go', standing({ current: A, next: { id: B, state: 'open' } }, secret(A, 40), secret(B, 1)), { current: A, spare: [], taken: [B] }],
      ['one that was stored may not, either', standing({ current: A, next: { id: B, state: 'stored' } }, secret(A, 40), secret(B, 1)), { current: A, spare: [], taken: [B] }],
      ['after the longest job one that was not stored may go', standing({ current: A, next: { id: B, state: 'open' } }, secret(A, 40), secret(B, 6)), { current: A, spare: [B], taken: [] }],
      ['and one that was stored is current', standing({ current: A, next: { id: B, state: 'stored' } }, secret(A, 40), secret(B, 6)), { current: B, spare: [A], taken: [] }],
      ['one of a job that failed may go', standing({ current: A, next: { id: B, state: 'failed' } }, secret(A, 40), secret(B, 1)), { current: A, spare: [B], taken: [] }],
      ['unless it was stored', standing({ current: A, next: { id: B, state: 'kept' } }, secret(A, 40), secret(B, 1)), { current: B, spare: [A], taken: [] }],
      ['one that has ended is none', standing({ current: A, previous: B }, secret(A, 90), secret(B, 1)), { current: undefined, spare: [B], taken: [] }],
    ],
  )('%s', (_what, found, expected) => {
    expect(found).toEqual(expected);
  });
});
