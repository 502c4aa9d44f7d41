import { createHash } from 'node:crypto';
import type { Challenge } from './challenge.ts';
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
