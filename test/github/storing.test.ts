import { describe, expect, it, vi } from 'vitest';
import { openSecretStore } from '../../src/github/secrets.ts';
import { COMBINED, environmentOf, KEY, observed, PAIR, storeAt, storeKey } from './opening.ts';
import { startGitHub, TOKENS } from './stand-in.ts';

describe('storing a key', () => {
  it('writes one secret, publicKey:privateKey, with one read and one write', async () => {
    await using github = await startGitHub();
    await storeKey(storeAt(github), observed());
    expect([...github.secrets]).toEqual([['ATLAS_KEY', `${KEY.publicKey}:${KEY.privateKey}`]]);
    expect(github.requests.map(({ method, path }) => `${method} ${path}`)).toEqual([
      'GET /repos/octo-org/app/actions/secrets/public-key',
      'PUT /repos/octo-org/app/actions/secrets/ATLAS_KEY',
    ]);
    expect(github.connections).toBe(1);
    expect(new Set(github.requests.map((request) => request.authorization))).toEqual(
      new Set([`token ${TOKENS.write}`]),
    );
  });

  it('writes the public half of a pair first', async () => {
    await using github = await startGitHub();
    await storeKey(storeAt(github, { names: PAIR }), observed());
    expect([...github.secrets]).toEqual([
      ['ATLAS_PUBLIC', KEY.publicKey],
      ['ATLAS_PRIVATE', KEY.privateKey],
    ]);
  });

  it('replaces what was there', async () => {
    await using github = await startGitHub();
    const store = storeAt(github);
    const vault = await openSecretStore(store, observed());
    await vault.write({ publicKey: 'former', privateKey: 'former' });
    await vault.write(KEY);
    await vault.close();
    expect(github.secrets.get('ATLAS_KEY')).toBe(`${KEY.publicKey}:${KEY.privateKey}`);
  });

  it('seals for the environment when one is named, also with a slash in its name', async () => {
    await using github = await startGitHub({ environments: ['eu/prod & test'] });
    await storeKey(storeAt(github, { places: [environmentOf(github, 'eu/prod & test')] }), observed());
    expect([...github.secrets.keys()]).toEqual(['eu/prod & test/ATLAS_KEY']);
  });

  it.each(['', '/'])('works on an Enterprise Server, its address ending in "%s"', async (end) => {
    await using github = await startGitHub({ basePath: '/api/v3' });
    await storeKey(storeAt(github, { apiUrl: `${github.apiUrl}${end}` }), observed());
    expect([...github.secrets.keys()]).toEqual(['ATLAS_KEY']);
  });

  it('sends nothing but the read until a key is written', async () => {
    await using github = await startGitHub();
    const vault = await openSecretStore(storeAt(github), observed());
    expect(github.requests.map((request) => request.method)).toEqual(['GET']);
    await vault.close();
  });

  it('tells each try in the debug log, and no secret there or on the wire', async () => {
    await using github = await startGitHub();
    const options = observed();
    await storeKey(storeAt(github, { names: COMBINED }), options);
    expect(options.lines).toEqual([
      'GitHub: GET /repos/octo-org/app/actions/secrets/public-key: 200 (try 1 of 5)',
      'GitHub: PUT /repos/octo-org/app/actions/secrets/ATLAS_KEY: 201 (try 1 of 5)',
    ]);
    expect(github.requests.map((request) => request.body).join()).not.toContain(KEY.privateKey);
  });

  it('keeps the console clean, even when GitHub calls a route deprecated', async () => {
    await using github = await startGitHub();
    const vault = await openSecretStore(storeAt(github), observed());
    const said = vi.spyOn(process.stderr, 'write');
    const warned = vi.spyOn(console, 'warn');
    github.fail(
      { status: 201, headers: { deprecation: 'true', sunset: 'soon' }, body: {} },
      { method: 'PUT' },
    );
    await vault.write(KEY);
    await vault.close();
    expect(said).not.toHaveBeenCalled();
    expect(warned).not.toHaveBeenCalled();
  });
});
