/** What service accounts cost: each request waits for the one before, or goes beside it. */
import { describe, expect, it } from 'vitest';
import { openScene, type Scene } from '../action/scene.ts';
import type { RequestRecord } from '../simulator/history.ts';
import { criticalPath, nameOfRequest } from './critical-path.ts';

/** A Project Owner who signs in with a service account: all that a lease needs. */
async function runJob(prepare: (scene: Scene) => void, inputs: Readonly<Record<string, string>>) {
  await using scene = await openScene({ tls: true, settings: { latencyMs: 150 } });
  const { atlas, orgId, groupId } = scene;
  const { clientId, clientSecret } = atlas.addServiceAccount({
    orgId,
    roles: [{ roleName: 'GROUP_OWNER', groupId }],
  });
  prepare(scene);
  const run = await scene.run({
    atlasPublicKey: '',
    atlasPrivateKey: '',
    atlasClientId: clientId,
    atlasClientSecret: clientSecret,
    credential: 'serviceAccount',
    ...inputs,
  });
  expect(run.conclusion, run.log).toBe('success');
  const { requests } = atlas.history;
  const isOfPost = (request: RequestRecord) => request.connection !== requests[0]?.connection;
  return {
    main: requests.filter((request) => !isOfPost(request)),
    post: requests.filter(isOfPost),
  };
}

/** The token is given back at the end, when nobody waits for anything any more. */
const pathOf = (requests: readonly RequestRecord[]): string[] =>
  criticalPath(requests.filter(({ operation }) => operation !== 'revokeToken')).map(nameOfRequest);

describe('round trips of service accounts', () => {
  it('a lease: three until the secret is there, and one to check it; post needs two', async () => {
    const { main, post } = await runJob(
      ({ atlas, orgId, groupId }) => {
        atlas.addServiceAccount({
          orgId,
          name: 'deploy',
          description: 'atlas-account-1 leased',
          roles: [{ roleName: 'GROUP_READ_ONLY', groupId }],
          secretHours: [],
        });
      },
      { mode: 'ephemeral' },
    );
    expect(pathOf(main)).toHaveLength(4);
    expect(pathOf(main).at(2)).toBe('createGroupServiceAccountSecret');
    expect(pathOf(post)).toHaveLength(2);
    expect(pathOf(post).at(-1)).toBe('deleteGroupServiceAccountSecret');
  });

  it('a lease that makes the account: no more', async () => {
    const { main, post } = await runJob(() => {}, { mode: 'ephemeral' });
    expect(pathOf(main)).toHaveLength(4);
    expect(pathOf(post)).toHaveLength(2);
  });
});
