import { describe, expect, it } from 'vitest';
import { openSecretStore } from '../../src/github/secrets.ts';
import { failureOf, KEY, observed, PAIR, storeAt, storeKey } from './opening.ts';
import { type Fault, startGitHub } from './stand-in.ts';

const VALUE = `${KEY.publicKey}:${KEY.privateKey}`;

describe('a fault that passes', () => {
  it.each<[string, Fault, number]>([
    ['500', { status: 500, body: { message: 'Server Error' } }, 250],
    ['502 with a web page', { status: 502, body: '<html>unicorn</html>' }, 250],
    ['503 with Retry-After, and jitter on top', { status: 503, headers: { 'retry-after': '2' } }, 2250],
    ['429 with Retry-After', { status: 429, headers: { 'retry-after': '3' } }, 3000],
    [
      "429 with a date in Retry-After, by GitHub's own clock",
      {
        status: 429,
        headers: { date: 'Sun, 22 Nov 2026 10:00:00 GMT', 'retry-after': 'Sun, 22 Nov 2026 10:00:04 GMT' },
      },
      4000,
    ],
    ['429 with a Retry-After that is no time', { status: 429, headers: { 'retry-after': 'soon' } }, 60_000],
    [
      'a secondary rate limit in 403',
      {
        status: 403,
        headers: { 'retry-after': '5' },
        body: { message: 'You have exceeded a secondary rate limit' },
      },
      5000,
    ],
    [
      'a used-up rate limit in 403',
      {
        status: 403,
        headers: {
          date: 'Sun, 22 Nov 2026 10:00:00 GMT',
          'x-ratelimit-remaining': '0',
          'x-ratelimit-reset': String(Date.parse('2026-11-22T10:00:07Z') / 1000),
        },
        body: { message: 'API rate limit exceeded' },
      },
      7000,
    ],
    [
      'a rate limit that names no time',
      { status: 403, body: { message: 'You have exceeded a secondary rate limit' } },
      60_000,
    ],
    ['409: somebody else writes at this moment', { status: 409, body: { message: 'Conflict' } }, 250],
    ['a status that HTTP does not have', { status: 600 }, 250],
    ['a reset', 'reset', 250],
    ['a reset after the write took effect', 'resetAfterEffect', 250],
  ])('is waited out: %s', async (_, fault, wait) => {
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
    expect(options.lines[0]).toBe(
      'GitHub: GET /repos/octo-org/app/actions/secrets/public-key: 503 (try 1 of 5), again in 250 ms',
    );
  });
});

describe('a fault that lasts', () => {
  it('ends after five tries, further and further apart', async () => {
    await using github = await startGitHub();
    const options = observed();
    github.fail({ status: 503, body: { message: 'Unavailable.' } }, { method: 'GET', times: 9 });
    const failure = await failureOf(openSecretStore(storeAt(github), options));
    expect(failure.message).toContain('GitHub answered 503 (Unavailable) in 5 tries. ');
    expect(options.pauses).toEqual([250, 500, 1000, 2000]);
    expect(github.requests).toHaveLength(5);
  });

  it('of a rate limit without a time is told without one', async () => {
    await using github = await startGitHub();
    github.fail({ status: 429 }, { method: 'GET', times: 9 });
    const failure = await failureOf(openSecretStore(storeAt(github), observed()));
    expect(failure.message).toContain("The token's rate limit is used up: run the job again later.");
    expect(github.requests).toHaveLength(5);
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

  it('of the network names itself', async () => {
    const apiUrl = await (async () => {
      await using gone = await startGitHub();
      return gone.apiUrl;
    })();
    await using github = await startGitHub();
    const failure = await failureOf(openSecretStore(storeAt(github, { apiUrl }), observed()));
    expect(failure.message).toMatch(
      /not reached in 5 tries \(.*ECONNREFUSED.*\)\. Check the network, the proxy/,
    );
  });

  it('leaves it open whether the secret was written, when no answer came', async () => {
    await using github = await startGitHub();
    github.fail('resetAfterEffect', { method: 'PUT', times: 9 });
    const failure = await failureOf(storeKey(storeAt(github), observed()));
    expect(failure.nobodyHasIt).toBe(false);
    expect(failure.message).toContain(
      'Which of them is in the Actions secrets of the repository octo-org/app is not known.',
    );
    expect(github.secrets.get('ATLAS_KEY')).toBe(VALUE);
  });

  it('tells the half that was written and the half in doubt', async () => {
    await using github = await startGitHub();
    const vault = await openSecretStore(storeAt(github, { names: PAIR }), observed());
    github.fail({ status: 204 }, { method: 'PUT' });
    github.fail({ status: 500 }, { method: 'PUT', times: 9 });
    const failure = await failureOf(vault.write(KEY));
    await vault.close();
    expect(failure.nobodyHasIt).toBe(false);
    expect(failure.message).toMatch(
      /^Storing ATLAS_PRIVATE in .* is not known\..* can be put back into ATLAS_PUBLIC\.$/,
    );
  });
});

describe('the signal', () => {
  it.each<[string, unknown, string]>([
    [
      'as a timeout',
      new DOMException('over', 'TimeoutError'),
      'the time for this step is used up. Raise `timeout`',
    ],
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

  it('ends a wait, and the last answer is told', async () => {
    await using github = await startGitHub();
    const abort = new AbortController();
    github.fail({ status: 503, body: { message: 'Unavailable' } }, { method: 'PUT', times: 9 });
    const pause = async (): Promise<void> => abort.abort(new Error('SIGINT'));
    const failure = await failureOf(storeKey(storeAt(github), observed({ signal: abort.signal, pause })));
    expect(failure.message).toContain(
      'the run was cancelled. Before that, GitHub answered 503 (Unavailable).',
    );
    expect(github.requests).toHaveLength(2);
  });

  it('ends a wait, and the last fault is told', async () => {
    await using github = await startGitHub();
    const abort = new AbortController();
    github.fail('reset', { method: 'GET' });
    const pause = async (): Promise<void> => abort.abort();
    const failure = await failureOf(
      openSecretStore(storeAt(github), observed({ signal: abort.signal, pause })),
    );
    expect(failure.message).toMatch(/the run was cancelled\. Before that, GitHub was not reached \(.+\)\./);
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
