import { describe, expect, it } from 'vitest';
import type { Caller, Surface } from '../../src/atlas/types.ts';
import { checkMayRename } from '../../src/keys/make-key.ts';
import type { Step } from '../../src/keys/step.ts';
import { ORG_ID } from './described-keys.ts';

function stepOf(surface: Surface, roleNames: readonly string[] | undefined) {
  const roles = roleNames?.map((roleName) => ({ roleName, orgId: ORG_ID }));
  let asked = 0;
  const step: Pick<Step, 'surface'> & { atlas: Pick<Step['atlas'], 'whoAmI'> } = {
    surface,
    atlas: {
      whoAmI: async () => {
        asked += 1;
        return roles && ({ roles } as Caller);
      },
    },
  };
  return { step: step as Step, asked: () => asked };
}

describe('a key that could never get its name', () => {
  it.each([
    ['public/v1.0', ['ORG_MEMBER']],
    ['public/v1.0', []],
  ] as const)('is not made: %s, %j', async (surface, roles) => {
    await expect(checkMayRename(stepOf(surface, roles).step)).rejects.toThrow('Nothing was made.');
  });

  it.each([
    ['public/v1.0', ['ORG_MEMBER', 'ORG_OWNER']],
    ['public/v1.0', undefined],
  ] as const)('is another matter: %s, %j', async (surface, roles) => {
    await expect(checkMayRename(stepOf(surface, roles).step)).resolves.toBeUndefined();
  });

  it('costs no call where projects may rename', async () => {
    const { step, asked } = stepOf('atlas/v2', []);
    await checkMayRename(step);
    expect(asked()).toBe(0);
  });
});
