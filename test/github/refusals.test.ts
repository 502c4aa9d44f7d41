import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { openSecretStore } from '../../src/github/secrets.ts';
import { actionsOf, environmentOf, failureOf, KEY, observed, PAIR, storeAt, storeKey } from './opening.ts';
import { type Fault, startGitHub, TOKENS } from './stand-in.ts';

describe('opening the store is refused', () => {
  it('for GITHUB_TOKEN, naming the permission that is needed, after one try', async () => {
    await using github = await startGitHub();
    const failure = await failureOf(
      openSecretStore(storeAt(github, { githubToken: TOKENS.integration }), observed()),
    );
    expect(failure.nobodyHasIt).toBe(true);
    expect(failure.message).toBe(
      'Opening the Actions secrets of the repository octo-org/app failed: GitHub answered 403 (Resource not ' +
        'accessible by integration). GITHUB_TOKEN can never write secrets, whatever its permissions: give as ' +
        'githubToken a fine-grained personal access token, or the token of a GitHub App, with the repository ' +
        'permission "Secrets: write" (a classic token: the scope "repo"). An App needs it granted to itself, accepted ' +
        'where it is installed, and asked for with the token.',
    );
    expect(github.requests).toHaveLength(1);
  });

  it('for GITHUB_TOKEN on an environment, naming that permission', async () => {
    await using github = await startGitHub();
    const places = [environmentOf(github, 'production')];
    const store = storeAt(github, { githubToken: TOKENS.integration, places });
    const failure = await failureOf(openSecretStore(store, observed()));
    expect(failure.message).toContain('the environment "production" of octo-org/app');
    expect(failure.message).toContain('"Environments: write"');
  });

  it('for an unknown token, after one try', async () => {
    await using github = await startGitHub();
    const failure = await failureOf(
      openSecretStore(storeAt(github, { githubToken: 'ghp_gone' }), observed()),
    );
    expect(failure.message).toContain('expired, revoked or mistyped');
    expect(github.requests).toHaveLength(1);
  });

  it('for a repository that is not there, or not shown', async () => {
    await using github = await startGitHub();
    const failure = await failureOf(
      openSecretStore(storeAt(github, { places: [actionsOf('octo-org/other')] }), observed()),
    );
    expect(failure.message).toContain('no such repository, or the token does not see it');
  });

  it('for an environment that is not there', async () => {
    await using github = await startGitHub();
    const places = [environmentOf(github, 'staging')];
    const failure = await failureOf(openSecretStore(storeAt(github, { places }), observed()));
    expect(failure.message).toContain('the environment "staging" of octo-org/app failed');
    expect(failure.message).toContain('there is no such environment');
  });

  it('by a redirect, which nobody follows', async () => {
    await using github = await startGitHub();
    await using elsewhere = await startGitHub();
    const location = `${elsewhere.apiUrl}/repos/octo-org/app/actions/secrets/public-key`;
    github.fail(
      { status: 301, headers: { location }, body: { message: 'Moved Permanently' } },
      { method: 'GET' },
    );
    const failure = await failureOf(openSecretStore(storeAt(github), observed()));
    expect(failure.message).toContain('was the repository renamed');
    expect(elsewhere.requests).toEqual([]);
  });

  it.each<[string, Fault]>([
    ['a web page', { status: 200, body: '<!doctype html><title>Sign in</title>' }],
    ['JSON without a key', { status: 200, body: { key_id: '1' } }],
    ['a key of the wrong length', { status: 200, body: { key_id: '1', key: 'AAAA' } }],
    ['a key that is no text', { status: 200, body: { key_id: '1', key: 5 } }],
    ['nothing', { status: 200 }],
  ])('by %s in place of a key', async (_, fault) => {
    await using github = await startGitHub();
    github.fail(fault, { method: 'GET' });
    const failure = await failureOf(openSecretStore(storeAt(github), observed()));
    expect(failure.message).toContain('GITHUB_API_URL');
  });

  it('in words that are no text: the status alone is told', async () => {
    await using github = await startGitHub();
    github.fail({ status: 422, body: { message: ['no'] } }, { method: 'GET' });
    const failure = await failureOf(openSecretStore(storeAt(github), observed()));
    expect(failure.message).toContain('failed: GitHub answered 422. ');
  });

  it("with GitHub's words cleaned and cut", async () => {
    await using github = await startGitHub();
    const message = `one\n::set-output::two\u001b[31m ${TOKENS.write} ${'long '.repeat(200)}`;
    github.fail({ status: 403, body: { message } }, { method: 'GET' });
    const failure = await failureOf(openSecretStore(storeAt(github), observed()));
    expect(failure.message).toContain('(one ::set-output::two [31m *** long long');
    expect(failure.message).not.toMatch(/\p{Cc}/u);
    expect(failure.message.length).toBeLessThan(700);
  });
});

