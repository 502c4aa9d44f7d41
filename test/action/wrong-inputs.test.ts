import { writeFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import type { JobOptions } from '../runner/job.ts';
import { errorsIn } from './evidence.ts';
import { openQuickScene } from './in-process.ts';

/** What is wrong, and the sentence about it. */
const WRONG: readonly (readonly [string, Record<string, string>, string])[] = [
  [
    'no project',
    { groupId: '' },
    '`groupId` is missing: give the id of the project, 24 hex digits in its address in Atlas (…/v2/<id>), or set `MONGODB_ATLAS_PROJECT_ID`.',
  ],
  [
    "a project's name",
    { groupId: 'my-shop' },
    '`groupId` is "my-shop", which is not a project\'s id but perhaps its name: give the 24 hex digits in its address in Atlas (…/v2/<id>).',
  ],
  [
    'an id in upper case',
    { groupId: '5F3A9C0E1B2D4F675F3A9C0E' },
    '`groupId` is "5F3A9C0E1B2D4F675F3A9C0E", but a project\'s id is lower case: write `5f3a9c0e1b2d4f675f3a9c0e`.',
  ],
  [
    'an id of 23 digits',
    { groupId: '5f3a9c0e1b2d4f675f3a9c0' },
    '`groupId` is "5f3a9c0e1b2d4f675f3a9c0", but a project\'s id has 24 hex digits and this has 23 digits: copy it again.',
  ],
  [
    'no desc',
    { desc: ' ' },
    '`desc` is missing: mode `ensure` finds the key by it, or makes one of that name; give 1 to 250 characters, or `apiUserId` for a key that exists.',
  ],
  [
    'too long a desc',
    { desc: 'x'.repeat(251) },
    '`desc` has 251 characters, but Atlas takes at most 250: shorten it.',
  ],
  [
    'no roles',
    { roles: '\n,' },
    '`roles` is missing: mode `ensure` needs the project roles to give, such as `GROUP_READ_ONLY`, one a line or separated by commas.',
  ],
  [
    'a role of the organisation',
    { roles: 'ORG_OWNER' },
    '`roles` names "ORG_OWNER", an organisation role: Atlas may honour it through a project, and this action never grants rights beyond the project; name project roles (`GROUP_…`) only.',
  ],
  [
    'a role without GROUP_',
    { roles: 'Project Read Only' },
    '`roles` names "Project Read Only", which is not a project role: they begin with `GROUP_`; did you mean `GROUP_READ_ONLY`?',
  ],
  [
    'no private key',
    { atlasPrivateKey: '' },
    '`atlasPublicKey` is given and `atlasPrivateKey` is empty: give both, and check that the secret it comes from exists under this name.',
  ],
  [
    'both halves of a key as the private one',
    { atlasPrivateKey: 'abcdwxyz:3f2504e0-4f89-41d3-9a0c-0305e82c3301' },
    '`atlasPrivateKey` holds both halves of an API key (`publicKey:privateKey`, as `combinedSecret` stores them): give what stands before the colon as `atlasPublicKey`, and only what stands after it as `atlasPrivateKey`.',
  ],
  [
    'no credentials',
    { atlasPublicKey: '', atlasPrivateKey: '' },
    'The credentials for Atlas are missing: give `atlasPublicKey` and `atlasPrivateKey` (an API key), or `atlasClientId` and `atlasClientSecret` (a service account), best from secrets.',
  ],
  [
    'a service account as a key',
    { atlasPublicKey: 'mdb_sa_id_5f3a9c0e1b2d4f675f3a9c0e', atlasPrivateKey: 'mdb_sa_sk_abcdefgh' },
    '`atlasPublicKey` or `atlasPrivateKey` holds a value of a service account (`mdb_sa_…`): give it as `atlasClientId` and `atlasClientSecret`.',
  ],
  [
    'a public key for an id',
    { desc: '', apiUserId: 'abcdwxyz' },
    '`apiUserId` is "abcdwxyz", which is a public key: give the key\'s id, 24 hex digits, as this action\'s output `apiUserId` or `atlas organizations apiKeys list` shows it.',
  ],
  [
    'an unknown mode',
    { mode: 'create' },
    '`mode` is "create", which does not exist: choose `ensure`, `ephemeral`, `rotate`, `revoke` or `sweep`.',
  ],
  [
    'http to a host elsewhere',
    { baseUrl: 'http://cloud.mongodb.com' },
    '`baseUrl` is "http://cloud.mongodb.com", but credentials are sent over `https` only (`http` to this machine aside): write `https://…`.',
  ],
  [
    'a base URL with a path',
    { baseUrl: 'https://cloud.mongodb.com/api/atlas/v2' },
    '`baseUrl` is "https://cloud.mongodb.com/api/atlas/v2", but must end after the host: write `https://cloud.mongodb.com` (the path is for the input `api`).',
  ],
  [
    'a sweep of service accounts',
    { credential: 'serviceAccount', mode: 'sweep', roles: '' },
    '`credential: serviceAccount` does not take mode `sweep`: Atlas ends the secrets of service accounts by itself, so nothing is left over; use mode `revoke` to end them at once.',
  ],
  [
    'the age of a key for a service account',
    { credential: 'serviceAccount', mode: 'ephemeral', ttl: '1h' },
    '`credential: serviceAccount` does not take `ttl`: Atlas ends the secret of a service account by itself; say when with `secretExpiresAfter`.',
  ],
  [
    'an end for a key',
    { secretExpiresAfter: '8h' },
    '`credential: apiKey` does not take `secretExpiresAfter`: Atlas never ends an API key by itself; leave that out, or use `credential: serviceAccount`.',
  ],
];

describe('an input that is wrong', () => {
  it.each(WRONG)('%s is told before anything is sent', async (_what, inputs, sentence) => {
    const { errors, requests, milliseconds } = await attempt(inputs);
    expect(errors).toEqual([sentence]);
    expect(requests).toBe(0);
    expect(milliseconds).toBeLessThan(3_000);
  });

  it('does not hide the others', async () => {
    const { errors } = await attempt({
      groupId: 'x y',
      desc: '',
      roles: '',
      mode: 'ensure',
      baseUrl: 'nonsense',
      timeout: '1',
    });
    for (const name of ['groupId', 'desc', 'roles', 'baseUrl', 'timeout']) {
      expect(errors.filter((error) => error.startsWith(`\`${name}\``))).toHaveLength(1);
    }
    expect(errors.at(-1)).toBe(
      '5 things are wrong with the inputs, each named above; nothing was sent to Atlas.',
    );
  });

  it('only warns of an unknown project role, and Atlas decides', async () => {
    await using scene = await openQuickScene();
    const { main } = await scene.run({ roles: 'GROUP_OF_TOMORROW' });
    expect(main.annotations[0]).toMatchObject({ level: 'warning' });
    expect(main.annotations[0]?.message).toContain('GROUP_OF_TOMORROW');
    expect(scene.atlas.history.find('createGroupApiKey').length).toBeGreaterThan(0);
  });
});

describe('missing credentials', () => {
  const nobody = { atlasPublicKey: '', atlasPrivateKey: '' };

  it('on a run of Dependabot are explained', async () => {
    const { errors } = await attempt(nobody, { actor: 'dependabot[bot]' });
    expect(errors[0]).toMatch(
      /^The credentials for Atlas are missing: .* Dependabot started this run, .* store them under Settings/,
    );
  });

  it('on a pull request that may be from a fork are explained', async () => {
    const { errors } = await attempt(nobody, { event: 'pull_request' });
    expect(errors[0]).toMatch(/^The credentials for Atlas are missing: .* GitHub gives no secrets to those/);
  });

  it('on a pull request that is from a fork are explained', async () => {
    await using scene = await openQuickScene();
    const fork = { pull_request: { head: { repo: { full_name: 'somebody/octo-repo' } } } };
    const { steps } = await scene.job(
      [
        { run: ({ env }) => writeFile(env.GITHUB_EVENT_PATH ?? '', JSON.stringify(fork)) },
        scene.step(nobody),
      ],
      { event: 'pull_request' },
    );
    const [, main] = steps;
    expect(main && errorsIn(main)[0]).toMatch(
      /This pull request comes from a fork, and GitHub gives no secrets to those: skip/,
    );
  });
});

async function attempt(inputs: Record<string, string>, options?: JobOptions) {
  await using scene = await openQuickScene();
  const { main } = await scene.run(inputs, options);
  expect(main.outcome).toBe('failure');
  return {
    errors: errorsIn(main),
    requests: scene.atlas.history.requests.length,
    milliseconds: main.milliseconds,
  };
}
