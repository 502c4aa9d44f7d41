/** A new key stored as Actions secrets, before anything else is made final; GitHub opens the boxes with libsodium. */
import { describe, expect, it } from 'vitest';
import { readMark } from '../../src/keys/mark.ts';
import { keysBeside, openScene } from '../action/scene.ts';
import { type GitHubOptions, startGitHub, TOKENS } from '../github/stand-in.ts';

const COMBINED = { githubToken: TOKENS.write, combinedSecret: 'ATLAS_KEY' };
const PAIR = {
  githubToken: TOKENS.write,
  publicKeySecret: 'ATLAS_PUBLIC',
  privateKeySecret: 'ATLAS_PRIVATE',
};

async function openBoth(options: GitHubOptions = {}) {
  const scene = await openScene();
  const github = await startGitHub(options);
  const { apiUrl, repository } = github;
  return {
    scene,
    github,
    run: (inputs: Readonly<Record<string, string>>) => {
      // Of keys made within one second the id says nothing about which is newer.
      scene.atlas.clock.advance(1_000);
      return scene.run(inputs, { apiUrl, repository });
    },
    descs: () => keysBeside(scene).map(({ desc }) => readMark(desc)?.mark.state ?? 'current'),
    async [Symbol.asyncDispose]() {
      await scene[Symbol.asyncDispose]();
      await github[Symbol.asyncDispose]();
    },
  };
}

describe('Actions secrets', () => {
  it.each(['ensure', 'rotate'])('hold the new key in one secret, and no log does (%s)', async (mode) => {
    await using both = await openBoth();
    const run = await both.run({ mode, ...COMBINED });
    const [key] = keysBeside(both.scene);
    expect(run.conclusion).toBe('success');
    expect(Object.fromEntries(both.github.secrets)).toEqual({
      ATLAS_KEY: `${key?.publicKey}:${key?.privateKey}`,
    });
    expect(both.descs()).toEqual(['current']);
    expect(run.main.log).toContain('ATLAS_KEY');
    expect(run.log).not.toContain(key?.privateKey);
    expect(run.log).not.toContain(TOKENS.write);
    expect(both.github.requests.map(({ body }) => body).join()).not.toContain(key?.privateKey);
  });

  it('hold it as a pair', async () => {
    await using both = await openBoth();
    const { main } = await both.run({ ...PAIR });
    const [key] = keysBeside(both.scene);
    expect(main.log).toContain(
      'Stored the new key as ATLAS_PUBLIC and ATLAS_PRIVATE in the Actions secrets of the repository octo-org/app.',
    );
    expect(Object.fromEntries(both.github.secrets)).toEqual({
      ATLAS_PUBLIC: key?.publicKey,
      ATLAS_PRIVATE: key?.privateKey,
    });
  });

  it('may be those of an environment, and of an Enterprise Server', async () => {
    await using both = await openBoth({ basePath: '/api/v3' });
    expect(both.github.apiUrl).toMatch(/\/api\/v3$/);
    const run = await both.run({ ...COMBINED, secretEnvironment: 'production' });
    expect(run.conclusion).toBe('success');
    expect([...both.github.secrets.keys()]).toEqual(['production/ATLAS_KEY']);
  });

  it('are written again after trouble on the way', async () => {
    await using both = await openBoth();
    both.github.fail({ status: 502 }, { method: 'GET' });
    both.github.fail('reset', { method: 'PUT' });
    both.github.fail({ status: 500 }, { method: 'PUT' });
    const run = await both.run({ mode: 'rotate', commit: 'step', ...COMBINED });
    expect(run.conclusion).toBe('success');
    expect(run.main.annotations).toEqual([]);
    expect(both.github.secrets.get('ATLAS_KEY')).toContain(run.main.outputs.publicKey);
  });

  it('are written before a rotation is committed', async () => {
    await using both = await openBoth();
    await both.run({ mode: 'rotate', commit: 'step', ...COMBINED });
    const former = both.github.secrets.get('ATLAS_KEY');
    const whenCommitted: (string | undefined)[] = [];
    both.scene.atlas.faults.add({
      when: ({ method, body }) => method === 'PATCH' && (body as { desc?: string }).desc === 'deploy',
      run: () => void whenCommitted.push(both.github.secrets.get('ATLAS_KEY')),
    });
    const run = await both.run({ mode: 'rotate', commit: 'step', ...COMBINED });
    expect(run.conclusion).toBe('success');
    expect(whenCommitted).toHaveLength(1);
    expect(whenCommitted[0]).not.toBe(former);
    expect(whenCommitted[0]).toContain(run.main.outputs.publicKey);
  });

  it('are not written for a key that was there before, which is said', async () => {
    await using both = await openBoth();
    await both.scene.run({});
    const run = await both.run({ ...COMBINED });
    expect(run.conclusion).toBe('success');
    expect(both.github.secrets.size).toBe(0);
    expect(run.main.log).toContain('Secrets are written for a newly made key only');
  });
});

