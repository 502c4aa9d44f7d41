/** How keys die, made by this step or found. */
import { describe, expect, it } from 'vitest';
import { AtlasError, type AtlasErrorKind } from '../../src/atlas/errors.ts';
import type { ApiKey } from '../../src/atlas/types.ts';
import type { MadeIntent } from '../../src/keys/journal.ts';
import { livesOn, retireFound, retireMade } from '../../src/keys/retire.ts';
import { nameOf } from '../../src/keys/step.ts';
import { DESC, descriptionOf, GROUP_ID, idAt, keyAt, NONCE, NOW, ORG_ID } from './described-keys.ts';
import { stepWith } from './step.ts';

const OTHER = 'b'.repeat(24);
const MEMBER = { roleName: 'ORG_MEMBER', orgId: ORG_ID };
const within = (...groupIds: readonly string[]) => ({
  roles: [MEMBER, ...groupIds.map((groupId) => ({ roleName: 'GROUP_READ_ONLY', groupId }))],
});
const RETIRED = descriptionOf('retired');

/** What ends a call, by its name. */
type Refusals = Partial<Record<'renameKey' | 'deleteKey' | 'unassignKey', AtlasErrorKind>>;

/** A step in an organisation with these keys; and what it did, in its order. */
function stepAmong(keys: readonly ApiKey[], refusals: Refusals = {}) {
  const done: string[] = [];
  const act = (name: keyof Refusals, what: string) => {
    const kind = refusals[name];
    if (kind !== undefined) throw new AtlasError(`${name} is refused`, { kind });
    done.push(what);
  };
  const scene = stepWith({
    readOrganizationKey: async (_orgId, apiUserId) => {
      const key = keys.find(({ id }) => id === apiUserId);
      if (key === undefined) throw new AtlasError('no', { kind: 'gone' });
      return key;
    },
    renameKey: async ({ apiUserId }, desc) => {
      act('renameKey', `renamed ${apiUserId} to ${desc}`);
      return keyAt(0, desc);
    },
    deleteKey: async (orgId, apiUserId) => {
      act('deleteKey', `deleted ${apiUserId} of ${orgId}`);
      return 'deleted';
    },
    unassignKey: async (groupId, apiUserId) => {
      act('unassignKey', `took ${apiUserId} out of ${groupId}`);
      return 'deleted';
    },
  });
  return { ...scene, done };
}

const how = {
  place: { orgId: ORG_ID, groupIds: [GROUP_ID] },
  claim: 'member',
  why: () => 'which was here',
  next: 'the next run',
} as const;

