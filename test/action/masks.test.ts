import { describe, expect, it } from 'vitest';
import { debugLines, expectMasked, onlyError } from './evidence.ts';
import { openQuickScene } from './in-process.ts';
import { keysBeside } from './scene.ts';

describe('the private key', () => {
  it('is masked before anything else is done with it, shown nowhere, and the only thing masked', async () => {
    await using scene = await openQuickScene();
    const { main, ...run } = await scene.run({}, { debug: true });
    const { privateKey: secret = '', apiUserId = 'none', publicKey, groupId } = main.outputs;
    expect(secret).toMatch(/^[0-9a-f-]{36}$/);
    for (const mine of [secret, scene.owner.privateKey]) expectMasked({ main, ...run }, mine);
    const lines = main.rawLines.map(({ text }) => text);
    const told = lines.findIndex((line) => line.includes(apiUserId));
    expect(lines.indexOf(`::add-mask::${secret}`), 'before the key is spoken of at all').toBeLessThan(told);
    expect(new Set(run.masks)).toEqual(new Set([scene.owner.privateKey, secret]));
    for (const shown of [apiUserId, publicKey, groupId]) expect(main.log + main.summary).toContain(shown);
  });

  it('of the caller is masked first of all', async () => {
    await using scene = await openQuickScene();
    const { main } = await scene.run({ groupId: 'nonsense' });
    expect(main.rawLines[0]?.text).toBe(`::add-mask::${scene.owner.privateKey}`);
  });

  it('in an answer that is cut off is masked, and handed to nobody; its key is deleted', async () => {
    await using scene = await openQuickScene();
    const secret = '3f2504e0-4f89-41d3-9a0c-0305e82c3301';
    const body = `{"id":"6a793fbd2c88faeba59bd3b1","publicKey":"flezioeg","privateKey":"${secret}"`;
    const action = { kind: 'answer', status: 200, body } as const;
    scene.atlas.faults.add({ when: { operation: 'createGroupApiKey' }, phase: 'after', times: 9, action });
    const run = await scene.run({}, { debug: true });
    expect(onlyError(run.main)).toMatch(/make a key in the project/);
    expectMasked(run, secret);
    expect(run.main.outputs.privateKey ?? '').toBe('');
    expect(keysBeside(scene)).toEqual([]);
  });
});

it('the debug log has one line a call: method, path, status, time, try; and no text of the service', async () => {
  await using scene = await openQuickScene();
  scene.atlas.faults.add({
    when: { operation: 'listGroupApiKeys', method: 'GET' },
    skip: 1,
    action: { kind: 'answer', status: 503, body: 'hostile ::error:: text' },
  });
  const { main } = await scene.run({});
  const calls = debugLines(main).filter((line) => /^(?:GET|POST|PATCH|DELETE) /.test(line));
  for (const line of calls) {
    expect(line).toMatch(/^[A-Z]+ \/api\/\S+ \d{3} in \d+ ms, try \d+(?:, \d requests)?$/);
  }
  const lists = calls.filter((line) => /^GET .*\/groups\//.test(line));
  expect(lists.slice(1, 3)).toMatchObject([
    expect.stringMatching(/^GET .* 503 in \d+ ms, try 1/),
    expect.stringMatching(/^GET .* 200 in \d+ ms, try 2/),
  ]);
  expect(main.rawLog).not.toContain('hostile');
  const signed = scene.atlas.history.find(({ signIn }) => signIn !== 'challenged');
  expect(calls).toHaveLength(signed.length);
});
