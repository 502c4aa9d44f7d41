import { createHash, randomBytes } from 'node:crypto';
import { expect } from 'vitest';
import { type StartOptions, startSimulator } from './server.ts';
import type { Simulator } from './simulator.ts';

/** A plain client of the simulator's own tests, with every part of a Digest in the test's hand. */

type Headers = Readonly<Record<string, string>>;

export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  // biome-ignore lint/suspicious/noExplicitAny: a test looks into whatever JSON came back
  readonly json: any;
  /** Status and code, as in `404 GROUP_NOT_FOUND`. */
  readonly verdict: string;
}

export interface Credentials {
  readonly publicKey: string;
  readonly privateKey: string;
}

export const VERSIONED = 'application/vnd.atlas.2023-01-01+json';
export const ACCOUNTS = 'application/vnd.atlas.2024-08-05+json';

/** Sends one request as it is. */
export async function exchange(
  origin: string,
  method: string,
  target: string,
  headers: Headers = {},
  body?: string,
): Promise<Reply> {
  const content = body === undefined ? {} : { body };
  const response = await fetch(origin + target, { method, headers, redirect: 'manual', ...content });
  const text = await response.text();
  const json = /^[[{]/.test(text) ? JSON.parse(text) : undefined;
  const verdict = [response.status, json?.errorCode].join(' ').trim();
  return { status: response.status, headers: Object.fromEntries(response.headers), text, json, verdict };
}

/** The fields of a challenge, and which algorithm it is for. */
export type Challenge = Readonly<Record<'nonce' | 'algorithm' | 'stale', string>> & {
  readonly opaque?: string;
};

/** Reads one challenge out of a 401. */
export function challengeOf({ headers }: Reply): Challenge {
  const text = headers['www-authenticate'] ?? '';
  const fields = [...text.matchAll(/[ ,](nonce|algorithm|stale|opaque)=("?)([^",]*)\2/g)];
  const none = { nonce: '', algorithm: '', stale: '' };
  // Of two challenges the first.
  return { ...none, ...Object.fromEntries(fields.reverse().map(([, name, , value]) => [name, value])) };
}

/** An Authorization header; `override` puts something wrong in its place. */
export function sign(
  challenge: Challenge,
  credentials: Credentials,
  request: { method: string; target: string; nc?: number },
  override: Readonly<Record<string, string | undefined>> = {},
): string {
  const hash = (text: string): string =>
    createHash(challenge.algorithm === 'SHA-256' ? 'sha256' : 'md5')
      .update(text)
      .digest('hex');
  const fields: Record<string, string | undefined> = {
    username: credentials.publicKey,
    realm: 'MMS Public API',
    nonce: challenge.nonce,
    uri: request.target,
    algorithm: challenge.algorithm,
    qop: 'auth',
    nc: (request.nc ?? 1).toString(16).padStart(8, '0'),
    cnonce: randomBytes(8).toString('hex'),
    opaque: challenge.opaque,
    ...override,
  };
  const ha1 = hash(`${fields.username}:${fields.realm}:${credentials.privateKey}`);
  const ha2 = hash(`${request.method}:${fields.uri}`);
  fields.response ??= hash(`${ha1}:${fields.nonce}:${fields.nc}:${fields.cnonce}:${fields.qop}:${ha2}`);
  const bare: ReadonlySet<string> = new Set(['algorithm', 'qop', 'nc']);
  const written = Object.entries(fields)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => (bare.has(name) ? `${name}=${value}` : `${name}="${value}"`));
  return `Digest ${written.join(', ')}`;
}

/** A caller that uses its nonce again. */
export class Caller {
  readonly #origin: string;
  readonly #credentials: Credentials;
  #challenge: Challenge | undefined;
  #nc = 0;

  constructor(simulator: Simulator, credentials: Credentials) {
    this.#origin = simulator.origin;
    this.#credentials = credentials;
  }

  /** Calls below `/api/atlas/v2` unless the path starts with `/api/`. */
  async call(method: string, path: string, body?: unknown, headers: Headers = {}): Promise<Reply> {
    const target = path.startsWith('/api/') ? path : `/api/atlas/v2${path}`;
    const text = body === undefined || typeof body === 'string' ? body : JSON.stringify(body);
    const type: Record<string, string> = text === undefined ? {} : { 'content-type': VERSIONED };
    const signed = (challenge: Challenge): Promise<Reply> => {
      this.#nc += 1;
      const authorization = sign(challenge, this.#credentials, { method, target, nc: this.#nc });
      const all = { accept: VERSIONED, ...type, ...headers, authorization };
      return exchange(this.#origin, method, target, all, text);
    };
    if (this.#challenge !== undefined) {
      const reply = await signed(this.#challenge);
      if (!('www-authenticate' in reply.headers)) return reply;
    }
    this.#challenge = challengeOf(await exchange(this.#origin, method, target));
    this.#nc = 0;
    return signed(this.#challenge);
  }
}

/** Makes calls one after the other, each of which ends as told: in `204`, or in `404 GROUP_NOT_FOUND`. */
export async function expectVerdicts(
  caller: Pick<Caller, 'call'>,
  ...calls: readonly (readonly [method: string, path: string, verdict: string, body?: unknown])[]
): Promise<void> {
  for (const [method, path, verdict, body] of calls) {
    const reply = await caller.call(method, path, body);
    expect([method, path, reply.verdict]).toEqual([method, path, verdict]);
  }
}

/** `POST` to the token or the revocation endpoint, signed in as this service account. */
export function oauth(
  { origin }: Simulator,
  path: 'token' | 'revoke',
  { clientId, clientSecret }: { readonly clientId: string; readonly clientSecret: string },
  form = 'grant_type=client_credentials',
): Promise<Reply> {
  const authorization = `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}`;
  const headers = { authorization, 'content-type': 'application/x-www-form-urlencoded' };
  return exchange(origin, 'POST', `/api/oauth/${path}`, headers, form);
}

/** A call with an access token. */
export function withToken(
  { origin }: Simulator,
  token: string,
  method: string,
  path: string,
  body?: unknown,
  type = ACCOUNTS,
): Promise<Reply> {
  const text = body === undefined ? undefined : JSON.stringify(body);
  const content = text === undefined ? {} : { 'content-type': type };
  const headers = { authorization: `Bearer ${token}`, accept: type, ...content };
  return exchange(origin, method, path.startsWith('/api/') ? path : `/api/atlas/v2${path}`, headers, text);
}

/** An Atlas with an organisation, a project, its owner's key, and callers. */
export async function furnished(options: StartOptions = {}) {
  const atlas = await startSimulator(options);
  const organization = atlas.addOrganization();
  const orgId = organization.id;
  const { id: groupId } = atlas.addProject(organization);
  const ownerKey = atlas.addKey({ orgId, desc: 'owner', roles: ['ORG_OWNER'] });
  /** A caller with a new key of these roles; names without `ORG_` are roles in the project. */
  const callerWith = (...names: string[]): Caller => {
    const roles = names.map((roleName) => (roleName.startsWith('ORG_') ? roleName : { roleName, groupId }));
    return new Caller(atlas, atlas.addKey({ orgId, desc: names.join(' '), roles }));
  };
  return {
    atlas,
    organization,
    orgId,
    groupId,
    ownerKey,
    owner: new Caller(atlas, ownerKey),
    callerWith,
    inProject: `/groups/${groupId}/apiKeys`,
    inOrg: `/orgs/${orgId}/apiKeys`,
    [Symbol.asyncDispose]: () => atlas.close(),
  };
}