describe('a store that fails', () => {
  it('leaves no new key behind in ensure', async () => {
    await using both = await openBoth();
    both.github.fail({ status: 422, body: { message: 'no' } }, { method: 'PUT', times: 9 });
    const run = await both.run({ ...COMBINED });
    expect(run.conclusion).toBe('failure');
    expect(run.main.log).toContain('Storing ATLAS_KEY in the Actions secrets');
    expect(run.main.log).toContain('No secret was changed');
    expect(run.main.outputs.privateKey ?? '').toBe('');
    expect(both.descs()).toEqual([]);
  });

  it.each(['step', 'job'])(
    'commits nothing: the former key stays current and valid (commit: %s)',
    async (commit) => {
      await using both = await openBoth();
      await both.run({ mode: 'rotate', commit: 'step', ...COMBINED });
      const [former] = keysBeside(both.scene);
      both.github.fail({ status: 422, body: { message: 'no' } }, { method: 'PUT', times: 9 });
      const run = await both.run({ mode: 'rotate', commit, ...COMBINED });
      expect(run.conclusion).toBe('failure');
      expect(run.main.outputs.privateKey ?? '').toBe('');
      expect(keysBeside(both.scene)).toEqual([former]);
      expect(both.github.secrets.get('ATLAS_KEY')).toBe(`${former?.publicKey}:${former?.privateKey}`);
      const check = await both.run({ knownPrivateKey: both.github.secrets.get('ATLAS_KEY') ?? '' });
      expect(check.main.outputs.privateKey).toBe(former?.privateKey);
    },
  );

  it('tells which half was written, and keeps both keys', async () => {
    await using both = await openBoth();
    await both.run({ mode: 'rotate', commit: 'step', ...PAIR });
    const [former] = keysBeside(both.scene);
    const { requests } = both.github;
    const before = requests.filter(({ method }) => method === 'PUT').length;
    // The first half goes through, the second does not.
    both.github.fail({ status: 201, body: {} }, { method: 'PUT', times: 1 });
    both.github.fail({ status: 422, body: { message: 'no' } }, { method: 'PUT', times: 9 });
    const run = await both.run({ mode: 'rotate', ...PAIR });
    const puts = requests.filter(({ method }) => method === 'PUT').length - before;
    expect(puts).toBe(2);
    expect(run.conclusion).toBe('failure');
    expect(run.main.log).toContain('Only the new public half, which may not fit the other secret, is in');
    expect(run.main.log).toContain('No other key was changed');
    expect(both.descs().sort()).toEqual(['current', 'undecided']);
    expect(both.scene.atlas.key(former?.id ?? '')).toMatchObject({ desc: 'deploy' });
    expect(run.post[0]?.log).toContain('stays alive, undecided');
  });

  it('keeps the new key undecided when GitHub may have it, though nobody said so', async () => {
    await using both = await openBoth();
    await both.run({ mode: 'rotate', commit: 'step', ...COMBINED });
    both.github.fail('resetAfterEffect', { method: 'PUT', times: 9 });
    const run = await both.run({ mode: 'rotate', commit: 'step', timeout: '20s', ...COMBINED });
    expect(run.conclusion).toBe('failure');
    expect(run.main.log).toContain(
      'Which of them is in the Actions secrets of the repository octo-org/app is not known.',
    );
    expect(both.descs().sort()).toEqual(['current', 'undecided']);
  });
});

describe('a token that may not write secrets', () => {
  it.each(['ensure', 'rotate'])(
    'is told before a key is made, with the permission to give (%s)',
    async (mode) => {
      await using both = await openBoth();
      const run = await both.run({ mode, ...COMBINED, githubToken: TOKENS.integration });
      expect(run.conclusion).toBe('failure');
      expect(run.main.log).toMatch(/GITHUB_TOKEN can never write secrets.*"Secrets: write"/);
      expect(both.scene.atlas.history.find('createGroupApiKey')).toEqual([]);
    },
  );

  it('is told with the permission of environments where one is named', async () => {
    await using both = await openBoth();
    const run = await both.run({
      ...COMBINED,
      githubToken: TOKENS.integration,
      secretEnvironment: 'production',
    });
    expect(run.main.log).toContain('"Environments: write"');
  });

  it('that may only read is told when it writes, and the key is undone', async () => {
    await using both = await openBoth();
    const run = await both.run({ ...COMBINED, githubToken: TOKENS.read });
    expect(run.conclusion).toBe('failure');
    expect(run.main.log).toContain('"Secrets: write"');
    expect(both.descs()).toEqual([]);
  });

  it('does not matter in a dry run', async () => {
    await using both = await openBoth();
    const run = await both.run({
      mode: 'rotate',
      ...COMBINED,
      githubToken: TOKENS.integration,
      dryRun: 'true',
    });
    expect(run.main.outputs.result).toBe('planned');
    expect(both.github.requests).toEqual([]);
  });
});
