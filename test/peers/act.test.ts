/**
 * The three workflows of examples/ as they are, under nektos/act: a runner that nobody here wrote, with its own reading
 * of masks, outputs, inputs and post steps. Atlas, GitHub and the webhook are on this machine.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readMark } from '../../src/keys/mark.ts';
import { ACTION } from '../action/scene.ts';
import { TOKENS } from '../github/stand-in.ts';
import type { SimulatedKey } from '../simulator/simulator.ts';
import { openActRepository as openRepository, type Repository } from './act.ts';
import { ACT, isMissing } from './tools.ts';

const DAY = 24 * 60 * 60 * 1000;
const example = (name: string): string => readFileSync(join(ACTION, 'examples', name), 'utf8');
/** A careless last step of a job with exportEnv. */
const LEAK = `
      - run: echo "leaked $MONGODB_ATLAS_PRIVATE_API_KEY by $OWNER"
        env:
          OWNER: \${{ secrets.ATLAS_CLIENT_SECRET }}
`;

// On Windows act runs steps in another shell.
describe.skipIf(process.platform === 'win32' || isMissing(ACT))('under act', { timeout: 120_000 }, () => {
  test('deploy.yml: the key reaches the later steps, masked, and post revokes it', async () => {
    await using repository = await openRepository();
    const run = await repository.run(example('deploy.yml') + LEAK, 'push');
    expect(run.log).toContain('Job succeeded');
    const [key] = repository.atlas.keys({ includeDeleted: true });
    expect(run.outputs('apiUserId')).toEqual([key?.id]);
    expect(run.outputs('result')).toEqual(['created']);
    expect(run.outputs('privateKey')).toEqual(['***']);
    expect(key?.accessList).toEqual(['127.0.0.1/32']);
    expect(usersOf(repository, key)).toContain('curl');
    expect(run.log).toContain('leaked *** by ***');
    expect(run.log).toContain(`Revoked key ${key?.id}`);
    expect(deleterOf(repository, key)).toBe(repository.owner.clientId);
    expectNoSecret(run.log, repository);
  });

  test('deploy.yml: the key is revoked when the deployment fails', async () => {
    await using repository = await openRepository();
    repository.failDeployment();
    const run = await repository.run(example('deploy.yml'), 'push');
    expect(run.succeeded).toBe(false);
    const [key] = repository.atlas.keys({ includeDeleted: true });
    expect(usersOf(repository, key)).toContain('curl');
    expect(deleterOf(repository, key)).toBe(repository.owner.clientId);
    expectNoSecret(run.log, repository);
  });

  test('matrix.yml: four jobs make one key; in the next run all of them use it', async () => {
    await using repository = await openRepository();
    const first = await repository.run(example('matrix.yml'), 'push');
    expect(first.succeeded).toBe(true);
    expect(repository.keys()).toHaveLength(1);
    const [key] = repository.keys();
    expect(first.outputs('apiUserId')).toEqual(Array(4).fill(key?.id));
    expect(first.outputs('created').sort()).toEqual(['false', 'false', 'false', 'true']);
    expect(repository.github.secrets.get('ATLAS_TEST_KEY')).toBe(`${key?.publicKey}:${key?.privateKey}`);
    repository.atlas.history.clear();

    const second = await repository.run(example('matrix.yml'), 'push');
    expect(second.succeeded).toBe(true);
    expect(second.outputs('created')).toEqual(Array(4).fill('false'));
    expect(usersOf(repository, key).filter((user) => user === 'curl')).toHaveLength(4);
    for (const { log } of [first, second]) expectNoSecret(log, repository);
  });

  test('rotate.yml: a key of four weeks is replaced, stored, tried, and committed by post', async () => {
    await using repository = await openRepository();
    const first = await repository.run(example('rotate.yml'), 'schedule');
    expect(first.succeeded).toBe(true);
    const [before] = repository.keys();
    repository.atlas.clock.advance(28 * DAY);

    const second = await repository.run(example('rotate.yml'), 'schedule');
    expect(second.succeeded).toBe(true);
    const [, after] = repository.keys();
    expect(second.outputs('result')).toEqual(['rotated']);
    expect(second.outputs('apiUserId')).toEqual([after?.id]);
    expect(usersOf(repository, after)).toContain('curl');
    expect(repository.github.secrets.get('ATLAS_DEPLOY_KEY')).toBe(
      `${after?.publicKey}:${after?.privateKey}`,
    );
    expect(repository.keys().map(stateOf)).toEqual(['previous', 'current']);
    expect(before?.id).toBe(repository.keys()[0]?.id);
    expect(repository.messages).toEqual([]);
    for (const { log } of [first, second]) expectNoSecret(log, repository);
  });

  test('rotate.yml: a rotation that is not to be relied on is not committed, and somebody is told', async () => {
    await using repository = await openRepository();
    await repository.run(example('rotate.yml'), 'schedule');
    repository.atlas.clock.advance(28 * DAY);
    repository.failDeployment();
    const run = await repository.run(example('rotate.yml'), 'schedule');
    expect(run.succeeded).toBe(false);
    expect(repository.keys().map(stateOf)).toEqual(['current', 'undecided']);
    expect(repository.messages).toEqual([
      { text: expect.stringContaining('The deploy key was not rotated') },
    ]);
    expectNoSecret(run.log, repository);
  });
});

function stateOf({ desc }: SimulatedKey): string {
  return readMark(desc)?.mark.state ?? 'current';
}

/** The programs that signed in with this key. */
function usersOf({ atlas }: Repository, key: SimulatedKey | undefined): string[] {
  return atlas.history.requests
    .filter(({ caller, signIn }) => caller === key?.id && signIn === 'signedIn')
    .map(({ userAgent }) => userAgent?.split('/')[0] ?? '');
}

function deleterOf({ atlas }: Repository, key: SimulatedKey | undefined): string | undefined {
  return atlas.history.of(key?.id ?? '').find(({ kind }) => kind === 'deleted')?.caller;
}

function expectNoSecret(log: string, repository: Repository): void {
  const secrets = repository.atlas.keys({ includeDeleted: true }).map(({ privateKey }) => privateKey);
  for (const secret of [...secrets, repository.owner.clientSecret, TOKENS.write])
    expect(log).not.toContain(secret);
}
