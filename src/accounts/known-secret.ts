/** Whether a client secret that was stored in an earlier run is one of the account that was found. */
import { isAtlasError } from '../atlas/errors.ts';
import type { Step } from '../keys/step.ts';
import type { KnownClient } from '../request.ts';

/** `undefined` where none is given. Atlas masks secrets wholly, so only a sign-in tells. */
export async function knownSecretFits(
  step: Step,
  clientId: string,
  { knownClientSecret: clientSecret, knownClientId }: KnownClient,
): Promise<boolean | undefined> {
  if (clientSecret === undefined) return undefined;
  if (knownClientId !== undefined && knownClientId !== clientId) return false;
  try {
    await step.atlas.accounts.signInAs({ clientId, clientSecret });
    return true;
  } catch (error) {
    if (isAtlasError(error, 'credentials')) return false;
    throw error;
  }
}
