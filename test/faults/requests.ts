/** Requests as the inputs would give them, with the defaults of action.yml. */
import type {
  AccountEnsureRequest,
  AccountEphemeralRequest,
  AccountRevokeRequest,
  AccountRotateRequest,
  EnsureRequest,
  EphemeralRequest,
  GroupIds,
  Handover,
  RevokeRequest,
  RotateRequest,
  SweepRequest,
} from '../../src/request.ts';

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

/** The requests that name these projects. */
export function requestsFor(...groupIds: GroupIds) {
  const common = { groupIds, dryRun: false };
  return {
    ensure: (rest: Partial<EnsureRequest> = {}): EnsureRequest => ({
      mode: 'ensure',
      ...common,
      key: { by: 'desc', desc: DESC },
      roles: ROLES,
      handover: HANDOVER,
      ...rest,
    }),
    ephemeral: (rest: Partial<EphemeralRequest> = {}): EphemeralRequest => ({
      mode: 'ephemeral',
      ...common,
      desc: DESC,
      roles: ROLES,
      handover: HANDOVER,
      ttl: 24 * HOUR,
      onRevokeFailure: 'warn',
      ...rest,
    }),
    rotate: (rest: Partial<RotateRequest> = {}): RotateRequest => ({
      mode: 'rotate',
      ...common,
      desc: DESC,
      roles: ROLES,
      handover: HANDOVER,
      rotateAfter: 0,
      keepPrevious: 1,
      commit: 'job',
      ...rest,
    }),
    revoke: (rest: Partial<RevokeRequest> = {}): RevokeRequest => ({
      mode: 'revoke',
      ...common,
      key: { by: 'desc', desc: DESC },
      ...rest,
    }),
    sweep: (rest: Partial<SweepRequest> = {}): SweepRequest => ({
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
  return {
    ensure: (rest: Partial<AccountEnsureRequest> = {}): AccountEnsureRequest => ({
      mode: 'ensure',
      ...common,
      roles: ROLES,
      hours: 8760,
      handover: HANDOVER,
      ...rest,
    }),
    ephemeral: (rest: Partial<AccountEphemeralRequest> = {}): AccountEphemeralRequest => ({
      mode: 'ephemeral',
      ...common,
      roles: ROLES,
      hours: 8,
      handover: HANDOVER,
      onRevokeFailure: 'fail',
      ...rest,
    }),
    rotate: (rest: Partial<AccountRotateRequest> = {}): AccountRotateRequest => ({
      mode: 'rotate',
      ...common,
      roles: ROLES,
      hours: 2160,
      handover: HANDOVER,
      rotateAfter: 0,
      keepPrevious: 1,
      commit: 'job',
      ...rest,
    }),
    revoke: (rest: Partial<AccountRevokeRequest> = {}): AccountRevokeRequest => ({
      mode: 'revoke',
      ...common,
      ...rest,
    }),
  };
}
