import { describe, expect, it } from 'vitest';
import { attack, expectDefeat, hostileScene } from './hostile-server.ts';

const FIELDS = 'realm="MMS Public API", nonce="abc"';

describe('a challenge', () => {
  it.each<[string, string | string[] | undefined, RegExp]>([
    ['that is missing', undefined, /No way to sign in is offered/],
    [
      'of Basic, which would give the private key away',
      'Basic realm="MMS Public API"',
      /Only basic is offered/,
    ],
    ['of Negotiate', 'Negotiate YII=', /Only negotiate is offered/],
    ['of Bearer', 'Bearer realm="x"', /Only bearer is offered/],
    [
      'with MD5-sess alone',
      `Digest ${FIELDS}, algorithm=MD5-sess, qop="auth"`,
      /digest with MD5-sess and qop=auth/,
    ],
    ['with auth-int alone', `Digest ${FIELDS}, algorithm=MD5, qop="auth-int"`, /qop=auth-int/],
    ['without qop', `Digest ${FIELDS}, algorithm=MD5`, /qop=\(none\)/],
    [
      'with an unknown algorithm',
      `Digest ${FIELDS}, algorithm=ROT13, qop="auth"`,
      /digest with another algorithm/,
    ],
    ['without a nonce', 'Digest realm="x", qop="auth"', /Understood are Digest/],
    ['with two nonces', `Digest ${FIELDS}, nonce="def", qop="auth"`, /a parameter is given twice/],
    ['with an open quote', 'Digest realm="MMS, nonce="abc", qop="auth"', /cannot be read/],
    ['of nothing but commas', ',,,,', /No way to sign in is offered/],
    ['of nothing but quotes', '"'.repeat(4000), /cannot be read/],
    ['with a workflow command for a scheme', '::error::x', /cannot be read/],
    [
      'that comes a hundred times',
      Array.from({ length: 100 }, (_, n) => `Scheme${n} a="b"`),
      /Only something else is offered/,
    ],
  ])('%s is one clear error, and nothing secret is sent', async (_what, header, message) => {
    await using scene = await hostileScene();
    const sent: (string | undefined)[] = [];
    const origin = await scene.serve((request, response) => {
      sent.push(request.headers.authorization);
      if (header !== undefined) response.setHeader('www-authenticate', header);
      response.writeHead(401, { 'content-type': 'application/json' }).end('{"errorCode":"UNEXPECTED_ERROR"}');
    });
    expectDefeat(scene, await attack(scene, origin), message);
    expect(new Set(sent)).toEqual(new Set([undefined]));
    expect(sent).toHaveLength(5);
  });

  it('that is repeated for ever, always stale, is answered a few times', async () => {
    await using scene = await hostileScene();
    let asked = 0;
    const origin = await scene.serve((_request, response) => {
      response.setHeader('www-authenticate', `Digest realm="x", nonce="n${asked++}", qop="auth", stale=true`);
      response.writeHead(401).end();
    });
    expectDefeat(scene, await attack(scene, origin), /the credentials are not accepted/);
    expect(asked).toBeLessThan(6);
  });

  it('never gets the private key, whatever realm and nonce it names', async () => {
    await using scene = await hostileScene();
    const sent: string[] = [];
    const origin = await scene.serve((request, response) => {
      sent.push(JSON.stringify([request.url, request.headers]));
      const header = 'Digest realm="a\\"b\\\\c", nonce="%0d%0a::error::", opaque="\\"", qop="auth,auth-int"';
      response.setHeader('www-authenticate', header);
      response.writeHead(401).end();
    });
    expectDefeat(scene, await attack(scene, origin), /the credentials are not accepted/);
    expect(sent.length).toBeGreaterThan(1);
    const secret = scene.owner.privateKey;
    for (const text of [secret, Buffer.from(secret).toString('base64').slice(0, 20)]) {
      expect(sent.join()).not.toContain(text);
    }
  });
});

describe('a server that asks for nothing', () => {
  it('and serves a create all the same is not believed, and gets no request body', async () => {
    await using scene = await hostileScene();
    const bodies: string[] = [];
    const origin = await scene.serve((request, response) => {
      request.on('data', (chunk) => bodies.push(String(chunk)));
      const list = { results: [], totalCount: 0, orgId: scene.orgId, id: scene.groupId, name: 'x' };
      response.end(JSON.stringify(list));
    });
    expectDefeat(scene, await attack(scene, origin), /without asking who we are, so it is not Atlas/);
    expect(bodies).toEqual([]);
  });
});
