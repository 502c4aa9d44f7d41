/** How keys die, made by this step or found; and which keys of creates that nobody heard the answer of are to die. */
import { describe, expect, it } from 'vitest';
import { AtlasError, type AtlasErrorKind } from '../../src/atlas/errors.ts';
import type { ApiKey } from '../../src/atlas/types.ts';
import { makeKey, retireStrays } from '../../src/keys/make-key.ts';
import { outcomeOf, retireFound, retireMade, rowsOf } from '../../src/keys/retire.ts';
import { nameOf } from '../../src/keys/step.ts';
import { DESC, descriptionOf, GROUP_ID, keyAt, MADE, NONCE, nonceOf, ORG_ID } from './described-keys.ts';
import { stepWith } from './step.ts';

const OTHER = 'b'.repeat(24);
const MEMBER = { roleName: 'ORG_MEMBER', orgId: ORG_ID };
const within = (...groupIds: readonly string[]) => ({
  roles: [MEMBER, ...groupIds.map((groupId) => ({ roleName: 'GROUP_READ_ONLY', groupId }))],
});
const RETIRED = descriptionOf('retired');
const marked = keyAt(1, descriptionOf('previous'), within(GROUP_ID));
const plain = keyAt(2, DESC, within(GROUP_ID));

/** What ends a call, by its name. */
type Refusals = Partial<Record<'createKey' | 'renameKey' | 'deleteKey' | 'unassignKey', AtlasErrorKind>>;

