import { expect, it } from 'vitest';
import { keysBeside } from '../action/scene.ts';
import { attack, expectDefeat, hostileScene, tamperWith } from './hostile-server.ts';

it.each([
  ['full pages', 500, 60],
  ['pages of sixteen thousand keys', 16_000, 10],
])('a list that never ends, in %s, is given up', async (_what, size, most) => {
  await using scene = await hostileScene();
  let pages = 0;
  const origin = await tamperWith(scene, (answer, { target, signed }) => {
    if (!signed || !target.includes('/apiKeys')) return;
    const first = pages++ * size;
    const results = Array.from({ length: size }, (_, index) => ({
      id: (first + index).toString(16).padStart(24, '0'),
      publicKey: 'flezioeg',
      desc: 'another one',
      roles: [{ roleName: 'GROUP_READ_ONLY', groupId: scene.groupId }],
      privateKey: '********-****-****-85daa09d408a',
    }));
    answer.body = JSON.stringify({ results, totalCount: 1e15 });
  });
  const result = await attack(scene, origin);
  expectDefeat(
    scene,
    result,
    /the list does not end after 50 pages|the answer of \S+ is larger than any that Atlas gives/,
    10,
  );
  expect(pages).toBeLessThan(most);
  expect(keysBeside(scene)).toEqual([]);
});

it('a list that is the same page for ever is given up', async () => {
  await using scene = await hostileScene();
  for (let other = 0; other < 500; other++) {
    const roles = [{ roleName: 'GROUP_OWNER', groupId: scene.groupId }];
    scene.atlas.addKey({ orgId: scene.orgId, desc: `other ${other}`, roles });
  }
  let page: string | undefined;
  const origin = await tamperWith(scene, (answer, { target, signed }) => {
    if (!signed || !target.includes('/apiKeys')) return;
    page ??= answer.body;
    answer.body = page;
  });
  expectDefeat(scene, await attack(scene, origin), /does not end after 50 pages|larger than any/, 10);
});

it.each([-1, 0, 0.5, 1e308, '7', null, [], 'NaN'])(
  'a totalCount of %j misleads nobody',
  async (totalCount) => {
    await using scene = await hostileScene();
    const origin = await tamperWith(scene, (answer, { target, signed }) => {
      if (signed && target.includes('itemsPerPage'))
        answer.body = JSON.stringify({ ...JSON.parse(answer.body), totalCount });
    });
    const { main } = await attack(scene, origin);
    expect(main.outputs, main.rawLog).toMatchObject({ result: 'created' });
    expect(keysBeside(scene)).toHaveLength(1);
  },
);
