/** HTTP/1.1 with reads asked for at once: what is on the wire together, and what becomes of it when it is disturbed. */
import { getEventListeners, once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { createServer as createTlsServer } from 'node:tls';
import { expect, it, onTestFinished } from 'vitest';
import { openConnection } from '../../src/atlas/connection.ts';
import type { Connection } from '../../src/atlas/wire.ts';
import { identityOf } from '../simulator/identity.ts';
import { trustTheSimulator } from './trust.ts';

/** `GET /a`, in the order they came in. The second argument of `meet` is all that came over this socket so far. */
async function serve(meet: (socket: Socket, asked: string[]) => void, protocol = 'http') {
  const requests: string[] = [];
  const sockets = new Set<Socket>();
  const listen = (take: (socket: Socket) => void) =>
    protocol === 'http'
      ? createServer(take)
      : createTlsServer({ ...identityOf('loopback'), ALPNProtocols: ['http/1.1'] }, take);
  const server = listen((socket) => {
    sockets.add(socket.on('error', () => {}));
    const asked: string[] = [];
    socket.on('data', (data) => {
      for (const [line = ''] of `${data}`.matchAll(/^[A-Z]+ \/\w*(?= HTTP)/gm)) {
        requests.push(line);
        asked.push(line);
        meet(socket, asked);
      }
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const connection = openConnection(`${protocol}://127.0.0.1:${(server.address() as AddressInfo).port}`);
  onTestFinished(async () => {
    await connection.close();
    server.close();
    for (const socket of sockets) socket.destroy();
  });
  return { requests, sockets, ...asker(connection) };
}

function asker(connection: Connection) {
  const send = async (method: string, path: string, signal: AbortSignal) =>
    (await connection.exchange({ method, path, headers: {} }, signal)).text;
  const never = new AbortController().signal;
  return {
    connection,
    get: (path: string, signal = never) => send('GET', path, signal),
    post: (path: string, signal = never) => send('POST', path, signal),
  };
}

const answer = (text = '', more = '') =>
  `HTTP/1.1 200 OK\r\n${more}content-length: ${text.length}\r\n\r\n${text}`;

it('two reads are on the wire before the first is answered, a third is not', async () => {
  const { get, requests, sockets } = await serve((socket, asked) => {
    if (asked.length === 2) socket.write(answer(`${asked}`) + answer('second'));
    if (asked.length === 3) socket.write(answer('third'));
  });
  expect(await Promise.all([get('/a'), get('/b'), get('/c')])).toEqual(['GET /a,GET /b', 'second', 'third']);
  expect(requests).toEqual(['GET /a', 'GET /b', 'GET /c']);
  expect(sockets.size).toBe(1);
});

it('a change waits until the reads are answered, and reads until it is', async () => {
  const underWay: number[] = [];
  let open = 0;
  const { get, post, requests, sockets } = await serve(async (socket) => {
    underWay.push(++open);
    await wait(40);
    open--;
    socket.write(answer());
  });
  const reads = [get('/a'), get('/b')];
  await expect.poll(() => requests).toHaveLength(2);
  await Promise.all([...reads, post('/c'), get('/d'), get('/e')]);
  expect(requests).toEqual(['GET /a', 'GET /b', 'POST /c', 'GET /d', 'GET /e']);
  expect(underWay).toEqual([1, 2, 1, 1, 2]);
  expect(sockets.size).toBe(1);
});

it.each<[string, (socket: Socket) => void]>([
  ['that is cut in its body', (socket) => socket.end(answer('half').slice(0, -2))],
  [
    'that is reset in its body',
    (socket) => socket.write(answer('half').slice(0, -2), () => socket.resetAndDestroy()),
  ],
  [
    'that is garbled in its body',
    (socket) => socket.write('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nnonsense\r\n'),
  ],
  ['that is cut in its head', (socket) => socket.end('HTTP/1.1 200 OK\r\nconte')],
  ['that never comes', (socket) => socket.destroy()],
])('of two reads, an answer %s is the fault of the first; the second is answered', async (_what, disturb) => {
  let disturbed = false;
  const { get, requests } = await serve((socket, asked) => {
    if (!disturbed && asked.length < 2) return;
    if (disturbed) socket.write(answer(`whole ${asked.at(-1)}`));
    else disturb(socket);
    disturbed = true;
  });
  const [first, second] = await Promise.allSettled([get('/a'), get('/b')]);
  expect(first).toMatchObject({
    status: 'rejected',
    reason: { name: 'WireFault', reason: 'broken', sent: true },
  });
  expect(second).toEqual({ status: 'fulfilled', value: 'whole GET /b' });
  expect(requests).toEqual(['GET /a', 'GET /b', 'GET /b']);
});

it('after the first answer the server leaves: the second is asked for again, over a new connection', async () => {
  const { get, sockets } = await serve((socket, asked) => {
    if (asked.length === 2) socket.end(answer('first', 'connection: close\r\n'));
    else if (sockets.size === 2) socket.write(answer('second'));
  });
  expect(await Promise.all([get('/a'), get('/b')])).toEqual(['first', 'second']);
});

it('the second of two is given up while the first is half there: the first is whole in the end', async () => {
  const giveUp = new AbortController();
  const { get, requests, sockets } = await serve((socket, asked) => {
    if (sockets.size === 2) return void socket.write(answer('whole'));
    if (asked.length < 2) return;
    socket.write(answer('whole').slice(0, -2));
    setTimeout(() => giveUp.abort(new Error('enough')), 30);
  });
  const [first, second] = await Promise.allSettled([get('/a'), get('/b', giveUp.signal)]);
  expect(first).toEqual({ status: 'fulfilled', value: 'whole' });
  expect(second).toMatchObject({ status: 'rejected', reason: { reason: 'aborted', sent: true } });
  expect(requests).toEqual(['GET /a', 'GET /b', 'GET /a']);
});

it('a read before a change is given up: the change is sent once', async () => {
  const giveUp = new AbortController();
  const { get, post, requests } = await serve((socket, asked) => {
    if (asked.at(-1) === 'GET /b') giveUp.abort(new Error('enough'));
    else if (requests.length > 1) socket.write(answer(asked.at(-1)));
  });
  const outcomes = await Promise.allSettled([get('/a'), get('/b', giveUp.signal), post('/c')]);
  expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  expect(requests).toEqual(['GET /a', 'GET /b', 'GET /a', 'POST /c']);
});

it.each(['http', 'https'])(
  'over %s a read behind a change is given up while the answer is half there: the change is sent once',
  async (protocol) => {
    onTestFinished(trustTheSimulator());
    const giveUp = new AbortController();
    const { get, post, requests } = await serve(async (socket, asked) => {
      if (asked.length === 1) return void socket.write(answer());
      socket.write(answer('changed').slice(0, -3));
      await wait(30);
      giveUp.abort(new Error('enough'));
      await wait(30);
      socket.write('ged');
    }, protocol);
    await get('/first');
    const outcomes = await Promise.allSettled([post('/a'), get('/b', giveUp.signal)]);
    expect(outcomes).toMatchObject([{ value: 'changed' }, { status: 'rejected' }]);
    expect(requests).toEqual(['GET /first', 'POST /a']);
  },
);

it('a read that is given up while it is queued is never asked for, and leaves the connection to the others', async () => {
  const giveUp = new AbortController();
  const { get, requests, sockets } = await serve((socket, asked) => {
    if (asked.length === 1) socket.write(answer('a'));
    if (asked.length === 3) {
      giveUp.abort(new Error('enough'));
      socket.write(answer('b') + answer('c'));
    }
    if (asked.length === 4) socket.write(answer('e'));
  });
  await get('/a');
  const reads = [get('/b'), get('/c'), get('/d', giveUp.signal), get('/e')];
  const outcomes = await Promise.allSettled(reads);
  expect(outcomes).toMatchObject([{ value: 'b' }, { value: 'c' }, { status: 'rejected' }, { value: 'e' }]);
  expect(outcomes[2]).toMatchObject({ reason: { reason: 'aborted', sent: false } });
  expect(requests).toEqual(['GET /a', 'GET /b', 'GET /c', 'GET /e']);
  expect(sockets.size).toBe(1);
});

it('a change that is lost is not sent again', async () => {
  const { get, post, requests } = await serve((socket, asked) => {
    if (asked.at(-1) === 'POST /b') socket.destroy();
    else socket.write(answer());
  });
  const outcomes = await Promise.allSettled([get('/a'), post('/b'), get('/c')]);
  expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  expect(requests).toEqual(['GET /a', 'POST /b', 'GET /c']);
});

it('who cannot be asked ahead is not asked ahead again', async () => {
  let open = 0;
  let most = 0;
  // Like a proxy that forgets what it is asked while it still answers.
  const { connection, get } = await serve(async (socket) => {
    most = Math.max(most, ++open);
    if (open > 1) return;
    await wait(30);
    socket.write(answer('answered'));
    open = 0;
  });
  const limit = AbortSignal.timeout(150);
  const [first, second] = await Promise.allSettled([get('/a', limit), get('/b', limit)]);
  expect([first.status, second.status, most]).toEqual(['fulfilled', 'rejected', 2]);
  connection.renew();
  most = 0;
  expect(await Promise.all([get('/c'), get('/d'), get('/e')])).toEqual(Array(3).fill('answered'));
  expect(most).toBe(1);
});

it('a new connection is taken when one is given up, and that is left once it is answered', async () => {
  const { connection, get, sockets } = await serve((socket) => socket.write(answer()));
  await get('/a');
  connection.renew();
  await get('/b');
  // Well before the four seconds after which an idle one is left.
  await expect.poll(() => [...sockets].map(({ destroyed }) => destroyed)).toEqual([true, false]);
});

it('an end leaves no connection', async () => {
  const { connection, get, sockets } = await serve((socket) => socket.write(answer()));
  await get('/a');
  await connection.close();
  await expect.poll(() => [...sockets].map(({ destroyed }) => destroyed)).toEqual([true]);
});

it('a request that is answered leaves nothing on its signal', async () => {
  const { signal } = new AbortController();
  const { get } = await serve((socket) => socket.write(answer()));
  await Promise.all([get('/a', signal), get('/b', signal)]);
  await expect.poll(() => getEventListeners(signal, 'abort')).toEqual([]);
});

it('a header that is given twice is one with a comma', async () => {
  const { connection } = await serve((socket) => socket.write(answer('', 'X-Way: a\r\nx-way: b\r\n')));
  const request = { method: 'GET', path: '/a', headers: {} };
  const { headers } = await connection.exchange(request, AbortSignal.timeout(5_000));
  expect(headers['x-way']).toBe('a, b');
});
