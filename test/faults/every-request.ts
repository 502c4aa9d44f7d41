/** A step, disturbed at every one of its requests and calls, then its post, then the same step again. */
import { afterAll, expect, it } from 'vitest';
import { concurrently } from '../../src/keys/concurrently.ts';
import type { Request } from '../../src/request.ts';
import type { Interruption } from './interruption.ts';
import type { Scenario } from './scenarios.ts';
import { openWorkshop, type Run, type RunFault, type RunOptions, type Workshop } from './workshop.ts';

/** What must hold; asked when no run is at work. */
export interface Guard {
  /** What does not, as sentences. */
  breaches(): string[];
  /** When the same step may run again, in milliseconds; `isOver` unless post was lost, killed, or failed. */
  pause(isOver: boolean): number;
  /** Runs the step again, undisturbed. */
  again(run: () => Promise<Run>): Promise<Run>;
  /** What must hold then, and later. */
  end(again: Run, what: string): Promise<void> | void;
}

const AT_ONCE = 3;

/** What the wire, or the service, does to one request. */
const FAULTS: Readonly<Record<string, (request: number) => RunFault>> = {
  'the connection is reset before the service does it': () => ({ action: { kind: 'reset' } }),
  'the service did it and the connection is reset, or the answer cut': (request) => ({
    phase: 'after',
    action: { kind: request % 2 === 0 ? 'reset' : 'truncate' },
  }),
  'the service does it and 500 or 503 is answered': (request) => ({
    phase: 'after',
    action:
      request % 2 === 0
        ? { kind: 'error', code: 'UNEXPECTED_ERROR', status: 500 }
        : { kind: 'answer', status: 503, body: '<html>Service Unavailable</html>' },
  }),
  'the service does it and answers nonsense': () => ({
    phase: 'after',
    action: { kind: 'answer', status: 200, body: '{}' },
  }),
  'the service refuses it': () => ({ action: { kind: 'error', code: 'NOT_GROUP_USER_ADMIN' } }),
  'no answer comes until the try is given up': () => ({
    phase: 'after',
    action: { kind: 'hang' },
    tryLimit: 150,
  }),
  'the run is cancelled before the service does it': () => ({ cancels: true }),
  'the run is cancelled after the service did it': () => ({ phase: 'after', cancels: true }),
};

/** Declares the tests of one scenario. What happened before it happens once: each run begins with a copy. */
export function holdsAtEveryRequest<Asked extends Request>(
  scenario: Scenario<Asked>,
  guard: (shop: Workshop, request: Asked) => Guard,
): void {
  let prepared: ReturnType<typeof prepare> | undefined;
  afterAll(async () => (await prepared)?.before[Symbol.asyncDispose]());
  const learnt = () => (prepared ??= prepare());

  /** Also tells how many signed requests and calls the step makes when nobody disturbs it. */
  async function prepare() {
    const before = await openWorkshop();
    const request = await scenario.prepare(before);
    await using shop = await openWorkshop({ like: before });
    const known = shop.atlas.history.requests.length;
    const half = await shop.runMain(request);
    const requests = shop.atlas.history.requests.slice(known);
    const { calls } = await half.finish();
    return {
      before,
      request,
      requests: requests.filter(({ signIn }) => signIn === 'signedIn').length,
      calls: calls.length,
    };
  }

  /** The step with something going wrong, its post, the same step again undisturbed, then whatever must hold. */
  async function disturb(options: RunOptions): Promise<Run> {
    const { before, request } = await learnt();
    await using shop = await openWorkshop({ like: before });
    const { breaches, pause, again, end } = guard(shop, request);
    const first = await shop.run(request, options);
    const what = JSON.stringify({ ...options, ended: first.record.main, error: `${first.error}` });
    expect(breaches(), what).toEqual([]);
    shop.atlas.clock.advance(pause(first.record.post === 'done'));
    // Time runs fast here: two minutes would be three seconds, which a busy machine may need for all at once.
    const second = await again(() => shop.run(request, { timeout: 600_000 }));
    expect(second.error, what).toBeUndefined();
    expect(second.record, what).toMatchObject({ main: 'success', post: 'done' });
    await end(second, what);
    return first;
  }

  it.each(Object.entries(FAULTS))('holds when %s, at every request', async (_, fault) => {
    const { requests } = await learnt();
    await each(requests, (skip) => disturb({ fault: { ...fault(skip), skip } }));
  });

  it('holds when it is killed at every call, and its post at every call then', async () => {
    const { calls } = await learnt();
    // Many ends of main leave post the same to do: once is enough.
    const ends = new Map<string, { interruption: Interruption; postCalls: number }>();
    await atEach(calls + 1, async (interruption) => {
      const { entry, postCalls } = await disturb({ interruption });
      ends.set([entry.phase, ...postCalls].join(), { interruption, postCalls: postCalls.length });
    });
    for (const { interruption, postCalls } of ends.values())
      await atEach(postCalls, (postInterruption) => disturb({ interruption, postInterruption }));
  });

  it('holds when the machine is lost at every call', async () => {
    const { calls } = await learnt();
    await atEach(calls + 1, (interruption) => disturb({ interruption, lost: true }));
  });

  it('holds when the job fails, and post is killed at every call', async () => {
    const { postCalls } = await disturb({ job: 'failure' });
    await atEach(postCalls.length, (postInterruption) => disturb({ job: 'failure', postInterruption }));
  });
}

async function each(count: number, test: (index: number) => Promise<unknown>): Promise<void> {
  await concurrently([...Array(count).keys()], AT_ONCE, test);
}

/** Before the first of so many calls, and after each; after one that is never made is the undisturbed end. */
async function atEach(calls: number, test: (end: Interruption) => Promise<unknown>): Promise<void> {
  if (calls > 0) await test({ call: 1, moment: 'before' });
  await each(calls, (index) => test({ call: index + 1, moment: 'after' }));
}
