/** The one who answers a create knows the new secret: whatever of the answer is printed was looked through for it. */
import { describe, expect, it } from 'vitest';
import { readNewKey } from '../../src/atlas/shapes.ts';
import type { FaultAction } from '../simulator/faults.ts';
import { scene, wanted } from './scene.ts';
import { failureOf } from './session.ts';

const SECRET = '754c8808-0ba8-4153-8eea-85daa09d408a';
const ESCAPED = SECRET.replaceAll('-', '\\u002d');

async function attack(action: Extract<FaultAction, { kind: 'answer' }>) {
  const { simulator, atlas, groupId, session } = await scene();
  const when = ({ method, caller }: { method: string; caller: string | undefined }) =>
    method === 'POST' && caller !== undefined;
  simulator.faults.add({ when, times: 9, action });
  const error = await failureOf(atlas.createKey(groupId, wanted));
  const causes: unknown[] = [];
  for (let cause: unknown = error; cause instanceof Error; cause = cause.cause) causes.push(String(cause));
  return { error, printed: [...causes, ...session.lines].join('\n'), masked: session.masked };
}

describe('a create is answered with its secret', () => {
  const at = (host: string) => ({ status: 302, headers: { location: `https://${host}.example/` } });
  const challenge = (header: string) => ({ status: 401, headers: { 'www-authenticate': header } });
  const DIGEST = 'Digest realm="r", nonce="n", qop="auth"';
  it.each<[string, Partial<Answer>, string]>([
    ['in the sentence', { body: { detail: `Made ${SECRET}.` } }, '“Made ***.”'],
    ['in the sentence, escaped', { body: `{"detail":"Made ${ESCAPED}."}` }, '“Made ***.”'],
    ['in the sentence of OAuth', { body: `{"error_description":"${ESCAPED}"}` }, '“***”'],
    ['as host of a redirect', at(SECRET), 'a redirect was not followed'],
    ['as that, in the code of a URL', at(SECRET.replaceAll('-', '%2D')), 'a redirect was not followed'],
    ['as scheme of a challenge', challenge(SECRET), 'something else'],
    [
      'as algorithm of a challenge, escaped',
      challenge(`${DIGEST}, algorithm="${SECRET.replaceAll('-', '\\-')}"`),
      'another algorithm',
    ],
    ['twenty times and more', { body: { detail: Array.from({ length: 30 }, uuid).join() } }, '“***”'],
  ])('%s', async (_where, { status = 400, body = '', headers = {} }, told) => {
    const { printed } = await attack({ kind: 'answer', status, body, headers });
    expect(printed).not.toMatch(/[0-9a-f]{8}-[0-9a-f]{4}/i);
    expect(printed).toContain(told);
  });

  it('that is no UUID, as code or host', async () => {
    const secret = 'ABCDEFGHIJKLMNOPQRST';
    const body = { privateKey: secret, errorCode: secret, detail: `It is ${secret}.` };
    const headers = { location: `https://${secret}.example/` };
    const { printed, masked } = await attack({ kind: 'answer', status: 302, body, headers });
    expect(printed.toUpperCase()).not.toContain(secret);
    expect(masked).toEqual([secret]);
  });

  it('under a name that only a parser reads: it is masked', async () => {
    const body = `{"private\\u004bey":"${ESCAPED}","x":"\\u0061bcd"}`;
    const { masked } = await attack({ kind: 'answer', status: 400, body });
    expect(masked).toEqual([SECRET]);
  });
});

describe('a new key is masked and shown nowhere where the answer with it is', () => {
  const whole = { id: '6a793fbd2c88faeba59bd3b1', publicKey: 'flezioeg', privateKey: SECRET };
  it.each<[string, Partial<Answer>]>([
    ['cut off', { body: JSON.stringify(whole).slice(0, -1) }],
    ['broken JSON', { body: `{"desc": oops, "privateKey" : "${SECRET}"}` }],
    ['a text', { body: `Your new key is ${SECRET}!`, headers: { 'content-type': 'text/plain' } }],
    ['JSON that calls itself an image', { body: whole, headers: { 'content-type': 'image/png' } }],
    ['an error', { status: 400, body: { errorCode: 'VALIDATION_ERROR', detail: SECRET, ...whole } }],
    ['a page of HTML', { status: 502, body: `<p>${SECRET}</p>` }],
    ['a redirect', { status: 302, body: whole, headers: { location: `https://x.example/?${SECRET}` } }],
    ['an array', { body: [whole] }],
  ])('%s', async (_what, { status = 200, ...answer }) => {
    const { error, printed, masked } = await attack({ kind: 'answer', status, ...answer });
    expect(error.message).toContain('make a key in the project');
    expect(printed).not.toContain(SECRET);
    expect(masked).toEqual([SECRET]);
  });

  it('behind more secrets than are masked', async () => {
    const { simulator, atlas, groupId, session } = await scene();
    const decoys = Array.from({ length: 30 }, uuid).join();
    simulator.faults.add({
      when: ({ method, caller }) => method === 'POST' && caller !== undefined,
      action: { kind: 'answer', status: 200, body: { decoys, ...whole, desc: 'ci', roles: [] } },
    });
    await atlas.createKey(groupId, wanted);
    expect(session.masked).toContain(SECRET);
    expect(session.masked).toHaveLength(21);
  });

  it('redacted, which is no key', async () => {
    const body = { ...whole, desc: 'ci', roles: [], privateKey: '********-****-****-85daa09d408a' };
    expect((await attack({ kind: 'answer', status: 200, body })).error.kind).toBe('answerLost');
  });
});

it('at most twenty masks come of one answer, and the key itself is the first', async () => {
  const body = { decoys: Array.from({ length: 50 }, uuid), privateKey: SECRET };
  const { masked } = await attack({ kind: 'answer', status: 200, body });
  expect(masked).toHaveLength(20);
  expect(masked[0]).toBe(SECRET);
});

it('a key whose secret is its id, public key, description or one of its roles as well is none', () => {
  const [id, role] = ['0123456789abcdef01234567', 'ABCDEFGHIJKLMNOPQRST'];
  const key = { id, publicKey: 'abcdefgh', desc: 'x', roles: [{ roleName: role }], privateKey: SECRET };
  expect(readNewKey(key)).toBeDefined();
  for (const name of ['id', 'publicKey', 'desc'])
    expect(readNewKey({ ...key, [name]: id, privateKey: id }), name).toBeUndefined();
  expect(readNewKey({ ...key, privateKey: role })).toBeUndefined();
});

type Answer = Omit<Extract<FaultAction, { kind: 'answer' }>, 'kind'>;

function uuid(_: unknown, index: number): string {
  return SECRET.replace('754c8808', (index + 0x10000000).toString(16));
}
