import { getOctokit } from '@actions/github';
import { Agent, type Dispatcher, fetch, ProxyAgent, type RequestInit } from 'undici';

/** One call of the REST API: a route with its parameters, as octokit takes them. */
export interface Call {
  readonly method: 'GET' | 'PUT';
  readonly path: string;
  readonly parameters: Readonly<Record<string, string>>;
}

export interface Answer {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | number | undefined>>;
  /** Parsed JSON, or text. */
  readonly data: unknown;
}

/** What became of one try: an answer of any status, or a fault on the way. */
export type Outcome =
  | { readonly kind: 'answer'; readonly answer: Answer }
  | { readonly kind: 'fault'; readonly cause: unknown };

export interface Connection {
  /** Tries once. Never throws. */
  send(call: Call, signal: AbortSignal): Promise<Outcome>;
  /** Drops the sockets, so that none of them keeps the process waiting. Never throws. */
  close(): Promise<void>;
}

export interface ConnectionOptions {
  /** GitHub's REST API. */
  readonly apiUrl: string;
  readonly token: string;
  readonly proxy?: string | undefined;
}

/**
 * A try may take longer than GitHub takes, and is short enough that one that hangs leaves time for another.
 * One connection: with more, undici opens a second one for a call that follows at once on an answer.
 */
const LIMITS = { headersTimeout: 15_000, bodyTimeout: 15_000, connections: 1 };

/** Whatever NODE_TLS_REJECT_UNAUTHORIZED says: the token and a key go this way. */
const CHECKED = { rejectUnauthorized: true };

const SILENT = { debug: ignore, info: ignore, warn: ignore, error: ignore };

/** Prepares a connection to GitHub. Nothing is sent before the first call. */
export function connect({ apiUrl, token, proxy }: ConnectionOptions): Connection {
  const dispatcher: Dispatcher =
    proxy === undefined
      ? new Agent({ ...LIMITS, connect: CHECKED })
      : new ProxyAgent({ ...LIMITS, uri: proxy, requestTls: CHECKED, proxyTls: CHECKED });
  const octokit = getOctokit(token, {
    baseUrl: apiUrl.replace(/\/+$/, ''),
    userAgent: 'atlas-project-api-key',
    log: SILENT,
    request: {
      fetch: (url: string, init: RequestInit) => fetch(url, { ...init, dispatcher }),
      // Followed by fetch itself, a redirect could carry the request to another host.
      redirect: 'manual',
      // A second logger: without it octokit writes deprecations to the console.
      log: SILENT,
    },
  });

  return {
    async send({ method, path, parameters }, signal) {
      try {
        const answer = await octokit.request(`${method} ${path}`, { ...parameters, request: { signal } });
        return { kind: 'answer', answer };
      } catch (error) {
        const answer = refusalIn(error);
        return answer === undefined ? { kind: 'fault', cause: rootOf(error) } : { kind: 'answer', answer };
      }
    },
    close: () => dispatcher.destroy().catch(ignore),
  };
}

/** Octokit throws on 4xx and 5xx; the answer is in the error. */
function refusalIn(error: unknown): Answer | undefined {
  return error instanceof Error && 'response' in error ? (error.response as Answer | undefined) : undefined;
}

/**
 * The fault below octokit's and fetch's own errors. Those are let go of on purpose: octokit's holds the
 * request, and with it the sealed secret.
 */
function rootOf(error: unknown): unknown {
  let root = error;
  while (root instanceof Error && root.cause instanceof Error) root = root.cause;
  return root instanceof Error && 'request' in root ? new Error(root.message) : root;
}

function ignore(): void {}
