import { expect, it, vi } from 'vitest';
import { openSecretStore } from '../../src/github/secrets.ts';
import { environmentOf, KEY, observed, PAIR, storeAt, storeKey } from './opening.ts';
import { startGitHub, TOKENS } from './stand-in.ts';

const VALUE = `${KEY.publicKey}:${KEY.privateKey}`;

it('a key is one secret, publicKey:privateKey, with one read when the store is opened and one write', async () => {
  await using github = await startGitHub();
  const options = observed();
  const vault = await openSecretStore(storeAt(github), options);
  expect(github.requests.map(({ method }) => method)).toEqual(['GET']);
  await vault.write(KEY);
  await vault.close();
  expect([...github.secrets]).toEqual([['ATLAS_KEY', VALUE]]);
  expect(github.requests.map(({ method, path }) => `${method} ${path}`)).toEqual([
    'GET /repos/octo-org/app/actions/secrets/public-key',
    'PUT /repos/octo-org/app/actions/secrets/ATLAS_KEY',
  ]);
  expect(github.connections).toBe(1);
  const authorizations = github.requests.map(({ authorization }) => authorization);
  expect(authorizations).toEqual(Array(2).fill(`token ${TOKENS.write}`));
  expect([...options.lines, ...github.requests.map(({ body }) => body)].join()).not.toContain(KEY.privateKey);
});

it('a key replaces what was there, and may be written again', async () => {
  await using github = await startGitHub();
  const vault = await openSecretStore(storeAt(github), observed());
  await vault.write({ publicKey: 'former', privateKey: 'former' });
  await vault.write(KEY);
  await vault.close();
  expect(github.secrets.get('ATLAS_KEY')).toBe(VALUE);
});

it.each(
  // biome-ignore format: a table, one row a line
  [
    ['a pair, the public half first', PAIR, [['ATLAS_PUBLIC', KEY.publicKey], ['ATLAS_PRIVATE', KEY.privateKey]]],
    ['the private half alone', { form: 'secret', secret: 'CLIENT_SECRET' }, [['CLIENT_SECRET', KEY.privateKey]]],
  ] as const,
)('a key is stored as its names say: %s', async (_, names, secrets) => {
  await using github = await startGitHub();
  await storeKey(storeAt(github, { names }), observed());
  expect([...github.secrets]).toEqual(secrets);
});

it('a key is sealed for the environment that is named, also with a slash in its name', async () => {
  await using github = await startGitHub({ environments: ['eu/prod & test'] });
  await storeKey(storeAt(github, { places: [environmentOf('eu/prod & test')] }), observed());
  expect([...github.secrets.keys()]).toEqual(['eu/prod & test/ATLAS_KEY']);
});

it.each(['', '/'])('a key goes to an Enterprise Server, too, its address ending in "%s"', async (end) => {
  await using github = await startGitHub({ basePath: '/api/v3' });
  await storeKey(storeAt(github, { apiUrl: `${github.apiUrl}${end}` }), observed());
  expect([...github.secrets.keys()]).toEqual(['ATLAS_KEY']);
});

it('the console stays clean, even when GitHub calls a route deprecated', async () => {
  await using github = await startGitHub();
  const said = vi.spyOn(process.stderr, 'write');
  const warned = vi.spyOn(console, 'warn');
  const headers = { deprecation: 'true', sunset: 'soon' };
  github.fail({ status: 201, headers, body: {} }, { method: 'PUT' });
  await storeKey(storeAt(github), observed());
  expect(said).not.toHaveBeenCalled();
  expect(warned).not.toHaveBeenCalled();
});
