/**
 * What the domain knows of Atlas: plain data, and the calls it may make.
 * Field names are the Admin API's own: https://www.mongodb.com/docs/api/doc/atlas-admin-api-v2/
 */

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

/** A secret as Atlas lists it: it was shown once, when it was made. Times in milliseconds since 1970. */
export interface AccountSecret {
  readonly id: string;
  readonly createdAt: number;
  /** Atlas ends it then; making another one may bring this nearer. */
  readonly expiresAt: number;
  /** Its last characters, where the list shows them: `mdb_sa_sk_...` and four more have been seen. */
  readonly tail?: string;
}

export interface NewAccountSecret extends AccountSecret {
  /** The only time it is shown. Already masked. */
  readonly secret: string;
}

export interface Account {
  /** `mdb_sa_id_` and 24 hex digits. */
  readonly clientId: string;
  readonly name: string;
  readonly description: string;
  /** In the project that was asked. */
  readonly roles: readonly string[];
  readonly secrets: readonly AccountSecret[];
}

export interface NewAccount extends Account {
  readonly secret: NewAccountSecret;
}

/** One entry of an account's access list. */
export interface AccountEntry extends AccessListEntry {
  /** When it was last used, or added, in milliseconds since 1970. */
  readonly usedAt: number;
}

/**
 * The calls of service accounts, as those of `Atlas`: each retried as its meaning allows; all throw `AtlasError`.
 * https://www.mongodb.com/docs/api/doc/atlas-admin-api-v2/group/endpoint-service-accounts
 */
export interface AccountCalls {
  /** `GET /groups/{groupId}/serviceAccounts`. Needs Project Read Only. */
  list(groupId: string): Promise<Account[]>;
  /** `GET /orgs/{orgId}/serviceAccounts/{clientId}/groups`: the projects it is in. Needs Organization Read Only. */
  listProjects(orgId: string, clientId: string): Promise<string[]>;
  /** `GET /orgs/{orgId}/settings`: the hours that a secret may live at most; unlimited when undefined. Needs Organization Member. */
  longestSecret(orgId: string): Promise<number | undefined>;
  /** `POST /groups/{groupId}/serviceAccounts`, with a first secret. Never sent twice. Needs Project Owner. */
  create(
    groupId: string,
    account: { name: string; description: string; roles: readonly string[]; hours: number },
  ): Promise<NewAccount>;
  /** `PATCH /groups/{groupId}/serviceAccounts/{clientId}`. Needs Project Owner. */
  update(
    groupId: string,
    clientId: string,
    change: { description?: string; roles?: readonly string[] },
  ): Promise<Account>;
  /** `DELETE /groups/{groupId}/serviceAccounts/{clientId}`: only takes it out of the project. Needs Project Owner. */
  unassign(groupId: string, clientId: string): Promise<Deletion>;
  /** `DELETE /orgs/{orgId}/serviceAccounts/{clientId}`. Needs Organization Owner. */
  delete(orgId: string, clientId: string): Promise<Deletion>;
  /** `POST …/secrets`. Never sent twice. Needs Project Owner. */
  createSecret(groupId: string, clientId: string, hours: number): Promise<NewAccountSecret>;
  /** `DELETE …/secrets/{secretId}`: ends the secret, and the tokens that it fetched. Needs Project Owner. */
  deleteSecret(groupId: string, clientId: string, secretId: string): Promise<Deletion>;
  /** `GET …/accessList`. Needs Project Read Only. */
  listEntries(groupId: string, clientId: string): Promise<AccountEntry[]>;
  /** `POST …/accessList`. Needs Project Access Manager. */
  addEntries(groupId: string, clientId: string, entries: readonly AccessListEntry[]): Promise<void>;
  /** `DELETE …/accessList/{ipAddress}`. Needs Project Access Manager. */
  removeEntry(groupId: string, clientId: string, ipAddress: string): Promise<Deletion>;
  /** Fetches a token as this account and gives it back, without retrying a refusal. */
  signInAs(account: { clientId: string; clientSecret: string }): Promise<void>;
}
