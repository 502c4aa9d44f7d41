import type { ServerResponse } from 'node:http';
import type { Http2ServerResponse } from 'node:http2';
import { setTimeout as wait } from 'node:timers/promises';
import type { Answer } from './answer.ts';
import { type Request, tearDown } from './connections.ts';
import type { FaultAction } from './faults.ts';

export type Response = ServerResponse | Http2ServerResponse;

/** Sends an answer, whole or the way a fault wants it. */
export async function send(
  request: Request,
  response: Response,
  answer: Answer,
  headers: Readonly<Record<string, string>>,
  manner: FaultAction | undefined,
): Promise<void> {
  const body = Buffer.from(answer.body ?? '', 'utf8');
  const length: Record<string, string> = answer.status === 204 ? {} : { 'content-length': `${body.length}` };
  for (const [name, value] of Object.entries({ ...answer.headers, ...headers, ...length })) {
    response.setHeader(name, typeof value === 'string' ? value : [...value]);
  }
  response.statusCode = answer.status;
  if (manner?.kind === 'truncate') {
    await write(response, body.subarray(0, manner.bytes ?? Math.floor(body.length / 2)));
    tearDown(request);
    return;
  }
  if (manner?.kind === 'drip') {
    const step = manner.bytes ?? 1;
    for (let at = 0; at < body.length && !response.destroyed; at += step) {
      await write(response, body.subarray(at, at + step));
      await wait(manner.everyMs, undefined, { ref: false });
    }
    response.end();
    return;
  }
  if (answer.status === 204) response.end();
  else response.end(body);
}

function write(response: Response, bytes: Buffer): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const done = (): void => {
    response.off('close', done);
    resolve();
  };
  response.once('close', done);
  if ('stream' in response) response.write(bytes, 'utf8', done);
  else response.write(bytes, done);
  return promise;
}
