import { entryFor } from './access-list.ts';
import { type Answer, failure, success, unauthenticated } from './answer.ts';
import type { Clock } from './clock.ts';
import { DigestAuthority } from './digest.ts';
import { type ErrorCode, Refusal } from './errors.ts';
import type { RequestRecord } from './history.ts';
import { checkContentType, isForm, negotiate } from './media-type.ts';
import { type OAuthAnswer, oauthError, TokenAuthority } from './oauth.ts';
import type { Call, Caller, Operation, Result, Surface } from './operation.ts';
import type { Organization, Organizations, Project } from './organization.ts';
import { readFlag } from './paging.ts';
import { RateLimits } from './rate-limit.ts';
import { satisfies } from './roles.ts';
import type { Route } from './router.ts';
import type { Settings } from './settings.ts';

/** A request that has arrived whole. */
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
export type Admission = { readonly caller: Caller } | { readonly answer: Answer };

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
      if (account !== undefined)
        return signedIn(arrival, { kind: 'serviceAccount', id: account.clientId, who: account });
      arrival.record.signIn = 'refused';
      const { status, body, headers } = oauthError(401, 'invalid_client', 'wrong client credentials');
      return { answer: { ...success(status, body, { contentType: 'application/json' }), headers } };
    }
    if (authorization === undefined) return this.#challenge(arrival, 'challenged', false);
    if (/^Bearer /i.test(authorization)) {
      const account = this.tokens.bearer(authorization.slice(7));
      if (account === undefined) return this.#challenge(arrival, 'refused', false);
      return signedIn(arrival, { kind: 'serviceAccount', id: account.clientId, who: account });
    }
    if (!/^Digest /i.test(authorization)) return this.#challenge(arrival, 'refused', false);
    const { keys } = this.#organizations;
    const verdict = this.#digest.verify(authorization, arrival, (publicKey) => {
      const key = keys.byPublicKey(publicKey);
      return key !== undefined && key.usableAt <= this.#clock.now() ? key.privateKey : undefined;
    });
    if (verdict.kind === 'refused') arrival.record.refusal = verdict.why;
    if (verdict.kind !== 'signedIn') return this.#challenge(arrival, verdict.kind, verdict.kind === 'stale');
    const key = keys.byPublicKey(verdict.publicKey);
    if (key === undefined) return this.#challenge(arrival, 'refused', false);
    keys.note(key, { kind: 'signedIn' }, { ordinal: arrival.record.ordinal, caller: key.id });
    return signedIn(arrival, { kind: 'key', id: key.id, who: key });
  }

  #challenge(arrival: Arrival, signIn: RequestRecord['signIn'], stale: boolean): Admission {
    arrival.record.signIn = signIn;
    return { answer: unauthenticated(this.#digest.challenge(stale), arrival, this.#settings) };
  }

  /** Carries the request out. All of it in one step: nobody sees it half done. */
  perform(arrival: Arrival, to: Route, caller: Caller): Answer {
    if (to.kind === 'oauth') return this.#performOAuth(arrival, to.operation, caller);
    try {
      const address = this.#addressOf(arrival);
      this.#checkAddress(caller, address);
      const [path = ''] = arrival.target.split('?', 1);
      if (to.kind === 'unknown') throw new Refusal('RESOURCE_NOT_FOUND', [path]);
      const version = to.kind === 'operation' ? to.operation.version : undefined;
      const contentType = negotiate(to.surface, one(arrival.headers.accept), version);
      if (to.kind === 'methodNotAllowed') throw new Refusal('METHOD_NOT_ALLOWED', [arrival.method]);
      return this.#performOperation(arrival, to, caller, { address, path, contentType });
    } catch (error) {
      return failure(asRefusal(error), this.#settings);
    }
  }

  #performOperation(
    arrival: Arrival,
    to: Route & { kind: 'operation' },
    caller: Caller,
    known: { address: string; path: string; contentType: string },
  ): Answer {
    const { operation, surface, params } = to;
    let rateLimit: Record<string, string> = {};
    try {
      checkParams(params, known.path);
      const { project, organization } = this.#scopeOf(to);
      const id = project?.id ?? organization?.id;
      if (operation.scope === 'caller') rateLimit = this.#limits.take(operation.limit, caller.who.orgId);
      else if (operation.scope !== 'none' && id !== undefined)
        rateLimit = this.#limits.take(operation.scope, id);
      const orgId = project?.orgId ?? organization?.id;
      if (orgId !== undefined) checkRoles(operation, caller, orgId, project?.id);
      const query = new URLSearchParams(arrival.target.split('?').slice(1).join('?'));
      const pretty = readFlag(query, 'pretty', false);
      const call: Call = {
        surface,
        place: { root: `${this.origin}/api/${surface}`, settings: this.#settings },
        params,
        query,
        body: takesBody(operation) ? readJson(arrival, surface, operation.version) : undefined,
        caller,
        callerAddress: known.address,
        cause: { ordinal: arrival.record.ordinal, caller: caller.id },
        organizations: this.#organizations,
        settings: this.#settings,
        clock: this.#clock,
      };
      const { status, body } = run(operation, call, project, organization);
      return success(status, body, {
        pretty,
        contentType: known.contentType,
        java: operation.java,
        rateLimit,
      });
    } catch (error) {
      return failure(asRefusal(error), this.#settings, { java: operation.java, rateLimit });
    }
  }

  #addressOf(arrival: Arrival): string {
    return this.#settings.callerAddress ?? arrival.peer;
  }

  #scopeOf({ operation, params, surface }: Route & { kind: 'operation' }) {
    const { groupId = '', orgId = '' } = params;
    const project = operation.scope === 'project' ? this.#organizations.projects.get(groupId) : undefined;
    const inOrganization = operation.scope === 'organization' || operation.scope === 'settings';
    const organization = this.#organizations.organizations.get(
      inOrganization ? orgId : (project?.orgId ?? ''),
    );
    if (operation.scope === 'project' && project === undefined)
      throw new Refusal('GROUP_NOT_FOUND', [groupId]);
    if (inOrganization && organization === undefined) throw new Refusal('ORG_NOT_FOUND', [orgId]);
    if (organization !== undefined) checkStanding(organization, surface, project);
    return { project, organization: inOrganization ? organization : undefined };
  }

  #checkAddress(caller: Caller, address: string): void {
    const { accessList, orgId } = caller.who;
    if (accessList.length === 0) {
      const required = this.#organizations.organizations.get(orgId)?.requireAccessList ?? false;
      if (required) throw new Refusal('ORG_REQUIRES_ACCESS_LIST');
      return;
    }
    const entry = entryFor(accessList, address);
    if (entry === undefined) throw new Refusal('IP_ADDRESS_NOT_ON_ACCESS_LIST', [address]);
    entry.count += 1;
    entry.lastUsedAt = this.#clock.now();
    entry.lastUsedAddress = address;
  }

  #performOAuth(arrival: Arrival, operation: 'createToken' | 'revokeToken', caller: Caller): Answer {
    const form = new URLSearchParams(arrival.body);
    const client = this.tokens.client(one(arrival.headers.authorization));
    const cause = { ordinal: arrival.record.ordinal, caller: caller.id };
    const answered = (): OAuthAnswer => {
      // Its secret may have been deleted since it was let in.
      if (client === undefined) return oauthError(401, 'invalid_client', 'wrong client credentials');
      if (!isForm(one(arrival.headers['content-type'])))
        return oauthError(400, 'invalid_request', 'not a form');
      if (operation === 'revokeToken') return this.tokens.revoke(client.account, form);
      return this.tokens.issue(client, form, this.#addressOf(arrival), cause);
    };
    const { status, body, headers } = answered();
    const written = success(status, body, { contentType: 'application/json' });
    return { ...written, headers: { ...written.headers, ...headers } };
  }
}

