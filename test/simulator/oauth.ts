import { randomBytes } from 'node:crypto';
import { type Answer, success } from './answer.ts';
import type { Cause } from './history.ts';
import type { AccountSecret, ServiceAccount } from './members.ts';
import type { Organizations } from './organization.ts';
import type { Clock, Settings } from './settings.ts';

/** OAuth 2.0 client credentials (RFC 6749 §4.4) and revocation (RFC 7009). */

const TOKEN_PATH = '/api/oauth/token';

/** Of one account, from wherever they were asked for. */
const ALIVE_AT_MOST = 100;
const TOO_MANY_ALIVE =
  'Access Token limit reached. Please use the existing Access Tokens or create a new Service Account.';

export interface Client {
  readonly account: ServiceAccount;
  readonly secret: AccountSecret;
}

type Token = Client & { readonly expiresAt: number };

/** Issues, knows and revokes access tokens. */
export class TokenAuthority {
  readonly #clock: Clock;
  readonly #settings: Settings;
  readonly #organizations: Organizations;
  readonly #tokens = new Map<string, Token>();
  /** When each account was given its recent tokens, by account and address. */
  readonly #issued = new Map<string, number[]>();

  constructor(clock: Clock, settings: Settings, organizations: Organizations) {
    this.#clock = clock;
    this.#settings = settings;
    this.#organizations = organizations;
  }

  /** The account this token stands for, while it lives. */
  bearer(token: string): ServiceAccount | undefined {
    const found = this.#tokens.get(token);
    return found !== undefined && this.#isAlive(found) ? found.account : undefined;
  }

  /** A token dies with the deletion of its secret; whether with its end as well is not documented. */
  #isAlive({ account, secret, expiresAt }: Token): boolean {
    const lives = account.deletedAt === undefined && account.secrets.includes(secret);
    return lives && expiresAt > this.#clock.now();
  }

  /** How many tokens of this account live. */
  liveTokens(clientId: string): number {
    const tokens = [...this.#tokens.values()];
    return tokens.filter((token) => token.account.id === clientId && this.#isAlive(token)).length;
  }

  /** `Authorization: Basic`, compared byte by byte: the service does not percent-decode. */
  client(authorization: string | undefined): Client | undefined {
    const encoded = /^Basic ([A-Za-z0-9+/]+={0,2})$/.exec(authorization ?? '')?.[1];
    if (encoded === undefined) return undefined;
    const text = Buffer.from(encoded, 'base64').toString('utf8');
    const colon = text.indexOf(':');
    const account = this.#organizations.serviceAccounts.get(text.slice(0, colon));
    const now = this.#clock.now();
    const secret = account?.secrets.find(
      ({ value, expiresAt, usableAt }) =>
        value === text.slice(colon + 1) && usableAt <= now && expiresAt > now,
    );
    return account === undefined || secret === undefined ? undefined : { account, secret };
  }

  /** `POST /api/oauth/token`, asked for from this address. */
  issue({ account, secret }: Client, form: URLSearchParams, address: string, cause: Cause): Answer {
    if (form.get('grant_type') === null) return oauthError(400, 'invalid_request', 'grant_type is missing');
    if (form.get('grant_type') !== 'client_credentials') return oauthError(400, 'unsupported_grant_type');
    const { lifetimeMs, newPerMinute } = this.#settings.tokens;
    const now = this.#clock.now();
    const asker = `${account.id} ${address}`;
    const recent = (this.#issued.get(asker) ?? []).filter((at) => at > now - 60_000);
    if (recent.length >= newPerMinute) return tooMany(newPerMinute);
    if (this.liveTokens(account.id) >= ALIVE_AT_MOST) return oauthError(403, 'access_denied', TOO_MANY_ALIVE);
    // Opaque to its bearer, though it looks like a JWT.
    const token = [36, 180, 64].map((bytes) => randomBytes(bytes).toString('base64url')).join('.');
    this.#tokens.set(token, { account, secret, expiresAt: now + lifetimeMs });
    secret.lastUsedAt = now;
    this.#organizations.serviceAccounts.note(account, { kind: 'tokenIssued', secretId: secret.id }, cause);
    this.#issued.set(asker, [...recent, now]);
    const body = { access_token: token, expires_in: Math.floor(lifetimeMs / 1000), token_type: 'Bearer' };
    return answerWith(200, body, { 'cache-control': 'no-store', pragma: 'no-cache' });
  }

  /** `POST /api/oauth/revoke`: 200 also for a token nobody knows, as RFC 7009 §2.2 asks. */
  revoke(account: ServiceAccount, form: URLSearchParams): Answer {
    const token = form.get('token');
    if (token === null || token === '') return oauthError(400, 'invalid_request', 'token is missing');
    if (this.#tokens.get(token)?.account === account) this.#tokens.delete(token);
    return answerWith(200, undefined);
  }
}

/** Not an OAuth error but one of the Administration API's, its parameters numbers; nobody has seen a `Retry-After`. */
function tooMany(newPerMinute: number): Answer {
  const body = {
    detail: `Resource ${TOKEN_PATH} is limited to ${newPerMinute} requests every 1 minutes.`,
    error: 429,
    errorCode: 'RATE_LIMITED',
    parameters: [TOKEN_PATH, newPerMinute, 1],
    reason: 'Too Many Requests',
  };
  return answerWith(429, body);
}

/** An error as RFC 6749 §5.2 shapes it. */
export function oauthError(status: number, error: string, description?: string): Answer {
  const body = description === undefined ? { error } : { error, error_description: description };
  return answerWith(status, body, status === 401 ? { 'www-authenticate': 'Basic realm="oauth"' } : {});
}

function answerWith(status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): Answer {
  const answer = success(status, body, { contentType: 'application/json' });
  return { ...answer, headers: { ...answer.headers, ...headers } };
}
