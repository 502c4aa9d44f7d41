import { createServer as createHttpServer, type RequestListener, type ServerResponse } from 'node:http';
import { createSecureServer, type Http2ServerResponse } from 'node:http2';
import { createServer as createHttpsServer } from 'node:https';
import type { AddressInfo, Server, Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import type { TLSSocket } from 'node:tls';
import { type Answer, failure, freeAnswer } from './answer.ts';
import { Connections, peerAddress, type Request, tearDown } from './connections.ts';
import { Refusal } from './errors.ts';
import { type FaultAction, Faults, type Phase } from './faults.ts';
import { History, type RequestRecord, withoutSecrets } from './history.ts';
import { type Identity, identityOf } from './identity.ts';
import { Organizations } from './organization.ts';
import { type Route, route } from './router.ts';
import { type Arrival, Service } from './service.ts';
import { Clock, type SettingsInput, settingsWith } from './settings.ts';
import { Simulator, type World } from './simulator.ts';

const BODY_LIMIT = 1_048_576;

export interface StartOptions {
  /** TLS with the test-only certificate; ALPN offers HTTP/2 and HTTP/1.1. Default: plain HTTP/1.1. */
  readonly tls?: boolean;
  /** With TLS: `false` offers HTTP/1.1 alone. */
  readonly http2?: boolean;
  readonly certificate?: Identity;
  readonly startAt?: number;
  readonly settings?: SettingsInput;
  /** Begins with all that this one holds and has recorded, at the time it has; nobody is signed in. */
  readonly like?: Simulator;
}

/** Starts an embedded Atlas and resolves once it listens. */
export async function startSimulator(options: StartOptions = {}): Promise<Simulator> {
  const clock = new Clock(options.startAt ?? options.like?.clock.now());
  const settings = settingsWith(options.settings);
  const history = new History();
  const organizations = new Organizations(clock, settings, history);
  options.like?.copyTo(organizations, history);
  const service = new Service(clock, settings, organizations);
  const connections = new Connections();
  const world = { clock, settings, history, organizations, faults: new Faults(), connections, service };
  const door = new Door(world);

  const server = listener(options, (request, response) => void door.handle(request, response));
  server.on('connection', (socket: Socket) => connections.opened(socket));
  server.on('secureConnection', (socket: TLSSocket) => connections.secured(socket));
  server.on('sessionError', () => {}); // a client that breaks an HTTP/2 session is its own problem

  const listening = Promise.withResolvers<void>();
  server.once('error', listening.reject);
  server.listen(0, '127.0.0.1', listening.resolve);
  await listening.promise;

  const { port } = server.address() as AddressInfo;
  const origin = `${options.tls ? 'https' : 'http'}://127.0.0.1:${port}`;
  service.origin = origin;
  const close = async (): Promise<void> => {
    const closed = Promise.withResolvers<void>();
    server.close(() => closed.resolve());
    connections.destroyAll();
    await closed.promise;
  };
  return new Simulator(origin, world, close);
}

function listener(options: StartOptions, handle: (request: Request, response: Response) => void): Server {
  const plain: RequestListener = handle;
  const calm = { keepAliveTimeout: 65_000, requestTimeout: 0 };
  if (!options.tls) return createHttpServer(calm, plain);
  const identity = identityOf(options.certificate ?? 'loopback');
  if (options.http2 === false) return createHttpsServer({ ...identity, ...calm }, plain);
  return createSecureServer({ ...identity, allowHTTP1: true }, handle);
}

/** Takes requests from the wire, past the faults, to the service and back. */
class Door {
  readonly #world: World;
  #ordinal: number;

  constructor(world: World) {
    this.#world = world;
    this.#ordinal = world.history.requests.at(-1)?.ordinal ?? 0;
  }

  async handle(request: Request, response: Response): Promise<void> {
    const { history, connections } = this.#world;
    response.on('error', () => {}); // the client has gone; the history says so
    const started = performance.now();
    const [path = ''] = (request.url ?? '').split('?', 1);
    const to = route(request.method ?? '', path);
    const record = this.#open(request, to.name, connections.used(request));
    history.requests.push(record);
    response.once('close', () => {
      if (record.outcome === 'pending') record.outcome = 'clientGone';
      record.elapsedMs = performance.now() - started;
    });
    const body = await readBody(request);
    if (body === undefined) return;
    try {
      await this.#serve(request, response, { to, path, body, record, started });
    } catch (error) {
      // A mistake of the simulator itself must fail the test that met it, not look like the service's 500.
      record.refusal = `simulator: ${error instanceof Error ? error.stack : error}`;
      console.error(record.refusal);
      tearDown(request);
    }
  }

  async #serve(
    request: Request,
    response: Response,
    {
      to,
      path,
      body,
      record,
      started,
    }: { to: Route; path: string; body: string | 'tooLarge'; record: RequestRecord; started: number },
  ): Promise<void> {
    const { service, faults, settings } = this.#world;
    const { method, target } = record;
    const text = body === 'tooLarge' ? '' : body;
    const peer = peerAddress(request);
    const arrival: Arrival = { method, target, headers: request.headers, body: text, peer, record };
    const json = parsed(text);
    record.requestBody = withoutSecrets(json);
    let manner: FaultAction | undefined;
    /** What a fault gives in place of the service's answer. */
    const strike = async (phase: Phase): Promise<Answer | 'stopped' | undefined> => {
      const { ordinal, operation, caller, userAgent } = record;
      const seen = { ordinal, method, path, target, operation, caller, body: json, userAgent };
      const fault = await faults.strike(phase, seen);
      const action = fault?.action;
      if (fault !== undefined) record.fault = fault.name ?? `${phase} ${action?.kind ?? 'run'}`;
      switch (action?.kind) {
        case 'answer':
          return freeAnswer(action.status, action.body, action.headers);
        case 'error':
          return failure(new Refusal(action.code, action.parameters, action), settings);
        case 'reset':
        case 'hang':
          record.outcome = action.kind === 'hang' ? 'hung' : 'reset';
          if (action.kind === 'reset') tearDown(request);
          return 'stopped';
        case 'delay':
          await wait(action.ms, undefined, { ref: false });
          return undefined;
        default:
          manner ??= action;
          return undefined;
      }
    };

    if (settings.latencyMs > 0) await wait(settings.latencyMs, undefined, { ref: false });
    let answer = await strike('arrival');
    if (body === 'tooLarge') answer ??= failure(new Refusal('REQUEST_ENTITY_TOO_LARGE'), settings);
    if (answer === undefined) {
      const admission = service.admit(arrival, to);
      if ('answer' in admission) {
        answer = admission.answer;
      } else {
        record.caller = admission.caller.id;
        answer = await strike('before');
        if (answer === undefined) {
          const done = service.perform(arrival, to, admission.caller);
          answer = (await strike('after')) ?? done;
        }
      }
    }
    if (answer === 'stopped') return;
    record.status = answer.status;
    record.answerBody = withoutSecrets(answer.value);
    record.errorCode = codeOf(answer.value);
    if (response.destroyed) return;
    // The start of the request, as recorded: what it makes can be a second younger.
    const stamped: Record<string, string> = { date: new Date(record.at).toUTCString() };
    if ('x-java-method' in answer.headers && !('x-xgen-up-proto' in answer.headers))
      stamped['x-envoy-upstream-service-time'] = `${Math.round(performance.now() - started)}`;
    record.outcome = manner?.kind === 'truncate' ? 'truncated' : 'pending';
    response.once('finish', () => {
      if (record.outcome === 'pending') record.outcome = 'answered';
    });
    await send(request, response, answer, stamped, manner);
  }

  #open(request: Request, operation: string | undefined, connection: number): RequestRecord {
    const { method = '', url: target = '', headers, httpVersion } = request;
    this.#ordinal += 1;
    return {
      ordinal: this.#ordinal,
      at: this.#world.clock.now(),
      method,
      target,
      operation,
      httpVersion,
      connection,
      scheme: headers.authorization?.split(' ', 1)[0],
      userAgent: headers['user-agent'],
      signIn: 'none',
      outcome: 'pending',
    };
  }
}

function codeOf(value: unknown): string | undefined {
  const code = (value as { errorCode?: unknown } | null | undefined)?.errorCode;
  return typeof code === 'string' ? code : undefined;
}

function parsed(text: string): unknown {
  try {
    return text === '' ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The whole body; undefined when the client hung up before its end. */
async function readBody(request: Request): Promise<string | undefined | 'tooLarge'> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of request) {
      size += (chunk as Buffer).length;
      if (size <= BODY_LIMIT) chunks.push(chunk as Buffer);
    }
  } catch {
    return undefined;
  }
  return size > BODY_LIMIT ? 'tooLarge' : Buffer.concat(chunks).toString('utf8');
}

type Response = ServerResponse | Http2ServerResponse;

/** Sends an answer, whole or the way a fault wants it. */
async function send(
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
