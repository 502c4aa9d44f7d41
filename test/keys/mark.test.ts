import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  DESC_LIMIT,
  describeMarked,
  isMarkedAs,
  looksLikeMark,
  type Mark,
  readMark,
} from '../../src/keys/mark.ts';

const name = (maxLength: number) => fc.stringMatching(new RegExp(`^[A-Za-z0-9._-]{1,${maxLength}}$`));
const origin = fc.record({
  repository: fc.tuple(name(39), name(100)).map((parts) => parts.join('/')),
  runId: fc.stringMatching(/^\d{1,20}$/),
  attempt: fc.stringMatching(/^\d{1,4}$/),
  nonce: fc.stringMatching(/^[0-9a-f]{16}$/),
});
const mark: fc.Arbitrary<Mark> = fc.oneof(
  fc
    .tuple(origin, fc.constantFrom('undecided' as const, 'previous' as const, 'retired' as const))
    .map(([of, state]): Mark => ({ ...of, state })),
  fc
    .tuple(
      origin,
      fc.constantFrom('pending' as const, 'ephemeral' as const),
      fc.integer({ min: 0, max: 4_000_000_000 }),
    )
    .map(([of, state, seconds]): Mark => ({ ...of, state, until: seconds * 1000 })),
);
const desc = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: DESC_LIMIT })
  .filter((text) => text.length <= DESC_LIMIT && !looksLikeMark(text));

const EXAMPLE: Mark = {
  state: 'pending',
  repository: 'acme/shop',
  runId: '17482910',
  attempt: '1',
  nonce: '5f3a9c0e1b2d4f67',
  until: Date.UTC(2026, 10, 23, 12),
};

describe('a mark', () => {
  it('is read as it was written, for every text and every origin', () => {
    fc.assert(
      fc.property(desc, mark, (text, written) => {
        const read = readMark(describeMarked(text, written));
        expect(read?.mark).toEqual(written);
        expect(read !== undefined && isMarkedAs(read, text)).toBe(true);
      }),
    );
  });

  it('leaves a description of at most 250 characters, whole ones', () => {
    fc.assert(
      fc.property(desc, mark, (text, written) => {
        const description = describeMarked(text, written);
        expect(description.length).toBeLessThanOrEqual(DESC_LIMIT);
        expect(description.isWellFormed()).toBe(text.isWellFormed());
      }),
    );
  });

  it('keeps families apart, also those whose texts were cut alike', () => {
    fc.assert(
      fc.property(desc, desc, mark, (one, other, written) => {
        fc.pre(one !== other);
        const read = readMark(describeMarked(one, written));
        expect(read !== undefined && isMarkedAs(read, other)).toBe(false);
      }),
    );
    const long = 'x'.repeat(240);
    const read = readMark(describeMarked(`${long}1`, EXAMPLE));
    expect(read && isMarkedAs(read, `${long}2`)).toBe(false);
  });

  it('has the documented form', () => {
    expect(describeMarked('deploy', EXAMPLE)).toBe(
      'deploy [atlas-key/1 pending acme/shop 17482910.1 5f3a9c0e1b2d4f67 b7bd55c1 2026-11-23T12:00:00Z]',
    );
  });

  it('cuts the text and never itself', () => {
    const widest: Mark = {
      state: 'ephemeral',
      repository: `${'o'.repeat(39)}/${'r'.repeat(100)}`,
      runId: '9'.repeat(20),
      attempt: '9999',
      nonce: 'f'.repeat(16),
      until: Date.UTC(9999, 11, 31, 23, 59, 59),
    };
    const description = describeMarked('a text that is too long for what is left', widest);
    expect(description.length).toBeLessThanOrEqual(DESC_LIMIT);
    expect(readMark(description)?.mark).toEqual(widest);
    expect(readMark(description)?.text).toBe('a text that');
  });

  it('does not cut a character in half', () => {
    for (let length = 150; length <= 180; length += 1) {
      expect(describeMarked('x'.repeat(length) + '😀'.repeat(30), EXAMPLE).isWellFormed()).toBe(true);
    }
  });

  const written = describeMarked('deploy', EXAMPLE);
  it.each([
    ['another version', written.replace('/1 ', '/2 ')],
    ['an unknown state', written.replace('pending', 'current')],
    ['a state that has no time', written.replace('pending', 'previous')],
    ['no time where one belongs', written.replace(' 2026-11-23T12:00:00Z', '')],
    ['a time that is none', written.replace('2026-11-23', '2026-13-45')],
    ['a short nonce', written.replace('5f3a9c0e1b2d4f67', '5f3a')],
    ['an upper-case nonce', written.replace('5f3a9c0e1b2d4f67', '5F3A9C0E1B2D4F67')],
    ['no repository', written.replace('acme/shop ', '')],
    ['text behind it', `${written} `],
    ['two blanks in it', written.replace('pending ', 'pending  ')],
    ['no blank before it', written.replace('deploy [', 'deploy[')],
    ['a digest cut', written.replace('b7bd55c1', 'b7bd55c')],
    ['no mark at all', 'deploy'],
    ['nothing', ''],
  ])('is not read from a description with %s', (_, description) => {
    expect(readMark(description)).toBeUndefined();
  });

  it('never throws, and never reads what it would not write', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.string().map((text) => written.replace('deploy', text)),
        ),
        (description) => {
          const read = readMark(description);
          if (read !== undefined) expect(looksLikeMark(description)).toBe(true);
        },
      ),
    );
  });
});
