/**
 * The embedded Atlas, tried by the Go client that MongoDB wrote and first built its Atlas CLI on, with the calls that the
 * CLI's commands for keys make: over HTTP/2, signed in by MongoDB's Digest and by Go's OAuth.
 */
import { describe, expect, test } from 'vitest';
import type { RoleView } from '../simulator/views.ts';
import { converse, sorted, startAtlas } from './atlas.ts';
import { GO_CLIENT, isMissing } from './tools.ts';

type Scene = Awaited<ReturnType<typeof startAtlas>>;

interface Key {
  readonly id: string;
  readonly privateKey: string;
  readonly roles: readonly RoleView[];
}

interface Entries {
  readonly results: { readonly cidrBlock: string }[];
}

interface Answer<Value> {
  readonly value?: Value;
  readonly status?: number;
  readonly lastPage?: boolean;
  readonly refusal?: { readonly errorCode: string };
  readonly failure?: string;
}

function signIn({ atlas }: Scene, caller: object) {
  const program = converse(GO_CLIENT.place, {
    origin: atlas.origin,
    authorityFile: atlas.authorityFile,
    ...caller,
  });
  const answer = <Value>(name: string, ...args: unknown[]) =>
    program.ask<Answer<Value>>({ function: name, args });
  return {
    answer,
    async value<Value>(name: string, ...args: unknown[]): Promise<Value> {
      const { value, ...rest } = await answer<Value>(name, ...args);
      if (value === undefined) throw new Error(`${name}: ${JSON.stringify(rest)}`);
      return value;
    },
    async refusal(name: string, ...args: unknown[]) {
      return (await answer(name, ...args)).refusal;
    },
    /** Every page of two, as the links in the answers lead. */
    async all(name: string, id: string): Promise<Key[]> {
      const keys: Key[] = [];
      for (let pageNum = 1; ; pageNum += 1) {
        const page = await answer<Key[]>(name, id, { pageNum, itemsPerPage: 2 });
        keys.push(...(page.value ?? []));
        if (page.lastPage) return keys;
      }
    },
    [Symbol.asyncDispose]: () => program[Symbol.asyncDispose](),
  };
}

