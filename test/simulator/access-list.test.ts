import { describe, expect, test } from 'vitest';
import { Caller, furnish } from './client.ts';
import { startSimulator } from './server.ts';

async function start() {
  const atlas = await startSimulator();
  const furniture = furnish(atlas);
  const { orgId, groupId } = furniture;
  const key = atlas.addKey({ orgId, desc: 'k', roles: [{ roleName: 'GROUP_OWNER', groupId }] });
  return {
    ...furniture,
    atlas,
    key,
    itself: new Caller(atlas, key),
    list: `/orgs/${orgId}/apiKeys/${key.id}/accessList`,
    [Symbol.asyncDispose]: () => atlas.close(),
  };
}

describe('writing a key’s access list', () => {
  test('addresses and blocks; the answer is the whole list', async () => {
    await using s = await start();
    await s.owner.call('POST', s.list, [{ ipAddress: '192.0.2.7' }]);
    const reply = await s.owner.call('POST', s.list, [
      { cidrBlock: '198.51.100.0/24' },
      { ipAddress: '2001:db8::1' },
    ]);
    expect(reply.status).toBe(200);
    expect(
      reply.json.results.map((e: { cidrBlock: string; ipAddress?: string }) => [e.cidrBlock, e.ipAddress]),
    ).toEqual([
      ['192.0.2.7/32', '192.0.2.7'],
      ['198.51.100.0/24', undefined],
      ['2001:db8::1/128', '2001:db8::1'],
    ]);
    expect(reply.json.totalCount).toBe(3);
    const block = await s.owner.call('GET', `${s.list}/198.51.100.0%2F24`);
    expect(block.json.cidrBlock).toBe('198.51.100.0/24');
    expect(block.json.links[0].href).toBe(`${s.atlas.origin}/api/atlas/v2${s.list}/198.51.100.0%2F24`);
    expect((await s.owner.call('DELETE', `${s.list}/198.51.100.0%2F24`)).status).toBe(204);
    const gone = await s.owner.call('GET', `${s.list}/198.51.100.0%2F24`);
    expect([gone.status, gone.json.errorCode]).toEqual([404, 'API_KEY_ACCESS_LIST_NOT_FOUND']);
    expect((await s.owner.call('GET', `${s.list}/2001:db8::1`)).status).toBe(200);
    expect(s.atlas.key(s.key.id)?.accessList).toEqual(['192.0.2.7/32', '2001:db8::1/128']);
  });

  const refused: [string, unknown, number, string][] = [
    ['the whole internet', [{ cidrBlock: '0.0.0.0/0' }], 400, 'CANNOT_ADD_IP_ADDRESS_TO_API_KEY_ACCESS_LIST'],
    ['the whole new internet', [{ cidrBlock: '::/0' }], 400, 'CANNOT_ADD_IP_ADDRESS_TO_API_KEY_ACCESS_LIST'],
    ['no address', [{ ipAddress: 'current' }], 400, 'INVALID_IP_ADDRESS_OR_CIDR_NOTATION'],
    ['a prefix too long', [{ cidrBlock: '192.0.2.0/33' }], 400, 'INVALID_IP_ADDRESS_OR_CIDR_NOTATION'],
    ['a block as an address', [{ ipAddress: '192.0.2.0/24' }], 400, 'INVALID_IP_ADDRESS_OR_CIDR_NOTATION'],
    ['both at once', [{ ipAddress: '192.0.2.1', cidrBlock: '192.0.2.0/24' }], 400, 'INVALID_ATTRIBUTE'],
    ['an object', { ipAddress: '192.0.2.1' }, 400, 'INVALID_JSON'],
    ['an empty list', [], 400, 'MISSING_ATTRIBUTE'],
    [
      'the same twice',
      [{ ipAddress: '192.0.2.1' }, { cidrBlock: '192.0.2.1/32' }],
      400,
      'DUPLICATE_ADDRESSES_IN_INPUT',
    ],
  ];
  test.each(refused)('%s is refused and nothing is added', async (_, body, status, code) => {
    await using s = await start();
    const reply = await s.owner.call('POST', s.list, body);
    expect([reply.status, reply.json.errorCode]).toEqual([status, code]);
    expect(s.atlas.key(s.key.id)?.accessList).toEqual([]);
  });

  test('two halves of the internet are taken, a half twice is not', async () => {
    await using s = await start();
    const halves = [{ cidrBlock: '0.0.0.0/1' }, { cidrBlock: '128.0.0.0/1' }];
    expect((await s.owner.call('POST', s.list, halves)).status).toBe(200);
    const again = await s.owner.call('POST', s.list, halves.slice(1));
    expect([again.status, again.json.errorCode]).toEqual([409, 'ADDRESS_ALREADY_IN_ACCESS_LIST']);
    expect((await s.itself.call('GET', '')).status).toBe(200);
  });

  test.each([
    ['projectOwners', 200],
    ['organizationOwners', 401],
  ] as const)(
    'kept by the key itself and by owners of the organisation; with %s an owner of its project is answered with %d',
    async (keepers, status) => {
      await using s = await start();
      s.atlas.settings.accessListKeepers = keepers;
      const { groupId } = s;
      s.atlas.setProjectRoles(s.key.id, groupId, ['GROUP_READ_ONLY']);
      const reader = s.callerWith('ORG_READ_ONLY', 'GROUP_READ_ONLY');
      const entry = [{ ipAddress: '192.0.2.1' }];
      for (const [method, path, body] of [
        ['POST', s.list, entry],
        ['GET', s.list, undefined],
        ['GET', `${s.list}/192.0.2.1`, undefined],
        ['DELETE', `${s.list}/192.0.2.1`, undefined],
      ] as const) {
        const reply = await reader.call(method, path, body);
        expect([reply.status, reply.json.errorCode]).toEqual([401, 'API_KEY_ACCESS_LIST_ACCESS_DENIED']);
        expect(reply.json.detail).toContain('only accessible by the API key or by a user administrator');
      }
      const entries = [{ ipAddress: '127.0.0.1' }, { ipAddress: '192.0.2.2' }];
      expect((await s.itself.call('POST', s.list, entries)).status).toBe(200);
      expect((await s.owner.call('DELETE', `${s.list}/192.0.2.2`)).status).toBe(204);
      expect((await s.callerWith('GROUP_OWNER').call('POST', s.list, entry)).status).toBe(status);
    },
  );
});

