/**
 * What the domain knows of Atlas: plain data, and the calls it may make.
 * Field names are the Admin API's own: https://www.mongodb.com/docs/api/doc/atlas-admin-api-v2/
 */

import type { AccountCalls } from './accounts.ts';

/** One role of a key, in a project (`groupId`) or in the organisation (`orgId`). */
export interface RoleAssignment {
  readonly roleName: string;
  readonly groupId?: string;
  readonly orgId?: string;
}

/** A key as Atlas lists it. Its private key was shown once, when it was made; only the tail is known. */
export interface ApiKey {
  /** 24 lower-case hex digits; the first eight are the creation time in Unix seconds. */
  readonly id: string;
  readonly publicKey: string;
  readonly desc: string;
  readonly roles: readonly RoleAssignment[];
  /** What stands in clear after the redaction (the last 12 characters), or empty. */
  readonly privateKeyTail: string;
}

/** A key in the answer that made it: the only time the secret is shown. Already masked. */
export interface NewApiKey extends ApiKey {
  readonly privateKey: string;
}

export interface Project {
  readonly orgId: string;
}

/** Who signs in: an API key with its roles, or `undefined` for a service account. */
export interface Caller {
  readonly roles: readonly RoleAssignment[];
}

export interface AccessListEntry {
  readonly ipAddress?: string;
  readonly cidrBlock?: string;
}

/** Who calls: an API key (Digest), or a service account (OAuth 2.0 client credentials). Held in memory only. */
export type Credentials =
  | { readonly kind: 'apiKey'; readonly publicKey: string; readonly privateKey: string }
  | { readonly kind: 'serviceAccount'; readonly clientId: string; readonly clientSecret: string };

/** How a deletion ended: by this call, or the key was no longer there. */
export type Deletion = 'deleted' | 'gone';

/** The path after `/api/`. */
export const SURFACES = ['atlas/v2', 'atlas/v1.0', 'public/v1.0'] as const;
export type Surface = (typeof SURFACES)[number];

/**
 * The calls, each retried as its meaning allows and bounded by the client's deadline.
 * All throw `AtlasError`; `createKey` throws `AtlasError` of kind `answerLost` when the key may exist
 * although nobody was told.
 */
export interface Atlas {
  /** Service accounts; on `atlas/v2` alone. */
  readonly accounts: AccountCalls;

  /** The service's clock, in milliseconds since 1970: its last `Date` header plus the time since. */
  serviceNow(): number;

  /** `GET /groups/{groupId}`. Needs Project Read Only. */
  readProject(groupId: string): Promise<Project>;
  /** `GET /groups/{groupId}/apiKeys`, all pages, each key once. Needs Project Read Only. */
  listProjectKeys(groupId: string): Promise<ApiKey[]>;
  /** `GET /orgs/{orgId}/apiKeys`, all pages, each key once. Needs Organization Member. */
  listOrganizationKeys(orgId: string): Promise<ApiKey[]>;
  /** `GET /orgs/{orgId}/apiKeys/{apiUserId}`. Needs Organization Member. */
  readOrganizationKey(orgId: string, apiUserId: string): Promise<ApiKey>;

  /** `POST /groups/{groupId}/apiKeys`: makes and assigns. Never sent twice. Needs Project Access Manager. */
  createKey(groupId: string, key: { desc: string; roles: readonly string[] }): Promise<NewApiKey>;
  /** Gives an organisation's key these roles in the project, whether it is assigned yet or not. */
  assignKey(groupId: string, apiUserId: string, roles: readonly string[]): Promise<void>;
  /** `PATCH /groups/{groupId}/apiKeys/{apiUserId}` `{roles}`: replaces the roles in this project. */
  updateRoles(groupId: string, apiUserId: string, roles: readonly string[]): Promise<ApiKey>;
  /**
   * Changes the description: through the project where the surface allows it, else through the
   * organisation. Resolves only when the answer shows the new one.
   */
  renameKey(key: { groupId: string; orgId: string; apiUserId: string }, desc: string): Promise<ApiKey>;
  /** `DELETE /groups/{groupId}/apiKeys/{apiUserId}`: the key lives on in the organisation. */
  unassignKey(groupId: string, apiUserId: string): Promise<Deletion>;
  /** `DELETE /orgs/{orgId}/apiKeys/{apiUserId}`: the only true revocation. Needs Organization Owner. */
  deleteKey(orgId: string, apiUserId: string): Promise<Deletion>;

  /** `GET /api/{surface}`: the roles of the caller's own key; `undefined` for a service account. */
  whoAmI(): Promise<Caller | undefined>;
  /** Signs in once as this key (`GET /api/{surface}`), without retrying a refusal. */
  signInAs(key: { publicKey: string; privateKey: string }): Promise<void>;
  /**
   * `POST /orgs/{orgId}/apiKeys/{apiUserId}/accessList`, as the caller or as this key. An entry that is there already is
   * fine. Needs Organization Owner, or to be that very key.
   */
  addAccessListEntries(
    orgId: string,
    apiUserId: string,
    entries: readonly AccessListEntry[],
    as?: { publicKey: string; privateKey: string },
  ): Promise<void>;
  /** `GET /api/private/ipinfo`: this machine's IPv4 address as Atlas sees it. */
  currentAddress(): Promise<string>;
}
