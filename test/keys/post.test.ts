import { describe, expect } from 'vitest';
import { readMark } from '../../src/keys/mark.ts';
import { livesOn } from '../../src/keys/retire.ts';
import { DESC, requestsFor, STORING } from '../faults/requests.ts';
import type { Run, Workshop } from '../faults/workshop.ts';
import { descriptionOf } from './described-keys.ts';
import { it } from './shop.ts';
import { isAlive, isCreate, refuseDeletions, stand } from './standing.ts';

type Interrupted = NonNullable<Parameters<Workshop['run']>[1]>['interruption'];

const afterCreate: Interrupted = { of: 'createKey', call: 1, moment: 'after' };
const beforeSignIn: Interrupted = { of: 'signInAs', call: 1, moment: 'before' };
const beforeRename: Interrupted = { of: 'renameKey', call: 1, moment: 'before' };

/** The one key that a run has made. */
function made(shop: Workshop, { record }: Pick<Run, 'record'>): string {
  const change = shop.atlas.history.changes.find(
    ({ kind, caller }) => kind === 'created' && caller === record.callerId,
  );
  return change?.keyId ?? 'none';
}

const stateOf = (shop: Workshop, id: string) => readMark(shop.atlas.key(id)?.desc ?? '')?.mark.state;

describe('post, after a step that died before it handed its key out', () => {
  it.for([
    ['its create was answered', afterCreate, 'which a create without an answer had made.'],
    ['it was tried', beforeSignIn, 'Revoked key '],
  ] as const)('deletes the key, and looks once: before %s', async ([_when, interruption, said], { shop }) => {
    const run = await shop.run(requestsFor(shop.groupId).ensure(), { interruption });
    expect(isAlive(shop, { id: made(shop, run) })).toBe(false);
    expect(run.settlement).toEqual({});
    expect(run.lines.at(-1)).toContain(said);
    expect(run.warnings).toEqual([]);
    const looks = run.postCalls.filter((call) => call === 'listProjectKeys');
    expect(looks).toHaveLength(interruption === afterCreate ? 1 : 0);
  });

  it('looks twice when there is none, for the create may be late', async ({ shop }) => {
    const run = await shop.run(requestsFor(shop.groupId).ensure(), {
      interruption: { of: 'createKey', call: 1, moment: 'before' },
    });
    expect(run.postCalls).toEqual(['listProjectKeys', 'listProjectKeys']);
    expect(run.lines.at(-1)).toBe('A create was not answered; looking for a key that came of it.');
  });

  it('warns of a key that it could only unassign', async ({ shop }) => {
    const half = await shop.runMain(requestsFor(shop.groupId).ensure(), { interruption: beforeSignIn });
    refuseDeletions(shop);
    const run = await half.finish();
    const id = made(shop, run);
    expect(isAlive(shop, { id })).toBe(true);
    expect(run.settlement).toEqual({ warning: livesOn(id, shop.orgId) });
    expect(run.warnings).toEqual([livesOn(id, shop.orgId)]);
    expect(run.lines.join()).not.toContain('Revoked');
  });
});

describe('post of an ephemeral key', () => {
  it.for([
    ['revokes it', (id: string) => `Revoked key ${id}.`],
    ['is content with one that is gone already', (id: string) => `Key ${id} was gone already.`],
  ] as const)('%s', async ([what, line], { shop }) => {
    const half = await shop.runMain(requestsFor(shop.groupId).ephemeral());
    const id = made(shop, half);
    if (what !== 'revokes it') shop.atlas.deleteKey(id);
    const run = await half.finish();
    expect(isAlive(shop, { id })).toBe(false);
    expect(run.settlement).toEqual({});
    expect(run.lines.at(-1)).toBe(line(id));
    expect(run.warnings).toEqual([]);
  });

  it.for(['warn', 'fail'] as const)(
    'that may only be unassigned does what onRevokeFailure says: %s',
    async (how, { shop }) => {
      const half = await shop.runMain(requestsFor(shop.groupId).ephemeral({ onRevokeFailure: how }));
      refuseDeletions(shop);
      const { settlement, warnings } = await half.finish();
      const told = livesOn(made(shop, half), shop.orgId);
      expect(settlement).toEqual(how === 'fail' ? { problem: told } : { warning: told });
      expect(warnings).toEqual(how === 'fail' ? [] : [told]);
    },
  );
});

