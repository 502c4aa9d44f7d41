import { describe, expect } from 'vitest';
import { type MarkState, readMark, stateOf } from '../../src/keys/mark.ts';
import { livesOn } from '../../src/keys/retire.ts';
import { nameOf } from '../../src/keys/step.ts';
import type { Interruption } from '../faults/interruption.ts';
import { requestsFor, STORING } from '../faults/requests.ts';
import type { Run, Workshop } from '../faults/workshop.ts';
import { descriptionOf } from './described-keys.ts';
import { it } from './shop.ts';
import { isAlive, isCreate, refuseDeletions, stand } from './standing.ts';

const killed = (
  moment: Interruption['moment'],
  of: NonNullable<Interruption['of']>,
  call = 1,
): Interruption => {
  return { of, call, moment };
};
const beforeRename = killed('before', 'renameKey');

/** The one key that a run has made. */
function made(shop: Workshop, { record }: Pick<Run, 'record'>): string {
  const change = shop.atlas.history.changes.find(
    ({ kind, caller }) => kind === 'created' && caller === record.callerId,
  );
  return change?.keyId ?? 'none';
}

/** What a key is by now. */
function stateIn(shop: Workshop, id: string): string {
  return isAlive(shop, { id }) ? stateOf(shop.atlas.key(id)?.desc ?? '') : 'gone';
}

const LOOKING = 'Atlas did not answer when a key was made; looking for that key.';

/** What somebody else does to a key before post. */
const isDeleted = (shop: Workshop, id: string) => shop.atlas.deleteKey(id);
const becomes = (state: MarkState) => (shop: Workshop, id: string) =>
  shop.atlas.renameKey(id, descriptionOf(state));

describe('post, after a step that died before it handed its key out', () => {
  it.for([
    ['its create was sent', killed('before', 'createKey'), ['listProjectKeys', 'listProjectKeys'], LOOKING],
    [
      'its create was answered',
      killed('after', 'createKey'),
      ['listProjectKeys', 'readOrganizationKey', 'deleteKey'],
      ', which had been made without an answer.',
    ],
    ['it was tried', killed('before', 'signInAs'), ['deleteKey'], 'Revoked key '],
  ] as const)(
    'deletes the key, and looks again only where there is none: before %s',
    async (row, { shop }) => {
      const [_when, interruption, calls, said] = row;
      const run = await shop.run(requestsFor(shop.groupId).ensure(), { interruption });
      expect(isAlive(shop, { id: made(shop, run) })).toBe(made(shop, run) === 'none');
      expect(run.postCalls).toEqual(calls);
      expect(run.settlement).toEqual({});
      expect(run.lines.at(-1)).toContain(said);
      expect(run.warnings).toEqual([]);
    },
  );

  it.for([
    ['ensure', 'warn'],
    ['ephemeral', 'warn'],
    ['ephemeral', 'fail'],
  ] as const)(
    'tells of a key that it could only unassign: %s, onRevokeFailure: %s',
    async (row, { shop }) => {
      const [mode, onRevokeFailure] = row;
      const { ensure, ephemeral } = requestsFor(shop.groupId);
      const request = mode === 'ensure' ? ensure() : ephemeral({ onRevokeFailure });
      const half = await shop.runMain(request, { interruption: killed('before', 'signInAs') });
      refuseDeletions(shop);
      const run = await half.finish();
      const told = livesOn(made(shop, run), shop.orgId);
      expect(run.settlement).toEqual(onRevokeFailure === 'fail' ? { problem: told } : { warning: told });
      expect(run.warnings).toEqual(onRevokeFailure === 'fail' ? [] : [told]);
      expect(run.lines.join()).not.toContain('Revoked');
    },
  );
});

it.for([
  ['revokes it', (id: string) => `Revoked key ${id}.`],
  ['is content with one that is gone already', (id: string) => `Key ${id} was gone already.`],
] as const)('post of an ephemeral key %s', async ([what, line], { shop }) => {
  const half = await shop.runMain(requestsFor(shop.groupId).ephemeral());
  const id = made(shop, half);
  if (what !== 'revokes it') shop.atlas.deleteKey(id);
  const run = await half.finish();
  expect(isAlive(shop, { id })).toBe(false);
  expect(run.settlement).toEqual({});
  expect(run.lines.at(-1)).toBe(line(id));
  expect(run.warnings).toEqual([]);
});

