import { getEventListeners } from 'node:events';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { followServiceClock, parseHttpDate, startDeadline } from '../../src/atlas/time.ts';
import { waitFor } from '../../src/wire/wire.ts';
import { clock } from './time.ts';

describe('waiting for what others wait for, too', () => {
  const unhandled: unknown[] = [];
  const note = (reason: unknown) => unhandled.push(reason);
  beforeEach(() => process.on('unhandledRejection', note));
  afterEach(() => {
    process.off('unhandledRejection', note);
    unhandled.length = 0;
  });

  /** Unhandled rejections are told after the microtasks of the turn they happened in. */
  const turn = () => new Promise((resolve) => setImmediate(resolve));

  it.each(['before', 'after'])('is over %s it begins: no later failure is unhandled', async (when) => {
    const shared = Promise.withResolvers<void>();
    const over = new AbortController();
    if (when === 'before') over.abort('over');
    const waiting = waitFor(shared.promise, over.signal);
    if (when === 'after') over.abort('over');
    await expect(waiting).rejects.toMatchObject({ reason: 'aborted', sent: false, cause: 'over' });
    shared.reject(new Error('the shared work failed'));
    await turn();
    expect(unhandled).toEqual([]);
  });

  it('ends as the shared work ends, and leaves no listener behind', async () => {
    const { signal } = new AbortController();
    expect(await waitFor(Promise.resolve('done'), signal)).toBe('done');
    await expect(waitFor(Promise.reject('failed'), signal)).rejects.toBe('failed');
    await turn();
    expect(unhandled).toEqual([]);
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });
});

describe('a deadline', () => {
  const end = (signal: AbortSignal) => new Promise((resolve) => signal.addEventListener('abort', resolve));

  it.each([20, -5])('of %i ms is over at its time with a timeout', async (milliseconds) => {
    const { signal } = startDeadline(milliseconds, clock);
    await end(signal);
    expect(signal.reason).toMatchObject({ name: 'TimeoutError' });
  });

  it('is put off by what waiting for a limit takes, as long as the patience lasts', async () => {
    let now = 0;
    const deadline = startDeadline(20, { now: () => now, wall: () => 0 }, undefined, 100);
    expect([deadline.remaining(), deadline.patience()]).toEqual([20, 100]);
    deadline.postpone(70);
    expect([deadline.remaining(), deadline.patience()]).toEqual([90, 30]);
    deadline.postpone(70);
    expect([deadline.remaining(), deadline.patience()]).toEqual([120, 0]);
    now = 50;
    await new Promise((resolve) => setTimeout(resolve, 40));
    expect([deadline.remaining(), deadline.signal.aborted]).toEqual([70, false]);
    now = 130;
    expect(deadline.remaining(), 'never less than none').toBe(0);
    await end(deadline.signal);
    expect(deadline.signal.reason).toMatchObject({ name: 'TimeoutError' });
  });

  it.each([
    ['by its own time', 10],
    ['by a cancelled run', 60_000],
  ])('with a run that may be cancelled ends %s', async (_what, milliseconds) => {
    const cancelled = new AbortController();
    const { signal } = startDeadline(milliseconds, clock, cancelled.signal);
    const over = end(signal);
    if (milliseconds > 10) cancelled.abort('SIGINT');
    await over;
    expect(signal.reason === 'SIGINT').toBe(milliseconds > 10);
  });
});

describe("the service's clock", () => {
  it('tells the time of this machine until the service has told its own, and then follows that', () => {
    let now = 1_000;
    const service = followServiceClock({ now: () => now, wall: () => 42 });
    service.note(undefined);
    service.note('yesterday');
    expect(service.now()).toBe(42);
    service.note('Mon, 10 Aug 2026 03:46:41 GMT');
    now += 500;
    service.note('Mon, 99 Aug 2026 99:46:41 GMT');
    expect(service.now()).toBe(Date.UTC(2026, 7, 10, 3, 46, 41, 500));
  });

  it.each([
    ['Sun, 06 Nov 1994 08:49:37 GMT', 784111777000],
    ['Sunday, 06-Nov-94 08:49:37 GMT', undefined],
    ['Sun, 06 Nov 1994 08:49:37 GMT+0100', undefined],
    ['Sun, 06 Xyz 1994 08:49:37 GMT', undefined],
    ['on Sun, 06 Nov 1994 08:49:37 GMT', undefined],
    ['1994', undefined],
  ])('reads an HTTP date: %s', (text, milliseconds) => {
    expect(parseHttpDate(text)).toBe(milliseconds);
  });
});
