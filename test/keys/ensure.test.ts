import { describe, expect } from 'vitest';
import { ensure } from '../../src/keys/ensure.ts';
import { LOOK_AGAIN } from '../../src/keys/family.ts';
import { stateOf } from '../../src/keys/mark.ts';
import { nameOf } from '../../src/keys/step.ts';
import { DESC, HANDOVER, requestsFor, STORING } from '../faults/requests.ts';
import type { Workshop } from '../faults/workshop.ts';
import type { FaultRequest } from '../simulator/faults.ts';
import { descriptionOf, GROUP_ID, keyAt, NOW } from './described-keys.ts';
import { it } from './shop.ts';
import {
  callerBecomes,
  familyIn,
  isAlive,
  isCreate,
  isList,
  isRename,
  projectsOf,
  refusal,
  refuseDeletions,
  stand,
} from './standing.ts';
import { stepWith } from './step.ts';

type Wish = Parameters<ReturnType<typeof requestsFor>['ensure']>[0];
const ensuring = (shop: Workshop, wish: Wish = {}) => requestsFor(shop.groupId).ensure(wish);
const ensuringInBoth = (shop: Workshop, wish: Wish = {}) =>
  requestsFor(shop.groupId, shop.otherGroupId).ensure(wish);
const CLUSTERS = ['GROUP_CLUSTER_MANAGER', 'GROUP_READ_ONLY'];

describe('the secret that nobody may have', () => {
  it('is told where the key is made and not stored, and again where it is found', async ({ shop }) => {
    const made = await shop.run(ensuring(shop));
    const { key } = made.outcome?.facts ?? {};
    const name = key && nameOf(key);
    expect(made.notices).toEqual([
      `Key ${name} is permanent, and this step did not store its private key: unless a later step of this job does, nobody has it when the job ends. Give githubToken and combinedSecret and let mode: rotate make a new key, or use mode: ephemeral for a key that ends with the job.`,
    ]);
    expect((await shop.run(ensuring(shop))).notices).toEqual([
      `privateKey is empty: key ${name} was there before this step, and Atlas shows a private key only when the key is made. To hand it out, give the stored one as knownPrivateKey, or let mode: rotate make a new key.`,
    ]);
    const { privateKey = '' } = shop.atlas.key(key?.id ?? '') ?? {};
    const known = await shop.run(ensuring(shop, { knownSecret: privateKey }));
    expect(known.notices).toEqual([]);
    expect(known.outcome).toMatchObject({ result: 'unchanged', privateKey });
    expect(known.lines).toContain(`knownPrivateKey is the secret of key ${name}; it is handed on.`);
  });

  it('is no matter where it is stored, where exportEnv says it, or in a dry run', async ({ shop }) => {
    const wishes = [{ dryRun: true }, { handover: STORING }, { handover: { ...HANDOVER, exportEnv: true } }];
    for (const wish of wishes) expect((await shop.run(ensuring(shop, wish))).notices).toEqual([]);
  });
});