describe('a key that was found', () => {
  const marked = keyAt(1, descriptionOf('previous'), within(GROUP_ID));
  const plain = keyAt(2, DESC, within(GROUP_ID));

  it('is deleted as it is where it carries a mark', async () => {
    const { step, done, said } = stepAmong([marked]);
    expect(await retireFound(step, [marked], how)).toMatchObject({ deleted: [marked], changed: true });
    expect(done).toEqual([`deleted ${marked.id} of ${ORG_ID}`]);
    expect(said).toEqual([`Deleted key ${nameOf(marked)}, which was here.`]);
  });

  it('is marked first where it is plain, for an ensure of that moment would take it for its key', async () => {
    const { step, done } = stepAmong([plain]);
    await retireFound(step, [plain], how);
    expect(done).toEqual([`renamed ${plain.id} to ${RETIRED}`, `deleted ${plain.id} of ${ORG_ID}`]);
  });

  it.each(['gone', 'notAllowed', 'badRequest', 'unintelligible'] as const)(
    'is deleted without the mark where that is refused for good: %s',
    async (kind) => {
      const { step, done } = stepAmong([plain], { renameKey: kind });
      await retireFound(step, [plain], how);
      expect(done).toEqual([`deleted ${plain.id} of ${ORG_ID}`]);
    },
  );

  it.each(['unavailable', 'network', 'timeout', 'cancelled', 'credentials'] as const)(
    'stays where the service cannot be asked for the mark, which is told: %s',
    async (kind) => {
      const { step, done, said } = stepAmong([plain], { renameKey: kind });
      const { failed, changed } = await retireFound(step, [plain], how);
      const why = 'renameKey is refused';
      expect({ done, changed, failed }).toEqual({ done: [], changed: false, failed: [{ key: plain, why }] });
      expect(said).toEqual([`! Key ${nameOf(plain)} could not be deleted; the next run tries again. ${why}`]);
    },
  );

  it('is one of many: a line tells how far they are, every 25 keys', async () => {
    const keys = [...Array(51).keys()].map((number) => ({ ...marked, id: idAt(number) }));
    const { step, said } = stepAmong(keys);
    expect((await retireFound(step, keys, how)).deleted).toHaveLength(51);
    const lines = said.filter((line) => line.endsWith('done.'));
    expect(lines).toEqual(['25 of 51 keys done.', '50 of 51 keys done.']);
  });

  it('is marked and taken out of all its projects where it may not be deleted', async () => {
    const key = keyAt(1, descriptionOf('previous'), within(GROUP_ID, OTHER));
    const { step, done, said } = stepAmong([key], { deleteKey: 'notAllowed' });
    const place = { orgId: ORG_ID, groupIds: [GROUP_ID, OTHER] } as const;
    const { unassigned, changed } = await retireFound(step, [key], { ...how, place });
    expect([unassigned, changed]).toEqual([[key], true]);
    expect(done).toEqual([
      `renamed ${key.id} to ${RETIRED}`,
      `took ${key.id} out of ${GROUP_ID}`,
      `took ${key.id} out of ${OTHER}`,
    ]);
    expect(said).toEqual([`! ${livesOn(nameOf(key), ORG_ID)}`]);
  });

  it('in no project is told where it may not be deleted, and nothing has changed', async () => {
    const orphan = keyAt(1, RETIRED, within());
    const { step, done, said } = stepAmong([orphan], { deleteKey: 'notAllowed' });
    const { unassigned, changed } = await retireFound(step, [orphan], { ...how, claim: 'leftOver' });
    expect([unassigned, changed, done]).toEqual([[orphan], false, []]);
    expect(said).toEqual([`! ${livesOn(nameOf(orphan), ORG_ID)}`]);
  });

  it('outside the remit is left as it is, and does not stop the others', async () => {
    const foreign = keyAt(3, descriptionOf('previous'), within(GROUP_ID, OTHER));
    const { step, done, said } = stepAmong([foreign, marked]);
    const why = `it has roles in project ${OTHER}, too, which this step does not name`;
    expect(await retireFound(step, [foreign, marked], how)).toMatchObject({
      deleted: [marked],
      left: [{ key: foreign, why }],
    });
    expect(done).toEqual([`deleted ${marked.id} of ${ORG_ID}`]);
    expect(said).toContain(`left ${foreign.id}: ${why}`);
  });

  it('that is gone by then needs nothing', async () => {
    const { step, done, said } = stepAmong([]);
    const nothing = { deleted: [], unassigned: [], gone: [marked], left: [], failed: [], changed: false };
    expect(await retireFound(step, [marked], how)).toEqual(nothing);
    expect(done).toEqual([]);
    expect(said).toEqual([`Key ${nameOf(marked)} was gone already.`]);
  });
});

describe('a key that this step made', () => {
  const made: MadeIntent = {
    purpose: { mode: 'ensure' },
    desc: DESC,
    groupIds: [GROUP_ID, OTHER],
    nonce: NONCE,
    until: NOW,
    answerLost: false,
    apiUserId: 'x',
    orgId: ORG_ID,
  };

  it('is deleted without a look', async () => {
    const { step, done, said } = stepAmong([]);
    expect(await retireMade(step, made)).toBe('deleted');
    expect([done, said]).toEqual([[`deleted x of ${ORG_ID}`], []]);
  });

  it('is marked and taken out of its projects where it may not be deleted', async () => {
    const { step, done } = stepAmong([], { deleteKey: 'notAllowed' });
    expect(await retireMade(step, made)).toBe('unassigned');
    expect(done).toEqual([`renamed x to ${RETIRED}`, `took x out of ${GROUP_ID}`, `took x out of ${OTHER}`]);
  });

  it.each(['unavailable', 'timeout', 'badRequest'] as const)('stays where that fails: %s', async (kind) => {
    const { step, done } = stepAmong([], { deleteKey: kind });
    await expect(retireMade(step, made)).rejects.toMatchObject({ kind });
    expect(done).toEqual([]);
  });
});

it('a left-over key whose description has changed since the list is left: its post may just have made it current', async () => {
  const listed = keyAt(1, descriptionOf('pending'), within(GROUP_ID));
  const { step, done, said } = stepAmong([{ ...listed, desc: DESC }]);
  const retired = await retireFound(step, [listed], { ...how, claim: 'leftOver' });
  expect(done).toEqual([]);
  expect(said).toEqual([`left ${listed.id}: its description has just changed`]);
  expect(retired).toMatchObject({ changed: false, deleted: [] });
});
