import { describe, expect, it } from 'vitest';
import { readMark } from '../../src/keys/mark.ts';
import { livesOn } from '../../src/keys/retire.ts';
import { DESC, requestsFor, STORING } from '../faults/requests.ts';
import { openWorkshop, type Run, type Workshop } from '../faults/workshop.ts';
import { descriptionOf } from './described-keys.ts';
import { isAlive, refuseDeletions, stand } from './standing.ts';

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

describe('post, after a step that died at its create', () => {
  it('deletes the key that came of it', async () => {
    await using shop = await openWorkshop();
    const run = await shop.run(requestsFor(shop.groupId).ensure(), { interruption: afterCreate });
    expect(isAlive(shop, { id: made(shop, run) })).toBe(false);
    expect(run.settlement).toEqual({});
    expect(run.lines.at(-1)).toContain('which nobody holds, was deleted');
  });

  it('looks twice when there is none, for the create may be late', async () => {
    await using shop = await openWorkshop();
    const run = await shop.run(requestsFor(shop.groupId).ensure(), {
      interruption: { of: 'createKey', call: 1, moment: 'before' },
    });
    expect(run.postCalls).toEqual(['listProjectKeys', 'listProjectKeys']);
    expect(run.lines.at(-1)).toContain('no key came of it');
  });

  it('looks once when there is one', async () => {
    await using shop = await openWorkshop();
    const run = await shop.run(requestsFor(shop.groupId).ensure(), { interruption: afterCreate });
    expect(run.postCalls.filter((call) => call === 'listProjectKeys')).toHaveLength(1);
  });
});

describe('post, after a step that died before it handed its key out', () => {
  it('deletes the key and says so', async () => {
    await using shop = await openWorkshop();
    const run = await shop.run(requestsFor(shop.groupId).ensure(), { interruption: beforeSignIn });
    const id = made(shop, run);
    expect(isAlive(shop, { id })).toBe(false);
    expect(run.settlement).toEqual({});
    expect(shop.atlas.key(id)?.deletedAt).toBeDefined();
    expect(run.lines.at(-1)).toContain(`The step ended before key ${id} was final; it was deleted.`);
    expect(run.warnings).toEqual([]);
  });

  it('warns of a key that it could only unassign', async () => {
    await using shop = await openWorkshop();
    const half = await shop.runMain(requestsFor(shop.groupId).ensure(), { interruption: beforeSignIn });
    refuseDeletions(shop);
    const run = await half.finish();
    const id = made(shop, run);
    expect(isAlive(shop, { id })).toBe(true);
    expect(run.settlement).toEqual({ warning: run.warnings[0] });
    expect(run.warnings).toEqual([livesOn(id, shop.orgId)]);
    expect(run.lines.join()).not.toContain('it was deleted');
  });
});

