import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { retryAfter, type Trouble, waitBeforeRetry } from '../../src/atlas/retry.ts';

const plenty = { remaining: 1_000_000, patience: 0, random: 0 };

describe('the wait before the next try', () => {
  const limit = [10_000, 20_000, 40_000, 40_000];
  const fault = [400, 800, 1600, 3200, 6400, 10_000, 10_000];
  it.each<[Trouble, number[], number]>([
    ['unreachable', [400, 800, 1600, 3200], 5],
    ['unintelligible', [400, 800, 1600, 3200], 5],
    ['broken', fault, 8],
    ['serverFault', fault, 8],
    ['upgrade', [400, 800, 1600], 20],
    ['rateLimited', limit, 20],
    ['tokenLimit', limit, 20],
  ])('after %s doubles: %j, and ends after %i tries', (trouble, waits, most) => {
    const wait = (tries: number) => waitBeforeRetry({ trouble, tries, ...plenty });
    expect(waits.map((_, index) => wait(index + 1))).toEqual(waits);
    expect(wait(most - 1)).toBeDefined();
    expect(wait(most)).toBeUndefined();
  });

  it('is what the service asks for, and a little more', () => {
    const setback = { trouble: 'rateLimited', tries: 1, remaining: 100_000, patience: 0 } as const;
    expect(waitBeforeRetry({ ...setback, retryAfter: 7_000, random: 0 })).toBe(7_250);
    expect(waitBeforeRetry({ ...setback, retryAfter: 0, random: 0.5 })).toBe(375);
  });

  it('is spread beyond what the service asks for, up to half as much again, as far as there is time', () => {
    const setback = { trouble: 'rateLimited', tries: 1, retryAfter: 60_000, patience: 0 } as const;
    const waits = (remaining: number) =>
      [0, 0.5, 0.999].map((random) => waitBeforeRetry({ ...setback, remaining, random }));
    expect(waits(200_000)).toEqual([60_250, 75_250, expect.closeTo(90_220)]);
    expect(waits(80_250)).toEqual([60_250, 65_250, expect.closeTo(70_240)]);
    expect(waits(60_000)).toEqual([undefined, undefined, undefined]);
  });

  it('is longer with patience, for limits only, so that those who have none come first', () => {
    const patient = { remaining: 1_000, patience: 300_000, random: 0 };
    const limited = { trouble: 'rateLimited', ...patient } as const;
    expect([1, 2, 3].map((tries) => waitBeforeRetry({ ...limited, tries }))).toEqual([
      80_000, 120_000, 120_000,
    ]);
    expect(waitBeforeRetry({ ...limited, tries: 1, retryAfter: 60_000, random: 0.5 })).toBe(90_250);
    expect(waitBeforeRetry({ ...limited, tries: 1, retryAfter: 301_000 })).toBeUndefined();
    expect(waitBeforeRetry({ ...limited, trouble: 'serverFault', tries: 2 })).toBe(800);
    expect(waitBeforeRetry({ ...limited, trouble: 'serverFault', tries: 3 })).toBeUndefined();
  });

  it('is shortened by chance, to half at most', () => {
    const wait = (random: number) =>
      waitBeforeRetry({ trouble: 'unreachable', tries: 2, remaining: 100_000, patience: 0, random });
    expect([0, 0.5, 0.999].map(wait)).toEqual([800, 600, expect.closeTo(400.4)]);
  });

  it('that would outlast the deadline is not begun', () => {
    const setback = { trouble: 'rateLimited', tries: 1, patience: 0, random: 0 } as const;
    expect(waitBeforeRetry({ ...setback, remaining: 10_001 })).toBe(10_000);
    expect(waitBeforeRetry({ ...setback, remaining: 10_000 })).toBeUndefined();
  });

  it('is never negative and always shorter than what remains', () => {
    fc.assert(
      fc.property(
        fc.record({
          trouble: fc.constantFrom<Trouble>('unreachable', 'broken', 'rateLimited', 'tokenLimit', 'upgrade'),
          tries: fc.integer({ min: 1, max: 30 }),
          retryAfter: fc.option(fc.integer({ min: 0, max: 1e6 }), { nil: undefined }),
          remaining: fc.integer({ min: 0, max: 200_000 }),
          patience: fc.constantFrom(0, 300_000),
          random: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        }),
        (setback) => {
          const wait = waitBeforeRetry(setback);
          if (wait === undefined) return;
          expect(wait).toBeGreaterThanOrEqual(200);
          expect(wait).toBeLessThan(setback.remaining + setback.patience);
        },
      ),
    );
  });
});

describe('Retry-After', () => {
  const date = 'Mon, 10 Aug 2026 03:46:41 GMT';
  it.each([
    [{ 'retry-after': '7' }, 7_000],
    [{ 'retry-after': '120' }, 120_000],
    [{ 'retry-after': ' 0 ' }, 0],
    [{ 'retry-after': 'Mon, 10 Aug 2026 03:46:51 GMT', date }, 10_000],
    [{ 'retry-after': 'Mon, 10 Aug 2026 03:46:31 GMT', date }, 0],
    [{ 'retry-after': 'Mon, 10 Aug 2026 03:46:51 GMT' }, undefined],
    [{ 'retry-after': '-1' }, undefined],
    [{ 'retry-after': '1.5' }, undefined],
    [{ 'retry-after': '99999999999' }, undefined],
    [{ 'retry-after': 'soon' }, undefined],
    [{ 'retry-after': 'soon', date }, undefined],
    [{}, undefined],
  ])('%j is %s', (headers, milliseconds) => {
    expect(retryAfter(headers)).toBe(milliseconds);
  });
});
