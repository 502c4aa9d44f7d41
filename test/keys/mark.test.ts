import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  DESC_LIMIT,
  describeMarked,
  isMarkedAs,
  isoSeconds,
  looksLikeMark,
  type Mark,
  readMark,
} from '../../src/keys/mark.ts';
import { DESC, descriptionOf, NOW, ORIGIN } from './described-keys.ts';

const PENDING = `${DESC} [atlas-key/1 pending acme/shop 17482910.1 5f3a9c0e1b2d4f67 b7bd55c1 2026-11-23T12:00:00Z]`;
const PREVIOUS = `${DESC} [atlas-key/1 previous acme/shop 17482910.1 5f3a9c0e1b2d4f67 b7bd55c1]`;

const origin = fc.record({
  repository: fc.stringMatching(/^[\w.-]{1,39}\/[\w.-]{1,100}$/),
  runId: fc.stringMatching(/^\d{1,20}$/),
  attempt: fc.stringMatching(/^\d{1,4}$/),
  nonce: fc.stringMatching(/^[0-9a-f]{16}$/),
});
const mark: fc.Arbitrary<Mark> = fc.oneof(
  fc
    .tuple(origin, fc.constantFrom('undecided', 'previous', 'retired'))
    .map(([one, state]): Mark => ({ ...one, state })),
  fc
    .tuple(origin, fc.constantFrom('pending', 'ephemeral'), fc.nat({ max: 253_402_300_799 }))
    .map(([one, state, seconds]): Mark => ({ ...one, state, until: seconds * 1000 })),
);
/** What inputs let through: anything from 1 to 250 characters that does not look like a mark. */
const text = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: DESC_LIMIT, size: 'max' })
  .filter((one) => one.length <= DESC_LIMIT && !looksLikeMark(one));

describe('a marked description', () => {
  it('is written as docs/public-interface.md says', () => {
    expect(describeMarked(DESC, { ...ORIGIN, state: 'pending', until: NOW })).toBe(PENDING);
    expect(describeMarked(DESC, { ...ORIGIN, state: 'previous' })).toBe(PREVIOUS);
  });

  it('reads back as it was written, for any text, within 250 characters', () => {
    fc.assert(
      fc.property(text, mark, (desc, written) => {
        const description = describeMarked(desc, written);
        expect(description.length).toBeLessThanOrEqual(DESC_LIMIT);
        const read = readMark(description);
        expect(read?.mark).toEqual(written);
        expect(desc.startsWith(read?.text ?? '?')).toBe(true);
        expect(read !== undefined && isMarkedAs(read, desc)).toBe(true);
        expect(looksLikeMark(description)).toBe(true);
      }),
    );
  });

  it('never belongs to another text, however long both are and however alike they begin', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 200, maxLength: 240 }), mark, text, (beginning, written, end) => {
        const read = readMark(describeMarked(beginning, written));
        expect(read !== undefined && isMarkedAs(read, beginning + end)).toBe(false);
        expect(read !== undefined && isMarkedAs(read, beginning.slice(0, -1))).toBe(false);
      }),
    );
  });

  it('belongs to no text that begins otherwise, though its digest were the same', () => {
    const marked = readMark(PENDING);
    expect(marked !== undefined && isMarkedAs(marked, DESC)).toBe(true);
    expect(marked !== undefined && isMarkedAs({ ...marked, text: 'release' }, DESC)).toBe(false);
  });

  it('keeps the whole text where there is room, and is full where there is not', () => {
    const room = DESC_LIMIT - (PENDING.length - DESC.length);
    const fits = 'x'.repeat(room);
    const kept = (desc: string) => readMark(descriptionOf('pending', { desc }))?.text;
    expect(kept('two\nlines')).toBe('two\nlines');
    expect(kept(fits)).toBe(fits);
    expect(kept(`${fits}x`)).toBe(fits);
    expect(descriptionOf('pending', { desc: `${fits}x` })).toHaveLength(DESC_LIMIT);
    expect(kept(`${'x'.repeat(room - 3)} ${' '.repeat(9)}end`)).toBe('x'.repeat(room - 3));
    expect(kept(`${'x'.repeat(room - 1)}😀`)).toBe('x'.repeat(room - 1));
    expect(kept(`😀${'x'.repeat(room)}`)).toBe(`😀${'x'.repeat(room - 2)}`);
    expect(kept(`${'x'.repeat(room - 2)}  `)).toBe(`${'x'.repeat(room - 2)}  `);
  });

  it('leaves 12 characters for the text with the longest names of GitHub', () => {
    const repository = `${'o'.repeat(39)}/${'r'.repeat(100)}`;
    const longest = { ...ORIGIN, repository, runId: '9'.repeat(20), attempt: '9999' };
    const marked = describeMarked('a text of more', { ...longest, state: 'ephemeral', until: NOW });
    expect(readMark(marked)?.text).toBe('a text of mo');
  });
});

