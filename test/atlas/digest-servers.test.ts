import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import httpAuth from 'http-auth';
import { describe, expect, it, onTestFinished } from 'vitest';
import { failureOf, openSession, type TestSession } from './session.ts';

/** Digest against a server that nobody here wrote. */

const key = { publicKey: 'abcdefgh', privateKey: '40395d07-a353-4881-853b-43efa41339a1' };
const groupId = 'b0123456789abcdef012345b';
const orgId = 'a0123456789abcdef012345a';
const body = { id: groupId, orgId, name: 'p', results: [], totalCount: 0, apiKey: null };

function sessionAt(baseUrl: string, privateKey = key.privateKey): TestSession {
  const credentials = { kind: 'apiKey', publicKey: key.publicKey, privateKey } as const;
  const session = openSession({ baseUrl, credentials });
  onTestFinished(() => session.close());
  return session;
}

const requestsIn = (session: TestSession): number =>
  session.lines.reduce((sum, line) => sum + Number(/(\d+) requests/.exec(line)?.[1] ?? 1), 0);

describe("npm's http-auth, which checks that nc rises", () => {
  async function start(algorithm: 'MD5' | 'MD5-sess' = 'MD5'): Promise<string> {
    const guard = httpAuth.digest({ realm: 'MMS Public API', algorithm }, (username, tell) => {
      tell(createHash('md5').update(`${username}:MMS Public API:${key.privateKey}`).digest('hex'));
    });
    const server = createServer(guard.check((_request, response) => void response.end(JSON.stringify(body))));
    onTestFinished(() => {
      server.close();
      server.closeAllConnections();
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  it('lets us in: one challenge for many calls, side by side and after another', async () => {
    const session = sessionAt(await start());
    const { atlas } = session;
    await Promise.all([atlas.readProject(groupId), atlas.listProjectKeys(groupId), atlas.whoAmI()]);
    await atlas.readProject(groupId);
    await atlas.signInAs(key);
    expect(requestsIn(session)).toBe(6);
  });

  it('turns a wrong secret away, after one signature', async () => {
    const session = sessionAt(await start(), 'wrong');
    expect((await failureOf(session.atlas.readProject(groupId))).kind).toBe('credentials');
    expect(requestsIn(session)).toBe(2);
  });

  it('with MD5-sess is refused, and the error says so', async () => {
    const session = sessionAt(await start('MD5-sess'));
    const error = await failureOf(session.atlas.readProject(groupId));
    expect(error.kind).toBe('unintelligible');
    expect(error.message).toMatch(/Only digest with MD5-sess and qop=auth is offered/);
  });
});