describe.skipIf(isMissing(GO_CLIENT))("MongoDB's Go client", () => {
  test.each([
    ['an API key', 'Digest'],
    ['a service account', 'Bearer'],
  ] as const)('with %s', async (kind, scheme) => {
    await using scene = await startAtlas({ tls: true });
    const { atlas, orgId, groupId, otherGroupId } = scene;
    const before = atlas.keys();
    await using client = signIn(scene, scene.callers[kind]);

    const input = { desc: 'in a project', roles: ['GROUP_READ_ONLY', 'GROUP_CLUSTER_MANAGER'] };
    const made = await client.value<Key>('ProjectAPIKeys.Create', groupId, input);
    expect(made).toMatchObject({
      desc: input.desc,
      publicKey: atlas.key(made.id)?.publicKey,
      privateKey: atlas.key(made.id)?.privateKey,
    });
    expect(sorted(made.roles)).toEqual(sorted(atlas.key(made.id)?.roles ?? []));
    await client.answer('ProjectAPIKeys.Assign', groupId, made.id, { roles: ['GROUP_OWNER'] });
    await client.answer('ProjectAPIKeys.Assign', otherGroupId, made.id, { roles: ['GROUP_READ_ONLY'] });
    expect(sorted(atlas.key(made.id)?.roles ?? [])).toEqual(
      sorted([
        { groupId, roleName: 'GROUP_OWNER' },
        { groupId: otherGroupId, roleName: 'GROUP_READ_ONLY' },
        { orgId, roleName: 'ORG_MEMBER' },
      ]),
    );
    expect(idsOf(await client.all('ProjectAPIKeys.List', groupId))).toEqual([made.id]);
    await client.answer('ProjectAPIKeys.Unassign', groupId, made.id);
    expect(await client.all('ProjectAPIKeys.List', groupId)).toEqual([]);
    expect(atlas.key(made.id)?.deletedAt).toBeUndefined();

    const member = await client.value<Key>('APIKeys.Create', orgId, {
      desc: 'in no project',
      roles: ['ORG_MEMBER'],
    });
    const changed = { desc: 'a reader', roles: ['ORG_READ_ONLY'] };
    await client.value<Key>('APIKeys.Update', orgId, member.id, changed);
    const described = await client.value<Key>('APIKeys.Get', orgId, member.id);
    expect(described).toMatchObject({ desc: 'a reader', roles: [{ orgId, roleName: 'ORG_READ_ONLY' }] });
    expect(described.privateKey).toBe(`********-****-****-${member.privateKey.slice(-12)}`);
    expect(idsOf(await client.all('APIKeys.List', orgId))).toEqual(idsOf(atlas.keys()));

    const ofMember = [orgId, member.id] as const;
    await client.value('AccessListAPIKeys.Create', ...ofMember, [
      { ipAddress: '192.0.2.7' },
      { cidrBlock: '198.51.100.0/24' },
      { ipAddress: '2001:db8::7' },
    ]);
    expect(atlas.key(member.id)?.accessList).toHaveLength(3);
    expect(await client.value('AccessListAPIKeys.Get', ...ofMember, '192.0.2.7')).toMatchObject({
      ipAddress: '192.0.2.7',
      cidrBlock: '192.0.2.7/32',
      created: expect.any(String),
    });
    await client.answer('AccessListAPIKeys.Delete', ...ofMember, '192.0.2.7');
    await client.answer('AccessListAPIKeys.Delete', ...ofMember, encodeURIComponent('198.51.100.0/24'));
    const left = await client.value<Entries>('AccessListAPIKeys.List', ...ofMember, null);
    expect(left.results.map(({ cidrBlock }) => cidrBlock)).toEqual(atlas.key(member.id)?.accessList);
    expect(left.results).toHaveLength(1);

    for (const { id } of [made, member]) await client.answer('APIKeys.Delete', orgId, id);
    expect(atlas.keys()).toEqual(before);
    expect(scene.schemes()).toEqual(new Set([scheme]));
    expect(atlas.history.requests.filter(({ errorCode }) => errorCode !== undefined)).toEqual(
      atlas.history.requests.filter(({ signIn }) => signIn === 'challenged'),
    );
    expect(new Set(atlas.connections.map(({ protocol }) => protocol))).toEqual(new Set(['h2']));
  });

  test('asks who it is, and for the project and its own address', async () => {
    await using scene = await startAtlas({ tls: true });
    const { atlas, orgId, groupId } = scene;
    const [owner] = atlas.keys();
    await using asKey = signIn(scene, scene.callers['an API key']);
    expect(await asKey.value('Root.List', null)).toMatchObject({
      apiKey: { id: owner?.id, publicKey: owner?.publicKey, roles: [{ orgId, roleName: 'ORG_OWNER' }] },
    });
    expect(await asKey.value('Projects.GetOneProject', groupId)).toMatchObject({ id: groupId, orgId });
    expect(await asKey.value('IPInfo.Get')).toEqual({ currentIpv4Address: '127.0.0.1' });

    await using asAccount = signIn(scene, scene.callers['a service account']);
    expect(await asAccount.value('Root.List', null)).toMatchObject({ apiKey: { id: '', publicKey: '' } });
  });

  test('understands every refusal', async () => {
    await using scene = await startAtlas({ tls: true, settings: { keysPerOrganization: 2 } });
    const { atlas, orgId, groupId } = scene;
    const reader = atlas.addKey({ orgId, desc: 'reader', roles: ['ORG_MEMBER'] });
    await using owner = signIn(scene, scene.callers['an API key']);
    await using member = signIn(scene, reader);
    await using stranger = signIn(scene, { ...scene.callers['an API key'], privateKey: reader.privateKey });
    const unknown = 'f'.repeat(24);
    const key = { desc: 'one more', roles: ['GROUP_READ_ONLY'] };

    const refusals = {
      missing: await owner.refusal('APIKeys.Get', orgId, unknown),
      unassignable: await owner.refusal('ProjectAPIKeys.Assign', groupId, unknown, { roles: key.roles }),
      role: await owner.refusal('ProjectAPIKeys.Create', groupId, { ...key, roles: ['GROUP_KING'] }),
      full: await owner.refusal('ProjectAPIKeys.Create', groupId, key),
      project: await owner.refusal('ProjectAPIKeys.List', unknown, null),
      twice: await owner.refusal('AccessListAPIKeys.Create', orgId, reader.id, [
        { ipAddress: '192.0.2.7' },
        { ipAddress: '192.0.2.7' },
      ]),
      notOwner: await member.refusal('APIKeys.Delete', orgId, reader.id),
      notInProject: await member.refusal('ProjectAPIKeys.Create', groupId, key),
      stranger: await stranger.refusal('APIKeys.List', orgId, null),
    };
    expect(refusals).toMatchObject({
      missing: { errorCode: 'API_KEY_NOT_FOUND', error: 400, reason: 'Bad Request' },
      unassignable: { errorCode: 'API_KEY_NOT_FOUND', error: 400 },
      role: { error: 400, detail: 'Invalid role GROUP_KING.' },
      full: { errorCode: 'MAX_PUBLIC_API_KEY_REACHED', error: 403 },
      project: { errorCode: 'GROUP_NOT_FOUND', error: 404, reason: 'Not Found' },
      twice: { errorCode: 'DUPLICATE_ADDRESSES_IN_INPUT', error: 400 },
      notOwner: { errorCode: 'NOT_ORG_OWNER', error: 401 },
      notInProject: { errorCode: 'NOT_IN_GROUP', error: 401 },
      stranger: { errorCode: 'UNEXPECTED_ERROR', error: 401 },
    });
    expect(atlas.keys()).toHaveLength(2);
  });
});

function idsOf(keys: readonly { readonly id: string }[]): string[] {
  return keys.map(({ id }) => id).sort();
}
