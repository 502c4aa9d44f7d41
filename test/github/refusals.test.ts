import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { openSecretStore } from '../../src/github/secrets.ts';
import { failureOf, KEY, observed, storeAt, storeKey } from './opening.ts';
import { type Fault, startGitHub, TOKENS } from './stand-in.ts';

describe('opening the store is refused', () => {
  async function refusedBy(fault: Fault): Promise<string> {
    await using github = await startGitHub();
    github.fail(fault, { method: 'GET' });
    return (await failureOf(openSecretStore(storeAt(github), observed()))).message;
  }

  it('by a redirect, which nobody follows', async () => {
    await using elsewhere = await startGitHub();
    const location = `${elsewhere.apiUrl}/repos/octo-org/app/actions/secrets/public-key`;
    const message = await refusedBy({ status: 301, headers: { location }, body: { message: 'Moved' } });
    expect(message).toContain('was the repository renamed');
    expect(elsewhere.requests).toEqual([]);
  });

  it.each<[string, unknown]>([
    ['a web page', '<!doctype html><title>Sign in</title>'],
    ['JSON without a key', { key_id: '1' }],
    ['a key of the wrong length', { key_id: '1', key: 'AAAA' }],
    ['a key that is no text', { key_id: '1', key: 5 }],
    ['nothing', undefined],
  ])('by %s in place of a key', async (_, body) => {
    expect(await refusedBy({ status: 200, body })).toContain('GITHUB_API_URL');
  });

  it('in words that are no text: the status alone is told', async () => {
    const message = await refusedBy({ status: 422, body: { message: ['no'] } });
    expect(message).toContain('failed: GitHub answered 422. ');
  });

  it("with GitHub's words cleaned and cut", async () => {
    const words = `one\n::set-output::two\u001b[31m ${TOKENS.write} ${'long '.repeat(200)}`;
    const message = await refusedBy({ status: 403, body: { message: words } });
    expect(message).toContain('(one ::set-output::two [31m *** long long');
    expect(message).not.toMatch(/\p{Cc}/u);
    expect(message.length).toBeLessThan(700);
  });
});

describe('writing is refused', () => {
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
    const { encrypted_value: box } = JSON.parse(github.requests[1]?.body ?? '{}');
    // The way a careless handler would print it: message, stack, properties, causes.
    const all = { depth: 12, showHidden: true, maxStringLength: null, maxArrayLength: null };
    const shown = [...options.lines, inspect(failure, all)].join('\n');
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
