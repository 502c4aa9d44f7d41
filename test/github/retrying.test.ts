import { describe, expect, it } from 'vitest';
import { openSecretStore } from '../../src/github/secrets.ts';
import { failureOf, KEY, observed, PAIR, storeAt, storeKey } from './opening.ts';
import { type Fault, startGitHub } from './stand-in.ts';

const VALUE = `${KEY.publicKey}:${KEY.privateKey}`;
const TOO_FAST = { message: 'You have exceeded a secondary rate limit' };
const date = 'Sun, 22 Nov 2026 10:00:00 GMT';
const usedUp = {
  'x-ratelimit-remaining': '0',
  'x-ratelimit-reset': String(Date.parse('2026-11-22T10:00:07Z') / 1000),
};

describe('a fault that passes', () => {
  it.each<[string, Fault, number]>(
    // biome-ignore format: a table, one row a line
    [
      ['500', { status: 500, body: { message: 'Server Error' } }, 250],
      ['502 with a web page', { status: 502, body: '<html>unicorn</html>' }, 250],
      ['408', { status: 408 }, 250],
      ['503 with Retry-After, and jitter on top', { status: 503, headers: { 'retry-after': '2' } }, 2250],
      ['429 with Retry-After', { status: 429, headers: { 'retry-after': '3' } }, 3000],
      ["429 with a date in Retry-After, by GitHub's own clock", { status: 429, headers: { date, 'retry-after': 'Sun, 22 Nov 2026 10:00:04 GMT' } }, 4000],
      ['429 with a Retry-After that is no time', { status: 429, headers: { 'retry-after': 'soon' } }, 60_000],
      ['Retry-After in 403', { status: 403, headers: { 'retry-after': '5' } }, 5000],
      ['a used-up limit in 403', { status: 403, headers: { date, ...usedUp } }, 7000],
      ['a used-up limit in an answer without a date', { status: 403, headers: { date: '', ...usedUp } }, 60_000],
      ['a used-up limit without a time', { status: 403, headers: { date, 'x-ratelimit-remaining': '0' } }, 60_000],
      ['a rate limit that is only told in words', { status: 403, body: TOO_FAST }, 60_000],
      ['409: somebody else writes at this moment', { status: 409, body: { message: 'Conflict' } }, 250],
      ['a status that HTTP does not have', { status: 600 }, 250],
      ['a reset', 'reset', 250],
      ['a reset after the write took effect', 'resetAfterEffect', 250],
    ],
  )('is waited out: %s', async (_, fault, wait) => {
    await using github = await startGitHub();
    const options = observed();
    github.fail(fault, { method: 'GET' });
    github.fail(fault, { method: 'PUT' });
    await storeKey(storeAt(github), options);
    expect(github.secrets.get('ATLAS_KEY')).toBe(VALUE);
    expect(options.pauses).toEqual([wait, wait]);
    expect(github.requests).toHaveLength(4);
  });

  it('is told in the debug log', async () => {
    await using github = await startGitHub();
    const options = observed();
    github.fail({ status: 503 }, { method: 'GET' });
    await storeKey(storeAt(github), options);
    expect(options.lines).toEqual([
      'GitHub: GET /repos/octo-org/app/actions/secrets/public-key: 503 (try 1 of 5), again in 250 ms',
      'GitHub: GET /repos/octo-org/app/actions/secrets/public-key: 200 (try 2 of 5)',
      'GitHub: PUT /repos/octo-org/app/actions/secrets/ATLAS_KEY: 201 (try 1 of 5)',
    ]);
  });
});

describe('a fault that lasts', () => {
  it('is tried further and further apart', async () => {
    await using github = await startGitHub();
    const options = observed();
    github.fail({ status: 503 }, { method: 'GET', times: 9 });
    await failureOf(openSecretStore(storeAt(github), options));
    expect(options.pauses).toEqual([250, 500, 1000, 2000]);
  });

  it('that kept a write from being sent leaves no doubt', async () => {
    const github = await startGitHub();
    const vault = await openSecretStore(storeAt(github), observed());
    await github[Symbol.asyncDispose]();
    // Until this side knows that the connection is closed.
    await new Promise((resolve) => setTimeout(resolve, 100));
    const failure = await failureOf(vault.write(KEY));
    await vault.close();
    expect(failure.nobodyHasIt).toBe(true);
    expect(failure.message).toContain('No secret was changed.');
  });

  it('tells the half that was written and the half in doubt', async () => {
    await using github = await startGitHub();
    github.fail({ status: 204 }, { method: 'PUT' });
    github.fail({ status: 500 }, { method: 'PUT', times: 9 });
    const failure = await failureOf(storeKey(storeAt(github, { names: PAIR }), observed()));
    expect(failure.nobodyHasIt).toBe(false);
    expect(failure.message).toMatch(
      /^Storing ATLAS_PRIVATE in .* It is not known which of them is in .* can be put back into ATLAS_PUBLIC\.$/,
    );
  });
});

describe('the signal', () => {
  const TIME_IS_UP = new DOMException('over', 'TimeoutError');

  it.each<[string, unknown, string]>([
    ['as a timeout', TIME_IS_UP, 'the time for this step is used up. Raise `timeout`'],
    ['without a reason', undefined, 'the run was cancelled.'],
    ['for a reason that is no error', 'SIGINT', 'the run was cancelled.'],
  ])('ends a call that hangs, %s', async (_, reason, message) => {
    await using github = await startGitHub();
    const abort = new AbortController();
    github.fail('hang', { method: 'PUT' });
    github.during(2, 'before', async () => abort.abort(reason));
    const failure = await failureOf(storeKey(storeAt(github), observed({ signal: abort.signal })));
    expect(failure.message).toContain(message);
    expect(failure.nobodyHasIt).toBe(false);
  });

  it.each<[string, Fault, 'GET' | 'PUT', unknown, RegExp]>(
    // biome-ignore format: a table, one row a line
    [
      ['answer', { status: 503, body: { message: 'Unavailable' } }, 'PUT', new Error('SIGINT'), /the run was cancelled\. Before that, GitHub answered 503 \(Unavailable\)\./],
      ['fault', 'reset', 'GET', TIME_IS_UP, /the time for this step is used up\. Before that, GitHub was not reached \(.+\)\. Raise `timeout`, or/],
    ],
  )('ends a wait, and the last %s is told', async (_, fault, method, reason, message) => {
    await using github = await startGitHub();
    const abort = new AbortController();
    github.fail(fault, { method, times: 9 });
    const pause = async (): Promise<void> => abort.abort(reason);
    const failure = await failureOf(storeKey(storeAt(github), observed({ signal: abort.signal, pause })));
    expect(failure.message).toMatch(message);
    expect(github.requests.filter((request) => request.method === method)).toHaveLength(1);
  });

  it('between the halves of a pair leaves no doubt about the second', async () => {
    await using github = await startGitHub();
    const abort = new AbortController();
    const debug = (line: string): void => {
      if (line.includes('PUT')) abort.abort();
    };
    const failure = await failureOf(
      storeKey(storeAt(github, { names: PAIR }), observed({ signal: abort.signal, debug })),
    );
    expect(failure.message).toMatch(
      /^Storing ATLAS_PRIVATE in .* failed: the run was cancelled\. Only the new public half/,
    );
  });
});
