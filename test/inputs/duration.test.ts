import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseDuration } from '../../src/inputs/duration.ts';
import { problemsIn, read, step } from './workflow.ts';

describe('a duration', () => {
  test.each([
    ['0', 0],
    ['0s', 0],
    ['120s', 120_000],
    ['90m', 5_400_000],
    ['24h', 86_400_000],
    ['7d', 604_800_000],
    ['007d', 604_800_000],
  ])('%s is %d ms', (text, milliseconds) => {
    expect(parseDuration(text)).toBe(milliseconds);
  });

  test.each(['', '5', '1.5h', '-1h', '1h30m', '24 h', '24H', '1w', 'h', '٣h', '1e3s', '24h\n'])(
    '%j is none',
    (text) => {
      expect(parseDuration(text)).toBeUndefined();
    },
  );

  test('never throws and is a safe number of milliseconds', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^\d{1,400}[smhd]$/)), (text) => {
        const duration = parseDuration(text);
        expect(duration === undefined || Number.isSafeInteger(duration)).toBe(true);
      }),
    );
  });
});

describe('the duration inputs', () => {
  test.each(
    // biome-ignore format: a table, one row a line
    [
      ['timeout', '300', '`timeout` is "300", which has no unit: write seconds, minutes, hours or days, such as `120s`, `90m`, `24h` or `7d`.'],
      ['ttl', 'a day', '`ttl` is "a day", which is not a duration: write a whole number and a unit, such as `120s`, `90m`, `24h` or `7d`.'],
      ['ttl', '0', '`ttl` is "0", but must be from 1s to 365d: it is the age at which a key counts as left over, so no running job may be older and no forgotten key much older.'],
      ['ttl', '366d', '`ttl` is "366d", but must be from 1s to 365d: it is the age at which a key counts as left over, so no running job may be older and no forgotten key much older.'],
      ['rotateAfter', '3651d', '`rotateAfter` is "3651d", but must be from 0 to 3650d: beyond ten years no key would ever be rotated.'],
      ['timeout', '4s', '`timeout` is "4s", but must be from 5s to 10m: Atlas needs some seconds for the calls, and what a dying step leaves behind is swept only after its time is over.'],
      ['timeout', '11m', '`timeout` is "11m", but must be from 5s to 10m: Atlas needs some seconds for the calls, and what a dying step leaves behind is swept only after its time is over.'],
    ] as const,
  )('%s: %s', (name, text, problem) => {
    expect(problemsIn(step({ mode: 'rotate', [name]: text }))).toEqual([problem]);
  });

  test.each([
    ['5s', 5000],
    ['10m', 600_000],
    ['', 120_000],
  ])('timeout: %s is %d ms', (text, milliseconds) => {
    expect(read({ timeout: text }).timeout).toBe(milliseconds);
  });
});
