/** The scene of `test/action`, with a caller that owns the project alone, and `credential: serviceAccount`. */
import { openScene, type Scene, type SceneOptions } from '../action/scene.ts';
import type { SimulatedServiceAccount } from '../simulator/simulator.ts';

/** Both ways of signing in. */
export const CALLERS = ['a service account', 'an API key'] as const;

export interface AccountScene extends Scene {
  /** The caller, where it is a service account. */
  readonly caller: SimulatedServiceAccount | undefined;
}

export interface AccountSceneOptions extends SceneOptions {
  readonly signIn?: (typeof CALLERS)[number];
}

/** Its inputs ask for an account "deploy" with GROUP_READ_ONLY. The caller is a Project Owner unless told otherwise. */
export async function openAccountScene({
  signIn = 'a service account',
  callerRoles = ['GROUP_OWNER'],
  ...options
}: AccountSceneOptions = {}): Promise<AccountScene> {
  const scene = await openScene({ callerRoles, ...options });
  const { atlas, orgId, groupId } = scene;
  const caller =
    signIn === 'an API key'
      ? undefined
      : atlas.addServiceAccount({
          orgId,
          name: 'the caller',
          roles: callerRoles.map((roleName) =>
            roleName.startsWith('ORG_') ? roleName : { roleName, groupId },
          ),
        });
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

/** The living accounts but for the caller's, in order of their making. */
export function accountsBeside({ atlas, caller }: AccountScene): SimulatedServiceAccount[] {
  return atlas.serviceAccounts().filter(({ clientId }) => clientId !== caller?.clientId);
}

/** The only one. */
export function onlyAccount(scene: AccountScene): SimulatedServiceAccount {
  const [account, ...others] = accountsBeside(scene);
  if (account === undefined || others.length > 0)
    throw new Error(`there are ${others.length + (account ? 1 : 0)} accounts`);
  return account;
}

/** As outputs tell it. */
export function isoSeconds(milliseconds: number): string {
  return `${new Date(milliseconds).toISOString().slice(0, 19)}Z`;
}
