/** What is said to a server besides the call itself, and what the debug log says of it. */
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { expect, it, onTestFinished } from 'vitest';
import type { Credentials } from '../../src/atlas/types.ts';
import { scene, wanted } from './scene.ts';
import { failureOf, openSession } from './session.ts';
import { clock } from './time.ts';

const ID = '0123456789abcdef01234567';
const MEDIA = 'application/vnd.atlas.2023-01-01+json';

/** A session at a server that asks for a digest, gives out a token, and answers everything else with nothing. */
async function listening(credentials: Credentials) {
  const heads: IncomingHttpHeaders[] = [];
  const forms: (readonly [path: string, body: string])[] = [];
  const sockets = new Set<Socket>();
  const server = createServer(async (request, response) => {
    const { url = '', headers, socket } = request;
    sockets.add(socket);
    const { host: _host, connection: _connection, 'content-length': _length, ...head } = headers;
    heads.push(head);
    if (url.startsWith('/api/oauth/')) forms.push([url, await text(request)]);
    if (headers.authorization === undefined)
      response.writeHead(401, { 'www-authenticate': 'Digest realm="r", nonce="n", qop="auth"' });
    const token = JSON.stringify({ access_token: 'a+token==', token_type: 'Bearer' });
    response.end(url.endsWith('/token') ? token : '');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const session = openSession({ baseUrl: `http://127.0.0.1:${port}`, credentials });
  onTestFinished(async () => {
    await session.close();
    server.close();
  });
  return { heads, forms, sockets, session, atlas: session.atlas };
}

const key = { kind: 'apiKey', publicKey: 'abcdefgh', privateKey: 'secret' } as const;
const agent = { 'user-agent': 'atlas-project-api-key' };

it('a request says what it wants and who asks, and of what type its body is when it has one', async () => {
  const { heads, atlas } = await listening(key);
  await failureOf(atlas.createKey(ID, wanted));
  const signed = { accept: MEDIA, ...agent, authorization: expect.stringMatching(/^Digest /) };
  expect(heads).toEqual([
    { accept: MEDIA, ...agent },
    { ...signed, 'content-type': MEDIA },
  ]);
  await failureOf(atlas.readProject(ID));
  expect(heads.at(-1)).toEqual(signed);
});

it('the requests for a token are what RFC 6749 §4.4.2 and RFC 7009 §2.1 ask for, as a form', async () => {
  const { heads, forms, session } = await listening({
    kind: 'serviceAccount',
    clientId: 'id',
    clientSecret: 'ü',
  });
  await failureOf(session.atlas.readProject(ID));
  const form = {
    accept: 'application/json',
    ...agent,
    authorization: `Basic ${Buffer.from('id:ü').toString('base64')}`,
    'content-type': 'application/x-www-form-urlencoded',
  };
  expect(heads.slice(0, 2)).toEqual([form, { accept: MEDIA, ...agent, authorization: 'Bearer a+token==' }]);
  await session.close();
  expect(heads.at(-1)).toEqual(form);
  expect(forms).toEqual([
    ['/api/oauth/token', 'grant_type=client_credentials'],
    ['/api/oauth/revoke', 'token=a%2Btoken%3D%3D&token_type_hint=access_token'],
  ]);
});

it('a request whose answer was none of Atlas is sent again over another connection', async () => {
  const { sockets, atlas } = await listening(key);
  await failureOf(atlas.readProject(ID));
  expect(sockets.size).toBe(5);
});

it('the debug log tells of each try what was asked, how it ended and how long it took', async () => {
  let now = 1_000;
  const options = { clock: { ...clock, now: () => now }, tryLimit: 400 };
  const { simulator, session, atlas, groupId } = await scene({}, options);
  const headers = { 'www-authenticate': 'Basic realm="r"' };
  simulator.faults.add({ phase: 'arrival', action: { kind: 'answer', status: 401, headers } });
  await atlas.readProject(groupId);
  const run = () => {
    now += 7;
  };
  simulator.faults.add({ action: { kind: 'answer', status: 503 }, run });
  simulator.faults.add({ action: { kind: 'hang' } });
  simulator.faults.add({ action: { kind: 'reset' } });
  await atlas.listProjectKeys(groupId);
  const path = `/api/atlas/v2/groups/${groupId}`;
  const list = `GET ${path}/apiKeys?itemsPerPage=500&pageNum=1`;
  expect(session.lines).toEqual([
    `GET ${path} not signed in in 0 ms, try 1`,
    `GET ${path} 200 in 0 ms, try 2, 2 requests`,
    `${list} 503 in 7 ms, try 1`,
    `${list} aborted in 0 ms, try 2`,
    expect.stringMatching(/&pageNum=1 (?:ECONNRESET|UND_ERR_SOCKET) in 0 ms, try 3$/),
    `${list} 200 in 0 ms, try 4`,
  ]);
});
