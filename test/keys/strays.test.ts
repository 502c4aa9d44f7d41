/** Keys of creates that nobody heard the answer of: which errors leave one, and which keys are one. */
import { describe, expect, it } from 'vitest';
import { AtlasError, type AtlasErrorKind } from '../../src/atlas/errors.ts';
import type { ApiKey } from '../../src/atlas/types.ts';
import type { Intent } from '../../src/keys/journal.ts';
import { makePendingKey, retireStrays } from '../../src/keys/make-key.ts';
import { DESC, descriptionOf, GROUP_ID, keyAt, NONCE, NOW, nonceOf, ORG_ID } from './described-keys.ts';
import { stepWith } from './step.ts';

const MEMBER = { roleName: 'ORG_MEMBER', orgId: ORG_ID };
const MINE = { roles: [MEMBER, { roleName: 'GROUP_READ_ONLY', groupId: GROUP_ID }] };

/** A step whose time is up, in a project with these keys; and which of them it deleted. */
function stepAmong(keys: readonly ApiKey[], failure: AtlasErrorKind) {
  const deleted: string[] = [];
  const scene = stepWith({
    createKey: async () => {
      throw new AtlasError('no', { kind: failure });
    },
    listProjectKeys: async () => [...keys],
    readOrganizationKey: async (_orgId, apiUserId) => keys.find(({ id }) => id === apiUserId) as ApiKey,
    deleteKey: async (_orgId, apiUserId) => {
      deleted.push(apiUserId);
      return 'deleted';
    },
  });
  return { ...scene, deleted };
}

describe('a create that fails', () => {
  const stray = keyAt(0, descriptionOf('pending'), MINE);
  const make = async (failure: AtlasErrorKind) => {
    const scene = stepAmong([stray], failure);
    const making = { purpose: { mode: 'ensure' }, desc: DESC, groupIds: [GROUP_ID], roles: [] } as const;
    await expect(makePendingKey(scene.step, making)).rejects.toMatchObject({ kind: failure });
    return scene;
  };

  it.each(['answerLost', 'timeout', 'cancelled'] as const)(
    'without an answer has its key looked for at once, and again by post: %s',
    async (failure) => {
      const { saved, deleted } = await make(failure);
      expect(deleted).toEqual([stray.id]);
      expect(saved.at(-1)).toMatchObject({ phase: 'making', answerLost: true });
    },
  );

  it.each(['notAllowed', 'badRequest', 'full', 'unavailable', 'network'] as const)(
    'for certain leaves nothing to look for: %s',
    async (failure) => {
      const { saved, deleted } = await make(failure);
      expect(deleted).toEqual([]);
      expect(saved.at(-1)).toEqual({ phase: 'idle' });
    },
  );
});

it('strays are those of the nonce that came to nothing, but for the key that was handed out', async () => {
  // A list may be older than the last rename.
  const handedOut = keyAt(9, descriptionOf('pending'), MINE);
  const strays = [
    keyAt(1, descriptionOf('pending'), MINE),
    keyAt(2, descriptionOf('ephemeral'), MINE),
    keyAt(3, descriptionOf('retired'), MINE),
  ];
  const others = [
    keyAt(4, 'made by hand', MINE),
    keyAt(5, descriptionOf('previous'), MINE),
    keyAt(6, descriptionOf('undecided'), MINE),
    keyAt(7, descriptionOf('pending', { nonce: nonceOf(1) }), MINE),
  ];
  // Somebody has copied the nonce to a key that the step cannot have made.
  const foreign = keyAt(8, descriptionOf('pending'), {
    roles: [...MINE.roles, { roleName: 'ORG_OWNER', orgId: ORG_ID }],
  });
  const { step, deleted, said } = stepAmong([...others, foreign, handedOut, ...strays], 'network');
  const intent: Intent = {
    purpose: { mode: 'ensure' },
    desc: DESC,
    groupIds: [GROUP_ID],
    nonce: NONCE,
    until: NOW,
    answerLost: true,
  };
  expect(await retireStrays(step, intent, handedOut.id)).toBe(3);
  expect(said).toContain(`left ${foreign.id}: it has the organisation role ORG_OWNER`);
  expect(deleted).toEqual(strays.map(({ id }) => id));
});
