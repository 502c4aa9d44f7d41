/** Whether a secret that was stored in an earlier run is the secret of the key that was found. */
import { isAtlasError } from '../atlas/errors.ts';
import type { ApiKey } from '../atlas/types.ts';
import type { Step } from './step.ts';

export type KnownSecret = 'fits' | 'tailDiffers' | 'refused';

/**
 * Compares the tail with the one that Atlas shows, which costs no call, then signs in. Where the key's access
 * list refuses this machine's address, the tail (12 characters) has to do.
 */
export async function checkKnownSecret(step: Step, key: ApiKey, privateKey: string): Promise<KnownSecret> {
  if (key.privateKeyTail !== '' && !privateKey.endsWith(key.privateKeyTail)) return 'tailDiffers';
  try {
    await step.atlas.signInAs({ publicKey: key.publicKey, privateKey });
    return 'fits';
  } catch (error) {
    if (isAtlasError(error, 'addressRefused')) return 'fits';
    if (isAtlasError(error, 'credentials')) return 'refused';
    throw error;
  }
}
