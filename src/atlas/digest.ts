import { createHash, randomBytes } from 'node:crypto';
import { type WireAnswer, waitFor } from '../wire/wire.ts';
import { readRefusal } from './answer.ts';
import type { SignIn } from './client.ts';
import { ChallengeError } from './errors.ts';
import type { KeyPair } from './types.ts';

/** The nonce that the server gave last, for all who sign with it. */
export interface DigestSession {
  nonce?: Nonce;
  /** Settles when the call that fetches the first challenge has it, or has failed. */
  fetching?: Promise<void> | undefined;
}

/** A Digest challenge that we can answer: https://www.rfc-editor.org/rfc/rfc7616#section-3.3 */
type Nonce = ReturnType<typeof chooseChallenge>;

/** How often one call is signed anew, each time with a fresh nonce: stale ones, and servers with one-time ones. */
const MOST_SIGNINGS = 3;

const STALE = /\bstale[ \t]*=[ \t]*"?true/i;

/**
 * Signs in with an API key over HTTP Digest. The first call of a session fetches the challenge, with its own method and
 * path; calls made meanwhile wait for that one. The nonce is then used again with a rising count, and each try
 * is signed anew.
 */
export function digestSignIn(key: KeyPair, session: DigestSession): SignIn {
  return async (call, exchange, deadline) => {
    // Set to the nonce that this very call was given: refused with that one, the credentials are wrong.
    let own: Nonce | undefined;

    while (session.fetching !== undefined) await waitFor(session.fetching, deadline.signal);
    if (session.nonce === undefined) {
      const { promise, resolve } = Promise.withResolvers<void>();
      session.fetching = promise;
      try {
        const answer = await exchange(undefined);
        if (answer.status !== 401) return answer;
        own = chooseChallenge(answer.headers['www-authenticate'] ?? '');
        session.nonce = own;
      } finally {
        session.fetching = undefined;
        resolve();
      }
    }

    for (let signings = 1; ; signings++) {
      const nonce: Nonce = own ?? session.nonce;
      nonce.uses++;
      const cnonce = randomBytes(16).toString('hex');
      const answer = await exchange(digestAuthorization(nonce, key, call, cnonce));
      if (answer.status !== 401) {
        session.nonce = announced(answer, nonce) ?? session.nonce;
        return answer;
      }
      const header = answer.headers['www-authenticate'];
      // Atlas answers "not allowed" with 401, too, and signing again would only repeat the refusal. But a stale
      // nonce tells the server nothing about the caller, so then its body does not count.
      if (header === undefined || (readRefusal(answer).kind !== 'credentials' && !STALE.test(header)))
        return answer;
      const refused = own !== undefined;
      own = chooseChallenge(header);
      session.nonce = own;
      if ((refused && !own.stale) || signings === MOST_SIGNINGS) return answer;
    }
  };
}

/** The nonce that the server wants to see next: https://www.rfc-editor.org/rfc/rfc7616#section-3.5 */
function announced({ headers }: WireAnswer, used: Nonce): Nonce | undefined {
  const nonce = /(?:^|[\s,])nextnonce="([^"\\]+)"/i.exec(headers['authentication-info'] ?? '')?.[1];
  return nonce === undefined ? undefined : { ...used, nonce, uses: 0 };
}

/** Weakest last: RFC 7616 §3.7 asks for the strongest one offered. */
const HASHES = [
  ['SHA-256', 'sha256'],
  ['MD5', 'md5'],
] as const;

/**
 * Chooses the strongest Digest challenge of a `WWW-Authenticate` header that we can answer: SHA-256 before MD5, with
 * `qop=auth`. `userhash` is an offer that a client may leave (RFC 7616 §3.3), and so we leave it.
 * Throws a `ChallengeError` that says what was offered when there is none.
 */
export function chooseChallenge(header: string) {
  const challenges = parseChallenges(header);
  const offers = challenges.filter(({ scheme }) => scheme === 'digest');
  for (const [name, hash] of HASHES) {
    for (const { parameters } of offers) {
      const [realm, nonce, algorithm] = ['realm', 'nonce', 'algorithm'].map((field) => parameters.get(field));
      const qualities = (parameters.get('qop') ?? '')
        .split(',')
        .map((quality) => quality.trim().toLowerCase());
      const fits = (algorithm ?? 'MD5').toUpperCase() === name && qualities.includes('auth');
      if (!fits || realm === undefined || nonce === undefined || nonce === '') continue;
      /** The credentials were right, only the nonce is too old. */
      const stale = parameters.get('stale')?.toLowerCase() === 'true';
      return { realm, nonce, opaque: parameters.get('opaque'), hash, algorithm, stale, uses: 0 };
    }
  }
  throw new ChallengeError(
    `${describe(challenges)}. This action understands Digest with MD5 or SHA-256 and qop=auth.`,
  );
}

