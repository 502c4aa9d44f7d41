/** What comes between a key's making and its use: whether it may be made at all, its access list, and its first sign-in. */
import { describe, expect } from 'vitest';
import { AtlasError, type AtlasErrorKind } from '../../src/atlas/errors.ts';
import type { Surface } from '../../src/atlas/types.ts';
import { handOver, makeUsable, resolveAccessList, tellWhatIsForNewKeys } from '../../src/keys/handover.ts';
import { checkMayRename, type MadeKey } from '../../src/keys/make-key.ts';
import type { AccessListWish } from '../../src/request.ts';
import { HANDOVER, requestsFor, STORING } from '../faults/requests.ts';
import type { Workshop } from '../faults/workshop.ts';
import type { FaultAction } from '../simulator/faults.ts';
import { DESC, descriptionOf, keyAt, MADE, NOW, nonceOf, ORG_ID } from './described-keys.ts';
import { it, openShop } from './shop.ts';
import { familyIn, refuseDeletions } from './standing.ts';
import { stepWith } from './step.ts';

const ADDRESS = '198.51.100.7';
const BLOCK = { cidrBlock: '203.0.113.0/24' };

it.each<[Surface, string[] | undefined, boolean, asked: number]>([
  ['public/v1.0', ['ORG_MEMBER'], true, 1],
  ['public/v1.0', [], true, 1],
  ['public/v1.0', ['ORG_MEMBER', 'ORG_OWNER'], false, 1],
  ['public/v1.0', undefined, false, 1],
  ['atlas/v2', [], false, 0],
])(
  'a key that could never get its name is not made: %s, caller %j: %s',
  async (surface, names, isRefused, calls) => {
    const roles = names?.map((roleName) => ({ roleName, orgId: ORG_ID }));
    let asked = 0;
    const whoAmI = async () => {
      asked += 1;
      return roles && { roles };
    };
    const checked = checkMayRename(stepWith({ whoAmI }, { surface }).step);
    if (isRefused) await expect(checked).rejects.toThrow('Nothing was made.');
    else await checked;
    expect(asked).toBe(calls);
  },
);

describe('the wishes for an access list', () => {
  /** A step to which Atlas tells this machine's address, or refuses to; and what it asked. */
  function stepWhere(refusal?: AtlasErrorKind) {
    const asked: string[] = [];
    const currentAddress = async () => {
      asked.push('currentAddress');
      if (refusal !== undefined) throw new AtlasError('no', { kind: refusal });
      return ADDRESS;
    };
    const whoAmI = async () => {
      asked.push('whoAmI');
      return undefined;
    };
    return { ...stepWith({ currentAddress, whoAmI }), asked };
  }

  it.each<[readonly AccessListWish[], readonly object[], number]>([
    [[], [], 0],
    [[BLOCK], [BLOCK], 0],
    [['current', BLOCK], [{ ipAddress: ADDRESS }, BLOCK], 1],
    // Where the address is written out as well, it is there once.
    [[BLOCK, 'current', { ipAddress: ADDRESS }], [BLOCK, { ipAddress: ADDRESS }], 1],
  ])('%j become %j', async (wishes, entries, calls) => {
    const { step, asked } = stepWhere();
    expect(await resolveAccessList(step, wishes)).toEqual(entries);
    expect(asked).toHaveLength(calls);
  });

  const REFUSALS = ['credentials', 'notAllowed', 'gone', 'badRequest', 'unintelligible'] as const;
  const OTHERS = ['network', 'timeout', 'cancelled', 'unavailable', 'addressRefused'] as const;
  it.each([...REFUSALS, ...OTHERS])('with `current` cannot be met after %s', async (kind) => {
    const { step, asked } = stepWhere(kind);
    const message = expect.stringContaining('Atlas did not tell the address');
    // Another failure says nothing about the address, and is told as it is.
    const told = REFUSALS.some((one) => one === kind) ? { message, cause: { kind } } : { kind };
    await expect(resolveAccessList(step, ['current'])).rejects.toMatchObject(told);
    // Whether the credentials are wrong everywhere is asked where it may be so.
    expect(asked.includes('whoAmI')).toBe(kind === 'credentials');
  });

  it.each([
    ['nothing', HANDOVER, []],
    ['an access list', { ...HANDOVER, accessList: [BLOCK] }, [/^accessList is for a newly made key/]],
    ['Actions secrets', STORING, [/^Secrets are written for a newly made key only/]],
  ])('and for a store do nothing for a key that exists, which is told of %s', (_what, handover, lines) => {
    const { step, said } = stepWith({});
    tellWhatIsForNewKeys(step, handover);
    expect(said).toEqual(lines.map((line) => expect.stringMatching(line)));
  });
});

