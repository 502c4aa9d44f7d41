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
    expect(error).toMatchObject({ kind: 'badRequest', call: { method: 'POST' } });
    expect(changes(simulator)).toEqual([TO_THE_PROJECT]);
  });
});

describe('a project that another API serves', () => {
  it.each([
    ['NOT_ATLAS_GROUP', 'public/v1.0'],
    ['NOT_ATLAS_ORG', 'public/v1.0'],
    ['ATLAS_GROUP', 'atlas/v2'],
  ] as const)('is told at once, with the api to take: %s', async (code, api) => {
    const { simulator, atlas, groupId, orgId } = await scene();
    const { id } = simulator.addKey({ orgId, desc: 'x', roles: [] });
    simulator.faults.add({ times: 9, action: { kind: 'error', code, parameters: [groupId] } });
    for (const call of [
      atlas.assignKey(groupId, id, ['GROUP_READ_ONLY']),
      atlas.renameKey({ groupId, orgId, apiUserId: id }, 'new'),
    ]) {
      const error = await failureOf(call);
      expect(error.kind).toBe('wrongSurface');
      expect(error.message).toContain(`Change the input api to ${api}.`);
    }
    expect(changes(simulator).toSorted()).toEqual([TO_THE_PROJECT, IN_THE_PROJECT].toSorted());
  });
});

describe('renaming a key of which the answer shows the old description', () => {
  async function renamed(stale: readonly string[]) {
    const { simulator, atlas, groupId, orgId } = await scene();
    const { id } = await atlas.createKey(groupId, wanted);
    const body = await atlas.readOrganizationKey(orgId, id);
    for (const operation of stale) {
      simulator.faults.add({ when: { operation }, action: { kind: 'answer', status: 200, body } });
    }
    return { renaming: atlas.renameKey({ groupId, orgId, apiUserId: id }, 'new'), simulator, id };
  }

  it('is done by way of the organisation where the project forgets it', async () => {
    const { renaming, simulator, id } = await renamed(['updateGroupApiKeyRoles']);
    expect((await renaming).desc).toBe('new');
    expect(simulator.key(id)?.desc).toBe('new');
  });

  it('is told when the organisation forgets it, too', async () => {
    const { renaming } = await renamed(['updateGroupApiKeyRoles', 'updateOrgApiKey']);
    const error = await failureOf(renaming);
    expect(error.kind).toBe('unintelligible');
    expect(error.message).toContain('the answer still shows the old one. Check api, and run the job again.');
  });
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
    expect(await failureOf(atlas.renameKey({ groupId, orgId, apiUserId: id }, 'y'))).toMatchObject({
      kind: 'gone',
      errorCode: 'API_KEY_NOT_FOUND',
    });
  });

  it('is done by an organisation owner when it lives on outside', async () => {
    const { simulator, atlas, groupId, orgId } = await scene();
    const { id } = simulator.addKey({ orgId, desc: 'x', roles: [] });
    expect((await atlas.renameKey({ groupId, orgId, apiUserId: id }, 'y')).desc).toBe('y');
  });

  it('tells every other refusal of the organisation as it is', async () => {
    const { simulator, atlas, groupId, orgId } = await scene();
    const { id } = simulator.addKey({ orgId, desc: 'x', roles: [] });
    simulator.faults.add({
      when: { operation: 'updateOrgApiKey' },
      action: { kind: 'error', code: 'IP_ADDRESS_NOT_ON_ACCESS_LIST' },
    });
    const error = await failureOf(atlas.renameKey({ groupId, orgId, apiUserId: id }, 'y'));
    expect(error.kind).toBe('addressRefused');
  });

  it('says what role is missing when the project wants roles, and the caller may not ask the other', async () => {
    const { simulator, atlas, groupId, orgId } = await scene({}, {}, projectOwner);
    const { id } = simulator.addKey({ orgId, desc: 'x', roles: [{ roleName: 'GROUP_OWNER', groupId }] });
    simulator.faults.add({
      when: { operation: 'updateGroupApiKeyRoles' },
      action: { kind: 'error', code: 'VALIDATION_ERROR' },
    });
    const error = await failureOf(atlas.renameKey({ groupId, orgId, apiUserId: id }, 'y'));
    expect(error.kind).toBe('notAllowed');
  });
});
