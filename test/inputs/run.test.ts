/** What the runner tells: the run, how the job went; and that all problems are told at once. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readJobStatus } from '../../src/inputs/run.ts';
import { readSecrets } from '../../src/inputs/secrets.ts';
import { problemsIn, read, step } from './workflow.ts';

describe('the run', () => {
  test('is told by the runner', () => {
    expect(read().run).toEqual({ repository: 'acme/shop', runId: '17482910', attempt: '1' });
  });

  test.each([
    ['https://github.com', 'https://github.com'],
    ['https://github.acme.example:8443', 'https://github.acme.example:8443'],
    ['', ''],
    ['javascript://github.com', ''],
    ['https://github.com/"><img src=x>', ''],
  ])('is linked to on the server that the runner names, and only there: %j', (address, expected) => {
    expect(read({}, { GITHUB_SERVER_URL: address }).serverUrl).toBe(expected);
  });

  test.each([
    [{ GITHUB_RUN_ID: '' }, ['GITHUB_RUN_ID']],
    [{ GITHUB_RUN_ID: '1 2' }, ['GITHUB_RUN_ID']],
    [{ GITHUB_RUN_ATTEMPT: 'x', GITHUB_REPOSITORY: 'acme' }, ['GITHUB_REPOSITORY', 'GITHUB_RUN_ATTEMPT']],
    [{ GITHUB_REPOSITORY: 'acme/shop pending]' }, ['GITHUB_REPOSITORY']],
    [{ GITHUB_REPOSITORY: `${'a'.repeat(40)}/shop` }, ['GITHUB_REPOSITORY']],
  ])('must be one: %j', (variables, names) => {
    const told = names.map(
      (name) =>
        `\`${name}\` is not set as GitHub Actions sets it, and a key is marked with the run it belongs to: run this as a workflow step, on a runner or under act.`,
    );
    expect(problemsIn({ ...step(), ...variables })).toEqual(told);
  });
});

test('everything that is wrong is told at once, in the order of the table', () => {
  const missing = { groupId: '', desc: '', roles: '', atlasPublicKey: '', atlasPrivateKey: '' };
  const wrong = { mode: 'rotate', baseUrl: 'http://atlas', ttl: 'x', verify: 'yes' };
  const problems = problemsIn(step({ ...missing, ...wrong }, { GITHUB_RUN_ID: '' }));
  const names = problems.map((problem) => /`(\w+)`/.exec(problem)?.[1]);
  expect(names.join()).toBe('groupId,desc,roles,ttl,verify,baseUrl,atlasPublicKey,GITHUB_RUN_ID');
});

describe('the post step', () => {
  test.each([
    ['success', 'success'],
    ['failure', 'failure'],
    ['cancelled', 'cancelled'],
    ['', undefined],
    ['Success', undefined],
  ])('knows how the job went: %j', (status, expected) => {
    expect(readJobStatus({ INPUT_JOBSTATUS: status })).toBe(expected);
  });

  test('reads what never throws, whatever the environment', () => {
    const names = ['INPUT_ATLASPUBLICKEY', 'INPUT_ATLASPRIVATEKEY', 'HTTPS_PROXY', 'INPUT_JOBSTATUS'];
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...names), fc.string()), (environment) => {
        expect(Array.isArray(readSecrets(environment))).toBe(true);
        expect([undefined, 'success', 'failure', 'cancelled']).toContain(readJobStatus(environment));
      }),
    );
  });
});
