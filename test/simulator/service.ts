import { covers } from './access-list.ts';
import { type Answer, type Form, failure, success, unauthenticated } from './answer.ts';
import { DigestAuthority } from './digest.ts';
import { Refusal } from './errors.ts';
import type { RequestRecord } from './history.ts';
import type { Member } from './members.ts';
import { oauthError, TokenAuthority } from './oauth.ts';
import { bucketOf, type Surface } from './operation.ts';
import type { Organizations } from './organization.ts';
import { readFlag } from './paging.ts';
import { RateLimits } from './rate-limit.ts';
import { type Need, satisfies } from './roles.ts';
import type { Route } from './router.ts';
import type { Clock, Settings } from './settings.ts';

export interface Arrival {
  readonly method: string;
  readonly target: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
  /** The address of the other end of the connection. */
  readonly peer: string;
  readonly record: RequestRecord;
}

/** Let in, with what is known by then; or answered at the door. */
export type Admission = { readonly caller: Member } | { readonly answer: Answer };

/** What the service does with a request, free of any transport. */
export class Service {
  readonly #clock: Clock;
  readonly #settings: Settings;
  readonly #organizations: Organizations;
  readonly #digest: DigestAuthority;
  readonly #limits: RateLimits;
  readonly tokens: TokenAuthority;
  /** Links start here. Known once the server listens. */
  origin = '';

  constructor(clock: Clock, settings: Settings, organizations: Organizations) {
    this.#clock = clock;
    this.#settings = settings;
    this.#organizations = organizations;
    this.#digest = new DigestAuthority(clock, settings);
    this.#limits = new RateLimits(clock, settings);
    this.tokens = new TokenAuthority(clock, settings, organizations);
  }

  /** Signs the caller in: a key by Digest, a service account by Bearer, or by Basic for its token. */
  admit(arrival: Arrival, to: Route): Admission {
    const authorization = one(arrival.headers.authorization);
    if (to.kind === 'oauth') {
      const account = this.tokens.client(authorization)?.account;
      if (account !== undefined) return signedIn(arrival, account);
      arrival.record.signIn = 'refused';
      return { answer: oauthError(401, 'invalid_client', 'wrong client credentials') };
    }
    if (authorization === undefined) return this.#challenge(arrival, 'challenged');
    if (/^Bearer /i.test(authorization)) {
      const account = this.tokens.bearer(authorization.slice(7));
      return account === undefined ? this.#challenge(arrival, 'refused') : signedIn(arrival, account);
    }
    if (!/^Digest /i.test(authorization)) return this.#challenge(arrival, 'refused');
    const { keys } = this.#organizations;
    const verdict = this.#digest.verify(authorization, arrival, (publicKey) => {
      const key = keys.byPublicKey(publicKey);
      return key !== undefined && key.usableAt <= this.#clock.now() ? key : undefined;
    });
    if (verdict.kind === 'refused') arrival.record.refusal = verdict.why;
    if (verdict.kind !== 'signedIn') return this.#challenge(arrival, verdict.kind);
    const { key } = verdict;
    keys.note(key, { kind: 'signedIn' }, { ordinal: arrival.record.ordinal, caller: key.id });
    return signedIn(arrival, key);
  }

  #challenge(arrival: Arrival, signIn: RequestRecord['signIn']): Admission {
    arrival.record.signIn = signIn;
    const challenge = this.#digest.challenge(signIn === 'stale');
    return { answer: unauthenticated(challenge, arrival, this.#settings) };
  }

  /** Carries the request out. All of it in one step: nobody sees it half done. */
  perform(arrival: Arrival, to: Route, caller: Member): Answer {
    if (to.kind === 'oauth') return this.#performOAuth(arrival, to.name, caller);
    let form: Pick<Form, 'java' | 'rateLimit'> = {};
    try {
      const callerAddress = this.#addressOf(arrival);
      this.#checkAddress(caller, callerAddress);
      const [path = '', ...query] = arrival.target.split('?');
      if (to.kind === 'unknown') throw new Refusal('RESOURCE_NOT_FOUND', [path]);
      const { surface } = to;
      const version = to.kind === 'operation' ? to.operation.version : undefined;
      const contentType = negotiate(surface, one(arrival.headers.accept), version);
      if (to.kind === 'methodNotAllowed') throw new Refusal('METHOD_NOT_ALLOWED', [arrival.method]);
      const { operation, params } = to;
      const { java, method, need } = operation;
      form = { java };
      checkParams(params, path);
      const { groupId } = params;
      const orgId = this.#organizationOf(params) ?? caller.orgId;
      const bucket = bucketOf(operation);
      if (bucket !== undefined) form = { java, rateLimit: this.#limits.take(bucket, groupId ?? orgId) };
      checkRoles(need, caller, orgId, groupId);
      const asked = new URLSearchParams(query.join('?'));
      const pretty = readFlag(asked, 'pretty', false);
      const takesBody = method === 'POST' || method === 'PATCH';
      const { status, body } = operation.run({
        surface,
        root: `${this.origin}/api/${surface}`,
        params,
        query: asked,
        body: takesBody ? readJson(arrival, surface, version) : undefined,
        caller,
        callerAddress,
        cause: { ordinal: arrival.record.ordinal, caller: caller.id },
        orgId,
        groupId,
        organizations: this.#organizations,
        settings: this.#settings,
        clock: this.#clock,
      });
      return success(status, body, { pretty, contentType, ...form });
    } catch (error) {
      if (error instanceof Refusal) return failure(error, this.#settings, form);
      throw error;
    }
  }

  #addressOf(arrival: Arrival): string {
    return this.#settings.callerAddress ?? arrival.peer;
  }

  /** That of the project or the organisation in the path, which must be there. */
  #organizationOf({ groupId, orgId }: Readonly<Record<string, string>>): string | undefined {
    const { projects, organizations } = this.#organizations;
    const project = groupId === undefined ? undefined : projects.get(groupId);
    if (groupId !== undefined && project === undefined) throw new Refusal('GROUP_NOT_FOUND', [groupId]);
    if (orgId !== undefined && !organizations.has(orgId)) throw new Refusal('ORG_NOT_FOUND', [orgId]);
    return project?.orgId ?? orgId;
  }

  #checkAddress({ accessList, orgId }: Member, address: string): void {
    if (accessList.length === 0) {
      const required = this.#organizations.organizations.get(orgId)?.requireAccessList ?? false;
      if (required) throw new Refusal('ORG_REQUIRES_ACCESS_LIST');
      return;
    }
    const entry = accessList.find((one) => covers(one, address));
    if (entry === undefined) throw new Refusal('IP_ADDRESS_NOT_ON_ACCESS_LIST', [address]);
    entry.count += 1;
    entry.lastUsedAt = this.#clock.now();
    entry.lastUsedAddress = address;
  }

  #performOAuth(arrival: Arrival, operation: 'createToken' | 'revokeToken', caller: Member): Answer {
    const form = new URLSearchParams(arrival.body);
    const client = this.tokens.client(one(arrival.headers.authorization));
    // Its secret may have been deleted since it was let in.
    if (client === undefined) return oauthError(401, 'invalid_client', 'wrong client credentials');
    if (!isForm(one(arrival.headers['content-type'])))
      return oauthError(400, 'invalid_request', 'not a form');
    if (operation === 'revokeToken') return this.tokens.revoke(client.account, form);
    const cause = { ordinal: arrival.record.ordinal, caller: caller.id };
    return this.tokens.issue(client, form, this.#addressOf(arrival), cause);
  }
}

