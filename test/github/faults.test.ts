import { describe, expect, it } from 'vitest';
import { nameOfFault } from '../../src/github/refusal.ts';

describe('a fault is named', () => {
  it.each<[string, unknown, string]>([
    [
      'by its code and its message',
      withCode('connect failed', 'ECONNREFUSED'),
      'ECONNREFUSED, connect failed',
    ],
    ['by its message where that has the code', withCode('read ECONNRESET', 'ECONNRESET'), 'read ECONNRESET'],
    ['by its message where it has no code', new Error('other side closed'), 'other side closed'],
    // What Node throws when a name has several addresses and none of them answers.
    ['by its code where it has no message', withCode('', 'ETIMEDOUT'), 'ETIMEDOUT'],
    ['as unknown where it has neither', new Error(''), 'unknown fault'],
    ['as unknown where it is no error', { token: 'secret' }, 'unknown fault'],
  ])('%s', (_, cause, name) => {
    expect(nameOfFault(new Error('above', { cause: new Error('between', { cause }) }))).toBe(name);
  });
});

function withCode(message: string, code: string): Error {
  return Object.assign(new Error(message), { code });
}
