import { expect, it } from 'vitest';
import { scene } from './scene.ts';
import { failureOf } from './session.ts';

it.each(['../orgs', `mdb_sa_id_${'g'.repeat(24)}`, '', `mdb_sa_id_${'a'.repeat(24)}/x`])(
  'a client id that could lead elsewhere is never sent: %j',
  async (clientId) => {
    const { atlas, groupId, simulator } = await scene();
    const failure = await failureOf(atlas.accounts.unassign(groupId, clientId));
    expect(failure.message).toBe('A client id must be mdb_sa_id_ and 24 hex digits; nothing was sent.');
    expect(simulator.history.requests).toEqual([]);
  },
);
