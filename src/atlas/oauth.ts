import { type WireAnswer, waitFor } from '../wire/wire.ts';
import { parseObject, readRefusal } from './answer.ts';
import { type CallContext, makeCall, type SignIn } from './client.ts';
import { isAtlasError } from './errors.ts';
import { type Deadline, startDeadline } from './time.ts';

export interface ServiceAccount {
  readonly clientId: string;
  readonly clientSecret: string;
}

/** In milliseconds, for a revocation: the token would expire by itself, within the hour. */
const REVOKE_LIMIT = 3_000;

/**
 * The two calls that a service account makes for itself. RFC 6749 §2.3.1 asks to percent-encode both halves of its
 * credentials first; Atlas's ids and secrets hold nothing that this would change, and Atlas does not decode.
 */
export function tokensOf({ clientId, clientSecret }: ServiceAccount, context: CallContext) {
  const { machine } = context;
  const credentials = Buffer.from(`${clientId}:${clientSecret}`).toString('base64');
  const basic: SignIn = (_call, exchange) => exchange(`Basic ${credentials}`);
  const [contentType, accept] = ['application/x-www-form-urlencoded', 'application/json'];
  const form = { method: 'POST', contentType, accept };
  return {
    /** https://www.rfc-editor.org/rfc/rfc6749#section-4.4.2 */
    async fetch(deadline: Deadline): Promise<string> {
      const does = 'sign in as the service account';
      const body = 'grant_type=client_credentials';
      const call = { ...form, path: '/api/oauth/token', does, body, showsSecret: true };
      const token = await makeCall(call, readToken, basic, deadline, context);
      machine.mask(token);
      return token;
    },
    /** https://www.rfc-editor.org/rfc/rfc7009#section-2.1 */
    async revoke(token: string): Promise<void> {
      const body = `token=${encodeURIComponent(token)}&token_type_hint=access_token`;
      const call = { ...form, path: '/api/oauth/revoke', does: 'revoke the token', body };
      await makeCall(call, () => true, basic, startDeadline(REVOKE_LIMIT, machine.clock), context);
    },
  };
}

/** The token of an answer to the token request, or undefined when there is none that a header can carry. */
export function readToken(answer: WireAnswer): string | undefined {
  const { access_token: token, token_type: type } = parseObject(answer.text) ?? {};
  const bearer = typeof type === 'string' && type.toLowerCase() === 'bearer';
  // RFC 6750 §2.1: the characters of a bearer token.
  return bearer && typeof token === 'string' && /^[A-Za-z0-9\-._~+/]+=*$/.test(token) ? token : undefined;
}

/**
 * Signs in as a service account. The token is fetched once, when it is first needed, and shared by all calls
 * of the process: Atlas gives fifty new ones a minute, and a hundred may be alive. One that was accepted before and is
 * refused now has expired and is replaced; one that never was accepted is not, because the next would fare no better.
 * `end` revokes the token, if one was fetched.
 */
export function tokenSession(tokens: ReturnType<typeof tokensOf>) {
  let fetching: Promise<string> | undefined;
  let token: string | undefined;
  const accepted = new Set<string>();

  const currentToken = async (deadline: Deadline): Promise<string> => {
    while (token === undefined) {
      const mine = fetching === undefined;
      fetching ??= tokens.fetch(deadline).finally(() => {
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

  const signIn: SignIn = async (_call, exchange, deadline) => {
    for (let renewals = 0; ; renewals++) {
      const used = await currentToken(deadline);
      const answer = await exchange(`Bearer ${used}`);
      if (answer.status !== 401) {
        accepted.add(used);
        return answer;
      }
      // Any other 401 says: I know you, but no.
      const isRefused = readRefusal(answer).kind === 'credentials';
      if (!isRefused || !accepted.has(used) || renewals === 1) return answer;
      // Several calls may see the same expiry; only the first of them drops the token.
      if (token === used) token = undefined;
    }
  };

  const end = async () => {
    const last = token;
    token = undefined;
    if (last !== undefined) await tokens.revoke(last);
  };
  return { signIn, end };
}
