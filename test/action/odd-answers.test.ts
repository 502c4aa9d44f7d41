/** Answers to a create that hold a key, and in which nobody would look for one. */
import { describe, expect, it } from 'vitest';
import type { FaultAction } from '../simulator/faults.ts';
import { expectMasked, onlyError } from './evidence.ts';
import { openQuickScene } from './in-process.ts';
import { keysBeside } from './scene.ts';

/** As a private key looks; made up, so that it can stand in an answer the test invents. */
const SECRET = '3f2504e0-4f89-41d3-9a0c-0305e82c3301';
const whole = { id: '6a793fbd2c88faeba59bd3b1', publicKey: 'flezioeg', privateKey: SECRET };

function answer(status: number, body: unknown, headers = {}): FaultAction {
  return { kind: 'answer', status, body, headers };
}

describe('the private key', () => {
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
    await using scene = await openQuickScene();
    scene.atlas.faults.add({ when: { operation: 'createGroupApiKey' }, phase: 'after', times: 9, action });
    const run = await scene.run({}, { debug: true });
    expect(onlyError(run.main)).toMatch(/make a key in the project/);
    expectMasked(run, SECRET);
    expect(run.main.outputs.privateKey ?? '').toBe('');
    expect(keysBeside(scene)).toEqual([]);
  });

  it('never reaches an output when it is redacted', async () => {
    await using scene = await openQuickScene();
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
});
