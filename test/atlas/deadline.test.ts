import { getEventListeners } from 'node:events';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startDeadline, waitFor } from '../../src/atlas/time.ts';
import { clock } from './time.ts';

const unhandled: unknown[] = [];
const note = (reason: unknown) => unhandled.push(reason);
beforeEach(() => process.on('unhandledRejection', note));
afterEach(() => {
  process.off('unhandledRejection', note);
  unhandled.length = 0;
});

/** Unhandled rejections are told after the microtasks of the turn they happened in. */
const turn = () => new Promise((resolve) => setImmediate(resolve));

it.each(['before', 'after'])(
  'waiting that is over %s it begins leaves no later failure unhandled',
  async (when) => {
    const shared = Promise.withResolvers<void>();
    const over = new AbortController();
    if (when === 'before') over.abort('over');
    const waiting = waitFor(shared.promise, over.signal);
    if (when === 'after') over.abort('over');
    await expect(waiting).rejects.toBe('over');
    shared.reject(new Error('the shared work failed'));
    await turn();
    expect(unhandled).toEqual([]);
  },
);

it('waiting ends as the shared work ends, and leaves no listener behind', async () => {
  const { signal } = new AbortController();
  expect(await waitFor(Promise.resolve('done'), signal)).toBe('done');
  await expect(waitFor(Promise.reject('failed'), signal)).rejects.toBe('failed');
  await turn();
  expect(unhandled).toEqual([]);
  expect(getEventListeners(signal, 'abort')).toEqual([]);
});

describe('a deadline', () => {
  it('tells how much time is left, and never less than none', () => {
    const time = { now: 1_000 };
    const deadline = startDeadline(500, { now: () => time.now, wall: () => 0 });
    expect(deadline.remaining()).toBe(500);
    time.now = 1_400;
    expect(deadline.remaining()).toBe(100);
    time.now = 9_000;
    expect(deadline.remaining()).toBe(0);
  });

  it.each([20, -5])('of %i ms is over at its time with a timeout', async (milliseconds) => {
    const { signal } = startDeadline(milliseconds, clock);
    await new Promise((resolve) => signal.addEventListener('abort', resolve));
    expect(signal.reason).toMatchObject({ name: 'TimeoutError' });
  });

  it('is put off by what waiting for a limit takes, as long as the patience lasts', async () => {
    const time = { now: 0 };
    const deadline = startDeadline(20, { now: () => time.now, wall: () => 0 }, undefined, 100);
    expect(deadline.patience()).toBe(100);
    deadline.postpone(70);
    expect([deadline.remaining(), deadline.patience()]).toEqual([90, 30]);
    deadline.postpone(70);
    expect([deadline.remaining(), deadline.patience()]).toEqual([120, 0]);
    time.now = 50;
    await new Promise((resolve) => setTimeout(resolve, 40));
    expect(deadline.signal.aborted).toBe(false);
    time.now = 120;
    await new Promise((resolve) => deadline.signal.addEventListener('abort', resolve));
    expect(deadline.signal.reason).toMatchObject({ name: 'TimeoutError' });
  });

  it.each([
    ['by its own time', 10],
    ['by a cancelled run', 60_000],
  ])('with a run that may be cancelled ends %s', async (_what, milliseconds) => {
    const cancelled = new AbortController();
    const { signal } = startDeadline(milliseconds, clock, cancelled.signal);
    const over = new Promise((resolve) => signal.addEventListener('abort', resolve));
    if (milliseconds > 10) cancelled.abort('SIGINT');
    await over;
    expect(signal.reason === 'SIGINT').toBe(milliseconds > 10);
  });
});
