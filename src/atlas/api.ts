import { randomBytes } from 'node:crypto';
import { openConnection } from '../wire/connection.ts';
import { proxyCredentials } from '../wire/proxy.ts';
import type { WireAnswer } from '../wire/wire.ts';
import { atlasCalls } from './calls.ts';
import { type Call, type CallContext, makeCall, type SignIn } from './client.ts';
import { type DigestSession, digestSession } from './digest-sign-in.ts';
import { CHECK_WAY, explainNonsense } from './explain.ts';
import * as oauth from './oauth.ts';
import { type Deadline, followServiceClock, type Machine, startDeadline } from './time.ts';
import type { Atlas, Credentials, Surface } from './types.ts';

export interface AtlasOptions {
  /** An origin: `https://cloud.mongodb.com`. */
  readonly baseUrl: string;
  readonly surface: Surface;
  readonly credentials: Credentials;
  /** The proxy to go through, as `proxyFor` decides it; undefined is a direct connection. */
  readonly proxy?: string | undefined;
  readonly deadline: Deadline;
  readonly machine: Machine;
  /** Milliseconds that one request may take; 30 seconds when left out. */
  readonly tryLimit?: number | undefined;
}

/** A connection to Atlas, and the session on it. */
export interface AtlasSession {
  readonly atlas: Atlas;
  /** The same connection and session under another deadline: the undo has its own budget. */
  within(deadline: Deadline): Atlas;
  /** Revokes the token, if one was fetched, and closes the sockets. Bounded; never throws. */
  close(): Promise<void>;
}

/** In bytes. A page of 500 keys with a role in every project stays below 1 MB; nothing we ask for is larger. */
const LARGEST_ANSWER = 2 * 1024 * 1024;

/** How long the end of a step waits for the token's revocation: it would expire by itself, within the hour. */
const REVOKE_LIMIT = 3_000;

/** Opens a session. It begins to connect at once, and asks nothing before the first call. */
export function openAtlas(options: AtlasOptions): AtlasSession {
  const { baseUrl, surface, credentials, proxy, tryLimit } = options;
  const masked = new Set<string>();
  const mask = (secret: string): void => {
    if (!masked.has(secret)) options.machine.mask(secret);
    masked.add(secret);
  };
  const machine = { ...options.machine, mask };
  for (const secret of secretsOfProxy(proxy)) mask(secret);

  const connection = openConnection({ origin: new URL(baseUrl).origin, proxy, largest: LARGEST_ANSWER });
  const serviceClock = followServiceClock(machine.clock);
  const context: CallContext = { connection, host: new URL(baseUrl).host, serviceClock, machine, tryLimit };
  const signIn = signInFor(credentials, context);

  const within = (deadline: Deadline): Atlas =>
    atlasCalls(surface, {
      ask: (call, read) => makeCall(call, read, signIn.caller, deadline, context),
      askAs: (key, call, read) => makeCall(call, read, signIn.as(key), deadline, context),
      mask,
      serviceNow: serviceClock.now,
      signInAsAccount: async (account) => {
        const tokens = tokensOf(account, context);
        const token = await tokens.fetch(deadline);
        // It would expire by itself, within the hour.
        await tokens.giveBack(token).catch(() => undefined);
      },
    });

  return {
    atlas: within(options.deadline),
    within,
    async close() {
      await signIn.end().catch(() => undefined);
      await connection.close();
    },
  };
}

interface SessionSignIn {
  readonly caller: SignIn;
  as(key: { publicKey: string; privateKey: string }): SignIn;
  end(): Promise<void>;
}

function signInFor(credentials: Credentials, context: CallContext): SessionSignIn {
  const cnonce = () => randomBytes(16).toString('hex');
  if (credentials.kind === 'apiKey') {
    const session: DigestSession = digestSession(credentials, cnonce);
    return { caller: session.signIn, as: (key) => session.as(key).signIn, end: async () => undefined };
  }

  const tokens = tokensOf(credentials, context);
  const session = oauth.tokenSession(tokens.fetch);
  return {
    caller: session.signIn,
    as: (key) => digestSession(key, cnonce).signIn,
    async end() {
      const token = session.token();
      if (token !== undefined) await tokens.giveBack(token);
    },
  };
}

/** The two calls that a service account makes for itself. */
function tokensOf(account: oauth.ServiceAccount, context: CallContext) {
  const authorization = oauth.basicAuthorization(account);
  const basic: SignIn = (_target, exchange) => exchange(authorization);
  const form = (path: string, does: string, body: string): Call => {
    return {
      method: 'POST',
      path,
      does,
      body,
      contentType: oauth.FORM,
      accept: 'application/json',
      repeat: 'always',
      createsSecret: path === oauth.TOKEN_PATH,
    };
  };
  return {
    fetch(deadline: Deadline): Promise<string> {
      const call = form(oauth.TOKEN_PATH, 'sign in as the service account', oauth.TOKEN_FORM);
      const read = (answer: WireAnswer) => {
        const token = oauth.readToken(answer);
        if (token === undefined)
          throw explainNonsense(call, `the answer holds no bearer token. ${CHECK_WAY}`);
        context.machine.mask(token);
        return token;
      };
      return makeCall(call, read, basic, deadline, context);
    },
    giveBack(token: string): Promise<void> {
      const call = form(oauth.REVOKE_PATH, 'revoke the token', oauth.revokeForm(token));
      return makeCall(
        call,
        () => undefined,
        basic,
        startDeadline(REVOKE_LIMIT, context.machine.clock),
        context,
      );
    },
  };
}

/** A proxy's password, as it stands in the URL and as it is meant. */
function secretsOfProxy(proxy: string | undefined): string[] {
  if (proxy === undefined) return [];
  return [new URL(proxy).password, proxyCredentials(proxy).password].filter((secret) => secret !== '');
}
