/** Every mode in every way it can go, as a step to be disturbed and what has to be there first. */
import type { SimulatedKey } from '../simulator/simulator.ts';
import type { Scenario } from './every-request.ts';
import { DESC, ROLES, requestsFor, STORING } from './requests.ts';
import type { Workshop } from './workshop.ts';

const HOUR = 3_600_000;

export const SCENARIOS: readonly Scenario[] = [
  { name: 'ensure makes a key', prepare: async (shop) => requestsFor(shop.groupId).ensure(), lasting: 1 },
  {
    name: 'ensure makes a key for two projects',
    prepare: async (shop) => requestsFor(shop.groupId, shop.otherGroupId).ensure(),
    lasting: 1,
  },
  {
    name: 'ensure makes a key and stores it',
    prepare: async (shop) => requestsFor(shop.groupId).ensure({ handover: STORING }),
    lasting: 1,
    stores: true,
  },
  {
    name: 'ensure clears what a lost machine left',
    prepare: async (shop) => {
      const { ensure } = requestsFor(shop.groupId);
      await shop.run(ensure(), { interruption: { of: 'signInAs', call: 1, moment: 'before' }, lost: true });
      shop.atlas.clock.advance(HOUR);
      return ensure();
    },
    lasting: 1,
  },
  {
    name: 'ensure updates roles',
    prepare: async (shop) => {
      const { ensure } = requestsFor(shop.groupId);
      await shop.run(ensure());
      return ensure({ roles: ['GROUP_CLUSTER_MANAGER'] });
    },
    lasting: 1,
  },
  {
    name: "ensure assigns an organisation's key",
    prepare: async (shop) => {
      shop.atlas.addKey({ orgId: shop.orgId, desc: DESC, roles: ['ORG_MEMBER'] });
      return requestsFor(shop.groupId).ensure();
    },
    lasting: 1,
  },
  {
    name: 'ensure finishes a commit',
    prepare: async (shop) => {
      const { ensure, rotate } = requestsFor(shop.groupId);
      await shop.run(ensure());
      shop.atlas.clock.advance(5_000);
      await shop.run(rotate(), { postInterruption: { of: 'renameKey', call: 2, moment: 'before' } });
      return ensure();
    },
    lasting: 1,
  },
  {
    name: 'ephemeral, with a left-over to sweep',
    prepare: async (shop) => {
      const { ephemeral } = requestsFor(shop.groupId);
      await shop.run(ephemeral({ ttl: HOUR }), { lost: true });
      shop.atlas.clock.advance(2 * HOUR);
      return ephemeral({ ttl: HOUR });
    },
    lasting: 0,
  },
  {
    name: 'rotate, the first key of all',
    prepare: async (shop) => requestsFor(shop.groupId).rotate(),
    lasting: 1,
  },
  { name: 'rotate with commit: job', prepare: grown({ commit: 'job' }), lasting: 1 },
  { name: 'rotate with commit: step', prepare: grown({ commit: 'step' }), lasting: 1 },
  { name: 'rotate with nothing kept', prepare: grown({ commit: 'step', keepPrevious: 0 }), lasting: 1 },
  {
    name: 'rotate that stores the key',
    prepare: grown({ commit: 'job', handover: STORING }),
    lasting: 1,
    stores: true,
  },
  {
    name: 'revoke of a family',
    prepare: async (shop) => {
      await grown({ commit: 'job' })(shop);
      return requestsFor(shop.groupId).revoke();
    },
    lasting: 0,
  },
  {
    name: 'revoke by id',
    prepare: async (shop) => {
      const { ensure, revoke } = requestsFor(shop.groupId);
      const { outcome } = await shop.run(ensure());
      return revoke({ key: { by: 'apiUserId', apiUserId: outcome?.facts?.key.id ?? '' } });
    },
    lasting: 0,
  },
  {
    name: 'sweep of project and organisation',
    prepare: async (shop) => {
      const { ensure, ephemeral, sweep } = requestsFor(shop.groupId);
      const interruption = { of: 'signInAs', call: 1, moment: 'before' } as const;
      await shop.run(ephemeral({ ttl: HOUR }), { lost: true });
      await shop.run(ensure(), { interruption, lost: true });
      const unassigned = await shop.run(ephemeral({ ttl: HOUR }), { lost: true });
      shop.atlas.setProjectRoles(unassigned.record.delivered[0]?.apiUserId ?? '', shop.groupId, []);
      shop.atlas.clock.advance(2 * HOUR);
      return sweep({ ttl: HOUR });
    },
    lasting: 0,
  },
];

type Rotation = Parameters<ReturnType<typeof requestsFor>['rotate']>[0];

/** A family that has lived: a current key, a previous one, and undecided ones of two rotations that failed. */
function grown(rotation: Rotation): Scenario['prepare'] {
  return async (shop) => {
    const { ensure, rotate } = requestsFor(shop.groupId);
    const later = (): void => shop.atlas.clock.advance(5_000);
    await shop.run(ensure());
    later();
    await shop.run(rotate());
    for (let failed = 1; failed <= 2; failed += 1) {
      later();
      await shop.run(rotate(), { job: 'failure' });
    }
    later();
    return rotate(rotation);
  };
}

/** Keys that no run is asked about: of people, of another text, of another project, with a mark of another repository. */
export function addBystanders(shop: Workshop): SimulatedKey[] {
  const { atlas, orgId, groupId, otherGroupId } = shop;
  const inProject = (id: string) => ROLES.map((roleName) => ({ roleName, groupId: id }));
  return [
    atlas.addKey({ orgId, desc: `${DESC} by hand`, roles: inProject(groupId) }),
    atlas.addKey({ orgId, desc: 'backup', roles: inProject(groupId), accessList: ['203.0.113.7'] }),
    atlas.addKey({ orgId, desc: `${DESC} [old]`, roles: inProject(otherGroupId) }),
    atlas.addKey({
      orgId,
      desc: 'other [atlas-key/1 ephemeral acme/other 1.1 0123456789abcdef 01234567 2026-01-01T00:00:00Z]',
      roles: inProject(groupId),
    }),
    atlas.addKey({
      orgId,
      desc: 'nearly [atlas-key/1 pending acme/shop 1.1 0123]',
      roles: inProject(groupId),
    }),
  ];
}