describe('the address of the caller', () => {
  test('the first entry locks every other address out', async () => {
    await using s = await start();
    expect((await s.itself.call('GET', '')).status).toBe(200);
    await s.owner.call('POST', s.list, [{ ipAddress: '203.0.113.9' }]);
    const out = await s.itself.call('GET', '');
    expect([out.status, out.json.errorCode, out.json.parameters]).toEqual([
      403,
      'IP_ADDRESS_NOT_ON_ACCESS_LIST',
      ['127.0.0.1'],
    ]);
    s.atlas.settings.callerAddress = '203.0.113.9';
    expect((await s.itself.call('GET', '/orgs')).status).toBe(200);
    const [entry] = (await s.owner.call('GET', s.list)).json.results;
    expect([entry.count, entry.lastUsedAddress]).toEqual([1, '203.0.113.9']);
    expect(entry.lastUsed).toMatch(/^\d{4}-.*Z$/);
  });

  test('one’s own address cannot be taken off one’s own list', async () => {
    await using s = await start();
    await s.owner.call('POST', s.list, [{ ipAddress: '127.0.0.1' }, { ipAddress: '192.0.2.1' }]);
    const reply = await s.itself.call('DELETE', `${s.list}/127.0.0.1`);
    expect([reply.status, reply.json.errorCode]).toEqual([400, 'CANNOT_REMOVE_CALLER_FROM_ACCESS_LIST']);
    expect((await s.itself.call('DELETE', `${s.list}/192.0.2.1`)).status).toBe(204);
    expect((await s.owner.call('DELETE', `${s.list}/127.0.0.1`)).status).toBe(204);
  });

  test('an organisation that requires lists has no use for a key without one', async () => {
    await using s = await start();
    const settings = `/orgs/${s.orgId}/settings`;
    const listed = s.atlas.addKey({
      orgId: s.orgId,
      desc: 'l',
      roles: ['ORG_OWNER'],
      accessList: ['127.0.0.0/8'],
    });
    expect(
      (await s.owner.call('PATCH', settings, { apiAccessListRequired: true })).json.apiAccessListRequired,
    ).toBe(true);
    const bare = await s.itself.call('GET', '');
    expect([bare.status, bare.json.errorCode]).toEqual([403, 'ORG_REQUIRES_ACCESS_LIST']);
    const caller = new Caller(s.atlas, listed);
    expect((await caller.call('POST', s.list, [{ ipAddress: '127.0.0.1' }])).status).toBe(200);
    expect((await s.itself.call('GET', '')).json.apiKey.accessList).toEqual([
      { cidrBlock: '127.0.0.1/32', ipAddress: '127.0.0.1' },
    ]);
  });

  test('ipinfo tells the address, to those who sign in', async () => {
    await using s = await start();
    s.atlas.settings.callerAddress = '203.0.113.9';
    const reply = await s.owner.call('GET', '/api/private/ipinfo', undefined, { accept: '*/*' });
    expect(reply.json).toEqual({ currentIpv4Address: '203.0.113.9' });
  });
});