function signedIn({ record }: Arrival, caller: Member): Admission {
  record.signIn = 'signedIn';
  return { caller };
}

/** A header that may come once only. */
function one(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value.join(', ') : value;
}

const PATTERNS: Readonly<Record<string, RegExp>> = {
  ipAddress: /^[0-9a-f:.]+(\/\d{1,3})?$/,
  clientId: /^mdb_sa_id_[a-fA-F\d]{24}$/,
  secretId: /^.+$/,
};

function checkParams(params: Readonly<Record<string, string>>, path: string): void {
  for (const [name, value] of Object.entries(params)) {
    const fits = (PATTERNS[name] ?? /^[a-f0-9]{24}$/).test(value);
    if (!fits) throw new Refusal('PATH_PARAM_PARSE_ERROR', [path]);
  }
}

/** 401 with its own code, and no challenge: signing in again would not help. */
function checkRoles(need: Need, caller: Member, orgId: string, groupId: string | undefined): void {
  if (satisfies(caller, need, orgId, groupId)) return;
  const inProject = groupId !== undefined;
  const place = [groupId ?? orgId];
  if (!satisfies(caller, inProject ? 'projectRead' : 'orgMember', orgId, groupId))
    throw new Refusal(inProject ? 'NOT_IN_GROUP' : 'USER_CANNOT_ACCESS_ORG', place);
  if (need === 'projectAccess') throw new Refusal('NOT_GROUP_USER_ADMIN', place);
  throw new Refusal(need === 'orgOwner' && !inProject ? 'NOT_ORG_OWNER' : 'USER_UNAUTHORIZED', place);
}

function readJson(arrival: Arrival, surface: Surface, version: string | undefined): unknown {
  checkContentType(surface, one(arrival.headers['content-type']), version);
  try {
    return JSON.parse(arrival.body);
  } catch {
    throw new Refusal('INVALID_JSON');
  }
}

// Versioned media types: `application/vnd.atlas.2023-01-01+json`.

const FIRST_VERSION = '2023-01-01';
const VERSIONED = /^application\/vnd\.atlas\.(\d{4}-\d{2}-\d{2})\+json$/;

/**
 * The content type a successful answer carries; refuses an Accept without a version the resource has. That a resource
 * younger than the version asked for is refused in the same way is a guess.
 */
function negotiate(surface: Surface, accept: string | undefined, version: string = FIRST_VERSION): string {
  if (surface === 'private') return 'application/json';
  if (surface !== 'atlas/v2') return 'application/json;charset=utf-8';
  const dates = (accept ?? '').split(',').flatMap((range) => versionOf(range) ?? []);
  // A later date is answered with the newest version that is not later: each resource here has only one.
  if (!dates.some((date) => date >= version)) throw new Refusal('INVALID_VERSION_DATE');
  return `application/vnd.atlas.${version}+json;charset=utf-8`;
}

/** Refuses a body of another type. Plain JSON is taken everywhere, the versioned one only by v2. */
function checkContentType(
  surface: Surface,
  contentType: string | undefined,
  version: string = FIRST_VERSION,
): void {
  const type = mediaType(contentType ?? '');
  const sent = surface === 'atlas/v2' ? versionOf(type) : undefined;
  const fits = type === 'application/json' || (sent !== undefined && sent >= version);
  if (!fits) throw new Refusal('UNSUPPORTED_MEDIA_TYPE', [contentType ?? '']);
}

/** Whether this is a form, as OAuth sends it. */
function isForm(contentType: string | undefined): boolean {
  return mediaType(contentType ?? '') === 'application/x-www-form-urlencoded';
}

function mediaType(text: string): string {
  return (text.split(';')[0] ?? '').trim().toLowerCase();
}

function versionOf(range: string): string | undefined {
  const date = VERSIONED.exec(mediaType(range))?.[1];
  if (date === undefined) return undefined;
  const parsed = new Date(`${date}T00:00:00Z`);
  const real = !Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(date);
  return real ? date : undefined;
}
