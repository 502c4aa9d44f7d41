/**
 * GitHub's secrets API over real HTTP, as strict as the service where it matters here: tokens, permissions,
 * names, key ids, and boxes that libsodium can open.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createSecureServer, type Http2ServerRequest, type Http2ServerResponse } from 'node:http2';
import type { AddressInfo, Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import sodium from 'libsodium-wrappers';

/** What a token may do. `integration` is the `GITHUB_TOKEN` of a job. */
export type Permission = 'write' | 'read' | 'integration';

/** Tokens that the stand-in knows, by permission. Any other is answered with 401. */
export const TOKENS = {
  write: 'github_pat_11AAAAAAA0write0000000_0000000000000000000000000000000000000000000000000000000000',
  read: 'github_pat_11AAAAAAA0read00000000_0000000000000000000000000000000000000000000000000000000000',
  integration: 'ghs_000000000000000000000000000000000000',
} as const satisfies Record<Permission, string>;

/**
 * What goes wrong instead of the right answer: a status with headers and body, a connection cut before or
 * after the request took effect, or no answer at all.
 */
export type Fault =
  | 'reset'
  | 'resetAfterEffect'
  | 'hang'
  | { readonly status: number; readonly headers?: Record<string, string>; readonly body?: unknown };

export interface SeenRequest {
  readonly method: string;
  /** Below the API's address. */
  readonly path: string;
  readonly authorization: string | undefined;
  readonly body: string;
  readonly httpVersion: string;
}

export interface GitHub extends AsyncDisposable {
  /** For `GITHUB_API_URL`. */
  readonly apiUrl: string;
  readonly repository: string;
  /** The secrets in clear: by name, and by `environment/name`. */
  readonly secrets: ReadonlyMap<string, string>;
  readonly requests: readonly SeenRequest[];
  /** How many connections were opened. */
  readonly connections: number;
  /** The next `times` requests with this method go wrong so. Faults of several calls queue up. */
  fail(fault: Fault, on: { method: 'GET' | 'PUT'; times?: number }): void;
  /** Does this once, when the request of this number has arrived (from 1, from now on) or when it has taken effect. */
  during(request: number, moment: Moment, act: () => Promise<void>): void;
}

export type Moment = 'before' | 'after';

export interface GitHubOptions {
  /** `/api/v3` on an Enterprise Server. */
  readonly basePath?: string;
  readonly repository?: string;
  readonly environments?: readonly string[];
  /** Serves https with this certificate, over HTTP/2 where the client speaks it, as GitHub does. */
  readonly tls?: { readonly key: string; readonly cert: string };
}

type HttpRequest = IncomingMessage | Http2ServerRequest;
type HttpResponse = ServerResponse | Http2ServerResponse;
type Reply = { readonly status: number; readonly body?: unknown };

