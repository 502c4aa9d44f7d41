/** Requests as the inputs would give them, with the defaults of action.yml. */
import type { AccountRequest, GroupIds, Handover, KeyRequest } from '../../src/request.ts';

export const DESC = 'deploy';
export const ROLES = ['GROUP_READ_ONLY'];
const HOUR = 3_600_000;
export const HANDOVER: Handover = { verify: true, accessList: [], exportEnv: false };

/** Where the key is stored as an Actions secret, too. */
export const STORING: Handover = {
  ...HANDOVER,
  store: {
    githubToken: 'token',
    places: [{ in: 'repository', kind: 'actions', repository: 'acme/shop' }],
    apiUrl: 'http://127.0.0.1',
    names: { form: 'combined', secret: 'KEY' },
  },
};

export type OfKey<Mode extends KeyRequest['mode']> = Extract<KeyRequest, { mode: Mode }>;
export type OfAccount<Mode extends AccountRequest['mode']> = Extract<AccountRequest, { mode: Mode }>;

/** Makes requests like this one, but for what a test wants otherwise. */
function like<Asked>(usual: Asked): (rest?: Partial<Asked>) => Asked {
  return (rest = {}) => ({ ...usual, ...rest });
}

/** The requests that name these projects. */
export function requestsFor(...groupIds: GroupIds) {
  const common = { groupIds, dryRun: false };
  const making = { ...common, roles: ROLES, handover: HANDOVER };
  const key = { by: 'desc', desc: DESC } as const;
  const lease = { desc: DESC, ttl: 24 * HOUR, onRevokeFailure: 'warn' } as const;
  const rotation = { desc: DESC, rotateAfter: 0, keepPrevious: 1, commit: 'job' } as const;
  return {
    ensure: like<OfKey<'ensure'>>({ mode: 'ensure', ...making, key }),
    ephemeral: like<OfKey<'ephemeral'>>({ mode: 'ephemeral', ...making, ...lease }),
    rotate: like<OfKey<'rotate'>>({ mode: 'rotate', ...making, ...rotation }),
    revoke: like<OfKey<'revoke'>>({ mode: 'revoke', ...common, key }),
    sweep: like<OfKey<'sweep'>>({ mode: 'sweep', ...common, ttl: 24 * HOUR }),
  };
}

/** The requests of `credential: serviceAccount` in this project. */
export function accountRequestsFor(groupId: string) {
  const common = { credential: 'serviceAccount', groupIds: [groupId], desc: DESC, dryRun: false } as const;
  const making = { ...common, roles: ROLES, handover: HANDOVER };
  const lease = { hours: 8, onRevokeFailure: 'fail' } as const;
  const rotation = { hours: 2160, rotateAfter: 0, keepPrevious: 1, commit: 'job' } as const;
  return {
    ensure: like<OfAccount<'ensure'>>({ mode: 'ensure', ...making, hours: 8760 }),
    ephemeral: like<OfAccount<'ephemeral'>>({ mode: 'ephemeral', ...making, ...lease }),
    rotate: like<OfAccount<'rotate'>>({ mode: 'rotate', ...making, ...rotation }),
    revoke: like<OfAccount<'revoke'>>({ mode: 'revoke', ...common }),
  };
}
