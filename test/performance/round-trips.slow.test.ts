import { describe, expect, it } from 'vitest';
import { openScene, type Scene, type SceneOptions } from '../action/scene.ts';
import type { RequestRecord } from '../simulator/history.ts';
import { criticalPath, nameOfRequest } from './critical-path.ts';

type Inputs = Readonly<Record<string, string>>;

interface Job {
  /** In the order they arrived, main's and then post's. */
  readonly main: readonly RequestRecord[];
  readonly post: readonly RequestRecord[];
  readonly connections: number;
  readonly result: string | undefined;
}

/** Runs a job against a service that takes long enough to tell one after the other from side by side. */
async function runJob(prepare: (scene: Scene) => Inputs, options: SceneOptions = {}): Promise<Job> {
  await using scene = await openScene({ tls: true, settings: { latencyMs: 150 }, ...options });
  const run = await scene.run(prepare(scene));
  expect(run.conclusion).toBe('success');
  const { requests } = scene.atlas.history;
  const first = requests[0]?.connection;
  const main = requests.filter(({ connection }) => connection === first);
  const post = requests.filter(({ connection }) => connection !== first);
  return { main, post, connections: scene.atlas.connections.length, result: run.main.outputs.result };
}

function addKey({ atlas, orgId, groupId }: Scene, desc: string): void {
  atlas.addKey({ orgId, desc, roles: [{ roleName: 'GROUP_READ_ONLY', groupId }] });
}

const pathOf = (requests: readonly RequestRecord[]): string[] => criticalPath(requests).map(nameOfRequest);
const namesOf = (requests: readonly RequestRecord[]): string[] => requests.map(nameOfRequest).sort();

describe('round trips', () => {
  it('unchanged: the challenge and the list, and no request besides', async () => {
    const { main, post, connections, result } = await runJob((scene) => {
      addKey(scene, 'deploy');
      return {};
    });
    expect(result).toBe('unchanged');
    expect(main.map(nameOfRequest)).toEqual(['challenge', 'listGroupApiKeys']);
    expect(post).toEqual([]);
    expect(connections).toBe(1);
  });

  it('created: three until the secret is known, six in all, and only what they need', async () => {
    const { main, post, connections } = await runJob((scene) => {
      addKey(scene, 'another');
      return {};
    });
    const untilCreated = ['challenge', 'listGroupApiKeys', 'createGroupApiKey'];
    expect(main.slice(0, 3).map(nameOfRequest)).toEqual(untilCreated);
    expect(pathOf(main)).toHaveLength(6);
    expect(namesOf(main)).toEqual([
      'challenge',
      'createGroupApiKey',
      'getSystemStatus',
      'listGroupApiKeys',
      'listGroupApiKeys',
      'listGroupApiKeys',
      'updateGroupApiKeyRoles',
    ]);
    expect(post).toEqual([]);
    expect(connections).toBe(1);
  });

  it('created in an empty project: no more, since the new key tells the organisation', async () => {
    const { main } = await runJob(() => ({}));
    expect(pathOf(main)).toHaveLength(6);
    expect(main).toHaveLength(7);
  });

  it('ephemeral: three until the secret is known, and one to check it; post needs two', async () => {
    const { main, post, connections } = await runJob(() => ({ mode: 'ephemeral' }));
    const names = main.map(nameOfRequest);
    expect(names.slice(0, 3)).toEqual(['challenge', 'getSystemStatus', 'createGroupApiKey']);
    expect(names.slice(3).sort()).toEqual(['getSystemStatus', 'listGroupApiKeys']);
    expect(pathOf(main)).toHaveLength(4);
    expect(post.map(nameOfRequest)).toEqual(['challenge', 'deleteOrgApiKey']);
    expect(connections).toBe(2);
  });

  it('rotate: six, with a look at the former key, and six for post to make it final', async () => {
    const { main, post, connections } = await runJob((scene) => {
      addKey(scene, 'deploy');
      return { mode: 'rotate' };
    });
    expect(pathOf(main)).toHaveLength(6);
    expect(main).toHaveLength(6);
    expect(pathOf(post)).toHaveLength(6);
    expect(post).toHaveLength(6);
    expect(connections).toBe(2);
  });

  it('a service account: one token a process, revoked at its end, and no second connection', async () => {
    const { main, post, connections } = await runJob((scene) => {
      const account = scene.atlas.addServiceAccount({ orgId: scene.orgId, roles: ['ORG_OWNER'] });
      return {
        mode: 'ephemeral',
        atlasPublicKey: '',
        atlasPrivateKey: '',
        atlasClientId: account.clientId,
        atlasClientSecret: account.clientSecret,
      };
    });
    // Atlas tells a service account nothing of itself, but its clock, by which the key expires.
    expect(main.slice(0, 2).map(nameOfRequest)).toEqual(['createToken', 'getSystemStatus']);
    expect(main.at(-1)).toMatchObject({ operation: 'revokeToken' });
    // The new key signs in with a nonce of its own.
    expect(pathOf(main)).toHaveLength(6);
    expect(post.map(nameOfRequest)).toEqual(['createToken', 'deleteOrgApiKey', 'revokeToken']);
    expect(connections).toBe(2);
  });

  it('HTTP/1.1: the same requests over one connection, one after the other', async () => {
    const { main, connections } = await runJob(
      (scene) => {
        addKey(scene, 'another');
        return {};
      },
      { tls: true, http2: false },
    );
    expect(main).toHaveLength(7);
    expect(new Set(main.map(({ httpVersion }) => httpVersion))).toEqual(new Set(['1.1']));
    expect(connections).toBe(1);
  });
});
