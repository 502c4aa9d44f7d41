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

type OfKey<Mode extends KeyRequest['mode']> = Extract<KeyRequest, { mode: Mode }>;
type OfAccount<Mode extends AccountRequest['mode']> = Extract<AccountRequest, { mode: Mode }>;

/** The requests that name these projects. */
export function requestsFor(...groupIds: GroupIds) {
  const common = { groupIds, dryRun: false };
  const making = { ...common, roles: ROLES, handover: HANDOVER };
  const key = { by: 'desc', desc: DESC } as const;
  const lease = { desc: DESC, ttl: 24 * HOUR, onRevokeFailure: 'warn' } as const;
  const rotation = { desc: DESC, rotateAfter: 0, keepPrevious: 1, commit: 'job' } as const;
  return {
    ensure: (rest: Partial<OfKey<'ensure'>> = {}): OfKey<'ensure'> => ({
      mode: 'ensure',
      ...making,
      key,
      ...rest,
    }),
    ephemeral: (rest: Partial<OfKey<'ephemeral'>> = {}): OfKey<'ephemeral'> => ({
      mode: 'ephemeral',
      ...making,
      ...lease,
      ...rest,
    }),
    rotate: (rest: Partial<OfKey<'rotate'>> = {}): OfKey<'rotate'> => ({
      mode: 'rotate',
      ...making,
      ...rotation,
      ...rest,
    }),
    revoke: (rest: Partial<OfKey<'revoke'>> = {}): OfKey<'revoke'> => ({
      mode: 'revoke',
      ...common,
      key,
      ...rest,
    }),
    sweep: (rest: Partial<OfKey<'sweep'>> = {}): OfKey<'sweep'> => ({
      mode: 'sweep',
      ...common,
      ttl: 24 * HOUR,
      ...rest,
    }),
  };
}

/** The requests of `credential: serviceAccount` in this project. */
export function accountRequestsFor(groupId: string) {
  const common = { credential: 'serviceAccount', groupIds: [groupId], desc: DESC, dryRun: false } as const;
  const making = { ...common, roles: ROLES, handover: HANDOVER };
  const rotation = { hours: 2160, rotateAfter: 0, keepPrevious: 1, commit: 'job' } as const;
  return {
    ensure: (rest: Partial<OfAccount<'ensure'>> = {}): OfAccount<'ensure'> => ({
      mode: 'ensure',
      ...making,
      hours: 8760,
      ...rest,
    }),
    ephemeral: (rest: Partial<OfAccount<'ephemeral'>> = {}): OfAccount<'ephemeral'> => ({
      mode: 'ephemeral',
      ...making,
      hours: 8,
      onRevokeFailure: 'fail',
      ...rest,
    }),
    rotate: (rest: Partial<OfAccount<'rotate'>> = {}): OfAccount<'rotate'> => ({
      mode: 'rotate',
      ...making,
      ...rotation,
      ...rest,
    }),
    revoke: (rest: Partial<OfAccount<'revoke'>> = {}): OfAccount<'revoke'> => ({
      mode: 'revoke',
      ...common,
      ...rest,
    }),
  };
}
