import { describe, expect, it } from 'vitest';
import { AtlasError, type AtlasErrorKind } from '../../src/atlas/errors.ts';
import { makeUsable, resolveAccessList, tellWhatIsForNewKeys } from '../../src/keys/handover.ts';
import type { MadeKey } from '../../src/keys/make-key.ts';
import type { AccessListWish } from '../../src/request.ts';
import { STORING } from '../faults/requests.ts';
import { DESC, keyAt, ORG_ID } from './described-keys.ts';
import { stepWith } from './step.ts';

/** A step to which Atlas tells this machine's address, or refuses to; and what it asked and said. */
function stepWhere(refusal?: AtlasErrorKind) {
  const asked: string[] = [];
  const scene = stepWith({
    currentAddress: async () => {
      asked.push('currentAddress');
      if (refusal !== undefined) throw new AtlasError('no', { kind: refusal });
      return '198.51.100.7';
    },
    whoAmI: async () => {
      asked.push('whoAmI');
      return undefined;
    },
  });
  return { ...scene, asked };
}

const block = { cidrBlock: '203.0.113.0/24' };

describe('the wishes for an access list', () => {
  it.each<[readonly AccessListWish[], readonly object[], number]>([
    [[], [], 0],
    [[block], [block], 0],
    [['current', block], [{ ipAddress: '198.51.100.7' }, block], 1],
  ])('%j become %j', async (wishes, entries, asked) => {
    const scene = stepWhere();
    expect(await resolveAccessList(scene.step, wishes)).toEqual(entries);
    expect(scene.asked).toHaveLength(asked);
  });

  it.each(['credentials', 'notAllowed', 'gone', 'badRequest', 'unintelligible'] as const)(
    'with `current` cannot be met where Atlas tells no address: %s',
    async (kind) => {
      const { step, asked } = stepWhere(kind);
      await expect(resolveAccessList(step, ['current'])).rejects.toMatchObject({
        message: expect.stringContaining('Atlas did not tell the address'),
        cause: { kind },
      });
      // Whether the credentials are wrong everywhere is asked where it may be so.
      expect(asked.includes('whoAmI')).toBe(kind === 'credentials');
    },
  );

  it.each(['network', 'timeout', 'cancelled', 'unavailable', 'addressRefused'] as const)(
    'fail as the call failed, where that says nothing about the address: %s',
    async (kind) => {
      await expect(resolveAccessList(stepWhere(kind).step, ['current'])).rejects.toMatchObject({ kind });
    },
  );
});

describe('a new key that may not sign in', () => {
  /** Tries a key that is always refused like this, with a minute left: how it ended, and how often it was tried. */
  async function tryKey(refusal: AtlasErrorKind) {
    let tries = 0;
    let remaining = 60_000;
    const { step } = stepWith(
      {
        addAccessListEntries: async () => {},
        signInAs: async () => {
          tries += 1;
          throw new AtlasError('no', { kind: refusal });
        },
      },
      {
        remaining: () => remaining,
        pause: async (milliseconds) => {
          remaining -= milliseconds;
        },
      },
    );
    const key = { ...keyAt(0, DESC), privateKey: '' };
    const made = { key, intent: { orgId: ORG_ID } } as MadeKey;
    const handover = { verify: true, accessList: [block], exportEnv: false };
    const ended = makeUsable(step, made, handover, [block]);
    const error = await ended.catch((thrown: unknown) => thrown);
    return { error, tries, waited: 60_000 - remaining };
  }

  it('is tried every half second, and given up before ten seconds are over', async () => {
    const { error, tries, waited } = await tryKey('credentials');
    expect(error).toMatchObject({ name: 'KeyError', cause: { kind: 'credentials' } });
    expect([tries, waited]).toEqual([20, 9_500]);
  });

  it('is given up at once where its own access list keeps this machine out', async () => {
    const { error, tries } = await tryKey('addressRefused');
    expect(error).toMatchObject({ name: 'KeyError', cause: { kind: 'addressRefused' } });
    expect(String(error)).toContain('its access list does not hold');
    expect(tries).toBe(1);
  });

  it('ends the step as the sign-in ended, where that says nothing about the key', async () => {
    const { error, tries } = await tryKey('unavailable');
    expect(error).toMatchObject({ kind: 'unavailable' });
    expect(tries).toBe(1);
  });
});

describe('what is for new keys only', () => {
  const nothing = { verify: true, accessList: [], exportEnv: false };

  it.each([
    ['nothing', nothing, []],
    ['an access list', { ...nothing, accessList: [block] }, [/^accessList is for a newly made key/]],
    ['Actions secrets', STORING, [/^Secrets are written for a newly made key only/]],
  ])('is told of %s', (_what, handover, lines) => {
    const { step, said } = stepWhere();
    tellWhatIsForNewKeys(step, handover);
    expect(said).toEqual(lines.map((line) => expect.stringMatching(line)));
  });
});