function signedIn({ record }: Arrival, caller: Caller): Admission {
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

/** Whether it is served here at all. `/orgs` has no code for the Atlas organisation of another surface. */
function checkStanding(
  { id, product, suspended }: Organization,
  surface: Surface,
  project: Project | undefined,
): void {
  const isAtlas = surface !== 'public/v1.0';
  if (product === 'Cloud Manager' && isAtlas)
    throw project === undefined
      ? new Refusal('NOT_ATLAS_ORG', [id])
      : new Refusal('NOT_ATLAS_GROUP', [project.id]);
  if (product === 'Atlas' && !isAtlas && project !== undefined)
    throw new Refusal('ATLAS_GROUP', [project.id]);
  if (suspended) throw new Refusal('ACCOUNT_SUSPENDED', [id]);
}

/** 401 with its own code, and no challenge: signing in again would not help. */
function checkRoles(operation: Operation, caller: Caller, orgId: string, groupId: string | undefined): void {
  const { need } = operation;
  if (satisfies(caller.who, need, orgId, groupId)) return;
  if (groupId === undefined) {
    const known = satisfies(caller.who, 'orgMember', orgId);
    const insufficient: ErrorCode = need === 'orgOwner' ? 'NOT_ORG_OWNER' : 'USER_UNAUTHORIZED';
    throw new Refusal(known ? insufficient : 'USER_CANNOT_ACCESS_ORG', [orgId]);
  }
  const known = satisfies(caller.who, 'projectRead', orgId, groupId);
  const insufficient: ErrorCode = need === 'projectAccess' ? 'NOT_GROUP_USER_ADMIN' : 'USER_UNAUTHORIZED';
  throw new Refusal(known ? insufficient : 'NOT_IN_GROUP', [groupId]);
}

function takesBody({ method }: Operation): boolean {
  return method === 'POST' || method === 'PATCH';
}

function readJson(arrival: Arrival, surface: Surface, version: string | undefined): unknown {
  checkContentType(surface, one(arrival.headers['content-type']), version);
  try {
    return JSON.parse(arrival.body);
  } catch {
    throw new Refusal('INVALID_JSON');
  }
}

function run(operation: Operation, call: Call, project?: Project, organization?: Organization): Result {
  if (operation.scope === 'none' || operation.scope === 'caller') return operation.run(call);
  if (operation.scope === 'project' && project !== undefined) return operation.run({ ...call, project });
  if (operation.scope !== 'project' && organization !== undefined)
    return operation.run({ ...call, organization });
  throw new Refusal('UNEXPECTED_ERROR');
}

function asRefusal(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  throw error;
}