describe('ensure, where the key is there', () => {
  it('leaves it, and says so', async ({ shop }) => {
    const key = stand(shop, 'current');
    const { id, publicKey } = key;
    const run = await shop.run(ensuring(shop, { handover: { ...HANDOVER, accessList: ['current'] } }));
    const facts = { orgId: shop.orgId, groupIds: [shop.groupId], roles: ['GROUP_READ_ONLY'] };
    expect(run.outcome).toMatchObject({
      result: 'unchanged',
      changed: false,
      facts: { key: { id, publicKey }, desc: DESC, ...facts },
    });
    expect(run.outcome?.privateKey).toBeUndefined();
    expect(run.lines).toEqual([
      `Found key ${nameOf(key)} in the project.`,
      'accessList is for a newly made key; the access list of this one stays as it is.',
      `Key ${nameOf(key)} has these roles already.`,
    ]);
    expect(run.calls).toEqual(['listProjectKeys']);
  });

  it('updates its roles, and assigns it where it is missing', async ({ shop }) => {
    const key = stand(shop, 'current');
    const request = ensuringInBoth(shop, { roles: [...CLUSTERS].reverse() });
    const dry = await shop.run({ ...request, dryRun: true });
    expect(dry.outcome?.plan).toMatchObject([
      {
        action: 'update',
        key: { id: key.id, publicKey: key.publicKey },
        what: `${CLUSTERS.join(', ')} in project ${shop.groupId}, was GROUP_READ_ONLY`,
      },
      { action: 'assign', what: `${CLUSTERS.join(', ')} in project ${shop.otherGroupId}` },
    ]);
    expect(projectsOf(shop, key)).toEqual([shop.groupId]);
    const { outcome, lines, calls } = await shop.run(request);
    const reads = ['listProjectKeys', 'readOrganizationKey', 'readOrganizationKey'];
    expect(calls).toEqual([...reads, 'updateRoles', 'assignKey']);
    expect(outcome).toMatchObject({ result: 'assigned', changed: true, facts: { roles: CLUSTERS } });
    const [here, there] = [shop.groupId, shop.otherGroupId];
    expect(projectsOf(shop, key).sort()).toEqual([here, here, there, there].sort());
    const was = `Updated the roles of key ${nameOf(key)} in project ${here}; they were GROUP_READ_ONLY.`;
    expect(lines).toEqual(expect.arrayContaining([was, `Assigned key ${nameOf(key)} to project ${there}.`]));
  });

  it('that fails half-way says that the rest stays', async ({ shop }) => {
    const key = stand(shop, 'current');
    const isThere = ({ method, path }: FaultRequest) => method !== 'GET' && path.includes(shop.otherGroupId);
    const fault = refusal('VALIDATION_ERROR', isThere);
    const { error, warnings, lines } = await shop.run(ensuringInBoth(shop, { roles: CLUSTERS }), { fault });
    expect(lines.join()).not.toContain('Assigned');
    expect(error).toMatchObject({ kind: 'badRequest' });
    expect(warnings).toEqual([
      `Key ${nameOf(key)} has its new roles in some of the projects only; the next run goes on from there.`,
    ]);
  });

  it('that fails altogether says nothing of a half, and is told as updated later', async ({ shop }) => {
    stand(shop, 'current');
    const fault = refusal('VALIDATION_ERROR', isRename);
    const { error, warnings } = await shop.run(ensuring(shop, { roles: CLUSTERS }), { fault });
    expect(error).toMatchObject({ kind: 'badRequest' });
    expect(warnings).toEqual([]);
    const { outcome } = await shop.run(ensuring(shop, { roles: CLUSTERS }));
    expect(outcome).toMatchObject({ result: 'updated', changed: true });
  });

  it.for<[string, string]>([
    ['finishes a rotation to', descriptionOf('previous')],
    ['changes the roles of', DESC],
  ])("never %s its caller's own key", async ([what, desc], { shop }) => {
    const role = desc === DESC ? 'GROUP_OWNER' : 'GROUP_READ_ONLY';
    const { outcome, error, record, warnings } = await shop.run(ensuring(shop), {
      fault: callerBecomes(shop, desc, role),
    });
    const own = shop.atlas.key(record.callerId);
    const why = 'it is the key that this step signs in with.';
    if (what.startsWith('finishes')) {
      expect(outcome).toMatchObject({ result: 'unchanged', changed: false });
      expect(warnings).toEqual([`Left key ${own && nameOf(own)} as it is: ${why}`]);
    } else expect(String(error)).toContain(`may not change them: ${why} Sign in with another key`);
    expect(own?.desc).toBe(desc);
    expect(own?.roles.map(({ roleName }) => roleName)).toContain(role);
  });

  it('twice is not decided by the step', async ({ shop }) => {
    const twins = [stand(shop, 'current'), stand(shop, 'current', { age: 3 })];
    const { error, calls } = await shop.run(ensuring(shop));
    expect(String(error)).toContain(
      `2 keys of the project are named "${DESC}": ${twins.map(nameOf).join(', ')}.`,
    );
    // It may have been two commits at the same moment, so it looked again.
    expect(calls).toEqual(Array(4).fill('listProjectKeys'));
  });

  it('finishes a rotation that stopped between its renames', async ({ shop }) => {
    const former = stand(shop, 'previous');
    const { id } = stand(shop, 'undecided', { age: 1 });
    const { outcome, lines, calls } = await shop.run(ensuring(shop));
    expect(outcome).toMatchObject({ result: 'updated', changed: true, facts: { key: { id } } });
    // It looks again, as that may be under way at this moment, and once more after its own rename.
    expect(calls.filter((call) => call === 'listProjectKeys')).toHaveLength(5);
    expect(shop.atlas.key(id)?.desc).toBe(DESC);
    expect(isAlive(shop, former)).toBe(true);
    expect(lines).toContain(
      'An earlier rotation was interrupted before it was final; this key is the newest that was handed out.',
    );
    expect(lines.join()).not.toContain('has these roles already');
  });
});