describe('post of an ensure that died before its last rename', () => {
  const rival = { age: 0, until: 0.1, nonce: '0123456789abcdef' };
  const [NAMED, DELETED, LOOKED] = [
    ['listProjectKeys', 'renameKey', 'listProjectKeys'],
    ['listProjectKeys', 'deleteKey'],
    ['listProjectKeys'],
  ];
  it.for<[string, (shop: Workshop, id: string) => unknown, string, string[] | undefined]>([
    ['gives the key its name, however late', ({ atlas }) => atlas.clock.advance(3_600_000), 'current', NAMED],
    // Somebody holds it.
    ['does so although another is being made', (shop) => stand(shop, 'pending', rival), 'current', NAMED],
    ['deletes it where another is current by now', (shop) => stand(shop, 'current'), 'gone', DELETED],
    ['deletes one that somebody has begun to delete', becomes('retired'), 'gone', DELETED],
    ['warns where somebody has deleted it', isDeleted, 'gone', LOOKED],
    ['leaves alone what others have made of it since', becomes('previous'), 'previous', LOOKED],
  ])('%s', async ([what, meanwhile, state, calls], { shop }) => {
    const half = await shop.runMain(requestsFor(shop.groupId).ensure(), { interruption: beforeRename });
    const id = made(shop, half);
    meanwhile(shop, id);
    const run = await half.finish();
    expect(run.postCalls).toEqual(calls);
    expect(stateIn(shop, id)).toBe(state);
    const isWarned = what.startsWith('warns');
    const warning = `Key ${id}, which this step handed out, is gone: somebody else deleted it. Run the job again for a new one.`;
    expect(run.settlement).toEqual(isWarned ? { warning } : {});
    expect(run.warnings).toEqual(isWarned ? [warning] : []);
    const named = `The step had ended before key ${id} got its description; it has it now.`;
    expect(run.lines.includes(named)).toBe(state === 'current');
  });

  it.for([
    ['gives a key that was stored its name', killed('before', 'renameKey', 2), STORING],
    ['only looks where it had its name', killed('after', 'renameKey'), undefined],
  ] as const)('%s, and demotes an older current one', async ([_what, interruption, handover], { shop }) => {
    const request = requestsFor(shop.groupId).ensure(handover && { handover });
    const half = await shop.runMain(request, { interruption });
    expect(stateIn(shop, made(shop, half))).toBe(handover ? 'undecided' : 'current');
    const older = stand(shop, 'current');
    expect((await half.finish()).settlement).toEqual({});
    expect([made(shop, half), older.id].map((id) => stateIn(shop, id))).toEqual(['current', 'previous']);
  });
});

