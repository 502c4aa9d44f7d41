/**
 * GitHub's secrets API over real HTTP, as strict as the service where it matters here: tokens, permissions,
 * names, key ids, and boxes that libsodium can open.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createSecureServer, type Http2ServerRequest, type Http2ServerResponse } from 'node:http2';
import type { AddressInfo, Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import sodium from 'libsodium-wrappers';

/** Tokens that the stand-in knows, by what they may do; `integration` is the `GITHUB_TOKEN` of a job. */
export const TOKENS = {
  write: 'github_pat_11AAAAAAA0write0000000_0000000000000000000000000000000000000000000000000000000000',
  read: 'github_pat_11AAAAAAA0read00000000_0000000000000000000000000000000000000000000000000000000000',
  integration: 'ghs_000000000000000000000000000000000000',
} as const;

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
  /** The first one. */
  readonly repository: string;
  /**
   * The secrets in clear. Actions secrets of the first repository by name, of others by `owner/name/NAME`, of an
   * environment by `environment/NAME`, of the organisation by `organisation/NAME`; Dependabot's after `dependabot `.
   */
  readonly secrets: ReadonlyMap<string, string>;
  readonly requests: readonly SeenRequest[];
  /** How many connections were opened, and how many are still open. */
  readonly connections: number;
  readonly open: number;
  /** The most requests that were under way at one moment. */
  readonly atOnce: number;
  /** Who sees a secret of the organisation: repositories by their names where it is `selected`. */
  visibilityOf(slot: string): Visibility | undefined;
  /** Puts a secret there, as somebody who uses the web page would. */
  addOrganizationSecret(slot: string, visibility: Visibility): void;
  /** The next `times` requests with this method, to a path that holds this text, go wrong so. Faults queue up. */
  fail(fault: Fault, on: { method: 'GET' | 'PUT'; path?: string; times?: number }): void;
  /** Does this once, when the request of this number has arrived (from 1, from now on) or when it has taken effect. */
  during(request: number, moment: Moment, act: () => Promise<void>): void;
}

export interface Visibility {
  readonly visibility: 'all' | 'private' | 'selected';
  readonly repositories?: readonly string[];
}

export type Moment = 'before' | 'after';

export interface GitHubOptions {
  /** `/api/v3` on an Enterprise Server. */
  readonly basePath?: string;
  readonly repository?: string;
  /** Further ones. */
  readonly repositories?: readonly string[];
  readonly archived?: readonly string[];
  /** Former names, which lead elsewhere. */
  readonly renamed?: readonly string[];
  readonly environments?: readonly string[];
  /** Serves https with this certificate, over HTTP/2 where the client speaks it, as GitHub does. */
  readonly tls?: { readonly key: string; readonly cert: string };
}

type HttpRequest = IncomingMessage | Http2ServerRequest;
type HttpResponse = ServerResponse | Http2ServerResponse;
type Reply = { readonly status: number; readonly body?: unknown; readonly headers?: Record<string, string> };

