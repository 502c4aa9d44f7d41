/** The scene of `test/action`, with a caller that owns the project alone, and `credential: serviceAccount`. */
import { openScene, type Scene, type SceneOptions } from '../action/scene.ts';
import type { SimulatedServiceAccount, Simulator } from '../simulator/simulator.ts';

/** Both ways of signing in. */
export const CALLERS = ['a service account', 'an API key'] as const;

/** Where accounts are, and which of them is the caller's. */
interface Place {
  readonly atlas: Simulator;
  readonly caller: SimulatedServiceAccount | undefined;
}

export interface AccountScene extends Scene, Place {}

/** Its inputs ask for an account "deploy" with GROUP_READ_ONLY. The caller is a Project Owner unless told otherwise. */
export async function openAccountScene({
  signIn = CALLERS[0],
  callerRoles = ['GROUP_OWNER'],
  ...options
}: SceneOptions & { readonly signIn?: (typeof CALLERS)[number] } = {}): Promise<AccountScene> {
  const scene = await openScene({ callerRoles, ...options });
  const caller = signIn === 'an API key' ? undefined : addCaller(scene, callerRoles);
  const asAccount = caller && {
    atlasPublicKey: '',
    atlasPrivateKey: '',
    atlasClientId: caller.clientId,
    atlasClientSecret: caller.clientSecret,
  };
  const ours = { credential: 'serviceAccount', ...asAccount };
  return {
    ...scene,
    caller,
    step: (inputs, rest) => scene.step({ ...ours, ...inputs }, rest),
    run: (inputs, rest) => scene.run({ ...ours, ...inputs }, rest),
  };
}

/** A service account with these roles; one of a project is given as `GROUP_…`. */
export function addCaller(
  { atlas, orgId, groupId }: { readonly atlas: Simulator; readonly orgId: string; readonly groupId: string },
  roles: readonly string[],
) {
  return atlas.addServiceAccount({
    orgId,
    name: 'the caller',
    roles: roles.map((roleName) => (roleName.startsWith('ORG_') ? roleName : { roleName, groupId })),
  });
}

/** The living accounts but for the caller's, in order of their making. */
export function accountsBeside({ atlas, caller }: Place): SimulatedServiceAccount[] {
  return atlas.serviceAccounts().filter(({ clientId }) => clientId !== caller?.clientId);
}

/** The only one. */
export function onlyAccount(place: Place): SimulatedServiceAccount {
  const accounts = accountsBeside(place);
  const [account] = accounts;
  if (account === undefined || accounts.length > 1) throw new Error(`there are ${accounts.length} accounts`);
  return account;
}
