/** Several places at once: which hold the new credential, which the former one, and of which nobody knows. */
import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { SecretPlace } from '../../src/request.ts';
import { trustTheSimulator } from '../atlas/trust.ts';
import { identityOf } from '../simulator/identity.ts';
import { actionsOf, failureOf, KEY, observed, PAIR, storeAt, storeKey } from './opening.ts';
import { type GitHub, startGitHub } from './stand-in.ts';

const VALUE = `${KEY.publicKey}:${KEY.privateKey}`;
const NAMES = ['octo-org/app', 'octo-org/b', 'octo-org/c', 'octo-org/d'];
const [FIRST = '', ...OTHERS] = NAMES;
const four = { repository: FIRST, repositories: OTHERS };

const appsOf = (length: number) => Array.from({ length }, (_, index) => `octo-org/app-${index}`);
const storeIn = (github: GitHub, names: readonly string[] = NAMES) =>
  storeAt(github, { places: names.map(actionsOf) });

describe('several repositories', () => {
  it('get a secret each, sealed for each, and what was stored is told', async () => {
    await using github = await startGitHub(four);
    const stored = await storeKey(storeIn(github), observed());
    expect(Object.fromEntries(github.secrets)).toEqual({
      ATLAS_KEY: VALUE,
      'octo-org/b/ATLAS_KEY': VALUE,
      'octo-org/c/ATLAS_KEY': VALUE,
      'octo-org/d/ATLAS_KEY': VALUE,
    });
    expect(stored).toEqual(
      NAMES.map((name) => ({ names: ['ATLAS_KEY'], where: `the Actions secrets of the repository ${name}` })),
    );
    expect(github.connections).toBe(1);
  });

  it('get a secret of each kind, and a box for one kind opens in no other', async () => {
    await using github = await startGitHub();
    const { repository } = github;
    const dependabot: SecretPlace = { in: 'repository', kind: 'dependabot', repository };
    const places = [actionsOf(repository), dependabot];
    await storeKey(storeAt(github, { places, names: PAIR }), observed());
    expect(Object.fromEntries(github.secrets)).toEqual({
      ATLAS_PUBLIC: KEY.publicKey,
      ATLAS_PRIVATE: KEY.privateKey,
      'dependabot ATLAS_PUBLIC': KEY.publicKey,
      'dependabot ATLAS_PRIVATE': KEY.privateKey,
    });
  });

  it('are written a few at once, over one connection', async () => {
    onTestFinished(trustTheSimulator());
    const many = appsOf(12);
    await using github = await startGitHub({ repositories: many, tls: identityOf('loopback') });
    const options = observed();
    await storeKey(storeIn(github, many), options);
    expect(github.secrets.size).toBe(12);
    expect(github.atOnce).toBe(4);
    expect(github.connections).toBe(1);
    expect(options.pauses).toEqual([]);
  });

  it('are written a second apart where they are many, and read without a pause', async () => {
    const many = appsOf(21);
    await using github = await startGitHub({ repositories: many });
    const options = observed();
    await storeKey(storeIn(github, many), options);
    expect(github.secrets.size).toBe(21);
    expect(options.pauses).toEqual(Array(20).fill(1000));
  });
});

describe('before a key is made', () => {
  it('every place that cannot be opened is told, those that fail alike in one sentence, and nothing is written', async () => {
    await using github = await startGitHub({ ...four, renamed: ['octo-org/old'] });
    const failure = await failureOf(
      storeKey(storeIn(github, [...NAMES, 'octo-org/x', 'octo-org/old', 'octo-org/y']), observed()),
    );
    expect(failure.nobodyHasIt).toBe(true);
    expect(failure.message).toBe(
      'Opening the Actions secrets of the repository octo-org/x and the Actions secrets of the repository octo-org/y ' +
        'failed: GitHub answered 404 (Not Found). Either it does not exist, or the token does not see it, since ' +
        'GitHub answers 404 to both: the token needs the repository permission "Secrets: write" (a classic token: the scope ' +
        '"repo"). Opening the Actions secrets of the repository octo-org/old failed: GitHub answered 301 (Moved ' +
        'Permanently). This action follows no redirect with a token: give the repository by its present name if it was ' +
        'renamed, or else check GITHUB_API_URL.',
    );
    expect(github.requests.map(({ method }) => method)).not.toContain('PUT');
    await expect.poll(() => github.open, { timeout: 1_000 }).toBe(0);
  });
});