describe('post of an ensure that died before its last rename', () => {
  /** What became of the key where this happened before post, and what post called. */
  async function postAfter(shop: Workshop, meanwhile: (id: string) => void) {
    const half = await shop.runMain(requestsFor(shop.groupId).ensure(), { interruption: beforeRename });
    const id = made(shop, half);
    meanwhile(id);
    return { ...(await half.finish()), id, desc: shop.atlas.key(id)?.desc };
  }

  it('gives the key its name, however late it is', async ({ shop }) => {
    const run = await postAfter(shop, () => shop.atlas.clock.advance(3_600_000));
    expect(run.desc).toBe(DESC);
    expect(run.settlement).toEqual({});
    expect(run.lines.at(-1)).toBe(
      `The step had ended before key ${run.id} got its description; it has it now.`,
    );
    const renames = shop.atlas.history.changes.flatMap((change) =>
      change.kind === 'renamed' ? change.to : [],
    );
    expect(renames).toEqual([DESC]);
  });

  it('gives the key its name although another one is being made, for somebody holds it', async ({ shop }) => {
    const pending = { age: 0, until: 0.1, nonce: '0123456789abcdef' };
    const run = await postAfter(shop, () => void stand(shop, 'pending', pending));
    expect(run.settlement).toEqual({});
    expect(run.desc).toBe(DESC);
  });

  it('deletes the key instead where another is current by now', async ({ shop }) => {
    const run = await postAfter(shop, () => void stand(shop, 'current'));
    expect(run.settlement).toEqual({});
    expect(isAlive(shop, run)).toBe(false);
    expect(run.postCalls).toEqual(['listProjectKeys', 'deleteKey']);
  });

  it('deletes a key that somebody has begun to delete', async ({ shop }) => {
    const run = await postAfter(shop, (id) => shop.atlas.renameKey(id, descriptionOf('retired')));
    expect(isAlive(shop, run)).toBe(false);
  });

  it('warns where somebody has deleted the key', async ({ shop }) => {
    const run = await postAfter(shop, (id) => shop.atlas.deleteKey(id));
    const warning = `Key ${run.id}, which this step handed out, is gone: somebody else deleted it. Run the job again for a new one.`;
    expect(run.settlement).toEqual({ warning });
    expect(run.warnings).toEqual([warning]);
  });

  it('leaves alone what others have made of the key since', async ({ shop }) => {
    const run = await postAfter(shop, (id) => shop.atlas.renameKey(id, descriptionOf('previous')));
    expect(run.postCalls).toEqual(['listProjectKeys']);
    expect(run.settlement).toEqual({});
  });

  it.for([
    ['gives a key that was stored its name', { of: 'renameKey', call: 2, moment: 'before' }, STORING],
    ['only looks where it had its name', { of: 'renameKey', call: 1, moment: 'after' }, undefined],
  ] as const)('%s, and demotes an older current one', async ([_what, interruption, handover], { shop }) => {
    const request = requestsFor(shop.groupId).ensure(handover && { handover });
    const half = await shop.runMain(request, { interruption });
    expect(stateOf(shop, made(shop, half))).toBe(handover && 'undecided');
    const older = stand(shop, 'current');
    expect((await half.finish()).settlement).toEqual({});
    expect(shop.atlas.key(made(shop, half))?.desc).toBe(DESC);
    expect(stateOf(shop, older.id)).toBe('previous');
  });
});

