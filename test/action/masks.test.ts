import { describe, expect, it } from 'vitest';
import type { FaultAction } from '../simulator/faults.ts';
import { debugLines, expectMasked, onlyError } from './evidence.ts';
import { keysBeside, openScene } from './scene.ts';

/** As a private key looks; made up, so that it can stand in an answer the test invents. */
const SECRET = '3f2504e0-4f89-41d3-9a0c-0305e82c3301';
const whole = { id: '6a793fbd2c88faeba59bd3b1', publicKey: 'flezioeg', privateKey: SECRET };

function answer(status: number, body: unknown, headers = {}): FaultAction {
  return { kind: 'answer', status, body, headers };
}

describe('the private key', () => {
  it('is masked before anything else is done with it, and shown nowhere', async () => {
    await using scene = await openScene();
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
    await using scene = await openScene();
    const { main } = await scene.run({ groupId: 'nonsense' });
    expect(main.rawLines[0]?.text).toBe(`::add-mask::${scene.owner.privateKey}`);
  });

  it('is the only thing that is masked: not ids, public keys, roles', async () => {
    await using scene = await openScene();
    const { masks, main } = await scene.run({});
    expect(new Set(masks)).toEqual(new Set([scene.owner.privateKey, main.outputs.privateKey]));
    for (const name of ['apiUserId', 'publicKey', 'groupId'] as const) {
      expect(main.log + main.summary).toContain(main.outputs[name]);
    }
  });

  it.each<[string, FaultAction]>([
    ['cut off', answer(200, JSON.stringify(whole).slice(0, -1))],
    ['broken JSON', answer(200, `{"desc": oops, "privateKey" : "${SECRET}"}`)],
    [
      'a text with the key in it',
      answer(200, `Your new key is ${SECRET}!`, { 'content-type': 'text/plain' }),
    ],
    ['JSON that calls itself an image', answer(200, JSON.stringify(whole), { 'content-type': 'image/png' })],
    ['an error that shows the key', answer(400, { errorCode: 'VALIDATION_ERROR', detail: SECRET, ...whole })],
    [
      'an error whose sentence holds it',
      answer(500, { errorCode: 'UNEXPECTED_ERROR', detail: `made ${SECRET}` }),
    ],
    ['a page of HTML that holds it', answer(502, `<p>${SECRET}</p>`)],
    ['a redirect that holds it', answer(302, whole, { location: `https://x.example/?${SECRET}` })],
    ['an array', answer(200, [whole])],
  ])('is masked when the answer that carries it is %s; nothing is left behind', async (_what, action) => {
    await using scene = await openScene();
    scene.atlas.faults.add({ when: { operation: 'createGroupApiKey' }, phase: 'after', times: 9, action });
    const run = await scene.run({}, { debug: true });
    expect(onlyError(run.main)).toMatch(/make a key in the project/);
    expectMasked(run, SECRET);
    expect(run.main.outputs.privateKey ?? '').toBe('');
    expect(keysBeside(scene)).toEqual([]);
  });

  it('never reaches an output when it is redacted', async () => {
    await using scene = await openScene();
    const redacted = '********-****-****-85daa09d408a';
    scene.atlas.faults.add({
      when: { operation: 'createGroupApiKey' },
      phase: 'after',
      times: 9,
      action: answer(200, { ...whole, desc: 'deploy', roles: [], privateKey: redacted }),
    });
    const run = await scene.run({});
    expect(run.conclusion).toBe('failure');
    expect(Object.values(run.main.outputs).join()).not.toContain('*');
    expect(keysBeside(scene)).toEqual([]);
  });

  it.each([
    { mode: 'ensure' },
    { mode: 'ensure', desc: '', apiUserId: 'found' },
    { mode: 'rotate', rotateAfter: '7d' },
  ])('of a key that was there before stays empty: %o', async (inputs) => {
    await using scene = await openScene();
    const roles = [{ roleName: 'GROUP_READ_ONLY', groupId: scene.groupId }];
    const key = scene.atlas.addKey({ orgId: scene.orgId, desc: 'deploy', roles });
    const byId = 'apiUserId' in inputs ? { apiUserId: key.id } : {};
    const { main } = await scene.run({ ...inputs, ...byId });
    expect(main.outputs, main.rawLog).toMatchObject({ apiUserId: key.id, privateKey: '' });
  });
});

describe('the debug log', () => {
  it('has one line a call: method, path, status, time, try; and no text of the service', async () => {
    await using scene = await openScene();
    scene.atlas.faults.add({
      when: { operation: 'listOrgApiKeys' },
      action: answer(503, 'hostile ::error:: text'),
    });
    const { main } = await scene.run({});
    const calls = debugLines(main).filter((line) => /^(?:GET|POST|PATCH|DELETE) /.test(line));
    for (const line of calls) {
      expect(line).toMatch(/^[A-Z]+ \/api\/\S+ \d{3} in \d+ ms, try \d+(?:, \d requests)?$/);
    }
    expect(calls.filter((line) => line.includes('/orgs/'))).toMatchObject([
      expect.stringMatching(/^GET .* 503 in \d+ ms, try 1/),
      expect.stringMatching(/^GET .* 200 in \d+ ms, try 2/),
    ]);
    expect(main.rawLog).not.toContain('hostile');
    const signed = scene.atlas.history.find(({ signIn }) => signIn !== 'challenged');
    expect(calls).toHaveLength(signed.length);
  });
});