/** Starts GitHub with one repository. */
export async function startGitHub(options: GitHubOptions = {}): Promise<GitHub> {
  await sodium.ready;
  const { basePath = '', repository = 'octo-org/app', environments = ['production'] } = options;
  const secrets = new Map<string, string>();
  const requests: SeenRequest[] = [];
  const faults: { fault: Fault; method: string; times: number }[] = [];
  const interruptions = new Map<string, () => Promise<void>>();
  const vaults = new Map<string, Vault>([
    [`/repos/${repository}/actions/secrets`, makeVault('', secrets)],
    ...environments.map((name): [string, Vault] => [
      `/repos/${repository}/environments/${encodeURIComponent(name)}/secrets`,
      makeVault(`${name}/`, secrets),
    ]),
  ]);

  const serve = async (request: HttpRequest, response: HttpResponse): Promise<void> => {
    const seen = await readRequest(request, basePath);
    const number = requests.push(seen);
    await interruptions.get(`before ${number}`)?.();
    const fault = takeFault(faults, seen.method);
    if (fault === 'hang') return;
    if (fault === 'reset') return cut(request);
    if (typeof fault === 'object') return send(response, fault);
    const reply = answer(seen, vaults);
    await interruptions.get(`after ${number}`)?.();
    if (fault === 'resetAfterEffect') return cut(request);
    send(response, reply);
  };
  const listener = (request: HttpRequest, response: HttpResponse): void =>
    void serve(request, response).catch(() => cut(request));
  const server = options.tls
    ? createSecureServer({ ...options.tls, allowHTTP1: true }, listener)
    : createServer(listener);
  let connections = 0;
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    connections++;
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;

  return {
    apiUrl: `${options.tls ? 'https://localhost' : 'http://127.0.0.1'}:${port}${basePath}`,
    repository,
    secrets,
    requests,
    get connections() {
      return connections;
    },
    fail: (fault, { method, times = 1 }) => void faults.push({ fault, method, times }),
    during: (request, moment, act) => void interruptions.set(`${moment} ${requests.length + request}`, act),
    async [Symbol.asyncDispose]() {
      const closed = new Promise((resolve) => server.close(resolve));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

interface Vault {
  readonly publicKey: { readonly key_id: string; readonly key: string };
  put(name: string, body: string): Reply;
}

/** Each place has a key pair of its own, so a box sealed for another place does not open. */
function makeVault(prefix: string, secrets: Map<string, string>): Vault {
  const pair = sodium.crypto_box_keypair();
  const publicKey = {
    key_id: String(33801844800 + secrets.size),
    key: Buffer.from(pair.publicKey).toString('base64'),
  };
  return {
    publicKey,
    put(name, body) {
      if (!/^(?!GITHUB_)[A-Z_]\w*$/i.test(name))
        return refuse(422, 'Secret names can only contain alphanumeric characters');
      const sent = JSON.parse(body) as { encrypted_value: string; key_id: string };
      if (sent.key_id !== publicKey.key_id) return refuse(422, 'Bad request - wrong key_id');
      let plain: Uint8Array;
      try {
        const box = Uint8Array.from(Buffer.from(sent.encrypted_value, 'base64'));
        plain = sodium.crypto_box_seal_open(box, pair.publicKey, pair.privateKey);
      } catch {
        return refuse(422, 'Bad request - the value cannot be opened');
      }
      // Names compare without case.
      const slot = `${prefix}${name.toUpperCase()}`;
      const status = secrets.has(slot) ? 204 : 201;
      secrets.set(slot, Buffer.from(plain).toString());
      return status === 201 ? { status, body: {} } : { status };
    },
  };
}

function answer(
  { method, path, authorization, body }: SeenRequest,
  vaults: ReadonlyMap<string, Vault>,
): Reply {
  const permission = permissionOf(authorization);
  if (permission === undefined) return refuse(401, 'Bad credentials');
  const slash = path.lastIndexOf('/');
  const vault = vaults.get(path.slice(0, slash));
  if (vault === undefined) return refuse(404, 'Not Found');
  if (permission === 'integration') return refuse(403, 'Resource not accessible by integration');
  const file = decodeURIComponent(path.slice(slash + 1));
  if (method === 'GET' && file === 'public-key') return { status: 200, body: vault.publicKey };
  if (method !== 'PUT') return refuse(404, 'Not Found');
  if (permission === 'read') return refuse(403, 'Resource not accessible by personal access token');
  return vault.put(file, body);
}

function permissionOf(authorization: string | undefined): Permission | undefined {
  const permissions = Object.keys(TOKENS) as Permission[];
  return permissions.find((permission) => authorization === `token ${TOKENS[permission]}`);
}

function refuse(status: number, message: string): Reply {
  return {
    status,
    body: { message, documentation_url: 'https://docs.github.com/rest', status: String(status) },
  };
}

async function readRequest(request: HttpRequest, basePath: string): Promise<SeenRequest> {
  const { method = '', url = '', headers, httpVersion } = request;
  const path = url.startsWith(basePath) ? url.slice(basePath.length) : `outside the API: ${url}`;
  return { method, path, authorization: headers.authorization, body: await text(request), httpVersion };
}

function takeFault(
  faults: { fault: Fault; method: string; times: number }[],
  method: string,
): Fault | undefined {
  const found = faults.find((queued) => queued.method === method && queued.times > 0);
  if (found) found.times -= 1;
  return found?.fault;
}

function cut(request: HttpRequest): void {
  if ('stream' in request) request.stream.session?.destroy();
  else request.socket.resetAndDestroy();
}

function send(
  response: HttpResponse,
  { status, headers, body }: Reply & { headers?: Record<string, string> },
): void {
  const page = typeof body === 'string';
  response.statusCode = status;
  response.setHeader('content-type', page ? 'text/html' : 'application/json; charset=utf-8');
  for (const [name, value] of Object.entries(headers ?? {})) response.setHeader(name, value);
  response.end(page ? body : body === undefined ? '' : JSON.stringify(body));
}