describe('post of an ephemeral key', () => {
  it('revokes it', async () => {
    await using shop = await openWorkshop();
    const run = await shop.run(requestsFor(shop.groupId).ephemeral());
    const id = made(shop, run);
    expect(isAlive(shop, { id })).toBe(false);
    expect(run.settlement).toEqual({});
    expect(shop.atlas.key(id)?.deletedAt).toBeDefined();
    expect(run.lines.at(-1)).toBe(`Revoked key ${id}.`);
    expect(run.warnings).toEqual([]);
  });

  it('is content with one that is gone already', async () => {
    await using shop = await openWorkshop();
    const half = await shop.runMain(requestsFor(shop.groupId).ephemeral());
    const id = made(shop, half);
    shop.atlas.deleteKey(id);
    const run = await half.finish();
    expect(run.settlement).toEqual({});
    expect(run.lines.at(-1)).toBe(`Key ${id} was gone already.`);
  });

  it.each(['warn', 'fail'] as const)(
    'that may only be unassigned does what onRevokeFailure says: %s',
    async (how) => {
      await using shop = await openWorkshop();
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
  it('gives the key its name', async () => {
    await using shop = await openWorkshop();
    const run = await shop.run(requestsFor(shop.groupId).ensure(), { interruption: beforeRename });
    expect(shop.atlas.key(made(shop, run))?.desc).toBe(DESC);
    expect(run.settlement).toEqual({});
    expect(run.lines.at(-1)).toBe(
      `The step had ended before key ${made(shop, run)} got its description; it has it now.`,
    );
  });

  it('deletes the key instead where another is current by now', async () => {
    await using shop = await openWorkshop();
    const half = await shop.runMain(requestsFor(shop.groupId).ensure(), { interruption: beforeRename });
    const current = stand(shop, 'current');
    const run = await half.finish();
    expect(run.settlement).toEqual({});
    expect(shop.atlas.key(made(shop, half))?.deletedAt).toBeDefined();
    expect(isAlive(shop, current)).toBe(true);
    expect(run.postCalls).toEqual(['listProjectKeys', 'deleteKey']);
  });

  it('gives the key its name although another one is being made, for somebody holds it', async () => {
    await using shop = await openWorkshop();
    const half = await shop.runMain(requestsFor(shop.groupId).ensure(), { interruption: beforeRename });
    stand(shop, 'pending', { age: 0, until: 0.1, nonce: '0123456789abcdef' });
    expect((await half.finish()).settlement).toEqual({});
    expect(shop.atlas.key(made(shop, half))?.desc).toBe(DESC);
  });

  it('gives the key its name however late it is', async () => {
    await using shop = await openWorkshop();
    const half = await shop.runMain(requestsFor(shop.groupId).ensure(), { interruption: beforeRename });
    shop.atlas.clock.advance(3_600_000);
    await half.finish();
    const renames = shop.atlas.history.changes.flatMap((change) =>
      change.kind === 'renamed' ? change.to : [],
    );
    expect(renames).toEqual([DESC]);
  });

  it('gives a key that was stored its name, and demotes an older one that is current by now', async () => {
    await using shop = await openWorkshop();
    const half = await shop.runMain(requestsFor(shop.groupId).ensure({ handover: STORING }), {
      interruption: { of: 'renameKey', call: 2, moment: 'before' },
    });
    expect(shop.atlas.key(made(shop, half))?.desc).toContain(' undecided ');
    const older = stand(shop, 'current');
    await half.finish();
    expect(shop.atlas.key(made(shop, half))?.desc).toBe(DESC);
    expect(shop.atlas.key(older.id)?.desc).toContain(' previous ');
  });

  it('warns where somebody has deleted the key', async () => {
    await using shop = await openWorkshop();
    const half = await shop.runMain(requestsFor(shop.groupId).ensure(), { interruption: beforeRename });
    const id = made(shop, half);
    shop.atlas.deleteKey(id);
    const run = await half.finish();
    expect(run.settlement).toEqual({ warning: run.warnings[0] });
    expect(run.warnings).toEqual([
      `Key ${id}, which this step handed out, is gone: somebody else deleted it. Run the job again for a new one.`,
    ]);
  });

  it('only looks for rivals where the rename had been done', async () => {
    await using shop = await openWorkshop();
    const half = await shop.runMain(requestsFor(shop.groupId).ensure(), {
      interruption: { of: 'renameKey', call: 1, moment: 'after' },
    });
    const older = stand(shop, 'current');
    const run = await half.finish();
    expect(run.settlement).toEqual({});
    expect(shop.atlas.key(made(shop, half))?.desc).toBe(DESC);
    expect(shop.atlas.key(older.id)?.desc).toMatch(/^deploy \[atlas-key\/1 previous/);
  });

  it('leaves alone what others have made of the key since', async () => {
    await using shop = await openWorkshop();
    const half = await shop.runMain(requestsFor(shop.groupId).ensure(), { interruption: beforeRename });
    shop.atlas.renameKey(made(shop, half), descriptionOf('previous'));
    const run = await half.finish();
    expect(run.postCalls).toEqual(['listProjectKeys']);
    expect(run.settlement).toEqual({});
  });
});

describe('post of a rotation', () => {
  it('commits it, and tells what it retired and what the family is', async () => {
    await using shop = await openWorkshop();
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

  it('steps back behind a newer current key, and retires nothing', async () => {
    await using shop = await openWorkshop();
    const previous = [stand(shop, 'previous', { age: 3 }), stand(shop, 'previous', { age: 4 })];
    const half = await shop.runMain(requestsFor(shop.groupId).rotate());
    const newer = stand(shop, 'current', { age: -1 });
    const run = await half.finish();
    const id = made(shop, half);
    expect(run.settlement).toMatchObject({ commit: { outcome: 'superseded', retired: [] } });
    expect(run.settlement?.commit?.family).toContainEqual(
      expect.objectContaining({ apiUserId: id, state: 'previous' }),
    );
    expect(shop.atlas.key(newer.id)?.desc).toBe(DESC);
    expect(previous.map((key) => isAlive(shop, key))).toEqual([true, true]);
    expect(run.lines.at(-1)).toContain(`key ${id} counts as previous`);
  });

  it.each([
    ['steps back behind', 'f', 'superseded'],
    ['wins over', '0', 'committed'],
  ])('%s a current key of the same second by the whole id', async (_what, digit, expected) => {
    await using shop = await openWorkshop();
    const half = await shop.runMain(requestsFor(shop.groupId).rotate());
    const id = made(shop, half);
    const twin = shop.atlas.addKey({
      id: `${id.slice(0, 8)}${digit.repeat(16)}`,
      orgId: shop.orgId,
      desc: DESC,
      roles: [{ roleName: 'GROUP_READ_ONLY', groupId: shop.groupId }],
    });
    expect((await half.finish()).settlement?.commit?.outcome).toBe(expected);
    const loser = expected === 'committed' ? twin.id : id;
    expect(shop.atlas.key(loser)?.desc).toMatch(/^deploy \[atlas-key\/1 previous/);
  });

  it('fails where the key is gone, and changes no other', async () => {
    await using shop = await openWorkshop();
    const current = stand(shop, 'current');
    const half = await shop.runMain(requestsFor(shop.groupId).rotate());
    shop.atlas.deleteKey(made(shop, half));
    const run = await half.finish();
    expect(String(run.postError)).toContain(
      `KeyError: Key ${made(shop, half)} that this rotation made is no longer in use`,
    );
    expect(shop.atlas.key(current.id)?.desc).toBe(DESC);
  });

  it('of a job that failed leaves the key undecided, and says where it is', async () => {
    await using shop = await openWorkshop();
    const run = await shop.run(requestsFor(shop.groupId).rotate(), { job: 'failure' });
    const id = made(shop, run);
    expect(run.postCalls).toEqual([]);
    expect(run.settlement).toEqual({ warning: run.warnings[0] });
    expect(run.warnings).toEqual([
      `Key ${id} of project ${shop.groupId} stays alive, undecided, because the job did not succeed, and somebody may have stored it. Later rotations remove it. There was no current key before it.`,
    ]);
  });

  it('marks the key undecided where the step had not come to it', async () => {
    await using shop = await openWorkshop();
    const run = await shop.run(requestsFor(shop.groupId).rotate(), { interruption: beforeRename });
    const id = made(shop, run);
    expect(shop.atlas.key(id)?.desc).toMatch(/^deploy \[atlas-key\/1 undecided/);
    expect(run.settlement).toEqual({ warning: run.warnings[0] });
    expect(run.warnings).toEqual([expect.stringContaining(`Key ${id}`)]);
  });

  it.each<[string, (shop: Workshop, id: string) => void]>([
    ['deleted', (shop, id) => shop.atlas.deleteKey(id)],
    ['retired', (shop, id) => shop.atlas.renameKey(id, descriptionOf('retired'))],
  ])('does not say that the key stays alive where somebody has %s it', async (_how, revoke) => {
    await using shop = await openWorkshop();
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

  it('marks it once only', async () => {
    await using shop = await openWorkshop();
    const run = await shop.run(requestsFor(shop.groupId).rotate(), {
      interruption: { of: 'renameKey', call: 1, moment: 'after' },
    });
    expect(run.postCalls).toEqual(['listProjectKeys']);
  });

  it('tells of a key that it could not retire, and goes on', async () => {
    await using shop = await openWorkshop();
    stand(shop, 'current');
    const [bad, good] = [stand(shop, 'previous', { age: 3 }), stand(shop, 'previous', { age: 4 })];
    const half = await shop.runMain(requestsFor(shop.groupId).rotate());
    refuseDeletions(shop, 'VALIDATION_ERROR', bad.id);
    const run = await half.finish();
    expect(run.settlement).toMatchObject({ commit: { outcome: 'committed', retired: [good.id] } });
    expect(run.warnings).toEqual([
      expect.stringContaining(
        `Key ${bad.id} (${bad.publicKey}) could not be deleted; the next rotation tries again. Could not delete the key: `,
      ),
    ]);
    expect(run.warnings[0]).toContain('VALIDATION_ERROR');
  });

  it('tells of a key that it could only unassign', async () => {
    await using shop = await openWorkshop();
    stand(shop, 'current');
    const previous = stand(shop, 'previous', { age: 3 });
    const half = await shop.runMain(requestsFor(shop.groupId).rotate());
    refuseDeletions(shop);
    const run = await half.finish();
    expect(run.settlement?.commit?.retired).toEqual([]);
    expect(run.warnings).toEqual([livesOn(`${previous.id} (${previous.publicKey})`, shop.orgId)]);
    expect(run.lines.join()).not.toContain('Deleted key');
  });
});

describe('post after a create that was not answered', () => {
  // One that was already marked retired, or an ephemeral one, is held by nobody as well.
  it.each(['pending', 'ephemeral', 'retired'] as const)(
    'looks for its key once more, and deletes what turns up: %s',
    async (state) => {
      await using shop = await openWorkshop();
      const half = await shop.runMain(requestsFor(shop.groupId).ensure(), {
        fault: {
          phase: 'after',
          action: { kind: 'reset' },
          when: ({ method, path }) => method === 'POST' && path.endsWith('apiKeys'),
        },
      });
      expect(half.outcome?.result).toBe('created');
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
});
