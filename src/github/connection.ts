import { getOctokit } from '@actions/github';
import { Response } from 'undici';
import { isObject } from '../atlas/answer.ts';
import { isTooMuch } from '../atlas/secrets.ts';
import type { SecretStore } from '../request.ts';
import { openConnection } from '../wire/connection.ts';
import { WireFault, type WireRequest } from '../wire/wire.ts';

/** What is asked at GitHub: the secrets of a place, or a repository. */
export interface Target {
  readonly name: string;
  /** Below the address of the API. */
  readonly path: string;
  readonly permission: string;
}

/** One call of the REST API, and what it is for. */
export interface Call {
  readonly method: 'GET' | 'PUT';
  readonly target: Target;
  /** What follows the path of the target, with the query, encoded. */
  readonly below: string;
  readonly body?: Readonly<Record<string, unknown>>;
  /** The statuses that mean that it was done, where that is not 200 for a GET, and 201 or 204 for a PUT. */
  readonly expected?: readonly number[];
  /** Begins the sentence of its refusal: `Opening`. */
  readonly deed: string;
}

/** An answer of any status. */
export interface Answer {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** The JSON object; empty for anything else. */
  readonly data: Readonly<Record<string, unknown>>;
  /** What GitHub says in it; empty when it says nothing. */
  readonly message: string;
}

/** What became of one try. */
export type Outcome = Answer | WireFault;

/** In bytes. A page of repositories, the longest that is asked for, stays below half of it. */
const LARGEST_ANSWER = 1024 * 1024;

/** In milliseconds: longer than GitHub takes, and so short that a try that hangs leaves time for another. */
const TRY_LIMIT = 15_000;

/** Opens a connection to GitHub. Nothing is asked before the first call. */
export function connect({ apiUrl, githubToken }: SecretStore, proxy: string | undefined) {
  const connection = openConnection({ origin: new URL(apiUrl).origin, proxy, largest: LARGEST_ANSWER });

  /** What octokit sees as `fetch`: no redirect is followed, nothing is unpacked. */
  const exchange = async (url: string, { method, headers, body, signal }: Fetched): Promise<Response> => {
    const { pathname, search } = new URL(url);
    const limited = AbortSignal.any([signal, AbortSignal.timeout(TRY_LIMIT)]);
    const answer = await connection.exchange({ method, path: pathname + search, headers, body }, limited);
    // octokit parses whatever calls itself JSON.
    const text = isTooMuch(answer.text) ? '' : answer.text;
    return new Response(text || null, { status: answer.status, headers: answer.headers });
  };
  const octokit = getOctokit(githubToken, {
    baseUrl: apiUrl.replace(/\/+$/, ''),
    userAgent: 'atlas-project-api-key',
    // Without a logger of ours octokit writes deprecations to the console.
    request: { fetch: exchange, log: { warn() {} } },
  });

  return {
    /** Tries once. Never throws. */
    async send({ method, target, below, body }: Call, signal: AbortSignal): Promise<Outcome> {
      try {
        const route = `${method} ${target.path}${below}`;
        return answerOf(await octokit.request(route, { ...body, request: { signal } }));
      } catch (error) {
        // On 4xx and 5xx octokit throws the answer, and on a fault of `fetch` that.
        const { response, cause } = error as { readonly response?: Answered; readonly cause?: unknown };
        if (response !== undefined) return answerOf(response);
        // octokit's own error is let go of on purpose: it holds the request, and the sealed secret.
        const isFault = cause instanceof WireFault;
        const fault = isFault ? cause : new WireFault('notHttp', { sent: true, received: '', cause });
        // A connection that did not answer in time may be dead; the next try shall not wait for it.
        if (fault.reason === 'aborted' && !signal.aborted) connection.renew();
        return fault;
      }
    },
    /** Drops the sockets, so that none of them keeps the process waiting. Never throws. */
    close: () => connection.close(),
  };
}

type Answered = Awaited<ReturnType<ReturnType<typeof getOctokit>['request']>>;

function answerOf({ status, headers, data: body }: Answered): Answer {
  const data = isObject(body) ? body : {};
  const message = typeof data.message === 'string' ? data.message : '';
  return { status, headers: headers as Answer['headers'], data, message };
}

/** What octokit hands to `fetch`. */
type Fetched = Omit<WireRequest, 'path'> & { readonly signal: AbortSignal };
