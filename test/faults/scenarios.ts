/** Every mode in every way it can go, as a step to be disturbed and what has to be there first. */
import type { AccountRequest, Request } from '../../src/request.ts';
import type { SimulatedKey, SimulatedServiceAccount } from '../simulator/simulator.ts';
import {
  accountRequestsFor,
  DESC,
  HANDOVER,
  type OfAccount,
  type OfKey,
  ROLES,
  requestsFor,
  STORING,
} from './requests.ts';
import type { RunOptions, Workshop } from './workshop.ts';

export interface Scenario<Asked extends Request = Request> {
  readonly name: string;
  /** How many keys are current, or accounts to last, when the step has run, and run again after whatever went wrong. */
  readonly lasting: number;
  /** What happened before; resolves with the request of the step. */
  readonly prepare: (shop: Workshop) => Promise<Asked>;
}

type Requests = ReturnType<typeof requestsFor>;
type AccountRequests = ReturnType<typeof accountRequestsFor>;
type Prepare<Of, Asked> = (shop: Workshop, requests: Of) => Asked | Promise<Asked>;
type Row<Of, Asked> = readonly [name: string, lasting: number, prepare: Prepare<Of, Asked>];

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const LOST = { lost: true } as const;
const LOST_UNTRIED = { ...LOST, interruption: { of: 'signInAs', call: 1, moment: 'before' } } as const;

const OF_KEYS: readonly Row<Requests, Request>[] = [
  ['ensure makes a key', 1, (_, { ensure }) => ensure()],
  [
    'ensure makes a key for two projects',
    1,
    ({ groupId, otherGroupId }, { ensure }) => ensure({ groupIds: [groupId, otherGroupId] }),
  ],
  ['ensure makes a key and stores it', 1, (_, { ensure }) => ensure({ handover: STORING })],
  [
    'ensure clears what a lost machine left',
    1,
    async (shop, { ensure }) => {
      await shop.run(ensure(), LOST_UNTRIED);
      shop.atlas.clock.advance(HOUR);
      return ensure();
    },
  ],
  [
    'ensure updates roles',
    1,
    async (shop, { ensure }) => {
      await shop.run(ensure());
      return ensure({ roles: ['GROUP_CLUSTER_MANAGER'] });
    },
  ],
  [
    "ensure assigns an organisation's key",
    1,
    ({ atlas, orgId }, { ensure }) => {
      atlas.addKey({ orgId, desc: DESC, roles: ['ORG_MEMBER'] });
      return ensure();
    },
  ],
  [
    'ensure finishes a commit',
    1,
    async (shop, { ensure, rotate }) => {
      await shop.run(ensure());
      shop.atlas.clock.advance(5_000);
      await shop.run(rotate(), { postInterruption: { of: 'renameKey', call: 2, moment: 'before' } });
      return ensure();
    },
  ],
  [
    'ephemeral, with a left-over to sweep',
    0,
    async (shop, { ephemeral }) => {
      await shop.run(ephemeral({ ttl: HOUR }), LOST);
      shop.atlas.clock.advance(2 * HOUR);
      return ephemeral({ ttl: HOUR });
    },
  ],
  ['rotate, the first key of all', 1, (_, { rotate }) => rotate()],
  ['rotate with commit: job', 1, grown({ commit: 'job' })],
  ['rotate with commit: step', 1, grown({ commit: 'step' })],
  ['rotate with nothing kept', 1, grown({ commit: 'step', keepPrevious: 0 })],
  ['rotate that stores the key', 1, grown({ commit: 'job', handover: STORING })],
  [
    'revoke of a family',
    0,
    async (shop, requests) => {
      await grown({})(shop, requests);
      return requests.revoke();
    },
  ],
  [
    'revoke by id',
    0,
    async (shop, { ensure, revoke }) => {
      const { outcome } = await shop.run(ensure());
      return revoke({ key: { by: 'apiUserId', apiUserId: outcome?.facts?.key.id ?? '' } });
    },
  ],
  [
    'sweep of project and organisation',
    0,
    async (shop, { ensure, ephemeral, sweep }) => {
      await shop.run(ephemeral({ ttl: HOUR }), LOST);
      await shop.run(ensure(), LOST_UNTRIED);
      const unassigned = await shop.run(ephemeral({ ttl: HOUR }), LOST);
      shop.atlas.setProjectRoles(unassigned.record.delivered[0]?.apiUserId ?? '', shop.groupId, []);
      shop.atlas.clock.advance(2 * HOUR);
      return sweep({ ttl: HOUR });
    },
  ],
];

