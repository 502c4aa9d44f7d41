/** Challenges of a server that wants more than it should get. Others, none of which is answered, are in answers.test.ts. */
import { describe, expect, it } from 'vitest';
import { attack, expectDefeat, hostileScene } from './hostile-server.ts';

const JSON_TYPE = { 'content-type': 'application/json' };

describe('a challenge', () => {
  it.concurrent('of Basic, which would give the private key away, is not answered', async () => {
    await using scene = await hostileScene();
    const sent: (string | undefined)[] = [];
    const origin = await scene.serve((request, response) => {
      sent.push(request.headers.authorization);
      response.setHeader('www-authenticate', 'Basic realm="MMS Public API"');
      response.writeHead(401, JSON_TYPE).end('{"errorCode":"UNEXPECTED_ERROR"}');
    });
    expectDefeat(scene, await attack(scene, origin), /Only basic is offered/);
    expect(sent).toEqual(Array(5).fill(undefined));
  });

  it.concurrent('never gets the private key, whatever realm and nonce it names', async () => {
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

it.concurrent('a server that asks for nothing and serves a create is not believed, and gets no request body', async () => {
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
