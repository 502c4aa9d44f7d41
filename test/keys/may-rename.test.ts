import { describe, expect, it } from 'vitest';
import type { Caller, Surface } from '../../src/atlas/types.ts';
import { checkMayRename } from '../../src/keys/make-key.ts';
import { ORG_ID } from './described-keys.ts';
import { stepWith } from './step.ts';

/** How it ends where the caller has these roles, or does not tell them; and how often it was asked. */
async function check(surface: Surface, roleNames: readonly string[] | undefined) {
  const roles = roleNames?.map((roleName) => ({ roleName, orgId: ORG_ID }));
  let asked = 0;
  const whoAmI = async () => {
    asked += 1;
    return roles && ({ roles } as Caller);
  };
  const error = await checkMayRename(stepWith({ whoAmI }, { surface }).step).catch(String);
  return { error, asked };
}

describe('a key that could never get its name', () => {
  it.each([['ORG_MEMBER'], []])('is not made where its maker is %s alone', async (...roles) => {
    expect((await check('public/v1.0', roles)).error).toContain('Nothing was made.');
  });

  it.each([[['ORG_MEMBER', 'ORG_OWNER']], [undefined]])('is another matter: %j', async (roles) => {
    expect((await check('public/v1.0', roles)).error).toBeUndefined();
  });

  it('costs no call where projects may rename', async () => {
    expect(await check('atlas/v2', [])).toEqual({ error: undefined, asked: 0 });
  });
});
