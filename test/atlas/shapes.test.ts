/** What is read of keys and service accounts, and what is refused: an id ends up in a path, a secret in a header. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as shapes from '../../src/atlas/shapes.ts';

const { readResults, ...readers } = shapes;

const ID = '6a793fbd2c88faeba59bd3b1';
const PRIVATE_KEY = '754c8808-0ba8-4153-8eea-85daa09d408a';
const key = {
  id: ID,
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
    ['an id in upper case', { id: ID.toUpperCase() }],
    ['an id with a line break', { id: `${ID}\n` }],
    ['an id that is a list', { id: [ID] }],
    ['no id', { id: undefined }],
    ['a public key with a line break', { publicKey: 'a\n::set-output' }],
    ['a public key that is none', { publicKey: 7 }],
    ['no public key', { publicKey: null }],
    ['a description that is no text', { desc: 7 }],
    ['roles that are no list', { roles: 'GROUP_OWNER' }],
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

  it.each([undefined, null])('of somebody else spoils no list where desc and roles are %s', (nothing) => {
    const odd = { ...key, desc: nothing, roles: nothing };
    const results = [expect.objectContaining({ desc: '', roles: [] }), shapes.readKey(key)];
    expect(shapes.readKeyPage({ results: [odd, key] })).toEqual({ results, totalCount: 0 });
    expect(shapes.readKey(odd)).toBeUndefined();
  });

  it.each([
    [PRIVATE_KEY, ''],
    ['********', ''],
    [undefined, ''],
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

  it.each(['x'.repeat(15), '', key.privateKey, 'with a blank in the middle', 7, undefined])(
    'just made is refused with the secret %j',
    (privateKey) => {
      expect(shapes.readNewKey({ ...key, privateKey })).toBeUndefined();
    },
  );

  it.each(['x'.repeat(16), PRIVATE_KEY])('just made is read with its secret %s', (privateKey) => {
    expect(shapes.readNewKey({ ...key, privateKey })).toMatchObject({ privateKey, privateKeyTail: '' });
  });

  it.each([
    ['id', { id: ID }, ID],
    ['public key', { publicKey: PRIVATE_KEY }, PRIVATE_KEY],
    ['description', { desc: `for ${PRIVATE_KEY}` }, PRIVATE_KEY],
    ['role', { roles: [{ roleName: 'ABCDEFGHIJKLMNOPQRST' }] }, 'ABCDEFGHIJKLMNOPQRST'],
  ])('just made whose secret is its %s as well is none', (_what, change, privateKey) => {
    expect(shapes.readNewKey({ ...key, ...change, privateKey })).toBeUndefined();
  });
});

const [createdAt, expiresAt] = ['2026-11-24T12:00:00Z', '2026-11-25T12:00:00Z'];
const secret = { id: ID, createdAt, expiresAt, maskedSecretValue: 'mdb_sa_sk_...wxyz' };
const account = {
  clientId: `mdb_sa_id_${ID}`,
  name: 'deploy',
  description: 'by hand',
  roles: ['GROUP_READ_ONLY'],
  secrets: [secret],
};
const shown = { ...secret, secret: `mdb_sa_sk_${'A'.repeat(40)}` };
const times = { createdAt: Date.parse(createdAt), expiresAt: Date.parse(expiresAt) };
const knownSecret = { id: ID, ...times, tail: 'wxyz' };
const known = { ...account, secrets: [knownSecret] };

describe('a service account', () => {
  it('is read with what its secrets end like, and may have no more than an id', () => {
    expect(shapes.readAccount(account)).toEqual(known);
    const { clientId } = account;
    const nothing = { clientId, name: '', description: '', roles: [], secrets: [] };
    expect(shapes.readAccount({ clientId })).toEqual(nothing);
  });

  it.each<[string, object]>([
    ['no client id', { clientId: undefined }],
    ['a client id that is a path', { clientId: '../../orgs/a0123456789abcdef012345a' }],
    ['a client id with a line break', { clientId: `${account.clientId}\n` }],
    ['a client id that is a list', { clientId: [account.clientId] }],
    ['a name that is no text', { name: 7 }],
    ['a description that is no text', { description: {} }],
    ['roles that are no list', { roles: 'GROUP_OWNER' }],
    ['a role that is no text', { roles: ['GROUP_OWNER', 7] }],
    ['a role that is a command', { roles: ['GROUP_OWNER', '::stop-commands::x'] }],
    ['secrets that are no list', { secrets: {} }],
    ['a secret that is nothing', { secrets: [secret, null] }],
    ['a secret whose id is a path', { secrets: [{ ...secret, id: '..' }] }],
    ['a secret that was never made', { secrets: [{ ...secret, createdAt: undefined }] }],
    ['a secret that ends at no time', { secrets: [{ ...secret, expiresAt: 'never' }] }],
    ['a secret that ends at a number', { secrets: [{ ...secret, expiresAt: 7 }] }],
  ])('with %s is refused', (_what, change) => {
    expect(shapes.readAccount({ ...account, ...change })).toBeUndefined();
    expect(shapes.readNewAccount({ ...account, secrets: [shown], ...change })).toBeUndefined();
  });

  it.each([undefined, null, ['mdb_sa_sk_...wxyz'], '***', 'mdb_sa_sk_...xyz', 'mdb_sa_sk_...w xyz'])(
    'has a secret that ends like none where it is masked as %j',
    (maskedSecretValue) => {
      const odd = { ...account, secrets: [{ ...secret, maskedSecretValue }] };
      expect(shapes.readAccount(odd)).toEqual({ ...account, secrets: [{ id: ID, ...times }] });
    },
  );

  it('just made is read with its secret, and that alone', () => {
    const made = { ...knownSecret, secret: shown.secret };
    expect(shapes.readNewSecret(shown)).toEqual(made);
    expect(shapes.readNewAccount({ ...account, secrets: [shown] })).toEqual({ ...known, secret: made });
  });

  it.each<[string, unknown]>([
    ['nothing', undefined],
    ['no text', { ...shown, secret: [shown.secret] }],
    ['not shown', secret],
    ['too short', { ...shown, secret: 'A'.repeat(15) }],
    ['too long', { ...shown, secret: 'A'.repeat(513) }],
    ['masked', { ...shown, secret: 'mdb_sa_sk_*********' }],
    ['of two lines', { ...shown, secret: `${shown.secret}\n` }],
    ['without a time', { ...shown, createdAt: undefined }],
  ])('just made whose secret is %s is refused', (_what, value) => {
    expect(shapes.readNewSecret(value)).toBeUndefined();
    const secrets = value === undefined ? undefined : [value];
    expect(shapes.readNewAccount({ ...account, secrets })).toBeUndefined();
  });
});

describe('other shapes', () => {
  const orgId = 'a0123456789abcdef012345a';
  const { id, publicKey, roles } = key;
  const [ipAddress, cidrBlock] = ['203.0.113.7', '203.0.113.0/24'];
  it.each<[keyof typeof readers, unknown, unknown]>([
    ['readProject', { id, orgId, name: 'p' }, { orgId }],
    ['readProject', { orgId: '..' }, undefined],
    ['readCaller', { apiKey: { id, publicKey, roles, accessList: [] } }, { roles }],
    ['readCaller', { apiKey: null }, null],
    ['readCaller', {}, null],
    ['readCaller', [], undefined],
    ['readCaller', { apiKey: {} }, undefined],
    ['readCaller', { apiKey: 'x' }, undefined],
    ['readAddress', { currentIpv4Address: '52.190.182.226' }, '52.190.182.226'],
    ['readAddress', { currentIpv4Address: '52.190.182.226/0' }, undefined],
    ['readAddress', { currentIpv4Address: ['52.190.182.226'] }, undefined],
    ['readAddress', {}, undefined],
    ['readKeyPage', { results: [], totalCount: 1 }, { results: [], totalCount: 1 }],
    ['readKeyPage', { results: [], totalCount: '1' }, { results: [], totalCount: 0 }],
    ['readKeyPage', { results: {} }, undefined],
    ['readKeyPage', { results: [key, null] }, undefined],
    ['readKeyPage', { results: [key, [key]] }, undefined],
    [
      'readEntry',
      { ipAddress, cidrBlock: '203.0.113.7/32', createdAt },
      { ipAddress, usedAt: times.createdAt },
    ],
    ['readEntry', { cidrBlock, createdAt, lastUsedAt: expiresAt }, { cidrBlock, usedAt: times.expiresAt }],
    ['readEntry', { ipAddress, createdAt: 'once', lastUsedAt: 7 }, { ipAddress, usedAt: 0 }],
    ['readEntry', { ipAddress: 7 }, undefined],
    ['readEntry', { cidrBlock: [cidrBlock] }, undefined],
    ['readEntry', ipAddress, undefined],
    ['readProjectId', { groupId: ID }, ID],
    ['readProjectId', { groupId: '..', id: ID }, ID],
    ['readProjectId', { groupId: '..' }, undefined],
    ['readProjectId', ID, undefined],
    ['readLongestSecret', { maxServiceAccountSecretValidityInHours: 24 }, 24],
    ['readLongestSecret', { maxServiceAccountSecretValidityInHours: 0 }, Number.POSITIVE_INFINITY],
    ['readLongestSecret', { maxServiceAccountSecretValidityInHours: '24' }, Number.POSITIVE_INFINITY],
    ['readLongestSecret', {}, Number.POSITIVE_INFINITY],
    ['readLongestSecret', [], undefined],
  ])('%s of %j', (name, value, meaning) => {
    expect(readers[name](value)).toEqual(meaning);
  });

  it.each([null, [], { results: {} }, { results: [account, { clientId: '..' }] }])(
    'a list is read as a whole or not at all: %j',
    (list) => {
      expect(readResults(shapes.readAccount)(list)).toBeUndefined();
      expect(readResults(shapes.readAccount)({ results: [account] })).toEqual([known]);
    },
  );

  it('none of them fails on anything', () => {
    fc.assert(
      fc.property(fc.anything(), (value) => {
        for (const read of [...Object.values(readers), readResults(shapes.readKey)]) read(value);
      }),
    );
  });
});
