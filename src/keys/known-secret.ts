/** Whether a secret that was stored in an earlier run is the secret of the key that was found. */
import { isAtlasError } from '../atlas/errors.ts';
import type { ApiKey } from '../atlas/types.ts';
import type { Known } from '../request.ts';
import type { Member } from './family.ts';
import { nameOf, type Step } from './step.ts';

/**
 * Why the given secret is not the key's, as the end of a sentence; `undefined` where it is, or none is given. Compares its
 * end with the one that Atlas shows, which costs no call, then signs in.
 */
export async function misfitOf(step: Step, key: ApiKey, known: Known): Promise<string | undefined> {
  const { knownSecret: privateKey, knownId } = known;
  if (privateKey === undefined) return undefined;
  if (knownId !== undefined && knownId !== key.publicKey) return `it belongs to the key ${knownId}`;
  if (key.privateKeyTail !== '' && !privateKey.endsWith(key.privateKeyTail)) return 'its end is another one';
  try {
    await step.atlas.signInAs({ publicKey: key.publicKey, privateKey });
  } catch (error) {
    if (isAtlasError(error, 'credentials')) return 'Atlas refuses it';
    if (!isAtlasError(error, 'addressRefused')) throw error;
    // Then that its last 12 characters fit has to be enough.
    step.log.warning(
      `Key ${nameOf(key)} may not be used from this machine: its own access list does not hold this machine's address. ` +
        'Add the address to it in Atlas, if the key is for this machine.',
    );
  }
  return undefined;
}

/** The member of the family that the known secret belongs to, by public key or by tail; not yet signed in with. */
export function memberOfSecret(family: readonly Member[], known: Known): Member | undefined {
  const { knownSecret, knownId } = known;
  if (knownSecret === undefined) return undefined;
  return family.find(({ publicKey, privateKeyTail }) =>
    knownId === undefined
      ? privateKeyTail !== '' && knownSecret.endsWith(privateKeyTail)
      : publicKey === knownId,
  );
}
