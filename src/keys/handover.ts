/** What comes between a key's making and its use: its own access list, a first sign-in, and those who will hold it. */
import { isAtlasError, messageOf } from '../atlas/errors.ts';
import type { AccessListEntry, NewApiKey } from '../atlas/types.ts';
import type { AccessListWish, Handover } from '../request.ts';
import { markUndecided } from './current.ts';
import { inTheMaking, LOOK_AGAIN, membersIn, readFamily } from './family.ts';
import { type MadeKey, orUndo, undo } from './make-key.ts';
import { DeliveryError, KeyError, nameOf, type Step } from './step.ts';

/** A new key may be unknown to the service's other machines for a moment: how long a 401 is waited out, in milliseconds. */
const SIGN_IN_PATIENCE = 10_000;
const SIGN_IN_PAUSE = 500;

type Entries = readonly AccessListEntry[];

/** Turns the wishes into entries; asks Atlas for this machine's address where `current` is among them. */
export async function resolveAccessList(step: Step, wishes: readonly AccessListWish[]): Promise<Entries> {
  if (!wishes.includes('current')) return wishes.filter((wish) => wish !== 'current');
  try {
    const current = { ipAddress: await step.atlas.currentAddress() };
    step.log.info(`Atlas sees this machine as ${current.ipAddress}; the access list gets that address.`);
    const entries = wishes.map((wish) => (wish === 'current' ? current : wish));
    // Atlas takes no address twice, and `current` may be one that is written out as well.
    return [...new Map(entries.map((entry) => [JSON.stringify(entry), entry])).values()];
  } catch (error) {
    if (!isAtlasError(error, 'credentials', 'notAllowed', 'gone', 'badRequest', 'unintelligible'))
      throw error;
    // A 401 may concern this endpoint alone. Credentials that are wrong everywhere fail in `whoAmI`, too, and are told so.
    if (error.kind === 'credentials') await step.atlas.whoAmI();
    throw new KeyError(
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
    step.log.info('Secrets are written for a newly made key only; those that are there stay as they are.');
  }
}

/** Puts the entries on the new key's own list, then signs in as the key. Throws when the key is of no use. */
export async function makeUsable(
  step: Step,
  made: MadeKey,
  { verify }: Handover,
  entries: Entries,
): Promise<void> {
  const isLimited = entries.length > 0;
  if (isLimited) await writeAccessList(step, made, entries);
  if (verify) await verifyKey(step, made.key, isLimited);
}

/** A caller who may not write the key's list leaves that to the key, which may write its own. */
async function writeAccessList(step: Step, { key, intent }: MadeKey, entries: Entries): Promise<void> {
  const add = (as?: NewApiKey) => step.atlas.addAccessListEntries(intent.orgId, key.id, entries, as);
  try {
    return await add();
  } catch (error) {
    if (!isAtlasError(error, 'notAllowed')) throw error;
  }
  try {
    await whileUnknown(step, `key ${nameOf(key)}`, () => add(key));
    step.log.info(`The caller may not write the access list of key ${nameOf(key)}; the key wrote it itself.`);
  } catch (error) {
    throw new KeyError(
      `The access list of the new key ${nameOf(key)} could not be written: the caller may not do it, since that takes ` +
        `Organization Owner, and the key itself could not, either. ${messageOf(error)}`,
      { cause: error },
    );
  }
}

async function verifyKey(step: Step, key: NewApiKey, isLimited: boolean): Promise<void> {
  try {
    await whileUnknown(step, `key ${nameOf(key)}`, () => step.atlas.signInAs(key));
  } catch (error) {
    if (!isAtlasError(error, 'addressRefused')) throw error;
    if (isLimited) {
      throw new KeyError(
        `The new key ${nameOf(key)} may not be used from this machine: its access list does not hold this machine's ` +
          'address. Add `current` to accessList, or set verify: false when the key is for another machine.',
        { cause: error },
      );
    }
    step.log.warning(
      `The new key ${nameOf(key)} may not be used from this machine: its organisation requires an access list, and the key ` +
        'has none. Set accessList: current, unless the key is meant for another machine whose address you add yourself.',
    );
  }
}

/** Does something with a new key, or secret, again and again as long as Atlas may not know it yet. */
export async function whileUnknown(step: Step, name: string, act: () => Promise<void>): Promise<void> {
  const patience = step.remaining() - SIGN_IN_PATIENCE;
  for (;;) {
    try {
      return await act();
    } catch (error) {
      if (!isAtlasError(error, 'credentials')) throw error;
      if (step.remaining() - SIGN_IN_PAUSE <= patience) {
        throw new KeyError(
          `Atlas still refuses the new ${name} after ${SIGN_IN_PATIENCE / 1000} seconds, so it was not ` +
            'handed out. Run the job again; if it happens again, look at https://status.mongodb.com.',
          { cause: error },
        );
      }
      await step.pause(SIGN_IN_PAUSE);
    }
  }
}

/**
 * Gives the key to those who will hold it. Returns `false` where a newer key of the family is being stored, or was. Then,
 * and after a failure, the key is deleted again, unless somebody may hold it.
 */
export async function handOver(step: Step, made: MadeKey, store?: Handover['store']): Promise<boolean> {
  const { key, intent } = made;
  if (store !== undefined) {
    if (!(await orUndo(step, made, () => claimStore(step, made)))) return false;
    step.journal({ phase: 'delivering', ...intent });
  }
  try {
    await step.deliver({ key, orgId: intent.orgId });
  } catch (error) {
    const nobodyHasIt = error instanceof DeliveryError ? error.nobodyHasIt : store === undefined;
    if (nobodyHasIt) await undo(step, made);
    else {
      step.log.warning(
        `Key ${nameOf(key)} stays alive, undecided: some of it may have been stored. No other key was changed.`,
      );
    }
    throw error;
  }
  step.journal({ phase: 'handedOut', ...intent });
  return true;
}

/**
 * What is stored last shall be the newest key, for that is the one which commits leave current. So each step first marks
 * its key as being stored, then gives way to a newer key and waits for an older one that is being stored. The mark also
 * keeps a sweep off a key whose machine is lost. docs/lifecycle.md has the proof.
 */
async function claimStore(step: Step, { key, intent }: MadeKey): Promise<boolean> {
  await markUndecided(step, intent, intent.until);
  for (;;) {
    const family = await readFamily(step, intent);
    const newer = membersIn(family, 'current', 'undecided', 'previous').find(({ id }) => id > key.id);
    if (newer !== undefined) {
      step.log.info(
        `Key ${nameOf(newer)} is newer and may be stored already, so the new key ${nameOf(key)} was not stored.`,
      );
      return false;
    }
    const others = membersIn(inTheMaking(family, step.atlas.serviceNow()), 'undecided');
    if (others.every(({ id }) => id === key.id)) return true;
    await step.pause(LOOK_AGAIN);
  }
}
