import { expect, it } from 'vitest';
import { followServiceClock, parseHttpDate } from '../../src/atlas/time.ts';

it('tells the time of this machine until the service has told its own, and then follows that', () => {
  let now = 1_000;
  const clock = followServiceClock({ now: () => now, wall: () => 42 });
  expect(clock.now()).toBe(42);
  clock.note(undefined);
  clock.note('yesterday');
  expect(clock.now()).toBe(42);
  clock.note('Mon, 10 Aug 2026 03:46:41 GMT');
  now += 500;
  expect(clock.now()).toBe(Date.UTC(2026, 7, 10, 3, 46, 41, 500));
  clock.note('Mon, 99 Aug 2026 99:46:41 GMT');
  expect(clock.now()).toBe(Date.UTC(2026, 7, 10, 3, 46, 41, 500));
});

it.each([
  ['Sun, 06 Nov 1994 08:49:37 GMT', 784111777000],
  ['Sunday, 06-Nov-94 08:49:37 GMT', undefined],
  ['Sun, 06 Nov 1994 08:49:37 GMT+0100', undefined],
  ['Sun, 06 Xyz 1994 08:49:37 GMT', undefined],
  ['on Sun, 06 Nov 1994 08:49:37 GMT', undefined],
  ['1994', undefined],
  [undefined, undefined],
])('an HTTP date: %s', (text, milliseconds) => {
  expect(parseHttpDate(text)).toBe(milliseconds);
});
