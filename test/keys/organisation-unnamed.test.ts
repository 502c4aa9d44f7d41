/** Which organisation a project is in: read off its keys, whose roles need not name it; the specification promises nothing. */
import { describe, expect } from 'vitest';
import type { Request } from '../../src/request.ts';
import { requestsFor } from '../faults/requests.ts';
import { openWorkshop, type RunFault } from '../faults/workshop.ts';
import { it } from './shop.ts';
import { familyIn, isAlive, isCreate, stand } from './standing.ts';

const unanswered: RunFault = {
  when: isCreate,
  phase: 'after',
  action: { kind: 'reset' },
};
const open = () => openWorkshop({ settings: { showOrgRoles: false } });

type Standing = readonly [Parameters<typeof stand>[1], age: number];
const { ensure, ephemeral, revoke, rotate, sweep } = requestsFor('');

it.for<[string, Request, Standing[], RunFault?]>([
  ['rotate of a key that stays', rotate({ rotateAfter: 24 * 3_600_000 }), [['current', 2]]],
  ['rotate of the first key', rotate({ commit: 'step' }), []],
  ['rotate whose create is not answered', rotate(), [], unanswered],
  ['ensure beside what a dead maker left', ensure(), [['pending', 2]]],
  ['ephemeral with nothing left over', ephemeral(), []],
  ['ephemeral with something left over', ephemeral(), [['ephemeral', 48]]],
  ['revoke', revoke(), [['current', 2]]],
  ['sweep', sweep(), [['retired', 2]]],
])('where keys name their organisation, %s does not ask for it', async (row, { shop }) => {
  const [, request, standing, fault] = row;
  for (const [state, age] of standing) stand(shop, state, { age });
  const run = await shop.run({ ...request, groupIds: [shop.groupId] } as Request, { fault });
  expect(run.error).toBeUndefined();
  expect([...run.calls, ...run.postCalls]).not.toContain('readProject');
});

it('nor does ensure of a stored secret', async ({ shop }) => {
  stand(shop, 'current');
  const { privateKey } = stand(shop, 'previous', { age: 3 });
  const { calls } = await shop.run(ensure({ groupIds: [shop.groupId], knownSecret: privateKey }));
  expect(calls).not.toContain('readProject');
});

describe('where no key names its organisation', () => {
  it('ensure makes a key and finds it again', async () => {
    await using shop = await open();
    const first = await shop.run(requestsFor(shop.groupId).ensure());
    expect(first.outcome).toMatchObject({ result: 'created', facts: { orgId: shop.orgId } });
    const second = await shop.run(requestsFor(shop.groupId).ensure());
    expect(second.outcome).toMatchObject({ result: 'unchanged', facts: { orgId: shop.orgId } });
  });

  it('a create that was not answered is undone and made again', async () => {
    await using shop = await open();
    const run = await shop.run(requestsFor(shop.groupId).ensure(), { fault: unanswered });
    expect(run.outcome?.result).toBe('created');
    expect(familyIn(shop)).toHaveLength(1);
  });

  it('a rotation supersedes the former key, and the next one deletes it', async () => {
    await using shop = await open();
    const rotate = requestsFor(shop.groupId).rotate({ commit: 'step' });
    const former = stand(shop, 'current');
    await shop.run(rotate);
    expect(shop.atlas.key(former.id)?.desc).toMatch(/ previous /);
    await shop.run(rotate);
    expect(isAlive(shop, former)).toBe(false);
  });

  it('a sweep deletes what is left over', async () => {
    await using shop = await open();
    const left = stand(shop, 'ephemeral', { age: 48 });
    await shop.run(requestsFor(shop.groupId).sweep());
    expect(isAlive(shop, left)).toBe(false);
  });
});