/** Starts GitHub with one repository or more, and the organisation that owns them. */
export async function startGitHub(options: GitHubOptions = {}): Promise<GitHub> {
  await sodium.ready;
  const { basePath = '', repository = 'octo-org/app', environments = ['production'] } = options;
  const repositories = [repository, ...(options.repositories ?? [])];
  const organization = repository.split('/')[0] ?? '';
  const secrets = new Map<string, string>();
  const shown = new Map<string, Visibility>();
  const requests: SeenRequest[] = [];
  const faults: QueuedFault[] = [];
  const interruptions = new Map<string, () => Promise<void>>();
  const world: World = {
    repositories: new Map(repositories.map((name, index) => [name, 1_296_269 + index])),
    archived: options.archived ?? [],
    renamed: options.renamed ?? [],
    shown,
    vaults: new Map<string, Vault>([
      ...repositories.flatMap((name): [string, Vault][] => {
        const prefix = name === repository ? '' : `${name}/`;
        return [
          [`/repos/${name}/actions/secrets`, makeVault(prefix, secrets)],
          [`/repos/${name}/dependabot/secrets`, makeVault(`dependabot ${prefix}`, secrets)],
        ];
      }),
      ...environments.map((name): [string, Vault] => [
        `/repos/${repository}/environments/${encodeURIComponent(name)}/secrets`,
        makeVault(`${name}/`, secrets),
      ]),
      [`/orgs/${organization}/actions/secrets`, makeVault(`${organization}/`, secrets)],
      [`/orgs/${organization}/dependabot/secrets`, makeVault(`dependabot ${organization}/`, secrets)],
    ]),
  };
  let underWay = 0;
  let atOnce = 0;

  const serve = async (request: HttpRequest, response: HttpResponse): Promise<void> => {
    const seen = await readRequest(request, basePath);
    const number = requests.push(seen);
    atOnce = Math.max(atOnce, ++underWay);
    response.once('close', () => underWay--);
    await interruptions.get(`before ${number}`)?.();
    const fault = takeFault(faults, seen);
    if (fault === 'hang') return;
    if (fault === 'reset') return cut(request);
    if (typeof fault === 'object') return send(response, fault);
    const reply = answer(seen, world);
    await interruptions.get(`after ${number}`)?.();
    if (fault === 'resetAfterEffect') return cut(request);
    send(response, reply);
  };
  const listener = (request: HttpRequest, response: HttpResponse): void =>
    void serve(request, response).catch(() => cut(request));
  const tls = options.tls && { ...options.tls, allowHTTP1: true };
  const server = tls ? createSecureServer(tls, listener) : createServer(listener);
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
    get open() {
      return sockets.size;
    },
    get atOnce() {
      return atOnce;
    },
    visibilityOf: (slot) => shown.get(slot),
    addOrganizationSecret(slot, visibility) {
      secrets.set(slot, 'former');
      shown.set(slot, visibility);
    },
    fail: (fault, { method, path = '', times = 1 }) => void faults.push({ fault, method, path, times }),
    during: (request, moment, act) => void interruptions.set(`${moment} ${requests.length + request}`, act),
    async [Symbol.asyncDispose]() {
      const closed = new Promise((resolve) => server.close(resolve));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

interface QueuedFault {
  readonly fault: Fault;
  readonly method: string;
  readonly path: string;
  times: number;
}

interface World {
  /** Ids by name. */
  readonly repositories: ReadonlyMap<string, number>;
  readonly archived: readonly string[];
  readonly renamed: readonly string[];
  /** By the path of their place. */
  readonly vaults: ReadonlyMap<string, Vault>;
  /** Who sees the secrets of organisations, by slot. */
  readonly shown: Map<string, Visibility>;
}

interface Vault {
  publicKey(): { readonly key_id: string; readonly key: string };
  slotOf(name: string): string;
  has(name: string): boolean;
  put(name: string, body: string): Reply;
}

/** Each place has a key pair of its own, so a box sealed for another place does not open. */
function makeVault(prefix: string, secrets: Map<string, string>): Vault {
  const makePair = () => sodium.crypto_box_keypair('uint8array');
  let made: ReturnType<typeof makePair> | undefined;
  const pair = () => (made ??= makePair());
  const key_id = String(33801844800 + prefix.length);
  // Names compare without case.
  const slotOf = (name: string) => `${prefix}${name.toUpperCase()}`;
  return {
    publicKey: () => ({ key_id, key: Buffer.from(pair().publicKey).toString('base64') }),
    slotOf,
    has: (name) => secrets.has(slotOf(name)),
    put(name, body) {
      if (!/^(?!GITHUB_)[A-Z_]\w*$/i.test(name))
        return refuse(422, 'Secret names can only contain alphanumeric characters');
      const sent = JSON.parse(body) as { encrypted_value: string; key_id: string };
      if (sent.key_id !== key_id) return refuse(422, 'Bad request - wrong key_id');
      let plain: Uint8Array;
      try {
        const box = Uint8Array.from(Buffer.from(sent.encrypted_value, 'base64'));
        plain = sodium.crypto_box_seal_open(box, pair().publicKey, pair().privateKey);
      } catch {
        return refuse(422, 'Bad request - the value cannot be opened');
      }
      const status = secrets.has(slotOf(name)) ? 204 : 201;
      secrets.set(slotOf(name), Buffer.from(plain).toString());
      return status === 201 ? { status, body: {} } : { status };
    },
  };
}

function answer({ method, path: url, authorization, body }: SeenRequest, world: World): Reply {
  const token = authorization?.replace(/^token /, '') ?? '';
  if (!Object.values<string>(TOKENS).includes(token)) return refuse(401, 'Bad credentials');
  const { pathname: path, searchParams } = new URL(url, 'http://github');
  const repository = /^\/repos\/([^/]+\/[^/]+)/.exec(path)?.[1];
  if (repository !== undefined && world.renamed.includes(repository)) {
    return {
      ...refuse(method === 'GET' ? 301 : 307, 'Moved Permanently'),
      headers: { location: path.replace(`repos/${repository}`, 'repositories/1296269') },
    };
  }
  if (method === 'GET' && path === `/repos/${repository}` && world.repositories.has(repository ?? '')) {
    return { status: 200, body: repositoryOf(repository ?? '', world) };
  }
  const [place = '', file = ''] = path.split(/(?<=\/secrets)\//).map((part) => part.replace(/\/$/, ''));
  const vault = world.vaults.get(place);
  if (vault === undefined) return refuse(404, 'Not Found');
  if (token === TOKENS.integration) return refuse(403, 'Resource not accessible by integration');
  if (method === 'GET' && file === 'public-key') return { status: 200, body: vault.publicKey() };
  const [name = '', list] = file.split('/').map(decodeURIComponent);
  const ofOrganization = place.startsWith('/orgs/');
  if (method === 'GET' && vault.has(name) && ofOrganization) {
    const visibility = world.shown.get(vault.slotOf(name)) ?? { visibility: 'private' };
    if (list === undefined) return { status: 200, body: { name, visibility: visibility.visibility } };
    return listRepositories(visibility.repositories ?? [], searchParams, world);
  }
  if (method !== 'PUT') return refuse(404, 'Not Found');
  if (token === TOKENS.read) return refuse(403, 'Resource not accessible by personal access token');
  if (world.archived.includes(repository ?? ''))
    return refuse(403, 'Repository was archived so is read-only.');
  if (!ofOrganization) return vault.put(name, body);

  const seen = visibilityIn(body, place.includes('/dependabot/') ? 'string' : 'number', world);
  if (typeof seen === 'string') return refuse(422, seen);
  const reply = vault.put(name, body);
  if (reply.status < 300) world.shown.set(vault.slotOf(name), seen);
  return reply;
}

/**
 * Who is to see the secret after this write, or what is wrong. Actions takes ids as integers alone and Dependabot as
 * texts; a list that is left out is an empty one.
 */
function visibilityIn(body: string, type: 'string' | 'number', world: World): Visibility | string {
  const sent = JSON.parse(body) as { visibility?: unknown; selected_repository_ids?: readonly unknown[] };
  const { visibility, selected_repository_ids: ids } = sent;
  if (visibility !== 'all' && visibility !== 'private' && visibility !== 'selected') {
    return 'Invalid request.\n\nInvalid property /visibility';
  }
  if (visibility !== 'selected') return ids === undefined ? { visibility } : 'Visibility is not selected';
  const names = [...world.repositories.keys()];
  const repositories = (ids ?? []).map((id) => {
    const name = names.find((candidate) => String(world.repositories.get(candidate)) === String(id));
    return typeof id === type ? name : undefined;
  });
  return repositories.includes(undefined)
    ? `Invalid property /selected_repository_ids: not of type \`${type}\``
    : { visibility, repositories: repositories.flatMap((name) => name ?? []).sort() };
}

function listRepositories(names: readonly string[], query: URLSearchParams, world: World): Reply {
  const [perPage, page] = [Number(query.get('per_page') ?? 30), Number(query.get('page') ?? 1)];
  const repositories = names.slice((page - 1) * perPage, page * perPage);
  return {
    status: 200,
    body: { total_count: names.length, repositories: repositories.map((name) => repositoryOf(name, world)) },
  };
}

function repositoryOf(fullName: string, { repositories }: World): Record<string, unknown> {
  return { id: repositories.get(fullName), full_name: fullName };
}

function refuse(status: number, message: string): Reply {
  return { status, body: { message, documentation_url: 'https://docs.github.com/rest' } };
}

async function readRequest(request: HttpRequest, basePath: string): Promise<SeenRequest> {
  const { method = '', url = '', headers, httpVersion } = request;
  const path = url.startsWith(basePath) ? url.slice(basePath.length) : `outside the API: ${url}`;
  return { method, path, authorization: headers.authorization, body: await text(request), httpVersion };
}

function takeFault(faults: readonly QueuedFault[], { method, path }: SeenRequest): Fault | undefined {
  const found = faults.find((queued) => {
    return queued.method === method && queued.times > 0 && path.includes(queued.path);
  });
  if (found) found.times -= 1;
  return found?.fault;
}

function cut(request: HttpRequest): void {
  if ('stream' in request) request.stream.session?.destroy();
  else request.socket.resetAndDestroy();
}

function send(response: HttpResponse, { status, headers, body }: Reply): void {
  const page = typeof body === 'string';
  response.statusCode = status;
  response.setHeader('content-type', page ? 'text/html' : 'application/json; charset=utf-8');
  for (const [name, value] of Object.entries(headers ?? {})) response.setHeader(name, value);
  response.end(page ? body : body === undefined ? '' : JSON.stringify(body));
}
