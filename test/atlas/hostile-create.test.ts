/** The one who answers a create knows the new secret: whatever of the answer is printed was looked through for it. */
import { describe, expect, it } from 'vitest';
import type { FaultAction } from '../simulator/faults.ts';
import { scene, wanted } from './scene.ts';

const SECRET = '754c8808-0ba8-4153-8eea-85daa09d408a';
const ESCAPED = SECRET.replaceAll('-', '\\u002d');

type Answer = Partial<Omit<Extract<FaultAction, { kind: 'answer' }>, 'kind'>>;

/** What a create comes to that is answered so; all that is printed then, and masked. */
async function attack({ status = 200, ...answer }: Answer) {
  const { simulator, atlas, groupId, session } = await scene();
  const when = ({ method, caller }: { method: string; caller: string | undefined }) =>
    method === 'POST' && caller !== undefined;
  simulator.faults.add({ when, times: 9, action: { kind: 'answer', status, ...answer } });
  const error: unknown = await atlas.createKey(groupId, wanted).catch((reason: unknown) => reason);
  const causes: unknown[] = [];
  for (let cause = error; cause instanceof Error; cause = cause.cause) causes.push(String(cause));
  return { error, printed: [...causes, ...session.lines].join('\n'), masked: session.masked };
}

const uuids = (count: number) =>
  Array.from({ length: count }, (_, index) => SECRET.replace('754c8808', (index + 0x10000000).toString(16)));

describe('a create is answered with its secret', () => {
  const at = (host: string) => ({ status: 302, headers: { location: `https://${host}.example/` } });
  const challenge = (header: string) => ({ status: 401, headers: { 'www-authenticate': header } });
  it.each<[string, Answer, string]>([
    ['in the sentence', { body: { detail: `Made ${SECRET}.` } }, '“Made ***.”'],
    ['in the sentence, escaped', { body: `{"detail":"Made ${ESCAPED}."}` }, '“Made ***.”'],
    ['in the sentence of OAuth', { body: `{"error_description":"${ESCAPED}"}` }, '“***”'],
    ['as host of a redirect', at(SECRET), 'a redirect was not followed'],
    ['as that, in the code of a URL', at(SECRET.replaceAll('-', '%2D')), 'a redirect was not followed'],
    ['as scheme of a challenge', challenge(SECRET), 'something else'],
    [
      'as algorithm of a challenge, escaped',
      challenge(`Digest realm="r", nonce="n", qop="auth", algorithm="${SECRET.replaceAll('-', '\\-')}"`),
      'digest with another algorithm or qop',
    ],
    ['twenty times and more', { body: { detail: uuids(30).join() } }, '“***”'],
  ])('%s', async (_where, answer, told) => {
    const { printed } = await attack({ status: 400, ...answer });
    expect(printed).not.toMatch(/[0-9a-f]{8}-[0-9a-f]{4}/i);
    expect(printed).toContain(told);
  });

  it('that is no UUID, as code or host', async () => {
    const secret = 'ABCDEFGHIJKLMNOPQRST';
    const body = { privateKey: secret, errorCode: secret, detail: `It is ${secret}.` };
    const headers = { location: `https://${secret}.example/` };
    const { printed, masked } = await attack({ status: 302, body, headers });
    expect(printed.toUpperCase()).not.toContain(secret);
    expect(masked).toEqual([secret]);
  });
});

describe('a new key is masked and shown nowhere where the answer with it is', () => {
  const whole = { id: '6a793fbd2c88faeba59bd3b1', publicKey: 'flezioeg', privateKey: SECRET };
  it.each<[string, Answer]>([
    ['cut off', { body: JSON.stringify(whole).slice(0, -1) }],
    ['broken JSON', { body: `{"desc": oops, "privateKey" : "${SECRET}"}` }],
    ['a text', { body: `Your new key is ${SECRET}!`, headers: { 'content-type': 'text/plain' } }],
    ['JSON that calls itself an image', { body: whole, headers: { 'content-type': 'image/png' } }],
    ['under a name that only a parser reads', { body: `{"private\\u004bey":"${ESCAPED}","x":"\\u0061bcd"}` }],
    ['an error', { status: 400, body: { errorCode: 'VALIDATION_ERROR', detail: SECRET, ...whole } }],
    ['a page of HTML', { status: 502, body: `<p>${SECRET}</p>` }],
    ['a redirect', { status: 302, body: whole, headers: { location: `https://x.example/?${SECRET}` } }],
    ['an array', { body: [whole] }],
    ['of another name', { body: { secret: SECRET } }],
  ])('%s', async (_what, answer) => {
    const { printed, masked } = await attack(answer);
    expect(printed).toContain('Could not make a key in the project');
    expect(printed).not.toContain(SECRET);
    expect(masked).toEqual([SECRET]);
  });

  it('behind more secrets than are masked', async () => {
    const body = { decoys: uuids(30).join(), ...whole, desc: 'ci', roles: [] };
    const { error, masked } = await attack({ body });
    expect(error).toMatchObject({ privateKey: SECRET });
    expect([masked.length, masked.at(-1)]).toEqual([21, SECRET]);
  });

  it('redacted, which is no key', async () => {
    const body = { ...whole, desc: 'ci', roles: [], privateKey: '********-****-****-85daa09d408a' };
    expect((await attack({ body })).error).toMatchObject({ kind: 'answerLost' });
  });
});

it('at most twenty masks come of one answer, and the key itself is the first', async () => {
  const { masked } = await attack({ body: { decoys: uuids(50), privateKey: SECRET } });
  expect([masked.length, masked[0]]).toEqual([20, SECRET]);
});