/** The same of `credential: serviceAccount`. */
const OF_ACCOUNTS: readonly Row<AccountRequests, AccountRequest>[] = [
  ['ensure makes an account', 1, (_, { ensure }) => ensure()],
  ['ensure makes an account and stores its secret', 1, (_, { ensure }) => ensure({ handover: STORING })],
  [
    'ensure clears what a lost machine left',
    1,
    async (shop, { ensure }) => {
      const interruption = { ...LOST_UNTRIED.interruption, of: 'accounts.signInAs' } as const;
      await runWell(shop, ensure(), { ...LOST, interruption });
      shop.atlas.clock.advance(HOUR);
      return ensure();
    },
  ],
  [
    'ensure updates roles and the access list',
    1,
    async (shop, { ensure }) => {
      await runWell(shop, ensure());
      return ensure({ roles: ['GROUP_CLUSTER_MANAGER'] });
    },
  ],
  ['a lease on a new account', 0, (_, { ephemeral }) => ephemeral()],
  [
    'a lease on an account with an expired secret and another lease',
    0,
    async (shop, { ephemeral }) => {
      await runWell(shop, ephemeral(), LOST);
      shop.atlas.clock.advance(9 * HOUR);
      return ephemeral({ handover: { ...HANDOVER, accessList: [{ ipAddress: '203.0.113.7' }] } });
    },
  ],
  ['rotate, the first account of all', 1, (_, { rotate }) => rotate()],
  ['rotate with commit: job', 1, grownAccount({ commit: 'job' })],
  ['rotate with commit: step', 1, grownAccount({ commit: 'step' })],
  ['rotate with nothing kept', 1, grownAccount({ commit: 'step', keepPrevious: 0 })],
  ['rotate that stores the secret', 1, grownAccount({ commit: 'job', handover: STORING })],
  [
    'revoke',
    0,
    async (shop, requests) => {
      await grownAccount({})(shop, requests);
      return requests.revoke();
    },
  ],
];

export const SCENARIOS = OF_KEYS.map(([name, lasting, prepare]): Scenario => {
  return { name, lasting, prepare: async (shop) => prepare(shop, requestsFor(shop.groupId)) };
});

export const ACCOUNT_SCENARIOS = OF_ACCOUNTS.map(([name, lasting, prepare]): Scenario<AccountRequest> => {
  return { name, lasting, prepare: async (shop) => prepare(shop, accountRequestsFor(shop.groupId)) };
});

/** A family that has lived: a current key, a previous one, and undecided ones of two rotations that failed. */
function grown(rotation: Partial<OfKey<'rotate'>>): Prepare<Requests, Request> {
  return async (shop, { ensure, rotate }) => {
    const failed = [rotate(), { job: 'failure' }] as const;
    for (const [request, options] of [[ensure()], [rotate()], failed, failed] as const) {
      await shop.run(request, options);
      shop.atlas.clock.advance(5_000);
    }
    return rotate(rotation);
  };
}

/** An account that has lived: a current secret, and one of a rotation whose job failed. */
function grownAccount(rotation: Partial<OfAccount<'rotate'>>): Prepare<AccountRequests, AccountRequest> {
  return async (shop, { ensure, rotate }) => {
    for (const [request, options] of [[ensure()], [rotate()], [rotate(), { job: 'failure' }]] as const) {
      await runWell(shop, request, options);
      shop.atlas.clock.advance(DAY);
    }
    return rotate(rotation);
  };
}

/** What a scenario needs must be there, or it would disturb another step than its name says. */
async function runWell(shop: Workshop, request: AccountRequest, options?: RunOptions): Promise<void> {
  const { error } = await shop.run(request, options);
  if (error !== undefined) throw error;
}

function rolesIn(groupId: string) {
  return ROLES.map((roleName) => ({ roleName, groupId }));
}

/** Keys that no run is asked about: of people, of another text, of another project, with a mark of another repository. */
export function addBystanders({ atlas, orgId, groupId, otherGroupId }: Workshop): SimulatedKey[] {
  return [
    { desc: `${DESC} by hand` },
    { desc: 'backup', accessList: ['203.0.113.7'] },
    { desc: `${DESC} [old]`, roles: rolesIn(otherGroupId) },
    { desc: 'other [atlas-key/1 ephemeral acme/other 1.1 0123456789abcdef 01234567 2026-01-01T00:00:00Z]' },
    { desc: 'nearly [atlas-key/1 pending acme/shop 1.1 0123]' },
  ].map((input) => atlas.addKey({ orgId, roles: rolesIn(groupId), ...input }));
}

/** Accounts that no run is asked about: of people, of another name, and one with a note that looks like ours. */
export function addAccountBystanders({
  atlas,
  orgId,
  groupId,
  otherGroupId,
}: Workshop): SimulatedServiceAccount[] {
  const added = [
    { name: `${DESC} by hand` },
    { name: DESC, roles: rolesIn(otherGroupId) },
    { name: 'other', description: 'atlas-account-1 pending 0123456789abcdef 1' },
  ].map((input) => atlas.addServiceAccount({ orgId, roles: rolesIn(groupId), ...input }));
  return added.flatMap(({ clientId }) => atlas.serviceAccount(clientId) ?? []);
}
