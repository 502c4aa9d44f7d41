/** Two calls that Atlas takes in two places: in the project, which asks for less, and elsewhere. */
import { describe, expect, it } from 'vitest';
import type { Simulator } from '../simulator/simulator.ts';
import { scene, wanted } from './scene.ts';
import { failureOf } from './session.ts';

const TO_THE_PROJECT = 'addGroupApiKey';
const IN_THE_PROJECT = 'updateGroupApiKeyRoles';
const IN_THE_ORGANISATION = 'updateOrgApiKey';

/** What the caller was let in for, in order. */
function changes({ history }: Simulator) {
  const signedIn = history.find(({ method, signIn }) => method !== 'GET' && signIn === 'signedIn');
  return signedIn.map(({ method, operation = method }) => operation);
}

it.each([
  ['atlas/v2', TO_THE_PROJECT, IN_THE_PROJECT],
  ['atlas/v1.0', TO_THE_PROJECT, IN_THE_PROJECT],
  ['public/v1.0', IN_THE_PROJECT, IN_THE_ORGANISATION],
] as const)(
  'on %s a key is assigned by one call, and renamed by one',
  async (surface, assigning, renaming) => {
    const { simulator, atlas, groupId, orgId } = await scene({}, { surface });
    const { id } = simulator.addKey({ orgId, desc: 'x', roles: [] });
    await atlas.assignKey(groupId, id, ['GROUP_READ_ONLY']);
    expect(simulator.key(id)?.roles).toContainEqual({ groupId, roleName: 'GROUP_READ_ONLY' });
    expect((await atlas.renameKey({ groupId, orgId, apiUserId: id }, 'new')).desc).toBe('new');
    expect(changes(simulator)).toEqual([assigning, renaming]);
  },
);

describe('assigning a key', () => {
  it.each([
    ['that is there already', ['ORG_OWNER'], [{ roleName: 'GROUP_OWNER' }]],
    ['for a caller who is no project owner', ['ORG_MEMBER', 'GROUP_ACCESS_MANAGER'], []],
  ])('%s sets its roles instead', async (_what, callerRoles, before) => {
    const { simulator, atlas, groupId, orgId } = await scene({}, {}, callerRoles);
    const roles = before.map((role) => ({ ...role, groupId }));
    const { id } = simulator.addKey({ orgId, desc: 'x', roles });
    await atlas.assignKey(groupId, id, ['GROUP_READ_ONLY']);
    expect(changes(simulator)).toEqual([TO_THE_PROJECT, IN_THE_PROJECT]);
    const inProject = simulator.key(id)?.roles.filter((role) => role.groupId === groupId);
    expect(inProject).toEqual([{ groupId, roleName: 'GROUP_READ_ONLY' }]);
  });

  it('that Atlas refuses for another reason is told as it is', async () => {
    const { simulator, atlas, groupId, orgId } = await scene();
    const { id } = simulator.addKey({ orgId, desc: 'x', roles: [] });
    const error = await failureOf(atlas.assignKey(groupId, id, ['GROUP_NONSENSE']));
    expect(error).toMatchObject({ kind: 'badRequest' });
    expect(changes(simulator)).toEqual([TO_THE_PROJECT]);
  });
});

it('a project that another API serves is told at once', async () => {
  const { simulator, atlas, groupId, orgId } = await scene();
  const { id } = simulator.addKey({ orgId, desc: 'x', roles: [] });
  const action = { kind: 'error', code: 'NOT_ATLAS_GROUP', parameters: [groupId] } as const;
  simulator.faults.add({ times: 9, action });
  const assigning = failureOf(atlas.assignKey(groupId, id, ['GROUP_READ_ONLY']));
  const renaming = failureOf(atlas.renameKey({ groupId, orgId, apiUserId: id }, 'new'));
  expect([(await assigning).kind, (await renaming).kind]).toEqual(['wrongSurface', 'wrongSurface']);
  expect(changes(simulator).toSorted()).toEqual([TO_THE_PROJECT, IN_THE_PROJECT].toSorted());
});

it.each([
  ['the project', [IN_THE_PROJECT]],
  ['the organisation, too', [IN_THE_PROJECT, IN_THE_ORGANISATION]],
])('a new description is shown, or that is told, where %s forgets it', async (_who, forgetful) => {
  const { simulator, atlas, groupId, orgId } = await scene();
  const { id } = await atlas.createKey(groupId, wanted);
  const body = await atlas.readOrganizationKey(orgId, id);
  for (const operation of forgetful)
    simulator.faults.add({ when: { operation }, action: { kind: 'answer', status: 200, body } });
  const renaming = atlas.renameKey({ groupId, orgId, apiUserId: id }, 'new');
  if (forgetful.length === 1) {
    expect((await renaming).desc).toBe('new');
    expect(simulator.key(id)?.desc).toBe('new');
  } else {
    const { kind, message } = await failureOf(renaming);
    const why = 'the answer still shows the old one. Check api, and run the job again.';
    const path = `/api/atlas/v2/orgs/${orgId}/apiKeys/${id}`;
    expect(message).toBe(`Could not change the key's description: ${why} (PATCH ${path})`);
    expect(kind).toBe('unintelligible');
  }
});

describe('renaming a key that is not in the project', () => {
  const projectOwner = ['ORG_MEMBER', 'GROUP_OWNER'];

  it.each([
    ['an organisation owner', ['ORG_OWNER']],
    ['a project owner', projectOwner],
  ])('tells %s that it is gone when it was deleted', async (_who, roles) => {
    const { simulator, atlas, groupId, orgId } = await scene({}, {}, roles);
    const { id } = simulator.addKey({ orgId, desc: 'x', roles: [{ roleName: 'GROUP_OWNER', groupId }] });
    simulator.deleteKey(id);
    const gone = { kind: 'gone', errorCode: 'API_KEY_NOT_FOUND' };
    expect(await failureOf(atlas.renameKey({ groupId, orgId, apiUserId: id }, 'y'))).toMatchObject(gone);
  });

  it('is done by an organisation owner when it lives on outside', async () => {
    const { simulator, atlas, groupId, orgId } = await scene();
    const { id } = simulator.addKey({ orgId, desc: 'x', roles: [] });
    expect((await atlas.renameKey({ groupId, orgId, apiUserId: id }, 'y')).desc).toBe('y');
  });

  it.each([
    ['every other refusal of the organisation', ['ORG_OWNER'], IN_THE_ORGANISATION, 'addressRefused'],
    ['the role that is missing where the project wants roles', projectOwner, IN_THE_PROJECT, 'notAllowed'],
  ])('tells %s as it is', async (_what, callerRoles, operation, kind) => {
    const { simulator, atlas, groupId, orgId } = await scene({}, {}, callerRoles);
    const inProject = operation === IN_THE_PROJECT;
    const roles = inProject ? [{ roleName: 'GROUP_OWNER', groupId }] : [];
    const { id } = simulator.addKey({ orgId, desc: 'x', roles });
    const code = inProject ? 'VALIDATION_ERROR' : 'IP_ADDRESS_NOT_ON_ACCESS_LIST';
    simulator.faults.add({ when: { operation }, action: { kind: 'error', code } });
    expect((await failureOf(atlas.renameKey({ groupId, orgId, apiUserId: id }, 'y'))).kind).toBe(kind);
  });
});