describe('writing is refused', () => {
  it('for a token that may only read, and nothing was changed', async () => {
    await using github = await startGitHub();
    const failure = await failureOf(storeKey(storeAt(github, { githubToken: TOKENS.read }), observed()));
    expect(failure.nobodyHasIt).toBe(true);
    expect(failure.message).toMatch(
      /^Storing ATLAS_KEY in the Actions secrets of the repository octo-org\/app failed: /,
    );
    expect(failure.message).toMatch(/No secret was changed\.$/);
    expect(github.requests).toHaveLength(2);
  });

  it('for a name that GitHub does not take', async () => {
    await using github = await startGitHub();
    const names = { form: 'combined', secret: 'GITHUB_KEY' } as const;
    const failure = await failureOf(storeKey(storeAt(github, { names }), observed()));
    expect(failure.message).toContain('does not start with GITHUB_');
  });

  it('by a success that GitHub never gives, and it is open what was changed', async () => {
    await using github = await startGitHub();
    github.fail({ status: 202, body: {} }, { method: 'PUT' });
    const failure = await failureOf(storeKey(storeAt(github), observed()));
    expect(failure.nobodyHasIt).toBe(false);
    expect(failure.message).toContain('The API does not answer so: is GITHUB_API_URL wrong?');
  });

  it('half-way through a pair, and what was written is told', async () => {
    await using github = await startGitHub();
    const names = { ...PAIR, privateKeySecret: '1ATLAS_PRIVATE' };
    const failure = await failureOf(storeKey(storeAt(github, { names }), observed()));
    expect(failure.nobodyHasIt).toBe(false);
    expect(failure.message).toMatch(/^Storing 1ATLAS_PRIVATE in /);
    expect(failure.message).toContain('Only the new public half, which may not fit the other secret, is in');
    expect(failure.message).toContain('can be put back into ATLAS_PUBLIC');
    expect([...github.secrets.keys()]).toEqual(['ATLAS_PUBLIC']);
  });

  it.each<[string, Fault]>([
    ['a refusal that repeats the request', { status: 422, body: { message: 'filled in by the test' } }],
    ['a server fault', { status: 500, body: '<html>unicorn</html>' }],
    ['a reset', 'reset'],
  ])('and %s shows neither key, token nor box', async (_, fault) => {
    await using github = await startGitHub();
    const options = observed();
    const vault = await openSecretStore(storeAt(github), options);
    github.fail(fault, { method: 'PUT', times: 9 });
    const failure = await failureOf(vault.write(KEY));
    await vault.close();
    const { encrypted_value: box } = JSON.parse(github.requests[1]?.body ?? '{}') as {
      encrypted_value: string;
    };
    // The way a careless handler would print it: message, stack, properties, causes.
    const shown = [...options.lines, inspectDeeply(failure)].join('\n');
    for (const secret of [KEY.privateKey, TOKENS.write, box]) expect(shown).not.toContain(secret);
  });

  it('and a refusal that echoes the box does not carry it on', async () => {
    await using github = await startGitHub();
    const echoed = 'A'.repeat(40).concat('+/'.repeat(20), '==');
    github.fail({ status: 422, body: { message: `cannot open ${echoed}` } }, { method: 'PUT' });
    const failure = await failureOf(storeKey(storeAt(github), observed()));
    expect(failure.message).toContain('cannot open ***');
  });
});

function inspectDeeply(error: unknown): string {
  return inspect(error, { depth: 12, showHidden: true, maxStringLength: null, maxArrayLength: null });
}