/** Names that are registered: no other words of the server are printed. */
const REGISTERED =
  /^(?:basic|bearer|negotiate|ntlm|digest with (?:MD5|SHA-256|SHA-512-256)(?:-sess)? and qop=(?:auth|auth-int|\(none\)))$/i;

function describe(challenges: readonly Challenge[]): string {
  if (challenges.length === 0) return 'No way to sign in is offered';
  const offers = challenges.map(({ scheme, parameters }) => {
    const { algorithm = 'MD5', qop = '(none)' } = Object.fromEntries(parameters);
    const offer = scheme === 'digest' ? `digest with ${algorithm} and qop=${qop}` : scheme;
    const other = scheme === 'digest' ? 'digest with another algorithm or qop' : 'something else';
    return REGISTERED.test(offer) ? offer : other;
  });
  return `Only ${[...new Set(offers)].join('; ')} is offered to sign in`;
}

/**
 * The value of the `Authorization` header that answers a challenge: RFC 7616 §3.4, with `qop=auth`. `uses` counts this
 * time, too; the path is signed with its query, exactly as it is sent.
 */
export function digestAuthorization(
  { hash: name, realm, nonce, opaque, algorithm, uses }: Nonce,
  { publicKey, privateKey }: KeyPair,
  { method, path }: { readonly method: string; readonly path: string },
  cnonce: string,
): string {
  const hash = (...parts: string[]) => createHash(name).update(parts.join(':')).digest('hex');
  const nc = uses.toString(16).padStart(8, '0');
  const secret = hash(publicKey, realm, privateKey);
  const response = hash(secret, nonce, nc, cnonce, 'auth', hash(method, path));
  const parts = [
    `username=${quoted(publicKey)}`,
    `realm=${quoted(realm)}`,
    `nonce=${quoted(nonce)}`,
    `uri=${quoted(path)}`,
    `response="${response}"`,
    // Unquoted on purpose: RFC 7616 §3.4 says so for these three.
    ...(algorithm === undefined ? [] : [`algorithm=${algorithm}`]),
    'qop=auth',
    `nc=${nc}`,
    `cnonce=${quoted(cnonce)}`,
    ...(opaque === undefined ? [] : [`opaque=${quoted(opaque)}`]),
  ];
  return `Digest ${parts.join(', ')}`;
}

function quoted(text: string): string {
  return `"${text.replace(/["\\]/g, '\\$&')}"`;
}

/** One challenge of a `WWW-Authenticate` header: https://www.rfc-editor.org/rfc/rfc9110#section-11.6.1 */
interface Challenge {
  /** Lower case: `digest`, `basic`. */
  readonly scheme: string;
  /** Names in lower case; values without quotes and escapes. */
  readonly parameters: Map<string, string>;
}

// RFC 9110 §5.6.2, §5.6.4 and §11.2, without nested choices of the same character: linear in time.
const TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";
const QUOTED = String.raw`"((?:[\t \x21\x23-\x5b\x5d-\x7e\x80-\uffff]|\\[\t \x21-\x7e\x80-\uffff])*)"`;
const END = String.raw`(?=[ \t]*(?:,|$))`;
const PARAMETER = String.raw`(${TOKEN})[ \t]*=[ \t]*(?:${QUOTED}|(${TOKEN}))${END}`;
// What follows a scheme is a token68 (Negotiate), the first parameter, or the next challenge.
const SCHEME = String.raw`(${TOKEN})(?:[ \t]+[A-Za-z0-9\-._~+/]+=*${END}|(?=[ \t,]|$))`;
const ITEM = new RegExp(String.raw`[ \t,]*(?:${PARAMETER}|${SCHEME})`, 'gy');

/**
 * Reads the challenges of a `WWW-Authenticate` header. Several header lines are joined with a comma before.
 * Throws a `ChallengeError` when the text is no list of challenges, or when one names a
 * parameter twice, which RFC 9110 §11.2 forbids: two readers could then see two different challenges.
 */
export function parseChallenges(header: string): Challenge[] {
  const challenges: Challenge[] = [];
  let end = 0;
  for (const found of header.matchAll(ITEM)) {
    const [item, name = '', quoted, token = '', scheme] = found;
    if (scheme !== undefined) {
      challenges.push({ scheme: scheme.toLowerCase(), parameters: new Map() });
    } else {
      const parameters = challenges.at(-1)?.parameters;
      // A parameter stands before its scheme.
      if (parameters === undefined) break;
      if (parameters.has(name.toLowerCase()))
        throw new ChallengeError('The WWW-Authenticate header cannot be read: a parameter is given twice.');
      parameters.set(name.toLowerCase(), quoted?.replace(/\\(.)/gs, '$1') ?? token);
    }
    end = found.index + item.length;
  }
  if (/[^ \t,]/.test(header.slice(end)))
    throw new ChallengeError('The WWW-Authenticate header cannot be read.');
  return challenges;
}