describe('where one of several fails', () => {
  it('the others are written all the same, and it is told which hold what', async () => {
    await using github = await startGitHub({ ...four, archived: ['octo-org/b'] });
    github.fail({ status: 500 }, { method: 'PUT', path: '/octo-org/c/', times: 9 });
    const failure = await failureOf(storeKey(storeIn(github), observed()));
    expect(failure.nobodyHasIt).toBe(false);
    expect(failure.message).toBe(
      'Storing ATLAS_KEY in the Actions secrets of the repository octo-org/b failed: GitHub answered 403 (Repository was ' +
        'archived so is read-only). Nothing can be written to an archived repository: leave it out, or unarchive it. Storing ' +
        'ATLAS_KEY in the Actions secrets of the repository octo-org/c failed: GitHub answered 500 in 5 tries. GitHub has ' +
        'trouble of its own: run the job again later. The new credential is in the Actions secrets of the repository ' +
        'octo-org/app and the Actions secrets of the repository octo-org/d. The former one is still in the Actions secrets ' +
        'of the repository octo-org/b. It is not known which of them is in the Actions secrets of the repository octo-org/c. ' +
        'Once this is mended, run the job again: it writes all of them again.',
    );
    expect([...github.secrets.keys()].sort()).toEqual(['ATLAS_KEY', 'octo-org/d/ATLAS_KEY']);
  });

  it('and none was surely written, but one perhaps was: somebody may have it', async () => {
    await using github = await startGitHub({ ...four, archived: NAMES.slice(1) });
    github.fail('resetAfterEffect', { method: 'PUT', path: '/octo-org/app/', times: 9 });
    const failure = await failureOf(storeKey(storeIn(github), observed()));
    expect(failure.nobodyHasIt).toBe(false);
  });
});

describe('a rate limit in the middle', () => {
  const tooFast = (after: string) => ({ status: 403, headers: { 'retry-after': after } });

  it('holds all of them for as long as GitHub asks, and then they are written', async () => {
    const many = appsOf(12);
    await using github = await startGitHub({ repositories: many });
    const pauses: number[] = [];
    let sent: string[] = [];
    const pause = async (milliseconds: number) => {
      pauses.push(milliseconds);
      await wait(150);
      sent = github.requests.filter(({ method }) => method === 'PUT').map(({ path }) => path);
    };
    github.fail(tooFast('30'), { method: 'PUT', path: '/octo-org/app-0/' });
    await storeKey(storeIn(github, many), observed({ pause }));
    expect(pauses).toEqual([30_000]);
    // Those that were under way when the answer came.
    const first = many.slice(0, 4).map((name) => `/repos/${name}/actions/secrets/ATLAS_KEY`);
    expect(sent.length).toBeGreaterThan(0);
    expect(first).toEqual(expect.arrayContaining(sent));
    expect(github.secrets.size).toBe(12);
  });

  it('keeps those from being sent that wait for their second', async () => {
    const many = appsOf(21);
    await using github = await startGitHub({ repositories: many });
    const puts = () => github.requests.filter(({ method }) => method === 'PUT').length;
    const during: number[] = [];
    let isHeld = false;
    let begun = 0;
    const pause = async (milliseconds: number) => {
      if (milliseconds === 1000) {
        if (isHeld) begun++;
        return wait(20);
      }
      isHeld = true;
      // What is on its way arrives.
      await wait(80);
      during.push(puts());
      await wait(150);
      during.push(puts());
      isHeld = false;
    };
    github.fail(tooFast('30'), { method: 'PUT', path: '/octo-org/app-5/' });
    await storeKey(storeIn(github, many), observed({ pause }));
    expect(during).toHaveLength(2);
    expect(during[1]).toBe(during[0]);
    expect(begun, 'they are a second apart afterwards, too').toBe(0);
    expect(github.secrets.size).toBe(21);
  });

  it('that lasts longer than a job should spend stops the rest, which keep the former one', async () => {
    const many = appsOf(12);
    await using github = await startGitHub({ repositories: many });
    github.fail(tooFast('1800'), { method: 'PUT', path: '/octo-org/app-5/' });
    const failure = await failureOf(storeKey(storeIn(github, many), observed()));
    expect(failure.nobodyHasIt).toBe(false);
    expect(failure.message).toMatch(
      /GitHub answered 403\. The token's rate limit is used up: run the job again in 1800 s or later\. The new credential is in /,
    );
    expect(failure.message).toMatch(/The former one is still in [^.]*octo-org\/app-11\./);
    const puts = github.requests.filter(({ method }) => method === 'PUT');
    expect(puts.length).toBeLessThan(12);
  });
});
