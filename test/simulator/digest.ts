import { createHash, randomBytes } from 'node:crypto';
import type { StoredKey } from './members.ts';
import type { Clock, DigestAlgorithm, Settings } from './settings.ts';

/** HTTP Digest (RFC 7616) as the service speaks it, strict about everything a client can get wrong. */

const REALM = 'MMS Public API';

/** Nonces kept so that an expired one can be told from an invented one. */
const NONCES_KEPT = 20_000;

/** What came of an `Authorization: Digest` header. */
export type Verdict =
  | { readonly kind: 'signedIn'; readonly key: StoredKey }
  /**
   * `stale`: the credentials are right, the nonce is used up: sign again with the new one. `replayed`: the same nonce and
   * nc once more: a copied request.
   */
  | { readonly kind: 'stale' | 'replayed' }
  | { readonly kind: 'refused'; readonly why: string };

interface Nonce {
  readonly issuedAt: number;
  readonly opaque: string | undefined;
  readonly used: Set<number>;
  highest: number;
}

/** Issues challenges and judges the answers to them. */
export class DigestAuthority {
  readonly #clock: Clock;
  readonly #settings: Settings;
  readonly #nonces = new Map<string, Nonce>();

  constructor(clock: Clock, settings: Settings) {
    this.#clock = clock;
    this.#settings = settings;
  }

  /** A fresh nonce as `WWW-Authenticate` values, one for each algorithm offered. */
  challenge(stale: boolean): string[] {
    const { algorithms, opaque: withOpaque, staleQuoted } = this.#settings.digest;
    const nonce = randomBytes(24).toString('base64');
    const opaque = withOpaque ? randomBytes(12).toString('hex') : undefined;
    this.#nonces.set(nonce, { issuedAt: this.#clock.now(), opaque, used: new Set(), highest: 0 });
    const [oldest] = this.#nonces.keys();
    if (this.#nonces.size > NONCES_KEPT && oldest !== undefined) this.#nonces.delete(oldest);
    const flag = staleQuoted ? `"${stale}"` : `${stale}`;
    const suffix = opaque === undefined ? '' : `, opaque="${opaque}"`;
    return algorithms.map(
      (algorithm) =>
        `Digest realm="${REALM}", domain="", nonce="${nonce}", algorithm=${algorithm}, qop="auth", stale=${flag}${suffix}`,
    );
  }

  /** Judges one header against the request it came with. `keyOf` knows the keys that may sign in. */
  verify(
    header: string,
    request: { method: string; target: string },
    keyOf: (publicKey: string) => StoredKey | undefined,
  ): Verdict {
    const parsed = parseDigest(header);
    if (typeof parsed === 'string') return { kind: 'refused', why: parsed };
    const field = (name: string): string => parsed.get(name) ?? '';
    const algorithm = this.#settings.digest.algorithms.find(
      (offered) => offered === (parsed.get('algorithm') ?? 'MD5'),
    );
    const refused = (why: string): Verdict => ({ kind: 'refused', why });

    if (algorithm === undefined) return refused(`algorithm ${field('algorithm')} was not offered`);
    if (field('realm') !== REALM) return refused('another realm');
    if (field('qop') !== 'auth') return refused('qop is not auth');
    if (field('cnonce') === '') return refused('no cnonce');
    if (!/^[0-9a-f]{8}$/.test(field('nc'))) return refused('nc is not eight hex digits');
    if (field('uri') !== request.target) return refused('uri is not the request target');
    const nonce = this.#nonces.get(field('nonce'));
    if (nonce === undefined) return refused('a nonce nobody issued');
    if (nonce.opaque !== undefined && field('opaque') !== nonce.opaque) return refused('opaque not echoed');
    const key = keyOf(field('username'));
    if (key === undefined) return refused('unknown key');
    if (field('response') !== digestResponse(algorithm, parsed, request.method, key.privateKey))
      return refused('wrong response');
    const kind = this.#count(nonce, Number.parseInt(field('nc'), 16));
    return kind === 'signedIn' ? { kind, key } : { kind };
  }

  #count(nonce: Nonce, nc: number): 'replayed' | 'stale' | 'signedIn' {
    const { nonceLifetimeMs, oneTimeNonces, nonceCount } = this.#settings.digest;
    // A repeated nc comes first: a copied request must never look like a merely stale one.
    if (nonce.used.has(nc)) return 'replayed';
    const expired = this.#clock.now() - nonce.issuedAt >= nonceLifetimeMs;
    const usedUp = oneTimeNonces && nonce.used.size > 0;
    const tooLow = nc === 0 || (nonceCount === 'rising' && nc < nonce.highest);
    if (expired || usedUp || tooLow) return 'stale';
    nonce.used.add(nc);
    nonce.highest = Math.max(nonce.highest, nc);
    return 'signedIn';
  }
}

/** The response value RFC 7616 §3.4.1 asks for, with qop=auth. */
function digestResponse(
  algorithm: DigestAlgorithm,
  fields: ReadonlyMap<string, string>,
  method: string,
  secret: string,
): string {
  const hash = (text: string): string =>
    createHash(algorithm === 'MD5' ? 'md5' : 'sha256')
      .update(text)
      .digest('hex');
  const field = (name: string): string => fields.get(name) ?? '';
  const ha1 = hash(`${field('username')}:${REALM}:${secret}`);
  const ha2 = hash(`${method}:${field('uri')}`);
  return hash(`${ha1}:${field('nonce')}:${field('nc')}:${field('cnonce')}:auth:${ha2}`);
}

const PARAMETER = /\s*([a-zA-Z]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s",]+))\s*(,|$)/y;

/** The parameters, or why the header cannot be read. */
function parseDigest(header: string): Map<string, string> | string {
  const fields = new Map<string, string>();
  const text = header.replace(/^Digest\s+/i, '');
  PARAMETER.lastIndex = 0;
  while (PARAMETER.lastIndex < text.length) {
    const match = PARAMETER.exec(text);
    if (match === null) return 'malformed parameters';
    const name = (match[1] ?? '').toLowerCase();
    if (fields.has(name)) return `${name} twice`;
    // RFC 7616 §3.4: nc must not be quoted; clients in the wild do quote qop and algorithm.
    if (name === 'nc' && match[2] !== undefined) return 'nc is quoted';
    fields.set(name, match[2]?.replaceAll(/\\(.)/g, '$1') ?? match[3] ?? '');
  }
  return fields;
}