describe('a caller who may not write the access list', () => {
  const settings = { callerAddress: ADDRESS };
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

  /** Makes a key with an access list that the caller, or nobody, may write: or that is answered so. */
  async function makeKey(shop: Workshop, refused: 'the caller' | 'everybody', action: FaultAction = DENIED) {
    shop.atlas.faults.add({
      when: ({ operation, caller = '' }) =>
        operation === 'createOrgApiKeyAccessListEntry' &&
        (refused === 'everybody' || shop.atlas.key(caller)?.desc.startsWith('caller of run') === true),
      times: 9,
      action,
    });
    const handover = { ...HANDOVER, accessList: [BLOCK, 'current' as const] };
    return shop.run(requestsFor(shop.groupId).ensure({ handover }));
  }

  it.each([0, 2_000])('leaves that to the new key, which is known after %i ms', async (newKeyRefusedMs) => {
    await using shop = await openShop({ settings: { ...settings, newKeyRefusedMs } });
    const { error, outcome, lines } = await makeKey(shop, 'the caller');
    expect(error).toBeUndefined();
    const { id = '', publicKey } = outcome?.facts?.key ?? {};
    expect(shop.atlas.key(id)?.accessList).toEqual([BLOCK.cidrBlock, `${ADDRESS}/32`]);
    expect(lines[0]).toBe(`Atlas sees this machine as ${ADDRESS}; the access list gets that address.`);
    expect(lines).toContain(
      `The caller may not write the access list of key ${id} (${publicKey}); the key wrote it itself.`,
    );
  });

  it.each([
    ['deleted', true],
    // Who may not delete, either, leaves a key that is in no project and that nobody holds.
    ['taken out of its project', false],
  ])('is told which role it needs where the key may not, either; the key is %s', async (_fate, mayDelete) => {
    await using shop = await openShop({ settings });
    if (!mayDelete) refuseDeletions(shop);
    const { error, record } = await makeKey(shop, 'everybody');
    expect(String(error)).toMatch(
      /The access list of the new key \w+ \(\w+\) could not be written: the caller may not do it, since that takes Organization Owner, and the key itself could not, either\. Could not add to the key's access list: /,
    );
    expect(record.delivered).toEqual([]);
    const roles = familyIn(shop).map((key) => key.roles.map(({ roleName }) => roleName));
    expect(roles).toEqual(mayDelete ? [] : [['ORG_MEMBER']]);
  });

  it('is another matter than a service that fails', async () => {
    await using shop = await openShop({ settings });
    const { error } = await makeKey(shop, 'everybody', {
      kind: 'error',
      code: 'VALIDATION_ERROR',
      parameters: ['ipAddress', 'odd'],
    });
    expect(error).toMatchObject({ kind: 'badRequest' });
  });
});

it.each([
  ['every half second, and given up before ten seconds are over', 'credentials', 'KeyError', 20, 9_500],
  ['once where its own access list keeps this machine out', 'addressRefused', 'KeyError', 1, 0],
  ['once where the failure says nothing about the key', 'unavailable', 'AtlasError', 1, 0],
] as const)('a new key that may not sign in is tried %s', async (_what, kind, name, expected, waited) => {
  let tries = 0;
  let remaining = 60_000;
  const signInAs = async () => {
    tries += 1;
    throw new AtlasError('no', { kind });
  };
  const pause = async (milliseconds: number) => {
    remaining -= milliseconds;
  };
  const calls = { addAccessListEntries: async () => {}, signInAs };
  const { step } = stepWith(calls, { remaining: () => remaining, pause });
  const made = { key: { ...keyAt(0, DESC), privateKey: '' }, intent: { orgId: ORG_ID } } as MadeKey;
  const error: unknown = await makeUsable(step, made, HANDOVER, [BLOCK]).catch((thrown) => thrown);
  expect({ error, tries, remaining }).toMatchObject({
    error: { name },
    tries: expected,
    remaining: 60_000 - waited,
  });
  expect(error).toMatchObject(name === 'KeyError' ? { cause: { kind } } : { kind });
  if (kind === 'addressRefused') expect(String(error)).toContain('its access list does not hold');
});

it('a key is stored when no older one is being stored any more', async () => {
  const storing = descriptionOf('undecided', { nonce: nonceOf(1), atWorkUntil: NOW + 60_000 });
  let looks = 0;
  const calls = {
    renameKey: async () => keyAt(0, DESC),
    listProjectKeys: async () => {
      looks += 1;
      return looks < 3 ? [keyAt(-5, storing)] : [];
    },
  };
  let looksBefore = 0;
  const deliver = async () => {
    looksBefore = looks;
  };
  const { step } = stepWith(calls, { deliver });
  const made = { key: { ...keyAt(0, DESC), privateKey: '' }, intent: MADE };
  expect(await handOver(step, made, STORING.store)).toBe(true);
  expect(looksBefore).toBe(3);
});
