import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as shapes from '../../src/atlas/shapes.ts';

const key = {
  id: '6a793fbd2c88faeba59bd3b1',
  publicKey: 'flezioeg',
  desc: 'e2e-test',
  privateKey: '********-****-****-85daa09d408a',
  roles: [{ groupId: 'b0123456789abcdef012345b', roleName: 'GROUP_READ_ONLY' }],
};

describe('a key', () => {
  it('is read with the tail of its secret', () => {
    const { privateKey, ...shown } = key;
    expect(shapes.readKey(key)).toEqual({ ...shown, privateKeyTail: '85daa09d408a' });
  });

  it.each([
    ['an id that is a path', { id: '../../orgs/a0123456789abcdef012345a' }],
    ['an id in upper case', { id: key.id.toUpperCase() }],
    ['an id with a line break', { id: `${key.id}\n` }],
    ['a public key with a line break', { publicKey: 'a\n::set-output' }],
    ['a public key that is none', { publicKey: 7 }],
    ['a description that is no text', { desc: 7 }],
    ['roles that are no list', { roles: 'GROUP_OWNER' }],
    ['no id', { id: undefined }],
    ['no public key', { publicKey: null }],
    ['an id that is a list', { id: [key.id] }],
    ['a role without a name', { roles: [{}] }],
    ['a role that is nothing', { roles: [null] }],
    ['a role whose name is a list', { roles: [{ roleName: ['GROUP_OWNER'] }] }],
    ['a role whose name begins otherwise', { roles: [{ roleName: 'x GROUP_OWNER' }] }],
    ['a role with a hostile name', { roles: [{ roleName: 'GROUP\n::error::' }] }],
    ['a role with a hostile project', { roles: [{ roleName: 'GROUP_OWNER', groupId: '..' }] }],
    ['a role with a hostile organisation', { roles: [{ roleName: 'ORG_OWNER', orgId: 7 }] }],
  ])('with %s is refused', (_what, change) => {
    expect(shapes.readKey({ ...key, ...change })).toBeUndefined();
    expect(shapes.readKeyPage({ results: [key, { ...key, ...change }] })).toBeUndefined();
  });

  it.each([undefined, null])(
    'of somebody else spoils no list when its description and roles are %s',
    (nothing) => {
      const odd = { ...key, id: '6a793fbd2c88faeba59bd3b2', desc: nothing, roles: nothing };
      expect(shapes.readKeyPage({ results: [odd, key] })?.results).toEqual([
        expect.objectContaining({ id: odd.id, desc: '', roles: [] }),
        expect.objectContaining({ id: key.id, desc: 'e2e-test', roles: key.roles }),
      ]);
      expect(shapes.readKey(odd)).toBeUndefined();
    },
  );

  it.each([
    ['754c8808-0ba8-4153-8eea-85daa09d408a', ''],
    ['********', ''],
    [undefined, ''],
    [7, ''],
    ['****ab c', ''],
    ['****-abc', 'abc'],
    ['*abc', 'abc'],
    [['****-abc'], ''],
  ])('whose secret reads %j has the tail %j', (privateKey, tail) => {
    expect(shapes.readKey({ ...key, privateKey })?.privateKeyTail).toBe(tail);
  });

  it('has roles of projects and of the organisation', () => {
    const roles = [{ roleName: 'ORG_MEMBER', orgId: 'a0123456789abcdef012345a' }, ...key.roles];
    expect(shapes.readKey({ ...key, roles })?.roles).toStrictEqual(roles);
  });

  it.each([
    'x'.repeat(15),
    'short',
    '',
    '********-****-****-85daa09d408a',
    'with a blank in the middle',
    7,
    undefined,
  ])('just made is refused with the secret %j', (privateKey) => {
    expect(shapes.readNewKey({ ...key, privateKey })).toBeUndefined();
  });

  it.each(['x'.repeat(16), '754c8808-0ba8-4153-8eea-85daa09d408a'])(
    'just made is read with its secret %s',
    (privateKey) => {
      const made = shapes.readNewKey({ ...key, privateKey });
      expect(made).toMatchObject({ privateKey, privateKeyTail: '' });
    },
  );
});

describe('other shapes', () => {
  it('a project', () => {
    const orgId = 'a0123456789abcdef012345a';
    expect(shapes.readProject({ id: key.id, orgId, name: 'p' })).toEqual({ orgId });
    expect(shapes.readProject({ orgId })).toEqual({ orgId });
    expect(shapes.readProject({ orgId: '..' })).toBeUndefined();
  });

  it('a caller: a key, a service account, nonsense', () => {
    const { id, publicKey, roles } = key;
    expect(shapes.readCaller({ apiKey: { id, publicKey, roles, accessList: [] } })).toEqual({ roles });
    expect(shapes.readCaller({ apiKey: null })).toBe('none');
    expect(shapes.readCaller({})).toBe('none');
    expect(shapes.readCaller({ apiKey: {} })).toBeUndefined();
    expect(shapes.readCaller({ apiKey: 'x' })).toBeUndefined();
    expect(shapes.readCaller({ apiKey: { id, publicKey } })).toBeUndefined();
    expect(shapes.readCaller({ apiKey: { roles } })).toEqual({ roles });
  });

  it('an address', () => {
    expect(shapes.readAddress({ currentIpv4Address: '52.190.182.226' })).toBe('52.190.182.226');
    expect(shapes.readAddress({ currentIpv4Address: '52.190.182.226/0' })).toBeUndefined();
    expect(shapes.readAddress({})).toBeUndefined();
    expect(shapes.readAddress({ currentIpv4Address: ['52.190.182.226'] })).toBeUndefined();
  });

  it('a total that is no number is left aside', () => {
    expect(shapes.readKeyPage({ results: [key], totalCount: 1 })?.totalCount).toBe(1);
    expect(shapes.readKeyPage({ results: [key], totalCount: '1' })?.totalCount).toBeUndefined();
    expect(shapes.readKeyPage({ results: {} })).toBeUndefined();
    expect(shapes.readKeyPage({ results: [key, null] })).toBeUndefined();
    expect(shapes.readKeyPage({ results: [key, [key]] })).toBeUndefined();
  });

  it('none of them fails on anything', () => {
    fc.assert(
      fc.property(fc.anything(), (value) => {
        for (const read of Object.values(shapes)) read(value);
      }),
    );
  });
});
