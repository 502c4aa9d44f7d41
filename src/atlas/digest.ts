import { createHash } from 'node:crypto';
import { AtlasError } from './errors.ts';

/** A Digest challenge that we can answer: https://www.rfc-editor.org/rfc/rfc7616#section-3.3 */
export interface DigestChallenge {
  readonly realm: string;
  readonly nonce: string;
  readonly opaque: string | undefined;
  readonly hash: 'sha256' | 'md5';
  /** As the server spelled it, to be sent back; undefined when it named none, which means MD5. */
  readonly algorithm: string | undefined;
  /** The credentials were right, only the nonce is too old. */
  readonly stale: boolean;
}

/** Weakest last: RFC 7616 §3.7 asks for the strongest one offered. */
const HASHES = [
  ['SHA-256', 'sha256'],
  ['MD5', 'md5'],
] as const;

/**
 * Chooses the strongest Digest challenge that we can answer: SHA-256 before MD5, with `qop=auth`.
 * `userhash` is an offer that a client may leave (RFC 7616 §3.3), and so we leave it.
 * Throws an `AtlasError` of kind `unintelligible` that says what was offered when there is none.
 */
export function chooseChallenge(challenges: readonly Challenge[]): DigestChallenge {
  const offers = challenges.filter(({ scheme }) => scheme === 'digest');
  for (const [name, hash] of HASHES) {
    for (const { parameters } of offers) {
      const realm = parameters.get('realm');
      const nonce = parameters.get('nonce');
      const algorithm = parameters.get('algorithm');
      const fits = (algorithm ?? 'MD5').toUpperCase() === name && qualities(parameters).includes('auth');
      if (!fits || realm === undefined || nonce === undefined || nonce === '') continue;
      const stale = parameters.get('stale')?.toLowerCase() === 'true';
      return { realm, nonce, opaque: parameters.get('opaque'), hash, algorithm, stale };
    }
  }
  throw new AtlasError(`${describe(challenges)}. Understood are Digest with MD5 or SHA-256 and qop=auth.`, {
    kind: 'unintelligible',
  });
}

/** What a request is signed with. `uri` is the path with its query, exactly as it is sent. */
export interface DigestInput {
  readonly username: string;
  readonly password: string;
  readonly method: string;
  readonly uri: string;
  /** How often this nonce has been used, this time included: from 1. */
  readonly count: number;
  readonly cnonce: string;
}

/**
 * The value of the `Authorization` header that answers a challenge: RFC 7616 §3.4, with `qop=auth`.
 * Pure: the same input gives the same answer.
 */
export function digestAuthorization(challenge: DigestChallenge, input: DigestInput): string {
  const hash = (text: string) => createHash(challenge.hash).update(text).digest('hex');
  const nc = input.count.toString(16).padStart(8, '0');
  const secret = hash(`${input.username}:${challenge.realm}:${input.password}`);
  const target = hash(`${input.method}:${input.uri}`);
  const response = hash([secret, challenge.nonce, nc, input.cnonce, 'auth', target].join(':'));
  const parts = [
    `username=${quoted(input.username)}`,
    `realm=${quoted(challenge.realm)}`,
    `nonce=${quoted(challenge.nonce)}`,
    `uri=${quoted(input.uri)}`,
    `response="${response}"`,
    // Unquoted on purpose: RFC 7616 §3.4 says so for these three.
    ...(challenge.algorithm === undefined ? [] : [`algorithm=${challenge.algorithm}`]),
    'qop=auth',
    `nc=${nc}`,
    `cnonce=${quoted(input.cnonce)}`,
    ...(challenge.opaque === undefined ? [] : [`opaque=${quoted(challenge.opaque)}`]),
  ];
  return `Digest ${parts.join(', ')}`;
}

function quoted(text: string): string {
  return `"${text.replace(/["\\]/g, '\\$&')}"`;
}

function qualities(parameters: ReadonlyMap<string, string>): string[] {
  return (parameters.get('qop') ?? '').split(',').map((quality) => quality.trim().toLowerCase());
}

