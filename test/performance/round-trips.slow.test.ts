import { afterAll, describe, expect, it } from 'vitest';
import { openQuickScene } from '../action/in-process.ts';
import type { Scene } from '../action/scene.ts';
import { trustTheSimulator } from '../atlas/trust.ts';
import type { RequestRecord } from '../simulator/history.ts';

afterAll(trustTheSimulator());

/** The service may note the end of an answer after the request that follows on it; those are a latency apart. */
const NOTED_LATE = 50;

type Inputs = Readonly<Record<string, string>>;

/** Requests of which each came after the end of the one before. */
interface Chain {
  readonly end: number;
  readonly chain: RequestRecord[];
}

interface Job {
  /** In the order they arrived, main's and then post's. */
  readonly main: readonly RequestRecord[];
  readonly post: readonly RequestRecord[];
  readonly connections: number;
  readonly result: string | undefined;
}

/** Runs a job against a service that takes long enough to tell one after the other from side by side. */
async function runJob(prepare: (scene: Scene) => Inputs, http2 = true): Promise<Job> {
  const settings = { latencyMs: 200, keysPerOrganization: 3000 };
  await using scene = await openQuickScene({ tls: true, http2, settings });
  const run = await scene.run(prepare(scene));
  expect(run.conclusion, run.log).toBe('success');
  const { requests } = scene.atlas.history;
  const first = requests[0]?.connection;
  const main = requests.filter(({ connection }) => connection === first);
  const post = requests.filter(({ connection }) => connection !== first);
  return { main, post, connections: scene.atlas.connections.length, result: run.main.outputs.result };
}

function addKey({ atlas, orgId, groupId }: Scene, desc: string): void {
  atlas.addKey({ orgId, desc, roles: [{ roleName: 'GROUP_READ_ONLY', groupId }] });
}

/** The inputs of a step that signs in as a service account with this role. */
function asServiceAccount({ atlas, orgId, groupId }: Scene, roleName: 'ORG_OWNER' | 'GROUP_OWNER'): Inputs {
  const roles = [roleName === 'ORG_OWNER' ? roleName : { roleName, groupId }];
  const { clientId, clientSecret } = atlas.addServiceAccount({ orgId, roles });
  return {
    atlasPublicKey: '',
    atlasPrivateKey: '',
    atlasClientId: clientId,
    atlasClientSecret: clientSecret,
  };
}

const namesOf = (requests: readonly RequestRecord[]): string[] => requests.map(nameOfRequest);
/** A token is given back at the end, when nobody waits for anything any more. */
const pathOf = (requests: readonly RequestRecord[]): string[] =>
  namesOf(criticalPath(requests.filter(({ operation }) => operation !== 'revokeToken')));

