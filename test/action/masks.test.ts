import { describe, expect, it } from 'vitest';
import { debugLines, expectMasked } from './evidence.ts';
import { openQuickScene } from './in-process.ts';

describe('the private key', () => {
  it('is masked before anything else is done with it, and shown nowhere', async () => {
    await using scene = await openQuickScene();
    const run = await scene.run({}, { debug: true });
    const secret = run.main.outputs.privateKey ?? '';
    expect(secret).toMatch(/^[0-9a-f-]{36}$/);
    expectMasked(run, secret);
    expectMasked(run, scene.owner.privateKey);
    const lines = run.main.rawLines.map(({ text }) => text);
    const masked = lines.indexOf(`::add-mask::${secret}`);
    const told = lines.findIndex((line) => line.includes(run.main.outputs.apiUserId ?? 'none'));
    expect(masked, 'before the key is spoken of at all').toBeLessThan(told);
  });

  it('of the caller is masked first of all', async () => {
    await using scene = await openQuickScene();
    const { main } = await scene.run({ groupId: 'nonsense' });
    expect(main.rawLines[0]?.text).toBe(`::add-mask::${scene.owner.privateKey}`);
  });

  it('is the only thing that is masked: not ids, public keys, roles', async () => {
    await using scene = await openQuickScene();
    const { masks, main } = await scene.run({});
    expect(new Set(masks)).toEqual(new Set([scene.owner.privateKey, main.outputs.privateKey]));
    for (const name of ['apiUserId', 'publicKey', 'groupId'] as const) {
      expect(main.log + main.summary).toContain(main.outputs[name]);
    }
  });

  it.each([
    { mode: 'ensure' },
    { mode: 'ensure', desc: '', apiUserId: 'found' },
    { mode: 'rotate', rotateAfter: '7d' },
  ])('of a key that was there before stays empty: %o', async (inputs) => {
    await using scene = await openQuickScene();
    const roles = [{ roleName: 'GROUP_READ_ONLY', groupId: scene.groupId }];
    const key = scene.atlas.addKey({ orgId: scene.orgId, desc: 'deploy', roles });
    const byId = 'apiUserId' in inputs ? { apiUserId: key.id } : {};
    const { main } = await scene.run({ ...inputs, ...byId });
    expect(main.outputs, main.rawLog).toMatchObject({ apiUserId: key.id, privateKey: '' });
  });
});

describe('the debug log', () => {
  it('has one line a call: method, path, status, time, try; and no text of the service', async () => {
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
});
