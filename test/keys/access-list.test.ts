/** How a new key gets its own access list, and what becomes of it where nobody may write that. */
import { describe, expect, it } from 'vitest';
import type { AccessListWish } from '../../src/request.ts';
import { requestsFor } from '../faults/requests.ts';
import { openWorkshop, type Workshop } from '../faults/workshop.ts';
import type { FaultAction, FaultRequest } from '../simulator/faults.ts';
import { refuseDeletions } from './standing.ts';

const ADDRESS = '203.0.113.9';
const BLOCK = { cidrBlock: '198.51.100.0/24' };
const WRITES = 'createOrgApiKeyAccessListEntry';
const DENIED: FaultAction = {
  kind: 'answer',
  status: 401,
  body: {
    detail: 'The access list is only accessible by the API key or by a user administrator.',
    error: 401,
    errorCode: 'API_KEY_ACCESS_LIST_ACCESS_DENIED',
    parameters: [],
    reason: 'Unauthorized',
  },
};

const settings = { callerAddress: ADDRESS };
const isCaller = (shop: Workshop, { caller = '' }: FaultRequest) =>
  shop.atlas.key(caller)?.desc.startsWith('caller of run');

function deny(shop: Workshop, whom: 'the caller' | 'everybody'): void {
  const when = (request: FaultRequest) =>
    request.operation === WRITES && (whom === 'everybody' || isCaller(shop, request) === true);
  shop.atlas.faults.add({ when, times: 9, action: DENIED });
}

function ensuring(shop: Workshop, ...accessList: AccessListWish[]) {
  return requestsFor(shop.groupId).ensure({ handover: { verify: true, accessList, exportEnv: false } });
}

const listOf = (shop: Workshop, id = '') => shop.atlas.key(id)?.accessList;

it('this machine is sent once where its address is written out as well', async () => {
  await using shop = await openWorkshop({ settings });
  const wishes = [BLOCK, 'current', { ipAddress: ADDRESS }] as const;
  const { error, outcome, lines } = await shop.run(ensuring(shop, ...wishes));
  expect(lines[0]).toContain(`This machine is ${ADDRESS} to Atlas`);
  expect(error).toBeUndefined();
  expect(listOf(shop, outcome?.facts?.key.id)).toEqual([BLOCK.cidrBlock, `${ADDRESS}/32`]);
  const sent = shop.atlas.history.requests.filter(({ operation }) => operation === WRITES);
  expect(sent.at(-1)?.requestBody).toEqual([BLOCK, { ipAddress: ADDRESS }]);
});

describe('a caller who may not write the list', () => {
  it.each([0, 2_000])('leaves that to the new key, which is known after %i ms', async (newKeyRefusedMs) => {
    await using shop = await openWorkshop({ settings: { ...settings, newKeyRefusedMs } });
    deny(shop, 'the caller');
    const { error, outcome, lines } = await shop.run(ensuring(shop, BLOCK, 'current'));
    expect(error).toBeUndefined();
    const { id, publicKey } = outcome?.facts?.key ?? {};
    expect(listOf(shop, id)).toEqual([BLOCK.cidrBlock, `${ADDRESS}/32`]);
    expect(lines).toContain(
      `The caller may not write the access list of key ${id} (${publicKey}); the key wrote it itself.`,
    );
  });

  it('is told which role it needs where the key may not, either; the key is deleted', async () => {
    await using shop = await openWorkshop({ settings });
    deny(shop, 'everybody');
    const { error, record } = await shop.run(ensuring(shop, 'current'));
    expect(String(error)).toMatch(
      /The access list of the new key \w+ \(\w+\) could not be written: the caller may not do it, for which it needs Organization Owner, and the key itself could not, either\. Could not add to the key's access list: /,
    );
    expect(record.delivered).toEqual([]);
    expect(shop.atlas.keys().filter(({ desc }) => desc.startsWith('deploy'))).toEqual([]);
  });

  it('who may not delete, either, leaves a key that is in no project and that nobody holds', async () => {
    await using shop = await openWorkshop({ settings });
    deny(shop, 'everybody');
    refuseDeletions(shop);
    const { error, record } = await shop.run(ensuring(shop, 'current'));
    expect(String(error)).toMatch(/needs Organization Owner/);
    expect(record.delivered).toEqual([]);
    const [left] = shop.atlas.keys().filter(({ desc }) => desc.startsWith('deploy'));
    expect(left?.roles.map(({ roleName }) => roleName)).toEqual(['ORG_MEMBER']);
  });

  it('is another matter than a service that fails', async () => {
    await using shop = await openWorkshop({ settings });
    const action = { kind: 'error', code: 'VALIDATION_ERROR', parameters: ['ipAddress', 'odd'] } as const;
    shop.atlas.faults.add({ when: { operation: WRITES }, times: 9, action });
    const { error } = await shop.run(ensuring(shop, 'current'));
    expect(error).toMatchObject({ kind: 'badRequest' });
  });
});
