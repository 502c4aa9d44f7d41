/** What a key is decides whether a step may touch it, and not what is written on it. */
import { describe, expect, it } from 'vitest';
import { AtlasError, type AtlasErrorKind } from '../../src/atlas/errors.ts';
import type { ApiKey, RoleAssignment } from '../../src/atlas/types.ts';
import { type Claim, judge, mayTouch, outsideRemit } from '../../src/keys/remit.ts';
import { descriptionOf, GROUP_ID, keyAt, ORG_ID } from './described-keys.ts';
import { stepWith } from './step.ts';

const OTHER = 'b'.repeat(24);
const CALLER = 'mine';
const inOrganization = (roleName: string): RoleAssignment => ({ roleName, orgId: ORG_ID });
const inProject = (groupId: string): RoleAssignment => ({ roleName: 'GROUP_OWNER', groupId });
const MEMBER = inOrganization('ORG_MEMBER');
const [HERE, THERE] = [inProject(GROUP_ID), inProject(OTHER)];
const keyWith = (roles: readonly RoleAssignment[], rest: Partial<ApiKey> = {}): ApiKey =>
  keyAt(0, descriptionOf('retired'), { roles: [...roles], ...rest });

const OWN = 'it is the key that this step signs in with';
const ELSEWHERE = `it has roles in project ${OTHER}, too, which this step does not name`;
const NOWHERE = 'it is in no project any more';

describe('what lies outside the remit', () => {
  const beyond = (role: string) => `it has the organisation role ${role}`;
  it.each<[string, string | undefined, RoleAssignment[], (readonly Claim[])?]>([
    ['a member of the organisation in the project', undefined, [MEMBER, HERE]],
    ['a key of which the list shows roles in the project only', undefined, [HERE]],
    ["an owner's key", beyond('ORG_OWNER'), [inOrganization('ORG_OWNER'), HERE]],
    [
      'one that may read the organisation',
      beyond('ORG_READ_ONLY'),
      [MEMBER, inOrganization('ORG_READ_ONLY'), HERE],
    ],
    ['one beyond all organisations', beyond('GLOBAL_OWNER'), [MEMBER, { roleName: 'GLOBAL_OWNER' }, HERE]],
    ['a key that is in another project, too', ELSEWHERE, [MEMBER, HERE, THERE]],
    ['a key that is in another project only', ELSEWHERE, [MEMBER, THERE]],
    ['a key in no project', NOWHERE, [MEMBER], ['member']],
    ['a key in no project, left over or named', undefined, [MEMBER], ['leftOver', 'named']],
  ])('%s: %s', (_what, why, roles, claims = ['member', 'leftOver', 'named']) => {
    const told = claims.map((claim) => outsideRemit(keyWith(roles), claim, CALLER, [GROUP_ID]));
    expect(told).toEqual(claims.map(() => why));
    const own = keyWith(roles, { publicKey: CALLER });
    expect(outsideRemit(own, 'named', CALLER, [GROUP_ID])).toBe(OWN);
  });

  it('is nothing of a key whose projects are all named, nor of any caller that is no key', () => {
    const key = keyWith([MEMBER, HERE, THERE]);
    expect(outsideRemit(key, 'member', CALLER, [GROUP_ID, OTHER])).toBeUndefined();
    const account = `mdb_sa_id_${'0'.repeat(24)}`;
    expect(outsideRemit(keyWith([HERE]), 'member', account, [GROUP_ID])).toBeUndefined();
  });
});

describe('a key that is to be touched', () => {
  const listed = keyWith([MEMBER, HERE]);
  const place = { orgId: ORG_ID, groupIds: [GROUP_ID] } as const;
  const renamed = keyWith([HERE, MEMBER], { desc: 'renamed since' });
  const own = keyWith([MEMBER], { publicKey: CALLER });
  const unread = 'this step may not read it in the organisation, which shows its roles in other projects';

  /** A step in an organisation that shows the key so, or refuses to; and what it asked and left. */
  function stepWhere(answer: ApiKey | AtlasErrorKind) {
    const asked: string[] = [];
    const readOrganizationKey = async (orgId: string, apiUserId: string) => {
      asked.push(`${apiUserId} of ${orgId}`);
      if (typeof answer === 'string') throw new AtlasError('no', { kind: answer });
      return answer;
    };
    return { ...stepWith({ readOrganizationKey }, { caller: CALLER }), asked };
  }

  type Row = [string, ApiKey | AtlasErrorKind, ApiKey, Awaited<ReturnType<typeof judge>>, Claim?];
  it.each<Row>([
    [
      'is read in its organisation, which shows all roles',
      keyWith([MEMBER, HERE, THERE]),
      listed,
      { why: ELSEWHERE },
    ],
    ['is returned as it is now', renamed, listed, { key: renamed }],
    // Its post may just have made it current.
    [
      'is no left-over any more by then',
      renamed,
      listed,
      { why: 'its description has just changed' },
      'leftOver',
    ],
    [
      'is read where the list shows it in no project, being behind',
      listed,
      keyWith([MEMBER]),
      { key: listed },
    ],
    ['is left where its organisation may not be asked', 'notAllowed', listed, { why: unread }],
    ['is left unread where the list shows enough', listed, own, { why: OWN }],
  ])('%s', async (_what, answer, key, verdict, claim = 'member') => {
    const { step, asked, said } = stepWhere(answer);
    expect(await judge(step, key, claim, place)).toEqual(verdict);
    expect(asked).toEqual(key === own ? [] : [`${key.id} of ${ORG_ID}`]);
    expect(said).toEqual([]);
  });

  it('is told where it is left', async () => {
    const { step, said } = stepWhere(listed);
    expect([await mayTouch(step, listed, place), await mayTouch(step, own, place)]).toEqual([true, false]);
    expect(said).toEqual([`left ${own.id}: ${OWN}`]);
  });

  it.each(['gone', 'unavailable', 'timeout', 'network'] as const)(
    'is not judged where the call fails otherwise: %s',
    async (kind) => {
      await expect(judge(stepWhere(kind).step, listed, 'member', place)).rejects.toMatchObject({ kind });
    },
  );
});
