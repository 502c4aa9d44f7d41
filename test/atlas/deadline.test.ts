import { afterEach, beforeEach, expect, it } from 'vitest';
import { waitFor } from '../../src/atlas/deadline.ts';

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

it('waiting ends as the shared work ends', async () => {
  const { signal } = new AbortController();
  expect(await waitFor(Promise.resolve('done'), signal)).toBe('done');
  await expect(waitFor(Promise.reject('failed'), signal)).rejects.toBe('failed');
  await turn();
  expect(unhandled).toEqual([]);
});
