import { getOctokit } from '@actions/github';
import { Response } from 'undici';
import { openConnection } from '../wire/connection.ts';
import { WireFault } from '../wire/wire.ts';

/** One call of the REST API: a route with its parameters, as octokit takes them. */
export interface Call {
  readonly method: 'GET' | 'PUT';
  readonly path: string;
  readonly parameters: Readonly<Record<string, string | number | readonly (string | number)[]>>;
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
  | { readonly kind: 'fault'; readonly fault: WireFault };

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

/** In bytes. A page of repositories, the longest that is asked for, stays below half of it. */
const LARGEST_ANSWER = 1024 * 1024;

/** In milliseconds: longer than GitHub takes, and so short that a try that hangs leaves time for another. */
const TRY_LIMIT = 15_000;

const SILENT = { debug: ignore, info: ignore, warn: ignore, error: ignore };

/** Opens a connection to GitHub. Nothing is asked before the first call. */
export function connect({ apiUrl, token, proxy }: ConnectionOptions): Connection {
  const connection = openConnection({ origin: new URL(apiUrl).origin, proxy, largest: LARGEST_ANSWER });

  /** What octokit sees as `fetch`: no redirect is followed, nothing is unpacked. */
  const exchange = async (url: string, { method, headers, body, signal }: Fetched): Promise<Response> => {
    const { pathname, search } = new URL(url);
    const limited = AbortSignal.any([signal, AbortSignal.timeout(TRY_LIMIT)]);
    const request = { method, path: pathname + search, headers, body };
    const answer = await connection.exchange(request, limited);
    return new Response(answer.text || null, { status: answer.status, headers: answer.headers });
  };
  const octokit = getOctokit(token, {
    baseUrl: apiUrl.replace(/\/+$/, ''),
    userAgent: 'atlas-project-api-key',
    log: SILENT,
    // A second logger: without it octokit writes deprecations to the console.
    request: { fetch: exchange, log: SILENT },
  });

  return {
    async send({ method, path, parameters }, signal) {
      try {
        const answer = await octokit.request(`${method} ${path}`, { ...parameters, request: { signal } });
        return { kind: 'answer', answer };
      } catch (error) {
        const { response, cause } = error as Thrown;
        if (response !== undefined) return { kind: 'answer', answer: response };
        const fault = faultOf(cause);
        // A connection that did not answer in time may be dead; the next try shall not wait for it.
        if (fault.reason === 'aborted' && !signal.aborted) connection.renew();
        return { kind: 'fault', fault };
      }
    },
    close: () => connection.close(),
  };
}

/** What octokit hands to `fetch`. */
interface Fetched {
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly signal: AbortSignal;
}

/** What octokit throws on 4xx and 5xx, with the answer, and on a fault of `fetch`. */
interface Thrown {
  readonly response?: Answer;
  readonly cause?: unknown;
}

/** The fault below octokit's own error. That is let go of on purpose: it holds the request, and the sealed secret. */
function faultOf(cause: unknown): WireFault {
  return cause instanceof WireFault ? cause : new WireFault('notHttp', { sent: true, received: '', cause });
}

function ignore(): void {}