describe('post of a rotation', () => {
  it('commits it, and tells what it retired and what the family is', async ({ shop }) => {
    const current = stand(shop, 'current');
    const previous = stand(shop, 'previous', { age: 3, nonce: '0123456789abcdef' });
    const run = await shop.run(requestsFor(shop.groupId).rotate());
    const id = made(shop, run);
    const family = [
      { apiUserId: id, state: 'current' },
      { apiUserId: current.id, state: 'previous' },
      { apiUserId: previous.id, state: 'revoked' },
    ];
    expect(run.settlement?.commit).toMatchObject({ outcome: 'committed', retired: [previous.id], family });
    // It looks before and after its renames, and not again once it has retired.
    expect(run.postCalls.filter((call) => call === 'listProjectKeys')).toHaveLength(2);
    expect(run.lines.slice(-2)).toEqual([
      `Deleted key ${nameOf(previous)}, which was previous.`,
      `The rotation is final: key ${id} is current.`,
    ]);
  });

  it('of a job that failed leaves the key undecided, and says where it is', async ({ shop }) => {
    const run = await shop.run(requestsFor(shop.groupId).rotate(), { job: 'failure' });
    const warning = `Key ${made(shop, run)} of project ${shop.groupId} stays alive, undecided, because the job did not succeed, and somebody may have stored it. Later rotations remove it. There was no current key before it.`;
    expect(run.postCalls).toEqual([]);
    expect(run.settlement).toEqual({ warning });
    expect(run.warnings).toEqual([warning]);
  });

  it.for([
    ['before', ['listProjectKeys', 'renameKey']],
    ['after', ['listProjectKeys']],
  ] as const)('marks the key undecided, once: killed %s the rename', async ([moment, calls], { shop }) => {
    const interruption = killed(moment, 'renameKey');
    const run = await shop.run(requestsFor(shop.groupId).rotate(), { interruption });
    expect(stateIn(shop, made(shop, run))).toBe('undecided');
    expect(run.postCalls).toEqual(calls);
    expect(run.settlement).toEqual({ warning: run.warnings[0] });
    expect(run.warnings).toEqual([expect.stringContaining(`Key ${made(shop, run)}`)]);
  });

  it.for([
    ['deleted', isDeleted],
    ['retired', becomes('retired')],
  ] as const)(
    'does not say that the key stays alive where somebody has %s it',
    async ([_how, revoke], { shop }) => {
      const half = await shop.runMain(requestsFor(shop.groupId).rotate(), { interruption: beforeRename });
      const id = made(shop, half);
      revoke(shop, id);
      const run = await half.finish();
      expect(run.postError).toBeUndefined();
      expect(run.postCalls).toEqual(['listProjectKeys']);
      expect(run.warnings).toEqual([
        `Key ${id}, which this step made, is no longer in use: somebody revoked it. There was no current key before it.`,
      ]);
    },
  );

  it('tells of keys that it could not retire, or only unassign, and goes on', async ({ shop }) => {
    stand(shop, 'current');
    const [bad, good] = [stand(shop, 'previous', { age: 3 }), stand(shop, 'previous', { age: 4 })];
    const half = await shop.runMain(requestsFor(shop.groupId).rotate());
    refuseDeletions(shop, 'VALIDATION_ERROR', bad.id);
    refuseDeletions(shop, 'NOT_ORG_OWNER', good.id);
    const run = await half.finish();
    const commit = { outcome: 'committed', retired: [] };
    expect(run.settlement?.commit).toMatchObject(commit);
    // What is out of its projects is nobody's any more.
    expect(run.settlement?.commit?.family.slice(-2).map(({ state }) => state)).toEqual([
      'previous',
      'retired',
    ]);
    expect(run.warnings).toEqual([
      expect.stringContaining(
        `Key ${nameOf(bad)} could not be deleted; the next rotation tries again. Could not `,
      ),
      livesOn(nameOf(good), shop.orgId),
    ]);
    expect(run.lines.join()).not.toContain('Deleted key');
  });
});

// One that was already marked retired, or an ephemeral one, is held by nobody as well.
it.for([
  ['pending', 'ensure'],
  ['retired', 'ensure'],
  ['ephemeral', 'rotate'],
] as const)(
  'post looks once more for the key of an unanswered create, and deletes what turns up: %s, after %s',
  async ([state, mode], { shop }) => {
    const half = await shop.runMain(requestsFor(shop.groupId)[mode](), {
      fault: { when: isCreate, phase: 'after', action: { kind: 'reset' } },
    });
    const current = half.outcome?.facts?.key.id ?? '';
    // The service carries the lost create out only now.
    const [nonce = ''] = shop.atlas.history.changes.flatMap((change) =>
      change.kind === 'created' ? (readMark(change.desc)?.mark.nonce ?? []) : [],
    );
    const late = stand(shop, state, { nonce });
    const others = [stand(shop, 'pending'), stand(shop, 'previous', { nonce }), { id: current }];
    const run = await half.finish();
    expect(isAlive(shop, late)).toBe(false);
    expect(others.map((key) => isAlive(shop, key))).toEqual([true, true, true]);
    expect(run.settlement?.commit?.outcome).toBe(mode === 'rotate' ? 'committed' : undefined);
  },
);
