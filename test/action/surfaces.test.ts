import { describe, expect, it } from 'vitest';
import { openQuickScene } from './in-process.ts';
import { keysBeside } from './scene.ts';

describe.each([
  { api: 'atlas/v2', assigning: 'addGroupApiKey', deleted: 204 },
  { api: 'atlas/v1.0', assigning: 'addGroupApiKey', deleted: 204 },
  { api: 'public/v1.0', assigning: 'updateGroupApiKeyRoles', deleted: 200 },
])('the surface $api', ({ api, assigning, deleted }) => {
  it('creates, finds, updates, assigns, reads one key and deletes', async () => {
    await using scene = await openQuickScene();
    const other = scene.atlas.addProject({ id: scene.orgId });
    const results = [];
    for (const inputs of [
      {},
      {},
      { roles: 'GROUP_OWNER' },
      { groupId: `${scene.groupId},${other.id}`, roles: 'GROUP_OWNER' },
      { mode: 'revoke', roles: '', groupId: `${scene.groupId},${other.id}` },
    ]) {
      const run = await scene.run({ ...inputs, api });
      results.push(run.main.outputs.result ?? run.log);
    }
    expect(results).toEqual(['created', 'unchanged', 'updated', 'assigned', 'revoked']);
    const { history } = scene.atlas;
    expect(history.requests.every(({ target }) => target.startsWith(`/api/${api}`))).toBe(true);
    expect(history.find(assigning).map(({ target }) => target)).toContainEqual(
      expect.stringContaining(other.id),
    );
    expect(history.find('deleteOrgApiKey').at(-1)).toMatchObject({ status: deleted });
    expect(keysBeside(scene)).toEqual([]);
  });

  it('assigns and reads a key by its id', async () => {
    await using scene = await openQuickScene();
    const key = scene.atlas.addKey({ orgId: scene.orgId, desc: 'by hand', roles: ['ORG_MEMBER'] });
    const assigned = await scene.run({ api, desc: '', apiUserId: key.id });
    const found = await scene.run({ api, desc: '', apiUserId: key.id });
    expect(assigned.main.outputs).toMatchObject({ result: 'assigned', desc: 'by hand' });
    expect(found.main.outputs).toMatchObject({ result: 'unchanged', orgId: scene.orgId });
    expect(scene.atlas.history.find('getOrgApiKey').length).toBeGreaterThan(0);
  });
});
