import { describe, expect, it } from 'vitest';
import { keysBeside } from '../action/scene.ts';
import { attack, expectDefeat, type HostileScene, hostileScene, tamperWith } from './hostile-server.ts';

describe.concurrent.each([301, 302, 303, 307, 308])('a redirect (%i) to another host', (status) => {
  it('is not followed by a read', async () => {
    await using scene = await hostileScene();
    const elsewhere = await spy(scene);
    const origin = await scene.serve((_request, response) => {
      response.writeHead(status, { location: `${elsewhere.origin}/api/atlas/v2` }).end();
    });
    expectDefeat(
      scene,
      await attack(scene, origin),
      /a redirect to 127\.0\.0\.1:\d+ was not followed\. Check baseUrl/,
    );
    expect(elsewhere.visits).toEqual([]);
  });
});

describe.concurrent('a redirect to another host', () => {
  it('of a create that was carried out leaves no key', async () => {
    await using scene = await hostileScene();
    const elsewhere = await spy(scene);
    const origin = await tamperWith(scene, (answer, { method, signed }) => {
      if (method !== 'POST' || !signed) return;
      answer.status = 307;
      answer.headers.location = elsewhere.origin;
      answer.body = '';
    });
    const result = await attack(scene, origin);
    expectDefeat(scene, result, /a redirect to .* was not followed/);
    expect(result.post[0]?.outcome).toBe('success');
    expect(keysBeside(scene)).toEqual([]);
    expect(elsewhere.visits).toEqual([]);
  });

  it('gets neither the secret of a service account nor its token', async () => {
    await using scene = await hostileScene();
    const { clientId, clientSecret } = scene.atlas.addServiceAccount({
      orgId: scene.orgId,
      roles: ['ORG_OWNER'],
    });
    const account = {
      atlasPublicKey: '',
      atlasPrivateKey: '',
      atlasClientId: clientId,
      atlasClientSecret: clientSecret,
    };
    const elsewhere = await spy(scene);
    for (const path of ['/api/oauth/token', '/api/atlas/v2']) {
      const origin = await tamperWith(scene, (answer, { target }) => {
        if (!target.startsWith(path)) return;
        answer.status = 308;
        answer.headers.location = elsewhere.origin;
      });
      expectDefeat(scene, await attack(scene, origin, account), /a redirect to .* was not followed/);
    }
    expect(elsewhere.visits).toEqual([]);
    // Those that were redirected: Atlas had given them, and nobody got to know them.
    expect(scene.atlas.liveTokens(clientId)).toBe(5);
  });

  it('and a Refresh, a Link or an Alt-Svc lead nowhere', async () => {
    await using scene = await hostileScene();
    const elsewhere = await spy(scene);
    const { host, port } = new URL(elsewhere.origin);
    const origin = await tamperWith(scene, (answer) => {
      answer.headers.refresh = `0; url=${elsewhere.origin}`;
      answer.headers.link = `<${elsewhere.origin}>; rel=next`;
      answer.headers['alt-svc'] = `http/1.1="${host}", h2=":${port}"; ma=3600`;
      answer.headers['content-location'] = elsewhere.origin;
    });
    expect((await attack(scene, origin)).main.outputs).toMatchObject({ result: 'created' });
    expect(elsewhere.visits).toEqual([]);
  });
});

/** The server that nobody should ever come to. */
async function spy(scene: HostileScene): Promise<{ origin: string; visits: string[] }> {
  const visits: string[] = [];
  const origin = await scene.serve((request, response) => {
    visits.push(`${request.method} ${request.url} ${JSON.stringify(request.headers)}`);
    response.end('{}');
  });
  return { origin, visits };
}
