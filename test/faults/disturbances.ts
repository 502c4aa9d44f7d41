/** What may befall a step: a fault at one of its requests, or the end of its process at one of its calls. */
import { concurrently } from '../../src/keys/concurrently.ts';
import type { Interruption } from './interruption.ts';
import type { RunFault } from './workshop.ts';

const AT_ONCE = 3;

/** What the wire, or the service, does to one request. */
export const FAULTS: Readonly<Record<string, (request: number) => RunFault>> = {
  'the connection is reset before the service does it': () => ({
    phase: 'before',
    action: { kind: 'reset' },
  }),
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
  'the service refuses it': () => ({
    phase: 'before',
    action: { kind: 'error', code: 'NOT_GROUP_USER_ADMIN' },
  }),
  'no answer comes until the try is given up': () => ({
    phase: 'after',
    action: { kind: 'hang' },
    tryLimit: 150,
  }),
  'the run is cancelled before the service does it': () => ({ phase: 'before', cancels: true }),
  'the run is cancelled after the service did it': () => ({ phase: 'after', cancels: true }),
};

export async function each(count: number, test: (index: number) => Promise<void>): Promise<void> {
  const results = await concurrently([...Array(count).keys()], AT_ONCE, test);
  for (const result of results) if (result.status === 'rejected') throw result.reason;
}

/** Before the first call, and after each; the last of them is the undisturbed end. */
export function eachEnd(calls: number, test: (interruption: Interruption) => Promise<void>): Promise<void> {
  return each(calls + 2, (call) =>
    test(call === 0 ? { call: 1, moment: 'before' } : { call, moment: 'after' }),
  );
}