describe('post of a rotation', () => {
  it('commits it, and tells what it retired and what the family is', async ({ shop }) => {
    const current = stand(shop, 'current');
    const previous = stand(shop, 'previous', { age: 3, nonce: '0123456789abcdef' });
    const run = await shop.run(requestsFor(shop.groupId).rotate());
    const id = made(shop, run);
    expect(run.settlement).toMatchObject({
      commit: {
        outcome: 'committed',
        retired: [previous.id],
        family: [
          { apiUserId: id, state: 'current' },
          { apiUserId: current.id, state: 'previous' },
          { apiUserId: previous.id, state: 'revoked' },
        ],
      },
    });
    expect(run.lines.at(-1)).toBe(`The rotation is final: key ${id} is current.`);
    expect(run.lines).toContain(`Deleted key ${previous.id} (${previous.publicKey}), which was previous.`);
  });

  it('of a job that failed leaves the key undecided, and says where it is', async ({ shop }) => {
    const run = await shop.run(requestsFor(shop.groupId).rotate(), { job: 'failure' });
    const warning = `Key ${made(shop, run)} of project ${shop.groupId} stays alive, undecided, because the job did not succeed, and somebody may have stored it. Later rotations remove it. There was no current key before it.`;
    expect(run.postCalls).toEqual([]);
    expect(run.settlement).toEqual({ warning });
    expect(run.warnings).toEqual([warning]);
  });

  it.for([
    ['before', 2],
    ['after', 1],
  ] as const)('marks the key undecided, once: killed %s the rename', async ([moment, calls], { shop }) => {
    const run = await shop.run(requestsFor(shop.groupId).rotate(), {
      interruption: { of: 'renameKey', call: 1, moment },
    });
    expect(stateOf(shop, made(shop, run))).toBe('undecided');
    expect(run.postCalls).toEqual(['listProjectKeys', 'renameKey'].slice(0, calls));
    expect(run.settlement).toEqual({ warning: run.warnings[0] });
    expect(run.warnings).toEqual([expect.stringContaining(`Key ${made(shop, run)}`)]);
  });

  it.for<[string, (shop: Workshop, id: string) => void]>([
    ['deleted', (shop, id) => shop.atlas.deleteKey(id)],
    ['retired', (shop, id) => shop.atlas.renameKey(id, descriptionOf('retired'))],
  ])('does not say that the key stays alive where somebody has %s it', async ([_how, revoke], { shop }) => {
    const half = await shop.runMain(requestsFor(shop.groupId).rotate(), { interruption: beforeRename });
    const id = made(shop, half);
    revoke(shop, id);
    const run = await half.finish();
    expect(run.postError).toBeUndefined();
    expect(run.postCalls).toEqual(['listProjectKeys']);
    expect(run.warnings).toEqual([
      `Key ${id}, which this step made, is no longer in use: somebody revoked it. There was no current key before it.`,
    ]);
  });

  it('tells of keys that it could not retire, or only unassign, and goes on', async ({ shop }) => {
    stand(shop, 'current');
    const [bad, good] = [stand(shop, 'previous', { age: 3 }), stand(shop, 'previous', { age: 4 })];
    const half = await shop.runMain(requestsFor(shop.groupId).rotate());
    refuseDeletions(shop, 'VALIDATION_ERROR', bad.id);
    refuseDeletions(shop, 'NOT_ORG_OWNER', good.id);
    const run = await half.finish();
    expect(run.settlement).toMatchObject({ commit: { outcome: 'committed', retired: [] } });
    expect(run.warnings).toEqual([
      expect.stringMatching(
        `^Key ${bad.id} \\(${bad.publicKey}\\) could not be deleted; the next rotation tries again\\. Could not delete the key: .*VALIDATION_ERROR`,
      ),
      livesOn(`${good.id} (${good.publicKey})`, shop.orgId),
    ]);
    expect(run.lines.join()).not.toContain('Deleted key');
  });
});

// One that was already marked retired, or an ephemeral one, is held by nobody as well.
it.for(['pending', 'ephemeral', 'retired'] as const)(
  'post looks once more for the key of an unanswered create, and deletes what turns up: %s',
  async (state, { shop }) => {
    const half = await shop.runMain(requestsFor(shop.groupId).ensure(), {
      fault: { when: isCreate, phase: 'after', action: { kind: 'reset' } },
    });
    const current = half.outcome?.facts?.key.id ?? '';
    // The service carries the lost create out only now.
    const descriptions = shop.atlas.history.changes.map((change) =>
      change.kind === 'created' ? change.desc : '',
    );
    const [nonce = ''] = descriptions.flatMap((desc) => readMark(desc)?.mark.nonce ?? []);
    const late = stand(shop, state, { nonce });
    const others = [
      stand(shop, 'pending'),
      stand(shop, 'previous', { nonce }),
      stand(shop, 'current', { desc: 'made by hand' }),
    ];
    const run = await half.finish();
    expect(isAlive(shop, late)).toBe(false);
    expect([...others, { id: current }].map((key) => isAlive(shop, key))).toEqual([true, true, true, true]);
    expect(run.settlement).toEqual({});
  },
);