/** What is offered, for an error. The server's own words are printed only where they are registered names. */
function describe(challenges: readonly Challenge[]): string {
  const offers = challenges.map(({ scheme, parameters }) => {
    if (scheme !== 'digest')
      return /^(?:basic|bearer|negotiate|ntlm)$/.test(scheme) ? scheme : 'something else';
    const algorithm = parameters.get('algorithm') ?? 'MD5';
    const qop = parameters.get('qop') ?? '(none)';
    const known = /^(?:MD5|SHA-256|SHA-512-256)(?:-sess)?$/i.test(algorithm)
      ? algorithm
      : 'another algorithm';
    return `digest with ${known} and qop=${/^(?:auth|auth-int|\(none\))$/.test(qop) ? qop : '(another)'}`;
  });
  const known = [...new Set(offers)];
  return known.length === 0
    ? 'No way to sign in is offered'
    : `Only ${known.join('; ')} is offered to sign in`;
}

/** One challenge of a `WWW-Authenticate` header: https://www.rfc-editor.org/rfc/rfc9110#section-11.6.1 */
export interface Challenge {
  /** Lower case: `digest`, `basic`. */
  readonly scheme: string;
  /** Names in lower case; values without quotes and escapes. */
  readonly parameters: ReadonlyMap<string, string>;
}

// RFC 9110 §5.6.2, §5.6.4 and §11.2. Sticky, and without nested choices of the same character: linear in time.
const SEPARATORS = /[ \t,]*/y;
const TOKEN = /[!#$%&'*+.^_`|~0-9A-Za-z-]+/y;
const EQUALS = /[ \t]*=[ \t]*/y;
const QUOTED = /"((?:[\t \x21\x23-\x5b\x5d-\x7e\x80-\uffff]|\\[\t \x21-\x7e\x80-\uffff])*)"/y;
const TOKEN68 = /[ \t]+[A-Za-z0-9\-._~+/]+=*(?=[ \t]*(?:,|$))/y;
const END_OF_ITEM = /[ \t]*(?=,|$)/y;

/**
 * Reads the challenges of a `WWW-Authenticate` header. Several header lines are joined with a comma before.
 * Throws an `AtlasError` of kind `unintelligible` when the text is no list of challenges, or when one names a
 * parameter twice, which RFC 9110 §11.2 forbids: two readers could then see two different challenges.
 */
export function parseChallenges(header: string): Challenge[] {
  const challenges: { scheme: string; parameters: Map<string, string> }[] = [];
  let position = 0;

  const take = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = position;
    const found = pattern.exec(header);
    if (found !== null) position = pattern.lastIndex;
    return found;
  };

  take(SEPARATORS);
  while (position < header.length) {
    const name = take(TOKEN)?.[0].toLowerCase();
    if (name === undefined) throw malformed('a name is missing');
    const current = challenges.at(-1);
    if (take(EQUALS) !== null) {
      if (current === undefined) throw malformed('a parameter stands before its scheme');
      if (current.parameters.has(name)) throw malformed('a parameter is given twice');
      current.parameters.set(name, takeValue(take));
      if (take(END_OF_ITEM) === null) throw malformed('a comma is missing');
    } else {
      challenges.push({ scheme: name, parameters: new Map() });
      // What follows a scheme is a token68 (Negotiate), the first parameter, or the next challenge.
      if (take(TOKEN68) === null && !/[ \t,]/.test(header[position] ?? ',')) {
        throw malformed('a scheme is followed by neither a blank nor a comma');
      }
    }
    take(SEPARATORS);
  }
  return challenges;
}

function takeValue(take: (pattern: RegExp) => RegExpExecArray | null): string {
  const quoted = take(QUOTED);
  if (quoted !== null) return quoted[0].slice(1, -1).replace(/\\(.)/gs, '$1');
  const token = take(TOKEN);
  if (token === null) throw malformed('a value is missing or its quotes are not closed');
  return token[0];
}

function malformed(problem: string): AtlasError {
  return new AtlasError(`The WWW-Authenticate header cannot be read: ${problem}.`, {
    kind: 'unintelligible',
  });
}
