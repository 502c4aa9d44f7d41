/** What makes a new key usable before anybody gets it: its own access list, and a first sign-in. */
import { isAtlasError } from '../atlas/errors.ts';
import type { AccessListEntry } from '../atlas/types.ts';
import type { AccessListWish, Handover } from '../request.ts';
import { KeyError } from './key-error.ts';
import type { MadeKey } from './make-key.ts';
import { nameOf, type Step } from './step.ts';

/** A new key may be unknown to the service's other machines for a moment: how long a 401 is waited out, in milliseconds. */
const SIGN_IN_PATIENCE = 10_000;
const SIGN_IN_PAUSE = 500;

/** Turns the wishes into entries; asks Atlas for this machine's address where `current` is among them. */
export async function resolveAccessList(
  step: Step,
  wishes: readonly AccessListWish[],
): Promise<readonly AccessListEntry[]> {
  if (!wishes.includes('current')) return wishes.filter((wish) => wish !== 'current');
  try {
    const current = { ipAddress: await step.atlas.currentAddress() };
    step.log.info(`This machine is ${current.ipAddress} to Atlas; the new key's access list gets it.`);
    return wishes.map((wish) => (wish === 'current' ? current : wish));
  } catch (error) {
    if (!isAtlasError(error, 'credentials', 'notAllowed', 'gone', 'badRequest', 'unintelligible'))
      throw error;
    // A 401 may be about this address of the service alone. Credentials that are wrong everywhere are told as such.
    if (error.kind === 'credentials') await step.atlas.whoAmI();
    throw new KeyError(
      'addressUnknown',
      'accessList: current cannot be used: Atlas did not tell the address of this machine ' +
        '(GET /api/private/ipinfo is refused or missing here). Name the addresses or CIDR blocks instead.',
      { cause: error },
    );
  }
}

/** Says which of the wishes for a new key do nothing for one that exists. */
export function tellWhatIsForNewKeys(step: Step, { accessList, store }: Handover): void {
  if (accessList.length > 0) {
    step.log.info('accessList is for a newly made key; the access list of this one stays as it is.');
  }
  if (store !== undefined) {
    step.log.info(
      'Actions secrets are written for a newly made key only; those that are there stay as they are.',
    );
  }
}

/** Puts the entries on the new key's own list, then signs in as the key. Throws when the key is of no use. */
export async function makeUsable(
  step: Step,
  made: MadeKey,
  handover: Handover,
  entries: readonly AccessListEntry[],
): Promise<void> {
  if (entries.length > 0) {
    await step.atlas.addAccessListEntries(made.intent.orgId, made.key.id, entries);
  }
  if (handover.verify) await verifyKey(step, made, entries.length > 0);
}

async function verifyKey(step: Step, { key }: MadeKey, limited: boolean): Promise<void> {
  const patience = step.remaining() - SIGN_IN_PATIENCE;
  for (;;) {
    try {
      return await step.atlas.signInAs(key);
    } catch (error) {
      if (isAtlasError(error, 'addressRefused')) {
        if (limited) {
          throw new KeyError(
            'notUsable',
            `The new key ${nameOf(key)} may not be used from this machine: its access list does not hold this ` +
              "machine's address. Add `current` to accessList, or set verify: false when the key is for another " +
              'machine.',
            { cause: error },
          );
        }
        step.log.warning(
          `The new key ${nameOf(key)} may not be used from this machine: its organisation requires an access list, ` +
            'and the key has none. Set accessList: current, unless the key is meant for another machine whose ' +
            'address you add yourself.',
        );
        return;
      }
      if (!isAtlasError(error, 'credentials')) throw error;
      if (step.remaining() - SIGN_IN_PAUSE <= patience) {
        throw new KeyError(
          'notUsable',
          `Atlas still refuses the new key ${nameOf(key)} after ${SIGN_IN_PATIENCE / 1000} seconds, so it was not ` +
            'handed out. Run the job again; if it happens again, look at https://status.mongodb.com.',
          { cause: error },
        );
      }
      await step.pause(SIGN_IN_PAUSE);
    }
  }
}
