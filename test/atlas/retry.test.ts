import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Trouble, troubleOfFault, waitBeforeRetry } from '../../src/atlas/retry.ts';
import { type FaultReason, WireFault } from '../../src/wire/wire.ts';

type Setback = Partial<Record<'tries' | 'retryAfter' | 'remaining' | 'patience' | 'random', number>>;

/** The wait after a first try that met a rate limit, with plenty of time, but for this. */
function waitAfter(setback: Setback & { trouble?: Trouble }): number | undefined {
  const { trouble = 'rateLimited', tries = 1, retryAfter, random = 0 } = setback;
  const { remaining = 1_000_000, patience = 0 } = setback;
  const deadline = { remaining: () => remaining, patience: () => patience };
  return waitBeforeRetry(trouble, tries, retryAfter, deadline, random);
}

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
    expect(waits.map((_, index) => waitAfter({ trouble, tries: index + 1 }))).toEqual(waits);
    expect(waitAfter({ trouble, tries: most - 1 })).toBeDefined();
    expect(waitAfter({ trouble, tries: most })).toBeUndefined();
  });

  const patient = { remaining: 1_000, patience: 300_000 };
  it.each<[string, Parameters<typeof waitAfter>[0], number | undefined]>([
    ['is what the service asks for, and a little more', { retryAfter: 7_000 }, 7_250],
    ['is spread beyond what it asks for', { retryAfter: 0, random: 0.5 }, 375],
    ['up to half as much again', { retryAfter: 60_000, random: 0.5 }, 75_250],
    ['as far as there is time', { retryAfter: 60_000, random: 0.5, remaining: 80_250 }, 65_250],
    ['is none where there is less', { retryAfter: 60_000, remaining: 60_000 }, undefined],
    ['is shortened by chance', { trouble: 'unreachable', tries: 2, random: 0.5 }, 600],
    ['to half at most', { trouble: 'unreachable', tries: 2, random: 0.999 }, 400.4],
    ['is shorter than the time that is left', { remaining: 10_001 }, 10_000],
    ['and none where it is not', { remaining: 10_000 }, undefined],
    ['is longer with patience, so that those who have none come first', patient, 80_000],
    ['doubles then', { ...patient, tries: 2 }, 120_000],
    ['and stays', { ...patient, tries: 3 }, 120_000],
    [
      'is as much again as the service asks for, by chance',
      { ...patient, retryAfter: 60_000, random: 0.5 },
      90_250,
    ],
    ['is none where patience does not reach', { ...patient, retryAfter: 301_000 }, undefined],
    ['knows no patience but for limits', { ...patient, trouble: 'serverFault', tries: 2 }, 800],
    ['nor is put off for others', { ...patient, trouble: 'serverFault', tries: 3 }, undefined],
  ])('%s: %j', (_what, setback, wait) => {
    expect(waitAfter(setback)).toEqual(wait === undefined ? undefined : expect.closeTo(wait));
  });

  it('is never negative and always shorter than what remains', () => {
    fc.assert(
      fc.property(
        fc.record({
          trouble: fc.constantFrom<Trouble>('unreachable', 'broken', 'rateLimited', 'tokenLimit', 'upgrade'),
          tries: fc.integer({ min: 1, max: 30 }),
          remaining: fc.integer({ min: 0, max: 200_000 }),
          patience: fc.constantFrom(0, 300_000),
          random: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        }),
        fc.option(fc.integer({ min: 0, max: 1e6 })),
        (setback, retryAfter) => {
          const wait = waitAfter({ ...setback, ...(retryAfter !== null && { retryAfter }) });
          if (wait === undefined) return;
          expect(wait).toBeGreaterThanOrEqual(200);
          expect(wait).toBeLessThan(setback.remaining + setback.patience);
        },
      ),
    );
  });
});

it.each<[FaultReason, boolean, string, Trouble | undefined]>([
  ['unreachable', false, 'ECONNREFUSED', 'unreachable'],
  ['broken', true, 'ECONNRESET', 'broken'],
  ['aborted', true, '', 'broken'],
  ['aborted', false, '', 'unreachable'],
  ['notHttp', true, '', 'unintelligible'],
  ['proxy', false, 'status 403', undefined],
  ['proxy', false, 'status 503', 'unreachable'],
  ['proxy', false, 'CERT_HAS_EXPIRED', undefined],
  ['untrusted', false, 'CERT_HAS_EXPIRED', undefined],
  ['tooLarge', true, '', undefined],
])('a fault that is %s (sent: %s) with %j is the trouble %s', (reason, sent, code, trouble) => {
  expect(troubleOfFault(new WireFault(reason, { cause: undefined, sent, code }))).toBe(trouble);
});
