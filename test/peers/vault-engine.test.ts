/**
 * The embedded Atlas, tried by HashiCorp Vault's secrets engine for MongoDB Atlas, as it is: it issues keys for roles and
 * revokes them when Vault ends their lease. In the end there is what Vault believes there is.
 */
import { describe, expect, test } from 'vitest';
import { converse, sorted, startAtlas } from './atlas.ts';
import { isMissing, VAULT_ENGINE } from './tools.ts';

type Scene = Awaited<ReturnType<typeof startAtlas>>;

interface Lease {
  readonly data: { readonly public_key: string; readonly private_key: string; readonly description: string };
  readonly secret: { readonly internal_data: { readonly programmatic_api_key_id: string } };
}

type Answer = Partial<Lease> & { readonly failure?: string };

async function openVault({ atlas, callers }: Scene) {
  const { host, hostname } = new URL(atlas.origin);
  const told = { address: host, host: hostname, authorityFile: atlas.authorityFile };
  const engine = converse(VAULT_ENGINE.place, told);
  const handle = (operation: string, path: string, rest: { data?: object; secret?: object } = {}) =>
    engine.ask<Answer>({ operation, path, ...rest });
  const { publicKey, privateKey } = callers['an API key'];
  await handle('update', 'config', { data: { public_key: publicKey, private_key: privateKey } });
  return {
    writeRole: (data: object) => handle('update', 'roles/deploy', { data }),
    async issue(): Promise<Lease> {
      const { data, secret, failure } = await handle('read', 'creds/deploy');
      if (data === undefined || secret === undefined) throw new Error(failure);
      return { data, secret };
    },
    renew: ({ secret }: Lease) => handle('renew', 'creds/deploy', { secret }),
    /** What Vault does every minute about what did not end. */
    rollBack: () => handle('rollback', '', { data: { immediate: true } }),
    revoke: ({ secret }: Lease) => handle('revoke', '', { secret }),
    [Symbol.asyncDispose]: () => engine[Symbol.asyncDispose](),
  };
}

const addresses = { ip_addresses: ['192.0.2.7'], cidr_blocks: ['198.51.100.0/24'] };

describe.skipIf(isMissing(VAULT_ENGINE))("Vault's secrets engine", () => {
  test.each([
    {
      what: 'a key of an organisation',
      role: ({ orgId }: Scene) => ({ organization_id: orgId, roles: ['ORG_MEMBER'] }),
      holds: ({ orgId }: Scene) => [{ orgId, roleName: 'ORG_MEMBER' }],
    },
    {
      what: 'a key of a project',
      role: ({ groupId }: Scene) => ({ project_id: groupId, roles: ['GROUP_READ_ONLY', 'GROUP_OWNER'] }),
      holds: ({ orgId, groupId }: Scene) => [
        { groupId, roleName: 'GROUP_OWNER' },
        { groupId, roleName: 'GROUP_READ_ONLY' },
        { orgId, roleName: 'ORG_MEMBER' },
      ],
    },
    {
      what: 'a key of an organisation, assigned to a project',
      role: ({ orgId, groupId }: Scene) => ({
        organization_id: orgId,
        roles: ['ORG_READ_ONLY'],
        project_id: groupId,
        project_roles: ['GROUP_CLUSTER_MANAGER'],
      }),
      holds: ({ orgId, groupId }: Scene) => [
        { groupId, roleName: 'GROUP_CLUSTER_MANAGER' },
        { orgId, roleName: 'ORG_READ_ONLY' },
      ],
    },
  ])('issues, renews and revokes $what', async ({ role, holds }) => {
    await using scene = await startAtlas({ tls: true });
    const { atlas } = scene;
    const before = atlas.keys();
    await using vault = await openVault(scene);
    expect(await vault.writeRole({ ...role(scene), ...addresses })).toEqual({});

    const first = await vault.issue();
    const second = await vault.issue();
    for (const lease of [first, second]) {
      const key = atlas.key(idOf(lease));
      expect(lease.data).toEqual({
        public_key: key?.publicKey,
        private_key: key?.privateKey,
        description: key?.desc,
      });
      expect(key?.desc).toMatch(/^vault-deploy-/);
      expect(sorted(key?.roles ?? [])).toEqual(holds(scene));
      expect(key?.accessList.toSorted()).toEqual(['192.0.2.7/32', '198.51.100.0/24']);
    }
    expect(idOf(first)).not.toBe(idOf(second));

    expect(await vault.renew(first)).not.toHaveProperty('failure');
    expect(await vault.revoke(first)).toEqual({});
    expect(atlas.keys().map(({ id }) => id)).toEqual([...before.map(({ id }) => id), idOf(second)]);
    expect(await vault.revoke(second)).toEqual({});
    expect(atlas.keys()).toEqual(before);
    expect(scene.schemes()).toEqual(new Set(['Digest']));
    expect(new Set(atlas.connections.map(({ protocol }) => protocol))).toEqual(new Set(['h2']));
  });

  test('reports a refusal as the service words it, and believes in no key', async () => {
    await using scene = await startAtlas({ tls: true });
    const { atlas, groupId } = scene;
    const before = atlas.keys();
    await using vault = await openVault(scene);
    await vault.writeRole({ project_id: groupId, roles: ['GROUP_KING'] });
    await expect(vault.issue()).rejects.toThrow(/400 \(request "UNEXPECTED_ERROR"\) Invalid role GROUP_KING/);
    expect(atlas.keys()).toEqual(before);
  });

  test('leaves a key behind whose access list could not be set: what its rollback knows has no id', async () => {
    await using scene = await startAtlas({ tls: true });
    const { atlas, orgId } = scene;
    const before = atlas.keys();
    await using vault = await openVault(scene);
    await vault.writeRole({ organization_id: orgId, roles: ['ORG_MEMBER'], ...addresses });
    atlas.faults.add({
      when: { operation: 'createOrgApiKeyAccessListEntry' },
      times: Number.POSITIVE_INFINITY,
      action: { kind: 'answer', status: 503, body: '' },
    });
    await expect(vault.issue()).rejects.toThrow('503');
    // README.md says so.
    expect((await vault.rollBack()).failure).toContain('not deleting');
    expect(atlas.keys()).toHaveLength(before.length + 1);
  });

  test('takes a key that somebody else deleted for revoked, where that is a 404', async () => {
    await using scene = await startAtlas({ tls: true, settings: { keyNotFoundStatus: 404 } });
    const { atlas, orgId } = scene;
    await using vault = await openVault(scene);
    await vault.writeRole({ organization_id: orgId, roles: ['ORG_MEMBER'] });
    const lease = await vault.issue();
    atlas.deleteKey(idOf(lease));
    expect(await vault.revoke(lease)).toEqual({});
    // The status that is documented.
    atlas.settings.keyNotFoundStatus = 400;
    expect((await vault.revoke(lease)).failure).toMatch(/400 \(request "API_KEY_NOT_FOUND"\)/);
  });
});

function idOf({ secret }: Lease): string {
  return secret.internal_data.programmatic_api_key_id;
}
