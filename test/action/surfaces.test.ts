import { expect, it } from 'vitest';
import { openQuickScene } from './in-process.ts';
import { keysBeside } from './scene.ts';

it.each([
  { api: 'atlas/v2', assigning: 'addGroupApiKey', deleted: 204 },
  { api: 'atlas/v1.0', assigning: 'addGroupApiKey', deleted: 204 },
  { api: 'public/v1.0', assigning: 'updateGroupApiKeyRoles', deleted: 200 },
])(
  'the surface $api creates, finds, updates, assigns, reads one key and deletes',
  async ({ api, assigning, deleted }) => {
    await using scene = await openQuickScene();
    const other = scene.atlas.addProject({ id: scene.orgId });
    const byHand = scene.atlas.addKey({ orgId: scene.orgId, desc: 'by hand', roles: ['ORG_MEMBER'] });
    const both = `${scene.groupId},${other.id}`;
    const results = [];
    for (const inputs of [
      {},
      {},
      { roles: 'GROUP_OWNER' },
      { roles: 'GROUP_OWNER', groupId: both },
      { mode: 'revoke', roles: '', groupId: both },
      { desc: '', apiUserId: byHand.id },
      { desc: '', apiUserId: byHand.id },
    ]) {
      const { main, log } = await scene.run({ ...inputs, api });
      results.push(main.outputs.result ? `${main.outputs.result} ${main.outputs.desc}`.trim() : log);
    }
    expect(results).toEqual([
      'created deploy',
      'unchanged deploy',
      'updated deploy',
      'assigned deploy',
      'revoked',
      'assigned by hand',
      'unchanged by hand',
    ]);
    const { history } = scene.atlas;
    expect(history.requests.every(({ target }) => target.startsWith(`/api/${api}`))).toBe(true);
    expect(history.find(assigning).map(({ target }) => target)).toContainEqual(
      expect.stringContaining(other.id),
    );
    expect(history.find('deleteOrgApiKey').at(-1)).toMatchObject({ status: deleted });
    expect(history.find('getOrgApiKey').length).toBeGreaterThan(0);
    expect(keysBeside(scene).map(({ id }) => id)).toEqual([byHand.id]);
  },
);
