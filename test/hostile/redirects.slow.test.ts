/** Redirects to another host, which nobody ever follows. Those of a read with every status are in answers.test.ts. */
import { describe, expect, it } from 'vitest';
import { keysBeside } from '../action/scene.ts';
import { attack, expectDefeat, type HostileScene, hostileScene, tamperWith } from './hostile-server.ts';

describe('a redirect to another host', () => {
  it.concurrent('of a create that was carried out leaves no key', async () => {
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

  it.concurrent.each([
    // Those that were redirected: Atlas had given them, and nobody got to know them.
    ['the secret of a service account', '/api/oauth/token', 5],
    ['its token', '/api/atlas/v2', 0],
  ])('does not get %s', async (_what, path, liveTokens) => {
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
    const origin = await tamperWith(scene, (answer, { target }) => {
      if (!target.startsWith(path)) return;
      answer.status = 308;
      answer.headers.location = elsewhere.origin;
    });
    expectDefeat(scene, await attack(scene, origin, account), /a redirect to .* was not followed/);
    expect(elsewhere.visits).toEqual([]);
    expect(scene.atlas.liveTokens(clientId)).toBe(liveTokens);
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
