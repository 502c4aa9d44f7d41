import { describe, expect, it } from 'vitest';
import { AtlasError, type AtlasErrorKind } from '../../src/atlas/errors.ts';
import { resolveAccessList, tellWhatIsForNewKeys } from '../../src/keys/handover.ts';
import type { Step } from '../../src/keys/step.ts';
import type { AccessListWish } from '../../src/request.ts';
import { STORING } from '../faults/requests.ts';

/** A step to which Atlas tells this machine's address, or refuses to; and what it asked and said. */
function stepWhere(refusal?: AtlasErrorKind) {
  const asked: string[] = [];
  const said: string[] = [];
  const atlas: Pick<Step['atlas'], 'currentAddress' | 'whoAmI'> = {
    currentAddress: async () => {
      asked.push('currentAddress');
      if (refusal !== undefined) throw new AtlasError('no', { kind: refusal });
      return '198.51.100.7';
    },
    whoAmI: async () => {
      asked.push('whoAmI');
      return undefined;
    },
  };
  const log: Step['log'] = { info: (line) => said.push(line), warning: (line) => said.push(line) };
  return { step: { atlas, log } as Step, asked, said };
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
        code: 'addressUnknown',
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

describe('what is for new keys only', () => {
  const nothing = { verify: true, accessList: [], exportEnv: false };

  it.each([
    ['nothing', nothing, []],
    ['an access list', { ...nothing, accessList: [block] }, [/^accessList is for a newly made key/]],
    ['Actions secrets', STORING, [/^Actions secrets are written for a newly made key only/]],
  ])('is told of %s', (_what, handover, lines) => {
    const { step, said } = stepWhere();
    tellWhatIsForNewKeys(step, handover);
    expect(said).toEqual(lines.map((line) => expect.stringMatching(line)));
  });
});
