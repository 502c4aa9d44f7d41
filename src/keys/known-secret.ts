/** Whether a secret that was stored in an earlier run is the secret of the key that was found. */
import { isAtlasError } from '../atlas/errors.ts';
import type { ApiKey } from '../atlas/types.ts';
import type { Known } from '../request.ts';
import type { Member } from './family.ts';
import { KeyError, nameOf, type Step } from './step.ts';

export type KnownSecret = 'fits' | 'otherKey' | 'tailDiffers' | 'refused';

/**
 * Compares the tail with the one that Atlas shows, which costs no call, then signs in. Where the key's access
 * list refuses this machine's address, the tail (12 characters) has to do. `undefined` where no secret is given.
 */
export async function checkKnownSecret(
  step: Step,
  key: ApiKey,
  { knownSecret: privateKey, knownId }: Known,
): Promise<KnownSecret | undefined> {
  if (privateKey === undefined) return undefined;
  if (knownId !== undefined && knownId !== key.publicKey) return 'otherKey';
  if (key.privateKeyTail !== '' && !privateKey.endsWith(key.privateKeyTail)) return 'tailDiffers';
  try {
    await step.atlas.signInAs({ publicKey: key.publicKey, privateKey });
    return 'fits';
  } catch (error) {
    if (isAtlasError(error, 'addressRefused')) {
      step.log.warning(
        `Key ${nameOf(key)} may not be used from this machine: its own access list does not hold this machine's address. ` +
          'Add the address to it in Atlas, if the key is for this machine.',
      );
      return 'fits';
    }
    if (isAtlasError(error, 'credentials')) return 'refused';
    throw error;
  }
}

/** The secret to hand on: the known one where it fits. Throws `KeyError` where one is given that does not. */
export async function acceptKnownSecret(step: Step, key: ApiKey, known: Known): Promise<string | undefined> {
  const verdict = await checkKnownSecret(step, key, known);
  if (verdict === undefined) return undefined;
  if (verdict === 'fits') {
    step.log.info(`knownPrivateKey is the secret of key ${nameOf(key)}; it is handed on.`);
    return known.knownSecret;
  }
  throw new KeyError(
    `knownPrivateKey is not the secret of key ${nameOf(key)}: ${misfit(verdict, known)}. Store the secret again, or use mode: ` +
      'rotate, which makes a new key when the stored secret does not fit.',
  );
}

function misfit(verdict: Exclude<KnownSecret, 'fits'>, { knownId }: Known): string {
  switch (verdict) {
    case 'otherKey':
      return `it belongs to the key ${knownId}`;
    case 'tailDiffers':
      return 'its end is another one';
    case 'refused':
      return 'Atlas refuses it';
  }
}

/** The member of the family that the known secret belongs to, by public key or by tail; not yet signed in with. */
export function memberOfSecret(
  family: readonly Member[],
  { knownSecret, knownId }: Known,
): Member | undefined {
  if (knownSecret === undefined) return undefined;
  return family.find(({ key }) =>
    knownId === undefined
      ? key.privateKeyTail !== '' && knownSecret.endsWith(key.privateKeyTail)
      : key.publicKey === knownId,
  );
}