it.for([
  ['in no project', []],
  ['in another project', ['other']],
] as const)(
  'ensure does not take the key of the organisation alone, and asks nobody for it: %s',
  async ([_where, others], { shop }) => {
    const there = stand(shop, 'current', { groupIds: others.map(() => shop.otherGroupId) });
    const { outcome, calls } = await shop.run(ensuring(shop));
    expect(outcome?.result).toBe('created');
    expect(outcome?.facts?.key.id).not.toBe(there.id);
    expect(shop.atlas.key(there.id)).toMatchObject({ desc: DESC, roles: there.roles });
    expect(calls).not.toContain('listOrganizationKeys');
  },
);

describe('ensure, where there is no key', () => {
  it('makes it and hands it out', async ({ shop }) => {
    const { outcome, lines, warnings, record } = await shop.run(ensuring(shop, { roles: CLUSTERS }));
    const key = shop.atlas.key(outcome?.facts?.key.id ?? '');
    expect(outcome).toMatchObject({
      result: 'created',
      changed: true,
      facts: { desc: DESC, orgId: shop.orgId, groupIds: [shop.groupId], roles: CLUSTERS },
      privateKey: key?.privateKey,
    });
    expect(record.delivered).toMatchObject([{ apiUserId: key?.id }]);
    expect(lines).toEqual([`Created key ${key && nameOf(key)}.`]);
    expect(warnings).toEqual([]);
  });

  it('waits for another maker, and uses its key', async ({ shop }) => {
    const rival = stand(shop, 'pending', { age: 0, until: 0.1 });
    const fault = { skip: 3, run: () => shop.atlas.renameKey(rival.id, DESC) };
    const { outcome, lines } = await shop.run(ensuring(shop), { fault });
    expect(outcome).toMatchObject({ result: 'unchanged', facts: { key: { id: rival.id } } });
    expect(lines.filter((line) => line.includes('waiting for it'))).toEqual([
      `Another run is making this key (${nameOf(rival)}); waiting for it.`,
    ]);
  });

  const isRead = ({ method, path }: FaultRequest) =>
    method === 'GET' && /\/orgs\/\w+\/apiKeys\/\w+$/.test(path);

  it('makes a key where the one that was there is deleted before it is looked at', async ({ shop }) => {
    const { id } = stand(shop, 'current');
    const fault = { when: isRead, run: () => shop.atlas.deleteKey(id) };
    const { outcome, calls } = await shop.run(ensuringInBoth(shop), { fault });
    expect(outcome).toMatchObject({ result: 'created' });
    expect(calls.slice(0, 3)).toEqual(['listProjectKeys', 'readOrganizationKey', 'listProjectKeys']);
  });

  it('fails where the list goes on to show a key that is not there', async ({ shop }) => {
    stand(shop, 'current');
    const fault = refusal('API_KEY_NOT_FOUND', isRead);
    const { error, calls } = await shop.run(ensuringInBoth(shop), { fault });
    expect(error).toMatchObject({ kind: 'gone' });
    expect(calls).toEqual(['listProjectKeys', 'readOrganizationKey', 'listProjectKeys']);
    expect(familyIn(shop)).toHaveLength(1);
  });

  it('gives up on a maker when no time is left to look again, and says until when it may take', async () => {
    let remaining = LOOK_AGAIN + 1;
    const rival = keyAt(0, descriptionOf('pending', { until: NOW }));
    const pause = async () => {
      remaining = LOOK_AGAIN;
    };
    const { step } = stepWith(
      { listProjectKeys: async () => [rival] },
      { remaining: () => remaining, pause },
    );
    await expect(ensure(step, requestsFor(GROUP_ID).ensure())).rejects.toThrow(
      `Another run began to make this key (${nameOf(rival)}) and has not finished. If that run is gone, its key counts as left over after 2026-11-23T12:00:00Z: `,
    );
    expect(remaining).toBe(LOOK_AGAIN);
  });

  it('deletes what a dead maker left, once its own key is safe; and is content where it cannot', async ({
    shop,
  }) => {
    const [dead, other] = [stand(shop, 'pending'), stand(shop, 'pending', { age: 3 })];
    refuseDeletions(shop, 'VALIDATION_ERROR', other.id);
    const { outcome, lines, warnings } = await shop.run(ensuring(shop));
    expect(outcome).toMatchObject({ result: 'created', retired: [dead.id] });
    expect([dead, other].map((key) => isAlive(shop, key))).toEqual([false, true]);
    expect(lines.at(-1)).toBe(
      `Deleted key ${nameOf(dead)}, which a run that died had made and handed to nobody.`,
    );
    const told = `Key ${nameOf(other)} could not be deleted; a sweep tries again. Could not delete the key: `;
    expect(warnings).toEqual([expect.stringContaining(told)]);
  });

  it.for(['INVALID_API_KEY_DESC', 'NOT_GROUP_USER_ADMIN', 'API_KEY_NOT_FOUND'] as const)(
    'undoes the key, and takes it back, where its name is refused: %s',
    async (code, { shop }) => {
      const { error, record, entry } = await shop.run(ensuring(shop), { fault: refusal(code, isRename) });
      expect(error).toBeDefined();
      expect(record.delivered).toEqual([]);
      expect(entry).toEqual({ phase: 'idle' });
      expect(familyIn(shop)).toEqual([]);
    },
  );

  it('keeps a key that is stored where its name is refused', async ({ shop }) => {
    const fault = { ...refusal('NOT_GROUP_USER_ADMIN', isRename), skip: 1 };
    const half = await shop.runMain(ensuring(shop, { handover: STORING }), { fault });
    expect(half.error).toMatchObject({ kind: 'notAllowed' });
    expect(familyIn(shop).map(({ desc }) => stateOf(desc))).toEqual(['undecided']);
    // Post gives it its name.
    expect((await half.finish()).postError).toBeUndefined();
    expect(familyIn(shop).map(({ desc }) => stateOf(desc))).toEqual(['current']);
  });

  it('gives up its own key where another maker was first, and uses that one', async ({ shop }) => {
    const fault = { when: isCreate, run: () => void stand(shop, 'current') };
    const { outcome, lines, postCalls } = await shop.run(ensuring(shop), { fault });
    const [other, ...more] = familyIn(shop);
    expect(more).toEqual([]);
    expect(postCalls, 'nothing is left to post').toEqual([]);
    expect(outcome).toMatchObject({ result: 'unchanged', facts: { key: { id: other?.id } } });
    expect(lines).toContain('Another run was first; using its key.');
  });

  it('leaves to post what it could not find out about rotations', async ({ shop }) => {
    const fault = { ...refusal('NOT_GROUP_USER_ADMIN', isList), skip: 2, times: 1 };
    const half = await shop.runMain(ensuring(shop), { fault });
    expect(half.outcome?.result).toBe('created');
    const run = await half.finish();
    expect(run.warnings).toEqual([
      'Whether a rotation became final at the same moment could not be seen; the post step looks again.',
    ]);
    expect(run.entry.phase).toBe('handedOut');
    expect(run.postCalls).toEqual(['listProjectKeys', 'listProjectKeys']);
  });
});

it('ensure by id converges the key wherever it is, and whatever else it is', async ({ shop }) => {
  const owner = shop.atlas.addKey({ orgId: shop.orgId, desc: 'by hand', roles: ['ORG_OWNER'] });
  const key = { by: 'apiUserId', apiUserId: owner.id } as const;
  const { outcome, lines } = await shop.run(ensuring(shop, { key }));
  expect(outcome).toMatchObject({ result: 'assigned', facts: { desc: 'by hand', orgId: shop.orgId } });
  expect(lines[0]).toBe(`Found key ${nameOf(owner)} in the organisation.`);
  const again = await shop.run(ensuring(shop, { key }));
  expect(again.outcome).toMatchObject({ result: 'unchanged', changed: false });
});
