/** What is read of service accounts, and what is refused: an id ends up in a path, a secret in a header. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as shapes from '../../src/atlas/shapes.ts';

const ID = '6a793fbd2c88faeba59bd3b1';
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
  it('is read with what its secrets end like', () => {
    expect(shapes.readAccount(account)).toEqual(known);
  });

  it('may have no more than an id', () => {
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
    ['a secret without an id', { secrets: [{ ...secret, id: undefined }] }],
    ['a secret whose id is a path', { secrets: [{ ...secret, id: '..' }] }],
    ['a secret that was never made', { secrets: [{ ...secret, createdAt: undefined }] }],
    ['a secret that ends at no time', { secrets: [{ ...secret, expiresAt: 'never' }] }],
    ['a secret that ends at a number', { secrets: [{ ...secret, expiresAt: 7 }] }],
  ])('with %s is refused', (_what, change) => {
    expect(shapes.readAccount({ ...account, ...change })).toBeUndefined();
    expect(shapes.readNewAccount({ ...account, secrets: [shown], ...change })).toBeUndefined();
  });

  it.each([undefined, null, 7, ['mdb_sa_sk_...wxyz'], '***', 'mdb_sa_sk_...xyz', 'mdb_sa_sk_...w xyz'])(
    'has a secret that ends like none where it is masked as %j',
    (maskedSecretValue) => {
      const secrets = [{ id: ID, ...times }];
      const odd = { ...account, secrets: [{ ...secret, maskedSecretValue }] };
      expect(shapes.readAccount(odd)).toEqual({ ...account, secrets });
    },
  );
});

describe('a secret that was just made', () => {
  const made = { ...knownSecret, secret: shown.secret };

  it('is read alone and with its account', () => {
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
  ])('and is %s is refused', (_what, value) => {
    expect(shapes.readNewSecret(value)).toBeUndefined();
    const secrets = value === undefined ? [] : [value];
    expect(shapes.readNewAccount({ ...account, secrets })).toBeUndefined();
  });

  it('is missing where an account comes without secrets', () => {
    const { secrets: _, ...bare } = account;
    expect(shapes.readNewAccount(bare)).toBeUndefined();
  });
});

describe('other shapes', () => {
  it.each<[unknown, unknown]>([
    [
      { ipAddress: '203.0.113.7', cidrBlock: '203.0.113.7/32', createdAt },
      { ipAddress: '203.0.113.7', usedAt: times.createdAt },
    ],
    [
      { cidrBlock: '203.0.113.0/24', createdAt, lastUsedAt: expiresAt },
      { cidrBlock: '203.0.113.0/24', usedAt: times.expiresAt },
    ],
    [
      { ipAddress: '203.0.113.7', createdAt: 'once', lastUsedAt: 7 },
      { ipAddress: '203.0.113.7', usedAt: 0 },
    ],
    [{ ipAddress: 7 }, undefined],
    [{ cidrBlock: ['203.0.113.0/24'] }, undefined],
    ['203.0.113.7', undefined],
    [null, undefined],
  ])('an entry of an access list: %j', (value, entry) => {
    expect(shapes.readEntry(value)).toEqual(entry);
  });

  it.each<[unknown, string | undefined]>([
    [{ groupId: ID }, ID],
    [{ id: ID }, ID],
    [{ groupId: '..', id: ID }, ID],
    [{ groupId: '..' }, undefined],
    [{}, undefined],
    [ID, undefined],
    [null, undefined],
  ])('a project of an account: %j', (value, id) => {
    expect(shapes.readProjectId(value)).toBe(id);
  });

  it.each<[unknown, unknown]>([
    [{ maxServiceAccountSecretValidityInHours: 24 }, { hours: 24 }],
    [{ maxServiceAccountSecretValidityInHours: 0 }, { hours: undefined }],
    [{ maxServiceAccountSecretValidityInHours: '24' }, { hours: undefined }],
    [{}, { hours: undefined }],
    [[], undefined],
    [null, undefined],
  ])('the longest validity of secrets: %j', (value, settings) => {
    expect(shapes.readLongestSecret(value)).toEqual(settings);
  });

  it('none of them fails on anything', () => {
    fc.assert(
      fc.property(fc.anything(), (value) => {
        for (const read of Object.values(shapes)) read(value);
      }),
    );
  });
});
