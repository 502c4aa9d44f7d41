import { expect, it } from 'vitest';
import { attack, hostileScene, tamperWith } from './hostile-server.ts';

it('a service that never tells the time: this machine tells it', async () => {
  await using scene = await hostileScene();
  const origin = await tamperWith(scene, (answer) => {
    answer.headers.date = undefined;
  });
  const before = Date.now();
  const { main } = await attack(scene, origin, { mode: 'ephemeral', ttl: '1h' });
  const expiresAt = Date.parse(main.outputs.expiresAt ?? '');
  expect(expiresAt).toBeGreaterThan(before + 3_590_000);
  expect(expiresAt).toBeLessThan(Date.now() + 3_610_000);
});

it('a proxy whose password is blank does not blank out the log', async () => {
  await using scene = await hostileScene();
  const { masks, main } = await scene.run({}, { env: { HTTPS_PROXY: 'http://somebody:%20@127.0.0.1:9' } });
  expect(masks).toContain('somebody:%20');
  expect(main.rawLines.map(({ text }) => text)).not.toContainEqual(
    expect.stringMatching(/^::add-mask::(?:\s|%20)*$/),
  );
});
