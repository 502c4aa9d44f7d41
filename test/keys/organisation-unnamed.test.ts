/** Which organisation a project is in: read off its keys, whose roles need not name it; the specification promises nothing. */
import { expect } from 'vitest';
import type { Request } from '../../src/request.ts';
import { requestsFor } from '../faults/requests.ts';
import type { RunFault, Workshop } from '../faults/workshop.ts';
import { it, openShop } from './shop.ts';
import { isCreate, stand } from './standing.ts';

const unanswered: RunFault = { when: isCreate, phase: 'after', action: { kind: 'reset' } };
type Standing = readonly [Parameters<typeof stand>[1], age: number];
const { ensure, ephemeral, revoke, rotate, sweep } = requestsFor('');
const ROWS: readonly [string, Request, Standing[], RunFault?][] = [
  ['rotate of a key that stays', rotate({ rotateAfter: 24 * 3_600_000 }), [['current', 2]]],
  ['rotate of the first key', rotate({ commit: 'step' }), []],
  ['rotate that supersedes and retires', rotate({ keepPrevious: 0 }), [['current', 2]]],
  ['rotate whose create is not answered', rotate(), [], unanswered],
  ['ensure of a key that is there', ensure(), [['current', 2]]],
  ['ensure beside what a dead maker left', ensure(), [['pending', 2]]],
  ['ephemeral with nothing left over', ephemeral(), []],
  ['ephemeral with something left over', ephemeral(), [['ephemeral', 48]]],
  ['revoke', revoke(), [['current', 2]]],
  ['sweep', sweep(), [['retired', 2]]],
];

/** How a run ended, and what has become of the keys. */
async function endOf(shop: Workshop, [_what, request, standing, fault]: (typeof ROWS)[number]) {
  for (const [state, age] of standing) stand(shop, state, { age });
  const run = await shop.run({ ...request, groupIds: [shop.groupId] } as Request, { fault });
  expect([run.error, run.postError]).toEqual([undefined, undefined]);
  const { result, facts, retired } = run.outcome ?? {};
  const isHere = facts === undefined || facts.orgId === shop.orgId;
  const alive = shop.atlas.keys().map(({ desc }) => desc.replace(/ \w{16} .*/, ''));
  return {
    end: { result, isHere, retired: retired?.length, alive },
    calls: [...run.calls, ...run.postCalls],
  };
}

it.for(ROWS)(
  'where keys name their organisation nobody asks for it, else it ends alike: %s',
  async (row, { shop }) => {
    await using unnamed = await openShop({ settings: { showOrgRoles: false } });
    const [named, asked] = [await endOf(shop, row), await endOf(unnamed, row)];
    expect(named.calls).not.toContain('readProject');
    expect(asked.end).toEqual(named.end);
    expect(named.end.isHere).toBe(true);
  },
);

it('nor does ensure of a stored secret ask for it', async ({ shop }) => {
  stand(shop, 'current');
  const { privateKey } = stand(shop, 'previous', { age: 3 });
  const { calls } = await shop.run(ensure({ groupIds: [shop.groupId], knownSecret: privateKey }));
  expect(calls).not.toContain('readProject');
});
