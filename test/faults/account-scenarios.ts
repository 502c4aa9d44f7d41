/** As scenarios.ts, of `credential: serviceAccount`. */
import type { AccountRequest } from '../../src/request.ts';
import type { SimulatedServiceAccount } from '../simulator/simulator.ts';
import type { Scenario } from './every-request.ts';
import { accountRequestsFor, DESC, ROLES, STORING } from './requests.ts';
import type { RunOptions, Workshop } from './workshop.ts';

type AccountScenario = Scenario<AccountRequest>;

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

export const ACCOUNT_SCENARIOS: readonly AccountScenario[] = [
  {
    name: 'ensure makes an account',
    prepare: async (shop) => accountRequestsFor(shop.groupId).ensure(),
    lasting: 1,
  },
  {
    name: 'ensure makes an account and stores its secret',
    prepare: async (shop) => accountRequestsFor(shop.groupId).ensure({ handover: STORING }),
    lasting: 1,
    stores: true,
  },
  {
    name: 'ensure clears what a lost machine left',
    prepare: async (shop) => {
      const { ensure } = accountRequestsFor(shop.groupId);
      await run(shop, ensure(), {
        interruption: { of: 'accounts.signInAs', call: 1, moment: 'before' },
        lost: true,
      });
      shop.atlas.clock.advance(HOUR);
      return ensure();
    },
    lasting: 1,
  },
  {
    name: 'ensure updates roles and the access list',
    prepare: async (shop) => {
      const { ensure } = accountRequestsFor(shop.groupId);
      await run(shop, ensure());
      return ensure({ roles: ['GROUP_CLUSTER_MANAGER'] });
    },
    lasting: 1,
  },
  {
    name: 'a lease on a new account',
    prepare: async (shop) => accountRequestsFor(shop.groupId).ephemeral(),
    lasting: 0,
  },
  {
    name: 'a lease on an account with an expired secret and another lease',
    prepare: async (shop) => {
      const { ephemeral } = accountRequestsFor(shop.groupId);
      await run(shop, ephemeral(), { lost: true });
      shop.atlas.clock.advance(9 * HOUR);
      return ephemeral({
        handover: { verify: true, accessList: [{ ipAddress: '203.0.113.7' }], exportEnv: false },
      });
    },
    lasting: 0,
  },
  {
    name: 'rotate, the first account of all',
    prepare: async (shop) => accountRequestsFor(shop.groupId).rotate(),
    lasting: 1,
  },
  { name: 'rotate with commit: job', prepare: grown({ commit: 'job' }), lasting: 1 },
  { name: 'rotate with commit: step', prepare: grown({ commit: 'step' }), lasting: 1 },
  { name: 'rotate with nothing kept', prepare: grown({ commit: 'step', keepPrevious: 0 }), lasting: 1 },
  {
    name: 'rotate that stores the secret',
    prepare: grown({ commit: 'job', handover: STORING }),
    lasting: 1,
    stores: true,
  },
  {
    name: 'revoke',
    prepare: async (shop) => {
      await grown({})(shop);
      return accountRequestsFor(shop.groupId).revoke();
    },
    lasting: 0,
  },
];

type Rotation = Parameters<ReturnType<typeof accountRequestsFor>['rotate']>[0];

/** An account that has lived: a current secret, and one of a rotation whose job failed. */
function grown(rotation: Rotation): AccountScenario['prepare'] {
  return async (shop) => {
    const { ensure, rotate } = accountRequestsFor(shop.groupId);
    await run(shop, ensure());
    shop.atlas.clock.advance(DAY);
    await run(shop, rotate());
    shop.atlas.clock.advance(DAY);
    await run(shop, rotate(), { job: 'failure' });
    shop.atlas.clock.advance(DAY);
    return rotate(rotation);
  };
}

/** What a scenario needs must be there, or it would disturb another step than its name says. */
async function run(shop: Workshop, request: AccountRequest, options: RunOptions = {}): Promise<void> {
  const { error } = await shop.run(request, options);
  if (error !== undefined) throw error;
}

/** Accounts that no run is asked about: of people, of another name, and one with a note that looks like ours. */
export function addAccountBystanders({
  atlas,
  orgId,
  groupId,
  otherGroupId,
}: Workshop): SimulatedServiceAccount[] {
  const inProject = (id: string) => ROLES.map((roleName) => ({ roleName, groupId: id }));
  const added = [
    { name: `${DESC} by hand`, roles: inProject(groupId) },
    { name: DESC, roles: inProject(otherGroupId) },
    { name: 'other', description: 'atlas-account-1 pending 0123456789abcdef 1', roles: inProject(groupId) },
  ].map((input) => atlas.addServiceAccount({ orgId, ...input }));
  return added.flatMap(({ clientId }) => atlas.serviceAccount(clientId) ?? []);
}
