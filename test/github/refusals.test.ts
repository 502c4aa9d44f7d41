/** What a refusal of GitHub's must not bring along: redirects, forged lines of the log, secrets. */
import { inspect } from 'node:util';
import { expect, it } from 'vitest';
import { wordsOf } from '../../src/github/refusal.ts';
import { openSecretStore } from '../../src/github/secrets.ts';
import { WireFault } from '../../src/wire/wire.ts';
import { failureOf, KEY, observed, storeAt } from './opening.ts';
import { type Fault, startGitHub, TOKENS } from './stand-in.ts';

it('a redirect is followed by nobody', async () => {
  await using elsewhere = await startGitHub();
  await using github = await startGitHub();
  const location = `${elsewhere.apiUrl}/repos/octo-org/app/actions/secrets/public-key`;
  github.fail({ status: 301, headers: { location }, body: { message: 'Moved' } }, { method: 'GET' });
  const { message } = await failureOf(openSecretStore(storeAt(github), observed()));
  expect(message).toContain('give the repository by its present name');
  expect(elsewhere.requests).toEqual([]);
});

it("GitHub's words are cleaned and cut", async () => {
  await using github = await startGitHub();
  const words = `one\n::set-output::two\u001b[31m ${TOKENS.write} ${'long '.repeat(200)}`;
  github.fail({ status: 403, body: { message: words } }, { method: 'GET' });
  const { message } = await failureOf(openSecretStore(storeAt(github), observed()));
  expect(message).toContain('(one ::set-output::two [31m *** long long');
  expect(message).not.toMatch(/\p{Cc}/u);
  expect(message.length).toBeLessThan(700);
});

it.each<[string, (box: string) => Fault]>([
  ['that repeats the box', (box) => ({ status: 422, body: { message: `cannot open ${box}` } })],
  ['of a server fault', () => ({ status: 500, body: '<html>unicorn</html>' })],
  ['of a reset', () => 'reset'],
])('an error %s shows neither key, token nor box', async (_, faultFor) => {
  await using github = await startGitHub();
  const options = observed();
  const vault = await openSecretStore(storeAt(github), options);
  let box = '';
  github.during(1, 'before', async () => {
    box = JSON.parse(github.requests.at(-1)?.body ?? '{}').encrypted_value;
    github.fail(faultFor(box), { method: 'PUT', times: 9 });
  });
  const failure = await failureOf(vault.write(KEY));
  await vault.close();
  expect(box).not.toBe('');
  // The way a careless handler would print it: message, stack, properties, causes.
  const all = { depth: 12, showHidden: true, maxStringLength: null, maxArrayLength: null };
  const shown = [...options.lines, inspect(failure, all)].join('\n');
  for (const secret of [KEY.privateKey, TOKENS.write, box]) expect(shown).not.toContain(secret);
});

it('a connection that broke is told in words where Node gives no code', () => {
  const facts = { sent: true, received: '', cause: new Error('other side closed') };
  expect(wordsOf(new WireFault('broken', facts))).toBe('GitHub was not reached (the connection broke)');
});
