/** Whether a secret that was stored in an earlier run is the secret of the key that was found. */
import { isAtlasError } from '../atlas/errors.ts';
import type { ApiKey } from '../atlas/types.ts';
import type { KnownKey } from '../request.ts';
import { nameOf, type Step } from './step.ts';

export type KnownSecret = 'fits' | 'otherKey' | 'tailDiffers' | 'refused';

/**
 * Compares the tail with the one that Atlas shows, which costs no call, then signs in. Where the key's access
 * list refuses this machine's address, the tail (12 characters) has to do. `undefined` where no secret is given.
 */
export async function checkKnownSecret(
  step: Step,
  key: ApiKey,
  { knownPrivateKey: privateKey, knownPublicKey }: KnownKey,
): Promise<KnownSecret | undefined> {
  if (privateKey === undefined) return undefined;
  if (knownPublicKey !== undefined && knownPublicKey !== key.publicKey) return 'otherKey';
  if (key.privateKeyTail !== '' && !privateKey.endsWith(key.privateKeyTail)) return 'tailDiffers';
  try {
    await step.atlas.signInAs({ publicKey: key.publicKey, privateKey });
    return 'fits';
  } catch (error) {
    if (isAtlasError(error, 'addressRefused')) {
      step.log.warning(
        `Key ${nameOf(key)} may not be used from this machine: its own access list does not hold this machine's address.`,
      );
      return 'fits';
    }
    if (isAtlasError(error, 'credentials')) return 'refused';
    throw error;
  }
}