describe('round trips', () => {
  it('unchanged: the challenge and the list, and no request besides', async () => {
    const { main, post, connections, result } = await runJob((scene) => {
      addKey(scene, 'deploy');
      return {};
    });
    expect(result).toBe('unchanged');
    expect(namesOf(main)).toEqual(['challenge', 'listGroupApiKeys']);
    expect(post).toEqual([]);
    expect(connections).toBe(1);
  });

  it.each([
    [499, 'one page', 1],
    [1900, 'four pages, one after another, and once more, since a key may have slipped between them', 8],
  ])('unchanged among %i keys: %s', async (keys, _pages, most) => {
    const { main, result } = await runJob((scene) => {
      for (let key = 2; key <= keys; key += 1) addKey(scene, `key ${key}`);
      addKey(scene, 'deploy');
      return {};
    });
    expect(result).toBe('unchanged');
    expect(namesOf(main)).toEqual(['challenge', ...Array.from({ length: most }, () => 'listGroupApiKeys')]);
    expect(pathOf(main)).toHaveLength(1 + most);
  });

  it('created: three until the secret is known, six in all, and only what they need', async () => {
    const { main, post, connections } = await runJob((scene) => {
      addKey(scene, 'another');
      return {};
    });
    const untilCreated = ['challenge', 'listGroupApiKeys', 'createGroupApiKey'];
    expect(namesOf(main).slice(0, 3)).toEqual(untilCreated);
    expect(pathOf(main)).toHaveLength(6);
    const rest = ['getSystemStatus', 'listGroupApiKeys', 'listGroupApiKeys', 'updateGroupApiKeyRoles'];
    expect(namesOf(main).slice(3).sort()).toEqual(rest);
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
    expect(namesOf(main).slice(0, 3)).toEqual(['challenge', 'getSystemStatus', 'createGroupApiKey']);
    expect(namesOf(main).slice(3).sort()).toEqual(['getSystemStatus', 'listGroupApiKeys']);
    expect(pathOf(main)).toHaveLength(4);
    expect(namesOf(post)).toEqual(['challenge', 'deleteOrgApiKey']);
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
    const { main, post, connections } = await runJob((scene) => ({
      ...asServiceAccount(scene, 'ORG_OWNER'),
      mode: 'ephemeral',
    }));
    // Atlas tells a service account nothing of itself, but its clock, by which the key expires.
    expect(namesOf(main).slice(0, 2)).toEqual(['createToken', 'getSystemStatus']);
    expect(namesOf(main).at(-1)).toBe('revokeToken');
    // The new key signs in with a nonce of its own.
    expect(pathOf(main)).toHaveLength(5);
    expect(namesOf(post)).toEqual(['createToken', 'deleteOrgApiKey', 'revokeToken']);
    expect(connections).toBe(2);
  });

  it('HTTP/1.1: the same requests over one connection, one after the other', async () => {
    const another = (scene: Scene): Inputs => {
      addKey(scene, 'another');
      return {};
    };
    const { main, connections } = await runJob(another, false);
    expect(main).toHaveLength(7);
    expect(new Set(main.map(({ httpVersion }) => httpVersion))).toEqual(new Set(['1.1']));
    expect(connections).toBe(1);
  });

  it.each([true, false])(
    'a lease, whose account is there (%s): three until the secret is there, one to check it; post needs two',
    async (isThere) => {
      const { main, post } = await runJob((scene) => {
        const { atlas, orgId, groupId } = scene;
        const roles = [{ roleName: 'GROUP_READ_ONLY', groupId }];
        const account = { orgId, name: 'deploy', description: 'atlas-account-1 leased', roles };
        if (isThere) atlas.addServiceAccount({ ...account, secretHours: [] });
        return {
          ...asServiceAccount(scene, 'GROUP_OWNER'),
          mode: 'ephemeral',
          credential: 'serviceAccount',
        };
      });
      expect(pathOf(main)).toHaveLength(4);
      if (isThere) expect(pathOf(main).at(2)).toBe('createGroupServiceAccountSecret');
      expect(pathOf(post)).toHaveLength(2);
      expect(pathOf(post).at(-1)).toBe('deleteGroupServiceAccountSecret');
    },
  );
});

/**
 * The longest chain of requests of which each came after the end of the one before. What went side by side overlaps
 * in time, given a service that thinks for much longer than that (`latencyMs`), and so counts once.
 */
function criticalPath(requests: readonly RequestRecord[]): RequestRecord[] {
  const chains: Chain[] = [];
  for (const request of [...requests].sort((left, right) => left.at - right.at)) {
    const before = longestOf(chains.filter(({ end }) => end <= request.at));
    const end = request.at + (request.elapsedMs ?? 0) - NOTED_LATE;
    chains.push({ end, chain: [...before, request] });
  }
  return longestOf(chains);
}

function longestOf(chains: readonly Chain[]): RequestRecord[] {
  return chains.toSorted((left, right) => right.chain.length - left.chain.length)[0]?.chain ?? [];
}

/** A request in a word or two: `listGroupApiKeys`, and `challenge` for the unsigned first try. */
function nameOfRequest({ operation, method, target, signIn }: RequestRecord): string {
  return signIn === 'challenged' ? 'challenge' : (operation ?? `${method} ${target}`);
}
