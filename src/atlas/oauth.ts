import type { WireAnswer } from '../wire/wire.ts';
import { isRefusalOfKnownCaller, parseObject } from './answer.ts';
import type { SignIn } from './client.ts';
import { isAtlasError } from './errors.ts';
import { type Deadline, waitFor } from './time.ts';

export interface ServiceAccount {
  readonly clientId: string;
  readonly clientSecret: string;
}

export const TOKEN_PATH = '/api/oauth/token';
export const REVOKE_PATH = '/api/oauth/revoke';
export const FORM = 'application/x-www-form-urlencoded';

/** The body of the token request: https://www.rfc-editor.org/rfc/rfc6749#section-4.4.2 */
export const TOKEN_FORM = 'grant_type=client_credentials';

/** The body of the request that ends a token: https://www.rfc-editor.org/rfc/rfc7009#section-2.1 */
export function revokeForm(token: string): string {
  return `token=${encodeURIComponent(token)}&token_type_hint=access_token`;
}

/**
 * The `Authorization` of a service account's own two calls. RFC 6749 §2.3.1 asks to percent-encode both halves
 * first; Atlas's ids and secrets (`mdb_sa_id_…`) hold nothing that this would change, and Atlas does not decode.
 */
export function basicAuthorization({ clientId, clientSecret }: ServiceAccount): string {
  return `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}`;
}

/** The token of an answer to the token request, or undefined when there is none that a header can carry. */
export function readToken(answer: WireAnswer): string | undefined {
  const body = parseObject(answer.text);
  const token = body?.access_token;
  const bearer = typeof body?.token_type === 'string' && body.token_type.toLowerCase() === 'bearer';
  // RFC 6750 §2.1: the characters of a bearer token.
  return bearer && typeof token === 'string' && /^[A-Za-z0-9\-._~+/]+=*$/.test(token) ? token : undefined;
}

export interface TokenSession {
  readonly signIn: SignIn;
  /** The token that is to be revoked at the end, or undefined when none was fetched. */
  token(): string | undefined;
}

/**
 * Signs in as a service account. The token is fetched once, when it is first needed, and shared by all calls
 * of the process: Atlas gives fifty new ones a minute, and a hundred may be alive. One that was accepted before and is refused now has
 * expired and is replaced; one that never was accepted is not, because the next would fare no better.
 */
export function tokenSession(fetchToken: (deadline: Deadline) => Promise<string>): TokenSession {
  let fetching: Promise<string> | undefined;
  let token: string | undefined;
  const accepted = new Set<string>();

  const currentToken = async (deadline: Deadline): Promise<string> => {
    while (token === undefined) {
      const mine = fetching === undefined;
      fetching ??= fetchToken(deadline).finally(() => {
        fetching = undefined;
      });
      try {
        token = await waitFor(fetching, deadline.signal);
      } catch (error) {
        // Another call was fetching the token, and only that call ran out of time.
        if (mine || deadline.signal.aborted || !isAtlasError(error, 'timeout', 'cancelled')) throw error;
      }
    }
    return token;
  };

  const signIn: SignIn = async ({ deadline }, exchange) => {
    for (let renewals = 0; ; renewals++) {
      const used = await currentToken(deadline);
      const answer = await exchange(`Bearer ${used}`);
      if (answer.status !== 401) {
        accepted.add(used);
        return answer;
      }
      if (isRefusalOfKnownCaller(answer) || !accepted.has(used) || renewals === 1) return answer;
      // Several calls may see the same expiry; only the first of them drops the token.
      if (token === used) token = undefined;
    }
  };

  return { signIn, token: () => token };
}
