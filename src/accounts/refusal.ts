/** What a refusal to make a secret means, where its code alone does not tell. */
import { isAtlasError } from '../atlas/errors.ts';
import { KeyError } from '../keys/key-error.ts';
import type { Step } from '../keys/step.ts';

/**
 * Makes something on an account, or a new account. A refusal is told as what it is where the organisation's longest
 * validity, or the place of the account, explains it.
 */
export async function explained<T>(
  step: Step,
  { orgId, hours, clientId }: { readonly orgId: string; readonly hours: number; readonly clientId?: string },
  make: () => Promise<T>,
): Promise<T> {
  try {
    return await make();
  } catch (error) {
    if (!isAtlasError(error, 'badRequest', 'notAllowed')) throw error;
    const longest = await step.atlas.accounts.longestSecret(orgId).catch(() => undefined);
    if (longest !== undefined && hours > longest) {
      throw new KeyError(
        `secretExpiresAfter is ${hours}h, and organisation ${orgId} lets no secret of a service account live longer than ` +
          `${longest}h. Set secretExpiresAfter: ${longest}h, or have an Organization Owner raise that limit.`,
        { cause: error },
      );
    }
    if (error.kind === 'badRequest' || clientId === undefined) throw error;
    throw new KeyError(
      `${error.message} Service account ${clientId} is out of a Project Owner's reach where it is in a second project or has an ` +
        'organisation role: declare another desc then.',
      { cause: error },
    );
  }
}
