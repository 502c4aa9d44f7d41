/** HTTP/1.1: what is on the wire together, and what becomes of it when it is disturbed. */
import { getEventListeners } from 'node:events';
import type { Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, it, onTestFinished } from 'vitest';
import { openConnection } from '../../src/wire/connection.ts';
import { speakHttp } from '../../src/wire/http.ts';
import { rawServer } from './raw-server.ts';

/** `GET /a`, in the order they came in. The second argument of `meet` is all that came over this socket so far. */
async function serve(meet: (socket: Socket, asked: string[]) => void) {
  const requests: string[] = [];
  const { origin, sockets } = await rawServer((socket) => {
    const asked: string[] = [];
    socket.on('data', (data) => {
      for (const [line = ''] of `${data}`.matchAll(/^[A-Z]+ \/\w*(?= HTTP)/gm)) {
        requests.push(line);
        asked.push(line);
        meet(socket, asked);
      }
    });
  });
  const connection = openConnection({ origin, proxy: undefined, largest: 100_000 });
  onTestFinished(() => connection.close());
  const never = new AbortController().signal;
  const send = async (method: string, path: string, signal: AbortSignal) =>
    (await connection.exchange({ method, path, headers: {} }, signal)).text;
  return {
    connection,
    requests,
    sockets,
    get: (path: string, signal = never) => send('GET', path, signal),
    post: (path: string, signal = never) => send('POST', path, signal),
  };
}

const answer = (text = '', more = '') =>
  `HTTP/1.1 200 OK\r\n${more}content-length: ${text.length}\r\n\r\n${text}`;

const HALF = answer('half').slice(0, -2);
const CHUNKED = 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n';

it('a request waits until the one before it is answered, over one connection', async () => {
  let open = 0;
  const underWay: number[] = [];
  const { get, post, requests, sockets } = await serve(async (socket, asked) => {
    underWay.push(++open);
    await wait(20);
    open--;
    socket.write(answer(asked.at(-1)));
  });
  const answers = await Promise.all([get('/a'), get('/b'), post('/c'), get('/d')]);
  expect(answers).toEqual(['GET /a', 'GET /b', 'POST /c', 'GET /d']);
  expect(requests).toEqual(answers);
  expect(underWay).toEqual([1, 1, 1, 1]);
  expect(sockets.length).toBe(1);
});

it.each<[string, (socket: Socket) => void]>([
  ['that is cut in its body', (socket) => socket.end(HALF)],
  ['that is reset in its body', (socket) => socket.write(HALF, () => socket.resetAndDestroy())],
  ['that is garbled in its body', (socket) => socket.write(`${CHUNKED}nonsense\r\n`)],
  ['that is cut in its head', (socket) => socket.end('HTTP/1.1 200 OK\r\nconte')],
  ['that never comes', (socket) => socket.destroy()],
])(
  'an answer %s is the fault of its request, which is not sent again; the next is answered',
  async (_what, disturb) => {
    const { get, post, requests } = await serve((socket, asked) => {
      if (asked.at(-1) === 'POST /a') disturb(socket);
      else socket.write(answer('whole'));
    });
    const [first, second] = await Promise.allSettled([post('/a'), get('/b')]);
    expect(first).toMatchObject({
      status: 'rejected',
      reason: { name: 'WireFault', reason: 'broken', sent: true },
    });
    expect(second).toEqual({ status: 'fulfilled', value: 'whole' });
    expect(requests).toEqual(['POST /a', 'GET /b']);
  },
);

it('the server leaves after an answer: the next is asked for over a new connection', async () => {
  const { get, post, sockets } = await serve((socket, asked) => {
    socket.end(answer(asked.at(-1), 'connection: close\r\n'));
  });
  expect(await Promise.all([get('/a'), post('/b')])).toEqual(['GET /a', 'POST /b']);
  expect(sockets.length).toBe(2);
});

it.each(['GET', 'POST'])('a %s is given up: what waits behind it is sent, once', async (method) => {
  const giveUp = new AbortController();
  const { get, post, requests } = await serve((socket, asked) => {
    if (requests.length === 1) giveUp.abort(new Error('enough'));
    else socket.write(answer(asked.at(-1)));
  });
  const first = method === 'GET' ? get('/a', giveUp.signal) : post('/a', giveUp.signal);
  const outcomes = await Promise.allSettled([first, post('/b'), get('/c')]);
  expect(outcomes).toMatchObject([
    { reason: { reason: 'aborted', sent: true } },
    { value: 'POST /b' },
    { value: 'GET /c' },
  ]);
  expect(requests).toEqual([`${method} /a`, 'POST /b', 'GET /c']);
});

it('a request that is given up while it waits is never asked for, and leaves the connection to the others', async () => {
  const giveUp = new AbortController();
  const { get, post, requests, sockets } = await serve(async (socket, asked) => {
    giveUp.abort(new Error('enough'));
    await wait(20);
    socket.write(answer(asked.at(-1)));
  });
  const outcomes = await Promise.allSettled([post('/a'), get('/b', giveUp.signal), get('/c')]);
  expect(outcomes).toMatchObject([{ value: 'POST /a' }, { status: 'rejected' }, { value: 'GET /c' }]);
  expect(outcomes[1]).toMatchObject({ reason: { reason: 'aborted', sent: false } });
  expect(requests).toEqual(['POST /a', 'GET /c']);
  expect(sockets.length).toBe(1);
});

it('a request that was given up before it was made is never asked for', async () => {
  const { sockets, origin } = await rawServer((socket) => socket.end(answer()));
  const options = { origin, proxy: undefined, largest: 100_000 };
  const http = speakHttp({ ...options, early: undefined, closing: new AbortController().signal });
  for (const connection of [openConnection(options), http]) {
    const request = { method: 'GET', path: '/a', headers: {} };
    const given = connection.exchange(request, AbortSignal.abort(new Error('enough')));
    const cause = { message: 'enough' };
    await expect(given).rejects.toMatchObject({ reason: 'aborted', sent: false, cause });
    await connection.close();
  }
  expect(sockets).toEqual([]);
});

it('a new connection is taken when one is given up, and that is left once it is answered', async () => {
  const { connection, get, sockets } = await serve((socket) => socket.write(answer()));
  await get('/a');
  connection.renew();
  await get('/b');
  // Well before the four seconds after which an idle one is left.
  await expect.poll(() => sockets.map(({ destroyed }) => destroyed)).toEqual([true, false]);
});

it('an end leaves no connection, nor one that was given up and is not answered', async () => {
  const { connection, get, sockets } = await serve((socket, asked) => {
    if (asked.at(-1) !== 'GET /never') socket.write(answer());
  });
  const unanswered = get('/never').catch((error: unknown) => error);
  await expect.poll(() => sockets.length).toBe(1);
  connection.renew();
  await get('/a');
  await connection.close();
  expect(await unanswered).toMatchObject({ reason: 'broken', sent: true });
  await expect.poll(() => sockets.map(({ destroyed }) => destroyed)).toEqual([true, true]);
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