/** A step in an organisation with these keys; and what it did, in its order. */
function stepAmong(keys: readonly ApiKey[], refusals: Refusals = {}) {
  const done: string[] = [];
  const act = (name: keyof Refusals, what: string) => {
    const kind = refusals[name];
    if (kind !== undefined) throw new AtlasError(`${name} is refused`, { kind });
    done.push(what);
  };
  const scene = stepWith({
    listProjectKeys: async () => [...keys],
    readOrganizationKey: async (_orgId, apiUserId) => {
      const key = keys.find(({ id }) => id === apiUserId);
      if (key === undefined) throw new AtlasError('no', { kind: 'gone' });
      return key;
    },
    createKey: async () => {
      act('createKey', 'created');
      return { ...keyAt(0, DESC), privateKey: '' };
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

const how = { orgId: ORG_ID, groupIds: [GROUP_ID], claim: 'member', next: 'the next run' } as const;

describe('a key that was found', () => {
  it.each([
    ['is deleted as it is where it carries a mark', marked, [], 'previous'],
    // An ensure of that moment would take it for its key.
    ['is marked first where it is plain', plain, [`renamed ${plain.id} to ${RETIRED}`], 'current'],
  ])('%s', async (_what, key, before, state) => {
    const { step, done, said } = stepAmong([key]);
    const ends = await retireFound(step, [key], how);
    expect(ends).toMatchObject([{ key, fate: 'deleted' }]);
    expect(done).toEqual([...before, `deleted ${key.id} of ${ORG_ID}`]);
    expect(said).toEqual([`Deleted key ${nameOf(key)}, which was ${state}.`]);
    expect(outcomeOf('revoked', ends)).toMatchObject({ changed: true, retired: [key.id] });
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
      const ends = await retireFound(step, [plain], how);
      const why = 'renameKey is refused';
      expect({ done, ends }).toEqual({ done: [], ends: [{ key: plain, fate: 'failed', why }] });
      expect(outcomeOf('swept', ends, 'so')).toMatchObject({ changed: false, retired: [], problem: 'so' });
      expect(said).toEqual([`! Key ${nameOf(plain)} could not be deleted; the next run tries again. ${why}`]);
    },
  );

  it.each([
    ['is marked and taken out of all its projects', [GROUP_ID, OTHER], 'member', true],
    ['in no project is told, and nothing has changed', [], 'leftOver', false],
  ] as const)('that may not be deleted %s', async (_what, groupIds, claim, changed) => {
    const key = keyAt(1, descriptionOf('pending'), within(...groupIds));
    const { step, done, said } = stepAmong([key], { deleteKey: 'notAllowed' });
    const ends = await retireFound(step, [key], { ...how, claim, groupIds: [GROUP_ID, OTHER] });
    expect(done).toEqual([
      ...(changed ? [`renamed ${key.id} to ${RETIRED}`] : []),
      ...groupIds.map((groupId) => `took ${key.id} out of ${groupId}`),
    ]);
    expect(said).toEqual([
      `! Out of the project, but still alive in organisation ${ORG_ID}: ${nameOf(key)}. Only an Organization Owner may delete keys: do it there, or run mode: sweep with that role.`,
    ]);
    expect(outcomeOf('swept', ends)).toMatchObject({ changed, retired: [], family: [{ state: 'retired' }] });
  });

  it('outside the remit, or gone by then, does not stop the others', async () => {
    const foreign = keyAt(3, descriptionOf('previous'), within(GROUP_ID, OTHER));
    const gone = keyAt(4, descriptionOf('previous'), within(GROUP_ID));
    const { step, done, said } = stepAmong([foreign, marked]);
    const why = `it has roles in project ${OTHER}, too, which this step does not name`;
    const ends = await retireFound(step, [foreign, gone, marked], how);
    expect(ends.map(({ fate }) => fate)).toEqual(['left', 'gone', 'deleted']);
    expect(done).toEqual([`deleted ${marked.id} of ${ORG_ID}`]);
    expect(said).toContain(`left ${foreign.id}: ${why}`);
    expect(said).toContain(`Key ${nameOf(gone)} was gone already.`);
    // The table has the whole family, but for what somebody else deleted, and says what is gone, listed still or not.
    expect(rowsOf([plain, foreign, gone], ends)).toMatchObject([
      { apiUserId: plain.id, publicKey: plain.publicKey, state: 'current' },
      { apiUserId: foreign.id, state: 'previous', origin: { desc: DESC, run: { nonce: NONCE } } },
      { apiUserId: marked.id, state: 'revoked' },
    ]);
  });
});

const intent = { ...MADE, groupIds: [GROUP_ID, OTHER], apiUserId: 'x', answerLost: true } as const;

describe('a key that this step made', () => {
  const takenOut = [`renamed x to ${RETIRED}`, `took x out of ${GROUP_ID}`, `took x out of ${OTHER}`];
  it.each([
    ['is deleted without a look', {}, 'deleted', [`deleted x of ${ORG_ID}`]],
    ['is taken out of its projects where it may not', { deleteKey: 'notAllowed' }, 'unassigned', takenOut],
  ] as const)('%s', async (_what, refusals, retirement, expected) => {
    const { step, done, said } = stepAmong([], refusals);
    expect(await retireMade(step, intent)).toBe(retirement);
    expect([done, said]).toEqual([expected, []]);
  });

  it.each(['unavailable', 'timeout', 'badRequest'] as const)('stays where that fails: %s', async (kind) => {
    const { step, done } = stepAmong([], { deleteKey: kind });
    await expect(retireMade(step, intent)).rejects.toMatchObject({ kind });
    expect(done).toEqual([]);
  });
});

describe('a create that fails', () => {
  const stray = keyAt(0, descriptionOf('pending'), within(GROUP_ID));
  it.each([
    ...(['answerLost', 'timeout', 'cancelled'] as const).map((kind) => [kind, true] as const),
    ...(['notAllowed', 'badRequest', 'full', 'unavailable', 'network'] as const).map(
      (kind) => [kind, false] as const,
    ),
  ])('%s: its key may be there, and is looked for at once and by post: %s', async (kind, isLost) => {
    const { step, saved, done } = stepAmong([stray], { createKey: kind });
    const wish = { desc: DESC, groupIds: [GROUP_ID], roles: [] } as const;
    await expect(makeKey(step, { mode: 'ensure' }, wish)).rejects.toMatchObject({ kind });
    expect(done).toEqual(isLost ? [`deleted ${stray.id} of ${ORG_ID}`] : []);
    expect(saved.at(-1)).toMatchObject(isLost ? { phase: 'making', answerLost: true } : { phase: 'idle' });
  });
});

it('strays are those of the nonce that came to nothing, but for the key that was handed out', async () => {
  const key = (seconds: number, desc: string) => keyAt(seconds, desc, within(GROUP_ID));
  // A list may be older than the last rename.
  const handedOut = key(9, descriptionOf('pending'));
  const states = ['pending', 'ephemeral', 'retired'] as const;
  const strays = states.map((state, index) => key(index, descriptionOf(state)));
  const others = [
    key(4, 'made by hand'),
    key(5, descriptionOf('previous')),
    key(6, descriptionOf('undecided')),
    key(7, descriptionOf('pending', { nonce: nonceOf(1) })),
  ];
  // Somebody has copied the nonce to a key that the step cannot have made.
  const roles = [...within(GROUP_ID).roles, { roleName: 'ORG_OWNER', orgId: ORG_ID }];
  const foreign = keyAt(8, descriptionOf('pending'), { roles });
  const { step, done, said } = stepAmong([...others, foreign, handedOut, ...strays]);
  expect(await retireStrays(step, intent, handedOut.id)).toBe(true);
  expect(said).toContain(`left ${foreign.id}: it has the organisation role ORG_OWNER`);
  expect(done).toEqual(strays.map(({ id }) => `deleted ${id} of ${ORG_ID}`));
  expect(await retireStrays(stepAmong(others).step, intent)).toBe(false);
  expect(await retireStrays(stepAmong(strays, { deleteKey: 'notAllowed' }).step, intent)).toBe(true);
  const failing = stepAmong(strays, { deleteKey: 'unavailable' }).step;
  await expect(retireStrays(failing, intent)).rejects.toThrow('deleteKey is refused');
});