describe('a description that is not exactly ours', () => {
  it.each([
    ['is plain', DESC],
    ['has another version', PENDING.replace('key/1', 'key/2')],
    ['has an unknown state', PENDING.replace('pending', 'waiting')],
    ['goes on after the mark', `${PENDING} `],
    ['has no text, not even a blank', PENDING.slice(DESC.length + 1)],
    ['has a time for a state that has none', PREVIOUS.replace(']', ' 2026-11-23T12:00:00Z]')],
    ['lacks the time of a state that has one', PREVIOUS.replace('previous', 'pending')],
    ['has a time that no calendar knows', PENDING.replace('11-23', '13-23')],
    ['has finer seconds', PENDING.replace('00Z', '00.000Z')],
    ['has another time zone', PENDING.replace('00Z', '00+01:00')],
    ['has a longer nonce', PENDING.replace('4f67', '4f678')],
    ['has a nonce in upper case', PENDING.replace('5f3a', '5F3A')],
    ['has a shorter digest', PENDING.replace('b7bd55c1', 'b7bd55c')],
    ['has no owner', PENDING.replace('acme/', '')],
    ['has a deeper repository', PENDING.replace('shop', 'shop/more')],
    ['has no attempt', PENDING.replace('.1 ', ' ')],
    ['has two blanks in it', PENDING.replace(' acme', '  acme')],
  ])('is none of ours: it %s', (_, description) => {
    expect(readMark(description)).toBeUndefined();
  });

  it('never throws, and what it reads it would write the same', () => {
    // Each code point by itself would cost seconds to prepare.
    const any = fc.oneof(fc.string({ unit: 'binary-ascii' }), fc.string({ unit: 'grapheme' }));
    const pieces = fc.constantFrom(...PENDING.split(/(?=[ .])/), ...PREVIOUS.split(/(?=[ .])/), ']', '[');
    const almost = fc.array(pieces, { maxLength: 12 }).map((list) => list.join(''));
    const edited = fc
      .tuple(fc.constantFrom(PENDING, PREVIOUS), fc.nat({ max: 110 }), fc.string({ maxLength: 2 }))
      .map(([whole, at, more]) => whole.slice(0, at) + more + whole.slice(at + 1));
    fc.assert(
      fc.property(fc.oneof(any, almost, edited), (description) => {
        const read = readMark(description);
        if (read === undefined) return;
        const { text: desc, mark: found, digest } = read;
        const until = 'until' in found ? ` ${isoSeconds(found.until)}` : '';
        expect(description).toBe(
          `${desc} [atlas-key/1 ${found.state} ${found.repository} ${found.runId}.${found.attempt} ` +
            `${found.nonce} ${digest}${until}]`,
        );
      }),
      { numRuns: 500 },
    );
  });
});

it('what begins as a mark does looks like one, wherever it stands', () => {
  expect(['deploy [atlas-key/', '[atlas-key/9 anything'].map(looksLikeMark)).toEqual([true, true]);
  expect(['deploy', '[atlas-key 1]'].map(looksLikeMark)).toEqual([false, false]);
});

it('times are whole seconds, cut and never rounded up', () => {
  expect(isoSeconds(NOW + 999)).toBe('2026-11-23T12:00:00Z');
});
